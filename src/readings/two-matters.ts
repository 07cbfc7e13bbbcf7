/** Two matters in one message ("路灯不亮归谁 还有下水道堵了找谁") are two questions, where each stands as one of its own. */
import type { Context, Effect } from '../core/types.js';
import type { Session } from '../core/session.js';
import { setSession } from '../core/effects.js';
import { askerOf } from '../lists/answer.js';
import type { Decision } from '../lists/decide.js';
import { decisionOn } from '../lists/decision.js';
import { callIn } from './called-words.js';
import { ofBoth } from './pointing.js';
import type { ReadingDeps } from './reading.js';
import { twoUnits } from './units-of-row.js';

const ASKING = 'ask_responsibility';
/** What such a message may be taken for as a whole. */
const TAKEN_FOR = new Set([ASKING, 'ask_policy', 'off_topic', 'list_rows', 'file_request']);

/** What the examples take for another act as surely as this is one. */
const HAS_A_PURPOSE = 0.7;

/** Longer texts tell one story. */
const MAX_LENGTH = 80;
const MIN_PART = 3;

/** Words that begin another matter. */
const ALSO =
  /[\s,\uff0c。;\uff1b?\uff1f!\uff01、](?:还有(?!人)(?:就是|个)?|加上|外加|同时|里头还有|2[.、\uff0e]|②|另外(?:再问(?:一?下)?)?|顺[带便](?:再)?(?:问(?:一?下)?)?|再(?:问(?:一?下)?|一个)|以及|二是|其二|第二(?:个|件事?)?)[\s,\uff0c:\uff1a是]*/;
/** Something else is told of: two matters where the lists know both. */
const ELSEWHERE =
  /[\s,\uff0c。;\uff1b?\uff1f!\uff01、](?:[^\s,\uff0c。;\uff1b?\uff1f!\uff01、]{0,4}?[还又另也])(?=有(?!就是|没有|关|啥|什么|谁|哪).{4})/;
const FIRST = /^(?:一是|其一|第一(?:个|件事?)?|1[.、\uff0e]|①)[\s,\uff0c:\uff1a是]*/;
/** 两个事 一个是… 一个是…: told beforehand, and named one by one. */
const ANNOUNCES = /(?:两|俩|2)(?:个|件|样|桩|码)?(?:事情?|事儿|问题|情况)/;
const ANNOUNCES_MAX = 12;
/** 两个事问一下, before both. */
const ANNOUNCED =
  /^[^\s,\uff0c。:\uff1a]{0,5}?(?:两|俩|2)(?:个|件|样|桩|码)?(?:事情?|事儿|问题|情况)[^\s,\uff0c。:\uff1a]{0,4}[\s,\uff0c。:\uff1a]+/;
const EACH =
  /(?:^|[\s,\uff0c。;\uff1b:\uff1a])(?:头|再|还有|另外?有?|又)?有?一(?:个|件|样|桩)事?(?:就?是|呢)(?:[\s,\uff0c:\uff1a]|(?=\S))/;
/** 俩事啊 一个桥洞底下… 另一个庄口…, where that there are two was said first. */
const EACH_BARE =
  /(?:^|[\s,\uff0c。;\uff1b:\uff1a])(?:头|再|还有|另外?有?|又)?有?一(?:个|件|样|桩)(?=[^\s,\uff0c]{3})/;
const PAUSE = /[\s,\uff0c;\uff1b?\uff1f。]+/;
/** One question about all that was named. */
const TAIL =
  /^(?:各|都|分别|是(?:不是)?(?:同?一个|都)|算(?:不算)?同?一个|归同?一个|这?[俩两](?:个|件|样|项|种)?(?:事情?)?(?:都|各|分别)?(?:归|是|找|由|该|谁|哪))/;
/** 野外用火和秸秆焚烧 牵头的是不是同一家. */
const WHETHER_SAME =
  /^(?:牵头|主责|主管|负责|主抓|归口|管事?)(?:的)?(?:单位|部门|局)?(?:都|各|分别)?(?:是不是|是|算)?(?:不是)?(?:同?一(?:个|家)|谁|哪(?:家|个|些))(?:局|单位|部门)?[吗么不呢]?[?\uff1f]?$/;
/** 这归哪个部门: of both, or of one that was told of in two clauses. */
const OF_EITHER = /^[这那](?:个|件|样|项|种)?(?:事情?)?(?:归|是|找|由|该|谁|哪)/;
const ASKS = /谁|哪|归|找|吗|怎么|咋|能不能|管不管|要不要/;

type Split = { parts: string[]; isSaid: boolean; isAnnounced?: boolean };

/**
 * The two parts; `isSaid`: a word says that it is another matter, or one question is asked about both; `isAnnounced`: that
 * there are two was said first.
 */
export function splitMatters(text: string): Split | null {
  if (text.length > MAX_LENGTH) return null;
  const each = text.split(EACH);
  const [announced = '', ...named] = each.length === 3 ? each : text.split(EACH_BARE);
  if (named.length === 2 && announced.length <= ANNOUNCES_MAX && ANNOUNCES.test(announced))
    return { parts: named.map(withoutTail), isSaid: true, isAnnounced: true };
  const announcing = ANNOUNCED.exec(text)?.[0] ?? '';
  const said = text.slice(announcing.length).replace(FIRST, '');
  const also = ALSO.exec(said);
  const elsewhere = also ? null : ELSEWHERE.exec(said);
  const cut = also ?? elsewhere;
  const pieces = cut
    ? [said.slice(0, cut.index), said.slice(cut.index + cut[0].length)].map(withoutTail)
    : said.split(PAUSE).filter(Boolean);
  const asked = !cut && pieces.length === 3 ? (pieces[2] ?? '') : '';
  const hasTail = TAIL.test(asked);
  const pair =
    !cut && pieces.length === 2 && WHETHER_SAME.test(pieces[1] ?? '')
      ? (pieces[0] ?? '').split(/[和跟与、]/)
      : [];
  if (pair.length === 2 && pair.every((part) => part.length >= MIN_PART))
    return { parts: pair.map((part) => `${part.trim()}谁牵头`), isSaid: false };
  const parts = (hasTail || OF_EITHER.test(asked) ? pieces.slice(0, 2) : pieces).map((part) =>
    part.replace(/^[和跟与]/, ''),
  );
  if (parts.length !== 2 || parts.some((part) => part.length < MIN_PART)) return null;
  if (announcing !== '') return { parts, isSaid: true, isAnnounced: true };
  // …还有人…下夹子 这俩都归谁: one question about both.
  const isOfBoth = hasTail || (elsewhere !== null && hasEndTail(said));
  const isSaid = also !== null || isOfBoth;
  const isOpen = elsewhere !== null || OF_EITHER.test(asked) || parts.every((part) => ASKS.test(part));
  return isSaid || isOpen ? { parts, isSaid } : null;
}

const hasEndTail = (said: string): boolean => TAIL.test(said.split(PAUSE).filter(Boolean).at(-1) ?? '');

function withoutTail(part: string): string {
  const pieces = part.split(PAUSE).filter(Boolean);
  return pieces.length > 1 && TAIL.test(pieces.at(-1) ?? '') ? pieces.slice(0, -1).join(' ') : part.trim();
}

/** The message as two questions, or null where it is one. */
export async function twoMatters(ctx: Context, deps: ReadingDeps): Promise<Context[] | null> {
  const { match, update } = ctx;
  if (update.kind !== 'message' || update.isForwarded || match.via !== 'example') return null;
  // 喊农业局来人 南河滩冲上来七八头死猪: whom it calls, and for what.
  if (callIn(ctx.raw, deps.knowledge().directory.mentions)?.kind === 'called') return null;
  const isOpen = TAKEN_FOR.has(match.intent);
  const units = isOpen || match.score < HAS_A_PURPOSE ? unitsApart(ctx, deps) : null;
  if (units) return units;
  if (!isOpen) return null;
  const both = ctx.session && ofBoth(ctx.text, ctx.session, deps.knowledge());
  if (both) {
    const [text, raw] = [both.rest, both.rest];
    return both.rows.map(({ ref }): Context => ({ ...ctx, text, raw, session: only(ref, ctx.session) }));
  }
  const split = splitMatters(ctx.text);
  if (!split) return null;
  const parts = split.parts.map((text): Context => ({
    ...ctx,
    text,
    raw: text,
    match: { ...match, intent: ASKING, slots: {} },
  }));
  const knowledge = deps.knowledge();
  const asker = askerOf(ctx.person, knowledge, deps.contacts);
  const [first, second] = await Promise.all(
    parts.map((part) => decisionOn(part.text, part.match, knowledge, asker)),
  );
  if (!first || !second) return null;
  if (!split.isAnnounced && !standApart(first, second, split.isSaid)) return null;
  // What is asked back is asked last: its numbers are those that the next message may name.
  return first.kind === 'ask' ? parts.reverse() : parts;
}

/** Two units of the row in focus, each asked for its part (`公安跟交通各管哪段`). */
function unitsApart(ctx: Context, deps: ReadingDeps): Context[] | null {
  const { index, directory } = deps.knowledge();
  const focus = ctx.session?.focus === undefined ? null : index.get(ctx.session.focus);
  const units = focus && !ctx.session?.isChoosing ? twoUnits(ctx.text, focus, directory) : null;
  return units?.map((unit): Context => ({ ...ctx, text: `${unit}管哪块`, raw: `${unit}管哪块` })) ?? null;
}

/** With one of two rows in focus, and the other out of sight. */
const only = (focus: string, session: Session | null): Session | null =>
  session && { ...session, focus, offered: [focus] };

/** Both are answered, by different rows; where a word says so, one of them may be asked back or not be listed. */
function standApart(first: Decision, second: Decision, isSaid: boolean): boolean {
  const answers = [first, second].flatMap((it) => (it.kind === 'answer' ? [it.best.entry.ref] : []));
  if (answers.length === 2) return answers[0] !== answers[1];
  if (!isSaid || answers.length === 0) return false;
  const other = first.kind === 'answer' ? second : first;
  return other.kind !== 'ask' || other.offered.every(({ entry }) => entry.ref !== answers[0]);
}

/** Both answers; what was spoken of last is the second, and both rows are at hand ("前一个呢"). */
export function together(effects: Effect[][]): Effect[] {
  const all = effects.flat();
  const sessions = all.flatMap((it) => (it.kind === 'setSession' && it.session ? [it.session] : []));
  const last = sessions.at(-1);
  const others = all.filter((it) => it.kind !== 'setSession');
  if (!last) return others;
  const rows = sessions.flatMap(({ focus }) => (focus ? [focus] : []));
  const focus = rows.at(-1);
  const session: Session = {
    ...last,
    question: sessions.flatMap(({ question }) => (question ? [question] : [])).join(' '),
    ...(focus !== undefined && { focus }),
    ...(!last.isChoosing && rows.length > 1 && { offered: rows }),
  };
  return [...others, setSession(session)];
}
