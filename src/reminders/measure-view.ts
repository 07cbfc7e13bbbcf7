/** Rectification measures in words and cards. Pure. */
import { formatDate, toLocal } from '../calendar/local.js';
import type { Block, Card } from '../core/card.js';
import type { Progress } from '../core/reminder.js';
import { personsOf, unitsOf, type ImportCounts, type MeasureReminder } from './measures.js';
import { shorten } from '../text/shorten.js';

const PER_LIST = 20;
const TEXT_MAX = 40;

export const isOverdue = ({ measure, when }: MeasureReminder, now: number): boolean =>
  measure.doneAt === null && when.date < toLocal(now).date;

function stateText(measure: MeasureReminder, now: number): string {
  const { doneAt } = measure.measure;
  if (doneAt !== null) return `已完成(${formatDate(toLocal(doneAt).date, now)})`;
  return `时限${formatDate(measure.when.date, now)}${isOverdue(measure, now) ? ',已超过时限' : ''}`;
}

const progressText = ({ at, by, text }: Progress, now: number): string =>
  `${formatDate(toLocal(at).date, now)} ${by}:${text}`;

/** Open ones first, by their deadlines. `whose`: the unit, or 全县; then each line names its units. */
export function measureListCard(
  measures: readonly MeasureReminder[],
  whose: string,
  { isAll, now, nothing = '目前没有整改措施。' }: { isAll: boolean; now: number; nothing?: string },
): Card {
  const sorted = [...measures].sort(
    (a, b) =>
      Number(a.measure.doneAt !== null) - Number(b.measure.doneAt !== null) ||
      (a.when.date < b.when.date ? -1 : a.when.date > b.when.date ? 1 : 0) ||
      a.reference.localeCompare(b.reference, 'zh', { numeric: true }),
  );
  const shown = sorted.slice(0, PER_LIST);
  const open = measures.filter(({ measure }) => measure.doneAt === null);
  const overdue = open.filter((it) => isOverdue(it, now));
  const counts = [
    `共 ${measures.length} 项`,
    `未完成 ${open.length} 项`,
    ...(overdue.length > 0 ? [`已超过时限 ${overdue.length} 项`] : []),
  ];
  return {
    title: `整改措施 · ${whose}`,
    blocks: [
      { kind: 'text', text: measures.length > 0 ? `${counts.join(',')}。` : nothing },
      ...shown.map((it) => ({ kind: 'text' as const, text: lineOf(it, isAll, now) })),
      ...(sorted.length > shown.length
        ? [
            {
              kind: 'text' as const,
              text: `另有 ${sorted.length - shown.length} 项,可发送“整改 单位名称”“整改 逾期”或“整改 编号”查看。`,
            },
          ]
        : []),
      ...(measures.length > 0
        ? [{ kind: 'source' as const, text: '登记进度:整改进度 编号 进度;办结:整改完成 编号;详情:整改 编号' }]
        : []),
    ],
    buttons: [],
  };
}

/** 登3“敬老院消防栓没水:换管子试压”(责任人周丁,时限…): one measure within a sentence. */
export const oneLine = (it: MeasureReminder, now: number): string =>
  `${it.reference}“${shorten(it.measure.text, TEXT_MAX)}”(${[
    personsOf(it).length > 0 ? `责任人${personsOf(it).join('、')}` : unitsOf(it).join('、'),
    stateText(it, now),
  ].join(',')})`;

function lineOf(it: MeasureReminder, isAll: boolean, now: number): string {
  const last = it.measure.progress.at(-1);
  const persons = personsOf(it);
  return [
    `${it.reference}. ${shorten(it.measure.text, TEXT_MAX)}`,
    ...(isAll ? [unitsOf(it).join('、')] : []),
    ...(persons.length > 0 ? [`责任人${persons.join('、')}`] : []),
    stateText(it, now),
    ...(last ? [`进度:${shorten(last.text, TEXT_MAX)}`] : []),
  ].join(';');
}

/** One measure with all that was reported. */
export function measureCard(it: MeasureReminder, now: number): Card {
  const { aspect, text, progress } = it.measure;
  const persons = personsOf(it);
  const field = (label: string, value: string): Block => ({ kind: 'field', label, text: value });
  return {
    title: `整改措施 ${it.reference}`,
    blocks: [
      field('方面', aspect),
      field('措施', text),
      field('责任单位', unitsOf(it).join('、')),
      ...(persons[0] !== undefined ? [field('责任人', persons[0])] : []),
      field('状态', stateText(it, now)),
      ...progress.map((entry) => field('进度', progressText(entry, now))),
      ...(progress.length === 0 ? [field('进度', '尚未登记')] : []),
    ],
    buttons: [],
  };
}

export const countsText = ({ added, changed, unchanged }: ImportCounts): string =>
  `新增 ${added} 项,更新 ${changed} 项,未变 ${unchanged} 项`;
