/** An evaluation as cards: what the office sees, what a township fills in, what a body was given. Pure. */
import { formatInstant } from '../calendar/local.js';
import { periodLabel } from '../calendar/periods.js';
import type { Block, Button, Card } from '../core/card.js';
import type { Evaluation, ScoreRow, Sheet } from '../core/evaluation.js';
import { shorten } from '../text/shorten.js';
import { tokenOf } from '../text/token.js';
import { fullMarks, missingIn, rowOf, totalOf, type RowSeen } from './machine.js';

const text = (it: string): Block => ({ kind: 'text', text: it });
const field = (label: string, it: string): Block => ({ kind: 'field', label, text: it });
const WORDS_SHOWN = 60;

export const spanOf = ({ from, to }: Pick<Evaluation, 'from' | 'to'>): string => periodLabel({ from, to });
const titleOf = (evaluation: Evaluation, what: string): string =>
  `评价期 ${spanOf(evaluation)} · ${what}${evaluation.closed ? '(已结束)' : ''}`;

/** `响应 28、办理 27、实效 20、作风 14,合计 89`. */
export const scoresText = ({ dimensions }: Evaluation, row: ScoreRow): string =>
  `${dimensions.map(({ id, name }) => `${name} ${row.values[id] ?? 0}`).join('、')},合计 ${totalOf(row)}`;

/** What to write, in order. */
export const howToScore = (evaluation: Evaluation): string =>
  `${evaluation.dimensions.map(({ name, max, about }) => `${name}(满分${max}${about ? `,${about}` : ''})`).join(';')}。请依次写 ${evaluation.dimensions.length} 个分数,可在后面附说明;合计低于 ${evaluation.reasonBelow}% 的要写明理由。`;

/** Names the scores that were shown: when they have changed since, nothing is confirmed. */
export const sheetToken = (sheet: Sheet): string => tokenOf(JSON.stringify(sheet.rows));
export const bodyValue = ({ id }: Evaluation, name: string): string => `${id} ${tokenOf(name)}`;

export function sheetCard(evaluation: Evaluation, sheet: Sheet, now: number): Card {
  const { township, bodies, confirmed } = sheet;
  const missing = missingIn(sheet);
  const isOpen = confirmed === null && evaluation.closed === null;
  return {
    title: titleOf(evaluation, township),
    blocks: [
      field('评价表', evaluation.title),
      ...bodies.map((body) => {
        const row = rowOf(sheet, body);
        const words = row?.words ? `(${shorten(row.words, WORDS_SHOWN)})` : '';
        return field(body, row ? `${scoresText(evaluation, row)}${words}` : '未打分');
      }),
      text(
        confirmed
          ? `已由${confirmed.by.name}于${formatInstant(confirmed.at, now)}确认,不能再改。`
          : missing.length > 0
            ? `已打分 ${bodies.length - missing.length}/${bodies.length}。点单位打分,或直接回复,如“${missing[0] ?? ''} ${evaluation.dimensions.map(({ max }) => Math.round(max * 0.9)).join(' ')} 处置及时”。`
            : `${bodies.length} 个单位均已打分,由镇街负责人确认后生效,确认后不能再改。`,
      ),
    ],
    buttons: isOpen
      ? [
          ...bodies.map((body): Button => ({
            id: 'eval-score',
            label: body,
            value: bodyValue(evaluation, body),
          })),
          ...(missing.length === 0
            ? [
                {
                  id: 'eval-confirm',
                  label: '负责人确认',
                  value: `${evaluation.id} ${sheetToken(sheet)}`,
                  style: 'primary' as const,
                },
              ]
            : []),
        ]
      : [],
  };
}

/** For the office and the county's leaders: who has confirmed, what is appealed. */
export function overviewCard(evaluation: Evaluation, isOffice: boolean, now: number): Card {
  const { id, sheets, appeals, closed } = evaluation;
  const open = sheets.filter(({ confirmed }) => confirmed === null);
  const undecided = appeals.filter(({ decision }) => decision === null);
  const may = isOffice && closed === null;
  return {
    title: titleOf(evaluation, '总览'),
    blocks: [
      field('评价表', `${evaluation.title},满分 ${fullMarks(evaluation)}`),
      field('开启', `${evaluation.openedBy.name},${formatInstant(evaluation.openedAt, now)}`),
      field('已确认', `${sheets.length - open.length}/${sheets.length} 个镇街`),
      ...(open.length > 0 ? [field('未确认', open.map(({ township }) => township).join('、'))] : []),
      field('申诉', appeals.length === 0 ? '无' : `${appeals.length} 件,待决定 ${undecided.length} 件`),
      ...appeals.map((it) => {
        const row = sheets
          .find(({ township }) => township === it.township)
          ?.rows.find(({ body }) => body === it.body);
        const decided = it.decision
          ? `${it.decision.isUpheld ? '成立' : '不成立'}:${it.decision.reason}`
          : '待决定';
        return field(
          `申诉 ${it.id}`,
          `${it.township}→${it.body}(${row ? `合计 ${totalOf(row)}` : ''}),${it.by.organization}${it.by.name}:${shorten(it.reason, WORDS_SHOWN)}。${shorten(decided, WORDS_SHOWN)}`,
        );
      }),
    ],
    buttons: [
      ...(may
        ? undecided.flatMap((it): Button[] => [
            { id: 'eval-uphold', label: `${it.id} 成立`, value: `${id} ${it.id.toLowerCase()}` },
            { id: 'eval-dismiss', label: `${it.id} 不成立`, value: `${id} ${it.id.toLowerCase()}` },
          ])
        : []),
      { id: 'eval-export', label: '导出评价表', value: id },
      ...(may ? [{ id: 'eval-close', label: '结束评价期', value: id }] : []),
    ],
  };
}

/** What was given to those that the person speaks for; each score may be appealed once. */
export function receivedCard(evaluation: Evaluation, rows: readonly RowSeen[], whose: string): Card {
  return {
    title: titleOf(evaluation, whose),
    blocks:
      rows.length === 0
        ? [text('还没有镇街确认对贵单位的评分。')]
        : rows.map(({ township, row, appeal }) => {
            const words = row.words ? `(${shorten(row.words, WORDS_SHOWN)})` : '';
            const state = !appeal
              ? ''
              : !appeal.decision
                ? ';申诉待督办决定'
                : appeal.decision.isUpheld
                  ? ';申诉成立,本项不计'
                  : `;申诉不成立:${shorten(appeal.decision.reason, WORDS_SHOWN)}`;
            return field(`${township}→${row.body}`, `${scoresText(evaluation, row)}${words}${state}`);
          }),
    buttons: evaluation.closed
      ? []
      : rows
          .filter(({ appeal }) => appeal === null)
          .map(({ township, row }): Button => ({
            id: 'eval-appeal',
            label: `申诉 ${township}${row.body.startsWith(township) ? row.body.slice(township.length) : `→${row.body}`}`,
            value: bodyValue(evaluation, `${township}|${row.body}`),
          })),
  };
}
