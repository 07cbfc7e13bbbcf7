/** 重新办理: what was answered is not solved. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { needs } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';

const reopen: MoveSpec = {
  move: 'reopen',
  isMeant: () => true,
  missing: needs('请写明哪里没有解决。'),
  make: (said) => ({ kind: 'reopen', reason: said.text.trim() }),
  done: '已重新交办,时限从现在起算。',
};

export const createReopenRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'reopen_request', [reopen]);
