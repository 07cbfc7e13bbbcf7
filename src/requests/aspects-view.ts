/** One side of a case, in lines for a phone: who has it, which units, until when, why, what each unit said. Pure. */
import type { Block, Card } from '../core/card.js';
import { isRestricted, type Assignment, type Request } from '../core/request.js';
import { recipientsOf } from '../organizations/recipients.js';
import type { RequestCase } from './case.js';
import { assignmentBlock, assignmentClock } from './view.js';
import { dueCard, whyDueCard } from './explain.js';
import { eventLine } from './events.js';
import { activeOf, currentLead, isApproval, rulingInForce, signerOf } from './log.js';
import { asksExtended, reasonsAsked, toldKinds, type CaseAspect } from './questions.js';
import { DIRECT_MAX, reachOf, WAY_WORDS, type Reaching } from './reach.js';
import { hintsOf } from './routing.js';
import { briefOf, names, statusWord } from './words.js';

/** A case, and what it takes to say who is written to. */
export type CaseAsked = RequestCase & Pick<Reaching, 'directory' | 'platforms'>;

const text = (said: string): Block => ({ kind: 'text', text: said });
const REASONS_SHOWN = 3;
const BRIEF = 24;

/** All but the whole of it (course-view.ts). */
export type SideAspect = Exclude<CaseAspect, 'course'>;

/** `said`: the words of the question, of which a reason and an extension are read. */
export function aspectCard(aspect: SideAspect, on: CaseAsked, said: string): Card {
  const { request, policy } = on;
  const head = { title: `${request.number} ${TITLES[aspect]} · ${statusWord(request, policy)}`, buttons: [] };
  const matter = { kind: 'field', label: '内容', text: briefOf(request, policy, BRIEF) } as const;
  switch (aspect) {
    case 'who':
      return { ...head, blocks: [matter, ...partsOf(request).map((part) => holderBlock(part, on))] };
    case 'unit':
      return FILED.test(said)
        ? { ...head, title: head.title.replace(TITLES.unit, '谁报的'), blocks: [matter, ...filedBlocks(on)] }
        : { ...head, blocks: [matter, ...unitBlocks(on)] };
    case 'why':
      return { ...head, blocks: [matter, ...reasonBlocks(on, said)] };
    case 'told':
      return { ...head, blocks: [matter, ...toldBlocks(on, said)] };
    case 'answers':
      return { ...head, blocks: [matter, ...answerBlocks(on)] };
    case 'due': {
      const card = dueCard(on);
      return asksExtended(said) ? { ...card, blocks: [...extensionBlocks(on), ...card.blocks] } : card;
    }
    case 'starts': {
      const card = whyDueCard(on);
      return { ...card, blocks: [text(COUNTED_FROM), ...card.blocks] };
    }
  }
}

const TITLES: Readonly<Record<SideAspect, string>> = {
  ...{ who: '谁在办', unit: '承办单位', due: '时限', why: '原因', answers: '答复情况', starts: '时限怎么算' },
  told: '说了什么',
};

/** By `answerParts` (clock.ts): the unit's clock begins when the case is given to it, whoever signs and when. */
export const COUNTED_FROM = '不是从签收时算:签收、答复的时限都从送到承办单位时起算,签收早晚不改变答复时限。';

/** Those that are worked on; where none is, the one that leads. */
function partsOf(request: Request): Assignment[] {
  const active = activeOf(request);
  const lead = currentLead(request);
  return active.length > 0 ? active : lead ? [lead] : [];
}

function holderBlock(part: Assignment, on: CaseAsked): Block {
  const { request } = on;
  const signer = signerOf(request, part.id);
  const told = part.status === 'waiting' ? toldText(part, on) : '';
  const signed = signer && !isRestricted(request) ? `${signer.name}签收` : '';
  return {
    kind: 'field',
    label: part.organization,
    text: [PART[part.status], signed, told].filter(Boolean).join(','),
  };
}
const PART: Readonly<Record<Assignment['status'], string>> = {
  ...{ waiting: '还没有签收', signed: '办理中', answered: '已答复' },
  ...{ returned: '已退回', transferred: '已转办', closed: '已结束' },
};

/** Whom it was written to; of what speaks of people nobody is named. */
function toldText({ organization }: Assignment, on: CaseAsked): string {
  const { request, directory, policy } = on;
  if (isRestricted(request)) return '';
  const { way } = reachOf(organization, on);
  if (way === null) return '没有送达,请另行电话联系';
  if (way !== 'person') return `已发到${WAY_WORDS[way]}`;
  const people = recipientsOf(organization, directory, way, hintsOf(request, organization, policy));
  return `已发给${names(people.slice(0, DIRECT_MAX).map(({ name }) => name))}`;
}

function unitBlocks(on: CaseAsked): Block[] {
  const { request, policy, now } = on;
  const callers = names(request.callers.map(({ organization }) => organization));
  const ruled = rulingInForce(request);
  return [
    ...(ruled ? [text(eventLine(request, ruled, policy, now))] : []),
    ...request.assignments
      .filter((part) => !isApproval(request, part))
      .map((part) => assignmentBlock(on, part, assignmentClock(on, part), null)),
    { kind: 'field', label: '请求单位', text: callers },
  ];
}

/** Of whom, and by whom. */
const filedBlocks = ({ request, policy, now }: CaseAsked): Block[] => [
  { kind: 'field', label: '请求单位', text: callersOf(request) },
  ...request.events.slice(0, 1).map((event) => text(eventLine(request, event, policy, now))),
];

const reasonBlocks = (on: CaseAsked, said: string): Block[] => eventBlocks(on, reasonsAsked(said));
/** What was said last, in full. */
const toldBlocks = (on: CaseAsked, said: string): Block[] => eventBlocks(on, toldKinds(said));

function eventBlocks({ request, policy, now }: CaseAsked, kinds: readonly string[]): Block[] {
  const told = request.events.filter(({ kind }) => kinds.includes(kind)).slice(-REASONS_SHOWN);
  if (told.length > 0) return told.map((event) => text(eventLine(request, event, policy, now)));
  return [
    text('办理经过里没有这样的记录。'),
    ...request.events.slice(-1).map((event) => text(eventLine(request, event, policy, now))),
  ];
}

/** What was asked for, granted or not, and what the unit added to it. */
function extensionBlocks({ request, policy, now }: CaseAsked): Block[] {
  const asked = request.events.findIndex(({ kind }) => kind === 'extension-asked');
  if (asked < 0) return [text('没有申请过延期。')];
  return request.events
    .slice(asked)
    .filter(({ kind }) => kind === 'noted' || kind.startsWith('extension-'))
    .map((event) => text(eventLine(request, event, policy, now)));
}

function answerBlocks({ request, policy, now }: CaseAsked): Block[] {
  return request.assignments
    .filter((part) => !isApproval(request, part) && part.status !== 'transferred')
    .map((part) => {
      const said = request.events.findLast(
        ({ kind, assignment }) => assignment === part.id && (kind === 'answered' || kind === 'returned'),
      );
      if (said) return text(eventLine(request, said, policy, now));
      // 明早去拖: told on the way, and no answer yet.
      const told = request.events.findLast(
        ({ kind, assignment, text: words }) => assignment === part.id && kind !== 'escalated' && words,
      );
      const line = told ? `。${eventLine(request, told, policy, now)}` : '';
      return { kind: 'field', label: part.organization, text: `${PART[part.status]},还没有答复${line}` };
    });
}

/** 都是哪个乡镇报的. */
const FILED = /(?:报|提交?|反映|呼叫)(?:上来)?的/;
const callersOf = ({ callers }: Request): string => names(callers.map(({ organization }) => organization));
const holdersOf = (request: Request): string =>
  partsOf(request)
    .map((part) => `${part.organization}(${PART[part.status]})`)
    .join('、');

/** Several at once: a line for each, of who has it. */
export function severalCard(cases: readonly CaseAsked[], said = ''): Card {
  const isOfCallers = FILED.test(said);
  return {
    title: `${isOfCallers ? '请求单位' : '承办单位'} · ${cases.length} 件`,
    blocks: cases.map((on) =>
      text(
        `${on.request.number} ${briefOf(on.request, on.policy, BRIEF)}:${isOfCallers ? callersOf(on.request) : holdersOf(on.request)}`,
      ),
    ),
    buttons: cases.map(({ request: { number } }) => ({ id: 'req-show', label: number, value: number })),
  };
}
