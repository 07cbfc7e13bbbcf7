/** Which request do words mean: by its units, words, places, day of filing and urgency. Pure. */
import { addDays, toLocal } from '../calendar/local.js';
import type { Request } from '../core/request.js';
import { pairsOf, type Mention } from '../organizations/names.js';
import { clearlyMeant } from './meant.js';
import type { Actor, Move } from './moves.js';

export type Words = {
  text: string;
  now: number;
  mentions: (text: string) => Mention[];
  /** Units that say nothing of which request is meant: the speaker's own. */
  own: readonly string[];
  /** Units behind the verb are those that a request goes to next (转给水利局), not those that have it. */
  hasTarget: boolean;
  /** A caller speaks of the matter as it was filed; who works on it speaks of parts of it. */
  isCaller: boolean;
};

/** Behind these the words name units that are not those of the request yet. */
const WITH_TARGET: ReadonlySet<Move> = new Set([
  ...(['transfer', 'add-support', 'rule', 'correct-ruling', 'assign-lead', 'ask-ruling', 'return'] as const),
]);
const OF_CALLER: ReadonlySet<Move> = new Set(['rate', 'reopen', 'conclude', 'withdraw', 'urge']);

/** The words of somebody who would do `move`; null: who only asks. */
export const wordsOf = (
  said: Pick<Words, 'text' | 'now'>,
  move: Move | null,
  actor: Actor,
  { mentions }: Pick<Words, 'mentions'>,
): Words => ({
  ...said,
  mentions,
  own: [actor.organization, actor.team ?? ''],
  hasTarget: move !== null && WITH_TARGET.has(move),
  isCaller: move !== null && OF_CALLER.has(move),
});

/**
 * named: the words say which one, and `matches` are those that agree (none: the words contradict all) · hinted: other words
 * speak for one · none: the words say nothing of it.
 */
export type Reference = {
  basis: 'named' | 'hinted' | 'none';
  matches: Request[];
  said: string;
  /** Hinted by a word of what was filed, and by more than by any other. */
  isOfMatter?: boolean;
};

/** 哪个签的 asks who. */
const DEICTIC =
  /(?:那|这|(?<!是)哪(?!个(?:签|办|答|接|受|管|去|来|定|批|派|报)))(?:个|件|单|张|条|项|起|份|处|桩)/;
const AFTER_DEICTIC =
  /^([^,\uff0c。;\uff1b\s]{1,12}?)的(?:事情?|单子?|请求|呼叫|延期)?(?=$|[,\uff0c。;\uff1b\s]|[吧了补再撤催转签办弄修同不])/;
const CLEFT = /[是由归被让叫给]./;
const NAMED_MATTER = /^([^,\uff0c。;\uff1b\s]{1,14}?)的?(?:的事情?|延期|请求|呼叫|单子)(?!局|单位)/;
const ALONE =
  /^(?![^,\uff0c。;\uff1b\s]*(?:怎|咋|谁|哪|啥|么|时限|不|签|办))(?:是|就是?|我说的是)?([^,\uff0c。;\uff1b\s]{1,10})的(?:那个|那件)?[。吧啊]?$/;
const PREDICATE =
  /^([^,\uff0c。;\uff1b\s]{2,14}?)(?:修|办|弄|处理|搞|清|更换|换|解决|疏通|扫|收拾|又|还是|[得的](?:很|挺|真|干净|不错|好|满意|及时|快))/;
const HOW = /^[得的]很/;
/** Words of moves, of people and of time, which say nothing of the matter. */
const NOISE =
  /^(?:去|刚)?(?:看|查|试|瞧|踩|走|用)(?:过|了)了?|申请|恳请|重新|(?<=^|\s)[让叫](?=[他她你]|$)|(?<=^|\s)想|到哪儿?了?|咋样了?|催一?下?催?|督促|撤回|撤销|撤掉|撤了|评价|评一?下|打分|满意|签收|答复|办结|督办|[\d一二两三四五六七八九十]{1,3}(?:天|日|个?(?:工作日|小时|钟头|星期|礼拜))(?:之?内|以内)|转(?:给|(?![盘弯角播运让]))|退回|补(?:充|(?![贴助偿丁办课胎栽种漏]))|(?:昨天|前天|今天|昨晚|上午|下午|早上|刚刚|刚才?|上次|之前|前几天|上周|最早|最后)?(?:我们?|咱们?|咱镇)?(?:最?先|最?后|后来|后头|第[一二][个件]|头[一个]?[个件]?)?(?:又|才)?(?:报|提|发|说|反映|交|呼叫)(?:过|上去|上来)?的|上(?:次|回|周|个?月)|之前|前几天|昨[天晚夜儿]|前[天晚儿]|今[天早晨晚儿]|今儿个|大?后天|明[天早晚]|今晚|(?:这|本|下)?(?:周|星期|礼拜)[一二三四五六日天]|[\d一二两三四五六七八九十]{1,3}[点号](?:钟|半)?(?:之?前|以前|左右)?|上午|中午|下午|刚刚|刚才?|麻烦|帮我?|请|把|将|给(?![水排])|对(?![面岸门])|关于|我们|你们|他们|咱们?|我|你|他|俺|那|这|哪|就|都|也|已经?|正在|派人|安排|师傅|工人|急的|紧急的?|加急的?|行了|好了|好的|可以了|收到|不错|同意|不同意|个|件|单|了|吧|呢|啊|哦|嗯|[,\uff0c。;\uff1b!\uff01、:\uff1a\s]/g;
const PLACE_ENDS = /[庄村屯营寨镇乡街巷路桥河湖沟岭坡湾]$/;

/** Of filing: "昨天报的". */
const DAYS: readonly [RegExp, number][] = [
  [/(?:今天|上午|刚才|刚刚?)(?:我们?|咱们?)?(?:报|提|发|交|呼叫|反映)/, 0],
  [/(?:昨天|昨晚|昨儿)(?:我们?|咱们?)?(?:报|提|发|交|呼叫|反映)/, 1],
  [/(?:前天|前儿)(?:我们?|咱们?)?(?:报|提|发|交|呼叫|反映)/, 2],
];
/** Of several by when they were filed: 先报的那个, 后来报的. */
const EARLIEST =
  /(?:^|[那把,\uff0c\s]|我们?|咱们?)(?:最?先|最?早|头[一个]?[个件]?|第一[个件])(?:报|提|发|交|呼叫)(?:上去|上来|过)?的/;
const LATEST =
  /(?:^|[那把,\uff0c\s]|我们?|咱们?)(?:最?后|后来|后头|最近|第二[个件])(?:又|才)?(?:报|提|发|交|呼叫)(?:上去|上来|过)?的/;
const URGENT = /(?:急|紧急|加急)的/;

type Clue = { tokens: string[]; units: string[]; days: number | null; isUrgent: boolean };

/** 路灯的缺灯头: what is spoken of stands first, where it is that of a request. */
const LEADING = /^([^,\uff0c。;\uff1b\s的]{2,8})的(?=[^,\uff0c。;\uff1b\s])/;
/** Characters that say nothing of a matter. */
const COMMON = /[一不了的地得是在有个这那里上下大小多我你他来去到]/g;

/** `转给供电公司,不是水利局` without the clauses that name a unit only to deny it. */
export function affirmed(text: string, mentions: Words['mentions']): string {
  const clauses = text.split(/(?<=[,\uff0c。;\uff1b\s])/);
  const kept = clauses.filter((clause) => !DENIES.test(clause) || mentions(clause).length === 0);
  return kept.length === 0 || kept.every((clause) => mentions(clause).length === 0) ? text : kept.join('');
}
const DENIES = /(?:^|[这那个件事])(?:不是|不归|不属|不由|不该|不转|不要|不用|别转|别给|别找|别派)/;

/** Those of `requests` that the words mean. */
export function refer(words: Words, requests: Request[]): Reference {
  const reference = byWords(words, requests);
  const { basis, matches } = reference;
  const isLast = LATEST.test(words.text);
  if (!isLast && !EARLIEST.test(words.text)) return reference;
  const among = basis === 'none' ? requests : matches;
  const inOrder = [...among].sort(
    (a, b) => (a.events[0]?.at ?? 0) - (b.events[0]?.at ?? 0) || (a.number < b.number ? -1 : 1),
  );
  const one = isLast ? inOrder.at(-1) : inOrder[0];
  return one ? { ...reference, basis: 'named', matches: [one] } : reference;
}

function byWords(words: Words, requests: Request[]): Reference {
  const text = words.hasTarget ? affirmed(words.text, words.mentions) : words.text;
  const clue = clueOf({ ...words, text });
  const said = [...clue.units, ...clue.tokens].join('、');
  if (clue.tokens.length + clue.units.length > 0 || clue.days !== null || clue.isUrgent) {
    const scored = requests.flatMap((request) => {
      const score = agreement(clue, request, words.now);
      return score === null ? [] : [{ request, score }];
    });
    const best = Math.max(...scored.map(({ score }) => score));
    const matches = scored.filter(({ score }) => score >= best - 0.2).map(({ request }) => request);
    if (matches.length > 0 || clue.units.length > 0) return { basis: 'named', matches, said };
    const alike = requests.filter(({ text }) => sharesCharacter(clue.tokens, text));
    // 塌陷 for 塌了一块: it may be this one, and is asked about.
    return alike.length === 1 && requests.length > 1
      ? { basis: 'hinted', matches: alike, said, isOfMatter: true }
      : { basis: 'named', matches, said };
  }
  const pointed = pointedBy(text, requests);
  if (pointed) return { basis: 'named', matches: [pointed], said };
  const leading = LEADING.exec(text)?.[1];
  const spoken = leading === undefined ? [] : leadBy(leading, requests);
  if (spoken.length === 1) return { basis: 'named', matches: spoken, said: leading ?? '' };
  const meant = requests.length > 1 ? clearlyMeant(withoutUnits(text, words.mentions), requests) : null;
  if (meant?.isSure) return { basis: 'named', matches: [meant.request], said: '' };
  const hinted = hintedBy(words, requests) ?? meant?.request;
  return hinted
    ? { basis: 'hinted', matches: [hinted], said: '', isOfMatter: hinted === meant?.request }
    : { basis: 'none', matches: [], said: '' };
}

/** 渠那个嘞: one character, that of several stands in what was filed of one alone. */
function pointedBy(text: string, requests: readonly Request[]): Request | null {
  const char = ONE_CHARACTER.exec(text)?.[1];
  if (char === undefined || requests.length < 2) return null;
  const [only, other] = requests.filter((it) => `${it.text} ${it.place}`.includes(char));
  return only && !other ? only : null;
}
const ONE_CHARACTER =
  /^(?:那|还有|哦|问下|[,\uff0c\s])*([\u4e00-\u9fff])(?<![是要就看问查催签退转撤答评我你他它俺咱这那])的?[那这](?:个|件|单|条|边|事)/;

/** Those that hold the words whole; else those in which they stand apart: 砍树的 of 把半面坡的树砍了. */
function leadBy(leading: string, requests: Request[]): Request[] {
  const shares = requests.map((request) => share(leading, `${request.text} ${request.place}`));
  const least = shares.includes(1) ? 1 : SPREAD;
  return requests.filter((_, i) => (shares[i] ?? 0) >= least);
}

const withoutUnits = (text: string, mentions: Words['mentions']): string =>
  mentions(text).reduce((left, { alias }) => left.replace(alias, ' '), text);

function clueOf({ text, mentions, own, hasTarget, isCaller }: Words): Clue {
  const subject = subjectOf(text, { isCaller, hasTarget });
  const unitsIn = (part: string) => mentions(part).filter(({ unit }) => !own.includes(unit));
  // "催下林业局 野猪天天来": the unit stands in the clause of the verb.
  const [first = ''] = text.replace(CONTENT, '$1').split(/[,\uff0c。;\uff1b\s]/);
  const named = unitsIn(hasTarget ? subject : `${subject} ${first}`);
  const all = withoutUnits(subject, mentions)
    .replace(NOISE, ' ')
    .split(/[\s的]+/)
    .filter(Boolean);
  const long = all.filter((token) => token.length > 1);
  return {
    tokens:
      long.length > 0 || named.length > 0 ? long : all.filter((token) => /^[灯水路桥井树坟]$/.test(token)),
    units: [...new Set(named.map(({ unit }) => unit))],
    days: DAYS.find(([pattern]) => pattern.test(text))?.[1] ?? null,
    isUrgent: URGENT.test(text),
  };
}

/** 答复:由农业局牵头: what is answered names no request. */
export const isContent = (text: string): boolean => CONTENT.test(text);
const CONTENT = /^((?:答复|回复|反馈|补充|说明|办结)[^,\uff0c。;\uff1b\s:\uff1a]{0,6})[:\uff1a].*$/s;

/** What stands where people name the matter; '' where nothing does. */
function subjectOf(text: string, { isCaller, hasTarget }: Pick<Words, 'isCaller' | 'hasTarget'>): string {
  const deictic = DEICTIC.exec(text);
  if (deictic) {
    const [before = ''] = text
      .slice(0, deictic.index)
      .split(/[,\uff0c。;\uff1b\s]/)
      .slice(-1);
    const said = AFTER_DEICTIC.exec(text.slice(deictic.index + deictic[0].length))?.[1] ?? '';
    // 这条沟是修路时候交通局砌的: what it is called ends where it is said how it came about.
    const cleft = said.search(CLEFT);
    const behind = cleft < 0 ? said : said.slice(0, cleft);
    // 积水那个是谁答的 asks.
    const after = /谁|哪|啥|么|几|怎/.test(behind) ? '' : behind;
    return `${before} ${after}`.trim();
  }
  if (hasTarget) return '';
  const named = NAMED_MATTER.exec(text)?.[1] ?? ALONE.exec(text)?.[1];
  if (named) return named;
  const before = isCaller ? (PREDICATE.exec(text)?.[1] ?? '') : '';
  // 去看过了结实得很: how it is names nothing.
  return HOW.test(text.slice(before.length)) ? before.slice(0, -2) : before;
}

/** Null where something that was said contradicts the request. */
function agreement({ tokens, units, days, isUrgent }: Clue, request: Request, now: number): number | null {
  const scores: number[] = [];
  const parties = [...request.assignments, ...request.callers].map(({ organization }) => organization);
  const content = `${request.text} ${request.place} ${parties.join(' ')}`;
  for (const unit of units) {
    if (!parties.includes(unit)) return null;
    scores.push(1);
  }
  if (days !== null) {
    const filedAt = request.events[0]?.at ?? now;
    if (toLocal(filedAt).date !== addDays(toLocal(now).date, -days)) return null;
    scores.push(1);
  }
  if (isUrgent) {
    if (request.urgency !== 'urgent') return null;
    scores.push(1);
  }
  const later = request.events.map(({ text }) => text ?? '').join(' ');
  for (const token of tokens) {
    // 种子那个: so it was called since it was filed.
    const score = Math.max(share(token, content), later.includes(token) ? SAID_LATER : 0);
    if (score < 0.3) return null;
    scores.push(score);
  }
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

const SAID_LATER = 0.6;

const sharesCharacter = (tokens: string[], content: string): boolean =>
  tokens.some((token) => [...token.replace(COMMON, '')].some((char) => content.includes(char)));

const SPREAD = 0.5;

/** How much of a token stands in the content, 0 to 1. A place is there whole or not at all. */
function share(token: string, content: string): number {
  if (content.includes(token)) return 1;
  if (PLACE_ENDS.test(token) && token.length <= 3) return 0;
  const own = pairsOf(token);
  const found = own.filter((pair) => content.includes(pair)).length / Math.max(1, own.length);
  // 积了半尺深的水 is what 积水 means.
  const isSpread = [...token].every((char) => content.includes(char));
  return Math.max(found, isSpread ? SPREAD : 0);
}

/** The only one that shares a pair of characters with what was said beside the verb. */
function hintedBy({ text }: Words, requests: Request[]): Request | null {
  if (requests.length < 2) return null;
  const own = text.replace(NOISE, ' ').split(/\s+/).flatMap(pairsOf);
  const counted = requests
    .map((request) => ({ request, n: own.filter((pair) => request.text.includes(pair)).length }))
    .sort((a, b) => b.n - a.n);
  const [first, second] = counted;
  return first && first.n > 0 && second?.n === 0 ? first.request : null;
}
