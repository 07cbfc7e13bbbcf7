/** An answer is asked once for what it does not say of when and by whom; opinions are not. */
import { expect, it } from 'vitest';
import { askOfDone, isAnsweredByWork, unsaidIn } from '../../src/requests/done-words.js';
import { DIRECTORY } from '../helpers/request-world.js';

const unsaid = (text: string) => unsaidIn(text, DIRECTORY).join('、');

it('hears when and by whom in the words of an answer', () => {
  for (const text of [
    '今天上午我局派人更换了灯泡',
    '6月12日已由执法中队拆除',
    '刚才水甲到现场封堵了渗水点',
    '昨晚抢修队接好了断线',
    '今天下午两点换了新盖子,市政队小王换的',
    '下午四点小王给垫了胶圈',
    '11月3日 县应急管理局清运完毕',
  ])
    expect(unsaid(text), text).toBe('');
  expect(unsaid('换了灯泡')).toBe('什么时候办的、由谁办的');
  expect(unsaid('昨天下午换了灯泡')).toBe('由谁办的');
  expect(unsaid('我局换了灯泡')).toBe('什么时候办的');
});

it('asks for what is missing and says what is taken meanwhile', () => {
  expect(askOfDone([], 'QS-2026-000001')).toBe('');
  expect(askOfDone(['由谁办的'], 'QS-2026-000001')).toBe(
    '没有写明由谁办的,按现在答复的时间和人记;不是这样的,请发送“补充 QS-2026-000001 …”写明。',
  );
  expect(isAnsweredByWork({ kind: 'call' })).toBe(true);
  expect(isAnsweredByWork({ kind: 'advice' })).toBe(false);
});
