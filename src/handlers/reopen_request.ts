/** 重新办理: what was answered is not solved. */
import type { Handler } from '../core/types.js';
import { createAct } from './act.js';
import type { HandlerDeps } from './deps.js';
import { reopen } from './moves.js';

export const createReopenRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'reopen_request', [reopen]);
