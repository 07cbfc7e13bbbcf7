/** What is put right within the sentence: the second stands for the first, and nothing of the slip is left. */
import { expect, it } from 'vitest';
import { mendedSlip } from '../../src/reminders/slips.js';
import { at, calendar } from '../helpers/dates.js';

const options = { now: at('2026-11-30 09:00'), calendar };
const NAMES = ['李四', '张三', '住建局', '自然资源局'];

it.each([
  ['周三下午两点半去区里 哦不 县里开征兵会', '周三下午两点半去县里开征兵会'],
  ['明天下午三点 哦不 四点提醒我交表', '明天下午四点提醒我交表'],
  ['明天下午三点,不对,上午十点提醒我交表', '明天上午十点提醒我交表'],
  ['后天 不对 大后天上午九点提醒我看路', '大后天上午九点提醒我看路'],
  ['明天下午三点 说错了 后天提醒我交表', '后天下午三点提醒我交表'],
  ['周五上午十点提醒我给李四 啊不 张三送文件', '周五上午十点提醒我给张三送文件'],
  ['周五提醒我去住建局 哦不 自然资源局盖章', '周五提醒我去自然资源局盖章'],
  ['去王庄村 哦不 李庄村看路', '去李庄村看路'],
  ['去镇上 哦不对 县里交表', '去县里交表'],
  ['改到三点 哦不 四点', '改到四点'],
  ['后天 不对 大后天去王庄村 哦不 李庄村看路', '大后天去李庄村看路'],
  ['提醒我核对账目', '提醒我核对账目'],
  ['数不对 重新报', '数不对 重新报'],
  ['问问他去不去 不对再改', '问问他去不去 不对再改'],
  ['不对 是后天', '不对 是后天'],
])('%s', (raw, mended) => expect(mendedSlip(raw, options, NAMES)).toBe(mended));
