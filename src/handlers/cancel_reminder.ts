/** Takes a reminder back: whoever set it wholly, a recipient for themselves. Several only after a confirmation. */
import { replyCard, replyText, setSession } from '../core/effects.js';
import type { Occurrence, Recipient, Reminder } from '../core/reminder.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { parseTime } from '../nlu/dates/parse.js';
import type { ReminderWorld } from '../reminders/deps.js';
import { isSnoozed } from '../reminders/ledger.js';
import { cancelEffects, dropLater, dropPlanned, planEffects } from '../reminders/planning.js';
import { changed } from '../reminders/change.js';
import { changeOf, NOT_YET, speechesOf } from '../reminders/speech.js';
import { whenText } from '../reminders/view.js';
import { sessionOn, tryApply } from './shared/requests.js';
import { reminderWorldOf, type HandlerDeps } from './deps.js';
import { CancelFlow } from './shared/flow-shapes.js';
import { AGAIN, flowData } from './shared/flows.js';
import { planned } from './shared/reminder-planned.js';
import { accountsIn, chosenBy, isOwner, namedIn, remindersIn } from '../reminders/concerned.js';
import { isCancel } from './shared/cancel.js';
import { changeReminder } from './shared/reminder-change.js';
import { cancelled as cancelledNotice, notYours } from './shared/reminder-notice.js';
import { placedIn } from '../reminders/places.js';
import { findReminder, listCardIn, listed, noneCalled, notFound } from './shared/reminders.js';

const INTENT = 'cancel_reminder';
const YES =
  /^(?:是的?|对的?|嗯+|好的?|行|可以|确认|确定|要|取消吧|都取消|确认取消|没错|同意)(?:取消|吧|了|啦|呢)?[。.!\uff01]?$/;

export const createCancelReminder =
  (deps: HandlerDeps): Handler =>
  async (ctx) => {
    const world = reminderWorldOf(deps);
    const flow = flowData(ctx, INTENT, CancelFlow);
    const { action = '' } = ctx.match.slots;
    if (action === 'rem-cancel-all') return flow ? cancelThese(ctx, world, flow.ids) : expired();
    const isWhich = ctx.session?.flow?.asks === 'which';
    if (action === AGAIN && flow)
      return [
        replyText(
          isWhich
            ? '刚才要取消的还没有选定:请回复序号或提醒的内容。(回复“算了”都保留)'
            : '刚才要取消的提醒还没有确认:回复“确认”即取消,回复“算了”都保留。',
        ),
      ];
    if (flow && action === 'said') return isWhich ? chosen(ctx, world, flow) : answered(ctx, world, flow);
    if (action === 'which') return askWhich(ctx, await theseOrMine(ctx));
    if (action === 'rem-restore') return restore(ctx, world);
    const speech = speechesOf(ctx.text).find((it) => it.kind === 'cancel');
    if (action === '' && speech?.which === 'some') return askSome(ctx, speech.about);
    if (action === '' && speech && speech.which !== 'one')
      return askAll(ctx, world, speech.which === 'others' ? speech.about : null);
    if (action === '' && NOT_YET.test(ctx.text))
      return [replyText('好的,没有取消,提醒都还在。'), setSession(sessionOn(ctx, {}))];
    // 取消提醒 alone points at none of several.
    if (action === '' && ctx.match.via === 'command' && ctx.text.trim() === '') {
      const mine = await remindersIn(ctx);
      if (mine.length > 1) return askWhich(ctx, mine);
    }
    const found = await findReminder(ctx, world.calendar, ctx.text);
    const skipped = !('effects' in found) && action === '' ? oneDateIn(ctx, world, found) : null;
    if (skipped && !('effects' in found)) return changeReminder(ctx, world, found, skipped);
    if (!('effects' in found)) return cancelReminder(ctx, world, found, action === 'early');
    return found.among ? askWhich(ctx, found.among) : found.effects;
  };

/** 后天那次不用, of what comes every day: the one date, and not the whole. */
function oneDateIn(ctx: Context, { calendar }: ReminderWorld, { when }: Reminder): string | null {
  const time =
    when.kind === 'recurring' && parseTime(ctx.text, { now: ctx.now, calendar, purpose: 'mention' });
  return time && time.kind === 'instant' && ONE_TIME.test(ctx.text) ? `跳过${time.text}` : null;
}
const ONE_TIME = /那[次回天趟]|那一[次回天]|^(?:今|明|后|大后)天(?:的)?(?:先)?(?:不用|不要|别|免)/;

const expired = (): Effect[] => [replyText('这次操作已失效,没有取消任何提醒。可发送“我的提醒”查看。')];

function answered(ctx: Context, world: ReminderWorld, { ids }: CancelFlow): Promise<Effect[]> | Effect[] {
  if (YES.test(ctx.text)) return cancelThese(ctx, world, ids);
  return [replyText('好的,没有取消,提醒都还在。'), setSession(sessionOn(ctx, {}))];
}

/** Of several that may be meant, which: the answer is a number, or words of it. */
function askWhich(ctx: Context, reminders: Reminder[]): Effect[] {
  const ids = reminders.map(({ id }) => id);
  if (ids.length < 2) return listed(ctx, reminders);
  return [
    replyText(`有 ${ids.length} 条提醒可能是您说的,请问取消哪一条?请回复序号或提醒的内容。`),
    listCardIn(ctx, reminders),
    setSession(
      sessionOn(ctx, {
        reminders: { shown: ids, at: ctx.now },
        flow: { intent: INTENT, asks: 'which', data: { ids } },
      }),
    ),
  ];
}

async function theseOrMine(ctx: Context): Promise<Reminder[]> {
  const ids = ctx.match.slots['value']?.split(',') ?? [];
  const mine = await remindersIn(ctx);
  const these = mine.filter(({ id }) => ids.includes(id));
  return these.length > 0 ? these : mine;
}

const BOTH = /^(?:都|全|两个|两条|这些|所有)/;

async function chosen(ctx: Context, world: ReminderWorld, { ids }: CancelFlow): Promise<Effect[]> {
  if (isCancel(ctx.text)) return [replyText('好的,没有取消,提醒都还在。'), setSession(sessionOn(ctx, {}))];
  const mine = (await remindersIn(ctx)).filter(({ id }) => ids.includes(id));
  if (BOTH.test(ctx.text)) return confirm(ctx, mine);
  const meant = chosenBy(ctx, ctx.text, mine, { now: ctx.now, calendar: world.calendar, shown: ids });
  const [only, second] = meant.kind === 'found' ? meant.reminders : [];
  return only && !second ? cancelReminder(ctx, world, only) : askWhich(ctx, mine);
}

const SHOWN = 8;

/** All of one's own, or all but those named: read back before anything is done. */
async function askAll(ctx: Context, world: ReminderWorld, kept: string | null): Promise<Effect[]> {
  const mine = (await remindersIn(ctx)).filter((it) => isOwner(ctx, it) && it.source === 'own');
  if (mine.length === 0) return [replyText('目前没有您设的提醒。'), setSession(sessionOn(ctx, {}))];
  let gone = mine;
  if (kept !== null) {
    const { named } = await namedIn(ctx, world.calendar, kept, mine);
    if (named.kind !== 'found') return noneCalled(ctx, kept, mine);
    gone = mine.filter((it) => !named.reminders.includes(it));
    if (gone.length === 0) return listed(ctx, mine);
  }
  return confirm(ctx, gone);
}

/** Those at the places named, of what was shown last: read back before anything is done. */
async function askSome(ctx: Context, words: string): Promise<Effect[]> {
  const mine = (await remindersIn(ctx)).filter((it) => isOwner(ctx, it) && it.source === 'own');
  const shown = ctx.session?.reminders?.shown ?? [];
  const listed = shown.length > 1 ? shown : mine.map(({ id }) => id);
  const ids = placedIn(words, listed);
  const gone = mine.filter(({ id }) => ids.includes(id));
  return gone.length === 0 ? askWhich(ctx, mine) : confirm(ctx, gone);
}

function confirm(ctx: Context, gone: Reminder[]): Effect[] {
  const lines = gone.slice(0, SHOWN).map((it, i) => `${i + 1}. ${whenText(it, ctx.now)} ${it.text}`);
  const more = gone.length > SHOWN ? [`等共 ${gone.length} 条。`] : [];
  return [
    replyCard({
      title: `确认取消 ${gone.length} 条提醒?`,
      blocks: [
        { kind: 'text', text: [...lines, ...more].join('\n') },
        { kind: 'text', text: '回复“确认”即取消这些提醒;回复其他内容则都保留。' },
      ],
      buttons: [{ id: 'rem-cancel-all', label: '确认取消', style: 'primary' }],
    }),
    setSession(
      sessionOn(ctx, { flow: { intent: INTENT, asks: 'all', data: { ids: gone.map(({ id }) => id) } } }),
    ),
  ];
}

/** Those of the list that are still there and one's own. */
async function cancelThese(ctx: Context, world: ReminderWorld, ids: string[]): Promise<Effect[]> {
  const found = await Promise.all(ids.map((id) => ctx.read.getReminder(id)));
  const gone = found.flatMap((it) => (it?.status === 'active' && isOwner(ctx, it) ? [it] : []));
  const effects: Effect[] = [];
  for (const reminder of gone) {
    const open = await ctx.read.findOccurrences({ reminder: reminder.id, statuses: ['planned'] });
    effects.push(...cancelEffects(reminder, open, '已取消', ctx.now).effects);
    effects.push(...cancelledNotice(reminder, world, ctx.now));
  }
  return [
    ...effects,
    replyText(`已取消 ${gone.length} 条提醒:${gone.map(({ text }) => `“${text}”`).join('、')}。`),
    setSession(sessionOn(ctx, {})),
  ];
}

/** 取消错了: the one that was taken back last comes again, where its time has not passed. */
async function restore(ctx: Context, world: ReminderWorld): Promise<Effect[]> {
  const id = ctx.match.slots['value'] ?? '';
  const reminder = await ctx.read.getReminder(id);
  if (!reminder || !isOwner(ctx, reminder) || reminder.status !== 'cancelled') return notFound();
  const change = changeOf(ctx.text);
  const moved =
    change?.kind === 'retime' ? changed(reminder, change, { now: ctx.now, calendar: world.calendar }) : null;
  if (moved?.kind === 'problem') return [replyText(moved.message), setSession(sessionOn(ctx, {}))];
  if (moved?.kind === 'changed') {
    const { when, said } = moved;
    const next: Reminder = { ...reminder, when, said, status: 'active', edits: reminder.edits + 1 };
    return planned(ctx, world, next, '已恢复提醒');
  }
  if (reminder.when.kind === 'once' && reminder.when.at <= ctx.now)
    return [
      replyText(`“${reminder.text}”的时间已经过去,恢复不了。请重新设置。`),
      setSession(sessionOn(ctx, {})),
    ];
  return planned(ctx, world, { ...reminder, status: 'active', edits: reminder.edits + 1 }, '已恢复提醒');
}

/** 明天再说, of one whose own time is over. */
async function putOffOf(ctx: Context, reminder: string): Promise<Occurrence[]> {
  const open = await ctx.read.findOccurrences({ reminder, statuses: ['planned'] });
  return open.filter(
    (it) => isSnoozed(it) && it.to.kind === 'person' && accountsIn(ctx).includes(it.to.account),
  );
}

export async function cancelReminder(
  ctx: Context,
  world: ReminderWorld,
  reminder: Reminder,
  isDone = false,
): Promise<Effect[]> {
  const { id, text, status, to } = reminder;
  const done = (words: string): Effect[] => [
    replyText(words),
    setSession(sessionOn(ctx, { reminders: { shown: [id], at: ctx.now } })),
  ];
  const accounts = accountsIn(ctx);
  const isMine = (it: Recipient) => it.kind === 'person' && accounts.includes(it.account);
  if (!isOwner(ctx, reminder) && !to.some(isMine)) return notFound();
  const putOff = status === 'active' ? [] : await putOffOf(ctx, id);
  if (putOff.length > 0)
    return [...dropPlanned(putOff, '已取消', ctx.now), ...done(`已取消推迟的提醒“${text}”(${id})。`)];
  if (status !== 'active')
    return done(`${id}“${text}”已经${status === 'cancelled' ? '取消' : '结束'},不需要再操作。`);
  const planned = await ctx.read.findOccurrences({ reminder: id, statuses: ['planned'] });
  const others = to.filter((it) => !isMine(it));
  if (reminder.notice && !isOwner(ctx, reminder)) return done(notYours(reminder));
  if (isOwner(ctx, reminder) || others.length === 0)
    return [
      ...cancelEffects(reminder, planned, '已取消', ctx.now).effects,
      ...cancelledNotice(reminder, world, ctx.now),
      ...done(
        isDone
          ? `好的,“${text}”已经办完,到时不再提醒(${id})。弄错了可以说“恢复提醒”。`
          : `已取消提醒“${text}”(${id})。已经发出的不受影响。`,
      ),
    ];
  // The others still want it: planned anew for them, for the places of the recipients have changed.
  const left = { ...reminder, to: others, edits: reminder.edits + 1 };
  const outcome = tryApply(() => ({ ok: true as const, ...planEffects(left, ctx.now, world, ctx.now) }));
  if (!outcome.ok) return done(outcome.reason);
  const [mine, theirs] = [planned.filter((it) => isMine(it.to)), planned.filter((it) => !isMine(it.to))];
  return [
    ...dropPlanned(mine, '本人不再接收', ctx.now),
    ...dropLater(theirs, '收件人有变,已重新安排', reminder, world, ctx.now),
    ...outcome.effects,
    ...done(`好的,“${text}”不再提醒您。`),
  ];
}
