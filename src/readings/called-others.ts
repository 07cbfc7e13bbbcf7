/** Others are to be reminded, whom, when and what in any order: in its plain form. */
import { callSaid } from '../reminders/call-said.js';
import type { Reader } from './reading.js';

/** Above a request, statistics and what is said of reminders that are there. */
const CERTAIN = 0.99;

export const calledOthersReader: Reader = {
  name: 'others called',
  read: ({ text, person, update, match, now }, { knowledge, calendar }) => {
    if (match.via !== 'example' || !person || !update.conversation.isDirect) return Promise.resolve([]);
    const said = callSaid(text, { person, directory: knowledge().directory, now, calendar });
    return Promise.resolve(
      said === null
        ? []
        : [
            {
              ...{ intent: 'set_reminder', slots: {}, text: said, raw: said, probability: CERTAIN },
              why: 'others are to be reminded, whom, when and what in any order',
            },
          ],
    );
  },
};
