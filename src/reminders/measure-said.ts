/** 登记一条整改措施 …: what is wrong, what is done about it, who does it and until when, in any order, with labels or without. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { toLocal, type LocalDate } from '../calendar/local.js';
import type { Person } from '../core/domain.js';
import { parseTime } from '../nlu/dates/parse.js';
import type { Directory } from '../organizations/directory.js';
import { escapeRegExp } from '../organizations/names.js';
import { isIntended, isJoke, isSupposed } from '../text/frames.js';

/** `person` and `unit`: '' where nobody is named; `problem`, `action`: '' where nothing is said of it. */
export type SaidMeasure = {
  problem: string;
  action: string;
  person: string;
  unit: string;
  deadline: LocalDate | null;
  /** Why what is said of the person or the time cannot be taken. */
  unclear: string[];
};

export type SaidTerms = {
  now: number;
  calendar: Calendar;
  directory: Pick<Directory, 'people' | 'mentions'>;
  /** Whose people are meant first. */
  organization: string;
};

/** What stands between two clauses, kept by `split`. */
const BETWEEN = /([,\uff0c。;\uff1b!\uff01\s])/;
const QUOTED = /“[^”]{0,200}”|"[^"]{0,200}"|「[^」]{0,200}」/g;
/** 整改情况, 整改报告 are papers, and nothing that is registered here. */
const NO_PAPER =
  '(?!措施|事项|任务|问题|情况|报告|方案|进[度展]|完成|到位|会|通知|材料|验收|资料|的(?!时候)|单|落实|表)';
const ONE = '(?:个)?(?:上|入)?(?:一?[条项个笔]|一?下)';
const REGISTERS = new RegExp(
  `(?:(?:登记|录入|登|录|新增)(?:${ONE})?|(?:增加|添加|添|加|记|建|来)${ONE})(?:新的?)?整改(?:措施|事项|任务|问题)?${NO_PAPER}|(?:整改|措施)(?:措施)?(?:帮我|给我|也)?登记(?:一?[条项个]|一?下|上)(?!的)`,
);
/** 再登一条, where 整改 stands elsewhere or a measure has just been spoken of. */
const ANOTHER =
  /^(?:[嗯呃啊哦好那行]|那个|[,\uff0c\s]){0,5}(?:再|还有?|另外|又)(?:帮我|给我)?(?:登记|录入|登|录|记|加|来)(?:个)?(?:上)?(?:一?[条项个]|一?下)[啊呀哈吧]?/;
/** 给这项记一条措施, of the row that was shown. */
const OF_THIS =
  /(?:给|为|在)?(?:这|那|本)(?:一)?(?:个|项|条|事)(?:事项?)?(?:下)?(?:再|也|帮我|给我)?(?:登记|录入|登|录|新增|增加|添加|添|加|记|建|来|立)(?:一?[条项个]|一?下)?(?:新的?)?(?:整改)?措施(?=[:\uff1a,\uff0c\s])/;
/** 怎么登记, 能不能登记, 没登记, 他登记了. */
const NOT_SAID =
  /(?:怎么|咋|如何|能不能|能否|可不可以|是不是|要不要|该不该|用不用|需不需要|谁(?:来|能|给)?|啥时候|什么时候|哪里|哪儿|在哪|为啥|为什么|别|不用|不要|不必|不能|先不|没有?|未|不|已经|刚刚?|上次|昨天|之前|以前|[他她]们?|你们|还要|光)[^,\uff0c。;\uff1b!\uff01\s]{0,6}$/;
const ASKED_BEHIND =
  /^(?:[^,\uff0c。\s]{0,4}(?:吗|么|没有?|怎么|咋|谁|什么|啥|哪|多久|几天|不)[^,\uff0c。\s]{0,6}[?\uff1f]?$|要(?:不要|交|填|写|找|多)|需要|之?[后前](?!整改)|的时候|都|得(?:找|让|写)|归|由谁|在哪|完了|过了|了)/;
const ASKS = /[吗么?\uff1f]\s*$|(?:行|可以|好|对|中)不(?:行|可以|好|对|中)?$/;

/** Where the words are that register one, null where none is registered: nothing that is asked, denied, supposed or quoted. */
export function registrationAt(text: string, isOnMeasure: boolean): { from: number; to: number } | null {
  const said = text.replace(QUOTED, (it) => ' '.repeat(it.length));
  const found =
    REGISTERS.exec(said) ??
    OF_THIS.exec(said) ??
    (isOnMeasure || said.includes('整改') ? ANOTHER.exec(said) : null);
  if (!found) return null;
  const [from, to] = [found.index, found.index + found[0].length];
  const clause = said.slice(0, from).split(BETWEEN).at(-1) ?? '';
  const near = clause + found[0];
  if (NOT_SAID.test(clause) || ASKED_BEHIND.test(said.slice(to)) || ASKS.test(said)) return null;
  return isSupposed(near) || isIntended(near) || isJoke(said) ? null : { from, to };
}

const BEFORE_NAME =
  '(?:整改)?(?:[责则]任(?:人员?|单位)|负责人|牵头人|经办人|承办人|牵头单位)(?:是|为|就是|定为|写)?|(?:就?由|让|叫|派|请|安排|交给|(?<=交)给|给)';
const BEHIND_NAME =
  '(?:同志)?(?:来|去)?(?:负责(?:落实|整改|办理|到底)?|牵头|承办|包(?:到底)?|落实|经办|主抓|盯(?:着|办)?|来弄|来办|去弄|去办)?';
/** 责任人王五: nobody of that name is known. */
const LABELLED =
  /[责则]任人员?(?:是|为|就是)?[:\uff1a\s]{0,2}([\u4e00-\u9fff]{2,4}?)(?=[,\uff0c。;\uff1b\s\d]|$)/;
const SEPARATORS = '[:\uff1a,\uff0c\\s]{0,2}';
const OF_TIME =
  '(?:(?:整改|完成|办结)?(?:时限|期限|截止(?:时间|日期|到)?|限期|时间)(?:是|为|到|定在|定为)?|(?:[到至]\\s?)?[到至]|最[晚迟](?:到)?|于|在|限|要在|务必)?';
const BEHIND_TIME =
  '(?:之?前|以前|底前)?(?:全部|必须|务必|要|得)?(?:改完|落实|弄完|办完|搞完|做完|整改(?:到位|完成|完)|完成|办结|销号|到位|截止|为止)?(?:掉|了)?';

type Found = { value: string; rest: string };

/** Whole names, the longer before the shorter: 罗庚一 is not 罗庚. */
function namesIn(text: string, { directory, organization }: SaidTerms): Person[] {
  const known = [...directory.people].sort(
    (a, b) =>
      b.name.length - a.name.length ||
      Number(b.organization === organization) - Number(a.organization === organization),
  );
  const found: Person[] = [];
  let rest = text;
  for (const person of known)
    if (rest.includes(person.name)) {
      found.push(person);
      rest = rest.replaceAll(person.name, '\u0000');
    }
  return found;
}

const around = (name: string): RegExp => new RegExp(`(?:${BEFORE_NAME})${SEPARATORS}${escapeRegExp(name)}`);
const behind = (name: string): RegExp =>
  new RegExp(`${escapeRegExp(name)}(?:同志)?(?:来|去)?(?:负责|牵头|承办|包|落实|经办|主抓|盯)`);

function personIn(text: string, terms: SaidTerms): { person: Person | null; rest: string; unclear?: string } {
  const names = namesIn(text, terms);
  const labelled = names.filter(({ name }) => around(name).test(text) || behind(name).test(text));
  const [one, second] = labelled.length > 0 ? labelled : names;
  if (one && second)
    return {
      person: null,
      rest: text,
      unclear: `提到了${[...new Set(names.map((it) => it.name))].join('、')},请说明责任人是哪一位`,
    };
  const unknown = one ? undefined : LABELLED.exec(text)?.[1];
  if (unknown !== undefined)
    return { person: null, rest: text.replace(LABELLED, ' '), unclear: `人员名录中没有“${unknown}”` };
  if (!one) return { person: null, rest: text };
  const phrase = new RegExp(`(?:${BEFORE_NAME})?${SEPARATORS}${escapeRegExp(one.name)}${BEHIND_NAME}`);
  return { person: one, rest: text.replace(phrase, ' ') };
}

function unitIn(text: string, { directory }: SaidTerms): Found {
  for (const { unit, alias } of directory.mentions(text)) {
    const phrase = new RegExp(`(?:${BEFORE_NAME})${SEPARATORS}${escapeRegExp(alias)}${BEHIND_NAME}`);
    if (phrase.test(text)) return { value: unit, rest: text.replace(phrase, ' ') };
  }
  return { value: '', rest: text };
}

/** 前, 内, 期限 end it; 每月5号上墙 and 往后天天 are what is done. */
const ENDS_IT = /[前内]|完|期限|时限|限期|截止|到|至/;

/** Of several days the one that is said to end it, else the last. */
function deadlineIn(
  text: string,
  { now, calendar }: SaidTerms,
): { date: LocalDate | null; rest: string; unclear?: string } {
  const pieces = text.split(BETWEEN);
  const times = pieces.flatMap((clause, i) => {
    const time = parseTime(clause, { now, calendar, purpose: 'deadline' });
    return time && time.kind !== 'recurrence' ? [{ time, clause, i }] : [];
  });
  const found = times.findLast(({ clause }) => ENDS_IT.test(clause)) ?? times.at(-1);
  if (!found) return { date: null, rest: text };
  const { time, clause, i } = found;
  const phrase = new RegExp(`${OF_TIME}${SEPARATORS}${escapeRegExp(time.text)}${BEHIND_TIME}`);
  const before = pieces.slice(0, i).join('').replace(LABEL_LAST, ' ');
  const rest = `${before}${clause.replace(phrase, ' ')}${pieces.slice(i + 1).join('')}`;
  if (time.kind === 'unclear') return { date: null, rest, unclear: time.message };
  return { date: toLocal(time.kind === 'range' ? time.to : time.at).date, rest };
}
/** 时限: 12月31日, with a blank between. */
const LABEL_LAST = /(?:整改|完成|办结)?(?:时限|期限|截止时间|截止日期|限期)(?:是|为|到)?[:\uff1a]?\s*$/;

const FILLER =
  /^(?:(?:[嗯呃额啊哦好行那再]|再来|另外|还有|那个|这个|就是|就是说|然后|请|麻烦|帮我|给我|您好|你好|对了|是这样的?|这样|措施|整改|到)(?=[啊吧哈呀呗,\uff0c。\s]|$|(?:嗯|呃|那个|就是|请|麻烦|帮我|给我|措施))[啊吧哈呀呗]?[,\uff0c\s]*)+|^[啊吧哈呀呗](?=[,\uff0c\s]|$)|^[我俺]这(?:儿|里|边)?$|^内容(?:是|为)?|^(?:落实|完成|整改)$/;
const TONE = /[啊吧哈呀嘛呢哦呗]$/;
const OF_PROBLEM =
  /(?:整改|存在|发现)?(?:的)?(?:问题|隐患)(?:是|为|就是)?[:\uff1a]\s*|^(?:问题|隐患)(?:就?是|为)?\s*/;
const OF_ACTION =
  /(?:具体|整改)?(?:的)?(?:措施|做法|办法)(?:就?是|为|[:\uff1a,\uff0c])[:\uff1a,\uff0c\s]*|^措施\s*/;
/** 把票据补齐, 换管子: what is to be done, and nothing that is wrong. */
const IS_ACTION =
  /^(?:要|得|必须|务必|尽快|立即|马上|抓紧|全部|限期|重新|统一)|把|将|^(?:清|换|补|修|建|拆|盖|装|搬|加|关|停|封|撤|挪|设|做|搞)|(?:清运|清理|清淤|清洗|维修|抢修|加固|更换|整治|拆除|硬化|修复|改造|检修)$/;

/** Of a segment only what says something. */
const plain = (text: string): string => text.trim().replace(FILLER, '').trim().replace(TONE, '').trim();

const joined = (text: string): string =>
  text
    .split(/[,\uff0c。;\uff1b!\uff01\s、:\uff1a]+/)
    .map(plain)
    .filter((it) => /[\u4e00-\u9fff\d]/.test(it))
    .join(',');

/** What stands before the words that register is what is wrong, as is what stands first behind them. */
function contentOf(before: string, after: string): Pick<SaidMeasure, 'problem' | 'action'> {
  const head = joined(before.replace(OF_PROBLEM, ''));
  const labelled = OF_ACTION.exec(after);
  if (labelled) {
    const problem = joined(after.slice(0, labelled.index).replace(OF_PROBLEM, ''));
    const action = joined(after.slice(labelled.index + labelled[0].length));
    return { problem: [head, problem].filter(Boolean).join(','), action };
  }
  const parts = joined(after.replace(OF_PROBLEM, '')).split(',').filter(Boolean);
  const [first = '', ...rest] = parts;
  if (head !== '') return { problem: head, action: parts.join(',') };
  if (IS_ACTION.test(first)) return { problem: '', action: parts.join(',') };
  return { problem: first, action: rest.join(',') };
}

/** `at`: where the words are that register it; null for what is said to the question what is missing. */
export function measureSaid(
  raw: string,
  at: { from: number; to: number } | null,
  terms: SaidTerms,
): SaidMeasure {
  const [before, after] = at ? [raw.slice(0, at.from), raw.slice(at.to)] : ['', raw];
  const who = personIn(after, terms);
  // What goes before says whose the matter is more often than who mends it.
  const elsewhere = who.person || who.unclear !== undefined ? null : personIn(before, terms);
  const isBefore = elsewhere?.person && around(elsewhere.person.name).test(before);
  const unit = who.person ? { value: '', rest: who.rest } : unitIn(who.rest, terms);
  const when = deadlineIn(unit.rest, terms);
  const person = who.person ?? (isBefore ? elsewhere.person : null);
  return {
    ...contentOf(isBefore ? elsewhere.rest : before, when.rest),
    person: person?.name ?? '',
    unit: person?.organization ?? unit.value,
    deadline: when.date,
    unclear: [who.unclear, when.unclear].filter((it) => it !== undefined),
  };
}
