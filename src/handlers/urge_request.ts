/** 催办. */
import type { Handler } from '../core/types.js';
import { createAct } from './act.js';
import type { HandlerDeps } from './deps.js';
import { urge } from './moves.js';

export const createUrgeRequest = (deps: HandlerDeps): Handler => createAct(deps, 'urge_request', [urge]);
