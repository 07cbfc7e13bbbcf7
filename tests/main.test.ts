/** The program as an operator starts it. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as feishuFake from './helpers/fake-feishu.js';
import * as wecomFake from './helpers/fake-wecom.js';
import { makeFolder } from './helpers/folder.js';

const MAIN = 'dist/src/main.js';
const BUILD_MS = 300_000;

/** One for the file, so that at most the first start builds anything. */
const SHARED_DATA = makeFolder();

type Result = { code: number | null; out: string; err: string };

function run(input: string, env: Record<string, string> = {}): Promise<Result> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [MAIN], {
    env: { NODE_ENV: 'test', DATA_DIR: SHARED_DATA, ...(PATH && { PATH }), ...(HOME && { HOME }), ...env },
  });
  const result: Result = { code: null, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (result.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (result.err += text));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...result, code }));
  });
}

describe('main', { timeout: BUILD_MS }, () => {
  /** One conversation for all that can be told from one. */
  let told: Result;
  let answers: string[];
  beforeAll(async () => {
    const said = ['路灯坏了归谁管', '那镇里呢', '路灯坏了归谁管', '1', '答错了,应该归城管'];
    told = await run([...said, '/as 李四', '/as 某某', '路灯坏了归谁管', ''].join('\n'));
    answers = told.out.split('\n\n');
  }, BUILD_MS);

  it('answers piped questions in order and ends with 0', () => {
    expect(told.code, told.err).toBe(0);
    const [row = '', township = ''] = answers;
    expect(row).toContain('县住房和城乡建设局');
    expect(row).toContain('本镇街承办');
    expect(row).toMatch(/出处:《.+》.*第36项/);
    expect(township).toContain('镇街要做什么');
    expect(township).toMatch(/出处:《.+》.*第36项/);
  });

  it('takes a number for the button of the card shown last', () => {
    expect(answers[3]).toContain('镇街要做什么】');
  });

  it('switches the person and says who does not exist', () => {
    const switched = told.out.slice(told.out.indexOf('李四'));
    expect(switched).toContain('某某');
    expect(switched).toMatch(/第36项/);
    expect(switched).not.toContain('本镇街承办');
  });

  it('remembers what was noted over a restart', async () => {
    const { code, out } = await run('帮助\n');
    expect(code).toBe(0);
    expect(out).toContain('清单');
    expect(existsSync(join(SHARED_DATA, 'store', 'state.json'))).toBe(true);
    const notes = spawnSync(process.execPath, ['dist/scripts/notes.js'], {
      env: { ...process.env, DATA_DIR: SHARED_DATA },
      encoding: 'utf8',
    });
    expect(notes.stdout).toContain('应该归城管');
  });

  it('ends at once without input', async () => {
    expect(await run('')).toMatchObject({ code: 0, out: '' });
  });

  it('refuses to start without a platform and without anybody to talk to, with exit code 78', () => {
    const { PATH, HOME } = process.env;
    const { status, stderr, stdout } = spawnSync(process.execPath, [MAIN], {
      env: { NODE_ENV: 'test', DATA_DIR: SHARED_DATA, ...(PATH && { PATH }), ...(HOME && { HOME }) },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 78, stdout: '' });
    expect(stderr).toContain('FEISHU_APP_ID');
  });

  it('refuses a malformed token with one clear line and exit code 78', async () => {
    const { code, out, err } = await run('', { TELEGRAM_BOT_TOKEN: 'nonsense' });
    expect(code).toBe(78);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain('TELEGRAM_BOT_TOKEN');
    expect(err).not.toContain('nonsense');
    expect(out).toBe('');
  });

  it('says that the encoder is missing and still answers by words', async () => {
    const missing = join(makeFolder(), 'none');
    const { code, out, err } = await run('城乡路灯照明设施管护归谁管\n', { ENCODER_DIR: missing });
    expect(err).toContain(missing);
    expect(err).toContain('词语');
    expect(out).toContain('路灯');
    expect(out).toMatch(/第36项/);
    expect(code).toBe(0);
  });

  it('refuses a knowledge folder that is not there, naming it, with exit code 78', async () => {
    const missing = join(makeFolder(), 'none');
    const { code, err } = await run('', { KNOWLEDGE_DIR: missing });
    expect(code).toBe(78);
    expect(err).toContain(missing);
  });

  it('serves WeCom and a webhook of Feishu side by side, and ends in order', async () => {
    const wecom = await wecomFake.startFakeWecom();
    const feishu = await feishuFake.startFakeFeishu();
    const { port } = await freePort();
    const { PATH, HOME } = process.env;
    const { BOT_ID, SECRET } = wecomFake;
    const child = spawn(process.execPath, [MAIN], {
      env: {
        ...{ NODE_ENV: 'test', DATA_DIR: SHARED_DATA, ...(PATH && { PATH }), ...(HOME && { HOME }) },
        ...{ WECOM_BOT_ID: BOT_ID, WECOM_BOT_SECRET: SECRET, WECOM_WS_URL: wecom.wsUrl },
        ...{ FEISHU_APP_ID: feishuFake.APP_ID, FEISHU_APP_SECRET: feishuFake.APP_SECRET },
        ...{ FEISHU_DOMAIN: feishu.domain, WEBHOOK_LISTEN: `127.0.0.1:${port}` },
        FEISHU_ENCRYPT_KEY: feishuFake.ENCRYPT_KEY,
        FEISHU_VERIFICATION_TOKEN: feishuFake.VERIFICATION_TOKEN,
      },
      stdio: 'ignore',
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    while (!wecom.isConnected()) await wecom.next();
    const person = { id: 'zhangsan', isDirect: true };
    wecom.say(person, person.id, { msgtype: 'text', text: { content: '路灯坏了归谁管' } });
    while (wecom.shown().length === 0) await wecom.next();
    expect(JSON.stringify(wecom.shown()[0]?.body)).toContain('第36项');

    feishu.state.webhook = `http://127.0.0.1:${port}/feishu`;
    const acks = await feishu.publish(feishuFake.messageEvent('路灯坏了归谁管'));
    expect(acks.map(({ code }) => code)).toEqual([200]);
    const answer = await Promise.race([feishu.nextCall('reply'), feishu.nextCall('create')]);
    expect(JSON.stringify(answer.body)).toContain('第36项');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    await Promise.all([wecom.close(), feishu.close()]);
  });
});

/** Nobody listens there now. */
function freePort(): Promise<{ port: number }> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve({ port }));
    });
  });
}
