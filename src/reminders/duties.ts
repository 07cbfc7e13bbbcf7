/** 常年职责: recurring duties that a unit may subscribe to, as data: `knowledge/reminders/duties.yaml`. */
import { join } from 'node:path';
import rrule from 'rrule';
import { z } from 'zod';
import { FESTIVALS } from '../calendar/festivals.js';
import type { LocalDate } from '../calendar/local.js';
import { rowKey, type Row } from '../core/domain.js';
import { BotError, errorText } from '../core/errors.js';
import type { Recurrence } from '../core/reminder.js';
import { readYaml } from '../files/yaml.js';
import { REMEDY, Time } from './rules.js';

const FILE = 'duties.yaml';
/** Early enough for the summary of the same morning. */
const MORNING_MINUTES = 8 * 60;

const { RRule } = rrule;

const Rrule = z.string().superRefine((text, context) => {
  try {
    if (RRule.parseString(text).freq === undefined) throw new Error('缺少 FREQ');
    if (/DTSTART|BYHOUR|BYMINUTE/.test(text)) throw new Error('起始日和时刻不写在 rrule 里');
  } catch (error) {
    context.addIssue({ code: 'custom', message: `“${text}”不是可用的 RRULE(${errorText(error)})` });
  }
});

const Special = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('workdays') }),
  z.strictObject({ kind: z.literal('nth-workday'), n: z.number().int() }),
  z.strictObject({
    kind: z.literal('festival'),
    name: z
      .string()
      .refine((name) => name === 'any' || FESTIVALS.some((it) => it.name === name), '没有这个节日或节气'),
    side: z.enum(['on', 'before', 'after']),
  }),
  z.strictObject({
    kind: z.literal('lunar'),
    month: z.number().int().min(1).max(12).nullable(),
    day: z.number().int().min(1).max(30),
  }),
  z.strictObject({ kind: z.literal('last-if-short') }),
]);

const Lead = z
  .strictObject({
    days: z.number().int().positive().optional(),
    workdays: z.number().int().positive().optional(),
  })
  .transform(({ days, workdays }) => ({ ...(days && { days }), ...(workdays && { workdays }) }));

const Rule = z.strictObject({
  rrule: Rrule,
  special: Special.optional(),
  shift: z.enum(['none', 'next', 'previous', 'skip']).optional(),
  lead: Lead.optional(),
  times: z.array(Time).min(1).default([MORNING_MINUTES]),
});

const Duty = z.strictObject({
  id: z
    .string()
    .max(24)
    .regex(/^[a-z][a-z0-9-]*$/, '应为小写英文、数字和连字符'),
  name: z
    .string()
    .max(12)
    .regex(/^[\u4e00-\u9fff]{2,}$/, '应为不带标点的中文名称'),
  /** The rule in words. */
  said: z.string().min(1),
  text: z.string().min(1).max(100),
  /** `list/number`; the carriers of the first ones are reached first. */
  rows: z.array(z.string().regex(/^[a-z0-9-]+\/[^\s/]+$/, '应为 清单/序号,例如 duty/116')),
  rule: Rule,
});
export type Duty = z.infer<typeof Duty>;

/** @throws BotError 'DATA' naming file and path. */
export function loadDuties(dir: string): Duty[] {
  const duties = readYaml(join(dir, FILE), z.array(Duty), REMEDY);
  for (const key of ['id', 'name'] as const) {
    const at = duties.findIndex((duty, i) => duties.findIndex((it) => it[key] === duty[key]) < i);
    if (at >= 0)
      throw new BotError(
        'DATA',
        `${join(dir, FILE)}:${at}.${key}:“${duties[at]?.[key]}”写了两次。处理办法:改名或删去一处。`,
      );
  }
  return duties;
}

/** @throws BotError 'DATA' naming the first row that no list has. */
export function checkDutyRows(
  dir: string,
  duties: readonly Duty[],
  rows: readonly Pick<Row, 'listId' | 'number'>[],
): void {
  const known = new Set(rows.map(rowKey));
  for (const [i, duty] of duties.entries())
    for (const [n, row] of duty.rows.entries())
      if (!known.has(row))
        throw new BotError(
          'DATA',
          `${join(dir, FILE)}:${i}.rows.${n}:现行清单中没有“${row}”(${duty.name})。处理办法:改为现有的事项,或删去这一处。`,
        );
}

/** `from`: the day of the subscription. */
export function recurrenceOf({ rule }: Pick<Duty, 'rule'>, from: LocalDate): Recurrence {
  const { rrule: days, special, shift, lead, times } = rule;
  return {
    rrule: days,
    from,
    times: [...times],
    ...(special && { special }),
    ...(shift && { shift }),
    ...(lead && { lead }),
  };
}
