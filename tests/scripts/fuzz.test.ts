/** The fuzz run: its updates and its oracle, and 500 updates at the real program. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { createLedger, quantile } from '../../scripts/fuzz/ledger.js';
import { payloadProblem } from '../../scripts/fuzz/payloads.js';
import { loadVocabulary } from '../../scripts/fuzz/sentences.js';
import { fuzzUpdate } from '../../scripts/fuzz/updates.js';

const FUZZ = 'dist/scripts/fuzz.js';
const RUN_MS = 400_000;
const run = promisify(execFile);
const vocabulary = loadVocabulary('intents');

describe('the updates', () => {
  const made = (index: number, seed = 1) =>
    fuzzUpdate(seed, index, 1_790_000_000_000, { vocabulary, platforms: ['telegram', 'feishu'] });
  /** Feishu's own ids count on, whoever asks. */
  const text = (index: number, seed?: number) =>
    JSON.stringify(made(index, seed)).replace(/"event_id":"ev_\d+"/g, '');

  it('are the same for the same seed, in whatever order they are made', () => {
    const forward = [7, 8, 9].map((index) => text(index));
    expect([9, 8, 7].map((index) => text(index)).reverse()).toEqual(forward);
    expect(text(7, 2)).not.toBe(forward[0]);
  });

  it('forge a value of every action on both platforms', () => {
    const pressed = new Set<string>();
    for (let index = 0; index < 12_000; index++) {
      const { kind, platform, update } = made(index);
      if (kind !== 'forged button') continue;
      const [, action = ''] =
        /"data":"([\w-]+)|"value":\{"id":"([\w-]+)/.exec(JSON.stringify(update))?.filter(Boolean) ?? [];
      pressed.add(`${platform} ${action}`);
    }
    for (const action of vocabulary.actions)
      for (const platform of ['telegram', 'feishu']) expect(pressed).toContain(`${platform} ${action}`);
  });
});

describe('the ledger', () => {
  const owed = (index: number, at: number) => ({
    index,
    platform: 'telegram' as const,
    kind: 'text',
    chatId: 'c',
    at,
  });

  it('counts who was told nothing', () => {
    const ledger = createLedger();
    ledger.owe(owed(1, 1));
    ledger.owe(owed(2, 2));
    ledger.said('c', '路灯', 3);
    ledger.said('other', '路灯', 3);
    expect(ledger.untold().map(({ index }) => index)).toEqual([2]);
  });

  it('takes one “busy” for a whole burst, and for no later one', () => {
    const ledger = createLedger();
    ledger.owe(owed(1, 1));
    ledger.said('c', '消息太多,请稍后再试。', 2);
    ledger.owe(owed(2, 3));
    ledger.owe(owed(3, 3_600_000));
    expect(ledger.untold().map(({ index }) => index)).toEqual([3]);
  });

  it('lets what is old not hold back what comes next', () => {
    const ledger = createLedger();
    ledger.owe(owed(1, 0));
    expect(ledger.underWay('telegram', 1)).toBe(1);
    expect(ledger.underWay('telegram', 60_000)).toBe(0);
    expect(ledger.untold()).toHaveLength(1);
  });

  it('knows quantiles', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(3);
    expect(quantile([1, 2, 3, 4], 1)).toBe(4);
    expect(quantile([], 0.5)).toBeNull();
  });
});

describe('the check of what is sent', () => {
  const send = { chat_id: '42', text: '<b>路灯</b> &lt;', parse_mode: 'HTML' };

  it.each([
    ['telegram', 'sendMessage', send, null],
    ['telegram', 'sendMessage', { ...send, text: ' ' }, 'no text'],
    ['telegram', 'sendMessage', { ...send, text: '<b>a' }, '<b> is not closed'],
    ['telegram', 'sendMessage', { ...send, text: 'a < b' }, 'a bracket that is not escaped'],
    ['telegram', 'sendMessage', { ...send, text: 'a\ud800' }, 'half a character'],
    ['telegram', 'sendMessage', { ...send, text: '路灯👨‍👩‍👧‍👦' }, null],
    ['telegram', 'sendMessage', { ...send, chat_id: '1e300' }, 'the chat is none'],
    ['telegram', 'sendMessage', { ...send, text: '长'.repeat(4_097) }, 'a text of 4097'],
    [
      'telegram',
      'editMessageText',
      {
        ...send,
        message_id: 1,
        reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'a'.repeat(65) }]] },
      },
      'a button with 65 bytes',
    ],
    ['feishu', 'create', { receive_id: 'ou_1', msg_type: 'text', content: '{"text":"a"}' }, null],
    [
      'feishu',
      'create',
      { receive_id: '', msg_type: 'text', content: '{"text":"a"}' },
      'nobody to receive it',
    ],
    ['feishu', 'reply', { msg_type: 'text', content: '{"text":' }, 'content that is not JSON'],
    ['feishu', 'reply', { msg_type: 'text', content: '{"text":"\\ud800"}' }, 'half a character'],
  ] as const)('%s %s %#', (platform, method, body, problem) => {
    expect(payloadProblem(platform, method, body)).toBe(problem);
  });
});

describe('a short run', () => {
  beforeAll(() => {
    if (!existsSync(FUZZ)) execFileSync('npx', ['tsc', '-p', 'tsconfig.json']);
  }, RUN_MS);

  it(
    'hurts nobody: 500 updates on both platforms',
    async () => {
      const { stdout } = await run(process.execPath, [FUZZ, '--updates', '500', '--seed', '1']).catch(
        // How long an innocent waits is measured by the command and not here, where other tests run beside it.
        (error: { stdout?: string }) => ({ stdout: error.stdout ?? String(error) }),
      );
      expect(stdout).toMatch(/^updates +500$/m);
      expect(stdout).toMatch(/^innocents answered wrongly +0$/m);
      expect(stdout).toMatch(/^ended by itself +0$/m);
      expect(stdout).toMatch(/^standstills +0$/m);
      expect(stdout).toMatch(/^not told +0$/m);
      // The innocents did ask.
      expect(stdout).toMatch(/^innocents asked +[1-9]\d*$/m);
    },
    RUN_MS,
  );
});
