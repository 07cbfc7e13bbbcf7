import { describe, expect, it } from 'vitest';
import { BotError } from '../../src/core/errors.js';
import type { TimerContext } from '../../src/core/types.js';
import type { HandlerDeps } from '../../src/handlers/deps.js';
import { createEditionTimer } from '../../src/timers/edition.js';
import type { EditionService } from '../../src/editions/editions.js';
import { START } from '../helpers/clock.js';
import { emptyReader } from '../helpers/context.js';

const to = { platform: 'console' as const, chatId: '王五', isDirect: true };
const attachment = { platform: 'console' as const, kind: 'file' as const, id: 'a.xlsx', name: 'a.xlsx' };
const read = { step: 'read', attachment, remarks: { stated: {}, corrections: {} }, hint: '' };

const run = (
  task: object,
  readAttachment: TimerContext['readAttachment'],
  service: Partial<EditionService> = {},
) =>
  createEditionTimer({ editions: service as EditionService } as unknown as HandlerDeps)({
    update: {
      ...{ kind: 'timer', id: 'timer:1', at: START },
      timer: {
        key: 'edition:1',
        runAt: START,
        kind: 'edition',
        payload: { ...task, by: '甲', account: 'a', to },
      },
    },
    now: START,
    read: emptyReader,
    isRead: () => Promise.resolve(null),
    accountsOf: () => Promise.resolve(new Map()),
    readAttachment,
  });
const textOf = (text: string) => [
  { kind: 'send', to, reply: { text: expect.stringContaining(text) as string } },
];

describe('the work on editions', () => {
  it('is tried again when the platform is away for the moment', async () => {
    const away = () => Promise.reject(new BotError('UNAVAILABLE', '502'));
    await expect(run(read, away)).rejects.toThrow('502');
  });

  it.each([
    ['the file is gone', () => Promise.reject(new BotError('TARGET_GONE', '文件已过期')), '文件已过期'],
    ['the file is too large', () => Promise.resolve(new Uint8Array(33 * 1024 * 1024)), '32 MB'],
  ])('says so when %s', async (_, download, words) => {
    expect(await run(read, download)).toEqual(textOf(words));
  });

  it('says what failed, and that the old edition stays', async () => {
    const publish = () => Promise.reject(new Error('ENOSPC'));
    const service = { draft: () => ({}) as never, publish };
    const effects = await run({ step: 'publish', draft: '22222222' }, () => expect.fail(), service);
    expect(effects).toEqual(textOf('ENOSPC。现行版次不变'));
  });
});
