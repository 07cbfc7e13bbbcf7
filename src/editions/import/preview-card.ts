/** What a file was understood as, as a card: lists, columns with sample rows, warnings, problems; the rest is counted. */
import { traitsOf } from '../../core/list-kinds.js';
import type { Block, Button, Card } from '../../core/card.js';
import { problemText, type Problem } from '../../files/problem.js';
import type { FileReading } from './read-file.js';
import { mappingText, toConfirm } from './report.js';
import { shorten } from '../../text/shorten.js';

/** A message's worth: Telegram takes 4096 characters, Feishu 28 KB. */
const LISTS_SHOWN = 4;
const MAPPINGS_SHOWN = 2;
const PROBLEMS_SHOWN = 8;
const WARNINGS_SHOWN = 5;
const MAPPING_MAX = 1000;
const PROBLEM_MAX = 160;

/** `id` of the kept file; without lists, or with problems, nothing can be made of it. */
export function previewCard(reading: FileReading, id: string, hint: string): Card {
  const { file, lists, warnings, problems } = reading;
  const rows = lists.reduce((sum, list) => sum + list.rows.length, 0);
  const isSound = problems.length === 0;
  const doubts = toConfirm([reading]);
  const blocks: Block[] = [
    { kind: 'text', text: `读到 ${lists.length} 份清单,共 ${rows} 项。` },
    ...lists.slice(0, LISTS_SHOWN).map((list, at): Block => {
      const head = [traitsOf(list.kind).name, list.batch, `“${list.sheet}”`].filter(Boolean).join(',');
      const mapping = at < MAPPINGS_SHOWN ? `\n${shorten(mappingText(list), MAPPING_MAX)}` : '';
      return { kind: 'text', text: `《${list.title}》(${head}):${list.rows.length} 项${mapping}` };
    }),
    ...rest(lists.length - LISTS_SHOWN, '份清单'),
    ...section('问题', problems, PROBLEMS_SHOWN),
    ...section('待确认', doubts, PROBLEMS_SHOWN),
    ...section(
      '提醒',
      warnings.filter(({ mustConfirm }) => !mustConfirm),
      WARNINGS_SHOWN,
    ),
    {
      kind: 'text',
      text: isSound
        ? '请核对各列是否对应正确。生成草稿不改变现行版次,须编办另一位同志批准后才生效。'
        : '有问题,未作任何更改。请按处理办法改正后重新发送。',
    },
    { kind: 'source', text: hint },
  ];
  const buttons: Button[] = isSound
    ? [
        {
          id: 'list-draft',
          label: doubts.length > 0 ? '已核对,生成草稿' : '生成草稿',
          value: id,
          style: 'primary',
        },
        { id: 'list-drop', label: '放弃', value: id },
      ]
    : [];
  return { title: `导入预览:${shorten(file, 60)}`, blocks, buttons };
}

function section(title: string, items: Problem[], shown: number): Block[] {
  if (items.length === 0) return [];
  const lines = items
    .slice(0, shown)
    .map((item) => `· ${shorten(problemText({ ...item, file: '' }).trim(), PROBLEM_MAX)}`);
  return [
    { kind: 'text', text: [`${title} ${items.length} 条:`, ...lines].join('\n') },
    ...rest(items.length - shown, `条${title}`),
  ];
}

const rest = (count: number, what: string): Block[] =>
  count > 0 ? [{ kind: 'text', text: `…另有 ${count} ${what}` }] : [];
