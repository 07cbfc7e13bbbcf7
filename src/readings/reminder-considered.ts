/** 那个还用不用提醒, 是不是改到周五了, 推迟一小时会咋样: only considered; what there is is shown, and nothing changed. */
import { remindersIn } from '../reminders/concerned.js';
import { speechesOf } from '../reminders/speech.js';
import type { Reader } from './reading.js';

const MAX_LENGTH = 24;
/** Above what the words alone would change. */
const CERTAIN = 0.985;
const CHANGES: ReadonlySet<string> = new Set(['snooze_reminder', 'cancel_reminder']);
const CONSIDERS =
  /是不是|是否|[用要]不[用要]|该不该|有没有必要|(?:会|又|能)?(?:咋|怎么?)样[?\uff1f]?$|会怎么着?[?\uff1f]?$/;

export const reminderConsideredReader: Reader = {
  name: 'reminders considered',
  read: async (ctx) => {
    const { text, match } = ctx;
    if (match.via !== 'example' || text.length > MAX_LENGTH || !CONSIDERS.test(text)) return [];
    const isOfOne = CHANGES.has(match.intent) || speechesOf(text).length > 0;
    if (!isOfOne || (await remindersIn(ctx)).length === 0) return [];
    return [
      { intent: 'list_reminders', slots: {}, probability: CERTAIN, why: 'a change that is only considered' },
    ];
  },
};
