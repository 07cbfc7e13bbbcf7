/** Others are to be reminded as those of the last reminder are. */
import { describe, expect, it } from 'vitest';
import { loadCalendar } from '../../src/calendar/calendar.js';
import { loadDirectory } from '../../src/organizations/load.js';
import { likewiseIn } from '../../src/reminders/likewise.js';
import type { Reminder } from '../../src/core/reminder.js';
import { at } from '../helpers/reminders.js';

const directory = loadDirectory('knowledge/organizations');
const calendar = loadCalendar('knowledge/calendar');
const last = {
  text: '核值班表',
  said: '明早8:30',
  when: { kind: 'once', at: at('2026-12-15 08:30') },
} as Reminder;
const read = (text: string) => {
  const person = directory.personNamed('蒋十二');
  if (!person) throw new Error('nobody');
  return likewiseIn(text, last, { person, directory, calendar, now: at('2026-12-14 09:00') });
};

describe('as those of the last one', () => {
  it.each([
    [
      '住建 水利两家也一样 8:30 报停复工情况',
      '2026年12月15日8:30提醒县住房和城乡建设局、县水利局 报停复工情况',
    ],
    ['住建局也提醒一下 8:30 报停复工情况', '2026年12月15日8:30提醒住建局 报停复工情况'],
    ['再给水利局设一条 同一时间 报水库水位', '2026年12月15日08:30提醒水利局 报水库水位'],
    ['水利局也一样,后天上午九点', '后天上午九点提醒水利局 核值班表'],
  ])('%s', (text, said) => expect(read(text)).toEqual({ kind: 'own', said }));

  it('with nothing else said they come to the same one', () =>
    expect(read('水利局也一样')).toEqual({ kind: 'added', names: ['水利局'] }));

  it.each(['水利局也一样吗', '水利局也不用提醒', '水利局也归这个管', '再给水利局打个电话', '一样'])(
    '%s: nothing',
    (text) => expect(read(text)).toBeNull(),
  );
});
