/**
 * A meeting that is called in any order: when, where, what, who (后天九点半在一楼开信访积案会 通知梁己 唐己二都来; 会议通知 下午3点 二楼 年货市场 徐庚九 何庚). In
 * the plain form that sets a notice. Pure.
 */
import type { Calendar } from '../calendar/calendar.js';
import { toLocal } from '../calendar/local.js';
import type { Person } from '../core/domain.js';
import { namedIn, parseTime } from '../nlu/dates/parse.js';
import type { Directory } from '../organizations/directory.js';
import { isSupposed } from '../text/frames.js';
import { nameRuns, type NameRun } from './name-runs.js';
import { mendedSlip } from './slips.js';
import { withoutEnds } from '../text/ends.js';

type World = { person: Person; directory: Directory; now: number; calendar: Calendar };

const MAX_LENGTH = 160;
const HEADED = /会议通知|开会通知/;
const MEETING =
  /会议通知|开会|开(?:个|一个|一下|一次|场)?[^,\uff0c。\s]{0,12}会(?![计所议])|[^\s,\uff0c。社机]会(?=$|[\s,\uff0c。!\uff01]|通知|请|叫|让|喊)|碰(?:个|一下)?头|(?:在|到)[^,\uff0c。\s]{1,12}(?:商量|研究|讨论|座谈|碰一下)/;
/** Right before the names. */
const CALLED = /(?:通知|召集|叫上?|喊上?)(?:一下|一声|到)?[\s:\uff1a,\uff0c]{0,2}$/;
/** 请, 让 stand at the beginning of a clause, else somebody is said to have asked. */
const ASKED = /(?:^|[\s,\uff0c。;\uff1b])(?:还|也|再|就)?(?:请|让|找|给)(?:一下)?\s?$/;
/** Right behind them. */
const COMES =
  /^(?:[,\uff0c\s]?(?:都|也|全|全都|务必|一定|一起|一块儿?|准时|按时|必须|同时)){0,2}[,\uff0c\s]?(?:(?:来|去)?(?:参加|参会|到会|到场|出席|列席|开会)|过来|来|到|一个都?(?:不能|不许|别)少|都?得来)(?![了过不])/;
/** 明天上午八点半到二楼开会. */
const COMES_THERE =
  /^[^,\uff0c。]{0,16}(?:来|到|去|参加)[^,\uff0c。]{0,12}(?:开会|会议室|[\d一二三四五六]楼|参加|会(?:$|[,\uff0c。\s]))/;
/** Told, asked, supposed, forbidden, or a reminder for oneself. */
const NO_CALL =
  /[?\uff1f]|[吗么呢没]$|没有$|[行好中]不[行好中]|谁|几点|什么时候|啥时候|哪[儿里天个]|怎么|提醒(?:我|俺|咱)|(?:叫|喊|告诉)(?:我|俺)|(?:别|不用|不要|不必|先不|甭|没有?)(?:再)?(?:通知|叫|喊|开|发)|不(?:开|去|来|参加)了|通知(?:过|了|到了)|(?:来|到|去|开|参加|叫|喊|请|让)过|开完|(?:都|已经?)(?:来|到|去|参加|开)了|(?:取消|改到|挪到|改成|推到|提前到)|听说|说是|^(?:昨|前)天|会了[。!\uff01]?$|(?:[他她]|书记|主任|[镇乡局县]长|领导|县里|上面)(?:让|叫|喊|请|通知|说)/;
/** It is a message that came: 【县民政局】定于…, 各单位: …. */
const PASSED_ON = /^【|^各[^,\uff0c。\s]{1,10}[:\uff1a]|^关于|收到|转发/;

const ROOM =
  '会议室|会商室|办公室|值班室|活动室|接待室|报告厅|大礼堂|礼堂|大厅|食堂|党校|指挥中心|指挥部|村部|村委会|大院|院里|[一二三四五六七八九十\\d]{1,2}(?:楼|层)';
const PLACE = new RegExp(
  `(?:地点(?:在|是|[:\uff1a])?|就?(?:在|到|去|来))?(?<place>[^\\s,\uff0c。;\uff1b:\uff1a在到去来开请叫让通吧]{0,10}?(?:${ROOM})(?:[^\\s,\uff0c。;\uff1b开请叫让通商研会召]{0,6}?(?:会议室|会商室|报告厅|室|厅))?)(?:里|集合|集中)?`,
);
/** 来县府办开会. */
const HELD_AT = /(?:在|到|去|来)(?<place>[^\s,\uff0c在到去来开]{2,10}?)(?=(?:召)?开|集合|碰头|商量|研究)/;
const ABOUT = /开(?:个|一个|一下|一次|场)?(?<topic>[^\s,\uff0c。]{0,16}会(?:议)?)(?![计所])/;
const LEADS_IN =
  /^(?:呃|嗯|额|那个|就是|是这样的?|您好|你好|烦请|麻烦|劳驾|请|帮我|给我|你|发(?:个|一个|一下)?|(?:会议|开会)通知|通知(?:一下|一声)?|给(?:他|她)们|发(?:个)?(?:会议)?通知|来|召开|举行|(?:让|叫|喊)(?=\s|$)|吧|啊|呀|哈|都|的|[\s,\uff0c。:\uff1a;\uff1b、])+/;
const TRAILING = /(?:[吧啊呀哈的叫喊让请\s,\uff0c。:\uff1a;\uff1b、]|通知)$/;
const tidied = (said: string): string => withoutEnds(said, LEADS_IN, TRAILING);

/** 你给大家发个会议通知, 帮我把会议通知发下去: that it is to be sent is none of the matter. */
const SENT =
  /(?:请|麻烦)?(?:你|您)?(?:帮我|帮忙|给我)?(?:(?:给|跟)(?:大家伙?儿?|[他她]们|各位)(?:都)?发(?:一?个|一?下|份)?(?:会议|开会)?通知|把(?:这个)?(?:会议|开会)?通知(?:给(?:大家|[他她]们|各位))?(?:发|下)(?:一下|下去|出去|过去)?)(?:吧|哈|啊)?/;
/** What says nothing of the meeting. */
const EMPTY =
  /^(?:就是|时间|地点|大家|(?:是)?这样的?(?:哈|啊|吧)?|也就是|即|(?:我们|咱们?|俺们?)(?:镇|乡|街道|局|单位)?)$/;

/** Null: no meeting is called, or nobody whom the directory knows. */
export function meetingSaid(raw: string, world: World): string | null {
  const { person, directory, now, calendar } = world;
  if (raw.length > MAX_LENGTH || NO_CALL.test(raw) || PASSED_ON.test(raw) || isSupposed(raw)) return null;
  if (!MEETING.test(raw)) return null;
  const text = mendedSlip(raw, { now, calendar }).replace(SENT, ' ');
  const called = nameRuns(text, person, directory).filter((run) => isCalled(run, text, HEADED.test(raw)));
  const names = [...new Set(called.flatMap((run) => run.names.map(bare)))].filter((it) => it !== person.name);
  if (names.length === 0) return null;
  const rest = called.reduce((left, run) => blanked(left, withCall(run, text)), text);
  const found = timeIn(rest, { now, calendar });
  if (found === 'recurring') return null;
  const timeless = found ? found.pieces.reduce(blanked, rest) : rest;
  const room = PLACE.exec(timeless) ?? HELD_AT.exec(timeless);
  const place = room?.groups?.['place'] ?? '';
  const placeless = room ? blanked(timeless, { index: room.index, length: room[0].length }) : timeless;
  const parts = [
    found?.text ?? '',
    place === '' ? '' : `地点:${place.replace(OF_SPEAKER, person.name)}`,
    topicIn(placeless),
  ];
  return `会议通知 ${names.join('、')}:${parts.filter(Boolean).join(',')}`;
}
/** 经发办的都, 自然资源所的同志. */
const bare = (name: string): string => name.replace(/(?:的)?(?:同志|人员)?(?:们)?都?$/, '') || name;
const OF_SPEAKER = /^(?:我|俺)(?![们镇乡局])的?/;

type Place = { index: number; length: number };
const blanked = (text: string, { index, length }: Place): string =>
  `${text.slice(0, index)}${' '.repeat(length)}${text.slice(index + length)}`;

const BEHIND_TIME = /(?:[点刻号日](?:半|整|钟)?|[上下]午|[早晚]上|[今明后]天)$/;

/** By the word before them, by what they are to do, or as the last of a 会议通知. */
function isCalled({ index, length }: NameRun, text: string, isHeaded: boolean): boolean {
  const [before, behind] = [text.slice(0, index), text.slice(index + length)];
  // 通知林丙了: it is told.
  if (/^[了过没]/.test(behind)) return false;
  // 明天三点林丙参加县里的会 says what he does.
  if (BEHIND_TIME.test(before) && !isHeaded) return false;
  if (CALLED.test(before) || COMES.test(behind)) return true;
  if (ASKED.test(before)) return isHeaded || COMES_THERE.test(behind);
  return isHeaded && /^[\s。!\uff01]*$/.test(behind) && /[\s,\uff0c]$/.test(before);
}

/** With the word that calls them and with what they are to do: neither is of the matter. */
function withCall({ index, length }: NameRun, text: string): Place {
  const before = text.slice(0, index);
  const from =
    index -
    (/(?:请|让|叫上?|喊上?|找|给|通知|召集)(?:一下|一声|到)?[\s:\uff1a,\uff0c]{0,2}$/.exec(before)?.[0]
      .length ?? 0);
  const comes = COMES.exec(text.slice(index + length))?.[0] ?? '';
  // 来开个短会: only the coming is taken away.
  return { index: from, length: index + length + comes.length - from };
}

type Found = { text: string; pieces: Place[] };

/** Day and hour, together or apart; a day that is named twice is named once. */
function timeIn(text: string, options: { now: number; calendar: Calendar }): Found | 'recurring' | null {
  const pieces: (Place & { text: string; day: boolean; clock: boolean; at: number | null })[] = [];
  for (let from = 0; pieces.length < PIECES_MOST;) {
    const time = parseTime(text.slice(from), { ...options, purpose: 'mention' });
    if (!time || time.text === '') break;
    if (time.kind === 'recurrence') return 'recurring';
    const at = time.kind === 'instant' ? time.at : time.kind === 'range' ? time.from : null;
    pieces.push({
      ...{ index: from + time.index, length: time.text.length, text: time.text, at },
      ...namedIn(time.text, options),
    });
    from += time.index + time.text.length;
  }
  const whole = pieces.find((it) => it.day && it.clock);
  const day = pieces.find((it) => it.day);
  const clock = pieces.find((it) => it.clock);
  if (whole) {
    const same = pieces.filter((it) => it === whole || (it.day && !it.clock && isSameDay(it.at, whole.at)));
    return { text: whole.text, pieces: same };
  }
  const [one] = [day, clock].filter((it) => it !== undefined);
  if (!one) return null;
  if (!day || !clock) return { text: one.text, pieces: [one] };
  return {
    text: `${day.text}${clock.text}`.replace(/\s/g, ''),
    pieces: pieces.filter((it) => it === clock || isSameDay(it.at, day.at)),
  };
}
const PIECES_MOST = 4;
const isSameDay = (a: number | null, b: number | null): boolean =>
  a !== null && b !== null && toLocal(a).date === toLocal(b).date;

/** 开信访积案会; what is left where nothing is said to be held. */
function topicIn(text: string): string {
  const about = ABOUT.exec(text);
  const rest = (about ? blanked(text, { index: about.index, length: about[0].length }) : text)
    .split(/[,\uff0c。;\uff1b\s]+/)
    .map((it) => tidied(it))
    .filter((it) => it.length > 1 && !EMPTY.test(it));
  const held = /[^\s]会$/.exec(rest[0] ?? '') && !about ? `开${rest.shift() ?? ''}` : '';
  const topic = about ? `开${about.groups?.['topic'] ?? '会'}` : held;
  return [topic || '开会', ...rest].join(',');
}
