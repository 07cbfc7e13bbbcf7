import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/core/types.js';
import type { ReadingDeps } from '../../src/readings/reading.js';
import { unlikelyReader } from '../../src/readings/unlikely.js';

const read = async (text: string, intent = 'ask_responsibility') => {
  const match = { intent, slots: {}, score: 0.6, via: 'example', scores: {} };
  return unlikelyReader.read({ text, match } as unknown as Context, {} as ReadingDeps);
};

describe('what a rule says', () => {
  it.each(['大棚补贴补多少', '护林员能干几年', '三会一课是什么意思', '低保要啥条件', '救助金几天到账'])(
    '%s is a question of policy',
    async (text) => {
      expect(await read(text)).toMatchObject([{ intent: 'ask_policy', slots: { action: 'terms' } }]);
    },
  );

  it.each([
    ...['补贴补多少归谁定', '罚多少钱我们镇能罚吗', '老人好几天没出门', '住建局牵头多少项', '路灯坏了归谁管'],
    ...['干了十几年的村干部没人管', '后山那几块地没人种', '渠漏了几个月了', '门口堆了几块石板'],
  ])('%s is none', async (text) => {
    expect(await read(text)).toEqual([]);
  });
});

it('a text that is to be written is no reminder', async () => {
  expect(await read('拟个通知:后天上午开会', 'set_reminder')).toMatchObject([{ intent: 'off_topic' }]);
  expect(await read('写份总结的事后天提醒我', 'set_reminder')).toEqual([]);
});

it.each([
  ['你是真人在后面打字还是机器', 'smalltalk', 'smalltalk'],
  ['你是机器人吗', 'off_topic', 'smalltalk'],
  ['热线派下来的单子镇里要做到哪一步', 'request_status', 'ask_responsibility'],
  ['今天又催企业用工表 这到底谁要的', 'urge_request', 'ask_responsibility'],
])('%s, taken for %s, is %s', async (text, taken, intent) => {
  expect(await read(text, taken)).toMatchObject([{ intent }]);
});

it('a township and no more of it opens no draft', async () => {
  const match = { intent: 'file_request', slots: {}, score: 0.41, via: 'example', scores: {} };
  const ctx = { text: '石桥镇呢', match } as unknown as Context;
  expect(await unlikelyReader.read(ctx, {} as ReadingDeps)).toMatchObject([{ intent: 'ask_responsibility' }]);
});

describe('what the examples take for a correction', () => {
  it.each(['罚款镇里中不中', '城管管不管这个', '罚单哪家开'])('%s only asks', async (text) => {
    expect(await read(text, 'correct_answer')).toMatchObject([{ intent: 'ask_responsibility' }]);
  });

  it('is hardly one without a word of it', async () => {
    const match = { intent: 'correct_answer', slots: {}, score: 0.25, via: 'example', scores: {} };
    const ctx = { text: '那上头那个摆桌子的呢 还按你刚才说的', match } as unknown as Context;
    expect(await unlikelyReader.read(ctx, {} as ReadingDeps)).toMatchObject([
      { intent: 'ask_responsibility' },
    ]);
  });

  it.each(['你答错了吧', '这个早就不归城管了', '不对吧,谁定的'])('%s says that it is wrong', async (text) => {
    expect(await read(text, 'correct_answer')).toEqual([]);
  });
});

describe('what the examples take for binding an account', () => {
  const person = { name: '董己三' };
  const bound = (text: string) => {
    const match = { intent: 'bind_identity', slots: {}, score: 0.8, via: 'example', scores: {} };
    return unlikelyReader.read({ text, match, person } as unknown as Context, {} as ReadingDeps);
  };

  it.each([
    ...[
      '我这边管安全的小许全名叫啥',
      '他手机号',
      '我自己岗位上挂了几块',
      '我们镇的小许叫啥名字',
      '你把他号码给我',
    ],
  ])('%s is of people and posts', async (text) => {
    expect(await bound(text)).toMatchObject([{ intent: 'ask_responsibility' }]);
  });

  it.each(['别给我挂号登记啥的啊 就打听下', '不用绑 我就问问', '别给我登记'])(
    '%s declines it',
    async (text) => {
      expect(await bound(text)).toMatchObject([{ intent: 'request_status', slots: { move: 'hold' } }]);
    },
  );

  it.each([
    ...['换人了,以后我负责', '我是谁', '我的账号绑的是谁', '换手机了 重新绑一下', '我登记的身份是啥'],
    ...['我是柳林镇民生办张三', '我调到城管局了,改一下单位', '联络员改成我', '我叫王芳,环保分局值班员'],
  ])('%s is', async (text) => {
    expect(await bound(text)).toEqual([]);
  });
});
