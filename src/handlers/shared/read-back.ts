/** A move read back before it is made: in one line, with every name that will be stored. Pure. */
import { ADOPTION_LABELS } from '../../requests/adoption.js';
import type { Card } from '../../core/card.js';
import { isConfidential, type Request } from '../../core/request.js';
import { readableFor } from '../../requests/confidential.js';
import { labelOf, leadOf } from '../../requests/words.js';
import { formatInstant } from '../../calendar/local.js';
import { parseRuling } from '../../nlu/ruling.js';
import type { RequestWorld } from '../../requests/effects.js';
import { rulingInForce } from '../../requests/log.js';
import { isBinding } from '../../requests/move-words.js';
import { MOVE_LABELS, type Act, type Actor, type Move } from '../../requests/moves.js';
import { isByDesk } from '../../requests/permissions.js';
import { shorten } from '../../text/shorten.js';
import { tokenOf } from '../../text/token.js';

export type ReadBack = { request: Request; acts: Act[]; world: RequestWorld; actor: Actor; now: number };

/** `将裁定:主办 县水利局;县住房和城乡建设局不承担。确认?` */
export function sentenceOf({ request, acts, world, actor, now }: ReadBack): string {
  const released = acts.find(({ kind }) => kind === 'add-support' && isConfidential(request));
  const which = `${request.number}“${released ? readableFor(request, '', false).text : shorten(request.text, 30)}”`;
  const what = acts
    .map((act) =>
      act.kind === 'urge' && isByDesk({ actor, request })
        ? `督办${quoted(act.text ?? '')}`
        : detailOf(act, request, world, now),
    )
    .join(',并');
  const lead = leadOf(request);
  const isRuled = acts.some(({ kind }) => kind === 'rule' || kind === 'correct-ruling');
  const place = isRuled || lead === '' ? '' : `(${lead})`;
  const forGood = released ? '对方看到反映的内容,看不到反映人和附件;通报后不能收回。' : '';
  return `${which}${place}:将${what}。${forGood}确认?`;
}

const quoted = (text: string): string => (text ? `:${shorten(text, 60)}` : '');

function detailOf(act: Act, request: Request, world: RequestWorld, now: number): string {
  switch (act.kind) {
    case 'rule': {
      const { denied } = parseRuling(act.text, world.directory.mentions, world.policies.ruling.listOffice);
      return [
        `裁定:主办 ${act.lead}`,
        ...(act.support.length > 0 ? [`协办 ${act.support.join('、')}`] : ['没有协办单位']),
        ...(denied.length > 0 ? [`${denied.join('、')}不承担`] : []),
      ].join(';');
    }
    case 'correct-ruling': {
      const before = rulingInForce(request)?.facts?.['lead'];
      return [
        `更正裁定:原裁定${String(before ?? '')}主办,改为主办 ${act.lead}`,
        act.support.length > 0 ? `协办 ${act.support.join('、')}` : '没有协办单位',
      ].join(';');
    }
    case 'withdraw-ruling':
      return `撤销裁定(${String(rulingInForce(request)?.facts?.['lead'] ?? '')}主办)${quoted(act.reason)}`;
    case 'assign-lead':
      return `指定${act.to}主办${quoted(act.reason)}`;
    case 'rate':
      return `评价:速度 ${act.speed} 分、办理 ${act.handling} 分、结果 ${act.result} 分`;
    case 'answer':
      if (act.consent !== undefined) return `答复:${act.consent ? '同意' : '不同意'}${quoted(act.text)}`;
      if (act.adopted !== undefined) return `答复:${ADOPTION_LABELS[act.adopted]}${quoted(act.text)}`;
      return `作为正式答复提交${quoted(act.text)}`;
    case 'transfer':
      return `转给${act.to}${quoted(act.reason)}`;
    case 'add-support':
      return isConfidential(request)
        ? `通报${act.organization}${quoted(act.reason)}`
        : `请${act.organization}协办${quoted(act.reason)}`;
    case 'ask-extension':
      return `申请延期${act.untilAt === undefined ? '' : `至${formatInstant(act.untilAt, now)}`}${quoted(act.reason)}`;
    case 'grant-extension': {
      const asked = request.events.findLast(({ kind }) => kind === 'extension-asked');
      const until = asked?.facts?.['untilAt'];
      return `同意${asked?.by?.organization ?? ''}延期${typeof until === 'number' ? `至${formatInstant(until, now)}` : ''}`;
    }
    case 'refuse-extension':
    case 'refuse-approval':
    case 'refuse-admission':
    case 'return':
    case 'pause':
    case 'reopen':
    case 'close-unsolved':
    case 'withdraw':
    case 'ask-ruling':
      return `${MOVE_LABELS[act.kind]}${quoted(act.reason)}`;
    case 'urge':
      return `${MOVE_LABELS.urge}${act.toDesk === true ? ',并请督办过问' : ''}`;
    case 'conclude':
      return `${MOVE_LABELS.conclude}${quoted(act.text ?? '')}`;
    case 'resume':
      return `${MOVE_LABELS.resume}${quoted(act.text)}`;
    case 'note':
      return `补充说明${quoted(act.text)}`;
    case 'escalate':
    case 'auto-conclude':
    case 'end-pause':
    case 'unreached':
    case 'hand-over':
      throw new Error(`${act.kind} is of the clock`);
    default:
      return MOVE_LABELS[act.kind];
  }
}

/** The value of the button: of this sentence and no other. */
export const valueOf = (request: Request, sentence: string): string =>
  `${request.number} ${tokenOf(sentence)}`;

export const readBackCard = (intent: string, move: Move, on: ReadBack): Card => {
  const sentence = sentenceOf(on);
  const label = move === 'urge' && isByDesk(on) ? '督办' : labelOf(move, on.world.policies[on.request.kind]);
  return {
    title: `请核对:${label}`,
    blocks: [{ kind: 'text', text: `${sentence}(回复“取消”可放弃)` }],
    buttons: [
      {
        id: `confirm-${intent.replace('_request', '')}`,
        label: '确认',
        value: valueOf(on.request, sentence),
        style: 'primary',
      },
    ],
  };
};

const OVERRULING: ReadonlySet<Act['kind']> = new Set(['correct-ruling', 'withdraw-ruling', 'assign-lead']);

export type Doubts = {
  /** By a button, or by a command with a number. */
  isSure: boolean;
  /** The words fit this request and no other. */
  isCertain: boolean;
  /** The words name what is to be done. */
  isNamed: boolean;
};

/** Nothing that binds others is concluded from words alone, nor anything from words that could mean something else. */
export function mustReadBack({ request, acts, world }: ReadBack, doubts: Doubts): boolean {
  const { isSure, isCertain, isNamed } = doubts;
  return acts.some((act) => {
    // Whoever has read of a complaint cannot unread it.
    if (act.kind === 'add-support' && isConfidential(request)) return true;
    if (act.kind === 'rule') {
      // It was an answer to one, and would be cited to all.
      if (request.kind === 'inquiry') return true;
      const { listOffice } = world.policies.ruling;
      return !isSure || !parseRuling(act.text, world.directory.mentions, listOffice).isPlain;
    }
    // What overrules others is read back however it was said.
    if (OVERRULING.has(act.kind)) return true;
    if (isSure) return false;
    return (
      isBinding(act.kind as Move) ||
      (act.kind === 'answer' && (act.consent !== undefined || act.adopted !== undefined)) ||
      !isCertain ||
      !isNamed
    );
  });
}
