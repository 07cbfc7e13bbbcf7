/** 提请裁定, 裁定, and the admission of a 交办. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec, type Said } from './shared/move.js';
import { byWords, needs, nothing, reasonBeside } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';
import { parseRuling } from '../nlu/ruling.js';
import type { Request } from '../core/request.js';
import type { RequestWorld } from '../requests/effects.js';

const askRuling: MoveSpec = {
  move: 'ask-ruling',
  isMeant: byWords('req-ask-ruling', /^(申请|提请)裁定/),
  missing: needs('请写明争议所在,供编办裁定。'),
  make: (said, { assignment }) => ({
    kind: 'ask-ruling',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已提请编办裁定。',
};

const admit: MoveSpec = {
  move: 'admit',
  isMeant: byWords('req-admit', /^(准予|同意)交办/),
  missing: nothing,
  make: (said, { assignment }) => ({
    kind: 'admit',
    ...(said.text.trim() && { text: said.text.trim() }),
    ...(assignment && { assignment }),
  }),
  done: '已准予交办。',
};

const refuseAdmission: MoveSpec = {
  move: 'refuse-admission',
  isMeant: byWords('req-no-admit', /^(不予|不准|不同意)交办/),
  missing: needs('请写明不予交办的理由。'),
  make: (said, { assignment }) => ({
    kind: 'refuse-admission',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已答复不予交办。',
};

const rulingIn = (text: string, { directory, policies }: RequestWorld) =>
  parseRuling(text, directory.mentions, policies.ruling.listOffice);

/** What was said, else what the 编办 answered the question, where that names who leads. */
function textOf({ text }: Said, { kind, events }: Request, world: RequestWorld): string {
  const answered = events.findLast((event) => event.kind === 'answered')?.text ?? '';
  const isKnown = kind === 'inquiry' && text.trim() === '' && rulingIn(answered, world).lead !== '';
  return isKnown ? answered : text.trim();
}

const rule: MoveSpec = {
  move: 'rule',
  isMeant: () => true,
  missing: (said, { world, request }) => {
    const text = textOf(said, request, world);
    const { lead, support, denied, others } = rulingIn(text, world);
    if (lead !== '') return reasonBeside(text, world) ? null : '请写明裁定的理由和依据。';
    const named = [...support, ...denied, ...others].length > 0;
    return named
      ? '没有看清由哪一个单位主办。请写成“由某单位主办,某单位协办”,并写明理由和依据。'
      : '请写明由哪个单位主办、哪些单位协办,以及理由和依据。';
  },
  make: (said, { world, request, assignment }) => {
    const text = textOf(said, request, world);
    const { lead, support } = rulingIn(text, world);
    return { kind: 'rule', lead, support, text, ...(assignment && { assignment }) };
  },
  done: '已裁定。',
};

export const createRuleRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'rule_request', [refuseAdmission, admit, askRuling, rule]);
