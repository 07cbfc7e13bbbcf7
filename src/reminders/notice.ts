/** 会议通知 and 紧急通知: what makes one, who has answered, what follows. Pure. */
import { MINUTE_MS } from '../calendar/local.js';
import { NUMBER, parseNumber } from '../nlu/dates/numbers.js';
import {
  isNotice,
  unanswered,
  type Notice,
  type NoticeReminder,
  type PersonRecipient,
  type Recipient,
  type Reminder,
} from '../core/reminder.js';
import type { Effect } from '../core/types.js';
import type { ReminderWorld } from './deps.js';
import { occurrenceTimer, saveOccurrence, tellEffects } from './planning.js';
import type { Rules } from './rules.js';
import { plannedOccurrence, sharesOf, sparedUntil, type Share } from './schedule.js';
import { noticeText } from './notice-view.js';
import { fireEffects } from './sending.js';

const URGENT = /^[^,\uff0c。]{0,8}(?:紧急|加急|特急)(?:的)?通知/;
const NOTICE = /通知|召集|请[^,\uff0c。]{2,20}参[加会]/;
/** 大会 and 晚会 are held; 社会, 机会 and 会计 are no meetings. */
const MEETING =
  /开(?:个|一个|一下)?[^,\uff0c。\s]{0,16}会(?![计所])|(?:例|碰头|座谈|调度|部署|推进|协调|动员|交流|评审|现场|视频|党委|支部|工作|专题|联席|大|小)会(?![计所])|会议(?!室|记录|纪要|材料)|参会|到会|培训|集合|演练|碰(?:一?[下碰]|个?头)|(?:会议室|会商室|活动室|办公室|报告厅|礼堂|党校|[一二三四五六七八九\d][楼层])(?:里|集中|一起){0,2}(?:研究|商量|讨论|商议|会商|议一?[下议]|听(?!不)|学习|座谈|对接|过一?[下遍])/;
const PLACE =
  /(?:地点|会场)(?:是|在|[:\uff1a])?\s*(?<named>[^,\uff0c。;\uff1b\s]{2,20})|(?:在|到|去|于|来)(?<at>(?:[^,\uff0c。;\uff1b\s在到去]{0,14}?)(?:会议室|办公室|值班室|活动室|接待室|指挥部|指挥中心|大礼堂|礼堂|大厅|党校|广场|大院|院子|村部|村委会|政府|楼|厅|室|院|馆|校|中心|局|办(?![公理事法案好完结成]))(?:[一二三四五六七八九\d]{1,2}[楼层])?(?:[^,\uff0c。;\uff1b\s开参集]{0,6}?(?:会议室|办公室|值班室|活动室|接待室|报告厅|大厅|礼堂|厅|室))?)/;

/** …,二楼会议室,…: a room that stands alone. */
const ROOM =
  /(?<=[,\uff0c。;\uff1b:\uff1a\s])(?<room>[^,\uff0c。;\uff1b:\uff1a\s]{0,10}(?:会议室|值班室|活动室|接待室|指挥部|指挥中心|礼堂|大厅|党校))(?=[,\uff0c。;\uff1b\s]|$)/;

export type NoticeWanted = Pick<Notice, 'kind' | 'place'>;

/** …,提前半小时再提醒一遍: when it is recalled, and the words without it. */
const RECALL = new RegExp(
  `[,\uff0c。;\uff1b\\s]{0,3}(?:(?:会前|开会前)?提前|(?:开?会|会议)前)(?<half>半)?(?<n>${NUMBER})?个?(?<more>半)?(?<unit>小时|钟头|分钟|刻钟|天)再(?:提醒|通知|说|叫|喊|告诉|催)(?:大家|他们|我们|我)?(?:一?[遍次声下])?`,
);
export function recallIn(raw: string): { before: number; rest: string } | null {
  const found = isMeetingNotice(raw) ? RECALL.exec(raw) : null;
  const { half, n, more, unit = '' } = found?.groups ?? {};
  if (!found || (half === undefined && n === undefined)) return null;
  const count = (n === undefined ? 0 : parseNumber(n)) + (half || more ? 0.5 : 0);
  const before = Math.round(count * ({ 分钟: 1, 刻钟: 15, 天: 1_440 }[unit] ?? 60));
  return before > 0 && before < 10_000 ? { before, rest: raw.replace(found[0], '') } : null;
}

/** 在我办公室, 二楼会议室, 地点改到三楼: the place alone, said of a notice that is read back; null where it is none. */
const PLACE_ALONE =
  /^(?:(?:地点|会场)?(?:就|改|定|换|放|是){0,2}(?:在|到|去)|(?:地点|会场)(?:是|[:\uff1a])?)\s?(?<place>[^\s,\uff0c]{2,16}?)(?:吧|开|集合)?$/;
const ROOM_ALONE =
  /^(?:就|是)?(?<place>[^\s,\uff0c在到]{0,14}(?:室|厅|楼|层|院|馆|校|中心|广场|村部|委会|政府))(?:吧)?$/;
export function placeIn(raw: string): string | null {
  const said = raw.trim().replace(/[。!\uff01]$/, '');
  return movedPlaceIn(said) ?? (PLACE_ALONE.exec(said) ?? ROOM_ALONE.exec(said))?.groups?.['place'] ?? null;
}

/** 地点换了 换到应急指挥中心三楼; 不在二楼了 改三楼会议室: where it is held instead. */
const PLACE_MOVED =
  /^(?:[^,\uff0c\s]{0,8}?会的?|开会的?)?(?:地点|会场|地方|位置|会议室)(?:有变(?:化|动)?|变了|换了|改了|变更了?|调整了?|改一?下|换一?下)?[,\uff0c。:\uff1a\s]{0,3}(?:现在|就)?(?:换|改|变|定|挪|移|调整?|变更)(?:到|成|为|在|至)?了?(?<place>[^,\uff0c\s到成为在至]{2,20}?)(?:开|集合)?(?:了|吧)?$/;
const ROOM_MOVED =
  /^(?:[^,\uff0c\s]{0,8}?会(?:议)?)?(?:不在[^,\uff0c\s]{1,12}(?:开)?了?[,\uff0c\s]{1,2})?(?:换|改|挪|移)(?:到|在|成|去)?(?<place>[^,\uff0c\s到在成去]{1,14}(?:室|厅|楼|层|院|馆|校|中心|广场|村部|委会|政府|礼堂|指挥部))(?:开|集合)?(?:了|吧)?$/;
/** 时间没变, behind it. */
const STAYS =
  /[,\uff0c\s]{1,2}(?:时间|钟点|其他的?|别的|日子)(?:都|还是|还)?(?:没变|不变|没动|不动|照旧|没改|不改|一样)$/;
export const movedPlaceIn = (raw: string): string | null => {
  const said = raw
    .trim()
    .replace(/[。!\uff01]$/, '')
    .replace(STAYS, '');
  return (PLACE_MOVED.exec(said) ?? ROOM_MOVED.exec(said))?.groups?.['place'] ?? null;
};

/** What the words make of it for these recipients; null: a reminder like any other. */
export function noticeIn(raw: string, to: readonly Recipient[], account: string): NoticeWanted | null {
  const isForOthers =
    to.length > 0 &&
    to.every((it) => it.kind === 'person') &&
    to.some((it) => it.kind === 'person' && it.account !== account);
  if (!isForOthers) return null;
  const groups = (PLACE.exec(raw) ?? ROOM.exec(raw))?.groups;
  const place = groups?.['named'] ?? groups?.['at'] ?? groups?.['room'] ?? '';
  if (URGENT.test(raw)) return { kind: 'urgent', place };
  return isMeetingNotice(raw) ? { kind: 'meeting', place } : null;
}

export const isMeetingNotice = (raw: string): boolean => NOTICE.test(raw) && MEETING.test(raw);

/** When it is recalled: so long before it as was said, else some time before a meeting that is far enough. */
export function recallAt(
  { startsAt, before: said }: { startsAt: number; before?: number | undefined },
  now: number,
  { notices }: Rules,
): number {
  if (said !== undefined && startsAt - said * MINUTE_MS > now) return startsAt - said * MINUTE_MS;
  const before = startsAt - notices.before * MINUTE_MS;
  return before - now > notices.before * MINUTE_MS ? before : startsAt;
}

export const answerOf = ({ notice }: Reminder, to: Recipient): Notice['answers'][number] | undefined =>
  to.kind === 'person' ? notice?.answers.find(({ account }) => account === to.account) : undefined;

/** Who comes no more, and who has seen what begins at no time, is not recalled; nor is anybody once it has begun. */
export function whyNotRecalled(reminder: Reminder, to: Recipient, now: number): string | null {
  if (!isNotice(reminder)) return null;
  const { startsAt } = reminder.notice;
  if (startsAt !== null && now > startsAt + MINUTE_MS) return '会议已开始';
  const answer = answerOf(reminder, to)?.answer;
  if (answer === 'leave' || answer === 'sends') return '本人不参加';
  return startsAt === null && answer !== undefined ? '已回复' : null;
}

/** How long an urgent word that names no hour is answered. */
const URGENT_OPEN_MS = 24 * 60 * MINUTE_MS;

export const isOpenNotice = (reminder: NoticeReminder, now: number): boolean =>
  reminder.status !== 'cancelled' && now < (reminder.notice.startsAt ?? reminder.createdAt + URGENT_OPEN_MS);

/** The notice itself, to these of its recipients; at night it waits until the morning, unless it is urgent. */
export function tellNotice(
  reminder: NoticeReminder,
  shares: readonly Share[],
  world: ReminderWorld,
  now: number,
): Effect[] {
  const at = sparedUntil(reminder, now, world);
  const firing = { lateFor: null, isRecurring: false, owner: reminder.owner, notice: reminder };
  return shares.flatMap((share) => {
    const occurrence = plannedOccurrence(reminder, share, at ?? now, now);
    return at === null
      ? fireEffects(occurrence, firing, world, now)
      : [...saveOccurrence(occurrence), occurrenceTimer(occurrence.id, at)];
  });
}

/** Beyond the count of recipients (`MOST` of reminder-called.ts). */
const NOTICE_FROM = 1_000;

/** An own count: the same instant may be the recall's as well. */
export const noticeShares = (reminder: NoticeReminder, to: readonly Recipient[]): Share[] =>
  sharesOf(reminder).flatMap(({ to: one, n }) =>
    to.includes(one)
      ? [{ to: one, n: n.replace(/^\d+/, (count) => String(NOTICE_FROM + Number(count))) }]
      : [],
  );

const AGAIN = 'notice';
const againKey = (id: string): string => `${AGAIN}:${id}`;

/** All that follows when a notice is set: it goes out, and once more to those who have not answered. */
export function noticeEffects(reminder: NoticeReminder, world: ReminderWorld, now: number): Effect[] {
  const told = tellNotice(reminder, noticeShares(reminder, reminder.to), world, now);
  const at = againAt(reminder, sparedUntil(reminder, now, world) ?? now, world.rules);
  return at === null ? told : [...told, { kind: 'schedule', timer: againTimer(reminder.id, at) }];
}

const againTimer = (id: string, runAt: number) => ({
  key: againKey(id),
  runAt,
  kind: AGAIN,
  payload: { id },
});
export const stopAgain = (id: string): Effect => ({ kind: 'cancel', key: againKey(id) });

/** Null where the meeting begins before anybody could be called once more. */
function againAt({ notice }: NoticeReminder, from: number, { notices }: Rules): number | null {
  const wait = (notice.kind === 'urgent' ? notices.urgentAgain : notices.again) * MINUTE_MS;
  if (notice.startsAt === null) return from + wait;
  const half = from + (notice.startsAt - from) / 2;
  const at = Math.round(Math.min(from + wait, half) / MINUTE_MS) * MINUTE_MS;
  return at > from && at < notice.startsAt ? at : null;
}

/** Those who have not answered are called once more, and never again. */
export function callAgain(
  reminder: NoticeReminder,
  world: ReminderWorld,
  now: number,
): { reminder: NoticeReminder; effects: Effect[] } {
  const left = unanswered(reminder);
  const called: NoticeReminder = { ...reminder, notice: { ...reminder.notice, calledAt: now } };
  return {
    reminder: called,
    effects: [
      { kind: 'reminder', reminder: called, expectedVersion: reminder.version },
      ...tellNotice(called, noticeShares(called, left), world, now),
      stopAgain(reminder.id),
    ],
  };
}

/** The word of one of them. */
export function answered(
  reminder: NoticeReminder,
  answer: Notice['answers'][number],
  added: PersonRecipient | null,
): NoticeReminder {
  const others = reminder.notice.answers.filter(({ account }) => account !== answer.account);
  const isThere =
    added !== null && reminder.to.some((it) => it.kind === 'person' && it.account === added.account);
  return {
    ...reminder,
    to: added && !isThere ? [...reminder.to, added] : reminder.to,
    notice: { ...reminder.notice, answers: [...others, answer] },
  };
}

/** It will not take place, or at another time: whoever was told learns of it. */
export const tellChange = (
  reminder: NoticeReminder,
  words: string,
  world: ReminderWorld,
  now: number,
): Effect[] =>
  reminder.to.flatMap((it) =>
    it.kind === 'person'
      ? tellEffects(
          it,
          `${words}${noticeText(reminder, now)}(由${reminder.owner.organization} ${reminder.owner.name} 通知)`,
          world,
        )
      : [],
  );
