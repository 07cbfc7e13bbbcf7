/** Timer `evaluation`: names what a running evaluation still waits for, to those who owe it. */
import type { TimerHandler } from '../core/types.js';
import type { HandlerDeps } from '../handlers/deps.js';
import { roundOf } from '../handlers/shared/evaluation-told.js';
import { requestWorldOf } from '../handlers/shared/requests.js';

export function createEvaluationTimer(deps: HandlerDeps): TimerHandler {
  return async ({ update, now, read }) => {
    const evaluation = await read.getEvaluation(String(update.timer.payload['id']));
    return evaluation ? roundOf(evaluation, requestWorldOf(deps), now) : [];
  };
}
