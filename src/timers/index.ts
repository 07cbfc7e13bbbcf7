/** Each timer's handler, by the kind of the timer. */
import type { HandlerDeps } from '../handlers/deps.js';
import type { TimerHandler } from '../core/types.js';
import { createRequestTimer } from './request.js';
import { createReminderTimer, createOccurrenceTimer, createDeliveredTimer } from './reminder.js';
import { createNoticeTimer } from './notice.js';
import { createWatchDigest, WATCH_KIND } from './watch-digest.js';
import { createUnreachedTimer } from './unreached.js';
import { createUnreadTimer } from './unread.js';
import { createDigestTimer } from './digest.js';
import { EVALUATION_KIND } from '../handlers/shared/evaluation-told.js';
import { createEvaluationTimer } from './evaluation.js';
import { createEditionTimer } from './edition.js';
import { createEditionProgressTimer } from './edition-progress.js';
import { createSealTimer } from './seal.js';
import { createOperatorTimer } from './operator.js';
import { BIND_TIMERS } from '../handlers/shared/binding.js';
import { createBindCheckTimer, createBindExpiryTimer, createBindLookTimer } from './binding.js';
import { createHandoverTimer } from './handover.js';

/** By the kind of the timer. */
export const createTimers = (deps: HandlerDeps): Record<string, TimerHandler> => ({
  request: createRequestTimer(deps),
  [WATCH_KIND]: createWatchDigest(deps),
  // Of a time when each climb set one of its own.
  'county-digest': () => [],
  reminder: createReminderTimer(deps),
  occurrence: createOccurrenceTimer(deps),
  notice: createNoticeTimer(deps),
  delivered: createUnreachedTimer(deps, createDeliveredTimer(deps)),
  unread: createUnreadTimer(deps),
  digest: createDigestTimer(deps),
  [EVALUATION_KIND]: createEvaluationTimer(deps),
  edition: createEditionTimer(deps),
  'edition-progress': createEditionProgressTimer(deps),
  seal: createSealTimer(deps),
  operator: createOperatorTimer(deps),
  [BIND_TIMERS.checks]: createBindCheckTimer(deps),
  [BIND_TIMERS.looks]: createBindLookTimer(deps),
  [BIND_TIMERS.waits]: createBindExpiryTimer(),
  handover: createHandoverTimer(deps),
});
