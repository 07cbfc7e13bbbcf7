/** 暂停计时 for material that the caller must supply, and its supply. */
import type { Handler } from '../core/types.js';
import { createAct } from './act.js';
import type { HandlerDeps } from './deps.js';
import { pause, resume } from './moves.js';

export const createPauseRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'pause_request', [pause, resume]);
