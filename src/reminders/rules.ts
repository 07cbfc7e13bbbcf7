/** How reminders spare people, as data: `knowledge/reminders/rules.yaml`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { BotError, errorText } from '../core/errors.js';

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
  urgentWords: z.array(z.string().min(1)),
  /** Said on what comes outside working hours. */
  why: z.string().min(1),
});
export type Rules = z.infer<typeof Rules>;

/** @throws BotError 'DATA' naming file and path. */
export function loadRules(dir: string): Rules {
  return readYaml(join(dir, 'rules.yaml'), Rules);
}

/** @throws BotError 'DATA' naming file and path. */
export function readYaml<T extends z.ZodType>(file: string, schema: T): z.infer<T> {
  let value: unknown;
  try {
    value = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new BotError('DATA', `${file}:${errorText(cause)}。处理办法:补上或改正这个文件。`, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((it) => `${it.path.join('.') || '(整个文件)'}:${it.message}`);
  throw new BotError('DATA', `${file}:${lines.join('; ')}。处理办法:对照说明改正。`, { cause: parsed.error });
}
