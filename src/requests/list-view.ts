/** Requests in lists: a line or a row of a table for each. Pure. */
import { formatInstant } from '../calendar/local.js';
import { tableOf, type Block, type Card } from '../core/card.js';
import type { Request } from '../core/request.js';
import type { Policies, Policy } from './policy.js';
import { leadOf, statusWord, until } from './words.js';
import { shorten } from '../text/shorten.js';

/** `QS-2026-000123 柳林镇 → 县水利局 办理中 堤坝渗水(应于…前答复)`. */
export function requestLine(request: Request, policy: Policy, now: number): string {
  const { number, callers, dueAt, text } = request;
  const due =
    dueAt === null ? '' : dueAt > now ? `(${until(dueAt, now)})` : `(时限${formatInstant(dueAt, now)}已过)`;
  return `${number} ${callers[0]?.organization ?? ''}→${leadOf(request)} ${statusWord(request, policy)} ${shorten(text, 24)}${due}`;
}

const CELL_TEXT = 16;
const COLUMNS = [
  { label: '请求', share: 46 },
  { label: '主办', share: 26 },
  { label: '状态', share: 28 },
];

const requestRow = (request: Request, policy: Policy, now: number): { cells: string[]; text: string } => {
  const { number, callers, dueAt, text } = request;
  // A cell is narrow: the day of the week stands in the card of the request.
  const day = (ms: number): string => until(ms, now).replace(/\(周.\)/, '');
  const due = dueAt === null ? '' : dueAt > now ? ` ${day(dueAt)}` : ` 时限${day(dueAt).slice(0, -1)}已过`;
  return {
    cells: [
      `${number} ${shorten(text, CELL_TEXT)}(${callers[0]?.organization ?? ''})`,
      leadOf(request),
      `${statusWord(request, policy)}${due}`,
    ],
    text: requestLine(request, policy, now),
  };
};

export function listCard(
  title: string,
  requests: Request[],
  { page, total, perPage }: { page: number; total: number; perPage: number },
  policies: Policies,
  now: number,
): Card {
  const pages = Math.max(1, Math.ceil(total / perPage));
  return {
    title: `${title} · ${total} 件`,
    blocks:
      total === 0
        ? [{ kind: 'text', text: '目前没有。' }]
        : [
            ...tableOf(
              COLUMNS,
              requests.map((r) => requestRow(r, policies[r.kind], now)),
            ),
            ...(pages > 1 ? [{ kind: 'source', text: `第 ${page + 1}/${pages} 页` } satisfies Block] : []),
          ],
    buttons: [],
  };
}
