import { describe, expect, it } from 'vitest';
import { filesTo, filesUnnamed, forbidsFiling, matterOf, tellsOnlyWhom } from '../../src/nlu/told-whom.js';
import type { Mention } from '../../src/organizations/names.js';

const mentions = (text: string): Mention[] =>
  ['农业农村局', '人社局', '水利局'].flatMap((alias) => {
    const index = text.indexOf(alias);
    return index < 0 ? [] : [{ alias, index, unit: `县${alias}` } as Mention];
  });

describe('to whom what was told goes', () => {
  it.each(['就报农业农村局', '行 就报人社局', '那就提交给水利局吧', '嗯就报水利局'])('%s', (text) => {
    expect(filesTo(text, '厕所冲不下去', mentions)).toBe(true);
  });
  it.each(['农业农村局管不管', '水利局报了几件', '就报水利局和人社局', '水利局', '报水利局说闸门坏了'])(
    'not %s',
    (text) => {
      expect(filesTo(text, '厕所冲不下去', mentions)).toBe(false);
    },
  );
  it('needs no word of filing where the matter was to be filed', () => {
    expect(filesTo('那就农业农村局吧', '帮我报个事 厕所冲不下去', mentions)).toBe(true);
    expect(filesTo('那就农业农村局吧', '厕所冲不下去', mentions)).toBe(false);
  });
  it('says nothing else', () => {
    expect(tellsOnlyWhom('让水利局来一下', mentions)).toBe(true);
    expect(tellsOnlyWhom('让水利局修闸门', mentions)).toBe(false);
  });
});

describe('whether it is to be filed', () => {
  it.each(['你可别替我往上报啊', '先不用给他们提', '甭上报', '别报上去了', '没让你提交', '先别发'])(
    'not: %s',
    (text) => {
      expect(forbidsFiling(text)).toBe(true);
    },
  );
  it.each([
    ...['别忘了帮我上报', '别等了帮我报给他们', '特别急帮我上报', '特别严重帮我报上去', '别的部门也上报'],
    ...['别耽误了 报上去', '个别户不配合 帮我报给他们', '办低保不用提交户口本吧', '不用提交这些材料吧'],
  ])('not forbidden: %s', (text) => {
    expect(forbidsFiling(text)).toBe(false);
  });
  it.each(['我给他们报一个', '我给那边报个呼叫', '那就报上去'])('ordered: %s', (text) => {
    expect(filesUnnamed(text, () => [])).toBe(true);
  });
  it.each(['我先跟他说一声', '我自己去找他们讲一下', '我再给那边打个招呼说一声'])(
    'done by whoever says it: %s',
    (text) => {
      expect(filesUnnamed(text, () => [])).toBe(false);
    },
  );
});

it.each([
  ['帮我报个事 小河口村厕所冲不下去', '小河口村厕所冲不下去'],
  ['十七户问养老保险咋还没记上账 帮我报给管这个的局', '十七户问养老保险咋还没记上账'],
  ['松树枯死了,归哪个局', '松树枯死了'],
  ['报账的电脑坏了', '报账的电脑坏了'],
])('of %s the matter is %s', (question, matter) => {
  expect(matterOf(question)).toBe(matter);
});
