/** A complaint is filed, a question about where to complain is answered, and who oversees whom is a question to the lists. */
import { describe, expect, it } from 'vitest';
import { counterReader } from '../../src/readings/counter.js';
import type { Context } from '../../src/core/types.js';
import type { ReadingDeps } from '../../src/readings/reading.js';

const intentOf = async (text: string): Promise<string | null> => {
  const match = { intent: 'ask_responsibility', slots: {}, score: 0.8, via: 'example' };
  const ctx = { text, raw: text, match, session: null } as unknown as Context;
  const [reading] = await counterReader.read(ctx, {} as ReadingDeps);
  return reading?.intent ?? null;
};

describe('words about those who enforce', () => {
  it.each([
    '城管打人往哪反映',
    '执法队乱罚款去哪投诉',
    '怎么投诉综合执法',
    '交警乱收费找谁说理',
    '派出所的人骂人怎么办',
    '投诉城管打哪个电话',
    '执法人员没出示证件就罚款能投诉吗',
    '市场监管所吃拿卡要归谁管',
    '路政乱罚款有没有地方反映',
    '运管乱扣车咋举报',
    '想投诉执法中队,怎么弄',
    '举报执法人员的渠道是什么',
    '城管粗暴执法管不管?',
  ])('%s is answered, and nothing is filed', async (text) => {
    expect(await intentOf(text)).toBe('ask_complaint');
  });

  it.each([
    '执法队乱罚款我要投诉',
    '我要投诉城管打人',
    '举报路政在国道乱收费,不开票',
    '反映一下综合执法队粗暴执法',
    '城管凭什么打人?我要投诉',
    '执法人员昨天没出示证件就扣了我的三轮车',
  ])('%s is a complaint', async (text) => {
    expect(await intentOf(text)).toBe('file_request');
  });

  it.each(['城管执法归谁监督', '行政执法监督由哪个部门负责', '占道经营归城管还是市监管', '执法证谁发'])(
    '%s is neither',
    async (text) => {
      expect(await intentOf(text)).not.toBe('ask_complaint');
      expect(await intentOf(text)).not.toBe('file_request');
    },
  );
});

describe('what is brought to those who enforce', () => {
  it.each([
    '三无辣条家长举报到派出所来了 我寻思不归我们吧',
    '群众举报到派出所来了 说有人卖假酒',
    '派出所接到举报有人赌博',
    '有人向城管反映楼下烧烤',
    '已经给执法队反映过了 占道的还在',
    '让老百姓去市监所投诉',
    '我跟城管反映过路灯不亮',
    '派出所公告栏掉了',
  ])('%s says nothing of their own conduct', async (text) => {
    expect(await intentOf(text)).toBeNull();
  });

  it.each(['派出所接到报警不来 还骂人 我要投诉', '我向执法队反映 他们乱罚款', '举报市监所吃拿卡要'])(
    '%s does',
    async (text) => {
      expect(await intentOf(text)).toBe('file_request');
    },
  );
});
