import { describe, expect, it } from 'vitest';
import { ruleAsked } from '../../src/requests/rules-asked.js';

describe('what is asked of the rules', () => {
  it.each([
    ['裁定这个权是哪家的', 'rule'],
    ['谁有权裁定', 'rule'],
    ['裁定是谁说了算', 'rule'],
    ['两家都推那种最后谁说了算', 'rule'],
    ['几家互相踢皮球最后咋定', 'rule'],
    ['两个部门都不认的事归谁定', 'rule'],
    ['部门之间扯皮怎么办', 'rule'],
    ['都说不归自己的听谁的', 'rule'],
    ['延期是谁来批', 'grant-extension'],
    ['谁能延期', 'grant-extension'],
    ['办完了谁来打分', 'rate'],
    ['评价是谁来评', 'rate'],
    ['退回得谁同意', 'return'],
    ['撤回是谁的权限', 'withdraw'],
    ['结案由谁定', 'conclude'],
    ['交通局忙 我替他们签收中不中', 'sign'],
    ['能不能替水利局答复吗', 'answer'],
    ['合并请求归谁管', 'watch'],
    ['别人能不能帮我撤回', 'withdraw'],
    ['谁能给他们延期', 'grant-extension'],
    ['延期要经过谁同意', 'grant-extension'],
    ['撤回是不是只有我能撤', 'withdraw'],
    ['县长能不能直接裁定', 'rule'],
    ['派出所能打分吗', 'rate'],
  ] as const)('%s: who may %s', (text, of) => {
    expect(ruleAsked(text)).toEqual({ kind: 'who-may', of });
  });

  it.each([
    ['转办跟退回有啥不一样', ['transfer', 'return']],
    ['撤回和退回是一回事不', ['withdraw', 'return']],
    ['暂停跟延期有什么区别', ['pause', 'grant-extension']],
    ['评价与办结有何不同', ['rate', 'conclude']],
    ['退回要不要理由', ['return']],
    ['他们退的话要不要写理由', ['return']],
    ['办结了还能重新办不', ['conclude', 'reopen']],
    ['延期能延几次', ['grant-extension']],
    ['延期顶多延几天', ['grant-extension']],
    ['最多能延期多少天', ['grant-extension']],
    ['延期最长可以延几个工作日', ['grant-extension']],
    ['部门要退回 不写理由能退不', ['return']],
    ['等材料的时候表停不停', ['pause']],
    ['等补材料时限停不停', ['pause']],
    ['补资料那几天算不算时间', ['pause']],
    ['签收了还能退回不', ['sign', 'return']],
    ['会商跟协办有啥区别', ['confer', 'add-support']],
  ] as const)('%s: terms', (text, of) => {
    expect(ruleAsked(text)).toEqual({ kind: 'terms', of });
  });

  it.each([
    ['他们要是不签收会咋样', 'answer'],
    ['超时了咋办', 'answer'],
    ['过了点没签会怎么样', 'answer'],
    ['不评价会咋样', 'rate'],
    ['多久不评就自动结了', 'rate'],
  ] as const)('%s: what follows', (text, of) => {
    expect(ruleAsked(text)).toEqual({ kind: 'late', of });
  });

  it.each([
    '谁签收的',
    '还没签收 催一下',
    '领导能不能催一下',
    '能不能延期',
    '村里没水了咋办',
    '水利局谁签收了',
    '谁催过了',
    '路灯谁来批',
    '宅基地谁来批',
    '退回 归住建局管',
    '签收',
    '同意延期',
    '申请裁定:垃圾归谁',
    '能不能催一下',
    '替我催一下水利局',
    '这个裁给哪家了',
  ])('nothing of the rules: %s', (text) => {
    expect(ruleAsked(text)).toBeNull();
  });
});

it.each(['到期了他们不吭声会咋样', '到点了人家没动静咋办', '时限到了他们不回话会咋样', '他们一直不办会怎样'])(
  '%s: what follows a term that runs out',
  (text) => {
    expect(ruleAsked(text)).toEqual({ kind: 'late', of: 'answer' });
  },
);
