/** How reminders spare people, as data: `knowledge/reminders/rules.yaml`. */
import { join } from 'node:path';
import { z } from 'zod';
import { readYaml } from '../files/yaml.js';

/** `21:30` to minutes since midnight. */
export const Time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '应为 "21:30" 这样的时间')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const Rules = z.strictObject({
  /** Minutes since midnight; from > to goes over midnight. */
  quiet: z.strictObject({ from: Time, to: Time }),
  /** Reminders set by others that one person gets a day. */
  dailyCap: z.number().int().positive(),
  lateMinutes: z.number().int().positive(),
  /** The shortest interval of what comes again, in minutes: one's own, and what is set for others. */
  everyMinutes: z.number().int().positive().default(5),
  othersEveryMinutes: z.number().int().positive().default(30),
  /** Active reminders of one bound person, and of an account that is bound to nobody. */
  most: z.number().int().positive().default(100),
  mostUnbound: z.number().int().min(0).default(0),
  /** Of notices, in minutes: when those who have not answered are called once more, and how long before a meeting it is recalled. */
  notices: z
    .strictObject({
      again: z.number().int().positive(),
      urgentAgain: z.number().int().positive(),
      before: z.number().int().positive(),
    })
    .default({ again: 120, urgentAgain: 10, before: 30 }),
  /** What says that it is urgent, and names of matters that only sound so. */
  urgentWords: z.array(z.string().min(1)),
  notUrgent: z.array(z.string().min(1)).default([]),
  /** Said on what comes outside working hours. */
  why: z.string().min(1),
});
export type Rules = z.infer<typeof Rules>;

/** Ends what is said of a broken file. */
export const REMEDY = '对照说明改正';

/** @throws BotError 'DATA' naming file and path. */
export function loadRules(dir: string): Rules {
  return readYaml(join(dir, 'rules.yaml'), Rules, REMEDY);
}
