/** 晚上十点到早上七点不要给我推消息, 夜里别响: of the hours in which nobody is disturbed, and no reminder at ten. */
import { isOfQuiet } from '../reminders/quiet.js';
import { normalizeText } from '../text/normalize.js';
import type { Reader } from './reading.js';

/** Above what its hours may mean by themselves. */
const CERTAIN = 1.4;

export const quietReader: Reader = {
  name: 'quiet hours',
  isOfWhole: true,
  read: ({ match, update }) => {
    if (match.via !== 'example' || update.kind !== 'message' || !update.conversation.isDirect) return [];
    const text = normalizeText(update.text);
    return isOfQuiet(text)
      ? [
          {
            intent: 'quiet_hours',
            text,
            raw: update.text.trim(),
            probability: CERTAIN,
            why: 'speaks of quiet hours',
          },
        ]
      : [];
  },
};
