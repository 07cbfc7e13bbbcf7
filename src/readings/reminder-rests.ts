/** 我要出差几天 这个先停着, 恢复了吧: by examples, what rests until further notice and what goes on. Pure. */
import type { Reminder } from '../core/reminder.js';
import { NOT_YET } from '../reminders/speech.js';
import { isSupposed } from '../text/frames.js';
import type { Reading } from './reading.js';

/** 出差几天 asks nothing. */
const ASKS_OF_IT =
  /[吗么不没?\uff1f]$|没有$|谁|啥|什么|怎么|咋|几[号点时]|([要能用该])不\1|是不是|可不可以|还在|别停|不停|没停|没暂停/;
/** 这个月停工三次 stops no reminder. */
export const STOPS_ELSE = /停(?:工|电|水|气|课|产|业|车|职|运|暖)/;

/** `named`: those that the words name, null where they name none; then the only one that rests is the one that goes on. */
export function restsOrGoesOn(
  kind: 'pause' | 'resume',
  raw: string,
  { named, meant, mine }: { named: Reminder[] | null; meant: Reminder[]; mine: Reminder[] },
  change: (form: string, of: Reminder[]) => Reading | null,
): Reading | null {
  if (STOPS_ELSE.test(raw) || ASKS_OF_IT.test(raw) || isSupposed(raw) || NOT_YET.test(raw)) return null;
  if (kind === 'pause')
    return change(
      '先停着',
      meant.filter(({ when }) => when.kind === 'recurring'),
    );
  const resting = mine.filter(({ pausedAt }) => pausedAt !== undefined);
  const of = named === null && resting.length === 1 ? resting : meant;
  return change(
    '恢复提醒',
    of.filter((it) => resting.includes(it)),
  );
}
