/** 签收: the unit has seen the request and takes it. */
import type { Handler } from '../core/types.js';
import { createAct } from './act.js';
import type { HandlerDeps } from './deps.js';
import { sign } from './moves.js';

export const createSignRequest = (deps: HandlerDeps): Handler => createAct(deps, 'sign_request', [sign]);
