/** Answers to a notice in words, and what who sent it asks about the answers. Its words are looked at before the store is. */
import { isNotice, type NoticeReminder, type Occurrence, type Reminder } from '../core/reminder.js';
import type { Context } from '../core/types.js';
import { dueFor, inFocus, isOwner, noticesSentBy, reachedBy, remindersIn } from '../reminders/concerned.js';
import { isOpenNotice, movedPlaceIn } from '../reminders/notice.js';
import {
  answerIn,
  askedOfAnswers,
  asksOfOne,
  isCalledOff,
  movedTimeIn,
  movedTo as bareTime,
  reasonIn,
  SENDS_FOR,
  SENDS_ONE,
  SENDS_TITLE,
  SWAPS_CALLED,
  type Said,
} from '../reminders/notice-speech.js';
import { pairsOf } from '../organizations/names.js';
import { isSupposed } from '../text/frames.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

const INTENT = 'answer_notice';
const [MAX_LENGTH, MAX_ANSWER] = [60, 50];
/** Above what is said to any reminder that has just come. */
const CERTAIN = 0.985;

export const noticeReader: Reader = {
  name: 'notices',
  read: async (ctx, deps) => {
    const { text, match } = ctx;
    if (match.via !== 'example' || text.length > MAX_LENGTH) return [];
    const asked = askedOfAnswers(text);
    if (asked) return sent(ctx, asked);
    if (asksOfOne(text)) return ofOne(ctx);
    if (isCalledOff(text)) return calledOff(ctx);
    const place = isSupposed(text) || ASKS.test(text) ? null : movedPlaceIn(text);
    if (place !== null) return moved(ctx, place);
    const time = movedTimeIn(text);
    if (time) return movedTo(ctx, time);
    const bare = bareTime(text);
    if (bare !== null) return movedOpen(ctx, bare);
    const answer = text.length > MAX_ANSWER ? null : answerIn(text);
    return answer ? told(ctx, deps, answer) : [];
  },
};
const ASKS = /[吗么呢?\uff1f]$/;

/** Those that the words speak of. */
const namedBy = <T extends { text: string }>(words: string, among: readonly T[]): T[] =>
  among.filter(({ text }) => pairsOf(words.replace(OF_ANY, ' ')).some((pair) => text.includes(pair)));
/** Said of any meeting. */
const OF_ANY = /开会|会议|通知|参加|参会|[今明后]天|[上下]午/g;

/** One's own meetings that are still to be held. */
const meetingsOf = async (ctx: Context): Promise<NoticeReminder[]> =>
  (await noticesSentBy(ctx)).filter(
    (it) => it.status === 'active' && it.notice.kind === 'meeting' && isOpenNotice(it, ctx.now),
  );

const sentOf = async (ctx: Context): Promise<NoticeReminder[]> =>
  (await noticesSentBy(ctx)).filter((it) => ctx.now - (it.notice.startsAt ?? it.createdAt) < RECENT_MS);

async function sent(ctx: Context, asked: 'who' | 'again'): Promise<Reading[]> {
  const mine = await sentOf(ctx);
  const one = namedBy(ctx.text, mine)[0] ?? mine[0];
  if (!one) return [];
  const action = asked === 'again' ? 'notice-again' : 'notice-who';
  return [reading(action, { value: one.id }, `${action} of ${one.id}`)];
}

/** 吴丙为啥来不了, of one whom it went to. */
async function ofOne(ctx: Context): Promise<Reading[]> {
  const mine = await sentOf(ctx);
  const asked = mine.flatMap((notice) =>
    notice.to.flatMap((it) =>
      it.kind === 'person' && isNamed(it.name, ctx.text) ? [{ notice, to: it }] : [],
    ),
  );
  const named = namedBy(ctx.text, mine);
  const one = asked.find(({ notice }) => named.includes(notice)) ?? asked[0];
  if (!one) return [];
  const slots = { value: one.notice.id, text: one.to.account };
  return [reading('notice-one', slots, `what ${one.to.name} answered to ${one.notice.id}`)];
}
/** 大洼村 村联甲, by the village or by the name. */
const isNamed = (name: string, text: string): boolean =>
  name.split(' ').some((part) => part.length > 1 && text.includes(part));
/** 会取消,不开了: of the one meeting that one has called; of several it is asked which. */
async function calledOff(ctx: Context): Promise<Reading[]> {
  const mine = await meetingsOf(ctx);
  const named = namedBy(ctx.text, mine);
  const [one, second] = named.length > 0 ? named : mine;
  if (!one) return [];
  const all = (named.length > 0 ? named : mine).map(({ id }) => id).join(',');
  const slots: Record<string, string> = second ? { action: 'which', value: all } : { value: one.id };
  return [{ intent: 'cancel_reminder', slots, probability: CERTAIN, why: `calls off ${all}` }];
}
/** 地点换了 换到三楼: of the one that was spoken of, or of the only one that is still to be held. */
async function moved(ctx: Context, place: string): Promise<Reading[]> {
  const mine = await meetingsOf(ctx);
  const one = meantOf(ctx, ctx.text.replace(place, ' '), mine);
  return one ? [reading('notice-place', { value: one.id, text: place }, `moves ${one.id}`)] : [];
}

/** By its words, the one spoken of, the only one. */
function meantOf(ctx: Context, words: string, mine: NoticeReminder[]): NoticeReminder | null {
  const named = namedBy(words, mine);
  const focus = inFocus(ctx, mine);
  const meant = named.length > 0 ? named : focus ? mine.filter((it) => it === focus) : mine;
  const [one, second] = meant;
  return one && !second ? one : null;
}

/** 那会就挪到同一天下午三点: by who called it; whoever is invited is told that it is not theirs to move. */
async function movedTo(ctx: Context, { about, time }: { about: string; time: string }): Promise<Reading[]> {
  const all = await remindersIn(ctx);
  // One's own 开会 may be meant as well.
  if (all.some((it) => !isNotice(it) && isOwner(ctx, it) && /会/.test(it.text))) return [];
  const own = await meetingsOf(ctx);
  const one = meantOf(ctx, about, own);
  if (one) return [retimed(one.id, time)];
  const invited = all.filter(
    (it): it is NoticeReminder => isNotice(it) && it.notice.kind === 'meeting' && isOpenNotice(it, ctx.now),
  );
  const other = own.length > 0 ? null : meantOf(ctx, about, invited);
  return other ? [reading('notice-not-own', { value: other.id }, 'moves what somebody else has called')] : [];
}
/** 那挪到后天同一个点: of one's own that was just spoken of. */
async function movedOpen(ctx: Context, time: string): Promise<Reading[]> {
  const one = inFocus(ctx, await meetingsOf(ctx));
  return one ? [retimed(one.id, time)] : [];
}
const retimed = (value: string, time: string): Reading => ({
  ...{ intent: 'snooze_reminder', slots: { action: 'rem-change', value } },
  ...{ text: `改到${time}`, raw: `改到${time}`, probability: CERTAIN, why: `moves ${value}` },
});
const RECENT_MS = 3 * 24 * 3_600_000;

const reading = (action: string, slots: Record<string, string>, why: string): Reading => ({
  intent: INTENT,
  slots: { action, ...slots },
  probability: CERTAIN,
  why,
});

type Pair = { occurrence: Occurrence; reminder: NoticeReminder };

async function told(ctx: Context, { knowledge }: ReadingDeps, answer: Said): Promise<Reading[]> {
  // Courtesy is for what came last; that one is excused or sends somebody may come later.
  const isLoose = answer === 'comes' || answer === 'seen';
  const came = isLoose && !/参|会|出席/.test(ctx.text) ? await dueFor(ctx) : await reachedBy(ctx);
  const pairs = await Promise.all(
    came.map(async (occurrence) => ({
      occurrence,
      reminder: await ctx.read.getReminder(occurrence.reminder),
    })),
  );
  const open = pairs.filter((it): it is Pair => isToAnswer(it.reminder, ctx));
  const named = open.filter(({ reminder }) => namedBy(ctx.text, [reminder]).length > 0);
  // 备耕会我参加, of another meeting.
  const isOther = named.length === 0 && TOPIC.test(ctx.text.replace(BY_ITS_TIME, '会'));
  const one = isOther ? undefined : (named.length > 0 ? named : open).at(-1);
  if (!one) return [];
  // 让队里小王参加: it is asked who that is.
  const isNamed = () => knowledge().directory.people.some(({ name }) => ctx.text.includes(name));
  const isWhole = [SENDS_ONE, SENDS_TITLE, SENDS_FOR, SWAPS_CALLED].some((it) => it.test(ctx.text));
  if (answer === 'sends' && !isWhole && !isNamed()) return [];
  const value = one.occurrence.id;
  const { kind } = one.reminder.notice;
  if (kind === 'urgent' ? answer === 'sends' || answer === 'leave' : false) return [];
  if (kind === 'meeting' && answer === 'seen')
    return [reading('notice-ask', { value }, 'has seen it, and not said whether they come')];
  const action = kind === 'urgent' ? 'notice-seen' : `notice-${answer}`;
  return [reading(action, { value, text: reasonIn(ctx.raw, answer) }, `${answer} to ${one.reminder.id}`)];
}

/** 后晌嘞会, 五点那会, 明早的碰头会: called by when it is held, or as any meeting may be. */
const BY_ITS_TIME =
  /(?:(?:[今明后](?:天|早|晚|儿)|上午|下午|晚上|早上|中午|[头前后]晌|(?:周|星期|礼拜)[一二三四五六日天]|(?:\d{1,2}|[一二两三四五六七八九十]{1,3})点半?|[的嘞得那这个]){1,6}(?:碰头|短|例|小)?|碰头|短)会/;
const TOPIC = /[\u4e00-\u9fff]{2}会(?:议)?(?:[,\uff0c\s]|我|俺|准时|参加|请假)/;

const isToAnswer = (reminder: Reminder | null, { now }: Context): boolean =>
  reminder !== null && isNotice(reminder) && isOpenNotice(reminder, now);
