/** Remarks put together, as cards for the list office. */
import type { Block, Card } from '../core/card.js';
import { clusterLine, type Cluster } from './remarks.js';
import type { IndexedRow } from '../lists/row-index.js';
import type { Verdict } from '../core/note.js';
import { rowKey } from '../core/domain.js';

const EXAMPLES = 5;
const SAID = 3;

export type Page = { at: number; total: number };

/** `key` names the questions shown; `nameOf` a row by `list/number`, or null where it is gone. */
export function clusterCard(
  cluster: Cluster,
  { at, total }: Page,
  key: string,
  nameOf: (row: string) => string | null,
): Card {
  const more = cluster.questions.slice(1, EXAMPLES);
  const blocks: Block[] = [
    { kind: 'text', text: `${clusterLine(cluster, nameOf)}。` },
    ...more.map((question): Block => ({ kind: 'text', text: `· ${question}` })),
    ...cluster.said.slice(0, SAID).map((said): Block => ({ kind: 'field', label: '有人指出', text: said })),
    { kind: 'source', text: '采纳的内容并入下一份草稿,重新测试、核准、发布后生效,现行版次不变。' },
  ];
  return {
    title: `问题汇总 ${at + 1}/${total}`,
    blocks,
    buttons: [
      { id: 'adopt-phrasing', label: '采纳为问法', value: key, style: 'primary' },
      { id: 'adopt-alias', label: '采纳为别名', value: key },
      { id: 'adopt-new', label: '起草新事项', value: key },
      ...cluster.units
        .slice(0, 1)
        .map(({ unit }) => ({ id: 'adopt-unit', label: `改由${unit}负责`, value: key })),
      { id: 'adopt-none', label: '不采纳', value: key },
      ...(total > 1 ? [{ id: 'review-next', label: '下一组', value: String((at + 1) % total) }] : []),
    ],
  };
}

/** Which row the questions ask for. */
export const rowChoiceCard = (question: string, entries: IndexedRow[], key: string): Card => ({
  title: '采纳为哪一项的问法',
  blocks: [
    { kind: 'text', text: `“${question}”等问法属于以下哪一项,请点选:` },
    ...entries.map(({ row, list }, i): Block => ({
      kind: 'text',
      text: `${i + 1}. ${row.matter}——《${list.title}》第${row.number}项`,
    })),
  ],
  buttons: [
    ...entries.map(({ row }, i) => ({
      id: 'adopt-row',
      label: `${i + 1}. ${row.matter}`.slice(0, 24),
      value: `${key} ${rowKey(row)}`,
    })),
    { id: 'adopt-new', label: '起草新事项', value: key },
  ],
});

const VERDICT_WORDS: { [K in Verdict['kind']]: (verdict: Extract<Verdict, { kind: K }>) => string } = {
  phrasing: ({ matter, phrasings }) => `已采纳为“${matter}”的问法:${phrasings.join(';')}。`,
  alias: ({ alias, unit }) => `已采纳“${alias}”为${unit}的别名。`,
  'new-row': ({ matter }) => `已起草新事项“${matter}”,请在清单文件中补全后导入。`,
  unit: ({ matter, unit }) => `已采纳“${matter}”的主体责任单位改为${unit},请在清单文件中修改后导入。`,
  rejected: () => '已记为不采纳。',
  withdrawn: () => '已撤回,这些问题重新列入汇总。',
};

/** `key` names the questions decided on. */
export function verdictCard(verdict: Verdict, key: string): Card {
  const words = VERDICT_WORDS[verdict.kind] as (verdict: Verdict) => string;
  const isNext = verdict.kind !== 'rejected' && verdict.kind !== 'withdrawn';
  return {
    title: '问题汇总',
    blocks: [
      { kind: 'text', text: words(verdict) },
      ...(isNext
        ? [
            {
              kind: 'source',
              text: '并入下一份草稿(npm run notes -- --draft,或导入清单时),核准发布后生效。',
            } satisfies Block,
          ]
        : []),
    ],
    buttons: [
      { id: 'review-next', label: '继续', value: '0' },
      ...(verdict.kind === 'withdrawn' ? [] : [{ id: 'adopt-undo', label: '撤回', value: key }]),
    ],
  };
}
