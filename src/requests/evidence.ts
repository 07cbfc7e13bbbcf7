/** The evidence file of one request: what was asked, who was responsible by which row, who did what when, and how to check it. Pure. */
import { formatInstant } from '../calendar/local.js';
import type { Request } from '../core/request.js';
import type { RecordLine } from '../core/store.js';
import { changedPart, vouchedBy } from '../files/vouched.js';
import { eventLine } from './events.js';
import type { Policy } from './policy.js';
import { sourceOf } from './view.js';
import { assignmentWord, names, statusWord } from './words.js';

/**
 * What the record says of the request: `isHeld` where it vouches for anything, `changed` the part that is not what it
 * vouches for (`files/vouched.ts`).
 */
type Check = { record: readonly RecordLine[]; isHeld: boolean; changed: string | null };

/** `request` whole, and all the lines that the record has of it. */
export function checkOf(request: Request, record: readonly RecordLine[]): Check {
  const vouched = vouchedBy(record);
  return { record, isHeld: vouched.states.length > 0, changed: changedPart(request, vouched) };
}

function checkLine({ events }: Request, { isHeld, changed }: Check): string {
  if (changed !== null) return `核对:${changed}与台账不符,内容被改动过,本件不作凭据。`;
  if (!isHeld) return '核对:台账中没有这件请求的校验值(早期记录),本件内容未经核对。';
  return `核对:正文、地点、依据、评价、办理单和办理经过 ${events.length} 条与台账一致。`;
}

/** Markdown in Chinese. `request` as its reader may see it; `now` is the time of the export; dates carry their year. */
export function evidenceDocument(request: Request, check: Check, now: number, policy: Policy): string {
  const { record } = check;
  const { number, evidence, callers, assignments, attachments } = request;
  // An instant of another year than any request's makes every date show its year.
  const at = (ms: number) => formatInstant(ms, 0);
  const units = (label: string, parts: { unit: string; duty: string }[]) =>
    parts.map(({ unit, duty }) => `- ${label}:${unit}${duty ? `——${duty}` : ''}`);
  return [
    `# ${policy.name} ${number}`,
    '',
    // Whoever opens it reads that first.
    ...(check.changed === null ? [] : [`**${checkLine(request, check)}**`, '']),
    `- 状态:${statusWord(request, policy)}`,
    `- 请求单位:${names(callers.map((c) => c.organization))}`,
    `- 内容:${request.text}`,
    ...(request.place ? [`- 地点:${request.place}`] : []),
    ...attachments.map(
      (a) =>
        `- 附件:${a.name ?? a.kind}(${a.platform}:${a.id})${a.sha256 === undefined ? '' : ` 原件校验值 ${a.sha256}`}`,
    ),
    '',
    '## 清单依据(提交时的版本)',
    '',
    ...(evidence
      ? [
          sourceOf(evidence),
          '',
          ...units('主体责任', evidence.lead),
          ...units('配合责任', evidence.support),
          ...evidence.basis.map((b) => `- 法律依据:${b}`),
        ]
      : ['提交时没有引用清单事项。']),
    '',
    '## 办理单',
    '',
    ...assignments.map(
      (a) =>
        `- ${a.id} ${a.organization}(${a.role === 'lead' ? '主办' : '协办'}):${assignmentWord(request, a)}`,
    ),
    '',
    '## 办理经过',
    '',
    ...request.events.map((event) => `- ${eventLine(request, event, policy, 0)}`),
    ...callers.flatMap((c) =>
      c.rating
        ? [
            `- 评价(${c.organization}):速度${c.rating.speed}分 办理${c.rating.handling}分 结果${c.rating.result}分 ${c.rating.words}`,
          ]
        : [],
    ),
    '',
    '## 台账记录',
    '',
    ...(record.length > 0
      ? [
          '每行是台账的一条:序号、时间、动作、散列值。可用 npm run verify-log 核对整本台账。',
          '',
          ...record.map(
            (line) =>
              `- ${line.seq} ${at(line.at)} ${line.kind} ${String(line.data['event'] ?? line.data['act'] ?? '')} ${line.hash}`,
          ),
        ]
      : ['台账中没有这件请求的记录。']),
    '',
    checkLine(request, check),
    `导出时间:${at(now)}`,
  ].join('\n');
}
