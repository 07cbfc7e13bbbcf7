/** 延期: asked for, granted, refused. */
import type { Handler } from '../core/types.js';
import { createAct } from './act.js';
import type { HandlerDeps } from './deps.js';
import { askExtension, grant, refuse } from './moves.js';

export const createExtendRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'extend_request', [refuse, grant, askExtension]);
