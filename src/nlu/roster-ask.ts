/**
 * Questions about the duty roster (值班表): 25号那天咱局谁值的班, 政府办那晚上呢, 陈丙哪天值班. What is left without days, units and names
 * must be words of such a question and nothing else: 值班值守由谁负责 is asked of the lists. Pure.
 */
import type { Session } from '../core/session.js';
import type { Directory } from '../organizations/directory.js';
import { rosterDaysIn, type DutyPart, type RosterDays } from './roster-days.js';

export type RosterAsk = {
  /** Units named; `own`: 咱镇; `all`: 各单位. */
  units: string[];
  whose: 'named' | 'own' | 'all' | null;
  /** Likeliest first. */
  days: RosterDays[];
  part: DutyPart | null;
  /** Whose shifts are asked for: 陈丙哪天值班; `me`: one's own. */
  person: string | 'me' | null;
  asksPhone: boolean;
  /** What is not said is as it was asked before: 25号呢. */
  goesOn: boolean;
};

type Scope = { now: number; directory: Directory; before: Session['roster'] | undefined };

const MAX_LENGTH = 40;
const DUTY =
  '值(?:[的得了过]?(?:夜|晚|白)?班|守|[的得]?(?=[\\s呢吗?\\uff1f]|$))|[带当](?:的)?班|轮(?:到|着|值(?:[夜晚白]?班|守)?)|的班';
/** 轮到咱镇是哪个人: whose turn it is may be of anything, unless a day is said. */
const TURN = /轮(?:到|着)/g;
const WHO = '谁们?|哪(?:些|几)?(?:个|位|一个|一位)?(?:人|领导|同志|干部)?|(?:啥|什么|几个|多少)人|何人';
const WHEN =
  '哪(?:一)?(?:天|晚|日)|哪几天|几号|(?:什么|啥)(?:时候|时间|日子)|多会儿?|啥会儿|下(?:一)?次|下(?:一)?回';
const FIELD = '(?:值班)?(?:电话|手机|座机|号码|号|联系方式|联络方式)(?:号码?)?|怎么联系|咋联系';
const TABLE = '值班?(?:表|安排|人员|名单|领导|干部)|排班表?|名单|安排|人员|表';
/** What leads in, points and trails. */
const FILLER =
  '[\\s,\\uff0c。?\\uff1f!\\uff01、]|请问|麻烦|问一?下|打听一?下|帮[我忙]|给我|发我|告诉我|查(?:一?下(?!一?[次回]))?|看(?:一?下(?!一?[次回]))?|说(?:一?下(?!一?[次回]))?|报(?:一?下(?!一?[次回]))?|念(?:一?下(?!一?[次回]))?|发(?:一?下(?!一?[次回]))?|一下(?!一?[次回])|那(?!个|人)|到底|都|又|还|也|是几(?![号天日晚]|[个位]人)|是|有|在|的|了|过|呢|啊|呀|吧|吗|么|来着|没有?|嘛|咧|个|位|他们?|她们?|这个?人|那个?人|那个?|人家|留|报|登记|多少|领导|同志|轮|换|接班?|顶|安排|负责|现在|这会儿?|眼下|目前|当下|给|一|这边|那边|这里|那里|里|我们?(?:想)?(?:知道|看)|想|知道|晓得|要';
const OWN =
  /(?:咱们?|我们?|俺们?|本)(?:这|那)?(?:边|里|儿)?(?:个)?(?:镇|乡|街道|局|委|办|单位|中心|机关|站)(?:里|上|机关)?|(?:镇|乡|局|单位|机关|街道)(?:里|上)|咱们?(?:这(?:里|边|儿)?)?|我们(?:这(?:里|边|儿)?)?/;
const ALL = /全县|各(?:个)?(?:单位|部门|镇街|乡镇|镇|乡|局)|所有(?:单位|部门|镇街|乡镇)|每个(?:单位|部门|镇)/;

/** The words of such a question, longest first where one begins another: taken out one after the other, so that a text costs its length. */
const WORDS = new RegExp([DUTY, WHEN, WHO, FIELD, TABLE, FILLER].join('|'), 'g');
const SAYS_DUTY = new RegExp(DUTY);
const SAYS_WHO = new RegExp(WHO);
const SAYS_WHEN = new RegExp(WHEN);
const SAYS_FIELD = new RegExp(FIELD);
const ASKS = new RegExp(`${WHO}|${WHEN}|[吗么没呢?\\uff1f]|多少|${FIELD}|表|安排|名单|人员|查|看`);

/** What was asked of the roster, where nothing was said since. */
export const rosterBefore = (session: Session | null): Session['roster'] =>
  session?.roster?.at === session?.updatedAt ? session?.roster : undefined;

/** 县政府今晚谁值: who sits at its desk. */
const SEAT = /(?<=[县市区]政府|[县市区]委)(?!办|值班|[编组宣统政书常机党社巡老网])(?:大院|机关|那边)?/;
/** Null for anything else. `before`: what of the roster was asked just now. */
export function rosterAsked(said: string, { now, directory, before }: Scope): RosterAsk | null {
  if (said.length > MAX_LENGTH) return null;
  const text = said.replace(SEAT, '办');
  const scope = { now, ...(before?.day !== undefined && { day: before.day }) };
  const { days, part, rest: timeless, isTimed } = rosterDaysIn(text, scope);
  const named = directory.mentions(timeless);
  const unitless = named.reduce((left, { alias }) => left.replaceAll(alias, ' '), timeless);
  const shown = [...new Set(directory.roster.map(({ name }) => name))].find((name) =>
    unitless.includes(name),
  );
  const known = shown ?? directory.everybody.find(({ name }) => unitless.includes(name))?.name;
  const nameless = known === undefined ? unitless : unitless.replace(known, ' ');
  const whose = named.length > 0 ? 'named' : ALL.test(nameless) ? 'all' : OWN.test(nameless) ? 'own' : null;
  const rest = nameless
    .replace(ALL, ' ')
    .replace(OWN, ' ')
    .replace(/^(?:那么?|\s)*[我俺](?!们)/, ' 我 ');
  const isMe = /我/.test(rest);
  const plain = rest.replace('我', ' ');
  if (plain.replace(WORDS, '') !== '') return null;
  const saysDuty = SAYS_DUTY.test(isTimed ? plain : plain.replace(TURN, ' '));
  const asksPhone = SAYS_FIELD.test(plain);
  const asksWhen = SAYS_WHEN.test(plain);
  // 住建局值班电话: its desk, which the directory knows.
  const isDesk = asksPhone && whose === 'named' && !isTimed && !SAYS_WHO.test(plain) && !before;
  // 他值班那天留的电话: of who was shown.
  const isOfShown = before !== undefined && asksPhone && days.length === 0 && part === null;
  const isWhole = saysDuty && !isDesk && !isOfShown && (ASKS.test(plain) || (isTimed && !before));
  const goesOn = before && (isTimed || whose !== null || asksPhone || known !== undefined) && asks(plain);
  if (!isWhole && !goesOn) return null;
  const he = before?.names.length === 1 ? before.names[0] : undefined;
  const whoever = known ?? (isMe ? 'me' : /[他她]/.test(plain) ? he : undefined);
  const person = asksWhen ? (whoever ?? null) : null;
  // 什么时候值班, of nobody: no question that a roster answers.
  if (asksWhen && person === null) return null;
  return { units: named.map(({ unit }) => unit), whose, days, part, person, asksPhone, goesOn: !isWhole };
}

/** 25号呢, 那晚上呢, 明晚: nothing is said that would be done. */
const asks = (plain: string): boolean => /[呢吗么?\uff1f]|^[\s那的,\uff0c]*$/.test(plain) || ASKS.test(plain);
