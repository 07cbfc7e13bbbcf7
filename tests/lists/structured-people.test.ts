import { describe, expect, it } from 'vitest';
import type { Asker } from '../../src/lists/row-parts.js';
import type { Knowledge } from '../../src/lists/knowledge.js';
import { phoneCard } from '../../src/lists/structured-people.js';
import { staffCard } from '../../src/lists/structured-staff.js';
import { createDirectory } from '../../src/organizations/directory.js';
import type { Person } from '../../src/core/domain.js';

const person = (name: string, post: string, telephone?: string): Person => ({
  name,
  organization: '县水利局',
  posts: [post],
  roles: [post === '局长' ? 'department-head' : 'department-officer'],
  accounts: [],
  ...(telephone && { telephone }),
});
const directory = createDirectory({
  county: '青山县',
  organizations: [
    { name: '县水利局', kind: 'department', aliases: [], telephone: '5550001', dutyDesk: '5550002' },
    { name: '县林业局', kind: 'department', aliases: [] },
  ],
  people: [person('甲', '局长', '5550003'), person('乙', '河道管理岗')],
  posts: [],
});
const knowledge = { directory } as Knowledge;
const bound = { person: null, seesPeople: true } as Asker;
const stranger = { person: null, seesPeople: false } as Asker;
const said = (card: { blocks: unknown }) => JSON.stringify(card.blocks);

describe('telephones', () => {
  it('are those of the unit, its duty desk and its people', () => {
    const card = said(phoneCard({ units: ['县水利局'], people: directory.people }, knowledge, bound));
    for (const number of ['5550001', '值班电话 5550002', '5550003']) expect(card).toContain(number);
  });

  it('are told to bound people alone', () => {
    const card = said(phoneCard({ units: ['县水利局'], people: directory.people }, knowledge, stranger));
    expect(card).not.toMatch(/555|甲|乙/);
    expect(card).toContain('只向已登记的工作人员提供');
  });

  it('are said to be missing where there are none', () => {
    expect(said(phoneCard({ units: ['县林业局'], people: [] }, knowledge, bound))).toContain('没有登记电话');
  });
});

describe('staff', () => {
  it('is named by title and by what somebody is in charge of', () => {
    expect(said(staffCard({ unit: '县水利局', title: '局长' }, knowledge, bound))).toMatch(/甲(?!.*乙)/);
    expect(said(staffCard({ unit: '县水利局', field: '河道' }, knowledge, bound))).toMatch(/乙/);
    expect(said(staffCard({ unit: '县水利局', field: '水库' }, knowledge, bound))).toContain('没有登记');
  });

  it('is named to bound people alone', () => {
    expect(said(staffCard({ unit: '县水利局' }, knowledge, stranger))).not.toMatch(/甲|乙/);
  });
});
