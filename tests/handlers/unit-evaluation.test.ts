/** 评价期 in chat: who is told is counted in truth. */
import { expect, it } from 'vitest';
import { tellTownships } from '../../src/handlers/shared/evaluation.js';
import { createDirectory } from '../../src/organizations/directory.js';
import { makeEvaluation } from '../helpers/evaluations.js';
import { DIRECTORY, textsOf, WORLD } from '../helpers/request-world.js';

it('counts the townships whose leaders are written to, and names those of whom others or nobody are', () => {
  const evaluation = makeEvaluation();
  const [sheet] = evaluation.sheets;
  if (!sheet) throw new Error('no sheet');
  const sheets = ['柳林镇', '白马镇', '龙泉镇'].map((township) => ({ ...sheet, township }));
  const { effects, said } = tellTownships({ ...evaluation, sheets }, '评价期已开启', WORLD);
  expect(textsOf(effects)).toEqual(['镇长: 评价期已开启', '马甲: 评价期已开启']);
  expect(said).toBe(
    '已向 1 个镇街的负责人发出通知。白马镇的负责人没有账号,已发给工作人员。龙泉镇没有可以送达的人员,请另行电话通知。',
  );
  const parts = { county: '青山县', organizations: DIRECTORY.organizations, people: [], posts: [] };
  const directory = createDirectory(parts);
  const nobody = tellTownships({ ...evaluation, sheets }, '评价期已开启', { ...WORLD, directory });
  expect(nobody.effects).toEqual([]);
  expect(nobody.said).toMatch(/^已向 0 个/);
});
