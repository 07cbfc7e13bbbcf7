import { describe, expect, it } from 'vitest';
import { structuredReader } from '../../src/readings/structured.js';
import type { Context } from '../../src/core/types.js';
import type { ReadingDeps } from '../../src/readings/reading.js';
import { useAssistant } from '../helpers/assistant.js';

const assistant = useAssistant();

async function read(text: string, session: Partial<Context['session']> = null) {
  const { knowledge, tools } = assistant();
  const update = { user: { platform: 'console', id: '1' } };
  const ctx = { text, session, update, person: tools.directory.personNamed('张三') } as Context;
  return structuredReader.read(ctx, { knowledge: () => knowledge } as ReadingDeps);
}

describe('a structured question', () => {
  it.each(['第一批第36项是啥', '交通局配合住建局的是哪些', '林丙管些啥', '石桥镇书记是谁', '住建局谁管市政'])(
    '%s is read whatever the examples say',
    async (text) => {
      expect(await read(text)).toMatchObject([{ intent: 'list_rows', probability: 0.995 }]);
    },
  );

  it.each([
    ...['路灯坏了归谁管', '催一下住建局那个积水的', '提醒清单', '烦请查询我局名下尚未办结事项'],
    ...['城管碰见了咋弄', '二批发市场的垃圾谁管', '这一批群众来访归谁'],
    ...['呼叫住建局:张庄的路灯不亮', '这是民政还是残联的活?', '镇上谁盯这个'],
  ])('%s is none', async (text) => {
    expect(await read(text)).toEqual([]);
  });

  it('goes on by domain after a row of the listing was opened', async () => {
    const listing = { filter: { ask: 'rows', kind: 'duty', domain: '综合政务' }, page: 0 };
    const session = { focus: 'e/duty/181', offered: ['e/duty/181'], listing };
    expect(await read('平安法治呢', session)).toMatchObject([{ intent: 'list_rows' }]);
  });

  it.each(['职责任务清单110项咧', '赋权清单56项写的啥', '二批41是啥', '一批12是啥'])(
    '%s is one item',
    async (text) => {
      const [reading] = await read(text);
      expect(reading?.why).toContain('(row');
    },
  );

  it.each(['一二三批一共多少项', '前两批一共几项', '一、二批里住建局牵头几项', '二批里住建局牵头的几项'])(
    '%s: batches',
    async (text) => {
      expect(await read(text)).toMatchObject([{ intent: 'list_rows', probability: 0.995 }]);
    },
  );

  it('asks who co-operates in the row in focus', async () => {
    expect(await read('这条几家配合', { focus: 'e/a/1', offered: [] })).toMatchObject([
      { intent: 'ask_responsibility', slots: { action: 'whole', value: 'e/a/1' } },
    ]);
  });
});
