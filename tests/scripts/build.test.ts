/** In a small project of its own: the real script, the real bundler. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../helpers/folder.js';

let project: string;

/** Loading the bundler on a machine that does much else. */
const SLOW_MS = 120_000;

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), text);
};
const read = (file: string) => readFileSync(join(project, file), 'utf8');

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
  return { status, stdout, stderr };
}
/** As `npm start` does. */
const start = () => run('--import', './scripts/build.mjs', 'dist/src/main.js');

function newProject(): string {
  project = makeFolder();
  cpSync('scripts/build.mjs', join(project, 'scripts/build.mjs'), { recursive: true });
  write('package.json', '{ "type": "module" }');
  return project;
}

describe('what is run', () => {
  /** Bundled once; every test gets a copy. */
  let bundled: string;
  let first: ReturnType<typeof start>;
  beforeAll(() => {
    bundled = project = newProject();
    symlinkSync(join(process.cwd(), 'node_modules'), join(project, 'node_modules'));
    write(
      'src/main.ts',
      "import { word, type Word } from './words/word.js';\nconst said: Word = word;\nconsole.log(said);\n",
    );
    write('src/words/word.ts', "export type Word = string;\nexport const word: Word = '一';\n");
    first = start();
  }, SLOW_MS);
  beforeEach(() => {
    project = makeFolder();
    cpSync(bundled, project, { recursive: true, verbatimSymlinks: true });
  });

  it('is bundled at the first start', () => {
    expect(first).toEqual({ status: 0, stdout: '一\n', stderr: '' });
    expect(JSON.parse(read('dist/src/main.js.map'))).toMatchObject({
      sources: ['../../src/main.ts'],
    });
  });

  it('is bundled anew when packages are others, and what the bundle before gave is gone', () => {
    write('src/setup/some-thread.ts', "console.log('thread');\n");
    expect(start().stdout).toBe('一\n');
    expect(existsSync(join(project, 'dist/src/setup/some-thread.js'))).toBe(true);
    rmSync(join(project, 'src/setup/some-thread.ts'));
    write('package-lock.json', '{}');
    write('dist/src/main.js', "console.log('before');\n");
    expect(start().stdout).toBe('一\n');
    expect(existsSync(join(project, 'dist/src/setup/some-thread.js'))).toBe(false);
  });

  it(
    'is what stands in the sources after any edit, also one with an older time',
    () => {
      write('src/words/word.ts', "export type Word = string;\nexport const word: Word = '二';\n");
      utimesSync(join(project, 'src/words/word.ts'), 0, 0);
      expect(start().stdout).toBe('二\n');
    },
    SLOW_MS,
  );

  it('is not bundled again without an edit, whatever the times say', () => {
    write('dist/src/main.js', "console.log('as bundled');\n");
    utimesSync(join(project, 'src/words/word.ts'), Date.now() / 1000 + 60, Date.now() / 1000 + 60);
    expect(start().stdout).toBe('as bundled\n');
  });

  it('holds nothing of a file that was removed', () => {
    rmSync(join(project, 'src/words/word.ts'));
    expect(start()).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^src\/main\.ts:1: .*words\/word/),
    });
  });

  it(
    'is nothing while a file cannot be read, and the place is named',
    () => {
      write('src/words/word.ts', 'export type Word = string;\nexport const = 1;\n');
      expect(start()).toMatchObject({
        status: 1,
        stdout: '',
        stderr: expect.stringMatching(/^src\/words\/word\.ts:2: /),
      });
      write('src/words/word.ts', "export type Word = string;\nexport const word: Word = '三';\n");
      expect(start().stdout).toBe('三\n');
    },
    SLOW_MS,
  );

  it('is what was bundled where there are no sources', () => {
    rmSync(join(project, 'src'), { recursive: true });
    rmSync(join(project, 'node_modules'));
    expect(start()).toEqual({ status: 0, stdout: '一\n', stderr: '' });
  });

  it('is not stale code where the bundler is missing', () => {
    rmSync(join(project, 'node_modules'));
    expect(start().stdout).toBe('一\n');
    write('src/words/word.ts', "export const word = '四';\n");
    expect(start()).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'src/words/word.ts has changed since it was bundled, and rolldown is not installed: run npm ci\n',
    });
  });
});
