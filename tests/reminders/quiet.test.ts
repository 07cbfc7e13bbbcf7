/** What is said of the hours in which nobody is disturbed. */
import { describe, expect, it } from 'vitest';
import { isOfQuiet, quietText } from '../../src/reminders/quiet.js';
import { rules } from '../helpers/reminders.js';

describe('quiet hours', () => {
  it.each([
    ['晚上十点到早上七点之间不要给我推消息', '22:00 至 07:00 已在其中'],
    ['免打扰晚上十点半至次日六点', '22:30 至 06:00 已在其中'],
    ['晚上十二点到早上六点别发消息', '00:00 至 06:00 已在其中'],
    ['晚上9点半到第二天早上8点别响', '21:30 至 08:00 没有设置'],
    ['中午12点到下午2点勿扰', '12:00 至 14:00 没有设置'],
    ['夜里别响', '不能按个人设置'],
  ])('%s', (text, said) => {
    expect(isOfQuiet(text)).toBe(true);
    expect(quietText(text, rules)).toContain(said);
  });

  it.each(['村里夜里别响喇叭', '晚上十点提醒我锁门', '夜里施工扰民归谁管'])(
    '%s is of something else',
    (text) => {
      expect(isOfQuiet(text)).toBe(false);
    },
  );
});
