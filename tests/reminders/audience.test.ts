/** One word for several people, in the sample county. */
import { describe, expect, it } from 'vitest';
import { loadDirectory } from '../../src/organizations/load.js';
import { audienceOf } from '../../src/reminders/audience.js';

const directory = loadDirectory('knowledge/organizations');
const person = (name: string) => {
  const found = directory.personNamed(name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
};
const called = (text: string, by = '袁乙') => {
  const found = audienceOf(text, person(by), directory);
  return found && { names: found.to.map(({ name }) => name), rest: found.rest, unbound: found.unbound };
};

describe('one word for several', () => {
  it('an office of the own township', () =>
    expect(called('经济发展办公室的人交企业用电表')).toEqual({
      names: ['傅乙', '沈乙', '曾乙二'],
      rest: '交企业用电表',
      unbound: [],
    }));

  it('the whole township, without who calls', () => {
    const { names = [], rest } = called('全镇干部交述职报告') ?? {};
    expect(rest).toBe('交述职报告');
    expect(names).toContain('张三');
    expect(names).not.toContain('袁乙');
    expect(names).not.toContain('李四');
  });

  it('all villages, those without an account apart', () =>
    expect(called('各村报水毁台账')).toEqual({
      names: ['大洼村 村联甲', '河西村 村联乙', '张湾村 村联丙'],
      rest: '报水毁台账',
      unbound: ['小李庄村'],
    }));

  it('whoever works in the offices of the own township, and in its stations alone', () => {
    const { names = [], rest } = called('镇里各办公室交年度总结') ?? {};
    expect(rest).toBe('交年度总结');
    expect(names).toContain('吕乙');
    expect(names).not.toContain('林丙');
    expect(called('各科室交年度总结')?.names).toContain('林丙');
    expect(called('各办公室主任交年度总结')).toBeNull();
    expect(called('各科室交年度总结', '郑九')).toBeNull();
  });

  it.each(['局里的人 到会议室学文件', '单位的人到会议室学文件', '局里人都到会议室学文件'])(
    '%s: the own bureau',
    (text) => expect(called(text, '郑九')?.names).toEqual(['李四', '钱七']),
  );

  it.each(['我们局人都到会议室', '我们局的人都到会议室', '咱局的同志到会议室', '局里的人到会议室'])(
    '%s is all of the own bureau',
    (text) => expect(called(text, '郑九')?.names).toEqual(['李四', '钱七']),
  );
  it.each(['我们局的人事档案要补', '全镇人口普查表'])('%s calls nobody', (text) =>
    expect(called(text, '郑九')).toBeNull(),
  );

  it('a post of the own township', () =>
    expect(called('安全监管岗报隐患排查表')).toEqual({ names: ['吕乙'], rest: '报隐患排查表', unbound: [] }));

  it('a post of every township', () => {
    const { names = [], rest } = called('各镇街综合政务岗报值班表', '赵六') ?? {};
    expect(rest).toBe('报值班表');
    expect(names).toHaveLength(12);
    expect(names).toContain('邓乙');
  });

  it('the leaders of a department', () =>
    expect(called('住建局负责人来一趟', '赵六')).toEqual({ names: ['郑九'], rest: '来一趟', unbound: [] }));

  it.each(['张三交报表', '住建局回电话', '各镇交报表', '交报表', '河西村的机井'])('%s is none', (text) =>
    expect(called(text)).toBeNull(),
  );

  it('villages of a township that has none in the directory are none', () =>
    expect(called('各村报台账', '罗丙六')).toBeNull());
});
