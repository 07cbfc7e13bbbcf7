import { Converter } from 'opencc-js/t2cn';
import { describe, expect, it } from 'vitest';
import { normalizeText, withParticle } from '../../src/text/normalize.js';
import { TRADITIONAL } from '../../src/text/traditional.js';

describe('normalizeText', () => {
  it.each([
    ['traditional to simplified', '路燈壞了歸誰管', '路灯坏了归谁管'],
    ['traditional words', '違章建築由哪個單位負責', '违章建筑由哪个单位负责'],
    ['a phrase of the table that is no slip', '雷把电视打坏了,路灯一坏', '雷把电视打坏了,路灯一坏'],
    ['of both, in one word alone', '答覆:倾覆的车拖走了', '答复:倾覆的车拖走了'],
    ['full-width letters and digits', 'ＱＳ－２０２６', 'qs－2026'],
    ['upper case', 'KTV 噪音', 'ktv 噪音'],
    ['ideographic and repeated spaces', '　路灯　 坏了\n\n谁管 ', '路灯 坏了 谁管'],
    ['zero-width characters', '路\u200B灯\uFEFF坏\u2060了', '路灯坏了'],
    ['direction marks', '\u202E路灯\u202C\u200F', '路灯'],
    ['control characters', '路\u0000灯\u0007', '路灯'],
    ['Chinese punctuation stays', '路灯坏了，归谁管？', '路灯坏了，归谁管？'],
  ])('%s', (_what, text, wanted) => {
    expect(normalizeText(text)).toBe(wanted);
  });

  it('is empty for what is nothing but blanks', () => {
    for (const text of ['', ' ', '\u3000\n', '\u200B\uFEFF']) expect(normalizeText(text)).toBe('');
  });

  it('changes nothing the second time', () => {
    for (const text of ['違建ＡＢ １２', '路灯,坏了。', 'Tab\there'])
      expect(normalizeText(normalizeText(text))).toBe(normalizeText(text));
  });

  it('leaves emoji and rare characters alone', () => {
    expect(normalizeText('㙟村的路😂𠮷')).toBe('㙟村的路😂𠮷');
  });

  it('leaves each character alone, or changes it, as the long way does', () => {
    const twice = Array.from({ length: 0xd800 - 0x21 }, (_, i) => String.fromCharCode(0x21 + i).repeat(2));
    // With a capital nothing is left as it is without a look.
    expect(twice.filter((it) => normalizeText(it) !== normalizeText(`A${it}`).slice(1))).toEqual([]);
  });
});

it('the characters of 繁体 are those of the table', () => {
  const convert = Converter({ from: 'tw', to: 'cn' });
  const characters = Array.from({ length: 0xa000 - 0x3400 }, (_, i) => String.fromCharCode(0x3400 + i));
  const simplified = convert(characters.join('\n')).split('\n');
  expect(TRADITIONAL).toBe(characters.filter((it, i) => simplified[i] !== it).join(''));
});

it('reads a particle that asks as it was typed', () => {
  expect(withParticle(normalizeText('他電話有么'))).toBe('他电话有么');
  expect(withParticle(normalizeText('怎么办'))).toBe('怎么办');
});
