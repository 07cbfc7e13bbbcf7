import { describe, expect, it } from 'vitest';
import { BUTTON_DATA_MAX, cardToText, decodeButton, encodeButton, type Card } from '../../src/core/card.js';

describe('button data', () => {
  it.each([
    [{ id: 'none' }, 'none', { id: 'none', value: '' }],
    [{ id: 'pick', value: '43da4124/duty/12' }, 'pick 43da4124/duty/12', null],
    [{ id: 'page', value: '1' }, 'page 1', null],
    [{ id: 'pick', value: 'a b  c' }, 'pick a b  c', null],
  ])('encodes %o and decodes it again', (button, data, decoded) => {
    expect(encodeButton(button)).toBe(data);
    expect(decodeButton(data)).toEqual(decoded ?? button);
  });

  it('fits 64 bytes, counted as UTF-8, and refuses one more', () => {
    expect(BUTTON_DATA_MAX).toBe(64);
    const value = '镇'.repeat(19);
    expect(encodeButton({ id: 'page-x', value })).toHaveLength(26);
    expect(() => encodeButton({ id: 'page-xy', value })).toThrow(RangeError);
  });

  it('fits the longest list id with an edition and a row number', () => {
    const value = `0123abcd/${'l'.repeat(24)}/9999`;
    expect(() => encodeButton({ id: 'township', value })).not.toThrow();
  });
});

describe('the text form of a card', () => {
  const card: Card = {
    title: '路灯管护',
    blocks: [
      { kind: 'field', label: '主体责任 县住建局', text: '维修路灯。', isOwn: true },
      { kind: 'text', text: '第一行\n第二行' },
      { kind: 'source', text: '出处:《清单》 第36项' },
    ],
    buttons: [
      { id: 'a', label: '镇街要做什么' },
      { id: 'b', label: '不是这个', value: 'x' },
    ],
  };

  it('holds the title, every block and the numbered buttons', () => {
    expect(cardToText(card).split('\n')).toEqual([
      '【路灯管护】',
      '主体责任 县住建局:维修路灯。',
      '第一行',
      '第二行',
      '出处:《清单》 第36项',
      '[1] 镇街要做什么  [2] 不是这个',
    ]);
  });

  it('ends with the last block when there are no buttons', () => {
    expect(cardToText({ ...card, buttons: [] })).toMatch(/第36项$/);
  });
});
