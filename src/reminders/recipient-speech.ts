/** 傅丙就不用发了, 综治中心也加上, 这条改给韩乙, 只留综治: what is said of those to whom a reminder goes. Pure. */
import type { Person } from '../core/domain.js';
import type { Recipient } from '../core/reminder.js';
import type { Directory } from '../organizations/directory.js';
import { isSupposed } from '../text/frames.js';
import { audienceOf } from './audience.js';
import { namesFirst } from './name-runs.js';
import { namedRecipients } from './recipient-names.js';

/** `names` as they are called; `from`: of several the one who gives way. */
export type RecipientChange = { how: 'removed' | 'added' | 'instead'; names: string[]; from?: string };

/** 换黄丙四去, of one that goes to several, says not who gives way: in the plain form, in the place of a name. */
export const ONE_OF_THEM = '其中一位';
const SWAPS_ONE = /换(?!给|成?提醒)|[替顶代](?:[他她]|一?下|$|去)/;
export const swapsOne = (text: string): boolean => SWAPS_ONE.test(text) && !/都换|全换|全部/.test(text);

const MAX_LENGTH = 60;
const QUOTED = /[“"「][^”"」]{0,100}[”"」]/g;
const NO_CHANGE =
  /[?\uff1f]|[吗么呢]$|(?<!那个)谁|能不能|可不可以|行不行|要不要|该不该|用不用|听说|据说|咋|怎么|是不是|要是|如果|万一|假如|(?:说|讲|问)(?:是)?[^,\uff0c]{0,4}(?:不用|加上|转给|改给)|没说|没让|我就是问|提醒(?:我|俺|咱)/;
const CLAUSES = /[,\uff0c。;\uff1b!\uff01\s]+/;

const REMOVES =
  /(?:不用|不要|不必|别|甭|先不|不)(?:再)?(?:给[^,\uff0c]{0,8}|(?:发|提醒|通知|叫|喊|告诉|催)(?:给)?)|(?:那边|那儿|那里|就|也|都|先){0,2}(?:不用|不要|不必|免|算)了|(?:去|拿|划|踢|摘|剔|撤)(?:掉|出来?|下来?|了)|^(?:去掉|拿掉|划掉|撤下)/;
const INSTEAD =
  /(?:(?:改|转|换|交|让)(?:给|发给|由|到)|(?:改|换)(?:成|为|叫)?(?:发给|提醒|通知|给)?|(?:让|由|叫|派|请)(?=[\u4e00-\u9fff]{2,4}?(?:替|顶|代)))(?=[\u4e00-\u9fff])/;
const ADDS =
  /(?:再|另外|还有|把)?(?:加上?|带上|算上|捎上|叫上|喊上|添上|也(?:发给|提醒|通知|给|叫|喊|告诉)|再发给|还有)(?=[\u4e00-\u9fff])/;
const ADDED =
  /^(?:那边|那儿)?(?:也|一块儿?|一起|一并|都|跟着|要|得|给){1,4}(?:提醒|通知|发|加|带|叫|喊|算|告诉)(?:一[下声遍份])?(?:上|进来|进去|给)?|^(?:加|带|算|叫|捎|添)上/;
const ONLY = /(?:只|光|单|就|仅)(?:要|需)?(?:留下?|发给?|提醒|给|通知|叫)(?=[\u4e00-\u9fff])/;
const SOMEBODY = /那个谁|那谁|那个人|另外那[个位]/;

/** Null: nothing of the kind is said of one that goes to these. */
export function recipientChangeIn(
  raw: string,
  to: readonly Recipient[],
  { person, directory }: { person: Person; directory: Directory },
): RecipientChange | null {
  const text = raw.replace(QUOTED, '');
  if (text.length > MAX_LENGTH || NO_CHANGE.test(text) || isSupposed(text)) return null;
  const clauses = text.split(CLAUSES).filter(Boolean);
  const of = { person, directory };
  const only = clauses.flatMap((it) => behind(it, ONLY, of));
  if (only.length > 0) return { how: 'instead', names: only };
  const instead = clauses.flatMap((it) => behind(it, INSTEAD, of));
  if (instead.length > 0) return { how: 'instead', names: instead, ...goingIn(text, to, instead) };
  const unknown = clauses.flatMap((it) => unknownFor(it, to));
  if (unknown[0]) return unknown[0];
  const added = clauses.flatMap((it) => addedIn(it, of));
  const about = clauses.findIndex((it) => SOMEBODY.test(it));
  if (added.length === 0 && about >= 0 && clauses.slice(about).some((it) => ADDED.test(it) || ADDS.test(it)))
    return { how: 'added', names: ['那个谁'] };
  const removed = clauses.flatMap((it) => (REMOVES.test(it) ? goneIn(it, to, of) : []));
  if (removed.length > 0) return { how: 'removed', names: removed };
  return added.length > 0 ? { how: 'added', names: added } : null;
}

type Of = { person: Person; directory: Directory };

function behind(clause: string, verb: RegExp, { person, directory }: Of): string[] {
  const found = verb.exec(clause);
  if (!found) return [];
  const rest = clause.slice(found.index + found[0].length);
  const run = namesFirst(rest, person, directory);
  // 改给韩乙吧, and nothing further that is to be done.
  return run && ENDS.test(rest.slice(run.length)) ? run.names : [];
}
const ENDS =
  /^(?:吧|了|啊|呗|去|来|办|弄|负责|就行|就好|就可以|一个人?|自己|也行|得了|好了|也|上|进来|都|[替顶](?:[他她]|一?下)?|代替?[他她]?|顶替[他她]?){0,4}$/;

function addedIn(clause: string, of: Of): string[] {
  const later = behind(clause, ADDS, of);
  if (later.length > 0) return later;
  const run = namesFirst(clause.replace(/^(?:还有|再|把|另外|让|给)/, ''), of.person, of.directory);
  const rest = run ? clause.replace(/^(?:还有|再|把|另外|让|给)/, '').slice(run.length) : '';
  return run && ADDED.test(rest) ? run.names : [];
}

const FOR_ONE =
  /^(?:把|将)?(?<from>[^,\uff0c\s换改]{2,8})(?:那边)?(?:换|改)(?:成|为)?(?<name>[\u4e00-\u9fff]{2,4})$/;
/** 林丙换成小王: nobody is called so; it is asked who that is. */
function unknownFor(clause: string, to: readonly Recipient[]): RecipientChange[] {
  const { from = '', name } = FOR_ONE.exec(clause)?.groups ?? {};
  const [only] = name === undefined ? [] : namedRecipients(to, from);
  return only?.name === from && name !== undefined && NICKNAME.test(name)
    ? [{ how: 'instead', names: [name], from }]
    : [];
}
const NICKNAME = /^[小老阿]|[姐哥叔姨]$/;

/** 林丙走不开 换黄丙四去: the others stay. */
function goingIn(text: string, to: readonly Recipient[], instead: string[]): { from?: string } {
  const [going, second] = namedRecipients(to, text)
    .map(({ name }) => name)
    .filter((name) => !instead.includes(name));
  if (to.length < 2 || second !== undefined) return {};
  return going !== undefined ? { from: going } : swapsOne(text) ? { from: ONE_OF_THEM } : {};
}

/** Those of them whom the clause names: by name, by village, by office. */
function goneIn(clause: string, to: readonly Recipient[], { person, directory }: Of): string[] {
  const named = namedRecipients(to, clause).map(({ name }) => name);
  if (named.length > 0) return named;
  const starts = [
    clause,
    ...['把', '给', '发给', '提醒', '通知', '去掉', '拿掉'].flatMap((it) => clause.split(it).slice(1)),
  ];
  const accounts = new Set(to.flatMap((it) => (it.kind === 'person' ? [it.account] : [])));
  return starts.flatMap((it) => {
    const several = audienceOf(it, person, directory);
    return several ? several.to.filter(({ account }) => accounts.has(account)).map(({ name }) => name) : [];
  });
}
