/** What is asked while a reminder is in the making: something that is missing, which time, whether it is right. */
import { replyCard, replyForm, setSession } from '../../core/effects.js';
import type { Context, Effect } from '../../core/types.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import { CONFIRM } from '../../requests/yes-no.js';
import type { ReminderFlow } from './flow-shapes.js';
import { reminderForm } from './reminder-form.js';
import { toldCard } from './reminder-read-back.js';
import { sessionOn } from './requests.js';
import { possibleIn, whichTimeCard, type Unclear } from './which-time.js';

export const SET_REMINDER = 'set_reminder';

/** What was understood is read back, and waits for a yes. */
export const readBack = (ctx: Context, world: ReminderWorld, data: ReminderFlow): Effect[] => [
  replyCard(toldCard(data, ctx, world)),
  flowEffect(ctx, data, CONFIRM),
];

/** Whoever says when it is to come wants it: only what is read back stays bare. */
const flowEffect = (ctx: Context, { isBare, ...data }: ReminderFlow, asks: string): Effect =>
  setSession(
    sessionOn(ctx, {
      flow: { intent: SET_REMINDER, asks, data: { ...data, ...(isBare && asks === CONFIRM && { isBare }) } },
    }),
  );

/** The next thing that is missing. */
export const ask = (
  ctx: Context,
  world: ReminderWorld,
  data: ReminderFlow,
  asks: string,
  question: string,
): Effect[] => [
  replyForm(`${question}(回复“取消”可放弃)`, reminderForm(ctx, data, world)),
  flowEffect(ctx, data, asks),
];

/** A time that may be one of several. */
export function askWhich(ctx: Context, data: ReminderFlow, time: Unclear): Effect[] {
  const possible = possibleIn(time);
  const offered = possible.map(({ at }) => at);
  return [replyCard(whichTimeCard(time, possible)), flowEffect(ctx, { ...data, offered }, 'time')];
}
