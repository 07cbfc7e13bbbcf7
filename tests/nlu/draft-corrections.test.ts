import { describe, expect, it } from 'vitest';
import { correctionIn, saysWrong } from '../../src/nlu/draft-corrections.js';

const none = () => [];

describe('what was wrong in a draft', () => {
  it.each([
    ['不对 不是两台 我数岔了 是三台', '两台→三台'],
    ['刚才那个地方我说错了 不在北环 是南环', '北环→南环'],
    ['不是两台是三台', '两台→三台'],
    ['是三台 不是两台', '两台→三台'],
    ['数错了,三台才对,不是两台', '两台→三台'],
    ['我把三台写成两台了', '两台→三台'],
    ['不是张家的 是李家的', '张家→李家'],
  ])('is put right: %s', (said, value) => {
    expect(correctionIn(said, none)).toEqual({ field: 'swap', value });
  });

  it('is a place that begins as a town is called, and no unit', () => {
    const town = (text: string) =>
      text.includes('东湖') ? [{ alias: '东湖', unit: '东湖街道', index: text.indexOf('东湖') }] : [];
    expect(correctionIn('唉打错了 不是湖滨 是东湖第二幼儿园', town)).toEqual({
      ...{ field: 'swap', value: '湖滨→东湖第二幼儿园' },
    });
    expect(correctionIn('不是湖滨 是东湖', town)).toBeNull();
  });

  it('is called anew where only what is right is said', () => {
    expect(correctionIn('写错了 是三台', none)).toEqual({ field: 'name', value: '三台' });
  });

  it.each(['先给我看看现在写成啥样了', '是三台', '不对', '内容不是这个', '路灯坏了'])(
    'says nothing of it: %s',
    (said) => {
      expect(correctionIn(said, none)).toBeNull();
    },
  );

  it('is said without what it is', () => {
    expect(saysWrong('不对啊 这里写得不对')).toBe(true);
    expect(saysWrong('路灯不对着路')).toBe(false);
  });
});
