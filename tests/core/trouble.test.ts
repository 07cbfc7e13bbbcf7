import { expect, it } from 'vitest';
import { createTroubleNotice } from '../../src/core/trouble.js';
import { createRecorder } from '../helpers/adapter.js';
import { createClock } from '../helpers/clock.js';
import { createLogRecorder, makeAction, makeMessage } from '../helpers/context.js';

const direct = { platform: 'telegram', chatId: '5', isDirect: true } as const;
const group = { platform: 'telegram', chatId: '-7', isDirect: false } as const;
const MINUTE_MS = 60_000;

function start(overrides: Parameters<typeof createRecorder>[0] = {}) {
  const adapter = createRecorder({ name: 'telegram', ...overrides });
  const clock = createClock();
  const log = createLogRecorder();
  const say = createTroubleNotice({ adapters: [adapter], clock, log });
  return { adapter, clock, log, say };
}

it('tells a chat once in ten minutes, under the message that was not handled', async () => {
  const { adapter, clock, say } = start();
  await say(makeMessage({ id: 'telegram:1', conversation: direct, messageId: '11' }));
  await say(makeMessage({ id: 'telegram:2', conversation: direct }));
  await say(makeAction({ id: 'a', value: 'v' }, { id: 'telegram:3', conversation: group }));
  clock.advance(10 * MINUTE_MS - 1);
  await say(makeMessage({ id: 'telegram:4', conversation: direct }));
  clock.advance(1);
  await say(makeMessage({ id: 'telegram:5', conversation: direct }));
  expect(adapter.delivered.map(({ key }) => key)).toEqual([
    'telegram:1#trouble',
    'telegram:3#trouble',
    'telegram:5#trouble',
  ]);
  expect(adapter.delivered[0]).toMatchObject({ conversation: direct, replyTo: '11' });
  expect(adapter.delivered[0]?.reply).toMatchObject({
    text: expect.stringContaining('还没有处理') as unknown,
  });
});

it('does not speak into the talk of a group, nor twice in the terminal', async () => {
  const { adapter, say } = start();
  await say(makeMessage({ conversation: group, isAddressed: false }));
  await say(makeMessage());
  expect(adapter.delivered).toEqual([]);
});

it('leaves a chat that is not reached as it is', async () => {
  const { log, say } = start({ deliver: () => Promise.reject(new Error('no network')) });
  await say(makeMessage({ conversation: direct }));
  expect(log.lines).toEqual([expect.stringMatching(/^warn the chat could not be told.*no network/)]);
});
