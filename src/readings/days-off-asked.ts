/** 周末会响吗, 给自己设的提醒节假日响不响: of the reminder spoken of, or of reminders as such. */
import { lately, remindersIn } from '../reminders/concerned.js';
import { ASKS_DAYS_OFF } from '../reminders/days-off.js';
import { daysOffToo } from '../reminders/off-days-said.js';
import { REMINDER_WORD } from '../reminders/speech.js';
import type { Reader } from './reading.js';

const MAX_LENGTH = 32;
/** Above what asks which reminders there are. */
const CERTAIN = 0.975;

export const daysOffReader: Reader = {
  name: 'days off asked about',
  read: async (ctx) => {
    const { text, match } = ctx;
    if (match.via !== 'example' || text.length > MAX_LENGTH || !ASKS_DAYS_OFF.test(text)) return [];
    // 礼拜六礼拜天也要 每天都提醒吧 asks nothing.
    if (daysOffToo(text) !== null) return [];
    const focus = lately(ctx, await remindersIn(ctx));
    if (!focus && !REMINDER_WORD.test(text)) return [];
    return [
      {
        intent: 'list_reminders',
        slots: { action: 'days-off', value: focus?.id ?? '' },
        probability: CERTAIN,
        why: 'asks whether it comes on days off',
      },
    ];
  },
};
