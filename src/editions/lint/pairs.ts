/** Two rows that cannot both be right: other leads, other numbers, what was taken back, the same thing twice. */
import type { List, Row } from '../../core/domain.js';
import { traitsOf } from '../../core/list-kinds.js';
import { dice, isAlike, shareIn, type Compared } from './compare.js';

export type Pair = { a: Compared; b: Compared; listA: List; listB: List };
export type Said = { rule: string; message: string; remedy: string };
/** `rows`: one to three `list/number`; none where a unit of the directory is meant. */
export type Finding = Said & { rows: string[] };

/** Found on the sample lists: below it stand rows of one field that are different matters. */
const SAME = 0.7;
const SAME_FIELD = 0.45;
const TWICE = 0.86;
/**
 * Of a penalty item's words, in the row that it belongs to; their matters have something in common too, or very much. On the
 * sample lists, which are right, a quarter of the items find their row so, and none another.
 */
const PENALTY_IN_ROW = 0.5;
const PENALTY_LIKE_MATTER = 0.2;
const PENALTY_OF_MATTER = 0.45;

/** Lists that are never shown to the same asker contradict nobody. */
export function isApart(a: List, b: List): boolean {
  const differs = (x: string | undefined, y: string | undefined) =>
    x !== undefined && y !== undefined && x !== y;
  return (
    a.scope.county !== b.scope.county ||
    differs(a.scope.township, b.scope.township) ||
    differs(a.scope.townshipClass, b.scope.townshipClass)
  );
}

export function otherLeads({ a, b, listA, listB }: Pair): Said | null {
  if (a.row.listId === b.row.listId || !traitsOf(listA.kind).dividesWork || !traitsOf(listB.kind).dividesWork)
    return null;
  const [ours, theirs] = [a.leads, b.leads];
  if (ours.length === 0 || theirs.length === 0 || ours.some((unit) => theirs.includes(unit))) return null;
  if (!isAlike(a.matter, b.matter, SAME)) return null;
  return {
    rule: '牵头不一',
    message: `同一事项的牵头单位不同:“${ours.join('、')}”和“${theirs.join('、')}”`,
    remedy: '请编办确定由谁牵头,两份清单改为一致',
  };
}

const PUNISHES = /处罚|罚款|查处|处理|责令/;

/** A penalty of a unit that the row of the same matter does not let punish. */
export function otherPunisher({ a, b, listA, listB }: Pair): Said | null {
  const [item, other, list] = listA.kind === 'delegated' ? [a, b, listB] : [b, a, listA];
  if ([listA, listB].filter(({ kind }) => kind === 'delegated').length !== 1) return null;
  if (!traitsOf(list.kind).dividesWork) return null;
  const [unit] = item.leads;
  if (!unit || other.leads.length === 0) return null;
  const likeness = dice(item.matter, other.matter);
  const isIn = shareIn(item.matter, other.all) >= PENALTY_IN_ROW && likeness >= PENALTY_LIKE_MATTER;
  if (!isIn && likeness < PENALTY_OF_MATTER) return null;
  const own = [...other.row.lead, ...other.row.support].find((part) => part.unit === unit);
  if (own && (PUNISHES.test(own.duty) || other.row.lead.includes(own))) return null;
  const punishers = other.row.lead.filter(({ duty }) => PUNISHES.test(duty)).map((part) => part.unit);
  if (punishers.length === 0) return null;
  return {
    rule: '处罚主体不一',
    message: `处罚事项的原执法单位是“${unit}”,清单写明由“${punishers.join('、')}”查处`,
    remedy: '请编办会同司法局确定执法主体,两处改为一致',
  };
}

/** The same penalty delegated to two classes of townships: whoever enforced before is one department. */
export function otherEnforcer({ a, b, listA, listB }: Pair): Said | null {
  if (listA.kind !== 'delegated' || listB.kind !== 'delegated' || listA === listB) return null;
  const [ours, theirs] = [a.leads, b.leads];
  if (ours.length === 0 || theirs.length === 0 || ours.some((unit) => theirs.includes(unit))) return null;
  if (!isAlike(a.matter, b.matter, TWICE)) return null;
  return {
    rule: '处罚主体不一',
    message: `同一处罚事项的原执法单位不同:“${ours.join('、')}”和“${theirs.join('、')}”`,
    remedy: '请编办会同司法局确定执法主体,两份清单改为一致',
  };
}

const DIGITS = '一二三四五六七八九';
const valueOf = (text: string): number => {
  if (/^\d+$/.test(text)) return Number(text);
  const plain = text.replace(/[两双]/, '二');
  const [tens = '', ones = ''] = plain.includes('十') ? plain.split('十') : ['', plain];
  const digit = (it: string) => DIGITS.indexOf(it) + 1;
  return plain.includes('十') ? (tens ? digit(tens) : 1) * 10 + (ones ? digit(ones) : 0) : digit(ones);
};
/** 四到场, 三公开: numbers that are part of a name; 7个工作日, 25度: limits. */
const NAMED =
  /([一二三四五六七八九两])([到同不公必议有定清包查][\u4e00-\u9fff])(?![\u4e00-\u9fff]?[一二三四五六七八九])/g;
const LIMIT =
  /([\u4e00-\u9fff]{2})(\d{1,5}|[一二三四五六七八九十两]{1,3})(个工作日|日内|天内|小时|分钟|个月|周岁|年|元|米|公里|度|次|%)/g;

/** “三到场”: what the county calls a thing, in whatever row. */
const QUOTED = /“([一二三四五六七八九十两双])([\u4e00-\u9fff]{2,6})(?=[”、])/g;

export const quotedNumbers = ({ lead, support, matter }: Row): [name: string, value: number][] =>
  [matter, ...[...lead, ...support].map(({ duty }) => duty)].flatMap((text) =>
    [...text.matchAll(QUOTED)].map(([, number = '', name = '']): [string, number] => [name, valueOf(number)]),
  );

function numbersOf({ lead, support, matter }: Row): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  const add = (key: string, value: number) => found.set(key, (found.get(key) ?? new Set()).add(value));
  const text = [matter, ...[...lead, ...support].map(({ duty }) => duty)].join('。');
  for (const [, number = '', name = ''] of text.matchAll(NAMED)) add(name, valueOf(number));
  for (const [, before = '', number = '', measure = ''] of text.matchAll(LIMIT))
    add(`${before}…${measure}`, valueOf(number));
  return found;
}

export function otherNumbers({ a, b, listA, listB }: Pair): Said | null {
  if (a.row.listId === b.row.listId || listA.kind === 'delegated' || listB.kind === 'delegated') return null;
  if (!isAlike(a.matter, b.matter, SAME_FIELD) && !isAlike(a.all, b.all, SAME_FIELD)) return null;
  const theirs = numbersOf(b.row);
  for (const [name, values] of numbersOf(a.row)) {
    const others = theirs.get(name);
    if (!others || [...values].some((value) => others.has(value))) continue;
    return {
      rule: '数字不一',
      message: `同一事项“${name}”的数字不同:${[...values].join('、')} 和 ${[...others].join('、')}`,
      remedy: '对照依据核对,两份清单改为一致',
    };
  }
  return null;
}

/** What stands in no list of duties once it is taken back. */
export function takenBack({ a, b, listA, listB }: Pair): Said | null {
  const [taken, kept, list] = listA.kind === 'reclaimed' ? [a, b, listB] : [b, a, listA];
  if ([listA, listB].filter(({ kind }) => kind === 'reclaimed').length !== 1) return null;
  if (list.kind !== 'duty' && list.kind !== 'basic' && list.kind !== 'cooperative') return null;
  const isTask = /考核|排名|指标|任务数|下达|通报|评比/.test(kept.row.lead.map(({ duty }) => duty).join(''));
  const isSame = isAlike(taken.matter, kept.matter, SAME) || shareIn(taken.matter, kept.matter) >= 0.8;
  const isClose = isTask && shareIn(taken.matter, kept.all) >= 0.7;
  if (!isSame && !isClose) return null;
  return {
    rule: '已收回仍承担',
    message: `“${taken.row.matter}”已由上级收回,“${kept.row.matter}”仍要求乡镇承担`,
    remedy: '删去已收回的内容,或改正收回清单',
  };
}

export const TWICE_RULE = '近似重复';

export function sameTwice({ a, b, listA, listB }: Pair): Said | null {
  if (listA.kind !== listB.kind) return null;
  const isSameMatter = a.matter.length >= 3 && isAlike(a.matter, b.matter, TWICE);
  const hasText = a.duties.length >= 15 && b.duties.length >= 15;
  if (!isSameMatter && !(hasText && isAlike(a.duties, b.duties, TWICE))) return null;
  return {
    rule: TWICE_RULE,
    message: `“${a.row.matter}”与“${b.row.matter}”近似重复`,
    remedy: '合并为一项,或写明两项的区别',
  };
}
