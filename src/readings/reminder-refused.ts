/** 那就提醒我自己, behind a reminder for somebody who may not be reminded: it is one's own, at the time that was said. */
import { parseTime } from '../nlu/dates/parse.js';
import type { Reader } from './reading.js';

/** Above what the words name of the reminders that are there. */
const CERTAIN = 0.99;
const FOR_ONESELF =
  /^(?:那么?|行|好吧?|中|嗯|哦|算了|要不|还是|就|只|[,\uff0c\s]){0,6}(?:提醒|叫|喊|给)(?:我|俺)(?!们)(?:自己|自个儿?|本人)?(?:一个人)?(?:设一?个|提个醒)?(?:一下|一声)?(?:吧|好了|得了|也行|就行|就好)?(?<what>$|[,\uff0c\s\u4e00-\u9fff].*$)/;
const BY_ONESELF = /^[,\uff0c\s]{0,3}(?:我|俺)(?:自己|自个儿?)?|^[,\uff0c\s]{1,3}/;

export const refusedReminderReader: Reader = {
  name: 'a reminder that was refused',
  read: ({ text, session, match, now }, { calendar }) => {
    const refused = session?.refusedReminder;
    if (!refused || refused.at !== session.updatedAt || match.via !== 'example') return Promise.resolve([]);
    const what = FOR_ONESELF.exec(text.replace(/[。.!\uff01]$/, ''))?.groups?.['what'];
    // Its own time is read as any other.
    if (what === undefined || parseTime(text, { now, calendar, purpose: 'reminder' }) !== null)
      return Promise.resolve([]);
    const said = `${refused.time}提醒我${what.replace(BY_ONESELF, '') || refused.text}`;
    return Promise.resolve([
      {
        ...{ intent: 'set_reminder', slots: {}, text: said, raw: said, probability: CERTAIN },
        why: 'for oneself what somebody else may not be reminded of',
      },
    ]);
  },
};
