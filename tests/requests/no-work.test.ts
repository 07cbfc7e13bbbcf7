import { describe, expect, it } from 'vitest';
import { tellsNoWork } from '../../src/requests/no-work.js';

describe('what is said of oneself and not of the work', () => {
  it.each([
    '裁给谁合适 我还没定 先翻翻清单',
    '这事我还没想好',
    ...[
      '书记催也没用 我们车还在外头没回来',
      '退不退的还得等我们局长回来说',
      '等修好了我再给乡里回话',
      '有结果再答复',
    ],
    ...['忙不过来啊', '局里没人手', '下班前怕是够呛', '师傅请假了', '这事得领导定', '说了也白说,没用'],
  ])('is no progress: %s', (text) => {
    expect(tellsNoWork(text)).toBe(true);
  });

  it.each([
    '责任已定,明天进场',
    '先看看现场,下午开工',
    ...[
      '已经派人去现场了 下午到',
      '挖机进场了 明天清完',
      '正在清理落石',
      '围挡装了一半 还差二十米',
      '等配件到了再修',
      '联系了施工队',
    ],
  ])('is progress: %s', (text) => {
    expect(tellsNoWork(text)).toBe(false);
  });
});
