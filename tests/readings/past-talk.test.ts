/** What is told of what is over files and sets nothing; what still goes on is an order as before. */
import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/core/types.js';
import { pastTalkReader } from '../../src/readings/past-talk.js';
import type { ReadingDeps } from '../../src/readings/reading.js';

const read = (text: string, intent: string) =>
  pastTalkReader.read(
    { text, session: null, match: { intent, via: 'example', score: 0.6, slots: {} } } as unknown as Context,
    {} as ReadingDeps,
  );

describe('past talk', () => {
  it.each([
    ['上回我还说要呼叫住建局呢 后来自己弄好了 没用上', 'file_request'],
    ['张湾村那几盏灯我上午跟住建局说过了 他们记下了', 'file_request'],
    ['前天那个井盖我跟住建局打过招呼了 人家答应了', 'file_request'],
    ['当时差点呼叫供电公司 后来电工自己接上了', 'file_request'],
    ['开了一天会 提醒我都没顾上看', 'set_reminder'],
    ['忙得脚不沾地 那条提醒都没看见', 'set_reminder'],
  ])('%s does nothing', (text, intent) => expect(read(text, intent)).toHaveLength(1));

  it.each([
    ['呼叫住建局 张湾村路灯上周报过了还是不亮', 'file_request'],
    ['井盖丢了 上午跟住建局说过了没人来 帮我报上去', 'file_request'],
    ['上周跟城管反映过了 结果又堆上了', 'file_request'],
    ['昨天说过了 你再报一次', 'file_request'],
    ['明天早上提醒我看报表', 'set_reminder'],
  ])('%s is an order', (text, intent) => expect(read(text, intent)).toEqual([]));
});
