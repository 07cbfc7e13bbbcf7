/** 退回: with a reason that names a row or a fact. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { needs } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';

const asksWhy = needs('请写明退回理由:清单哪一项列明了其他单位,或者什么事实说明不属本单位职责。');
/** 这个退了吧, 给他们退回去: says that it is to go back, and not why. */
const ONLY_RETURN =
  /^(?:那|就|先|直接|麻烦|请|帮我?|给|把|我们?|俺们?|咱们?|这|个|件|单子?|它|[,\uff0c\s]){0,8}(?:退|打|给退)(?:回去?|掉|了|还|给)?(?:他们|人家|镇里|乡里|街道)?(?:去|了|吧|算了|得了|啊|[。!\uff01])*$/;

const giveBack: MoveSpec = {
  move: 'return',
  isMeant: () => true,
  missing: ({ text }) => asksWhy({ text: text.replace(ONLY_RETURN, '') }),
  make: (said, { assignment }) => ({
    kind: 'return',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已退回请求单位。',
};

export const createReturnRequest = (deps: HandlerDeps): Handler =>
  createAct(deps, 'return_request', [giveBack]);
