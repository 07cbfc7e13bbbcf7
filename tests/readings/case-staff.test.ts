/** Who holds a post in the unit that leads the case spoken of. */
import { expect, it } from 'vitest';
import type { Context } from '../../src/core/types.js';
import { caseStaffReader } from '../../src/readings/case-staff.js';
import type { ReadingDeps } from '../../src/readings/reading.js';

const read = async (text: string, session: object) => {
  const assignments = [{ id: 'A1', organization: '县住房和城乡建设局', role: 'lead', status: 'pending' }];
  const ctx = {
    ...{ text, session, match: { via: 'example' } },
    read: { getRequest: () => Promise.resolve({ assignments }) },
  } as unknown as Context;
  const [found] = await caseStaffReader.read(ctx, {} as ReadingDeps);
  return found?.text;
};

it.each(['他们局长是谁', '那他们局里的局长叫啥', '人家负责人是哪位'])('%s', async (text) => {
  expect(await read(text, { request: 'QS-2026-000001' })).toMatch(/^县住房和城乡建设局.+是谁$/);
});

it('is of the row that stands open beside it', async () => {
  expect(await read('他们局长是谁', { request: 'QS-2026-000001', focus: 'x/1' })).toBeUndefined();
  expect(await read('他们局长说不修', { request: 'QS-2026-000001' })).toBeUndefined();
});
