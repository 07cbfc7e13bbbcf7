/** The explicit binding of intents to handlers; `checkBinding` compares it with the folder of intents. */
import type { z } from 'zod';
import type { Handler } from '../core/types.js';
import { ASK_SERVICE_REPLIES, createAskService } from './ask_service.js';
import { ASK_COMPLAINT_REPLIES, createAskComplaint } from './ask_complaint.js';
import { ASK_STAFFING_REPLIES, createAskStaffing } from './ask_staffing.js';
import { ASK_RESPONSIBILITY_REPLIES, createAskResponsibility } from './ask_responsibility.js';
import { createStatsReport, STATS_REPLIES } from './stats_report.js';
import { CORRECT_ANSWER_REPLIES, createCorrectAnswer } from './correct_answer.js';
import type { HandlerDeps } from './deps.js';
import { createFileRequest } from './file_request.js';
import { createRuleRequest } from './rule_request.js';
import { createAssignRequest } from './assign_request.js';
import { createMergeRequest } from './merge_request.js';
import { createSaidOfCase } from './said_of_case.js';
import { createSetReminder } from './set_reminder.js';
import { createPastedNotice } from './pasted_notice.js';
import { createAnswerNotice } from './answer_notice.js';
import { createListReminders } from './list_reminders.js';
import { createCancelReminder } from './cancel_reminder.js';
import { createSnoozeReminder } from './snooze_reminder.js';
import { createListDuties } from './list_duties.js';
import { createSubscribeDuty } from './subscribe_duty.js';
import { createListMeasures } from './list_measures.js';
import { createRegisterMeasure } from './register_measure.js';
import { createUpdateMeasure } from './update_measure.js';
import { createQuietHours } from './quiet_hours.js';
import { createDutyRoster } from './duty_roster.js';
import { createImportMeasures } from './import_measures.js';
import { createImportLists } from './import_lists.js';
import { createPhrasings } from './phrasings.js';
import { createListEditions } from './list_editions.js';
import { BIND_IDENTITY_REPLIES, createBindIdentity } from './bind_identity.js';
import { CHAT_EVENT_REPLIES, createChatEvent } from './chat_event.js';
import { createInvitePeople, INVITE_PEOPLE_REPLIES } from './invite_people.js';
import { REVIEW_NOTES_REPLIES, createReviewNotes } from './review_notes.js';
import { createUnitEvaluation } from './unit_evaluation.js';
import { HELP_REPLIES, createHelp } from './help.js';
import { LATE_MESSAGE_REPLIES, createLateMessage } from './late_message.js';
import { LIST_ROWS_REPLIES, createListRows } from './list_rows.js';
import {
  OFF_TOPIC_REPLIES,
  OUTSIDE_REPLIES,
  SMALLTALK_REPLIES,
  createOffTopic,
  createOutside,
  createSmalltalk,
} from './outside.js';
import {
  BindFlow,
  CancelFlow,
  DraftFlow,
  EvaluationFlow,
  MeasureFlow,
  MergeFlow,
  NoticeFlow,
  MoveFlow,
  PastedFlow,
  RegisterFlow,
  ReminderFlow,
  ReviewFlow,
  SaidFlow,
  SnoozeFlow,
} from './shared/flow-shapes.js';
import { REQUEST_ACTS } from './shared/request-acts.js';
import { withReadableFlow } from './shared/flows.js';
import { STALE_REPLIES, createStale } from './stale.js';

/** Moves on a request: all of them keep the same. */
const ACTS = [
  'sign_request',
  'return_request',
  'transfer_request',
  'reply_request',
  'extend_request',
  'rate_request',
  'urge_request',
  'withdraw_request',
  'reopen_request',
  'pause_request',
  'rule_request',
  'assign_request',
] as const;

/** Each intent's handler; `checkBinding` compares the keys with the folder. */
export const HANDLERS: Readonly<Record<string, (deps: HandlerDeps) => Handler>> = {
  ask_responsibility: createAskResponsibility,
  ask_service: createAskService,
  ask_complaint: createAskComplaint,
  ask_staffing: createAskStaffing,
  list_rows: createListRows,
  ask_policy: (deps) => createOutside(deps, 'ask_policy'),
  off_topic: createOffTopic,
  smalltalk: createSmalltalk,
  help: createHelp,
  correct_answer: createCorrectAnswer,
  ...REQUEST_ACTS,
  file_request: createFileRequest,
  rule_request: createRuleRequest,
  assign_request: createAssignRequest,
  merge_request: createMergeRequest,
  said_of_case: createSaidOfCase,
  set_reminder: createSetReminder,
  answer_notice: createAnswerNotice,
  pasted_notice: createPastedNotice,
  list_reminders: createListReminders,
  cancel_reminder: createCancelReminder,
  snooze_reminder: createSnoozeReminder,
  quiet_hours: createQuietHours,
  list_duties: createListDuties,
  subscribe_duty: createSubscribeDuty,
  list_measures: createListMeasures,
  register_measure: createRegisterMeasure,
  update_measure: createUpdateMeasure,
  import_measures: createImportMeasures,
  review_notes: createReviewNotes,
  import_lists: createImportLists,
  phrasings: createPhrasings,
  list_editions: createListEditions,
  late_message: createLateMessage,
  bind_identity: createBindIdentity,
  chat_event: createChatEvent,
  invite_people: createInvitePeople,
  duty_roster: createDutyRoster,
  stats_report: createStatsReport,
  unit_evaluation: createUnitEvaluation,
  stale: createStale,
};

/** The keys of the reply texts that a handler reads from its intent file; none where it writes all of its words itself. */
export const REPLIES: Readonly<Record<string, readonly string[]>> = {
  ask_responsibility: ASK_RESPONSIBILITY_REPLIES,
  ask_service: ASK_SERVICE_REPLIES,
  ask_complaint: ASK_COMPLAINT_REPLIES,
  ask_staffing: ASK_STAFFING_REPLIES,
  list_rows: LIST_ROWS_REPLIES,
  ask_policy: OUTSIDE_REPLIES,
  off_topic: OFF_TOPIC_REPLIES,
  smalltalk: SMALLTALK_REPLIES,
  help: HELP_REPLIES,
  correct_answer: CORRECT_ANSWER_REPLIES,
  review_notes: REVIEW_NOTES_REPLIES,
  late_message: LATE_MESSAGE_REPLIES,
  bind_identity: BIND_IDENTITY_REPLIES,
  stats_report: STATS_REPLIES,
  chat_event: CHAT_EVENT_REPLIES,
  invite_people: INVITE_PEOPLE_REPLIES,
  stale: STALE_REPLIES,
};

/** What the dialogue of an intent keeps between its steps. */
export const FLOWS: Readonly<Record<string, z.ZodType>> = {
  set_reminder: ReminderFlow,
  snooze_reminder: SnoozeFlow,
  cancel_reminder: CancelFlow,
  answer_notice: NoticeFlow,
  pasted_notice: PastedFlow,
  file_request: DraftFlow,
  review_notes: ReviewFlow,
  unit_evaluation: EvaluationFlow,
  bind_identity: BindFlow,
  merge_request: MergeFlow,
  register_measure: RegisterFlow,
  update_measure: MeasureFlow,
  said_of_case: SaidFlow,
  ...Object.fromEntries(ACTS.map((intent) => [intent, MoveFlow])),
};

export const createHandlers = (deps: HandlerDeps): Record<string, Handler> =>
  Object.fromEntries(
    Object.entries(HANDLERS).map(([id, create]) => [id, withReadableFlow(create(deps), FLOWS, deps)]),
  );
