/** 答复, 办结, 补充说明. */
import type { Handler } from '../core/types.js';
import { createAct } from './act.js';
import type { HandlerDeps } from './deps.js';
import { addNote, answer, conclude } from './moves.js';

export const createReplyRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'reply_request', [addNote, conclude, answer]);
