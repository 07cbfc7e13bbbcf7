import { describe, expect, it } from 'vitest';
import { normalizeText } from '../../src/text/normalize.js';

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
});
