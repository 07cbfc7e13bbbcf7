/** What the handlers of recurring duties share: the unit's subscriptions, who may change them, the card. */
import type { Card } from '../../core/card.js';
import type { Person } from '../../core/domain.js';
import type { Reminder } from '../../core/reminder.js';
import type { Context } from '../../core/types.js';
import { dutyListCard } from '../../reminders/duty-view.js';
import { MAY } from '../../reminders/permissions.js';
import { accountText } from './requests.js';
import type { HandlerDeps } from '../deps.js';
import type { StoreReader } from '../../core/store.js';

/** Active ones, by the id of the duty. */
export async function subscriptionsOf(read: StoreReader, unit: string): Promise<Map<string, Reminder>> {
  const found = await read.findReminders({ recipient: unit, source: 'duty', isActive: true });
  return new Map(found.map((it) => [it.reference ?? '', it]));
}

export const maySubscribe = (person: Person): boolean =>
  person.roles.some((role) => MAY.subscribe.includes(role));

/** Leaders of the person's organization, whom others are told to ask. */
export const leadersText = ({ organization }: Person, { knowledge }: HandlerDeps): string => {
  const leaders = knowledge().directory.people.filter(
    (it) => it.organization === organization && maySubscribe(it),
  );
  return leaders.length > 0
    ? `${organization}负责人 ${leaders.map(({ name }) => name).join('、')}`
    : `${organization}负责人`;
};

/** Somebody of a unit looks at the recurring duties or changes what the unit subscribes to. */
export type DutyAsking = {
  ctx: Context;
  person: Person;
  deps: HandlerDeps;
  subscriptions: ReadonlyMap<string, Reminder>;
};

export const cardOf = (
  { ctx, person, deps, subscriptions }: DutyAsking,
  head: string,
  duties = deps.duties,
): Card =>
  dutyListCard(person.organization, duties, subscriptions, {
    mayAct: maySubscribe(person),
    head,
    now: ctx.now,
  });

export const unboundText = (ctx: Context): string =>
  `您的账号尚未绑定人员,不知道您属于哪个单位。请把账号“${accountText(ctx)}”告知管理员,登记后即可使用。`;
