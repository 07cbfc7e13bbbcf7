/** From a row to units, and from units to people. */
import { describe, expect, it } from 'vitest';
import type { Row } from '../../src/core/domain.js';
import { placesOf } from '../../src/requests/parties.js';
import { chatOf, reachOf } from '../../src/requests/reach.js';
import { actorOf, allowsTask, evidenceOf, routeOf, hintsOf } from '../../src/requests/routing.js';
import { createDirectory } from '../../src/organizations/directory.js';
import { WORLD, DIRECTORY, GROUP, person } from '../helpers/request-world.js';
import { makeList, makeRow } from '../helpers/lists.js';
import {
  act,
  actOf,
  caseAt,
  EVIDENCE,
  file,
  LIST_OFFICE,
  POLICIES,
  TOWNSHIP,
  WATER,
} from '../helpers/requests.js';
import type { Platform } from '../../src/core/chat.js';
import { recipientsOf, teamsOf } from '../../src/organizations/recipients.js';

const parts = (...units: string[]) => units.map((unit) => ({ unit, duty: '负责' }));
const names = (people: { name: string }[]) => people.map((p) => p.name);
const console_ = new Set<Platform>(['console']);

describe('a row’s units', () => {
  it.each<[string[], string[], string | null, string[]]>([
    [['县水利局'], ['乡镇(街道)'], '县水利局', []],
    [['县水利局', '县应急管理局'], ['县水利局', '乡镇(街道)'], '县水利局', ['县应急管理局']],
    [['乡镇(街道)'], ['县水利局'], null, ['县水利局']],
    [['柳林镇', '县水利局'], ['属地乡镇政府', '', '县水利局'], '县水利局', []],
    [[], [], null, []],
  ])('%j with %j: %s and %j', (lead, support, expectedLead, expectedSupport) => {
    const row = { lead: parts(...lead), support: parts(...support) };
    expect(routeOf(row, '柳林镇')).toEqual({ lead: expectedLead, support: expectedSupport });
  });

  it('leave the asker out and are spelled as the directory has them', () => {
    const row = { lead: parts('县水利局', '水利'), support: parts('应急') };
    const resolve = (name: string) => ({ 水利: '县水利局', 应急: '县应急管理局' })[name] ?? null;
    expect(routeOf(row, '县水利局', resolve)).toEqual({ lead: '县水利局', support: ['县应急管理局'] });
    expect(routeOf(row, null, resolve)).toEqual({ lead: '县水利局', support: ['县应急管理局'] });
  });

  it('are frozen with the row', () => {
    const row: Row = makeRow();
    const evidence = evidenceOf({ ref: 'e/a/1', row, list: makeList() });
    expect(evidence).toEqual({
      ref: 'e/a/1',
      title: '甲清单',
      documentNumber: '青编发〔2026〕1号',
      editionLabel: '2026年版',
      number: '1',
      matter: '占道经营整治',
      lead: row.lead,
      support: row.support,
      basis: ['《甲》'],
      domain: '城管',
    });
    for (const part of row.lead) part.duty = '改了';
    expect(evidence.lead[0]?.duty).toBe('查处占道经营');
  });
});

describe('whether the lists let a task go to townships', () => {
  const row = (...units: string[]) => ({ lead: parts('县水利局'), support: parts(...units) });
  it.each([
    [null, ['柳林镇'], false],
    [row(), ['柳林镇'], false],
    [row('县应急管理局'), ['柳林镇'], false],
    [row('乡镇(街道)'), ['柳林镇', '白马镇'], true],
    [row('各镇街'), ['柳林镇'], true],
    [row('柳林镇'), ['柳林镇'], true],
    [row('柳林镇人民政府'), ['柳林镇'], true],
    [row('柳林镇'), ['白马镇'], false],
    [row('柳林镇'), ['柳林镇', '白马镇'], false],
    [{ lead: parts('乡镇(街道)'), support: [] }, ['柳林镇'], true],
  ])('%j to %j: %s', (evidence, townships, allowed) => {
    expect(allowsTask(evidence, townships)).toBe(allowed);
  });
});

describe('people of a unit', () => {
  it('are the workers, the one who signed first; the head is the head', () => {
    const of = (level: Parameters<typeof recipientsOf>[2], hints = {}) =>
      names(recipientsOf('县水利局', DIRECTORY, level, hints));
    expect(of('person')).toEqual(['水甲', '水乙']);
    expect(of('deputy')).toEqual(['水乙']);
    expect(of('person', { signedBy: 'console:水乙' })).toEqual(['水乙']);
    expect(of('deputy', { signedBy: 'console:水乙' })).toEqual(['水甲']);
    expect(of('head')).toEqual(['水长']);
    expect(of('deadline-office')).toEqual(['督甲']);
    expect(of('county-leader')).toEqual([]);
    expect(of('caller')).toEqual([]);
  });

  it('are stood in for by the one whom the person named', () => {
    const people = ['水甲', '水乙', '水丙', '水丁'].map((name) => ({
      ...person(name, '县水利局', ['department-officer']),
      ...(name === '水甲' && { deputy: '水丁' }),
    }));
    const directory = createDirectory({
      county: '青山县',
      organizations: [{ name: '县水利局', kind: 'department', aliases: [] }],
      people,
      posts: [],
    });
    const deputies = (hints = {}) => names(recipientsOf('县水利局', directory, 'deputy', hints));
    expect(deputies()).toEqual(['水丁', '水乙', '水丙']);
    expect(deputies({ signedBy: 'console:水甲' })).toEqual(['水丁', '水乙', '水丙']);
    expect(deputies({ signedBy: 'console:水乙' })).toEqual(['水甲', '水丙', '水丁']);
  });

  it('who only ruled or only lead are still reached', () => {
    expect(names(recipientsOf('县委编办', DIRECTORY, 'person', { isOfficeTask: true }))).toEqual(['编甲']);
    expect(names(recipientsOf('县委编办', DIRECTORY, 'person'))).toEqual(['编乙']);
    expect(names(recipientsOf('县审计局', DIRECTORY, 'person'))).toEqual([]);
  });

  it('of a stationed team are its own; its township’s leader answers for it', () => {
    expect(teamsOf(DIRECTORY).map((t) => t.name)).toEqual(['柳林镇派出所', '柳林镇综合行政执法中队']);
    expect(names(recipientsOf('柳林镇派出所', DIRECTORY, 'person'))).toEqual(['所甲']);
    expect(names(recipientsOf('柳林镇派出所', DIRECTORY, 'head'))).toEqual(['镇长']);
    expect(
      actorOf(person('所甲', '柳林镇', ['township-cadre'], '派出所'), 'console:所甲', DIRECTORY).team,
    ).toBe('柳林镇派出所');
    expect(
      actorOf(person('镇甲', '柳林镇', ['township-cadre'], '党政办公室'), 'console:镇甲', DIRECTORY),
    ).toEqual({
      account: 'console:镇甲',
      name: '镇甲',
      organization: '柳林镇',
      roles: ['township-cadre'],
    });
  });
});

describe('chats', () => {
  it('are the group of a unit, else the direct chats of its people on a platform that runs', () => {
    const request = file('call');
    const of = (unit: string, platforms = console_) =>
      reachOf(unit, { ...caseAt(request), directory: DIRECTORY, platforms }).chats;
    expect(of('县交通运输局')).toEqual([GROUP]);
    expect(of('县水利局').map((c) => c.chatId)).toEqual(['水甲', '水乙']);
    expect(of('县水利局', new Set(['feishu']))).toEqual([]);
    // Nobody there can be written to: those who watch are.
    expect(of('县审计局').map((c) => c.chatId)).toEqual(['督甲']);
  });

  it('go to the account that can be reached', () => {
    const both = { ...person('水甲', '县水利局', []), accounts: ['feishu:ou_1', 'telegram:7'] };
    expect(chatOf(both, new Set(['telegram']))).toMatchObject({
      platform: 'telegram',
      chatId: '7',
      isDirect: true,
    });
    expect(chatOf(both, new Set(['feishu', 'telegram']))).toMatchObject({ platform: 'feishu' });
    expect(chatOf({ ...both, accounts: ['电话:1'] }, console_)).toBeNull();
  });

  it('are places once each; the caller’s side goes before', () => {
    const request = file('call', { conversation: GROUP, lead: '县交通运输局' });
    const places = placesOf({ ...caseAt(request), ...WORLD });
    expect(places).toMatchObject([{ conversation: GROUP, organization: '柳林镇', side: 'caller' }]);
  });
});

describe('hints', () => {
  it('come from the log: the row, who signed, whether the 编办 has to decide', () => {
    const signed = act(file('call'), { kind: 'sign' }, WATER);
    expect(hintsOf(signed, '县水利局', POLICIES.call)).toEqual({
      row: { listId: 'territorial-1', number: '12' },
      signedBy: 'console:县水利局',
      isOfficeTask: false,
    });
    const disputed = act(act(signed, actOf('return'), WATER), actOf('ask-ruling'), TOWNSHIP);
    expect(hintsOf(disputed, '县委编办', POLICIES.call)).toMatchObject({ isOfficeTask: true });
    const ruling = act(file('ruling'), { kind: 'sign' }, LIST_OFFICE);
    expect(hintsOf(ruling, '县委编办', POLICIES.ruling)).toMatchObject({ isOfficeTask: true });
    expect(hintsOf(file('call', { evidence: null }), '县审计局', POLICIES.call)).toEqual({});
    expect(EVIDENCE.number).toBe('12');
  });
});
