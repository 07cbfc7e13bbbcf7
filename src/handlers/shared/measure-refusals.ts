/** Who may do what with a measure, and why not. Pure. */
import { formatDate, isDate, toLocal } from '../../calendar/local.js';
import type { Person } from '../../core/domain.js';
import type { Context } from '../../core/types.js';
import {
  isImported,
  isRegisteredBy,
  personsOf,
  unitsOf,
  type MeasureReminder,
} from '../../reminders/measures.js';
import { MAY } from '../../reminders/permissions.js';
import type { HandlerDeps } from '../deps.js';
import type { MeasureFlow } from './flow-shapes.js';
import { isResponsible } from './measures.js';

export type Act = MeasureFlow['act'];

/** Somebody does something with one measure; `text` is what they say of it, `person` who is to answer for it. */
export type Acting = { ctx: Context; person: Person; deps: HandlerDeps };
export type Wanted = {
  act: Act;
  measure: MeasureReminder;
  text: string;
  deadline?: string | undefined;
  person?: string | undefined;
};

/** Who is called so in one of the units. */
const memberOf = (
  units: string[],
  name: string | undefined,
  { knowledge }: HandlerDeps,
): Person | undefined =>
  knowledge().directory.people.find((it) => it.name === name && units.includes(it.organization));

/** Why not, with what can be done instead; null when it may be done. */
export function refusalOf({ person, deps, ctx: { now } }: Acting, wanted: Wanted): string | null {
  const { act, measure, text, deadline = '' } = wanted;
  const name = `整改措施${measure.reference}`;
  const isDone = measure.measure.doneAt !== null;
  const has = (roles: readonly string[]) => person.roles.some((role) => roles.includes(role));
  const isOwner = isRegisteredBy(measure, person);
  const { deadlineOffice } = deps.policies.call;
  const whoElse = isImported(measure) ? '督办' : `督办或登记人${measure.owner.name}`;
  if (act === 'reopen') {
    if (!isOwner && !has(MAY['reopen-measure']))
      return `${name}的重开由${whoElse}办理,请联系${deadlineOffice}。`;
    if (!isDone) return `${name}尚未完成,不需要重开。`;
    return text === '' ? `请写明重开的原因,例如“整改重开 ${measure.reference} 现场核查仍有两处未改”。` : null;
  }
  if (act === 'deadline') {
    if (!isOwner && !has(MAY['import-measures']))
      return `${name}的时限由${whoElse}确定,不能自行更改。确需延期的,请联系${deadlineOffice}。`;
    if (isDone) return `${name}已完成,不需要改时限。`;
    if (!isDate(deadline)) return `请写明新的时限,例如“${name}延到12月25日”。`;
    return deadline < toLocal(now).date ? `${formatDate(deadline, now)}已经过了,请换一个时限。` : null;
  }
  if (act === 'person') {
    if (!isOwner && !has(MAY['import-measures']))
      return `${name}的责任人由${whoElse}确定,不能自行更改。请联系${deadlineOffice}。`;
    if (isDone) return `${name}已完成,不需要换责任人。`;
    const next = memberOf(unitsOf(measure), wanted.person, deps);
    if (!next) return `${unitsOf(measure).join('、')}的人员名录中没有“${wanted.person ?? ''}”,没有改动。`;
    return personsOf(measure).includes(next.name) ? `${name}的责任人就是${next.name},没有改动。` : null;
  }
  if (!isResponsible(person, measure, deps))
    return `${name}由${unitsOf(measure).join('、')}负责,请由该单位的人员登记。`;
  const persons = personsOf(measure);
  // Who was made to answer for it in words ends it, and who leads the unit or registered it; a table binds the unit.
  const isTheirs = isImported(measure) || persons.length === 0 || persons.includes(person.name) || isOwner;
  if (act === 'done' && !isTheirs && !has(MAY['register-measure']))
    return `${name}由${persons.join('、')}负责,您不能替其办结。请由${persons.join('、')}本人或本单位负责人办理。`;
  if (isDone) return `${name}已完成,不需要再登记。确需更改的,请联系${whoElse}重开。`;
  if (act === 'progress' && text === '')
    return `请写明进度,例如“整改进度 ${measure.reference} 已完成两项,剩一项”。`;
  return null;
}
