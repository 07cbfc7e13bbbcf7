/** 催办. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { nothing } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';

const urge: MoveSpec = {
  move: 'urge',
  isMeant: () => true,
  missing: nothing,
  make: (said) => ({ kind: 'urge', ...(said.text.trim() && { text: said.text.trim() }) }),
  done: '已催办。',
};

export const createUrgeRequest = (deps: HandlerDeps): Handler => createAct(deps, 'urge_request', [urge]);
