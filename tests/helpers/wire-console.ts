/** The terminal chat as the contract of adapters wants it: lines in, lines out. */
import { PassThrough } from 'node:stream';
import { createConsoleAdapter } from '../../src/adapters/console/index.js';
import type { Conversation, Heard } from '../../src/core/chat.js';
import type { Facts, Shown, Wire } from '../contracts/adapter.contract.js';

/** One person sits at a terminal: no groups, nothing refused, nothing sent twice. */
export const CONSOLE_FACTS: Facts<never> = {
  platform: 'console',
  ...{ places: [], failures: [], uneditable: [], refusedCards: [] },
  ignored: [
    ['an empty line', { line: '  ' }],
    ['a change to nobody', { line: '/as 王麻子' }],
  ],
  ...{ isRedelivering: false, hasFiles: false },
};

export async function openConsoleWire(): Promise<Wire<never>> {
  const input = new PassThrough();
  const output = new PassThrough();
  const direct: Conversation = { platform: 'console', chatId: '张三', isDirect: true };
  const heard: Heard[] = [];
  let wait: () => void = () => undefined;
  let printed = '';
  output.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const adapter = createConsoleAdapter({
    ...{ input, output, isInteractive: false, clock: () => 5, runId: 'run', user: '张三' },
    ...{ isKnown: (name) => name === '张三', settled: () => Promise.resolve() },
  });
  await adapter.start(async (update) => {
    heard.push(update);
    wait();
  });
  /** An empty one and a change of person are not heard: nothing to wait for. */
  const typed = (line: string): Promise<void> =>
    new Promise((resolve) => {
      wait = resolve;
      input.write(`${line}\n`);
    });
  const shownOf = (block: string): Shown => {
    const labels = [...block.matchAll(/\[\d+\] (.+?)(?= {2}\[|$)/gm)].map(([, label = '']) => label);
    const buttons = labels.map((label, i) => ({ label, press: () => typed(`${i + 1}`) }));
    return { chatId: direct.chatId, isCard: block.startsWith('【'), text: block, live: [], buttons };
  };
  return {
    ...{ adapter, heard, direct, known: '0', say: typed },
    emit: async (content) => void input.write(`${(content as { line: string }).line}\n`),
    failNext: () => undefined,
    fail: () => undefined,
    shown: () => printed.split('\n\n').filter(Boolean).map(shownOf),
    sendFile: () => Promise.reject(new Error('a terminal sends no files')),
    close: () => adapter.stop(),
  };
}
