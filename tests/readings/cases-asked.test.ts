import { describe, expect, it } from 'vitest';
import type { Role } from '../../src/core/domain.js';
import { scopeAsked } from '../../src/readings/cases-asked.js';

const as = (role: Role) => ({ roles: [role] });

describe('cases asked for', () => {
  it.each([
    ['我手上压着啥呢', 'department-officer', 'todo'],
    ['我这边还有哪些没办', 'department-officer', 'todo'],
    ['还剩哪件', 'township-cadre', 'all'],
    ['我报的都啥情况', 'township-cadre', 'mine'],
    ['我报上去没办完的有几件', 'township-cadre', 'all'],
    ['全县眼下还有几件没签收的', 'county-leader', 'unsigned'],
    ['手上还有几件', 'township-cadre', 'all'],
    ['谁还没签', 'township-cadre', 'unsigned'],
    ['待签收', 'department-officer', 'unsigned'],
    ['待签收的', 'department-officer', 'unsigned'],
    ['要签的', 'department-officer', 'unsigned'],
    ['有啥要签收的', 'department-officer', 'unsigned'],
    ['没签的', 'department-officer', 'unsigned'],
    ['看看待我们签收的件', 'department-officer', 'unsigned'],
    ['待裁定', 'list-office', 'all'],
    ['待裁定的有哪些', 'list-office', 'all'],
    ['待答复', 'department-officer', 'todo'],
    ['待办理的件', 'department-officer', 'todo'],
    ['待评价', 'township-cadre', 'mine'],
    ['没评的有吗', 'township-cadre', 'mine'],
    ['没人签的有哪几家', 'deadline-office', 'unsigned'],
    ['没签的是哪家', 'deadline-office', 'unsigned'],
    ['还没办完的是哪个局', 'county-leader', 'all'],
    ['俺局还欠着几件没办', 'department-officer', 'todo'],
    ['有我的活没', 'department-officer', 'todo'],
    ['有啥新活', 'department-officer', 'todo'],
    ['今天又有啥新件', 'department-officer', 'todo'],
    ['有没有我要办的件', 'department-officer', 'todo'],
    ['有没有新单子', 'department-officer', 'todo'],
    ['我手头正办着几件', 'department-officer', 'todo'],
    ['有没有该我督的', 'deadline-office', 'watch'],
    ['现在哪些该督办的', 'deadline-office', 'watch'],
    ['有几件要督的', 'deadline-office', 'watch'],
  ] as const)('%s, as %s: %s', (text, role, scope) => {
    expect(scopeAsked(text, as(role))).toBe(scope);
  });

  it.each([
    '我还有哪些提醒',
    '我镇还有哪些事项',
    '路灯归谁管',
    '哪家的',
    '哪个镇报的',
    '那个是谁在办',
    '还有几天',
    '住建局有几项职责',
    '还有啥要问的',
    '这个情况',
    '这个月全县一共报了几件呼叫',
    '今年全县报了多少件',
  ])('no list: %s', (text) => {
    expect(scopeAsked(text, as('township-cadre'))).toBeNull();
  });
});
