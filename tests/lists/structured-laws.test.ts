import { describe, expect, it } from 'vitest';
import { lawAt, lawTitles } from '../../src/lists/structured-laws.js';

const titles = lawTitles([
  { basis: ['《中华人民共和国反家庭暴力法》第十六条', '《城镇燃气管理条例》'] },
  { basis: ['《中华人民共和国消防法》', '《中华人民共和国消防法》第六十条'] },
]);

describe('a law', () => {
  it('is cited once, without its article', () => {
    expect(titles).toHaveLength(3);
  });

  it.each([
    ['消防法', '消防法'],
    ['《中华人民共和国消防法》', '消防法'],
    ['反家暴法', '反家庭暴力法'],
    ['燃气管理条例', '城镇燃气管理条例'],
  ])('%s is found', (said, title) => {
    expect(lawAt(said, 0, titles)).toEqual({ title, length: said.length });
  });

  it.each(['渔业法', '办法', '法', '家暴怎么办'])('%s is none of them', (said) => {
    expect(lawAt(said, 0, titles)).toBeNull();
  });
});
