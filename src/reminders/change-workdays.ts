/** 周末不用提醒, and 周末也要提醒 of what comes on working days. Pure. */
import type { Recurrence, Reminder, When } from '../core/reminder.js';
import { NONE, problem, type Changed } from './change-time.js';

/** How long it goes on, and in which months. */
const boundsOf = ({ rrule }: Pick<Recurrence, 'rrule'>): string[] =>
  rrule.split(';').filter((part) => /^(?:UNTIL|COUNT|BYMONTH)=/.test(part));

export function onWorkdays({ text }: Reminder, when: When): Changed {
  if (when.kind !== 'recurring') return problem('这条提醒只响一次,不分工作日和周末。');
  const { rule } = when;
  if (!/^FREQ=(?:DAILY|WEEKLY)/.test(rule.rrule) || /INTERVAL/.test(rule.rrule))
    return problem('只有每天或每周的提醒能改成只在工作日。请直接说新的时间,如“每个工作日上午九点”。');
  const rrule = ['FREQ=WEEKLY', 'BYDAY=MO,TU,WE,TH,FR', ...boundsOf(rule)].join(';');
  const days: Recurrence = { ...rule, rrule, special: { kind: 'workdays' } };
  return { kind: 'changed', when: { kind: 'recurring', rule: days }, text, said: '每个工作日' };
}

/** 周末也要提醒, of what comes on working days. */
export function onDaysOff({ text }: Reminder, when: When): Changed {
  if (when.kind !== 'recurring') return NONE;
  const { special, shift, ...rule } = when.rule;
  if (special?.kind !== 'workdays' && !/BYDAY=MO,TU,WE,TH,FR(?=;|$)/.test(rule.rrule))
    return shift === 'skip' ? daily({ ...when.rule, shift: 'none' }, text) : NONE;
  return daily({ ...rule, rrule: ['FREQ=DAILY', ...boundsOf(rule)].join(';') }, text);
}
const daily = (rule: Recurrence, text: string): Changed => ({
  ...{ kind: 'changed', when: { kind: 'recurring', rule }, text, said: '每天' },
});
