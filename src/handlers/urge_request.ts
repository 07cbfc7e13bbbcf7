/** 催办; 请督办, once the time is over: the office that watches is asked as well. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { nothing } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';
import { caseOf } from '../requests/case.js';
import { isEscalation } from '../requests/move-table.js';
import { watchesOf } from '../requests/watching.js';

const urge: MoveSpec = {
  move: 'urge',
  isMeant: () => true,
  missing: nothing,
  make: (said, { ctx, world, request }) => {
    const text = said.text.trim();
    const isWatched = () => watchesOf(caseOf(request, world, ctx.now)).length > 0;
    const toDesk = isEscalation(text) && isWatched();
    return { kind: 'urge', ...(text && { text }), ...(toDesk && { toDesk }) };
  },
  done: ([act]) => {
    if (act?.kind !== 'urge' || !isEscalation(act.text ?? '')) return '已催办。';
    return act.toDesk === true
      ? '已催办,并已请督办过问。'
      : '已催办。现在还没有超过时限,超过时限仍未办理的会自动转督办。';
  },
};

export const createUrgeRequest = (deps: HandlerDeps): Handler => createAct(deps, 'urge_request', [urge]);
