import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/core/types.js';
import { offeredReader } from '../../src/readings/offered.js';
import type { ReadingDeps } from '../../src/readings/reading.js';
import { useAssistant } from '../helpers/assistant.js';

const assistant = useAssistant();

async function read(text: string, numbers: string[]) {
  const { knowledge, tools } = assistant();
  const offered = numbers.map((number) => `${knowledge.edition.id}/${number}`);
  const session = { updatedAt: 0, offered, isChoosing: true };
  const match = { intent: 'ask_responsibility', via: 'example', score: 0.5, scores: {}, slots: {} };
  const ctx = { text, session, match, person: tools.directory.personNamed('张三') } as unknown as Context;
  return offeredReader.read(ctx, { knowledge: () => knowledge } as ReadingDeps);
}

describe('while rows are offered', () => {
  it.each(['公安管它哪块', '公安那截', '公安局干啥'])(
    '%s is asked of the row that names the unit',
    async (text) => {
      expect(await read(text, ['territorial-1/2', 'territorial-1/36'])).toMatchObject([
        { slots: { action: 'unit', unit: '县公安局' } },
      ]);
    },
  );

  it('a side is told of the only one', async () => {
    expect(await read('依据是啥', ['territorial-1/36'])).toMatchObject([{ slots: { action: 'basis' } }]);
  });

  it('a side of one among several waits for the choice', async () => {
    expect(await read('依据是啥', ['territorial-1/36', 'territorial-1/2'])).toMatchObject([
      { slots: { action: 'which' } },
    ]);
  });

  it('a matter of its own is none', async () => {
    expect(await read('不拴绳遛狗公安管不管', ['territorial-1/36', 'territorial-1/2'])).toEqual([]);
  });

  it.each(['民政要做啥', '残联呢', '派出所管不'])(
    '%s: of a unit that none of them names, the choice comes first',
    async (text) => {
      expect(await read(text, ['duty/67', 'duty/68'])).toMatchObject([{ slots: { action: 'which' } }]);
    },
  );

  it('an order to file is no question about the part of its unit', async () => {
    expect(await read('帮我报给公安局', ['territorial-1/2', 'territorial-1/36'])).toEqual([]);
  });
});
