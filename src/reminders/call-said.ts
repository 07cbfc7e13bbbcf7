/**
 * Others are to be reminded, and whom, when and what stand in any order: 考核材料明天五点截止,你四点给全镇干部都提醒一遍; 何甲那儿给弄个例行的,每月25号催他报表. In the plain
 * form that sets a reminder: the time beside the call counts, the others are of the matter. Pure.
 */
import type { Calendar } from '../calendar/calendar.js';
import { toLocal } from '../calendar/local.js';
import type { Person } from '../core/domain.js';
import { namedIn, parseTime } from '../nlu/dates/parse.js';
import type { Directory } from '../organizations/directory.js';
import { isReported, isSupposed } from '../text/frames.js';
import { nameRuns, namesFirst, type NameRun } from './name-runs.js';
import { contentOf } from './naming.js';
import { isMeetingNotice } from './notice.js';
import { mendedSlip } from './slips.js';
import { withoutEnds } from '../text/ends.js';

type World = { person: Person; directory: Directory; now: number; calendar: Calendar };

const MAX_LENGTH = 200;
/** Asked, told, forbidden, or a reminder for oneself. */
const NO_CALL =
  /[?\uff1f]|[吗么呢]$|谁|几点|什么时候|啥时候|怎么(?!回事)|咋(?!恁|回事|又|老|还没)|提醒(?:我|俺|咱)|(?:叫|喊|告诉|催)(?:我|俺)(?!们)|(?:别|不用|不要|不必|先不|甭|没有?|不能)(?:再|给[^,\uff0c]{1,8})?(?:提醒|通知|叫|喊|催|发)|(?:提醒|通知)(?:的|函|单|牌)|(?:书记|主任|[镇局乡县]长|领导|上面|县里)(?:让|叫|要|说)|(?:改到|挪到|推到|改成|取消|不用了)|要是|如果/;
const TOLD = /(?:提醒|通知|催|叫|喊|说|发)(?:过|了(?!一)|完了)/;
/** 我昨天提醒他周五九点报底数了, 忘了提醒他: told of, and no order. */
const TOLD_OF =
  /(?:昨[天晚]|前[天晚]|上(?:周|个?星期|个?礼拜|次|回)|刚才|刚刚?|[今早]上|已经?|早就?|一直|老|又|总(?!结))[^,\uff0c\s]{0,4}(?:提醒|通知|催)|(?<![别要用])忘(?:了|记)?(?:提醒|通知|催)|(?:提醒|通知|催)(?:一下)?[^,\uff0c]{2,40}?(?<!忘|为|算|除|行)了(?:[,\uff0c。!\uff01]|$)/;
/** Denied, asked, or told of. */
export const isNoOrder = (text: string): boolean =>
  NO_CALL.test(text) || TOLD.test(text) || TOLD_OF.test(text) || isReported(text) || isSupposed(text);

const QUOTED = /[“"「](?<quoted>[^”"」]{6,160})[”"」]/;
const GAP = '(?:一?[下声遍次]|一个)?\\s?';
const CALL = new RegExp(`(?:提醒|题醒|催|叫|喊|通知|告诉|转告|知会|发给|转给|@)${GAP}$`);
const THEM =
  /(?:提醒|题醒|催|叫|喊|通知|告诉|转告|发给|转给)(?:一?下|一声)?(?<them>(?:[他她]们?|人家)(?<villages>几个村|各村)?(?:几[个位]|[俩仨]|两[个位])?)/;
/** Behind the names: 给各村都提醒一下. */
const GIVEN =
  /^(?:都|各|再|也|挨个|分别){0,3}(?:提醒|题醒|提个醒|说|讲|通知|知会|告诉|发|打个招呼)(?:一?[遍声下次]|一个|个提醒|个通知|个消息|到)?(?:提醒|通知|消息)?/;
/** 给各村发,…三点提醒: they are given something, and when stands elsewhere. */
const TRAILS = /^(?:一?[遍声下次]|一个)(?=$|[\s,\uff0c。!\uff01;\uff1b:\uff1a])/;
/** Why one is reminded, how it is to be set, and what only leads in. */
const IDLE =
  /^(?:是)?这样的?$|^(?:那)?(?:给)?(?:弄|设|定|整|来|做)(?:一?个|成)(?:例行|固定|定期|长期)(?:的)?(?:工作|提醒|事)?(?:呗|吧|啊)?$|^(?:[我俺]?(?:就)?怕(?:[他她]们?|人家)?(?:又|再|给|会|写|弄)?[^,\uff0c]{0,6}(?:忘|糊涂|误|漏)[^,\uff0c]{0,4})$|^(?:麻烦|请|你|您|谢谢|辛苦)$|^(?:别|不要|甭)(?:再)?(?:让|叫)我(?:再)?说(?:第[二三]|两|三)遍$|^(?:是)?(?:咋|怎么)回事$|(?:找不着|叫不应|没一个听的|真是服了|手头事多|晕头转向的?)$/;
const LEADS_IN =
  /^(?:嗯|呃|额|那个?|就是|请|麻烦(?:你|您)?|烦请|你|您|帮(?:我|忙)|给我|再|就|到时候?|记得|都|全|的时候|[\s,\uff0c。:\uff1a;\uff1b、!\uff01])+/;
const TRAILING =
  /(?:[\s,\uff0c。:\uff1a;\uff1b、!\uff01]|(?<=[\s,\uff0c])(?:到时候?|届时|到点)|你|您|(?<=[\s,\uff0c])(?:麻烦|请|那|就))$/;
const tidied = (said: string): string => withoutEnds(said, LEADS_IN, TRAILING);

type Clause = { text: string; index: number };
/** `run`: where they are named. `isPlain`: right behind the verb, and nothing else of theirs. */
type Called = { names: string[]; from: number; to: number; run: NameRun; isPlain: boolean };

/** Null: nobody is called whom the directory knows, no hour is said, or the words stand as they should. */
export function callSaid(raw: string, world: World): string | null {
  const { person, directory, now, calendar } = world;
  if (raw.length > MAX_LENGTH || isMeetingNotice(raw) || /紧急|加急/.test(raw.slice(0, 8))) return null;
  const quoted = QUOTED.exec(raw);
  const text = mendedSlip(quoted ? raw.replace(quoted[0], '') : raw, { now, calendar });
  if (NO_CALL.test(text) || isSupposed(text)) return null;
  const called = calledIn(text, person, directory);
  if (!called || called.names.length === 0) return null;
  const clauses = clausesOf(text);
  const own = clauses.find(
    ({ index, text: { length } }) => called.from >= index && called.from <= index + length,
  );
  if (!own || TOLD.test(own.text) || isOfAnother(own, called, world)) return null;
  if (called.isPlain && clauses.length === 1 && !quoted) return null;
  const time = timeOf(text, own, called, { now, calendar });
  if (time === null) return null;
  const matter = quoted?.groups?.['quoted'] ?? matterIn(text, called, time);
  return contentOf(matter).length < 2 ? null : `${time.text}提醒${called.names.join('、')} ${matter}`;
}

/** 林丙三点叫陈丙去, 催一下住建局: somebody else calls, or a unit is urged. */
function isOfAnother(
  { text, index }: Clause,
  { from, names, run }: Called,
  { directory, person }: World,
): boolean {
  if (run.index >= index && run.index < from) return false;
  const before = text.slice(0, from - index);
  const isUrged = /催/.test(text) && names.some((name) => directory.mentions(name)[0]?.index === 0);
  return isUrged || namesFirst(tidied(before), person, directory) !== null;
}

function clausesOf(text: string): Clause[] {
  return [
    ...text.matchAll(
      /[^,\uff0c。;\uff1b!\uff01:\uff1a\n]+(?:(?<=\d)[:\uff1a](?=\d)[^,\uff0c。;\uff1b!\uff01:\uff1a\n]+)*/g,
    ),
  ].map(({ 0: clause, index }) => ({ text: clause, index }));
}

/** Those whom a word calls, by name, or by 他们 where they are named before. */
function calledIn(text: string, person: Person, directory: Directory): Called | null {
  const runs = nameRuns(text, person, directory);
  for (const run of runs) {
    const { names, index, length } = run;
    const [before, behind] = [text.slice(0, index), text.slice(index + length)];
    const call = CALL.exec(before);
    if (call)
      return {
        ...{ names: others(names, person), from: call.index, run },
        to: index + length + (TRAILS.exec(behind)?.[0].length ?? 0),
        isPlain: names.join('').length >= length - names.length,
      };
    const given = /给\s?$/.test(before) ? GIVEN.exec(behind) : null;
    const to = index + length + (given?.[0].length ?? 0);
    if (given) return { names: others(names, person), from: index - 1, to, run, isPlain: false };
  }
  return byPronoun(text, runs, person, directory);
}

/** Whoever stands first in a clause is spoken of; 把单子给张三送去 speaks of him no more than of the slip. */
function byPronoun(text: string, runs: NameRun[], person: Person, directory: Directory): Called | null {
  const them = THEM.exec(text);
  if (!them) return null;
  const end = them.index + them[0].length;
  const to = end + (TRAILS.exec(text.slice(end))?.[0].length ?? 0);
  const villages = them.groups?.['villages'] === undefined ? null : namesFirst('各村', person, directory);
  const before = runs.filter(({ index }) => index < them.index);
  const leading = before.filter(({ index }) =>
    /(?:^|[\s,\uff0c。;\uff1b!\uff01])$/.test(text.slice(0, index)),
  );
  const run = leading.at(-1) ?? before.at(-1);
  if (villages)
    return { names: villages.names, from: them.index, to, run: { ...villages, length: 0 }, isPlain: false };
  return run ? { names: others(run.names, person), from: them.index, to, run, isPlain: false } : null;
}

const others = (names: string[], { name }: Person): string[] =>
  [...new Set(names.map((it) => it.replace(/(?:的)?(?:都)$/, '')))].filter((it) => it !== name);

type Options = { now: number; calendar: Calendar };
/** `pieces`: where it stands. */
type Time = { text: string; pieces: Piece[] };
type Piece = { text: string; index: number };

/** Beside the call; else the one that is said of it in another clause. */
function timeOf(text: string, own: Clause, { from }: Called, options: Options): Time | null {
  const beside = hourIn(own.text, options);
  if (beside) return withDay(text, own, { ...beside, index: own.index + beside.index }, options);
  const all = hourIn(text, options);
  if (!all) return null;
  const clause = clausesOf(text).find(
    ({ index, text: said }) => all.index >= index && all.index < index + said.length,
  );
  const isOfCall = clause !== undefined && /发给|提醒|通知|叫|喊|催|给[他她]们/.test(clause.text);
  return all.index < from || isOfCall || all.kind === 'recurrence' || GIVES_WORD.test(own.text)
    ? { text: [...all.bounds, all].map((it) => it.text).join(''), pieces: [...all.bounds, all] }
    : null;
}
/** 给他们说一声,四点来: the hour is that of the matter, and no other is said. */
const GIVES_WORD = /(?:说|讲)(?:一)?[声遍]/;

function hourIn(text: string, options: Options): (Piece & { kind: string; bounds: Piece[] }) | null {
  const time = parseTime(text, { ...options, purpose: 'reminder' });
  if (!time || time.text === '') return null;
  const isTimed = time.kind === 'recurrence' || namedIn(time.text, options).clock;
  const bounds = time.kind === 'recurrence' ? (time.bounds ?? []) : [];
  return isTimed ? { text: time.text, index: time.index, kind: time.kind, bounds } : null;
}

const RULE = /每(?:个)?(?:周|星期|礼拜|月|天|日|季度?|年|工作日)/;
const PART = /凌晨|清早|早上|上午|中午|下午|傍晚|晚上|夜里|[早晚]/;
/** 每周五报农情,下午三点提醒他; 后天把单子送去,九点提醒他: the hour beside the call, of the rule or of the day before it; 天天找不着 is no rule. */
function withDay(text: string, own: Clause, beside: Piece & { kind: string }, options: Options): Time {
  const alone = { text: beside.text, pieces: [beside] };
  if (beside.kind === 'recurrence' || namedIn(beside.text, options).day) return alone;
  const before = text.slice(0, own.index);
  const day = parseTime(before, { ...options, purpose: 'mention' });
  if (day?.kind === 'recurrence')
    return RULE.test(day.text) ? { text: `${day.text}${beside.text}`, pieces: [day, beside] } : alone;
  if (day?.kind !== 'instant' || !namedIn(day.text, options).day) return alone;
  const [, month, date] = toLocal(day.at).date.split('-').map(Number);
  const part = PART.test(beside.text) ? '' : (PART.exec(day.text)?.[0] ?? '');
  const isNamed = namedIn(day.text, options).clock;
  return { text: `${month}月${date}日${part}${beside.text}`, pieces: isNamed ? [beside] : [day, beside] };
}

/** What stands behind the call, where that says what is to be done; else with what stands before and speaks of nobody called. */
function matterIn(text: string, { from, to, run, names }: Called, { pieces }: Time): string {
  const gone = [
    ...pieces.map((it) => ({ index: it.index, length: it.text.length })),
    { index: from, length: to - from },
  ];
  const blank = (said: string, places: readonly { index: number; length: number }[]): string =>
    places.reduce(
      (left, { index, length }) =>
        `${left.slice(0, index)}${' '.repeat(length)}${left.slice(index + length)}`,
      said,
    );
  const timeless = blank(text, gone);
  // 局里李四明天九点来 提醒他: who is called stood before the time.
  const isLeading =
    run.length > 0 &&
    run.index < from &&
    /^(?:$|[\s,\uff0c。;\uff1b!\uff01])/.test(timeless.slice(run.index + run.length));
  const bare = blank(timeless, isLeading ? [run] : []);
  const tidy = (said: string): string[] =>
    clausesOf(said)
      .map((it) => tidied(it.text.replace(/\s+/g, ' ')).trim())
      .map((it) =>
        it
          .split(' ')
          .filter((part) => !IDLE.test(part))
          .join(' '),
      )
      .filter((it) => it.length > 1 && !IDLE.test(it));
  const behind = tidy(bare.slice(from))
    .join(',')
    .replace(/^(?:让|叫|请)(?:[他她]们?|人家)(?:都)?/, '')
    .replace(/^(?:都|全)(?=[到去来把交报])/, '');
  // 程己手头事多 says why; where nothing stands behind the call, what is said of them is the matter.
  const before = tidy(bare.slice(0, from)).filter(
    (it) => behind === '' || !names.some((name) => it.startsWith(name)),
  );
  const isWhole = /^[到去来把]/.test(behind) && contentOf(behind).length > 3;
  return isWhole ? behind : [...before, behind].filter(Boolean).join(',');
}
