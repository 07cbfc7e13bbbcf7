/** The doctor against the fakes, and against what the manual tells the operator to set up. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exitCodeOf, toLines, type Finding } from '../../scripts/doctor/findings.js';
import { createCall } from '../../scripts/doctor/http.js';
import { checkFeishu } from '../../scripts/doctor/feishu.js';
import { checkTelegram } from '../../scripts/doctor/telegram.js';
import { checkWecom } from '../../scripts/doctor/wecom.js';
import { BOT_ID, SECRET, startFakeWecom } from '../helpers/fake-wecom.js';
import { checkWebhook } from '../../scripts/doctor/webhook.js';
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import { createTelegramAdapter } from '../../src/adapters/telegram/index.js';
import { seriesOf } from '../../src/adapters/feishu/quota.js';
import { loadConfig } from '../../src/config.js';
import type { Change } from '../../src/core/store.js';
import { loadDirectory } from '../../src/organizations/load.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { openPostgresStore } from '../../src/store/postgres/index.js';
import { checkPeople } from '../../scripts/doctor/people.js';
import { START } from '../helpers/clock.js';
import { createSchema } from '../helpers/postgres.js';
import { createLogRecorder } from '../helpers/context.js';
import { CHAT_EVENTS } from '../../src/adapters/feishu/events.js';
import {
  FEISHU_EVENT_NEEDS,
  FEISHU_EVENTS,
  FEISHU_SCOPES,
  SELF_MANAGE,
} from '../../scripts/shared/feishu-needs.js';
import * as feishuFake from '../helpers/fake-feishu.js';
import * as telegramFake from '../helpers/fake-telegram.js';
import { makeFolder } from '../helpers/folder.js';
import { openDoors } from '../helpers/knock.js';

const { APP_ID, APP_SECRET } = feishuFake;
let feishu: feishuFake.FakeFeishu;
let telegram: telegramFake.FakeTelegram;
beforeEach(async () => {
  feishu = await feishuFake.startFakeFeishu();
  telegram = await telegramFake.startFakeTelegram();
});
afterEach(() => Promise.all([feishu.close(), telegram.close()]));

const world = (offsetMs = 0) => ({ call: createCall(null), now: Date.now() + offsetMs });
const onFeishu = (appSecret = APP_SECRET, offsetMs = 0) =>
  checkFeishu({ appId: APP_ID, appSecret, domain: feishu.domain }, world(offsetMs));
const onTelegram = (token = telegramFake.TOKEN, offsetMs = 0) =>
  checkTelegram({ token, apiRoot: telegram.apiRoot }, world(offsetMs));
const bad = (findings: Finding[]) => findings.filter(({ severity }) => severity !== 'ok');

describe('on Feishu', () => {
  it('finds nothing where all is well', async () => {
    const findings = await onFeishu();
    expect(bad(findings)).toEqual([]);
    expect(exitCodeOf(findings)).toBe(0);
    expect(toLines(findings).at(-1)).toMatch(/^共 \d+ 项:故障 0,注意 0。$/);
  });

  it.each(FEISHU_SCOPES)('names the scope %s that is missing', async (scope) => {
    feishu.state.scopes.delete(scope);
    const [found, ...more] = bad(await onFeishu());
    // Without this one it cannot see what is published, and says what to look at by hand.
    expect(more.map(({ id }) => id)).toEqual(scope === SELF_MANAGE ? ['feishu.version'] : []);
    expect(found).toMatchObject({ id: `feishu.scope.${scope}` });
    expect(found?.remedy).toContain(scope);
  });

  it.each(FEISHU_EVENTS)('names the subscription %s that is missing', async (event) => {
    feishu.state.events.delete(event);
    const kind = event.startsWith('card.') ? 'callback' : 'event';
    expect(bad(await onFeishu())).toMatchObject([{ id: `feishu.${kind}.${event}` }]);
  });

  it('takes a wider scope for the ones it holds', async () => {
    const { scopes } = feishu.state;
    for (const it of ['im:chat.members:bot_access', 'im:chat:read', 'im:message.urgent']) scopes.delete(it);
    for (const it of ['im:chat:readonly', 'im:message.urgent:app_send']) scopes.add(it);
    expect(bad(await onFeishu())).toEqual([]);
  });

  it.each<[string, object | undefined, string[]]>([
    ['everybody', { is_all: true }, []],
    ['nothing that is written down', undefined, []],
    ['nobody', { is_all: false, visible_list: {} }, ['error']],
    ['a department', { is_all: false, visible_list: { department_ids: ['od-1'] } }, []],
    ['some people only', { is_all: false, visible_list: { open_ids: ['ou_a'] } }, ['warning']],
    ['all but one of ours', { is_all: true, invisible_list: { open_ids: ['ou_b'] } }, ['warning']],
  ])('looks at a range of %s', async (_, range, severities) => {
    feishu.state.range = range;
    const app = { appId: APP_ID, appSecret: APP_SECRET, domain: feishu.domain };
    const found = bad(await checkFeishu(app, { ...world(), people: ['ou_a', 'ou_b'] }));
    expect(found.map(({ id }) => id)).toEqual(severities.map(() => 'feishu.range'));
    expect(found.map(({ severity }) => severity)).toEqual(severities);
  });

  it('says that events or callbacks go another way than the one that is set', async () => {
    feishu.state.ways.callback.callback_type = 'webhook';
    const [found] = bad(await onFeishu());
    expect(found).toMatchObject({ id: 'feishu.way', severity: 'error' });
    expect(found?.what).toMatch(/^回调/);
  });

  it.each([...CHAT_EVENTS])('is asked by the manual for all that %s wants', async (event) => {
    const app = createFeishuAdapter({
      ...{ appId: APP_ID, appSecret: APP_SECRET, domain: feishu.domain, log: createLogRecorder() },
    });
    await app.start(() => Promise.resolve());
    await feishu.listening();
    expect(
      await feishu.emit({ schema: '2.0', header: { event_type: event, event_id: 'e' }, event: {} }),
    ).toEqual({
      code: 200,
    });
    const { scopes = [] } = FEISHU_EVENT_NEEDS.find(({ id }) => id === event) ?? {};
    for (const it of scopes) feishu.state.scopes.delete(it);
    const asks = scopes.length > 0;
    const held = feishu.emit({ schema: '2.0', header: { event_type: event, event_id: 'f' }, event: {} });
    if (asks) await expect(held).rejects.toThrow('no scope');
    else expect(await held).toEqual({ code: 200 });
    await app.stop();
  });

  it.each<[string, string, () => void, Finding['severity']]>([
    ['an app that is not published', 'feishu.version', () => void (feishu.state.version = ''), 'error'],
    ['no right to look', 'feishu.version', () => feishu.fail('app', { code: 99991672 }), 'warning'],
    ['no bot', 'feishu.bot', () => feishu.fail('bot', { code: 11205, msg: 'app do not have bot' }), 'error'],
    ['no long connection', 'feishu.connection', () => feishu.fail('endpoint', { code: 1000040350 }), 'error'],
    [
      'an answer that does not come',
      'feishu.scopes',
      () => feishu.fail('scopes', { kind: 'reset' }),
      'warning',
    ],
  ])('says of %s', async (_, id, harm, severity) => {
    harm();
    const [found] = bad(await onFeishu());
    expect(found).toMatchObject({ id, severity });
    expect(found?.remedy).toMatch(/./);
  });

  it('says of wrong credentials, a wrong clock and no network, without the secret', async () => {
    const wrong = 'AnotherSecret0123456789';
    const refused = await onFeishu(wrong);
    expect(refused).toMatchObject([{ id: 'feishu.token', severity: 'error' }]);
    expect(JSON.stringify(refused)).not.toContain(wrong);
    expect(bad(await onFeishu(APP_SECRET, 180_000))).toMatchObject([{ id: 'feishu.clock' }]);
    await feishu.close();
    expect(await onFeishu()).toMatchObject([{ id: 'feishu.network', severity: 'error' }]);
    feishu = await feishuFake.startFakeFeishu();
  });
});

describe('on Telegram', () => {
  it('finds nothing where all is well, and says whether privacy mode is on', async () => {
    const findings = await onTelegram();
    expect(bad(findings)).toEqual([]);
    expect(findings.find(({ id }) => id === 'telegram.privacy')?.what).toContain('已开启');
  });

  it('says of a wrong token, a webhook, a backlog, a wrong clock and no network, without the token', async () => {
    const wrong = '7000:AAwrong-token_of_the-fake0123456789';
    const refused = await onTelegram(wrong);
    expect(refused).toMatchObject([{ id: 'telegram.token', severity: 'error' }]);
    const result = { url: 'https://example.org/', pending_update_count: 300 };
    telegram.fail('getWebhookInfo', { kind: 'result', result });
    expect(bad(await onTelegram()).map(({ id }) => id)).toEqual(['telegram.webhook', 'telegram.pending']);
    expect(bad(await onTelegram(telegramFake.TOKEN, -180_000))).toMatchObject([{ id: 'telegram.clock' }]);
    await telegram.close();
    const away = await onTelegram();
    expect(away).toMatchObject([{ id: 'telegram.network', severity: 'error' }]);
    expect(JSON.stringify([refused, away])).not.toMatch(/AAwrong|AAsecret/);
    telegram = await telegramFake.startFakeTelegram();
  });
});

describe.each(['lowdb', 'PostgreSQL'])('of a store in %s that a bot is using', (kind) => {
  const open = async () => {
    const schema = kind === 'lowdb' ? null : await createSchema();
    const env = { DATA_DIR: makeFolder(), FEISHU_APP_ID: APP_ID, FEISHU_APP_SECRET: APP_SECRET };
    const config = loadConfig({ ...env, FEISHU_QUOTA: '1000', ...(schema && { DATABASE_URL: schema.url }) });
    const before = await checkPeople(config, START);
    const store = schema
      ? await openPostgresStore({ url: schema.url, log: createLogRecorder(), recordKey: null })
      : await openLowdbStore(join(config.dataDir, 'store'));
    const close = async () => {
      await store.close();
      await schema?.drop();
    };
    return { config, store, before, close };
  };
  const of = ({ findings }: { findings: Finding[] }, id: string) => findings.find((it) => it.id === id);
  const count = (text = '') => Number(/有 (\d+) 人/.exec(text)?.[1] ?? 0);

  it('counts whoever was bound in a chat, and knows their accounts', async () => {
    const { config, store, before, close } = await open();
    const { people } = loadDirectory(join(config.knowledgeDir, 'organizations'), START);
    const [bound, moved] = [
      people.find(({ accounts }) => accounts.length === 0),
      people.find(({ accounts }) => accounts.length > 0),
    ];
    const all = people.filter(({ accounts }) => accounts.length === 0).length;
    expect(count(of(before, 'people')?.what)).toBe(all);
    const to = bound && { unit: bound.organization, name: bound.name };
    await store.commit([
      ...(to ? [binding('feishu:ou_new', to)] : []),
      // Bound to nobody any more, whatever the file says.
      ...(moved?.accounts ?? []).map((place) => binding(place, null)),
      binding('feishu:oc_unit', { unit: people[0]?.organization ?? '' }),
    ]);
    const after = await checkPeople(config, START);
    expect(count(of(after, 'people')?.what)).toBe(all - (to ? 1 : 0) + 1);
    expect(of(after, 'people')?.remedy).toContain('“绑定”');
    expect(of(after, 'groups')?.what).toContain('有 1 个绑定了工作群');
    if (to) expect(after.accounts).toContain('feishu:ou_new');
    await close();
  });

  it.each<[number, Finding['severity']]>([
    [15, 'ok'],
    [16, 'warning'],
    [20, 'error'],
  ])('says of %s fifties of calls of a thousand: %s', async (fifties, severity) => {
    const { config, store, close } = await open();
    for (let i = 0; i < fifties; i += 1) await store.takeNumber(seriesOf(START));
    const found = of(await checkPeople(config, START), 'feishu.quota');
    expect(found).toMatchObject({ severity, what: expect.stringContaining(`${fifties * 50} 次`) as string });
    await close();
  });
});

const binding = (place: string, to: { unit: string; name?: string } | null): Change => ({
  ...{ kind: 'binding', binding: { place, to, by: null, at: START } },
});

describe('on WeCom', () => {
  it('reaches the host without subscribing, and looks at the shape of the credentials', async () => {
    const fake = await startFakeWecom();
    const wecom = { botId: BOT_ID, secret: SECRET, wsUrl: fake.wsUrl };
    expect(bad(await checkWecom(wecom))).toEqual([]);
    // The connection of a running bot stays its own.
    expect(fake.isConnected()).toBe(false);
    expect(bad(await checkWecom({ ...wecom, botId: 'Bot ID: aib1' }))).toMatchObject([
      { id: 'wecom.settings', severity: 'warning' },
    ]);
    await fake.close();
    const away = await checkWecom(wecom);
    expect(bad(away)).toMatchObject([{ id: 'wecom.network', severity: 'error' }]);
    expect(JSON.stringify(away)).not.toContain(SECRET);
  });
});

describe('of webhooks', () => {
  const keys = { encryptKey: feishuFake.ENCRYPT_KEY, verificationToken: feishuFake.VERIFICATION_TOKEN };
  const onHook = (url: string) =>
    checkTelegram({ token: telegramFake.TOKEN, apiRoot: telegram.apiRoot, webhookUrl: url }, world());

  it('says whether the running bot answers, and with the keys that are set', async () => {
    const doors = await openDoors();
    const { hostname: host, port } = new URL(doors.url);
    const settings = (encryptKey = keys.encryptKey) => ({
      webhook: { host, port: Number(port) },
      feishu: { appId: APP_ID, appSecret: APP_SECRET, monthlyCalls: 0, webhook: { ...keys, encryptKey } },
      telegram: { token: telegramFake.TOKEN, webhookUrl: 'https://example.org/telegram' },
    });
    const look = (encryptKey?: string) => checkWebhook(settings(encryptKey), createCall(null));
    expect((await look()).map(({ severity }) => severity)).toEqual(['error', 'error']);
    const log = createLogRecorder();
    const adapters = [
      createFeishuAdapter({
        ...{ appId: APP_ID, appSecret: APP_SECRET, domain: feishu.domain, log },
        webhook: { ...keys, door: doors.at('/feishu') },
      }),
      createTelegramAdapter({
        ...{ token: telegramFake.TOKEN, apiRoot: telegram.apiRoot, log },
        webhook: { door: doors.at('/telegram'), url: `${doors.url}/telegram` },
      }),
    ];
    expect((await look()).map(({ severity }) => severity)).toEqual(['warning', 'warning']);
    for (const adapter of adapters) await adapter.start(() => Promise.resolve());
    expect(bad(await look())).toEqual([]);
    expect(bad(await look('another-key'))).toMatchObject([{ id: 'feishu.webhook', severity: 'error' }]);
    for (const adapter of adapters) await adapter.stop();
    expect((await look()).map(({ severity }) => severity)).toEqual(['warning', 'warning']);
    await doors.close();
    const gone = await look();
    expect(gone.map(({ id, severity }) => [id, severity])).toEqual([
      ['feishu.webhook', 'warning'],
      ['telegram.listening', 'warning'],
    ]);
    expect(JSON.stringify(gone)).not.toContain(keys.encryptKey);
    expect(await checkWebhook({ ...settings(), webhook: null }, createCall(null))).toEqual([]);
  });

  it('asks nothing of the long connection, and tells of the address that Telegram has', async () => {
    const url = 'https://example.org/telegram';
    expect(bad(await onHook(url))).toMatchObject([{ id: 'telegram.webhook', severity: 'warning' }]);
    telegram.fail('getWebhookInfo', { kind: 'result', result: { url } });
    expect(bad(await onHook(url))).toEqual([]);
    const result = { url, last_error_date: Math.floor(Date.now() / 1_000), last_error_message: 'refused' };
    telegram.fail('getWebhookInfo', { kind: 'result', result });
    expect(bad(await onHook(url))[0]?.what).toContain('refused');
    const { calls, domain } = feishu;
    const app = { appId: APP_ID, appSecret: APP_SECRET, domain, webhook: keys };
    feishu.state.ways = { event: { subscription_type: 'webhook' }, callback: { callback_type: 'webhook' } };
    expect(bad(await checkFeishu(app, world()))).toEqual([]);
    expect(calls.filter(({ method }) => method === 'endpoint')).toEqual([]);
  });
});

describe('the command', () => {
  const run = (args: string[], env: Record<string, string>) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const { PATH, HOME } = process.env;
      const base = { NODE_ENV: 'test', DATA_DIR: makeFolder(), ...(PATH && { PATH }), ...(HOME && { HOME }) };
      execFile(
        process.execPath,
        ['dist/scripts/doctor.js', ...args],
        { env: { ...base, ...env } },
        (failed, out, err) => resolve({ code: Number(failed?.code ?? 0), out, err }),
      );
    });
  const env = () => ({
    ...{ FEISHU_APP_ID: APP_ID, FEISHU_APP_SECRET: APP_SECRET, FEISHU_DOMAIN: feishu.domain },
    ...{ TELEGRAM_BOT_TOKEN: telegramFake.TOKEN, TELEGRAM_API_ROOT: telegram.apiRoot },
  });

  it('says all of it as JSON, and by its exit code how bad it is', async () => {
    const fine = await run(['--json'], env());
    const { findings } = JSON.parse(fine.out) as { findings: Finding[] };
    const ids = findings.map(({ id }) => id);
    for (const id of ['calendar', 'disk', 'people', 'feishu.token', 'telegram.token'])
      expect(ids).toContain(id);
    expect(fine.code).toBe(exitCodeOf(findings));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    feishu.state.scopes.delete('im:message');
    const harmed = await run([], env());
    expect(harmed.code).toBe(2);
    expect(harmed.out).toContain('[故障] 权限 im:message 没有开通');
  });

  it('refuses a wrong setting with 78', async () => {
    expect(await run([], { FEISHU_APP_ID: 'nonsense' })).toMatchObject({ code: 78 });
  });
});

it.each(['Feishu', '飞书'])(
  'checks what the manual lists under %s, and the manual lists what is checked',
  (name) => {
    const manual = readFileSync('README.md', 'utf8');
    const from = manual.indexOf(`**${name}**`);
    const steps = manual.slice(from, manual.indexOf('**', manual.indexOf('\n5. ', from)));
    const named = [...steps.matchAll(/`((?:im|card|contact|application)[:.][\w.:]+)`/g)].map(([, it]) => it);
    expect(new Set(named)).toEqual(new Set([...FEISHU_SCOPES, ...FEISHU_EVENTS]));
  },
);

/** Each step of the manual, in both languages, and what the doctor says of it. */
const STEPS: [string, RegExp, RegExp, string][] = [
  ['Feishu', /switch on the bot/, /开启机器人/, 'feishu.bot'],
  ['Feishu', /long connection/, /长连接/, 'feishu.connection'],
  ['Feishu', /Publish a version/, /创建版本/, 'feishu.version'],
  ['Feishu', /range holds everybody/, /可用范围含全部使用人员/, 'feishu.range'],
  ['Feishu', /`FEISHU_APP_SECRET`/, /`FEISHU_APP_SECRET`/, 'feishu.token'],
  ['Telegram', /`TELEGRAM_BOT_TOKEN`/, /`TELEGRAM_BOT_TOKEN`/, 'telegram.token'],
  ['Telegram', /Add the bot to the group/, /把机器人拉进群/, 'telegram.groups'],
  ['WeCom', /`WECOM_BOT_SECRET`/, /`WECOM_BOT_SECRET`/, 'wecom.settings'],
  ['WeCom', /write to it once/, /先给机器人发一句话/, 'wecom.first'],
];

it.each(STEPS)(
  '%s: the step %s is in both languages and looked at',
  async (platform, english, chinese, id) => {
    const [inEnglish = '', inChinese = ''] = readFileSync('README.md', 'utf8').split('# 清单(中文说明)');
    const words = (text: string): string => text.replace(/\s+/g, ' ');
    expect(words(inEnglish)).toMatch(english);
    expect(words(inChinese)).toMatch(chinese);
    const reached = () => Promise.resolve();
    const found =
      platform === 'Feishu'
        ? await onFeishu()
        : platform === 'Telegram'
          ? await onTelegram()
          : await checkWecom({ botId: BOT_ID, secret: SECRET }, reached);
    expect(found.map((it) => it.id)).toContain(id);
  },
);
