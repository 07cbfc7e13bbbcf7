/** 签收: the unit has seen the request and takes it. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { nothing } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';
import { isAck } from '../requests/move-words.js';

const sign: MoveSpec = {
  move: 'sign',
  isMeant: () => true,
  missing: nothing,
  make: (_, { assignment }) => ({ kind: 'sign', ...(assignment && { assignment }) }),
  done: '已签收。',
  isPlain: isAck,
};

export const createSignRequest = (deps: HandlerDeps): Handler => createAct(deps, 'sign_request', [sign]);
