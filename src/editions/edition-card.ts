/** Editions as cards: a draft with what it changes, the list of editions, the difference of two. Pure. */
import { formatInstant } from '../calendar/local.js';
import type { Block, Button, Card } from '../core/card.js';
import type { EditionList } from './editions.js';
import { diffEditions, diffText, type EditionContent } from './diff.js';
import type { StoredDraft } from './drafts.js';
import { shorten } from '../text/shorten.js';
import { phrasingsLine, sampleLines } from './phrasings/report.js';
import { expectedText, findingsText, retestText } from './make-draft.js';

/** A message's worth of a difference, by section. */
const CHANGES_SHOWN = 6;
const LINE_MAX = 80;
const LOST_SHOWN = 6;
const FINDINGS_SHOWN = 5;
const EDITIONS_SHOWN = 6;
const DRAFTS_SHOWN = 3;

const cutLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => shorten(line, LINE_MAX))
    .join('\n');

const shortDiff = (before: EditionContent, after: EditionContent): string =>
  cutLines(diffText(diffEditions(before, after), CHANGES_SHOWN));

/** `diff-1a2b3c4d-5e6f7a8b.txt` with every change. */
export const diffFile = (a: string, b: string, before: EditionContent, after: EditionContent) => ({
  name: `diff-${a}-${b}.txt`,
  content: `版次 ${a} → ${b}\n${diffText(diffEditions(before, after), Number.POSITIVE_INFINITY)}\n`,
});

const sizeOf = ({ lists, rows }: EditionContent): string => `${lists.length} 份清单,${rows.length} 项`;

export type DraftView = {
  draft: StoredDraft;
  /** The edition in force. */
  current: EditionContent & { id: string };
  /** Questions asked again; null where that is not known any more. */
  asked: number | null;
  now: number;
  /** Who looks may approve: another person of the list office than made it. */
  mayApprove: boolean;
  /** What is to happen next. */
  next: string;
};

export function draftCard({ draft, current, asked, now, mayApprove, next }: DraftView): Card {
  const { id, lost, expected, isUnmeasured = false } = draft;
  const isStale = draft.base !== current.id;
  const questions =
    asked === null
      ? lost.length > 0
        ? `${lost.length} 个原来答对的问题现在不对。`
        : ''
      : retestText(asked, lost.length);
  const shown = lost.slice(0, LOST_SHOWN).map((line) => `· ${cutLines(line)}`);
  const more = lost.length > shown.length ? [`…另有 ${lost.length - shown.length} 个`] : [];
  const blocks: Block[] = [
    {
      kind: 'text',
      text: `${sizeOf(draft)},由${draft.importedBy}于${formatInstant(draft.importedAt, now)}提交:${draft.files.join('、')}`,
    },
    { kind: 'text', text: `与现行版次 ${current.id} 相比:${shortDiff(current, draft)}` },
    ...(expected ? [{ kind: 'text' as const, text: expectedText(expected) }] : []),
    { kind: 'text', text: cutLines([phrasingsLine(draft), ...sampleLines(current, draft)].join('\n')) },
    { kind: 'text', text: findingsText(draft.findings, FINDINGS_SHOWN) },
    ...(questions ? [{ kind: 'text' as const, text: [questions, ...shown, ...more].join('\n') }] : []),
    {
      kind: 'text',
      text: isStale
        ? `现行版次已是 ${current.id},这份草稿已过时,请重新导入文件。`
        : isUnmeasured
          ? '预计数字还在计算,算完才能批准。'
          : next,
    },
  ];
  const buttons: Button[] = [
    ...(mayApprove && !isStale && !isUnmeasured
      ? [{ id: 'edition-go', label: '批准并发布', value: id, style: 'primary' as const }]
      : []),
    { id: 'edition-full', label: '完整差异', value: `${draft.base} ${id}` },
  ];
  return { title: `草稿 ${id}${isStale ? '' : isUnmeasured ? ':计算中' : ':待批准'}`, blocks, buttons };
}

/** `isOffice`: drafts, and what may be done with them. */
export function listCard(
  { current, previous, editions, drafts }: EditionList,
  isOffice: boolean,
  now: number,
): Card {
  const shown = editions.slice(0, EDITIONS_SHOWN);
  const lines = shown.map(({ id, publishedAt, lists, rows }) => {
    const state = id === current ? '现行' : id === previous ? '上一版' : '已发布';
    return `${id}  ${state}  ${formatInstant(publishedAt, now)}  ${lists} 份清单,${rows} 项`;
  });
  if (editions.length > shown.length) lines.push(`…另有 ${editions.length - shown.length} 个版次`);
  const waiting = isOffice ? drafts : [];
  const blocks: Block[] = [
    { kind: 'text', text: lines.join('\n') || '还没有版次。' },
    ...waiting.slice(0, DRAFTS_SHOWN).map((draft): Block => {
      const lost = draft.lost.length > 0 ? `,${draft.lost.length} 个问题不再答对` : '';
      return {
        kind: 'text',
        text: `草稿 ${draft.id}  ${draft.isUnmeasured ? '计算中' : '待批准'}  ${draft.importedBy}提交,${sizeOf(draft)}${lost}`,
      };
    }),
    { kind: 'source', text: '比较两个版次:版次 差异 编号 编号(现行版次可写“现行”)' },
  ];
  const buttons: Button[] = [
    ...waiting
      .slice(0, DRAFTS_SHOWN)
      .map(({ id }) => ({ id: 'edition-draft', label: `查看草稿 ${id}`, value: id })),
    ...(previous ? [{ id: 'edition-diff', label: '与上一版的差异', value: `${previous} ${current}` }] : []),
    ...(isOffice && previous ? [{ id: 'edition-back', label: '回退上一版', value: current }] : []),
  ];
  return { title: '版次', blocks, buttons };
}

export const diffCard = (a: string, b: string, before: EditionContent, after: EditionContent): Card => ({
  title: `版次差异:${a} → ${b}`,
  blocks: [{ kind: 'text', text: shortDiff(before, after) }],
  buttons: [{ id: 'edition-full', label: '完整差异', value: `${a} ${b}` }],
});
