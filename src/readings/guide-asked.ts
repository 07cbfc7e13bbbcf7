/** What a few words ask of a service guide, as learned from sentences (speech/guides.yaml), and whether they name a service of their own. */
import type { Context } from '../core/types.js';
import { GUIDE_FIELD_IDS, isGuideField, type GuideField } from '../core/guide.js';
import { BEHIND_AT_MOST } from '../lists/decide.js';
import { decisionOn, guideDecisionOn } from '../lists/decision.js';
import { namesOtherPaper, withoutGuideWords } from '../lists/guide-words.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { AskerScope, IndexedRow } from '../lists/row-index.js';
import { pairsOf } from '../organizations/names.js';
import { sharedPiece } from '../text/shared-piece.js';
import { ownMatter } from './follow-up-words.js';
import type { Reading, ReadingDeps } from './reading.js';

/** Of 75 own follow-ups that were kept from the sentences 52 of the 61 on an open guide lie above this, all with their column. */
const LEARNED = 0.6;
/** Longer ones have a matter of their own. */
const LENGTH_MAX = 18;

export async function learnedField(text: string, { speech }: ReadingDeps): Promise<GuideField | null> {
  if (!speech || text.length > LENGTH_MAX) return null;
  const [best] = await speech.guides(text);
  return best && best.probability >= LEARNED && isGuideField(best.kind) ? best.kind : null;
}

export const wordsOf = ({ row }: IndexedRow): string => [row.matter, ...row.askedAs].join(' ');

export const saidIn = (guide: IndexedRow): string =>
  [wordsOf(guide), ...Object.values(guide.row.guide ?? {})].join(' ');

/** A step of how all services are handled. */
export const HANDLING = /审核(?:确认)?|审批|审查|受理|核准|核定/;
/** 补一张, 换个新的: the thing of the guide itself. */
const HANDLED = /[补换办领开做一二两三个张本次份新]/g;

/** 婚检要钱不, of a marriage: what something else costs is not what handling costs. */
export function isOtherPrice(text: string, guide: IndexedRow): boolean {
  const pairs = pairsOf(ownMatter(withoutGuideWords(text)).replace(HANDLED, ''));
  return pairs.length > 0 && !pairs.some((pair) => saidIn(guide).includes(pair));
}

export type Known = { match: Context['match']; knowledge: Knowledge; asker: AskerScope };

/** Characters running that two guides share where both are of one thing: 居民身份证, and 临时居民身份证. */
const SHARED = 3;
const NEAREST = 5;

/**
 * 正式的丢了补办一个要多少钱, of a temporary card: another guide of the same thing that lies near, where what is said names none by
 * itself and has no word that this one has not.
 */
export async function siblingOf(text: string, open: IndexedRow, known: Known): Promise<IndexedRow | null> {
  const { knowledge, asker, match } = known;
  const found = await guideDecisionOn(text, match, knowledge, asker);
  if (!found || found.kind === 'answer' || namesOtherPaper(text, wordsOf(open))) return null;
  const near = (await knowledge.search(text, asker, 'guides')).slice(0, NEAREST);
  const least = (near[0]?.score ?? 0) - BEHIND_AT_MOST;
  const sibling = near.find(
    ({ entry, score }) => entry !== open && score >= least && sharesRun(entry.row.matter, open.row.matter),
  )?.entry;
  if (!sibling) return null;
  const pairs = pairsOf(ownMatter(withoutGuideWords(text)).replace(HANDLED, '').replace(USUAL, ''));
  const isTold = pairs.every((pair) => saidIn(sibling).includes(pair));
  const isMeant = USUAL.test(text) || pairs.some((pair) => !saidIn(open).includes(pair));
  return isTold && isMeant ? sibling : null;
}
/** Characters running that tell of one guide beside what stands open: 急着用. */
const TOLD = 3;
const TELLS = /^[\u4e00-\u9fff]{3}$/;

/** 急着用等不及咋办, of an identity card: a guide of the same thing that tells of that case where the open one does not. */
export async function siblingTold(text: string, open: IndexedRow, known: Known): Promise<IndexedRow | null> {
  const told = withoutGuideWords(text);
  const near = await known.knowledge.search(`${open.row.matter} ${text}`, known.asker, 'guides');
  const isTold = (entry: IndexedRow) =>
    [...told].some((_, i) => {
      const run = told.slice(i, i + TOLD);
      return (
        TELLS.test(run) &&
        ownMatter(run).length > 1 &&
        casesIn(entry).includes(run) &&
        !saidIn(open).includes(run)
      );
    });
  const found = near
    .slice(0, NEAREST)
    .find(({ entry }) => entry !== open && sharesRun(entry.row.matter, open.row.matter) && isTold(entry));
  return found?.entry ?? null;
}

/** 掉河里了 要再弄一张, 找不着了 补一个: what was had is gone, and wanted again. */
export const isReplaced = (text: string): boolean => GONE.test(text) && AGAIN.test(text);
const GONE =
  /丢|掉|没了|不见|找不[着到]|搞丢|弄丢|落(?:到|在)|冲走|偷|坏|毁|烂|折|断|裂|泡|洗|烧|撕|啃|过期|到期|消磁|磁条|看不清|磨/;
const AGAIN =
  /(?:再|重新?|另|又)(?:要|想|得|去)?(?:弄|办|补|领|做|换|来|搞|整|申请)|补(?:办|领|一|个|张|本)|换(?:新|一|个|张|本|领)/;
const REPLACES = /补|换/;

/** The guide of the same thing that tells of its being replaced. */
export async function replacedBy(text: string, open: IndexedRow, known: Known): Promise<IndexedRow | null> {
  if (namesOtherPaper(text, wordsOf(open))) return null;
  if (REPLACES.test(open.row.matter)) return open;
  const near = await known.knowledge.search(`${open.row.matter} 丢了补办换领`, known.asker, 'guides');
  const found = near
    .slice(0, NEAREST)
    .find(
      ({ entry }) =>
        entry !== open && REPLACES.test(entry.row.matter) && sharesRun(entry.row.matter, open.row.matter),
    );
  return found?.entry ?? null;
}

/** For whom a guide is, and when. */
const casesIn = ({ row }: IndexedRow): string =>
  [...row.askedAs, row.guide?.target, row.guide?.condition].join(' ');

/** Against the thing of the guide that stands open. */
const USUAL = /正式|普通|长期|永久|常规/;

const sharesRun = (one: string, other: string): boolean =>
  sharedPiece(one, other, (piece) => [...piece].length >= SHARED) !== '';

function isNearer(text: string, other: IndexedRow, open: IndexedRow): boolean {
  const pairs = pairsOf(ownMatter(withoutGuideWords(text.replace(HANDLING, ' '))).replace(HANDLED, ''));
  return (
    pairs.some((pair) => other.row.matter.includes(pair)) &&
    pairs.every((pair) => !saidIn(open).includes(pair))
  );
}

/** Whether the lists know it without what was said before: 残疾证要带啥 while another guide or a row stands open. */
export async function namesOther(text: string, open: IndexedRow, known: Known): Promise<boolean> {
  if (open.row.guide && namesOtherPaper(text, wordsOf(open))) return true;
  const { match, knowledge, asker } = known;
  const found = await guideDecisionOn(text, match, knowledge, asker);
  if (found?.kind === 'answer') return found.best.entry !== open;
  // 建房审批要多少天, of a marriage that stands open: the name of a guide that alone were not answered has its word.
  const [nearest] = found?.kind === 'ask' ? found.offered : (found?.nearest ?? []);
  if (open.row.guide && nearest && nearest.entry !== open && isNearer(text, nearest.entry, open)) return true;
  return (await decisionOn(text, match, knowledge, asker)).kind === 'answer';
}

/** Of a row that divides work the guide is what the next words may ask for. */
export const OF_MATTER = 0.93;

/** What such a message may be taken for; what acts (files, signs, reminds) has a purpose of its own. */
export const TAKEN_FOR = new Set([
  ...['ask_responsibility', 'ask_policy', 'off_topic', 'smalltalk', 'help', 'list_rows', 'bind_identity'],
  ...['request_status', 'list_duties', 'correct_answer'],
]);

const INTENT = 'ask_service';
export const reading = (slots: Record<string, string>, probability: number, why: string): Reading => ({
  ...{ intent: INTENT, slots, probability, why },
});

/** Words of which every guide is full. */
const COMMON = /[能可以要带办理申请登记去来吗不没么有的啥什么怎咋哪里个人一]/g;
const SAID_MAX = 18;
const IS_ASKED =
  /[?\uff1f]|谁|哪|几|多少|啥|什么|咋|怎么|(.)不\1|[能中行成要给算]不(?:$|[能行成中])|[吗么没不]$/;
const PLACED: readonly (readonly [RegExp, GuideField])[] = [
  [/利息|贴息/, 'fee'],
  [/寒假|暑假|开学|年底|年前|周末|[几一二三四五六七八九十]月份?/, 'days'],
  [/一个人|单独|一方|自己去|(?:她|他)?[爸妈爹娘爷奶]一?个?/, 'agency'],
];

/** 念书那几年利息谁掏, 她爸一个人去签中不: the column of the open guide that has the words of what is asked. */
export function columnTold(text: string, { row }: IndexedRow): { field: GuideField; isSure: boolean } | null {
  if (!row.guide || text.length > SAID_MAX || !IS_ASKED.test(text) || OF_PEOPLE.test(text)) return null;
  const told = (field: GuideField) => row.guide?.[field] ?? '';
  const placed = PLACED.find(([words, field]) => words.test(text) && SAID_OF[field]?.test(told(field)));
  if (placed) return { field: placed[1], isSure: true };
  const own = text.replace(COMMON, ' ');
  const pairs = pairsOf(own).filter((pair) => !/\s/.test(pair) && !row.matter.includes(pair));
  const numbers = /几?倍/.test(text) ? ['倍'] : [];
  const found = GUIDE_FIELD_IDS.find((field) =>
    [...pairs, ...numbers].some((pair) => told(field).includes(pair)),
  );
  return found ? { field: found, isSure: false } : null;
}
/** 派出所哪位在管: somebody, and no column. */
const OF_PEOPLE =
  /(?:是|叫)谁|哪一?[位个]|谁(?![掏出付交给来]|承担)|归|负责|牵头|罚|[那这]个?(?:事|项|条)|清单|单子/;
const SAID_OF: Partial<Record<GuideField, RegExp>> = {
  fee: /利息|贴/,
  days: /假|暑期|每年|集中|月/,
  agency: /本人|双方|到场|一方/,
};
