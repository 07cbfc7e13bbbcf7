/** 评价期: who may do what and when, what counts in the end, and the workbook that is signed. */
import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../src/core/evaluation.js';
import type { Role } from '../../src/core/domain.js';
import { BotError } from '../../src/core/errors.js';
import { renderEvaluation } from '../../src/evaluation/book.js';
import { loadForm, type Form } from '../../src/evaluation/form.js';
import * as machine from '../../src/evaluation/machine.js';
import { sheetsOf } from '../helpers/workbook.js';
import { parseScoreLine } from '../../src/nlu/evaluation-words.js';
import { MONDAY } from '../helpers/requests.js';
import { DIRECTORY, textsOf, WORLD } from '../helpers/request-world.js';
import { firstRound, roundOf, toldOf } from '../../src/handlers/shared/evaluation-told.js';

const FORM: Form = {
  title: '评价表',
  dimensions: [
    { id: 'response', name: '响应', max: 60, about: '' },
    { id: 'effect', name: '实效', max: 40, about: '' },
  ],
  reasonBelow: 60,
  appealDays: 0,
  teams: true,
  departments: ['县水利局'],
  signatures: ['镇街主要负责人', '县督办'],
};
const judge = (organization: string, role: Role, more: Partial<machine.Judge> = {}): machine.Judge => ({
  account: `console:${organization}${role}`,
  name: `${organization}某`,
  organization,
  roles: [role],
  ...more,
});
const OFFICE = judge('县政府办公室', 'deadline-office');
const CADRE = judge('柳林镇', 'township-cadre');
const LEADER = judge('柳林镇', 'township-leader');
const WATER = judge('县水利局', 'department-officer');
const STATION = judge('柳林镇', 'township-cadre', { team: '柳林镇派出所', bureau: '县公安局' });

const TERMS = { now: MONDAY, calendar: WORLD.calendar };

const must = (outcome: machine.Outcome): Evaluation => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.evaluation;
};
const refused = (outcome: machine.Outcome): string => (outcome.ok ? 'allowed' : outcome.reason);

const period = { from: '2026-01-01', to: '2026-04-01' };
const opened = () =>
  must(
    machine.openEvaluation(
      { form: FORM, directory: DIRECTORY, period, id: 'PJ-2026-000001', now: MONDAY },
      OFFICE,
    ),
  );
const score = (on: Evaluation, body: string, scores: number[], by = CADRE, words = '') =>
  machine.scoreBody(on, { body, scores, words, now: MONDAY }, by);
/** All of 柳林镇, the water office badly. */
const filled = () => {
  const station = must(score(opened(), '柳林镇派出所', [50, 35]));
  const squad = must(score(station, '柳林镇综合行政执法中队', [40.5, 30]));
  return must(score(squad, '县水利局', [10, 5], CADRE, '三次呼叫无人到场'));
};
const confirmed = () => must(machine.confirmSheet(filled(), LEADER, MONDAY));
const appeal = (on: Evaluation, by = WATER) =>
  machine.appealScore(
    on,
    { township: '柳林镇', body: '县水利局', reason: '三次均已到场,有记录', now: MONDAY },
    by,
    DIRECTORY,
  );

describe('an evaluation', () => {
  it('is opened by 督办 alone, with each township’s own teams and the departments of the form', () => {
    const parts = { form: FORM, directory: DIRECTORY, period, id: 'PJ-2026-000001', now: MONDAY };
    expect(refused(machine.openEvaluation(parts, LEADER))).toMatch(/督办/);
    expect(machine.sheetOf(opened(), '柳林镇')?.bodies).toEqual([
      '柳林镇派出所',
      '柳林镇综合行政执法中队',
      '县水利局',
    ]);
    expect(machine.sheetOf(opened(), '白马镇')?.bodies).toEqual(['县水利局']);
  });

  it('is filled in by the township, never by who is stationed there or by those who are scored', () => {
    for (const other of [STATION, WATER, OFFICE, judge('龙泉镇', 'county-leader')])
      expect(refused(score(opened(), '县水利局', [50, 30], other))).toMatch(/派驻机构|镇街的工作人员/);
    expect(refused(score(opened(), '县审计局', [50, 30]))).toMatch(/不在本次评价/);
  });

  it('takes one number for each dimension, within its points, and a reason for a low one', () => {
    for (const bad of [[50], [50, 30, 1], [61, 30], [-1, 30], [NaN, 3]])
      expect(refused(score(opened(), '县水利局', bad)), String(bad)).toMatch(/请依次写/);
    expect(refused(score(opened(), '县水利局', [30, 29.9]))).toMatch(/理由/);
    expect(score(opened(), '县水利局', [30, 30]).ok).toBe(true);
    expect(score(opened(), '县水利局', [0, 0], CADRE, '从未到场').ok).toBe(false);
    expect(score(opened(), '县水利局', [0, 0], CADRE, '呼叫从未到场').ok).toBe(true);
  });

  it('is confirmed by the township’s leader when whole, and then stands', () => {
    expect(refused(machine.confirmSheet(opened(), LEADER, MONDAY))).toMatch(/还有 3 个单位没有打分/);
    expect(refused(machine.confirmSheet(filled(), CADRE, MONDAY))).toMatch(/负责人/);
    expect(refused(score(confirmed(), '县水利局', [50, 30]))).toMatch(/不能再改/);
  });

  it('shows a body what it was given once that is confirmed, and to nobody else', () => {
    const seen = (on: Evaluation, by: machine.Judge) =>
      machine.rowsFor(on, by, DIRECTORY).map(({ row }) => row.body);
    expect(seen(filled(), WATER)).toEqual([]);
    expect(seen(confirmed(), WATER)).toEqual(['县水利局']);
    expect(seen(confirmed(), STATION)).toEqual(['柳林镇派出所']);
    expect(seen(confirmed(), judge('县审计局', 'department-officer'))).toEqual([]);
  });

  it('is appealed once, by the body, with a reason; 督办 decides, and an upheld one counts no more', () => {
    expect(refused(appeal(filled()))).toMatch(/还没有确认/);
    expect(refused(appeal(confirmed(), STATION))).toMatch(/该单位或其主管部门/);
    const once = must(appeal(confirmed()));
    expect(refused(appeal(once))).toMatch(/申诉一次/);
    const decide = (isUpheld: boolean, by = OFFICE, reason = '签到记录属实') =>
      machine.decideAppeal(once, { id: 'S1', isUpheld, reason, now: MONDAY }, by);
    expect(refused(decide(true, LEADER))).toMatch(/督办/);
    expect(refused(decide(true, OFFICE, ' '))).toMatch(/理由/);
    const bodies = (on: Evaluation) => machine.countedRows(on).map(({ row }) => row.body);
    expect(bodies(must(decide(true)))).not.toContain('县水利局');
    expect(bodies(must(decide(false)))).toContain('县水利局');
  });

  it('ends when no appeal is open, and takes nothing more', () => {
    expect(refused(machine.closeEvaluation(must(appeal(confirmed())), OFFICE, TERMS))).toMatch(/S1/);
    expect(refused(machine.closeEvaluation(confirmed(), LEADER, TERMS))).toMatch(/督办/);
    const closed = must(machine.closeEvaluation(confirmed(), OFFICE, TERMS));
    expect(refused(appeal(closed))).toMatch(/已经结束/);
    expect(refused(machine.closeEvaluation(closed, OFFICE, TERMS))).toMatch(/已经结束/);
  });

  it('waits with its end for those who may appeal', () => {
    const on = { ...confirmed(), appealDays: 5 };
    expect(refused(machine.closeEvaluation(on, OFFICE, TERMS))).toMatch(/申诉期到3月9日/);
    const later = { ...TERMS, now: MONDAY + 8 * 24 * 3_600_000 };
    expect(machine.closeEvaluation(on, OFFICE, later).ok).toBe(true);
  });

  it('tells who is scored, whose score was appealed, and all of its end', () => {
    const on = { ...confirmed(), appealDays: 5 };
    const scored = textsOf(toldOf({ ...filled(), appealDays: 5 }, on, WORLD, MONDAY)).join('\n');
    expect(scored).toMatch(/柳林镇对县水利局的评分已确认:响应 10、实效 5,合计 15\(三次呼叫无人到场\)/);
    expect(scored).toMatch(/3月9日.*前发送“评价期”申诉/);
    expect(scored).toContain('柳林镇派出所');
    expect(toldOf(on, on, WORLD, MONDAY)).toEqual([]);
    const once = must(appeal(on));
    const decision = { id: 'S1', isUpheld: true, reason: '签到记录属实', now: MONDAY };
    const decided = must(machine.decideAppeal(once, decision, OFFICE));
    expect(textsOf(toldOf(once, decided, WORLD, MONDAY)).join()).toContain(
      '决定成立,该项评分不计:签到记录属实',
    );
    const ended = { ...on, closed: { by: { account: '', name: '', organization: '' }, at: MONDAY } };
    const end = textsOf(toldOf(on, ended, WORLD, MONDAY)).join('\n');
    expect(end).toMatch(/镇长: .*评价期已结束/);
    // No leader of 白马镇 can be written to.
    expect(end).toMatch(/马甲: .*评价期已结束/);
    expect(end).not.toMatch(/镇甲: /);
  });

  it('has a day by which it is filled in, and names what it waits for until it has ended', () => {
    const on = { ...opened(), fillDays: 10 };
    expect(firstRound(opened(), WORLD)).toEqual([]);
    expect(firstRound(on, WORLD)).toMatchObject([{ timer: { kind: 'evaluation', payload: { id: on.id } } }]);
    const round = roundOf(on, WORLD, MONDAY);
    expect(textsOf(round).join()).toMatch(/还有 3 个单位没有打分.*柳林镇、白马镇、龙泉镇还没有确认/s);
    expect(textsOf(round).join('\n')).toMatch(/马甲: .*还有 1 个单位没有打分/);
    expect(textsOf(round).join('\n')).toMatch(/督甲: .*龙泉镇没有可以送达的人员,请另行电话通知/);
    expect(round.at(-1)).toMatchObject({ kind: 'schedule' });
    const ended = { ...on, closed: { by: { account: '', name: '', organization: '' }, at: MONDAY } };
    expect(roundOf(ended, WORLD, MONDAY)).toEqual([]);
  });

  it('never changes what it is given', () => {
    const before = confirmed();
    const frozen = JSON.stringify(before);
    appeal(before);
    machine.closeEvaluation(before, OFFICE, TERMS);
    expect(JSON.stringify(before)).toBe(frozen);
  });
});

describe('the workbook', () => {
  it('holds the means that count, each sheet, and room for the signatures', async () => {
    const sheets = await sheetsOf(await renderEvaluation(confirmed(), DIRECTORY));
    expect(sheets['汇总']).toMatch(/县水利局\|1\|10\|5\|15/);
    expect(sheets['柳林镇']).toMatch(/柳林镇综合行政执法中队\|40\.5\|30\|70\.5/);
    for (const name of ['汇总', '柳林镇'])
      expect(sheets[name]).toMatch(/镇街主要负责人\(签字\):\|县督办\(签字\):/);
  });
});

describe('a line of scores', () => {
  it.each([
    ['28 19 到场及时', [28, 19], '到场及时'],
    ['28分,19.5分。有时慢', [28, 19.5], '有时慢'],
    ['实效19 响应28 不错', [28, 19], '不错'],
    ['28', [28], ''],
    ['挺好的', [], '挺好的'],
  ])('%s', (text, scores, words) => {
    expect(parseScoreLine(text, ['响应', '实效'])).toEqual({ scores, words });
  });
});

describe('the form', () => {
  it('of the sample county is whole, and there may be none', () => {
    expect(loadForm('knowledge/evaluation/form.yaml', (name) => name)?.dimensions).toHaveLength(4);
    expect(loadForm('knowledge/evaluation/none.yaml', (name) => name)).toBeNull();
  });

  it('that names a unit that there is not says so', () => {
    expect(() => loadForm('knowledge/evaluation/form.yaml', () => null)).toThrow(BotError);
    expect(() => loadForm('knowledge/evaluation/form.yaml', () => null)).toThrow(/单位名录中没有/);
  });
});
