/** What is said of a notice, and what only sounds like it. */
import { expect, it } from 'vitest';
import {
  answerIn,
  askedOfAnswers,
  isCalledOff,
  movedTimeIn,
  movedTo,
  SWAPS_CALLED,
} from '../../src/reminders/notice-speech.js';

it.each([
  ['俺参加', 'comes'],
  ['好 安全例会我参加', 'comes'],
  ['行，备耕会我准时过去', 'comes'],
  ['收到，一定到', 'comes'],
  ['路灯会我请假，孩子住院', 'leave'],
  ['请假 在县民政局', 'leave'],
  ['请假的能不能不批', null],
  ['我晚到十来分钟碍事不', 'seen'],
  ['集贸市场那个会我能到 就是晚一会儿', 'comes'],
  ['再看吧', null],
  ['又开会 这礼拜第四个了吧', null],
  ['我要不要去啊', null],
])('%s answers %s', (text, answer) => expect(answerIn(text)).toBe(answer));

it.each([
  ['换小刘去', true],
  ['我下午有事 换老张去吧', true],
  ['换轮胎去了', false],
  ['换衣服去', false],
  ['我下午 换身份证去', false],
  ['换灯泡来', false],
])('%s: somebody who is called so: %s', (text, called) => expect(SWAPS_CALLED.test(text)).toBe(called));

it.each([
  '谁没回',
  '还差谁没吭声',
  '创城会谁还没给信儿呢',
  '两个人到底谁来谁不来',
  '还有谁没回',
  '他仨都来不来',
  '他们明天能来不',
  '那三个人去不去开会',
])('%s asks for the answers', (text) => expect(askedOfAnswers(text)).toBe('who'));
it.each(['路灯坏了谁来修', '残疾人补贴谁来发', '谁来管管井盖', '沟渠谁去清', '送水车来不来', '林业来不来接'])(
  '%s asks for none',
  (text) => expect(askedOfAnswers(text)).toBeNull(),
);

it.each(['县里临时有安排，联合检查那个会不开了，请跟大家说一声', '会取消,不开了', '防火会取消了'])(
  '%s calls it off',
  (text) => expect(isCalledOff(text)).toBe(true),
);
it.each(['我可没说不开了啊，谁也别给我动这个会', '会是不是取消了', '要是下雨会就不开了', '听说会取消了'])(
  '%s does not',
  (text) => expect(isCalledOff(text)).toBe(false),
);

it.each([
  ['唐己二上午有事 那会就挪到同一天下午三点 地方不动', '同一天下午三点'],
  ['防火会改到明天下午三点', '明天下午三点'],
  ['万一明早去县里 那会只能挪了', undefined],
  ['防火会能不能改到后天', undefined],
])('%s moves it to %s', (text, time) => expect(movedTimeIn(text)?.time).toBe(time));

it.each([
  ['那挪到后天同一个点', '后天同一个点'],
  ['那就改到下午三点吧', '下午三点'],
  ['能不能改到后天', null],
  ['防火会改到后天', null],
])('%s: %s', (text, time) => expect(movedTo(text)).toBe(time));
