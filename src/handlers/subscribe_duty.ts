/** 订阅, 退订: a leader binds the own organization to a recurring duty; it becomes one reminder in the morning's summaries. */
import { replyCard, replyText, setSession, updateCard } from '../core/effects.js';
import { reminderId, type Reminder } from '../core/reminder.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { toLocal } from '../calendar/local.js';
import { recurrenceOf, type Duty } from '../reminders/duties.js';
import { DUTY_ACTIONS, dutyText, nextText } from '../reminders/duty-view.js';
import { cancelEffects, planOrWait } from '../reminders/planning.js';
import { accountText, currentYear, sessionOn } from './shared/requests.js';
import { reminderWorldOf, type HandlerDeps } from './deps.js';
import {
  cardOf,
  leadersText,
  maySubscribe,
  subscriptionsOf,
  unboundText,
  type DutyAsking,
} from './shared/duties.js';
import { untoldOf } from '../reminders/ledger.js';

export function createSubscribeDuty(deps: HandlerDeps): Handler {
  return async (ctx) => {
    const { person } = ctx;
    if (!person) return [replyText(unboundText(ctx))];
    const isOff = isUnsubscribing(ctx);
    if (!maySubscribe(person))
      return [
        replyText(`${isOff ? '退订' : '订阅'}由单位负责人办理,请联系${leadersText(person, deps)}。`),
        {
          kind: 'record',
          what: 'refusal',
          data: { act: 'subscribe-duty', organization: person.organization },
        },
      ];
    const subscriptions = await subscriptionsOf(ctx.read, person.organization);
    const asking: DutyAsking = { ctx, person, deps, subscriptions };
    const meant = meantIn(ctx, deps.duties);
    const [duty] = meant;
    if (!duty || meant.length > 1)
      return [replyCard(cardOf(asking, questionOf(ctx, meant), listed(meant, deps)))];
    const current = subscriptions.get(duty.id);
    if (isOff) return unsubscribe(asking, duty, current);
    if (current) {
      const by = `${current.owner.name ? `由 ${current.owner.name} 订阅,` : ''}${nextText(current, ctx.now)}`;
      return [
        replyText(`${person.organization}已订阅“${duty.name}”(${by}),不必重复订阅。`),
        setSession(sessionOn(ctx, { reminder: current.id })),
      ];
    }
    return subscribe(asking, duty);
  };
}

const isUnsubscribing = ({ match, update }: Context): boolean =>
  match.slots['action'] === DUTY_ACTIONS.off ||
  (update.kind === 'message' && /^(?:\/|请|帮我)?退订/.test(update.text.trim()));

/** By the id of the button, else by the name or a part of it. */
function meantIn({ match, text }: Context, duties: readonly Duty[]): Duty[] {
  const { value } = match.slots;
  if (value) return duties.filter(({ id }) => id === value);
  const words = text.trim().replace(/^(?:请|帮我)?(?:订阅|退订)|[。.!]$/g, '');
  if (words === '') return [];
  const exact = duties.filter(({ name }) => name === words);
  return exact.length > 0 ? exact : duties.filter(({ name }) => name.includes(words) || words.includes(name));
}

const listed = (meant: Duty[], { duties }: HandlerDeps): Duty[] => (meant.length > 0 ? meant : duties);

function questionOf({ text }: Context, meant: Duty[]): string {
  if (meant.length > 0) return `“${text.trim()}”有 ${meant.length} 项,请点选,或写明全称。`;
  return text.trim() === '' ? '请点选一项。' : `没有名为“${text.trim()}”的职责,请从下列各项中选择。`;
}

async function subscribe(asking: DutyAsking, duty: Duty): Promise<Effect[]> {
  const { ctx, person, deps, subscriptions } = asking;
  const world = reminderWorldOf(deps);
  const year = currentYear(ctx.now);
  const { name, organization } = person;
  const draft: Reminder = {
    id: reminderId(year, await ctx.takeNumber(`reminder:${year}`)),
    version: 0,
    source: 'duty',
    reference: duty.id,
    text: dutyText(duty, deps.knowledge().index.entries),
    owner: { account: accountText(ctx), name, organization },
    to: [{ kind: 'unit', organization, rows: [...duty.rows] }],
    when: { kind: 'recurring', rule: recurrenceOf(duty, toLocal(ctx.now).date) },
    said: duty.said,
    late: 'send',
    isUrgent: false,
    channel: 'digest',
    status: 'active',
    edits: 0,
    nextAt: null,
    ruleAt: null,
    createdAt: ctx.now,
  };
  const { reminder, effects } = planOrWait(draft, world, ctx.now);
  const done = `已为${organization}订阅“${duty.name}”:${duty.said};${nextText(reminder, ctx.now)},并入有关人员的早间汇总。`;
  return [
    ...effects,
    { kind: 'record', what: 'admin', data: { act: 'subscribe-duty', duty: duty.id, organization } },
    ...answer({ ...asking, subscriptions: new Map([...subscriptions, [duty.id, reminder]]) }, done),
    setSession(sessionOn(ctx, { reminder: reminder.id })),
  ];
}

async function unsubscribe(asking: DutyAsking, duty: Duty, current: Reminder | undefined): Promise<Effect[]> {
  const { ctx, person, subscriptions } = asking;
  const { organization } = person;
  if (!current) return [replyText(`${organization}没有订阅“${duty.name}”,不需要退订。`)];
  const untold = await untoldOf(ctx.read, current.id);
  const left = new Map([...subscriptions].filter(([id]) => id !== duty.id));
  const done = `已为${organization}退订“${duty.name}”,今后不再提醒。需要时可随时重新订阅。`;
  return [
    ...cancelEffects(current, untold, '已退订', ctx.now).effects,
    { kind: 'record', what: 'admin', data: { act: 'unsubscribe-duty', duty: duty.id, organization } },
    ...answer({ ...asking, subscriptions: left }, done),
    setSession(sessionOn(ctx, {})),
  ];
}

/** A click is answered by the card that was clicked. */
const answer = (asking: DutyAsking, done: string): Effect[] => [
  asking.ctx.update.kind === 'action' ? updateCard(asking.ctx.update, cardOf(asking, done)) : replyText(done),
];
