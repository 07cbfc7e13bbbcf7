import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/core/request.js';
import { refer } from '../../src/requests/referring.js';

const filed = (number: string, at: number, text: string, ...later: string[]): Request =>
  ({
    ...{ number, text, place: '', urgency: 'normal', assignments: [], callers: [] },
    events: [{ at, text: '' }, ...later.map((it) => ({ at, text: it }))],
  }) as unknown as Request;

const CASES = [
  filed('2', 2, '大棚顶上的膜叫风撕了'),
  filed('1', 1, '塘边围栏倒了一截', '栏杆要等厂家发货'),
  filed('3', 3, '村口的树歪向电线'),
];
const said = (text: string) => ({
  ...{ text, now: 4, mentions: () => [], own: [], hasTarget: false, isCaller: true },
});
const meant = (text: string) => refer(said(text), CASES).matches.map(({ number }) => number);

describe('which request by when it was filed', () => {
  it.each([
    ['最早报的那件撤了吧', ['1']],
    ['把先提的那个撤回', ['1']],
    ['头一个报的不用来了', ['1']],
    ['后来报的那件催一下', ['3']],
    ['最后交的那个撤掉', ['3']],
  ])('%s', (text, numbers) => expect(meant(text)).toEqual(numbers));
});

it('knows a request by what was said of it later', () => {
  expect(meant('厂家那个就等等吧')).toEqual(['1']);
  expect(meant('大棚那个就等等吧')).toEqual(['2']);
});

it('knows a request by words that stand apart in it', () => {
  const apart = [filed('1', 1, '有人把河堤上的土挖走卖钱'), filed('2', 2, '沟边的柳树叫人锯了三棵')];
  const meantOf = (text: string) =>
    refer({ ...said(text), hasTarget: true, isCaller: false }, apart).matches.map(({ number }) => number);
  expect(meantOf('挖土的转给自规局')).toEqual(['1']);
  expect(meantOf('锯树的转给林业局')).toEqual(['2']);
});

it('takes what is told of how a thing came about for no name of it', () => {
  const own = { ...said('这个棚子是社区搭的,转给住建局'), hasTarget: true, isCaller: false };
  expect(refer(own, [filed('1', 1, '菜场门口的棚子往下掉瓦')])).toMatchObject({ matches: [{ number: '1' }] });
  const unnamed = { ...own, text: '这条沟是修路时候交通局砌的,提请编办裁定' };
  expect(refer({ ...unnamed, mentions: () => [] }, [filed('1', 1, '盖板断了三块')]).basis).not.toBe('named');
});

it('takes 哪个 behind 是 for a question, not for a name', () => {
  const asked = { ...said('请镇里补一下是哪个标段的井'), hasTarget: false, isCaller: false };
  expect(refer(asked, [filed('1', 1, '机井抽不上水')]).said).toBe('');
});
