/** 评价: speed, handling, result and words. */
import type { Handler } from '../core/types.js';
import { createAct } from './act.js';
import type { HandlerDeps } from './deps.js';
import { rate } from './moves.js';

export const createRateRequest = (deps: HandlerDeps): Handler => createAct(deps, 'rate_request', [rate]);
