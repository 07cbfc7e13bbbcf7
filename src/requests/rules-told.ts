/** Who may do a move, by the table of permissions, and what terms mean, in lines for a phone. Pure. */
import { durationText } from './durations.js';
import { COUNTED_FROM } from './aspects-view.js';
import { MOVE_LABELS, type Move } from './moves.js';
import { PERMISSIONS } from './permissions.js';
import type { Policies } from './policy.js';
import type { RuleQuestion, Ruled } from './rules-asked.js';
import type { Situation } from './situations-asked.js';

export function ruleText(question: RuleQuestion, policies: Policies): string {
  switch (question.kind) {
    case 'who-may':
      return `${whoMay(question.of, policies)}${MORE[question.of] ?? ''}`;
    case 'terms':
      return question.of.map((of) => `· ${labelOf(of)}:${meaningOf(of, policies)}`).join('\n');
    case 'starts':
      return COUNTED_FROM;
    case 'situation':
      return situationText(question.of, policies);
    case 'late':
      return question.of === 'rate'
        ? `答复后${durationText(policies.call.autoConclude)}内没有评价的,自动办结;问题没有解决的,之后仍可“重新办理”。`
        : `超过时限没有签收、答复的,系统依次提醒经办人、代理人、单位负责人,再到督办(${policies.call.deadlineOffice}),也会告诉请求单位,并记为超时。您可以随时“催办”。`;
  }
}

function meaningOf(of: Ruled, policies: Policies): string {
  const meaning = MEANING[of] ?? whoMay(of, policies);
  const { extension } = policies.call;
  return of === 'grant-extension' && extension ? `${meaning}最多延${durationText(extension)}。` : meaning;
}

const labelOf = (of: Ruled): string => (of === 'watch' ? '督办' : of === 'confer' ? '会商' : MOVE_LABELS[of]);

function whoMay(of: Ruled, policies: Policies): string {
  const { listOffice, deadlineOffice } = policies.call;
  if (of === 'watch') return `督办、合并、拆分由督办(${deadlineOffice})办理。`;
  if (of === 'confer') return '会商由镇街、部门或编办提出,须写明请哪几家参加。';
  const who = [
    isOpen(of, 'caller') ? '请求单位(提出请求的一方)' : '',
    isOpen(of, 'assignee') ? '承办单位' : '',
    hasRole(of, 'list-office') ? `编办(${listOffice})` : '',
    hasRole(of, 'deadline-office') ? `督办(${deadlineOffice})` : '',
  ].filter(Boolean);
  return `${MOVE_LABELS[of]}由${who.join('或')}${who.length > 0 && /单位|一方/.test(who[0] ?? '') ? '的工作人员' : ''}办理,其他单位和人员不能代办。`;
}

/** The 编办 alone has a part of its own in what it calls or is asked. */
const isOpen = (move: Move, relation: 'caller' | 'assignee'): boolean =>
  PERMISSIONS[move].some((it) => it.relation === relation && it.role !== 'list-office');
const hasRole = (move: Move, role: 'list-office' | 'deadline-office'): boolean =>
  PERMISSIONS[move].some((it) => it.relation === 'any' && it.role === role);

/** What else is to know who asks who may. */
const MORE: Partial<Record<Ruled, string>> = {
  rule: '请求单位、承办单位认为责任不清的,可以“提请裁定”。',
  'grant-extension': '承办单位提出“申请延期”并写明理由,同意之前仍按原时限。',
  rate: '承办单位答复后才能评价。',
  sign: '长时间没有签收的,可以“催办”,系统也会按时限逐级提醒。',
};

const MEANING: Partial<Record<Ruled, string>> = {
  sign: '承办单位收下这一件、开始办理;不影响答复时限的起算。',
  answer: '承办单位把办理结果告诉请求单位,等请求单位评价。',
  return:
    '承办单位认为不是本单位的事,写明理由(清单依据或具体事实),退给请求单位;由请求单位另选单位、提请裁定或撤回。',
  transfer: '直接送到另一个单位继续办,须写明转给谁和理由;接手的单位不能再往外转。',
  'grant-extension': '承办单位在到期前申请晚几天答复,请求单位或督办同意后才算数;每家只能申请一次。',
  pause: '等请求单位补材料时停止计时,补齐后接着算。',
  withdraw: '请求单位不再需要办理,把请求收回;仍需办理的,可以重新提交。',
  rate: '请求单位在答复后打分(速度、办理、结果),满意的随之办结。',
  conclude: '事情办好,请求结束;没有评价的到期自动办结。',
  'close-unsolved': '目前确实解决不了,写明原因后结束;以后可以重新办理。',
  reopen: '办结后问题没有解决的,请求单位要求再办。',
  'add-support': '主办单位不变,请别的单位一起配合;各自签收、答复。',
  rule: '责任不清时由编办决定由谁负责。',
  urge: '请求单位提醒承办单位尽快签收、答复。',
  confer: '一件事请几家单位一起商量,各家分别答复。',
  watch: '督办部门直接过问、限时要求说明;几件同一事的合并、拆分也由督办办理。',
};

function situationText(of: Situation, { call }: Policies): string {
  const { listOffice, deadlineOffice, clocks } = call;
  const within = (clock: 'sign' | 'answer') =>
    `一般的${durationText(clocks.normal[clock])}内,紧急的${durationText(clocks.urgent[clock])}内`;
  switch (of) {
    case 'assigned':
      return `督办(${deadlineOffice})指定主办后,被指定的单位不能退回或转办,要先办理;认为责任不清的,可以提请编办(${listOffice})裁定。`;
    case 'returned-twice':
      return `同一件第二次被退回的,系统自动提请编办(${listOffice})裁定由谁负责;裁定后不能再退回。第二次退回要写明清单事项或具体事实。`;
    case 'twice':
      return '提交前查到相近的在办请求会提示,可以选择并入,不重复办理;已经分别提交的,由督办合并,后提交的并入先提交的。';
    case 'unsolved':
      return '目前确实解决不了的,由请求单位或督办写明原因,作“未解决结案”:不是办好,也不算差评;以后有条件了,在规定期限内可以重新办理。';
    case 'not-done':
      return `答复说办好、实际没有办好的,请求单位可以“重新办理”,写明还有什么没解决;也可以如实评价。要督促的,可以“催办”或请督办(${deadlineOffice})过问。`;
    case 'no-pause':
      return '不能。暂停计时只用于等请求单位补充材料;人手、天气等原因来不及的,请在到期前“申请延期”,写明理由。';
    case 'approval':
      return call.approval
        ? `要先经本单位负责人同意,系统会自动送其审批;急事${call.approval.urgent === 'skip' ? '可以直接送出' : '也要先同意'}。`
        : '不用。核对无误后点“提交”直接送承办单位,不需要负责人先同意;本单位内部有规定的从其规定。';
    case 'moved-away':
      return '件是派给单位的,不随人走:人员调走后,他手上没办完的自动交回本单位,由单位确定接手的同事,点“签收”接着办,时限不变。';
    case 'appeal':
      return '可以。对评价期的评分有异议的,由被评价单位或其主管部门在申诉期内提出申诉,写明理由和事实,由督办核实决定;每项评分申诉一次。';
    case 'merge':
      return `几件是同一事的,由督办(${deadlineOffice})合并,后提交的并入先提交的;合错了可以再拆分。您可以把两件的编号告诉督办。`;
    case 'sign-within':
      return `乡呼县应的请求,从送到承办单位起,${within('sign')}签收。`;
    case 'answer-within':
      return `乡呼县应的请求,${within('answer')}答复。${COUNTED_FROM}`;
  }
}
