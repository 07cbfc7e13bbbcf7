import { expect, it } from 'vitest';
import { nearUnit } from '../../src/nlu/near-unit.js';
import { loadDirectory } from '../../src/organizations/load.js';

const { organizations } = loadDirectory('knowledge/organizations');

it.each([
  ['呼叫国土:有人偷挖山皮', '县自然资源和规划局'],
  ['呼叫住见局 三号楼下水道返水', '县住房和城乡建设局'],
  ['紧急 呼叫水力局:渠口塌了一段', '县水利局'],
])('%s → %s', (text, unit) => expect(nearUnit(text, organizations)?.unit).toBe(unit));

it.each(['呼叫:路上有个大坑', '呼叫王庄:路上有个大坑', '国土:有人挖山', '呼叫国土'])(
  '%s names none',
  (text) => expect(nearUnit(text, organizations)).toBeNull(),
);

it('keeps what is said behind it', () => {
  expect(nearUnit('呼叫国土:有人偷挖山皮', organizations)?.body).toBe('有人偷挖山皮');
});
