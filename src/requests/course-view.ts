/** How a case went, in one card: who has it until when, and what was said and done in it by people. Pure. */
import type { Block, Card } from '../core/card.js';
import { isEnded, type EventKind, type RequestEvent } from '../core/request.js';
import type { RequestCase } from './case.js';
import { eventLine } from './events.js';
import { isApproval } from './log.js';
import { assignmentBlock, assignmentClock, buttonsFor, type Viewer } from './view.js';
import { names, statusWord } from './words.js';

/** More do not fit a telephone: of many, those of the clock are left out first, then the oldest. */
const EVENTS_SHOWN = 10;

/** `said`: the words of the question, which may ask how often something was. With what the viewer can do. */
export function courseCard(on: RequestCase, said: string, viewer: Viewer): Card {
  const { request, policy, now } = on;
  const byPeople = request.events.filter(({ kind }) => kind !== 'escalated');
  const events = request.events.length > EVENTS_SHOWN ? byPeople : request.events;
  const text = (words: string): Block => ({ kind: 'text', text: words });
  return {
    title: `${request.number} 办理经过 · ${statusWord(request, policy)}`,
    blocks: [
      { kind: 'field', label: '请求单位', text: names(request.callers.map((it) => it.organization)) },
      { kind: 'field', label: '内容', text: request.text },
      ...(request.place ? [{ kind: 'field', label: '地点', text: request.place } as const] : []),
      ...(isEnded(request) ? [text(`这一件已经结束(${statusWord(request, policy)}),不需要再办理。`)] : []),
      ...(TIMES.test(said) ? [text(timesIn(on))] : []),
      ...absentIn(on, said).map(text),
      ...request.assignments
        .filter((part) => !isApproval(request, part))
        .map((part) => assignmentBlock(on, part, assignmentClock(on, part), null)),
      ...events.slice(-EVENTS_SHOWN).map((event) => text(eventLine(request, event, policy, now))),
    ],
    buttons: buttonsFor(on, viewer).filter(({ id }) => id !== 'req-timeline' || events.length > EVENTS_SHOWN),
  };
}

/** 这是第几回返工, 催过几次: how often each was. */
const TIMES = /第?几(?:次|回|遍)|多少(?:次|回|遍)/;
const COUNTED: readonly (readonly [EventKind, string])[] = [
  ['urged', '催办'],
  ['returned', '退回'],
  ['transferred', '转办'],
  ['extension-asked', '申请延期'],
  ['reopened', '重新办理'],
];
function timesIn({ request: { events } }: RequestCase): string {
  const counted = COUNTED.map(([kind, label]) => ({
    label,
    count: events.filter((event) => event.kind === kind).length,
  })).filter(({ count }) => count > 0);
  if (counted.length === 0) return '没有催办、退回、转办、延期或重新办理过。';
  return `共${counted.map(({ label, count }) => `${label} ${String(count)} 次`).join('、')}。`;
}

/** 督办提了没有: that nothing of the kind is there is said, and not left to be seen. */
const WHETHER = /(?:了|过)?(?:没(?:有)?|吗|么|不)[啊呀?\uff1f]?$|有没有|是不是/;
const ASKED: readonly (readonly [RegExp, string, (event: RequestEvent) => boolean])[] = [
  [/督[办查]/, '督办', ({ kind, facts }) => kind === 'urged' && facts?.['isDesk'] === true],
  [/催/, '催办', ({ kind }) => kind === 'urged'],
  [/退/, '退回', ({ kind }) => kind === 'returned'],
  [/转/, '转办', ({ kind }) => kind === 'transferred'],
  [/延期|宽限/, '申请延期', ({ kind }) => kind === 'extension-asked'],
  [/签/, '签收', ({ kind }) => kind === 'signed'],
  [/评价|打分/, '评价', ({ kind }) => kind === 'rated'],
];
function absentIn({ request: { events } }: RequestCase, said: string): string[] {
  if (!WHETHER.test(said)) return [];
  return ASKED.flatMap(([words, label, holds]) =>
    words.test(said) && !events.some(holds) ? [`办理经过里没有“${label}”的记录。`] : [],
  );
}
