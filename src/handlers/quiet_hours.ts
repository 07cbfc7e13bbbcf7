/** 免打扰: when the bot disturbs nobody, and what still comes then; nothing is changed. */
import { replyText } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { quietText } from '../reminders/quiet.js';
import type { HandlerDeps } from './deps.js';

export const createQuietHours =
  ({ rules }: Pick<HandlerDeps, 'rules'>): Handler =>
  ({ text }) => [replyText(quietText(text, rules))];
