/** The real process: whoever is removed from the directory is a stranger seconds later. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from './helpers/folder.js';

const SLOW_MS = 300_000;

describe('a running bot', { timeout: SLOW_MS }, () => {
  it('knows a removed person no more, keeps the directory while it is broken, and knows the person again', async () => {
    const KNOWLEDGE_DIR = makeFolder();
    for (const name of [
      'lists',
      'organizations',
      'calibration',
      'encoder',
      'reminders',
      'requests',
      'calendar',
    ])
      cpSync(join('knowledge', name), join(KNOWLEDGE_DIR, name), { recursive: true });
    const file = join(KNOWLEDGE_DIR, 'organizations', 'people.csv');
    const whole = readFileSync(file, 'utf8');
    const { PATH } = process.env;
    const child = spawn(process.execPath, ['dist/src/main.js'], {
      env: {
        ...{ NODE_ENV: 'test', DATA_DIR: makeFolder(), KNOWLEDGE_DIR, LOG_LEVEL: 'debug' },
        ...(PATH && { PATH }),
      },
    });
    let out = '';
    let log = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
    const until = async (stream: NodeJS.ReadableStream, isThere: () => boolean) => {
      while (!isThere()) await once(stream, 'data');
    };
    const whoAmI = async (): Promise<string> => {
      out = '';
      child.stdin.write('绑定\n');
      await until(child.stdout, () => out.includes('console:张三'));
      return out;
    };
    const write = async (text: string, word: string) => {
      log = '';
      writeFileSync(file, text);
      await until(child.stderr, () => log.includes(word));
    };
    try {
      expect(await whoAmI()).toContain('柳林镇');
      await write(whole.replace(/^张三,.*\n/m, ''), 'directory in force');
      expect(await whoAmI()).toContain('尚未绑定');
      await write(`${whole}某人,没有的局,,,部门经办,\n`, '没有的局');
      expect(log).toMatch(/people\.csv 第\d+行 B列/);
      expect(await whoAmI()).toContain('尚未绑定');
      await write(whole, 'directory in force');
      expect(await whoAmI()).toContain('柳林镇');
    } finally {
      child.stdin.end();
      await once(child, 'close');
    }
  });
});
