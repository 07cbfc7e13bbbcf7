/** Somebody whom nobody knows is to be reminded: who that is, is asked, and all of it is read once more. */
import { replyText, setSession } from '../../core/effects.js';
import type { Context, Effect } from '../../core/types.js';
import type { TimeReading } from '../../nlu/dates/types.js';
import { calledByName } from '../../organizations/recipients.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import { audienceOf } from '../../reminders/audience.js';
import { isCancel } from './cancel.js';
import { groupFirst } from '../../reminders/group-words.js';
import { namesFirst } from '../../reminders/name-runs.js';
import { readWanted } from '../../reminders/parse.js';
import { read } from './reminder-when.js';
import type { ReminderFlow } from './flow-shapes.js';
import { selfIn } from './reminders.js';
import { sessionOn } from './requests.js';

/** 提醒小崔…: it is for somebody else, so it is not set for oneself. */
export function askWhom(ctx: Context, raw: string, whom: string, shown = whom): Effect[] {
  const data: ReminderFlow = { text: raw, to: [selfIn(ctx)], when: null, said: '', whom };
  const question =
    EVERYBODY.test(shown) || groupFirst(shown) !== ''
      ? `“${shown}”是哪些人还不清楚,没有设置。请说姓名、办公室,或者“全镇干部”“各村”;提醒您本人的,请说“我”。`
      : `名录里没有找到“${shown}”,还没有设置。请问要提醒谁?请说姓名全称;提醒您本人的,请说“我”。`;
  return [
    replyText(`${question}(回复“取消”可放弃)`),
    setSession(sessionOn(ctx, { flow: { intent: 'set_reminder', asks: 'whom', data } })),
  ];
}

/** Nothing is set, and the dialogue ends. */
export const stop = (ctx: Context, words: string): Effect[] => [
  replyText(words),
  setSession(sessionOn(ctx, {})),
];

/** Somebody who may not be reminded: what was wanted and when is kept for 那就提醒我. */
export const refusedFor = (ctx: Context, words: string, text: string, time: TimeReading | null): Effect[] => [
  replyText(words),
  setSession(sessionOn(ctx, time ? { refusedReminder: { text, time: time.text, at: ctx.now } } : {})),
];

const EVERYBODY = /^(?:大家|各位)/;

const CALLS = /提醒|通知|告诉|转告|知会|叫|喊/;
const NAME_MAX = 4;

/** What was said at first with the name that is known now; else the effects that leave it or ask again. */
export function whomIn(
  ctx: Context,
  world: ReminderWorld,
  { text, whom = '' }: ReminderFlow,
): { raw: string } | { effects: Effect[] } {
  if (isCancel(ctx.text)) return { effects: stop(ctx, '好的,已取消,没有设置提醒。') };
  // Another one, whole, is none of this.
  const time = read(ctx, world, ctx.raw);
  if (time && CALLS.test(ctx.raw) && readWanted(ctx.raw, time).text !== '') return { raw: ctx.raw };
  const name = nameIn(ctx, world);
  const shown = ctx.raw.trim().length <= NAME_MAX ? ctx.raw.trim() : whom;
  return name === null
    ? { effects: askWhom(ctx, text, whom, shown) }
    : { raw: text.replace(whom, () => name) };
}

/** 就是李四和钱七, 是平安办的. */
const SAID_FIRST = /^(?:就是|就|是|提醒|通知|叫|喊|给|指的?是?|说的?是)+/;

/** 打错了,是陈丙 · 我自己: who is meant, in words that the directory knows. */
function nameIn({ raw, person }: Context, { directory }: ReminderWorld): string | null {
  const run = person && namesFirst(raw.trim().replace(SAID_FIRST, ''), person, directory);
  if (run && run.names.length > 1) return run.names.join('、');
  const [longest] = calledByName(directory, person?.organization)
    .flatMap(({ name }) => (raw.includes(name) ? [name] : []))
    .sort((a, b) => b.length - a.length);
  const unit = directory.mentions(raw)[0]?.alias;
  const whole = person && audienceOf(raw.trim(), person, directory)?.called;
  const isSelf = /^(?:就|是|给|提醒)*(?:我|俺|本人)(?:自己|本人)?(?:吧|啊|的)?[。]?$/.test(raw.trim());
  return longest ?? whole ?? unit ?? (isSelf ? '我' : null);
}
