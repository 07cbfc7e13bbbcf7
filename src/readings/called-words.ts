/**
 * 让水利局来看看 老渡口那段堤让人挖了个口子; 帮俺报上去 后张村有人电鱼: a unit is called, or what is told is to be filed; and the same
 * words where they only speak of it: 上回叫水利局来看过, 叫交警来有用吗, 等核实了再叫水利局来. Pure.
 */
import { filesUnnamed, forbidsFiling } from '../nlu/told-whom.js';
import { isTownshipUnit, type Mention } from '../organizations/names.js';
import { isQuestion } from '../requests/move-words.js';
import { isSupposed } from '../text/frames.js';

type Mentions = (text: string) => Mention[];
/** `called`: what is to be filed and, where one is named, with whom; `asked`, `told`, `held`: nothing is to be filed. */
export type Call = { kind: 'called'; unit?: string; told: string } | { kind: 'asked' | 'told' | 'held' };

const ENDS = /[,\uff0c。;\uff1b!\uff01\s]+/;
const VERB =
  /(?:(?:(?<!呼)叫|让|喊|(?<!申|邀|提|报)请|麻烦|劳驾)|催(?:一?[下催])?)(?:一?下|上|县里|县上|咱县)?的?$/;
/** Before the verb: who asks for it, and how soon. */
const COURTESY =
  /^(?:请|麻烦|劳驾|帮忙?|[替给](?=[我俺咱])|你|您|恁|我们?|俺们?|咱们?|要|想|得|需要|就|那|还是|也|快|赶紧|赶快|马上|尽快|抓紧|立马|直接|去|这边|这事|这|[镇乡村]里|弄不动|管不了|急)*$/;
/** What it is to do there; nothing behind it is said where it stands last. */
const COMES =
  /来|派|去|管|看|瞧|瞅|瞄|查|测|量|弄|修|清|抽|处理|解决|制止|出面|出人|到场|过问|协调|快点|赶紧|赶快/;
const CAME = /^.{0,6}?(?:来|看|查|管|弄|修|测|处理)(?:过|完|好)|^.{0,5}(?:来|去|人|看|查)了(?:$|[没吗])/;
/** 公路局得来人, 水利局快派人来. */
const UNIT_FIRST =
  /^(?:那边|的)?(?:得|快点?|赶紧|赶快|抓紧)(?:给)?(?:派|来)(?:个|一?下|几个|俩)?(?:人|看|查)/;
const HELD =
  /(?:别|甭|莫|不用|不要|不必|用不着|犯不着|没必要|不想|不敢|先不|暂不|暂时不|还不|没)(?:再|先|急着|忙着|去|真|就|想)?$|(?:等|待)[^,\uff0c。\s]{1,10}(?:再|才)$|(?:回头|改天|以后|下回|下次|到时候?|过[两几]天)(?:再|就|我|俺)?$/;
const DOUBTS =
  /不知(?:道)?|拿不准|说不好|吃不准|合不合适|该不该|要不要|用不用|有没有用|有用[没吗]|有没用|(?:行|中|好|可以|管用|成)不(?:行|中|好|可以|管用|成)?$|对不对|是不是|([管用会能归要该来])不\1|(?:咋|怎么|如何)(?!这么|那么)[^,\uff0c。\s]{1,4}$|为(?:啥|什么)|凭(?:啥|什么)/;
/** 上回叫水利局来看过, 人家让城管来管管, 领导说叫住建局来人: done before, or said by others. */
const OTHERS =
  /(?:上回|上次|昨[天晚儿]|前[天几]|去年|那回|那次|以前|早先|之前|当时|往常|平时|每回|每次|都是|已经|早就|老是|总|听说|说是|据说|说|他们?|她们?|人家|有人|村民|群众|老百姓|百姓|居民|户主|老乡|领导|书记|[镇乡县局]长|主任|县里|上面|隔壁[^,\uff0c。\s]{0,4}|邻[镇乡村县]|谁|都|要求|是|被|光|只会|假如|如果|要是|万一)(?:要|想|也|就|都|又|刚|还|来|给|跟|让|叫|俺|我|咱|们){0,4}$/;
const OTHER_TRADE =
  /^(?:通知|提醒|告诉|转告|转发|发通知|查|问|建议|申请裁定|提请|会商|呼叫|交办|执法调度|调度|征求)/;
const MATTER_MIN = 6;
/** Of a case that is there: 让他们也来, 请公安局派俩人来配合一下. */
const OF_CASE = /也(?:来|去|派)|再(?:来|去|派)|一起|一块|配合|协助|支援|那件|这件|那个单|那单|QS-/i;

const han = (text: string): string => text.replace(/[^\u4e00-\u9fff\d]/g, '');

/** Null where the words are none of a call. */
export function callIn(raw: string, mentions: Mentions): Call | null {
  if (OTHER_TRADE.test(raw.trim())) return null;
  const clauses = raw.trim().split(ENDS).filter(Boolean);
  const named = clauses.map((clause) => namedIn(clause, mentions));
  const found = named.find((it) => it !== null) ?? null;
  if (!found) return filedIn(clauses, mentions) ?? spokenOf(clauses, mentions);
  const at = named.indexOf(found);
  if (found.kind !== 'called') return { kind: found.kind };
  const others = clauses.filter((_, i) => i !== at);
  if (asks(clauses, at)) return { kind: 'asked' };
  if (isSupposed(raw)) return { kind: 'held' };
  const rest = found.isPlain ? '' : (clauses[at] ?? '');
  const told = found.isPlain
    ? [...clauses.slice(0, at), found.told, ...clauses.slice(at + 1)].filter(Boolean)
    : clauses;
  const matter = [...others, found.told, rest].join('');
  return han(matter).length < MATTER_MIN || OF_CASE.test(raw)
    ? null
    : { kind: 'called', unit: found.unit, told: told.join(',') };
}

/** The clause of the call asks, or the last one does: what is asked in between (中不中先不说) is told. */
const asks = (clauses: readonly string[], at: number): boolean =>
  [clauses[at] ?? '', clauses.at(-1) ?? ''].some((it) => isQuestion(it) || DOUBTS.test(it)) ||
  clauses.some((it) => /^(?:不知道|拿不准|不晓得)/.test(it));

/** 请问水利局管不管 堤上挖口子的事, 水利局来人看过了: a unit is named, and not to call it. */
function spokenOf(clauses: readonly string[], mentions: Mentions): Call | null {
  // 我要是报给执法局 他们不理我 能不能往上升级: of how it goes.
  if (isSupposed(clauses.join(' ')) || clauses.some((it) => /[报发提]给/.test(it))) return null;
  const of = clauses.filter((it) => mentions(it).some(({ unit }) => !isTownshipUnit(unit)));
  if (of.length === 0) return null;
  const last = clauses.at(-1) ?? '';
  if ([...of, last].some((it) => isQuestion(it) || DOUBTS.test(it))) return { kind: 'asked' };
  return of.some((it) => HAS_COME.test(it) && !/[叫让喊请]/.test(it)) ? { kind: 'told' } : null;
}

const HAS_COME = /(?:来|看|查|管|弄|修|测|处理)(?:过|完|好)|(?:来|去|人)了/;

type Named =
  { kind: 'called'; unit: string; told: string; isPlain: boolean } | { kind: 'asked' | 'told' | 'held' };

/** Who is called in the clause, and what of the matter stands before it: 卫生院门口有黑诊所叫卫健委派人下来查. */
function namedIn(clause: string, mentions: Mentions): Named | null {
  const units = mentions(clause).filter(({ unit }) => !isTownshipUnit(unit));
  for (const [i, { index }] of units.entries()) {
    const { unit, end } = runFrom(clause, units.slice(i));
    const before = clause.slice(0, index);
    const behind = clause.slice(end);
    if (UNIT_FIRST.test(behind) && before === '') return { kind: 'called', unit, told: '', isPlain: false };
    const verb = VERB.exec(before);
    if (!verb) continue;
    const lead = before.slice(0, verb.index);
    if (HELD.test(lead)) return { kind: 'held' };
    if (OTHERS.test(lead)) return { kind: 'told' };
    if (CAME.test(behind) || /^了/.test(behind)) return { kind: 'told' };
    if (isQuestion(clause) || DOUBTS.test(clause)) return { kind: 'asked' };
    const isBare = COURTESY.test(lead);
    if (!isBare && han(lead).length < MATTER_MIN) continue;
    if (!COMES.test(behind) && behind !== '') continue;
    const isPlain = behind.replace(PLAIN, '') === '';
    return { kind: 'called', unit, told: isBare ? '' : lead, isPlain };
  }
  return null;
}
/** 执法局跟公安局: the units that stand together, and where they end. */
function runFrom(clause: string, units: readonly Mention[]): { unit: string; end: number } {
  const [first, ...others] = units;
  let end = (first?.index ?? 0) + (first?.alias.length ?? 0);
  const names = [first?.alias ?? ''];
  for (const { alias, index } of others) {
    if (!/^(?:的人)?[跟和与及、](?:县里?的?)?$/.test(clause.slice(end, index))) break;
    names.push(alias);
    end = index + alias.length;
  }
  return { unit: names.join('、'), end };
}
/** 来看看, 派个人下来查查: says no more than that it is called. */
const PLAIN =
  /那边|的人|的同志|的|赶紧|赶快|尽快|马上|立马|快点?|给|派|过来|下来|来|去|到|[一几俩两]?个?人|一?趟|一?下|管管?|[看瞧瞅查测](?:一?[看瞧瞅查测])?|弄弄?|处理|解决|检查|吧|呗|哈|啊|一/g;

/** 帮俺报上去 后张村有人电鱼: a clause of nothing else. */
function filedIn(clauses: readonly string[], mentions: Mentions): Call | null {
  const at = clauses.findIndex((clause) => FOR_ME.test(clause) && filesUnnamed(clause, mentions));
  if (at < 0) return null;
  const told = clauses.filter((_, i) => i !== at);
  if (told.some((it) => forbidsFiling(it) || HELD.test(it)) || isSupposed(clauses.join(' '))) return null;
  if (told.some((it) => isQuestion(it) || DOUBTS.test(it))) return null;
  return han(told.join('')).length < MATTER_MIN ? null : { kind: 'called', told: told.join(',') };
}
const FOR_ME = /帮|替|给|麻烦|请|往[上县]/;
