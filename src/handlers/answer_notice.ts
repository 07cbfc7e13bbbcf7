/** 参加, 请假, 派人, 收到: what is answered to a notice; who sent it sees who has not. */
import { directChat } from '../core/chat.js';
import type { Person } from '../core/domain.js';
import type { Form, FormField } from '../core/form.js';
import { replyCard, replyForm, replyText, setSession } from '../core/effects.js';
import {
  isNotice,
  personRecipient,
  unanswered,
  type NoticeAnswer,
  type NoticeReminder,
  type Occurrence,
  type PersonRecipient,
} from '../core/reminder.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { isOwner, noticesSentBy } from '../reminders/concerned.js';
import type { ReminderWorld } from '../reminders/deps.js';
import { become, mayBecome } from '../reminders/ledger.js';
import { answered, callAgain, isOpenNotice, noticeShares, tellNotice } from '../reminders/notice.js';
import { answerButtons, noticeFields, noticeText, receiptCard, titleOf } from '../reminders/notice-view.js';
import { saveOccurrence, tellEffects } from '../reminders/planning.js';
import { filledIn } from '../nlu/filled.js';
import { cutText } from '../text/cut.js';
import { reminderWorldOf, type HandlerDeps } from './deps.js';
import { isCancel } from './shared/cancel.js';
import { NoticeFlow } from './shared/flow-shapes.js';
import { AGAIN, flowData } from './shared/flows.js';
import { movePlace, notYours } from './shared/reminder-notice.js';
import { isForSpeaker, NOT_FOUND } from './shared/reminders.js';
import { sessionOn } from './shared/requests.js';

const INTENT = 'answer_notice';
const TEXT_MAX = 100;
const ANSWERS: Readonly<Record<string, NoticeAnswer>> = {
  'notice-comes': 'comes',
  'notice-leave': 'leave',
  'notice-sends': 'sends',
  'notice-seen': 'seen',
};
const QUESTIONS = { leave: '请写明请假原因。', sends: '请写明派谁参加(姓名)。' } as const;

type At = { ctx: Context; world: ReminderWorld };

export const createAnswerNotice =
  (deps: HandlerDeps): Handler =>
  async (ctx) => {
    const at: At = { ctx, world: reminderWorldOf(deps) };
    const { action = '', value = '' } = ctx.match.slots;
    const flow = flowData(ctx, INTENT, NoticeFlow);
    if (action === NOTICE_FORM) return filled(at, flow, value);
    if (action === AGAIN && flow) return ask(at, flow);
    if (flow && (ctx.match.via === 'flow' || action === 'said')) return said(at, flow);
    const answer = ANSWERS[action];
    if (answer) {
      const isPressed = ctx.update.kind === 'action';
      return answerTo(at, value, answer, isPressed ? '' : (ctx.match.slots['text'] ?? ''));
    }
    if (action === 'notice-ask') return askAnswer(at, value);
    if (action === 'notice-not-own') return notOwn(ctx, value);
    const reminder = value ? await ctx.read.getReminder(value) : ((await noticesSentBy(ctx))[0] ?? null);
    if (!reminder || !isNotice(reminder) || !isOwner(ctx, reminder))
      return [replyText('目前没有您发出的会议通知或紧急通知。')];
    if (action === 'notice-place' && isOpenNotice(reminder, ctx.now))
      return movePlace(ctx, at.world, reminder, cutText(ctx.match.slots['text'] ?? '', TEXT_MAX));
    if (action === 'notice-one') return ofOne(ctx, reminder, ctx.match.slots['text'] ?? '');
    return action === 'notice-again'
      ? again(at, reminder)
      : [replyCard(receiptCard(reminder, ctx.now)), shown(ctx, reminder)];
  };

/** What one of them has answered, and why. */
function ofOne(ctx: Context, { to, notice, ...reminder }: NoticeReminder, account: string): Effect[] {
  const one = to.find((it) => it.kind === 'person' && it.account === account);
  const said = notice.answers.find((it) => it.account === account);
  const name = one?.kind === 'person' ? one.name : '';
  const what = noticeText({ ...reminder, notice }, ctx.now);
  const words = said ? `${ANSWERED[said.answer]}${said.text && `:${said.text}`}` : '还没有回复';
  return [replyText(`${name}${words}。${what}`), seen(ctx)];
}
const ANSWERED: Readonly<Record<NoticeAnswer, string>> = {
  comes: '参加',
  leave: '请假',
  sends: '派人参加',
  seen: '已收到',
};

/** Whoever is invited does not move it. */
async function notOwn(ctx: Context, id: string): Promise<Effect[]> {
  const reminder = await ctx.read.getReminder(id);
  if (!reminder || !isNotice(reminder) || !reminder.to.some((it) => isForSpeaker(ctx, it)))
    return [replyText(NOT_FOUND), seen(ctx)];
  return [replyText(notYours(reminder)), seen(ctx)];
}

const shown = (ctx: Context, { id }: NoticeReminder): Effect =>
  setSession(sessionOn(ctx, { reminder: id, reminders: { shown: [id], at: ctx.now } }));
const seen = (ctx: Context): Effect => setSession(sessionOn(ctx, {}));

const ask = (at: At, data: NoticeFlow, text: string = QUESTIONS[data.answer]): Effect[] => [
  replyForm(`${text}(回复“取消”可放弃)`, noticeForm(at, data)),
  setSession(sessionOn(at.ctx, { flow: { intent: INTENT, asks: data.answer, data } })),
];

const NOTICE_FORM = 'form-notice';
const isColleague = ({ ctx }: At, it: Person): boolean =>
  it.organization === ctx.person?.organization && it !== ctx.person;

/** Who comes instead is picked among those who have an account here, or written. */
function noticeForm(at: At, { answer, occurrence }: NoticeFlow): Form {
  const text: FormField = { kind: 'words', name: 'text', label: '请假原因', isRequired: true };
  if (answer === 'leave') return { id: NOTICE_FORM, value: occurrence, fields: [text] };
  const { platform } = at.ctx.update.user;
  const among = at.world.directory.people
    .filter((it) => isColleague(at, it))
    .flatMap(({ accounts }) => accounts.find((it) => directChat(it)?.platform === platform) ?? []);
  return {
    ...{ id: NOTICE_FORM, value: occurrence },
    fields: [
      ...(among.length > 0 ? [{ kind: 'person' as const, name: 'who', label: '派谁参加', among }] : []),
      { kind: 'words', name: 'text', label: among.length > 0 ? '或写明姓名' : '姓名' },
    ],
  };
}

/** Somebody picked is the colleague of that account, whatever others are called. */
function filled(at: At, flow: NoticeFlow | null, occurrence: string): Promise<Effect[]> | Effect[] {
  if (flow?.occurrence !== occurrence) return [replyText('这一步已失效,没有回复。请再点通知下面的按钮。')];
  const { who, text = '' } = filledIn(at.ctx.match);
  const chat = who === undefined ? null : directChat(who);
  const picked = chat && at.world.directory.personOf({ platform: chat.platform, id: chat.chatId });
  if (flow.answer === 'sends' && who !== undefined && !(picked && isColleague(at, picked)))
    return ask(at, flow, `所选的不是本单位人员。${QUESTIONS.sends}`);
  return answerTo(at, occurrence, flow.answer, flow.answer === 'sends' && picked ? picked : text);
}

function said(at: At, { occurrence, answer }: NoticeFlow): Promise<Effect[]> | Effect[] {
  const { ctx } = at;
  if (isCancel(ctx.text)) return [replyText('好的,没有回复。可以再点通知下面的按钮。'), seen(ctx)];
  return answerTo(at, occurrence, answer, ctx.raw.trim());
}

type Told = { occurrence: Occurrence; reminder: NoticeReminder };

/** The notice of the button, where it is the speaker's and still to be answered. */
async function noticeOf({ ctx }: At, id: string): Promise<Told | string> {
  const occurrence = await ctx.read.getOccurrence(id);
  const reminder = occurrence && (await ctx.read.getReminder(occurrence.reminder));
  if (!occurrence || !reminder || !isNotice(reminder) || !isForSpeaker(ctx, occurrence.to)) return NOT_FOUND;
  if (reminder.status === 'cancelled') return '这个通知已取消,不需要回复。';
  return isOpenNotice(reminder, ctx.now)
    ? { occurrence, reminder }
    : '会议已经开始,不能再回复。请直接联系通知人。';
}

const SEEN = /收到|知道|明白|了解/;

/** 收到 to a meeting says nothing of whether one comes. */
async function askAnswer(at: At, id: string): Promise<Effect[]> {
  const told = await noticeOf(at, id);
  if (typeof told === 'string') return [replyText(told)];
  const { reminder, occurrence } = told;
  return [
    replyCard({
      title: '请回复是否参加',
      blocks: [
        ...(SEEN.test(at.ctx.text)
          ? [{ kind: 'text' as const, text: '知道您已收到。是否参加还请选一项,方便通知人安排。' }]
          : []),
        ...noticeFields(reminder, at.ctx.now),
      ],
      buttons: answerButtons(reminder.notice, occurrence.id),
    }),
    seen(at.ctx),
  ];
}

async function answerTo(at: At, id: string, answer: NoticeAnswer, by: string | Person): Promise<Effect[]> {
  const text = typeof by === 'string' ? by : by.name;
  const { ctx } = at;
  const told = await noticeOf(at, id);
  if (typeof told === 'string') return [replyText(told), seen(ctx)];
  const { occurrence, reminder } = told;
  if ((answer === 'seen') !== (reminder.notice.kind === 'urgent')) return askAnswer(at, id);
  if ((answer === 'leave' || answer === 'sends') && text.length < 2)
    return ask(at, { occurrence: id, answer });
  const substitute = answer === 'sends' ? substituteIn(at, by) : null;
  if (answer === 'sends' && substitute === null)
    return ask(at, { occurrence: id, answer }, '请写明派谁参加:须是本单位人员的全名,刚才说的名字对不上。');
  return stored(at, { occurrence, reminder }, answer, { text: cutText(text, TEXT_MAX), substitute });
}

type Substitute = { name: string; to: PersonRecipient | null };

/** The longest name of a colleague in the words. */
function substituteIn(at: At, by: string | Person): Substitute | null {
  const [person] =
    typeof by !== 'string'
      ? [by]
      : at.world.directory.people
          .filter((it) => isColleague(at, it) && by.includes(it.name))
          .sort((a, b) => b.name.length - a.name.length);
  return person ? { name: person.name, to: personRecipient(person) } : null;
}

function stored(
  { ctx, world }: At,
  { occurrence, reminder }: Told,
  answer: NoticeAnswer,
  { text, substitute }: { text: string; substitute: Substitute | null },
): Effect[] {
  const { to } = occurrence;
  if (to.kind !== 'person') return [replyText(NOT_FOUND)];
  const words = answer === 'sends' ? `派${substitute?.name ?? ''}` : answer === 'leave' ? text : '';
  const next = answered(
    reminder,
    { account: to.account, name: to.name, answer, text: words, at: ctx.now },
    substitute?.to ?? null,
  );
  const added = substitute?.to && next.to.length > reminder.to.length ? substitute.to : null;
  return [
    { kind: 'reminder', reminder: next, expectedVersion: reminder.version },
    ...(mayBecome(occurrence, 'done') ? saveOccurrence(become(occurrence, 'done', ctx.now)) : []),
    ...(added ? tellNotice(next, noticeShares(next, [added]), world, ctx.now) : []),
    // Who comes is a figure; who does not is news.
    ...(answer === 'leave' || answer === 'sends'
      ? tellEffects(
          reminder.owner,
          `${to.name} ${answer === 'leave' ? `请假:${words}` : `${words}参加`}。${noticeText(reminder, ctx.now)}`,
          world,
        )
      : []),
    replyText(doneText(reminder, answer, { words, substitute, isTold: added !== null }, ctx.now)),
    seen(ctx),
  ];
}

function doneText(
  reminder: NoticeReminder,
  answer: NoticeAnswer,
  { words, substitute, isTold }: { words: string; substitute: Substitute | null; isTold: boolean },
  now: number,
): string {
  const what = noticeText(reminder, now);
  switch (answer) {
    case 'comes':
      return `已回复参加:${what}。`;
    case 'leave':
      return `已请假:${words}。${what}`;
    case 'sends':
      return `已回复${words}参加:${what}。${isTold ? '已通知本人。' : substitute?.to ? '' : '对方没有登记账号,请自行转告。'}`;
    case 'seen':
      return `已回复收到:${what}。`;
  }
}

/** Once, by whoever sent it; afterwards there is the telephone. */
function again({ ctx, world }: At, reminder: NoticeReminder): Effect[] {
  const { notice } = reminder;
  const left = unanswered(reminder);
  const no = (text: string): Effect[] => [replyText(text), seen(ctx)];
  if (!isOpenNotice(reminder, ctx.now)) return no(`这个${titleOf(notice)}已经结束,没有再通知。`);
  if (left.length === 0) return no('都已回复,不需要再通知。');
  if (notice.calledAt !== null) return [...no('未回复的已再通知过一次,不再重复通知,可直接电话联系。')];
  const called = callAgain(reminder, world, ctx.now);
  return [
    ...called.effects,
    ...no(`已再通知 ${left.length} 人:${left.map(({ name }) => name).join('、')}。`),
  ];
}
