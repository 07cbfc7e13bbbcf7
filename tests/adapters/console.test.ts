/** The terminal chat over plain streams. */
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createConsoleAdapter } from '../../src/adapters/console/index.js';
import type { Conversation, Heard } from '../../src/core/chat.js';
import type { Outgoing } from '../../src/core/store.js';
import { adapterContract } from '../contracts/adapter.contract.js';
import { CONSOLE_FACTS, openConsoleWire } from '../helpers/wire-console.js';

adapterContract(CONSOLE_FACTS, openConsoleWire);

const directTo = (chatId: string): Conversation => ({ platform: 'console', chatId, isDirect: true });
/** The chat of the one who types first. */
const own = directTo('张三');
const card = (title: string, ...labels: string[]): Outgoing['reply'] => ({
  card: { title, blocks: [], buttons: labels.map((label) => ({ id: label, label, value: 'QS-1' })) },
});

/** `onUpdate` answers what is typed; `typed` feeds all lines and resolves when they are answered. */
function start(onUpdate: (update: Heard, deliver: (message: Partial<Outgoing>) => Promise<unknown>) => void) {
  const input = new PassThrough();
  const output = new PassThrough();
  let printed = '';
  output.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const adapter = createConsoleAdapter({
    input,
    output,
    isInteractive: false,
    clock: () => 5,
    runId: 'run',
    user: '张三',
    isKnown: (name) => ['张三', '李四'].includes(name),
    settled: () => Promise.resolve(),
  });
  let key = 0;
  const deliver = (message: Partial<Outgoing>) =>
    adapter.deliver({ key: `k${key++}`, conversation: own, reply: { text: '' }, ...message });
  const updates: Heard[] = [];
  return {
    adapter,
    deliver,
    updates,
    printed: () => printed,
    async typed(...lines: string[]): Promise<void> {
      await adapter.start(async (update) => {
        updates.push(update);
        onUpdate(update, deliver);
      });
      input.end(lines.map((line) => `${line}\n`).join(''));
      await adapter.ended;
    },
  };
}

const ignore = () => undefined;

describe('console', () => {
  it('hears every line, each in the chat of the one who types', async () => {
    const { typed, updates } = start(ignore);
    await typed('路灯坏了归谁管', '/as 李四', '待我办理', '/as 王麻子', '  ');
    expect(updates).toMatchObject([
      { id: 'console:run:1', conversation: own, user: { id: '张三' }, text: '路灯坏了归谁管' },
      { id: 'console:run:2', conversation: directTo('李四'), user: { id: '李四' }, text: '待我办理' },
    ]);
    expect(updates).toHaveLength(2);
  });

  it('prints what is for the one who types plainly, and what is for somebody else under that name', async () => {
    const { deliver, printed } = start(ignore);
    await deliver({ reply: { text: '甲' } });
    await deliver({ conversation: directTo('李四'), reply: { text: '丙' } });
    await deliver({ conversation: { ...directTo('县住建局'), isDirect: false }, reply: { text: '丁' } });
    expect(printed()).toBe('甲\n\n→ 李四:\n丙\n\n→ 县住建局:\n丁\n\n');
  });

  it('lets the other person press the buttons shown last', async () => {
    const { typed, updates, printed } = start((update, deliver) => {
      if (update.kind !== 'message') return;
      void deliver({ reply: card('已提交', '撤回') });
      void deliver({ conversation: directTo('李四'), reply: card('新请求', '签收', '退回') });
    });
    await typed('呼叫住建局', '/as 李四', '1', '[2]', '3');
    expect(printed()).toContain('→ 李四:\n【新请求】\n[1] 签收  [2] 退回');
    // The card was the third message: after the line typed and the answer to it.
    expect(updates.slice(1)).toMatchObject([
      { kind: 'action', user: { id: '李四' }, messageId: '3', action: { id: '签收', value: 'QS-1' } },
      {
        kind: 'action',
        conversation: directTo('李四'),
        messageId: '3',
        action: { id: '退回', value: 'QS-1' },
      },
      { kind: 'message', text: '3' },
    ]);
  });

  it('names each message shown by a number of its own, and prints a replaced card again', async () => {
    const { adapter, deliver, printed } = start(ignore);
    expect(await deliver({ reply: card('待签收', '签收'), slot: 'QS-1' })).toEqual({ messageId: '1' });
    const edit = { reply: card('已签收'), slot: 'QS-1', editMessageId: '1' };
    expect(await deliver(edit)).toEqual({ messageId: '2' });
    expect(printed()).toBe('【待签收】\n[1] 签收\n\n【已签收】\n\n');
    expect(adapter.editWindowMs).toBe(0);
  });

  it('takes the number of a button that is not shown any more for a message', async () => {
    const { typed, updates } = start((_update, deliver) => void deliver({ reply: card('没有按钮') }));
    await typed('x', '1');
    expect(updates[1]).toMatchObject({ kind: 'message', text: '1' });
  });

  it('prints a line for an attachment and has none to give', async () => {
    const { adapter, deliver, printed } = start(ignore);
    const photo = { platform: 'feishu', kind: 'photo', id: 'img_1' } as const;
    await deliver({ reply: { attachment: { ...photo, name: '现场.jpg' }, text: '人民路积水' } });
    await deliver({ reply: { attachment: photo, text: '' } });
    await deliver({
      conversation: directTo('李四'),
      reply: { attachment: { ...photo, kind: 'file' }, text: '' },
    });
    expect(printed()).toBe('[图片] 现场.jpg\n人民路积水\n\n[图片]\n\n→ 李四:\n[文件]\n\n');
    await expect(adapter.download(photo)).rejects.toMatchObject({ code: 'TARGET_GONE' });
  });

  it('shows what comes unasked on lines of its own and asks on', async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    let printed = '';
    output.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const adapter = createConsoleAdapter({
      ...{ input, output, isInteractive: true, clock: () => 5, runId: 'run', user: '张三' },
      ...{ isKnown: () => true, settled: () => Promise.resolve() },
    });
    await adapter.start(() => Promise.resolve());
    await adapter.deliver({ key: 'timer:1', conversation: directTo('李四'), reply: { text: '明日到期' } });
    await adapter.stop();
    expect(printed.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '')).toBe('> \n→ 李四:\n明日到期\n\n> ');
  });

  it('goes on after an error and says it', async () => {
    const { typed, printed } = start((update) => {
      if (update.kind === 'message' && update.text === 'a') throw new Error('磁盘已满');
    });
    await typed('a', 'b');
    expect(printed()).toContain('磁盘已满');
  });
});
