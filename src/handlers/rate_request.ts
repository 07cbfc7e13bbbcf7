/** 评价: speed, handling, result and words. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import type { HandlerDeps } from './deps.js';
import { parseScores } from '../nlu/slots.js';

const rate: MoveSpec = {
  move: 'rate',
  isMeant: () => true,
  missing: ({ text }) =>
    parseScores(text)
      ? null
      : '请评价:速度、办理、结果各 1 至 5 分(如“5 4 5 处置及时”),或直接回复“满意”“不满意”,可附说明。',
  make: ({ text }) => {
    const scores = parseScores(text);
    if (!scores) throw new Error('a rating without scores was not asked for');
    return { kind: 'rate', ...scores };
  },
  done: '已评价,感谢您的反馈。',
  isCalledByItself: true,
};

export const createRateRequest = (deps: HandlerDeps): Handler => createAct(deps, 'rate_request', [rate]);
