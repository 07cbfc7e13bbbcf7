/** One line of a request's log as people read it: when, who, what. Pure. */
import { formatInstant } from '../calendar/local.js';
import { ADOPTIONS, type EventKind, type Request, type RequestEvent } from '../core/request.js';
import { ADOPTION_LABELS } from './adoption.js';
import type { Policy } from './policy.js';

const VERBS: Record<EventKind, string> = {
  filed: '提交',
  joined: '加入',
  approved: '同意上报',
  'approval-refused': '不同意上报',
  admitted: '准予交办',
  'admission-refused': '不予交办',
  signed: '签收',
  answered: '答复',
  returned: '退回',
  transferred: '转办',
  'support-added': '请求协办',
  'extension-asked': '申请延期',
  'extension-granted': '同意延期',
  'extension-refused': '不同意延期',
  paused: '请求补充材料,计时暂停',
  resumed: '计时恢复',
  urged: '催办',
  'ruling-asked': '提请编办裁定',
  ruled: '裁定',
  noted: '补充说明',
  rated: '评价',
  concluded: '办结',
  'closed-unsolved': '未解决结案',
  reopened: '重新办理',
  withdrawn: '撤回',
  escalated: '提醒',
  unreached: '未送达',
  'handed-over': '交接',
  'lead-assigned': '指定主办',
  'ruling-corrected': '更正裁定',
  'ruling-withdrawn': '撤销裁定',
  merged: '合并',
  split: '拆分',
};

const LEVELS: Record<string, string> = {
  person: '经办人',
  deputy: '代理人',
  head: '单位负责人',
  'deadline-office': '督办',
  'county-leader': '县领导',
  caller: '请求单位',
};

/** `11月25日(周三)09:30 县水利局 李四 签收`. */
export function eventLine(request: Request, event: RequestEvent, policy: Policy, now: number): string {
  const { at, by, kind, text, attachments = [] } = event;
  const who = by ? `${by.organization} ${by.name}` : '系统';
  const move = LABELED[kind];
  const verb =
    event.facts?.['isProgress'] === true
      ? '报告进展'
      : event.facts?.['isDesk'] === true
        ? '督办'
        : ((move && policy.texts.labels[move]) ?? VERBS[kind]);
  const what = [`${verb}${event.facts?.['isLate'] === true ? '(已超过时限)' : ''}`, detail(request, event)]
    .filter(Boolean)
    .join(' ');
  const files = attachments.length > 0 ? `(附件 ${attachments.length} 个)` : '';
  return `${formatInstant(at, now)} ${who} ${what}${text && kind !== 'filed' ? `:${text}` : ''}${files}`;
}

/** Events whose kind of request may have a word of its own. */
const LABELED: Partial<Record<EventKind, 'sign' | 'answer' | 'rule'>> = {
  signed: 'sign',
  answered: 'answer',
  ruled: 'rule',
};

function detail(request: Request, { kind, at, facts = {}, made = [] }: RequestEvent): string {
  const fact = (key: string): string => (facts[key] === undefined ? '' : String(facts[key]));
  switch (kind) {
    case 'transferred':
    case 'support-added':
    case 'lead-assigned':
      return fact('to');
    case 'merged':
      return facts['into'] === undefined
        ? `并入 ${fact('from')}(${fact('callers')})`
        : `并入 ${fact('into')}`;
    case 'split':
      return `拆出 ${fact('from')}(${fact('callers')})`;
    case 'answered':
      return [
        ADOPTIONS.flatMap((it) => (facts['adopted'] === it ? ADOPTION_LABELS[it] : [])).join(''),
        facts['consent'] === undefined ? '' : facts['consent'] === true ? '同意' : '不同意',
        facts['absent'] === undefined ? '' : `(协办未参加:${fact('absent')})`,
      ].join('');
    case 'ruled':
    case 'ruling-corrected':
      return [`${fact('lead')}主办`, fact('support') && `${fact('support')}协办`].filter(Boolean).join(',');
    case 'extension-asked':
      return typeof facts['untilAt'] === 'number' ? `至${formatInstant(facts['untilAt'], at)}` : '';
    case 'rated':
      return `速度${fact('speed')}分 办理${fact('handling')}分 结果${fact('result')}分`;
    case 'escalated':
      return LEVELS[fact('to')] ?? '';
    case 'filed':
    case 'approved':
    case 'admitted': {
      const units = request.assignments.filter(({ id }) => made.includes(id)).map((a) => a.organization);
      return units.length > 0 ? `送${units.join('、')}` : '';
    }
    default:
      return '';
  }
}
