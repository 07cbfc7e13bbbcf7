/** What may come at night and on days off to others: words that say that it is urgent, said by who may say so. Pure. */
import type { Person, Role } from '../core/domain.js';
import type { Directory } from '../organizations/directory.js';
import { callsMeetingsOf } from '../organizations/general-office.js';
import type { Rules } from './rules.js';

/** Whoever leads or keeps the county's watch; the general offices and who is on duty may as well. */
const MAY_DISTURB: readonly Role[] = [
  'township-leader',
  'department-head',
  'deadline-office',
  'list-office',
  'county-leader',
];

/** What a matter is called says nothing of its haste: 报值班表, 紧急联系人. */
export function saysUrgent(said: string, { urgentWords, notUrgent }: Rules): boolean {
  const left = notUrgent.reduce((text, topic) => text.replaceAll(topic, ''), said);
  return urgentWords.some((word) => left.includes(word));
}

/** `instants`: whoever has the watch at one of them may, ms. */
export const mayDisturb = (
  person: Person | null,
  { onDuty }: Pick<Directory, 'onDuty'>,
  instants: readonly number[],
): boolean =>
  person !== null &&
  (person.roles.some((role) => MAY_DISTURB.includes(role)) ||
    callsMeetingsOf(person) !== null ||
    instants.some((at) => onDuty(person.organization, at).some(({ name }) => name === person.name)));

/** Why it waits all the same, and who does not have to wait. */
export const NOT_DISTURBED =
  '夜里和节假日的紧急提醒、通知,由单位负责人、党政办(办公室)或者当班的值班人员设置;这一条夜里和节假日不发,顺延到工作日白天。';
