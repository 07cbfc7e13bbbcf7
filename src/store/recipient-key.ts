/** Under which key the reminders of a recipient are looked up. Pure. */
import type { Recipient, Reminder } from '../core/reminder.js';
import { conversationKey } from '../core/chat.js';

/** An account, a conversation key or a unit. */
export function recipientKey(to: Recipient): string {
  switch (to.kind) {
    case 'person':
      return to.account;
    case 'group':
      return conversationKey(to.conversation);
    case 'unit':
      return to.organization;
  }
}

export const recipientKeys = ({ to }: Reminder): string[] => [...new Set(to.map(recipientKey))];
