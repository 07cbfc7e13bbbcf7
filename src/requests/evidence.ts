/** The evidence file of one request: what was asked, who was responsible by which row, who did what when, and how to check it. Pure. */
import { formatInstant } from '../calendar/local.js';
import { SAID, type Request } from '../core/request.js';
import { digestOf } from '../files/digest.js';
import { eventLine } from './events.js';
import type { Policy } from './policy.js';
import { sourceOf } from './view.js';
import { assignmentWord, names, statusWord } from './words.js';
import type { RecordLine } from '../core/store.js';

/** Whether each line of the course is what the record vouches for. Lines of the time before hashes were kept say nothing. */
function checkLine(request: Request, record: RecordLine[]): string {
  const said = record.filter(({ kind, data }) => kind === 'transition' && typeof data[SAID] === 'string');
  if (said.length < request.events.length)
    return `核对:办理经过 ${request.events.length} 条,其中 ${said.length} 条有台账校验值。`;
  const wrong = request.events.findIndex((event, i) => said[i]?.data[SAID] !== digestOf(event));
  return wrong === -1
    ? `核对:办理经过 ${request.events.length} 条与台账逐条一致。`
    : `核对:办理经过第 ${wrong + 1} 条与台账不符,内容被改动过,本件不作凭据。`;
}

/** Markdown in Chinese. `now` is the time of the export; dates carry their year. */
export function evidenceDocument(
  request: Request,
  record: RecordLine[],
  now: number,
  policy: Policy,
): string {
  const { number, evidence, callers, assignments, attachments } = request;
  // An instant of another year than any request's makes every date show its year.
  const at = (ms: number) => formatInstant(ms, 0);
  const units = (label: string, parts: { unit: string; duty: string }[]) =>
    parts.map(({ unit, duty }) => `- ${label}:${unit}${duty ? `——${duty}` : ''}`);
  return [
    `# ${policy.name} ${number}`,
    '',
    `- 状态:${statusWord(request, policy)}`,
    `- 请求单位:${names(callers.map((c) => c.organization))}`,
    `- 内容:${request.text}`,
    ...(request.place ? [`- 地点:${request.place}`] : []),
    ...attachments.map((a) => `- 附件:${a.name ?? a.kind}(${a.platform}:${a.id})`),
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
            `- 评价(${c.organization}):速度${c.rating.speed} 办理${c.rating.handling} 结果${c.rating.result} ${c.rating.words}`,
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
    checkLine(request, record),
    `导出时间:${at(now)}`,
  ].join('\n');
}
