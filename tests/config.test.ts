import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig, SETTINGS } from '../src/config.js';

const TOKEN = '12345:abcdefghijklmnopqrstuvwxyz';

function problem(env: Record<string, string>): string {
  try {
    loadConfig(env);
    return '';
  } catch (error) {
    expect(error).toMatchObject({ code: 'CONFIG' });
    return (error as Error).message;
  }
}

describe('settings', () => {
  it('are exactly the keys of .env.example, all empty there', () => {
    const lines = readFileSync('.env.example', 'utf8')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    expect(lines.map((line) => line.split('=')[0])).toEqual(SETTINGS);
    expect(lines.every((line) => line.endsWith('='))).toBe(true);
  });

  it('have defaults that open the terminal chat', () => {
    const config = loadConfig({}, '/root');
    expect(config).toMatchObject({
      telegram: null,
      feishu: null,
      wecom: null,
      webhook: null,
      logLevel: 'info',
    });
    expect(config.knowledgeDir).toBe('/root/knowledge');
    expect(config.dataDir).toBe('/root/data');
    expect(config.encoderDir).toBe(join('/root', 'knowledge', 'encoder'));
  });

  it('that are empty are not set', () => {
    expect(loadConfig(Object.fromEntries(SETTINGS.map((key) => [key, ''])), '/root')).toEqual(
      loadConfig({}, '/root'),
    );
  });

  it("keep the encoder with the knowledge unless it is placed apart, else take the program's own", () => {
    const knowledge = mkdtempSync(join(tmpdir(), 'qingdan-config-'));
    mkdirSync(join(knowledge, 'encoder'));
    const { encoderDir, calibrationDir } = loadConfig({ KNOWLEDGE_DIR: knowledge });
    expect(encoderDir).toBe(join(knowledge, 'encoder'));
    expect(calibrationDir).toBe(join(process.cwd(), 'knowledge', 'calibration'));
    rmSync(knowledge, { recursive: true });
    expect(loadConfig({ KNOWLEDGE_DIR: '/k', ENCODER_DIR: '/e' }).encoderDir).toBe('/e');
    expect(loadConfig({ DATA_DIR: 'here' }, '/root').dataDir).toBe('/root/here');
  });

  it('sign the record with a key that is long enough', () => {
    expect(loadConfig({}).recordKey).toBeNull();
    expect(loadConfig({ RECORD_KEY: 'k'.repeat(32) }).recordKey).toBe('k'.repeat(32));
    expect(problem({ RECORD_KEY: 'short' })).toContain('RECORD_KEY');
  });

  it('switch on each platform with its own', () => {
    expect(loadConfig({ TELEGRAM_BOT_TOKEN: TOKEN }).telegram).toEqual({ token: TOKEN });
    const feishu = { FEISHU_APP_ID: 'cli_0123456789abcdef', FEISHU_APP_SECRET: 'secret-secret' };
    expect(loadConfig({ ...feishu, FEISHU_DOMAIN: 'https://f.example' }).feishu).toEqual({
      appId: feishu.FEISHU_APP_ID,
      appSecret: feishu.FEISHU_APP_SECRET,
      monthlyCalls: 10_000,
      domain: 'https://f.example',
    });
  });

  it.each([
    ['TELEGRAM_BOT_TOKEN', 'nonsense'],
    ['TELEGRAM_API_ROOT', 'ftp://x'],
    ['FEISHU_APP_ID', 'cli_x'],
    ['FEISHU_DOMAIN', 'not a url'],
    ['LOG_LEVEL', 'loud'],
  ])('name %s when it is malformed', (key, value) => {
    expect(problem({ [key]: value })).toContain(key);
  });

  it('that are wrong are reported together, one line each, without the secret', () => {
    const text = problem({ TELEGRAM_BOT_TOKEN: 'my-secret', LOG_LEVEL: 'loud', FEISHU_APP_ID: 'cli_x' });
    for (const key of ['TELEGRAM_BOT_TOKEN', 'LOG_LEVEL', 'FEISHU_APP_ID', 'FEISHU_APP_SECRET'])
      expect(text).toContain(key);
    expect(text).not.toContain('my-secret');
    expect(text.split('\n').length).toBeGreaterThanOrEqual(4);
  });

  it('of WeCom come together', () => {
    const wecom = { WECOM_BOT_ID: 'aib0123456789', WECOM_BOT_SECRET: 'secret-secret' };
    expect(loadConfig(wecom).wecom).toEqual({ botId: 'aib0123456789', secret: 'secret-secret' });
    expect(loadConfig({ ...wecom, WECOM_WS_URL: 'wss://w.example' }).wecom?.wsUrl).toBe('wss://w.example');
    expect(loadConfig({ ALLOWED_CHATS: 'wecom:wrAbc-1_2' }).allowedChats).toEqual(
      new Set(['wecom:wrAbc-1_2']),
    );
    expect(problem({ WECOM_BOT_ID: 'aib0123456789' })).toContain('WECOM_BOT_SECRET');
    expect(problem({ WECOM_WS_URL: 'wss://w.example' })).toContain('WECOM_BOT_ID');
    expect(problem({ ...wecom, WECOM_WS_URL: 'https://w.example' })).toContain('WECOM_WS_URL');
  });

  it('of webhooks come together', () => {
    const feishu = { FEISHU_APP_ID: 'cli_0123456789abcdef', FEISHU_APP_SECRET: 'secret-secret' };
    const keys = { FEISHU_ENCRYPT_KEY: 'encrypt-key', FEISHU_VERIFICATION_TOKEN: 'verification' };
    const telegram = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: 'https://bot.example/telegram' };
    const listen = { WEBHOOK_LISTEN: '127.0.0.1:8787' };
    expect(loadConfig({ ...feishu, ...keys, ...telegram, ...listen })).toMatchObject({
      webhook: { host: '127.0.0.1', port: 8787 },
      telegram: { webhookUrl: 'https://bot.example/telegram' },
      feishu: { webhook: { encryptKey: 'encrypt-key', verificationToken: 'verification' } },
    });
    expect(loadConfig({ ...telegram, WEBHOOK_LISTEN: '[::1]:443' }).webhook).toEqual({
      host: '::1',
      port: 443,
    });
    expect(problem({ ...feishu, ...keys })).toContain('WEBHOOK_LISTEN');
    expect(problem(telegram)).toContain('WEBHOOK_LISTEN');
    expect(problem(listen)).toContain('TELEGRAM_WEBHOOK_URL');
    expect(problem({ ...feishu, ...listen, FEISHU_ENCRYPT_KEY: 'encrypt-key' })).toContain(
      'FEISHU_VERIFICATION_TOKEN',
    );
    expect(problem({ ...keys, ...listen })).toContain('FEISHU_APP_ID');
    for (const url of ['http://bot.example/', 'https://bot.example:8787/'])
      expect(problem({ ...telegram, ...listen, TELEGRAM_WEBHOOK_URL: url })).toContain(
        'TELEGRAM_WEBHOOK_URL',
      );
    for (const at of ['8787', '127.0.0.1:99999', 'a b:1'])
      expect(problem({ ...telegram, WEBHOOK_LISTEN: at })).toContain('WEBHOOK_LISTEN');
  });

  it('of Feishu come in pairs', () => {
    expect(problem({ FEISHU_APP_ID: 'cli_0123456789abcdef' })).toContain('FEISHU_APP_SECRET');
    expect(problem({ FEISHU_APP_SECRET: 'secret-secret' })).toContain('FEISHU_APP_ID');
  });
});
