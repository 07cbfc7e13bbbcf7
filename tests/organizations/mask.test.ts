import { describe, expect, it } from 'vitest';
import { createMask, isMasked } from '../../src/organizations/mask.js';

const mask = createMask([{ name: '陈甲' }, { name: '陈甲二' }]);

describe('mask', () => {
  it.each([
    ['陈甲二和陈甲都说不管', '某某和某某都说不管'],
    ['电话13800138000没人接', '电话(电话)没人接'],
    ['打138-0013-8000', '打(电话)'],
    ['座机0712-1234567', '座机(电话)'],
    ['身份证42090219800101123X', '身份证(证件号码)'],
    ['卡号6222021234567890123', '卡号(卡号)'],
    ['发到a.b@example.com', '发到(邮箱)'],
    ['王大爷家门口路灯坏了', '某大爷家门口路灯坏了'],
  ])('%s', (text, masked) => {
    expect(mask(text)).toBe(masked);
    expect(isMasked(masked)).toBe(true);
  });

  it.each(['第36项路灯坏了归谁管', '2026年11月26日的文件', '罚款20000元', '投资2500000元的项目'])(
    'leaves %s as it is',
    (text) => {
      expect(mask(text)).toBe(text);
      expect(isMasked(text)).toBe(false);
    },
  );
});
