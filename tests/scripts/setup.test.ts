/** `npm run setup`: the same needs as the manual and the doctor, settings put where they belong, secrets shown to nobody. */
import { execFile } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultHttpInstance, registerApp } from '@larksuiteoapi/node-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCall } from '../../scripts/doctor/http.js';
import { withSettings } from '../../scripts/setup/env-file.js';
import { createProxyAgent } from '../../src/adapters/proxy.js';
import { ADDONS, goThrough, setupFeishu, type FeishuSetup } from '../../scripts/setup/feishu.js';
import { pasteList } from '../../scripts/setup/paste.js';
import { setupTelegram } from '../../scripts/setup/telegram.js';
import {
  FEISHU_CALLBACKS,
  FEISHU_EVENTS,
  FEISHU_MENU,
  FEISHU_SCOPES,
} from '../../scripts/shared/feishu-needs.js';
import { CHAT_EVENTS } from '../../src/adapters/feishu/events.js';
import { loadIntents } from '../../src/nlu/load.js';
import { checkWecom } from '../../scripts/doctor/wecom.js';
import { setupWecom } from '../../scripts/setup/wecom.js';
import { BOT_ID, SECRET } from '../helpers/fake-wecom.js';
import * as telegramFake from '../helpers/fake-telegram.js';

describe('what is needed', () => {
  it('is all on the list to paste', () => {
    const list = pasteList();
    for (const id of [...FEISHU_SCOPES, ...FEISHU_EVENTS]) expect(list).toContain(id);
    const json = /^\{"scopes".*\}$/m.exec(list)?.[0] ?? '';
    expect(JSON.parse(json)).toEqual({ scopes: { tenant: FEISHU_SCOPES, user: [] } });
  });

  it('is what the bot hears', () => {
    expect(new Set(FEISHU_EVENTS)).toEqual(
      new Set([...CHAT_EVENTS, 'im.message.receive_v1', ...FEISHU_CALLBACKS]),
    );
  });

  it('has a menu of commands that there are', () => {
    const commands = new Set(loadIntents('intents').flatMap(({ commands: words }) => words));
    expect(FEISHU_MENU.filter(([, key]) => !commands.has(key))).toEqual([]);
  });
});

describe('the settings file', () => {
  it('keeps everything else as it is', () => {
    const old = '# 飞书\nFEISHU_APP_ID=\nFEISHU_APP_SECRET=old\nOTHER=1';
    const next = withSettings(old, {
      FEISHU_APP_ID: 'cli_1',
      FEISHU_APP_SECRET: '$&new',
      TELEGRAM_BOT_TOKEN: 't',
    });
    expect(next).toBe(
      '# 飞书\nFEISHU_APP_ID=cli_1\nFEISHU_APP_SECRET=$&new\nOTHER=1\nTELEGRAM_BOT_TOKEN=t\n',
    );
    expect(withSettings('', { A: '1' })).toBe('A=1\n');
  });
});

describe('on Feishu', () => {
  it('hands our needs to the SDK, shows its link, and keeps what comes back', async () => {
    const said: string[] = [];
    const kept: Record<string, string>[] = [];
    let brand: 'feishu' | 'lark' = 'feishu';
    let asked: Parameters<FeishuSetup['register']>[0] | undefined;
    const register: FeishuSetup['register'] = (options) => {
      asked = options;
      options.onQRCodeReady({ url: 'https://open.feishu.cn/page?x=1', expireIn: 600 });
      return Promise.resolve({
        ...{ client_id: 'cli_1', client_secret: 'secret-of-the-app' },
        user_info: { tenant_brand: brand },
      });
    };
    const parts = {
      register,
      say: (text: string) => void said.push(text),
      keep: (it: Record<string, string>) => void kept.push(it),
    };
    await setupFeishu({ ...parts, appId: undefined, domain: undefined });
    expect(asked).not.toHaveProperty('domain');
    expect(asked).toMatchObject({ addons: ADDONS, appPreset: {} });
    expect(asked?.addons?.scopes?.tenant).toEqual(FEISHU_SCOPES);
    expect(kept).toEqual([{ FEISHU_APP_ID: 'cli_1', FEISHU_APP_SECRET: 'secret-of-the-app' }]);
    expect(said.join('\n')).toContain('https://open.feishu.cn/page?x=1');
    expect(said.join('\n')).not.toContain('secret');
    brand = 'lark';
    await setupFeishu({ ...parts, appId: 'cli_2', domain: undefined });
    expect(kept.at(-1)).toMatchObject({ FEISHU_DOMAIN: 'https://open.larksuite.com' });
    expect(asked).toMatchObject({ appId: 'cli_2' });
    expect(asked).not.toHaveProperty('appPreset');
    await setupFeishu({ ...parts, appId: 'cli_2', domain: 'https://open.larksuite.com/' });
    expect(asked).toMatchObject({ domain: 'accounts.larksuite.com' });
    expect(kept.at(-1)).not.toHaveProperty('FEISHU_DOMAIN');
  });

  it("goes through the office's proxy", async () => {
    const seen: string[] = [];
    const proxy = http.createServer();
    proxy.on('connect', (request, socket) => {
      seen.push(String(request.url));
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    goThrough(defaultHttpInstance, createProxyAgent(`http://127.0.0.1:${port}`));
    const parts = { appId: undefined, domain: 'https://open.larksuite.com', say: () => undefined };
    await expect(setupFeishu({ ...parts, register: registerApp, keep: () => undefined })).rejects.toThrow();
    expect(seen).toEqual(['accounts.larksuite.com:443']);
    await new Promise((resolve) => proxy.close(resolve));
  });
});

describe('on Telegram', () => {
  let fake: telegramFake.FakeTelegram;
  beforeEach(async () => void (fake = await telegramFake.startFakeTelegram()));
  afterEach(() => fake.close());

  const run = async (token: string, apiRoot = fake.apiRoot) => {
    const said: string[] = [];
    const kept: Record<string, string>[] = [];
    const isDone = await setupTelegram({
      ...{ token, apiRoot, call: createCall(null) },
      say: (text) => void said.push(text),
      keep: (it) => void kept.push(it),
    });
    return { isDone, said: said.join('\n'), kept };
  };

  it('keeps a token that works, and says what privacy mode means', async () => {
    const { isDone, said, kept } = await run(telegramFake.TOKEN);
    expect(isDone).toBe(true);
    expect(kept).toEqual([{ TELEGRAM_BOT_TOKEN: telegramFake.TOKEN }]);
    expect(said).toContain('隐私模式已开启');
    expect(said).not.toContain(telegramFake.TOKEN);
  });

  it.each([
    ['of another form', 'nonsense', '格式不对'],
    ['that is refused', '7000:AAwrong-token_of_the-fake0123456789', '不接受这个令牌'],
  ])('keeps no token %s', async (_, token, words) => {
    const { isDone, said, kept } = await run(token);
    expect([isDone, kept]).toEqual([false, []]);
    expect(said).toContain(words);
  });

  it('says when nothing answers', async () => {
    expect((await run(telegramFake.TOKEN, 'http://127.0.0.1:9')).said).toContain('连不上');
  });
});

describe('on WeCom', () => {
  const run = async (botId: string, secret: string, isReached = true) => {
    const said: string[] = [];
    const kept: Record<string, string>[] = [];
    const reaches = () => (isReached ? Promise.resolve() : Promise.reject(new Error('no route')));
    const isDone = await setupWecom({
      ...{ botId, secret, check: (it) => checkWecom(it, reaches) },
      say: (text) => void said.push(text),
      keep: (it) => void kept.push(it),
    });
    return { isDone, said: said.join('\n'), kept };
  };

  it('keeps what has the right shape, says what else is to be done, and shows nothing of the secret', async () => {
    const { isDone, said, kept } = await run(BOT_ID, SECRET);
    expect(isDone).toBe(true);
    expect(kept).toEqual([{ WECOM_BOT_ID: BOT_ID, WECOM_BOT_SECRET: SECRET }]);
    expect(said).toContain('先给机器人发一句话');
    expect(said).not.toContain(SECRET);
    const away = await run(BOT_ID, SECRET, false);
    expect(away.said).toContain('连不上 openws.work.weixin.qq.com');
    expect(away.kept).toHaveLength(1);
  });

  it.each([
    ['id', 'bot', SECRET],
    ['secret', BOT_ID, 'short'],
  ])('keeps nothing where the %s has another shape', async (_, botId, secret) => {
    expect(await run(botId, secret)).toMatchObject({ isDone: false, kept: [] });
  });
});

describe('the command', () => {
  const run = (args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
      execFile(process.execPath, ['dist/scripts/setup.js', ...args], { env }, (failed, out, err) =>
        resolve({ code: Number(failed?.code ?? 0), out, err }),
      );
    });

  it('prints the list, and refuses other words with 64', async () => {
    expect(await run([])).toMatchObject({ code: 0, out: `${pasteList()}\n` });
    expect(await run(['wechat'])).toMatchObject({ code: 64, err: expect.stringContaining('用法') as string });
  });
});
