/** Quiet hours: what pierces them, and for whom. */
import { describe, expect, it } from 'vitest';
import type { Role, Shift } from '../../src/core/domain.js';
import { loadRules } from '../../src/reminders/rules.js';
import { mayDisturb, saysUrgent } from '../../src/reminders/urgency.js';
import { person } from '../helpers/request-world.js';
import { HOUR, MONDAY } from '../helpers/requests.js';

const RULES = loadRules('knowledge/reminders');

it('a word of urgency does, the name of a matter does not', () => {
  for (const said of ['紧急集合', '特急:报送', '加急', '每天含节假日报送', '包括周末'])
    expect(saysUrgent(said, RULES), said).toBe(true);
  for (const said of [
    '报值班表',
    '值守点名',
    '汛情',
    '火情',
    '险情',
    '防火',
    '抢险物资清点',
    '核对紧急联系人',
    '紧急预案报送',
  ])
    expect(saysUrgent(said, RULES), said).toBe(false);
});

describe('who may', () => {
  const shift: Shift = { unit: '柳林镇', name: '镇甲', from: MONDAY, until: MONDAY + HOUR };
  const onDuty = (unit: string, at: number) =>
    unit === shift.unit && at >= shift.from && at < shift.until ? [shift] : [];
  const may = (role: Role, office = '经济发展办公室', at = MONDAY - HOUR, name = '镇甲') =>
    mayDisturb(person(name, '柳林镇', [role], office), { onDuty }, [at]);

  it('leaders, the general office and who is on duty then', () => {
    expect(may('township-leader')).toBe(true);
    expect(may('deadline-office')).toBe(true);
    expect(may('township-cadre', '党政办公室')).toBe(true);
    expect(may('township-cadre')).toBe(false);
    expect(may('township-cadre', '经济发展办公室', MONDAY)).toBe(true);
    expect(may('township-cadre', '经济发展办公室', MONDAY, '镇乙')).toBe(false);
    expect(may('township-cadre', '经济发展办公室', MONDAY + HOUR)).toBe(false);
    expect(mayDisturb(null, { onDuty }, [MONDAY])).toBe(false);
  });
});
