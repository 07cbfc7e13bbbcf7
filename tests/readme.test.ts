/** The pages are manuals: their commands, paths, links, settings and citations must be true, and their blocks run. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SETTINGS } from '../src/config.js';
import { makeFolder } from './helpers/folder.js';

const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'knowledge/README.md', 'scripts/README.md', 'src/README.md'],
  ...['src/adapters/README.md', 'tests/README.md'],
];
const README_LINES = 150;
/** Pages name the rooms as they are after the moves of issue 12. */

const textOf = new Map(PAGES.map((page) => [page, readFileSync(page, 'utf8')]));
const pages = [...textOf];
const manual = (page: string): string => textOf.get(page) ?? '';
const everything = [...textOf.values()].join('\n');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const withoutBlocks = (text: string): string => text.replace(/^ *```[^]*?^ *```$/gm, '');
const inCode = (text: string): string[] =>
  [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map((m) => m[1] ?? '');

/** Headings as GitHub names them in addresses. */
const anchorsOf = (text: string): Set<string> =>
  new Set(
    headingsOf(text).map((it) =>
      it
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
const headingsOf = (text: string): string[] =>
  [...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map((m) => (m[1] ?? '').replace(/[*_`]/g, ''));

describe('README.md', () => {
  it('has at most 150 lines in each language', () => {
    const [english = '', chinese = ''] = manual('README.md').split(/^(?=# 清单)/m);
    expect(chinese).not.toBe('');
    for (const half of [english, chinese])
      expect(half.trimEnd().split('\n').length).toBeLessThanOrEqual(README_LINES);
  });

  it('is what CI runs', () => {
    expect(manual('README.md')).toContain('npm ci && npm test');
    expect(readFileSync('.ci/run', 'utf8')).toContain('npm ci && npm test');
  });
});

describe('pages', () => {
  it.each(pages)('%s: links lead to files and headings that exist', (page, text) => {
    for (const [, target = ''] of withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      expect(existsSync(file), `${page} → ${target}`).toBe(true);
      if (anchor !== undefined) expect([...anchorsOf(readFileSync(file, 'utf8'))]).toContain(anchor);
    }
  });

  it.each(pages)('%s: names only paths that exist', (page, text) => {
    const isPath = /^(?:(?:src|tests|intents|knowledge|scripts)(?:\/[\w.-]+)*\/?|[\w./-]+\.(?:ts|mjs|md))$/;
    const isThere = (path: string): boolean =>
      existsSync(path) || existsSync(join(dirname(page), path)) || isBelow(path, dirname(page));
    const named = inCode(text).filter((code) => isPath.test(code));
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });

  it('name only npm scripts that exist, and all of them', () => {
    const named = [...everything.matchAll(/npm (?:-s )?(?:run (?:-s )?([a-z][\w:-]*)|(start|test))/g)].map(
      (m) => m[1] ?? m[2] ?? '',
    );
    expect([...new Set(named)].sort()).toEqual(Object.keys(scripts).sort());
  });

  it('name only chat commands that exist', () => {
    const commands = new Set(
      readdirSync('intents').flatMap((file) => {
        const { commands: found = [] } = parse(readFileSync(join('intents', file), 'utf8')) as {
          commands?: string[];
        };
        return found;
      }),
    );
    const tables = everything.split('\n').filter((line) => /^\| .*`[\u4e00-\u9fff]/.test(line));
    const said = tables.flatMap((line) =>
      [...(line.split('|')[1] ?? '').matchAll(/`([\u4e00-\u9fff]+)/g)].map((m) => m[1] ?? ''),
    );
    expect(said.length).toBeGreaterThan(30);
    // A call may go on without a space: 呼叫住建局.
    for (const word of said)
      expect(commands.has(word) || word.startsWith('呼叫') || word.startsWith('提交呼叫'), word).toBe(true);
  });

  it('name every setting and no other, in one table', () => {
    const table = manual('scripts/README.md')
      .split('\n')
      .filter((line) => /^\| `[A-Z]/.test(line));
    const named = table.flatMap((line) => inCode(line.split('|')[1] ?? ''));
    expect(named.sort()).toEqual([...SETTINGS].sort());
  });

  it('say which room imports which', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((it) =>
      it.endsWith('.ts'),
    );
    const roomOf = (path: string): string => path.split('/')[0]?.replace(/\.[jt]s$/, '') ?? '';
    const imported = new Map<string, Set<string>>();
    for (const file of files) {
      const room = imported.get(roomOf(file)) ?? new Set();
      const found = readFileSync(join('src', file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
      for (const [, name = ''] of found) room.add(roomOf(join(dirname(file), name)));
      room.delete(roomOf(file));
      imported.set(roomOf(file), room);
    }
    const table = [...manual('src/README.md').matchAll(/^\| `src\/(\w+)(?:\.ts)?` \| .* \| (.*) \|$/gm)];
    const said = table.map(([, room, names = '']) => [
      room,
      names === 'nothing' ? [] : names.split(', ').sort(),
    ]);
    const order = table.map(([, room]) => room);
    expect(Object.fromEntries(said)).toEqual(
      Object.fromEntries([...imported].map(([room, names]) => [room, [...names].sort()])),
    );
    for (const [, room, names = ''] of table)
      for (const name of names === 'nothing' ? [] : names.split(', '))
        expect(order.indexOf(name), `${room}: ${name}`).toBeLessThan(order.indexOf(room));
  });

  it('list the columns that the reader of lists wants, in both languages', () => {
    const header = readFileSync('knowledge/lists/duty.csv', 'utf8').split('\n')[0]?.trim().split(',') ?? [];
    const [last, ...others] = header.toReversed();
    const names = others.toReversed();
    expect(manual('knowledge/README.md')).toContain(`${names.join(', ')}, and optionally ${last}`);
    expect(manual('knowledge/README.md')).toContain(`${names.join('、')},可另有${last}`);
  });
});

/** A file that a page names without its folder: somewhere below the folder of the page. */
function isBelow(name: string, folder: string): boolean {
  if (folder === '.' || name.startsWith(folder)) return false;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.some((file) => file === name || file.endsWith(`/${name}`));
}

describe('comments', () => {
  const sources = ['src', 'scripts', 'tests', 'intents', 'knowledge'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const cited = [...sources, 'eslint.config.js', 'vitest.config.ts', '.env.example']
    .filter((file) => /\.(?:[cm]?[jt]s|ya?ml|sql|example)$/.test(file) && !file.includes('fixtures'))
    .flatMap((file) => {
      const comments = readFileSync(file, 'utf8').match(/\/\*\*?[^]*?\*\/|(?:^|\s)(?:\/\/|#|--) .*$/gm) ?? [];
      const flat = comments.map((it) => it.replace(/\s*\n\s*\*\s*/g, ' ')).join('\n');
      const names = flat.matchAll(/((?:\.\.\/|[\w-]+\/)*[A-Za-z-]+\.md)(?:: ([A-Z][\w ]+))?/g);
      return [...names].map(([, page = '', heading]) => ({ file, page, heading }));
    });

  it('cite pages and headings that exist', () => {
    expect(cited.length).toBeGreaterThan(20);
    for (const { file, page, heading } of cited) {
      const found = [join(dirname(file), page), page].find((path) => existsSync(path));
      expect(found, `${file} cites ${page}`).toBeDefined();
      if (heading === undefined || found === undefined) continue;
      const { [0]: known } = headingsOf(readFileSync(found, 'utf8')).filter((it) => it === heading);
      expect(known, `${file} cites ${page}: ${heading}`).toBe(heading);
    }
  });
});

describe('blocks of commands', () => {
  const run = (block: string, { cwd, env }: Place): string =>
    execFileSync('bash', ['-euo', 'pipefail', '-c', block], { cwd, env, encoding: 'utf8', stdio: 'pipe' });
  const blocksOf = (page: string, info: string): string[] =>
    [...manual(page).matchAll(/^```(.*)\n([^]*?)^```$/gm)]
      .filter((m) => m[1] === info)
      .map((m) => m[2] ?? '');
  let place: Place;
  let answers: string[] = [];
  beforeAll(() => {
    place = makePlace();
    answers = blocksOf('README.md', 'sh').flatMap((block) => run(block, place).split('\n'));
  }, 120_000);

  it('are marked as such that run or such that do not', () => {
    const infos = [...everything.matchAll(/^ *```(.+)$/gm)].map((m) => m[1] ?? '');
    expect(infos.filter((info) => info === 'sh').length).toBeGreaterThan(6);
    expect(infos.filter((info) => !['sh', 'sh no-test', 'text', 'yaml'].includes(info))).toEqual([]);
  });

  it('of README.md answer as in its picture', () => {
    const picture = blocksOf('README.md', 'text').join('').trimEnd().split('\n');
    expect(picture.length).toBeGreaterThan(5);
    for (const line of picture) {
      const isShown = (it: string) => (line.endsWith('…') ? it.startsWith(line.slice(0, -1)) : it === line);
      expect(answers.some(isShown), line).toBe(true);
    }
  });

  const manuals = PAGES.filter((page) => page !== 'README.md' && blocksOf(page, 'sh').length > 0);
  it.each(manuals)('of %s run', { timeout: 240_000 }, (page) => {
    for (const block of blocksOf(page, 'sh')) expect(run(block, place), block).not.toBe('');
  });
});

type Place = { cwd: string; env: NodeJS.ProcessEnv };

/** Where an operator stands: the program, a copy of the county, an empty DATA_DIR. */
function makePlace(): Place {
  const cwd = makeFolder();
  cpSync('package.json', join(cwd, 'package.json'));
  for (const name of ['scripts', 'dist', 'node_modules']) symlinkSync(resolve(name), join(cwd, name));
  cpSync('knowledge', join(cwd, 'knowledge'), { recursive: true });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    KNOWLEDGE_DIR: join(cwd, 'knowledge'),
    DATA_DIR: join(cwd, 'data'),
  };
  // What vitest sets for itself is not for the programs that a person starts.
  for (const name of Object.keys(env)) if (/^(?:VITEST|NODE_ENV|FORCE_COLOR)/.test(name)) delete env[name];
  return { cwd, env };
}
