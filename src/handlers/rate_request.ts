/** 评价: speed, handling, result and words. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import type { HandlerDeps } from './deps.js';
import type { Filled, FormField } from '../core/form.js';
import { parseScores, type Scores } from '../nlu/slots.js';

const SCORED = [
  ['speed', '速度'],
  ['handling', '办理'],
  ['result', '结果'],
] as const;
const SCORES = ['5', '4', '3', '2', '1'].map((value) => ({ label: `${value} 分`, value }));

/** From the form: each is a digit from 1 to 5. */
function scoresOf(filled: Filled = {}): Scores | null {
  const { speed, handling, result, text = '' } = filled;
  if (!speed || !handling || !result) return null;
  return { speed: Number(speed), handling: Number(handling), result: Number(result), words: text };
}

const rate: MoveSpec = {
  move: 'rate',
  isMeant: () => true,
  missing: ({ text, filled }) =>
    (scoresOf(filled) ?? parseScores(text))
      ? null
      : '请评价:速度、办理、结果各 1 至 5 分(如“5 4 5 处置及时”),或直接回复“满意”“不满意”,可附说明。',
  form: {
    fields: () => [
      ...SCORED.map(([name, label]): FormField => ({
        ...{ kind: 'choice', name, label, isRequired: true },
        options: SCORES,
      })),
      { kind: 'words', name: 'text', label: '说明', isLong: true },
    ],
    wordsOf: ({ speed, handling, result, text = '' }) => `${speed} ${handling} ${result} ${text}`,
  },
  make: ({ text, filled }) => {
    const scores = scoresOf(filled) ?? parseScores(text);
    if (!scores) throw new Error('a rating without scores was not asked for');
    return { kind: 'rate', ...scores };
  },
  done: '已评价,感谢您的反馈。',
  isCalledByItself: true,
};

export const createRateRequest = (deps: HandlerDeps): Handler => createAct(deps, 'rate_request', [rate]);
