/** One process at a time on a folder: real processes, containers' namespaces, kills, copies, clocks, and what is read. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLowdbStore } from '../../../src/store/lowdb/index.js';
import { note } from '../../helpers/changes.js';
import { makeFolder } from '../../helpers/folder.js';
import { notesIn, refusalOf } from '../../helpers/store-folder.js';

const LOWDB = 'dist/src/store/lowdb/index.js';
const PROCESSES = 5;
/** By each of two processes, so many in one life. */
const COMMITS = 60;
const COMMITS_A_LIFE = 5;
const DAY_MS = 86_400_000;
/** On a busy machine a process takes seconds to start. */
const START_MS = 120_000;

/** Says `open` or why not; ends when its input does. With a child of its own that outlives it where that is asked for. */
const HOLDER = `
  import { spawn } from 'node:child_process';
  import { openLowdbStore } from './${LOWDB}';
  const [dir, heir] = process.argv.slice(1);
  try {
    const store = await openLowdbStore(dir);
    const child = heir ? spawn('sleep', ['600'], { stdio: 'ignore', detached: true }) : null;
    console.log('open ' + (child?.pid ?? process.pid));
    process.stdin.resume().on('end', () => store.close());
  } catch (error) {
    console.log(error.message);
  }`;

/** Opens as often as it is let in until all its commits are acknowledged; says each number and text that was. */
const HAMMER = `
  import { openLowdbStore } from './${LOWDB}';
  import { setImmediate as turn } from 'node:timers/promises';
  const [dir, name] = process.argv.slice(1);
  console.log('pid ' + process.pid);
  for (let done = 0; done < ${COMMITS};) {
    const store = await openLowdbStore(dir).catch((error) => {
      if (!error.message.includes('正被另一个进程使用')) throw error;
      return null;
    });
    if (!store) await turn();
    else {
      for (const end = done + ${COMMITS_A_LIFE}; done < end; done++) {
        const number = await store.takeNumber('2026');
        const text = name + done;
        await store.commit([{ kind: 'note', note: ${JSON.stringify((note('') as { note: object }).note)} }].map(
          (change) => ({ ...change, note: { ...change.note, text } })));
        console.log(number + ' ' + text);
      }
      await store.close();
    }
  }`;

type Opener = { pid: number; said: Promise<string>; end: () => Promise<void>; kill: () => Promise<void> };

/** `node` are options of the process, `within` a command that starts it. */
function openElsewhere(
  dir: string,
  { node = [], within = [], heir = '' }: { node?: string[]; within?: string[]; heir?: string } = {},
): Opener {
  const [command = '', ...args] = [
    ...within,
    process.execPath,
    ...node,
    '--input-type=module',
    '-e',
    HOLDER,
    dir,
    heir,
  ];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(() => undefined);
  const said = once(child.stdout, 'data').then(([data]) => String(data).trim());
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    pid: child.pid ?? 0,
    said,
    end: () => {
      child.stdin.end();
      return ended;
    },
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

/** Starts a process as number 1 of its own, as a container does; null where this machine does not allow it. */
function ownNamespace(): string[] | null {
  const within = ['unshare', '--fork', '--kill-child', '--pid', '--mount-proc'];
  try {
    const [command = '', ...args] = within;
    execFileSync(command, [...args, 'true'], { stdio: 'ignore' });
    return within;
  } catch {
    console.warn(
      'lock.test.ts: no right to make PID namespaces here, the tests of two containers are SKIPPED',
    );
    return null;
  }
}

const inModule = (code: string): string[] => ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
const makeStoreDir = (): string => join(makeFolder(), 'store');

describe('a second process', { timeout: START_MS }, () => {
  it('is refused with who holds the folder since when, and may when that has ended', async () => {
    const dir = makeStoreDir();
    const other = openElsewhere(dir);
    expect(await other.said).toMatch(/^open/);
    const [before, since = '', after] = (await refusalOf(dir)).split(/自 (.{19}) 起/);
    expect([before, after]).toEqual([
      `数据目录 ${dir} 正被另一个进程使用(主机 ${hostname()},进程 ${other.pid},`,
      ')。处理办法:先停止那个进程再启动;同一目录不能由两个进程或两个容器共用。',
    ]);
    expect(since).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    await other.end();
    expect(await notesIn(dir)).toEqual([]);
    // A folder that nobody holds names nobody.
    expect(readFileSync(join(dir, 'lock'), 'utf8')).toBe('');
  });

  it.each([
    ['what a killed process of an earlier version left', '99999999'],
    ['what names a process that lives', '1'],
    ['no leftover', null],
  ])('among many that start at once over %s: one gets the folder', async (_, lock) => {
    const dir = makeStoreDir();
    mkdirSync(dir);
    if (lock !== null) writeFileSync(join(dir, 'lock'), lock);
    const others = Array.from({ length: PROCESSES }, () => openElsewhere(dir));
    const said = await Promise.all(others.map((other) => other.said));
    expect(said.filter((text) => text.startsWith('open'))).toHaveLength(1);
    for (const text of said) expect(text).toMatch(/^open|正被另一个进程使用/);
    await Promise.all(others.map((other) => other.end()));
    expect(await notesIn(dir)).toEqual([]);
  });

  it('is not needed: one process cannot open its folder twice either', async () => {
    const dir = makeStoreDir();
    const store = await openLowdbStore(dir);
    expect(await refusalOf(dir)).toContain(`进程 ${process.pid},`);
    // One who was refused has not taken the lock away by closing its file.
    expect(await openElsewhere(dir).said).toContain('正被另一个进程使用');
    await store.close();
    expect(await notesIn(dir)).toEqual([]);
  });

  it('is refused whatever stands in the lock file, and its words stay short', async () => {
    const dir = makeStoreDir();
    const store = await openLowdbStore(dir);
    for (const text of ['', '\n', `${'长'.repeat(5_000)}\n`, '\u001b[31m红\u0000']) {
      writeFileSync(join(dir, 'lock'), text);
      const said = await refusalOf(dir);
      expect(said).toContain('正被另一个进程使用');
      expect(said).not.toMatch(/\p{Cc}/u);
      expect(said.length).toBeLessThan(dir.length + 300);
    }
    await store.close();
  });
});

describe('two containers on one volume', { timeout: START_MS }, () => {
  it('are both number 1, and one gets the folder', async (ctx) => {
    const within = ownNamespace();
    if (!within) return ctx.skip();
    const dir = makeStoreDir();
    const first = openElsewhere(dir, { within });
    expect(await first.said).toBe('open 1');
    const second = openElsewhere(dir, { within });
    expect(await second.said).toMatch(/正被另一个进程使用\(主机 .*,进程 1,/);
    await first.end();
    expect(await openElsewhere(dir, { within }).said).toBe('open 1');
  });

  it('that open it in turns lose no acknowledged commit and hand out no number twice', async (ctx) => {
    const within = ownNamespace();
    if (!within) return ctx.skip();
    const dir = makeStoreDir();
    const [command = '', ...args] = within;
    const hammer = async (name: string): Promise<string[]> => {
      const node = [process.execPath, '--input-type=module', '-e', HAMMER, dir, name];
      const child = spawn(command, [...args, ...node], { stdio: ['ignore', 'pipe', 'inherit'] });
      const lines: string[] = [];
      createInterface(child.stdout).on('line', (line) => lines.push(line));
      const [code] = (await once(child, 'close')) as [number];
      expect([code, lines[0]]).toEqual([0, 'pid 1']);
      return lines.slice(1);
    };
    const said = (await Promise.all([hammer('甲'), hammer('乙')])).flat().map((line) => line.split(' '));
    const numbers = said.map(([number]) => Number(number)).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 2 * COMMITS }, (_, i) => i + 1));
    expect((await notesIn(dir)).sort()).toEqual(said.map(([, text]) => text).sort());
  });
});

describe('a copy of the folder', { timeout: START_MS }, () => {
  it('that is made while the first runs opens beside it', async () => {
    const dir = makeStoreDir();
    const store = await openLowdbStore(dir);
    await store.commit([note('一')]);
    execFileSync('cp', ['-a', dir, `${dir}-cp`]);
    cpSync(dir, `${dir}-node`, { recursive: true, preserveTimestamps: true });
    for (const copy of [`${dir}-cp`, `${dir}-node`]) expect(await notesIn(copy)).toEqual(['一']);
    expect(await refusalOf(dir)).toContain('正被另一个进程使用');
    await store.close();
  });

  it('under another name of the same folder is none', async () => {
    const dir = makeStoreDir();
    const store = await openLowdbStore(dir);
    expect(await refusalOf(`${dir}/../store`)).toContain('正被另一个进程使用');
    await store.close();
  });
});

describe('after kill -9', { timeout: START_MS }, () => {
  it('the folder opens at once, also while a child of the killed process lives on', async () => {
    const dir = makeStoreDir();
    const other = openElsewhere(dir, { heir: 'yes' });
    const heir = Number(/^open (\d+)$/.exec(await other.said)?.[1]);
    onTestFinished(() => void process.kill(heir, 'SIGKILL'));
    expect(await refusalOf(dir)).toContain(`进程 ${other.pid},`);
    await other.kill();
    // It lives.
    process.kill(heir, 0);
    expect(readFileSync(join(dir, 'lock'), 'utf8')).toContain(`进程 ${other.pid},`);
    expect(await notesIn(dir)).toEqual([]);
  });
});

describe('a clock that jumped', { timeout: START_MS }, () => {
  const shifted = (ms: number): string[] =>
    inModule(
      `const now = Date.now; const Real = Date;
       globalThis.Date = class extends Real { constructor(...a) { super(...(a.length ? a : [now() + ${ms}])); } };
       Date.now = () => now() + ${ms};`,
    );

  it.each([
    ['ahead', DAY_MS],
    ['back', -DAY_MS],
  ])('by a day %s lets nobody in', async (_, ms) => {
    const dir = makeStoreDir();
    const store = await openLowdbStore(dir);
    const at = (Date.now() + ms) / 1000;
    utimesSync(join(dir, 'lock'), at, at);
    expect(await openElsewhere(dir, { node: shifted(ms) }).said).toContain('正被另一个进程使用');
    await store.close();
    const other = openElsewhere(dir, { node: shifted(ms) });
    expect(await other.said).toMatch(/^open/);
    const day = new Date(Date.now() + ms).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
    expect(await refusalOf(dir)).toContain(`自 ${day}`);
    await other.end();
  });
});

describe('where no lock can be had', { timeout: START_MS }, () => {
  const NATIVE = 'fs-native-extensions/binding.js';
  const failing = (code: string): string[] =>
    inModule(
      `import { createRequire } from 'node:module';
       createRequire('${process.cwd()}/x.js')('${NATIVE}').tryLock = () => {
         throw Object.assign(new Error('not here'), { code: '${code}' });
       };`,
    );

  it('because the native part does not load, the folder is refused with what to do, and stays empty', async () => {
    const dir = makeStoreDir();
    const node = inModule(`process.dlopen = () => { throw new Error('libc.so.6: version not found'); }`);
    const said = await openElsewhere(dir, { node }).said;
    expect(said).toMatch(
      /^无法独占数据目录 .*:本机装不上文件锁组件 fs-native-extensions\(\w+-\w+:.*\)。处理办法:先重新运行 npm ci;.*Alpine.*DATABASE_URL 改用 PostgreSQL。$/,
    );
    expect(readdirSync(dir)).toEqual([]);
  });

  it.each(['ENOLCK', 'EINVAL', 'EIO'])(
    'because the file system says %s, the folder is refused with what to do, and nothing is written',
    async (code) => {
      const dir = makeStoreDir();
      const said = await openElsewhere(dir, { node: failing(code) }).said;
      expect(said).toBe(
        `无法独占数据目录 ${dir}:所在的文件系统不支持文件锁(not here),可能是网络共享盘。处理办法:把 DATA_DIR 设到本机磁盘上,或设置 DATABASE_URL 改用 PostgreSQL。`,
      );
      expect(readdirSync(dir)).toEqual(['lock']);
      expect(readFileSync(join(dir, 'lock'), 'utf8')).toBe('');
    },
  );

  it('Windows says EBUSY of a lock that another holds', async () => {
    const said = await openElsewhere(makeStoreDir(), { node: failing('EBUSY') }).said;
    expect(said).toContain('正被另一个进程使用。处理办法:');
  });
});
