/** Whom a reminder is to go to, where that was not said clearly: what is asked, and what the answer makes of it. */
import { replyText, setSession } from '../../core/effects.js';
import { isNotice, type Recipient, type Reminder } from '../../core/reminder.js';
import type { Context, Effect } from '../../core/types.js';
import { calledByName, calledFirst, type Callee } from '../../organizations/recipients.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import { namedRecipients } from '../../reminders/recipient-names.js';
import { recipientText } from '../../reminders/view.js';
import { sessionOn } from './requests.js';

const INTENT = 'snooze_reminder';
const COMES = '换上';
const NAMED_MOST = 6;

function awaiting(ctx: Context, id: string, change: string, question: string): Effect[] {
  const flow = { intent: INTENT, asks: 'person', data: { change, ids: [id] } };
  return [
    replyText(`${question}(回复“取消”可放弃)`),
    setSession(sessionOn(ctx, { reminder: id, reminders: { shown: [id], at: ctx.now }, flow })),
  ];
}

/** 给小王也提醒一下: nobody is called so; the full name is awaited. `change`: the plain form, without the name. */
export const askWhom = (ctx: Context, { id }: Reminder, change: string, words: string): Effect[] =>
  awaiting(ctx, id, change, `没有找到“${words.slice(0, 12)}”,没有改动。请写这位同志的全名。`);

export const formOf = (how: 'instead' | 'added' | 'removed', from: string): string =>
  how === 'added' ? '也提醒' : how === 'removed' ? '不再提醒' : from ? `把${from}换成提醒` : '改成提醒';

/** 换黄丙四去, of several: which of them gives way. */
export function askWhoGoes(ctx: Context, { id, text, to }: Reminder, name: string): Effect[] {
  const names = to.slice(0, NAMED_MOST).map((it) => recipientText(it));
  const all = `${names.join('、')}${to.length > NAMED_MOST ? ` 等 ${to.length} 人` : ''}`;
  return awaiting(
    ctx,
    id,
    `${COMES}${name}`,
    `“${text}”现在发给${all}。请问${name}替换哪一位?全部换掉的,请回复“都换”。还没有改动。`,
  );
}

/** Of several those that a name stands for, or the only one who is excused: who gives way to somebody else. */
export function goingFrom(reminder: Reminder, from: string, others: readonly Recipient[]): Recipient[] {
  const named = namedRecipients(others, from).map(({ recipient }) => recipient);
  if (named.length > 0 || !isNotice(reminder)) return named;
  const excused = reminder.notice.answers.filter(({ answer }) => answer === 'leave');
  const left = others.filter(
    (it) => it.kind === 'person' && excused.some(({ account }) => account === it.account),
  );
  return left.length === 1 ? left : [];
}

/** 都换, 全部换掉; 都行 says nothing of it. */
const ALL =
  /(?:都|全)(?:都|部|给|我|帮|替|要|得){0,3}(?:换|替换|改)|^(?:全部|全都|都|所有人?)(?:吧)?[。!\uff01]?$/;
/** 不换林丙, 林丙留着, 除了林丙都换; 都换了谁去 asks. */
const NOT_SO = /[不别甭没吗?\uff1f谁]|留|保持|照旧|除|以外|之外|其[他余它]|剩|要是|如果|万一/;
const KEEPS = /(?:不|别|甭)(?:用|要|必)?(?:再)?(?:换|改|动|替)|留着|留下|照旧|保持原样/;
/** 都先别换了, 全都留着: nobody gives way after all. */
export const keepsAll = (said: string, to: readonly Recipient[]): boolean =>
  KEEPS.test(said) && !/[除吗?\uff1f谁]|要是|如果|万一/.test(said) && namedRecipients(to, said).length === 0;

/** What was asked for, in the plain form; null where the answer names nobody. */
export function answeredForm(
  ctx: Context,
  { directory }: ReminderWorld,
  { to }: Reminder,
  change: string,
): string | null {
  if (NOT_SO.test(ctx.raw)) return null;
  if (change.startsWith(COMES)) {
    const coming = change.slice(COMES.length);
    const [only, second] = namedRecipients(to, ctx.raw);
    if (only && !second) return `把${only.name}换成提醒${coming}`;
    return !only && ALL.test(ctx.raw) ? `改成提醒${coming}` : null;
  }
  const [name] = calledByName(directory, ctx.person?.organization)
    .map((it) => it.name)
    .filter((it) => ctx.raw.includes(it))
    .sort((a, b) => b.length - a.length);
  return name === undefined ? null : `${change}${name}`;
}

/** The answer was none: it is asked once more. */
export const askAgain = (ctx: Context, reminder: Reminder, change: string): Effect[] =>
  change.startsWith(COMES)
    ? askWhoGoes(ctx, reminder, change.slice(COMES.length))
    : askWhom(ctx, reminder, change, ctx.raw);

/** 催袁乙交表 is what one has to do. */
const CALL = /(?:提醒|题醒)(?:一下|一声)?\s?@?/g;
/** 今年起,提醒董丁一报表: right behind the call somebody is named, whatever stands before; it is nothing for oneself. */
export function namedLater(
  text: string,
  { raw, person }: Context,
  { directory }: ReminderWorld,
): { person: Callee; rest: string } | null {
  const called = [...raw.matchAll(CALL)].flatMap(
    ({ 0: word, index }) =>
      calledFirst(raw.slice(index + word.length), directory, person?.organization) ?? [],
  );
  const one = called.find(({ name }) => text.includes(name));
  return one && one !== person ? { person: one, rest: text.replace(one.name, ' ').trim() } : null;
}
