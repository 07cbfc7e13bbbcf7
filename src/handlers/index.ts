/** The explicit binding of intents to handlers; `checkBinding` compares it with the folder of intents. */
import type { Handler } from '../core/types.js';
import { createAskResponsibility } from './ask_responsibility.js';
import { createComing } from './coming.js';
import { createCorrectAnswer } from './correct_answer.js';
import type { HandlerDeps } from './deps.js';
import { createHelp } from './help.js';
import { createListRows } from './list_rows.js';
import { createOutside } from './outside.js';

export function createHandlers(deps: HandlerDeps): Record<string, Handler> {
  return {
    ask_responsibility: createAskResponsibility(deps),
    list_rows: createListRows(deps),
    ask_policy: createOutside(deps, 'ask_policy'),
    off_topic: createOutside(deps, 'off_topic'),
    smalltalk: createOutside(deps, 'smalltalk'),
    help: createHelp(deps),
    correct_answer: createCorrectAnswer(deps),
    file_request: createComing(deps, 'file_request'),
    request_status: createComing(deps, 'request_status'),
    sign_request: createComing(deps, 'sign_request'),
    return_request: createComing(deps, 'return_request'),
    transfer_request: createComing(deps, 'transfer_request'),
    reply_request: createComing(deps, 'reply_request'),
    extend_request: createComing(deps, 'extend_request'),
    rate_request: createComing(deps, 'rate_request'),
    urge_request: createComing(deps, 'urge_request'),
    set_reminder: createComing(deps, 'set_reminder'),
    list_reminders: createComing(deps, 'list_reminders'),
    cancel_reminder: createComing(deps, 'cancel_reminder'),
    snooze_reminder: createComing(deps, 'snooze_reminder'),
    bind_identity: createComing(deps, 'bind_identity'),
    stats_report: createComing(deps, 'stats_report'),
  };
}
