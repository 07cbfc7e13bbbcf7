/** The borders of src/README.md's map, read from the source files. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HANDLERS } from '../src/handlers/index.js';

const ROOT = 'src';
const MAX_LINES = 300;
/** Files over MAX_LINES, each with its reason. */
const LONG: Record<string, string> = {
  'core/ports.ts': 'every seam of the core on one page',
  'lists/calibrate.ts':
    'one fit from drawing matters to choosing thresholds; nothing of it serves another file',
};

type Source = { path: string; text: string; imports: string[] };

const sources: Source[] = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const found = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name = '']) => name);
    return { path, text, imports: found.map((name) => resolveImport(path, name)) };
  });

/** `core/card.js` for a file of ours, the name itself for a package. */
function resolveImport(path: string, name: string): string {
  return name.startsWith('.') ? normalize(join(dirname(path), name)) : name;
}

const isIn = (path: string, ...folders: string[]) => folders.some((folder) => path.startsWith(`${folder}/`));
const offences = (files: (s: Source) => boolean, isForbidden: (name: string, from: string) => boolean) =>
  sources
    .filter(files)
    .flatMap((s) =>
      s.imports.filter((name) => isForbidden(name, s.path)).map((name) => `${s.path} → ${name}`),
    );

const EDGES = ['adapters', 'store', 'http'];
const INNER = [
  'calendar',
  'nlu',
  'lists',
  'organizations',
  'requests',
  'reminders',
  'handlers',
  'middleware',
];

describe('imports', () => {
  it('are found at all', () => {
    expect(sources.length).toBeGreaterThan(30);
    expect(sources.find((s) => s.path === 'main.ts')?.imports).toContain('core/bot.js');
  });

  it('of core stay in core', () => {
    expect(
      offences(
        (s) => isIn(s.path, 'core'),
        (name) => !isIn(name, 'core'),
      ),
    ).toEqual([]);
  });

  it.each(INNER)('of %s never reach adapters, store or http', (folder) => {
    expect(
      offences(
        (s) => isIn(s.path, folder),
        (name) => isIn(name, ...EDGES),
      ),
    ).toEqual([]);
  });

  it('of adapters never reach handlers or another adapter', () => {
    const folderOf = (path: string) => path.split('/').slice(0, 2).join('/');
    const forbidden = (name: string, from: string) =>
      isIn(name, 'handlers') || (isIn(name, 'adapters') && folderOf(name) !== folderOf(from));
    expect(offences((s) => isIn(s.path, 'adapters'), forbidden)).toEqual([]);
  });

  it('of store and adapters reach only core and their own folder', () => {
    const forbidden = (name: string, from: string) => {
      const own = sources.some((s) => s.path === name.replace(/\.js$/, '.ts'));
      // How files are written is the one thing that the store and the published editions share.
      const isShared = ['private-files.js', 'replace-file.js'].includes(name) && isIn(from, 'store');
      return own && !isShared && !isIn(name, 'core') && dirname(name) !== dirname(from);
    };
    expect(offences((s) => isIn(s.path, 'adapters', 'store'), forbidden)).toEqual([]);
  });

  it('of main.ts are in no other file: only main wires platforms and stores', () => {
    const outside = (s: Source) => s.path !== 'main.ts' && !isIn(s.path, ...EDGES);
    expect(offences(outside, (name) => isIn(name, ...EDGES) || name === 'main.js')).toEqual([]);
  });

  it('have no cycles', () => {
    const graph = new Map(
      sources.map((s) => [
        s.path,
        // Types alone make no cycle at run time.
        [...s.text.matchAll(/^import (?!type)[^;]*?from\s*'(\.[^']+)'/gms)].map(([, name = '']) =>
          resolveImport(s.path, name).replace(/\.js$/, '.ts'),
        ),
      ]),
    );
    const cycles: string[] = [];
    const done = new Set<string>();
    const visit = (path: string, trail: string[]) => {
      if (trail.includes(path))
        return void cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (done.has(path)) return;
      done.add(path);
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    };
    for (const path of graph.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });
});

describe('files', () => {
  it('over 300 lines are the listed ones', () => {
    const long = sources.filter((s) => s.text.split('\n').length - 1 > MAX_LINES).map((s) => s.path);
    expect(long.filter((path) => !LONG[path])).toEqual([]);
  });

  it('have no default export and no barrel', () => {
    for (const { path, text } of sources) {
      expect(text, path).not.toMatch(/^export default/m);
      expect(text, path).not.toMatch(/^export \* from/m);
    }
  });

  it('begin with one line that says what they are for', () => {
    const [bare] = sources.filter((s) => !s.text.startsWith('/**'));
    expect(bare?.path).toBeUndefined();
  });

  it('of both platforms have the same names', () => {
    const namesOf = (platform: string) =>
      sources.filter((s) => isIn(s.path, `adapters/${platform}`)).map((s) => s.path.split('/')[2]);
    for (const name of ['index.ts', 'parse.ts', 'render.ts', 'api.ts'])
      for (const platform of ['feishu', 'telegram']) expect(namesOf(platform)).toContain(name);
  });
});

describe('time, randomness and environment', () => {
  it('are arguments inside', () => {
    const pattern =
      /Date\.now\(|new Date\(\)|Math\.random\(|process\.env|console\.|setTimeout\(|setInterval\(/;
    const guilty = sources.filter((s) => isIn(s.path, 'core', ...INNER) && pattern.test(s.text));
    expect(guilty.map((s) => s.path)).toEqual([]);
  });
});

describe('handlers', () => {
  it('are bound to exactly the intents of the folder', () => {
    const ids = readdirSync('intents').map((name) => name.replace('.yaml', ''));
    expect(Object.keys(HANDLERS).sort()).toEqual(ids.sort());
  });

  it('that have a file of an intent have its name', () => {
    const shared = [
      ...['index.ts', 'deps.ts', 'coming.ts', 'outside.ts', 'desk.ts', 'act.ts', 'moves.ts'],
      ...['flows.ts', 'flow-shapes.ts'],
      ...['draft.ts', 'draft-fields.ts', 'request_timer.ts'],
      ...[
        'reminder_desk.ts',
        'reminder_timer.ts',
        'digest_timer.ts',
        'duty_desk.ts',
        'measure_desk.ts',
        'unread_timer.ts',
        'edition_desk.ts',
        'edition_timer.ts',
      ],
    ];
    const intents = readdirSync('intents').map((name) => name.replace('.yaml', '.ts'));
    const files = readdirSync(join(ROOT, 'handlers')).filter((name) => !shared.includes(name));
    expect(files.filter((name) => !intents.includes(name))).toEqual([]);
  });
});
