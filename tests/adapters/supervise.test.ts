/** A platform that is down at the start, beside one that is not; and both behind a proxy. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import { createProxyAgent } from '../../src/adapters/proxy.js';
import { superviseAdapter } from '../../src/adapters/supervise.js';
import { createTelegramAdapter } from '../../src/adapters/telegram/index.js';
import { BotError } from '../../src/core/errors.js';
import type { Adapter } from '../../src/core/ports.js';
import { createRecorder } from '../helpers/adapter.js';
import { createLogRecorder } from '../helpers/context.js';
import * as feishu from '../helpers/fake-feishu.js';
import * as telegram from '../helpers/fake-telegram.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const log = createLogRecorder();
const message = (adapter: Adapter) => ({
  key: 'u#0',
  conversation: { platform: adapter.name, chatId: '42', isDirect: true },
  reply: { text: '好' },
});

describe('a platform that cannot be reached at the start', () => {
  const failing = (...failures: (Error | 'hang')[]) => {
    const made: Adapter[] = [];
    const create = (): Adapter => {
      const failure = failures[made.length];
      const adapter = createRecorder({
        start: () =>
          failure === 'hang'
            ? new Promise<void>(() => undefined)
            : failure
              ? Promise.reject(failure)
              : Promise.resolve(),
        ...(failure && failure !== 'hang' && { deliver: () => Promise.reject(failure) }),
      });
      made.push(adapter);
      return adapter;
    };
    return { create, made };
  };
  const down = new BotError('UNAVAILABLE', 'no network');
  const waits: number[] = [];
  const wait = (ms: number) => {
    waits.push(ms);
    return Promise.resolve();
  };

  it('is tried until it is there, by a new adapter each time, and then delivers', async () => {
    waits.length = 0;
    const { create, made } = failing(down, down, down);
    const adapter = superviseAdapter(create, { log, isAlone: true, wait });
    await adapter.start(() => Promise.resolve());
    await expect(adapter.deliver(message(adapter))).rejects.toBe(down);
    while (made.length < 4) await new Promise((resolve) => setImmediate(resolve));
    await adapter.deliver(message(adapter));
    expect(waits).toEqual([1_000, 2_000, 4_000]);
    expect(log.lines.join()).toContain('a platform cannot be reached');
    expect(log.lines.join()).toContain('the platform is there again');
    await adapter.stop();
  });

  it('holds up nobody when it does not answer at all', async () => {
    const { create } = failing('hang');
    const adapter = superviseAdapter(create, { log, isAlone: false, patienceMs: 10, wait });
    await adapter.start(() => Promise.resolve());
  });

  it('whose credentials are refused ends the start where it is alone, else it is said and tried', async () => {
    const refused = new BotError('UNAUTHORIZED', 'wrong secret');
    const alone = superviseAdapter(failing(refused).create, { log, isAlone: true, wait });
    await expect(alone.start(() => Promise.resolve())).rejects.toBe(refused);
    waits.length = 0;
    const { create, made } = failing(refused);
    const other = superviseAdapter(create, { log, isAlone: false, wait });
    await other.start(() => Promise.resolve());
    while (made.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(waits).toEqual([300_000]);
    await other.stop();
  });

  it('leaves the other serving, and comes back by itself', async () => {
    const fake = await telegram.startFakeTelegram();
    const port = await freePort();
    const heard: string[] = [];
    let open: () => void = () => undefined;
    const isOpen = new Promise<void>((resolve) => (open = resolve));
    const made = superviseAdapter(
      () =>
        createFeishuAdapter({
          ...{ appId: feishu.APP_ID, appSecret: feishu.APP_SECRET, log },
          domain: `http://127.0.0.1:${port}`,
        }),
      { log, isAlone: false, wait: () => isOpen },
    );
    const other = superviseAdapter(
      () => createTelegramAdapter({ token: telegram.TOKEN, apiRoot: fake.apiRoot, log }),
      { log, isAlone: false },
    );
    closers.push(
      () => fake.close(),
      () => other.stop(),
    );
    const hear = (update: { id: string }) => {
      heard.push(update.id);
      return Promise.resolve();
    };
    await Promise.all([made.start(hear), other.start(hear)]);
    fake.push(telegram.messageUpdate({ text: '路灯谁管' }));
    while (heard.length < 1) await fake.nextCall('getUpdates');
    const back = await feishu.startFakeFeishu({ port });
    closers.push(
      () => back.close(),
      () => made.stop(),
    );
    open();
    await back.listening();
    await back.publish(feishu.messageEvent('路灯谁管'));
    expect(heard).toHaveLength(2);
    expect(heard[1]).toMatch(/^feishu:/);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A proxy that knows CONNECT only, and where it was asked to connect to. */
async function startProxy() {
  const targets: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (head) => {
      const [, host = '', port = ''] = /^CONNECT ([^:]+):(\d+) /.exec(head.toString()) ?? [];
      targets.push(`${host}:${port}`);
      const far = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        far.pipe(socket).pipe(far);
      });
      far.on('error', () => socket.destroy());
      sockets.add(far);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, targets };
}

describe('a proxy', () => {
  it('carries calls and the long connection of Feishu', async () => {
    const fake = await feishu.startFakeFeishu();
    closers.push(() => fake.close());
    const proxy = await startProxy();
    const heard: object[] = [];
    const adapter = createFeishuAdapter({
      ...{ appId: feishu.APP_ID, appSecret: feishu.APP_SECRET, domain: fake.domain, log },
      agent: createProxyAgent(proxy.url),
    });
    await adapter.start((update) => {
      heard.push(update);
      return Promise.resolve();
    });
    closers.push(() => adapter.stop());
    await fake.listening();
    await fake.publish(feishu.messageEvent('路灯谁管'));
    await adapter.deliver({
      ...message(adapter),
      conversation: { platform: 'feishu', chatId: 'ou_1', isDirect: true },
    });
    expect(heard).toHaveLength(1);
    // Token, bot, address of the websocket, the websocket itself, the message.
    expect(proxy.targets.length).toBeGreaterThanOrEqual(5);
    expect(new Set(proxy.targets)).toEqual(new Set([new URL(fake.domain).host]));
  });

  it('carries the calls of Telegram', async () => {
    const fake = await telegram.startFakeTelegram();
    closers.push(() => fake.close());
    const proxy = await startProxy();
    const adapter = createTelegramAdapter({
      ...{ token: telegram.TOKEN, apiRoot: fake.apiRoot, log, agent: createProxyAgent(proxy.url) },
    });
    await adapter.start(() => Promise.resolve());
    closers.push(() => adapter.stop());
    await adapter.deliver(message(adapter));
    expect(fake.callsOf('sendMessage')).toHaveLength(1);
    expect(proxy.targets.length).toBeGreaterThanOrEqual(3);
  });
});
