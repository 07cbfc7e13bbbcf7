/** 转办 to another unit, 协办 by a further one. */
import type { Handler } from '../core/types.js';
import { createAct } from './act.js';
import type { HandlerDeps } from './deps.js';
import { addSupport, transfer } from './moves.js';

export const createTransferRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'transfer_request', [addSupport, transfer]);
