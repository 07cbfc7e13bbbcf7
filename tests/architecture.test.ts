/** The borders of src/README.md's map, read from the source files. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HANDLERS } from '../src/handlers/index.js';

/**
 * The rooms of src from the ground up, each with the rooms that it may import: only such as stand above it here. A new
 * import across rooms is a line here first; a folder or file of src that is not here is a mistake.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  config: ['core'],
  files: ['core'],
  text: ['core', 'files'],
  calendar: ['core', 'files'],
  organizations: ['core', 'files', 'calendar'],
  adapters: ['core'],
  store: ['core', 'files'],
  charts: ['core'],
  nlu: ['core', 'files', 'text', 'calendar', 'organizations'],
  lists: ['core', 'text', 'calendar', 'organizations', 'nlu'],
  editions: ['core', 'files', 'text', 'calendar', 'organizations', 'lists'],
  evaluation: ['core', 'files', 'text', 'calendar', 'organizations'],
  // What a morning's summary is; who has one is known by requests and reminders, who sends it by timers.
  digest: ['core', 'text', 'calendar'],
  requests: ['core', 'files', 'text', 'calendar', 'organizations', 'lists', 'digest'],
  reminders: ['core', 'files', 'text', 'calendar', 'organizations', 'nlu', 'lists', 'digest'],
  // What a message may mean; who handles it is handlers' affair.
  readings: ['core', 'text', 'calendar', 'organizations', 'nlu', 'lists', 'requests', 'reminders'],
  middleware: ['core', 'calendar'],
  handlers: [
    ...['core', 'files', 'text', 'calendar', 'organizations', 'nlu', 'lists'],
    ...['editions', 'evaluation', 'requests', 'reminders'],
  ],
  timers: [
    ...['core', 'text', 'calendar', 'organizations'],
    ...['editions', 'digest', 'requests', 'reminders', 'handlers'],
  ],
  setup: [
    ...['core', 'config', 'files', 'charts', 'text', 'calendar', 'organizations', 'nlu', 'lists'],
    ...['editions', 'evaluation', 'requests', 'reminders', 'readings', 'handlers', 'timers'],
  ],
  run: [
    ...['core', 'config', 'files', 'calendar', 'organizations', 'adapters', 'store', 'nlu'],
    ...['editions', 'middleware', 'setup'],
  ],
  main: ['core', 'config', 'calendar', 'setup', 'run'],
};
/** Folders of these rooms know nothing of each other; what they share stands beside them. */
const SEPARATE = ['adapters', 'store'];
/** May read the clock and the environment, write to the screen, set timers of the system. */
const EDGES = ['adapters', 'store', 'config', 'run', 'main'];

/** The process itself: how long a thread may take, and whether the event loop still turns. */
const EDGE_FILES = ['setup/drawing.ts', 'setup/encoding.ts', 'setup/understanding.ts', 'setup/watchdog.ts'];

const ROOT = 'src';
const MAX_LINES = 300;

type Source = { path: string; text: string; imports: string[] };

const paths = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
const sources: Source[] = paths.map((path) => {
  const text = readFileSync(join(ROOT, path), 'utf8');
  // Types count: what knows a type knows the room.
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, name = '']) =>
    normalize(join(dirname(path), name)).replace(/\.js$/, '.ts'),
  );
  return { path, text, imports: found.filter((name) => paths.includes(name)) };
});

const roomOf = (path: string): string => path.split('/')[0]?.replace(/\.ts$/, '') ?? '';
const isIn = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);
const edges = sources.flatMap(({ path, imports }) => imports.map((name) => ({ path, name })));
const across = edges.filter(({ path, name }) => roomOf(path) !== roomOf(name));

describe('rooms', () => {
  it('are all in the table', () => {
    expect([...new Set(paths.map(roomOf))].sort()).toEqual(Object.keys(ROOMS).sort());
  });

  it('stand on the ones above them in the table', () => {
    const order = Object.keys(ROOMS);
    const wrong = Object.entries(ROOMS).flatMap(([room, may]) =>
      may.filter((name) => order.indexOf(name) >= order.indexOf(room)).map((name) => `${room}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('import what the table allows', () => {
    expect(across.length).toBeGreaterThan(500);
    const wrong = across.filter(({ path, name }) => !ROOMS[roomOf(path)]?.includes(roomOf(name)));
    expect(wrong.map(({ path, name }) => `${path} → ${name}`)).toEqual([]);
  });

  it('are allowed nothing that they do not need', () => {
    const used = new Set(across.map(({ path, name }) => `${roomOf(path)}: ${roomOf(name)}`));
    const allowed = Object.entries(ROOMS).flatMap(([room, may]) => may.map((name) => `${room}: ${name}`));
    expect(allowed.filter((line) => !used.has(line))).toEqual([]);
  });

  it.each(SEPARATE)('of %s keep their folders apart', (room) => {
    const folderOf = (path: string) => path.split('/').slice(1, -1)[0];
    const wrong = edges.filter(({ path, name }) => {
      const [from, to] = [folderOf(path), folderOf(name)];
      return isIn(path, room) && isIn(name, room) && from !== undefined && to !== undefined && from !== to;
    });
    expect(wrong.map(({ path, name }) => `${path} → ${name}`)).toEqual([]);
  });

  it('and their files have no circles, also not of types', () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (path: string, trail: string[]): void => {
      if (trail.includes(path)) {
        circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
        return;
      }
      if (done.has(path)) return;
      for (const { name } of edges.filter((edge) => edge.path === path)) visit(name, [...trail, path]);
      done.add(path);
    };
    for (const path of paths) visit(path, []);
    expect(circles).toEqual([]);
  });
});

describe('files', () => {
  it('have at most 300 lines, those of scripts too', () => {
    const scripts = readdirSync('scripts', { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:ts|mjs)$/.test(path))
      .map((path) => ({ path: join('scripts', path), text: readFileSync(join('scripts', path), 'utf8') }));
    expect(scripts.length).toBeGreaterThan(70);
    const long = [...sources, ...scripts].filter(({ text }) => text.split('\n').length - 1 > MAX_LINES);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('have no default export and no barrel', () => {
    for (const { path, text } of sources) {
      expect(text, path).not.toMatch(/^export default/m);
      expect(text, path).not.toMatch(/^export (\*|\{[^}]*\}) from/m);
    }
  });

  it('begin with one line that says what they are for', () => {
    expect(sources.filter((s) => !s.text.startsWith('/**')).map((s) => s.path)).toEqual([]);
  });

  it('of all platforms have the same names', () => {
    const namesOf = (platform: string) =>
      paths.filter((path) => isIn(path, `adapters/${platform}`)).map((path) => path.split('/')[2]);
    for (const name of ['index.ts', 'parse.ts', 'render.ts', 'deliver.ts', 'api.ts'])
      for (const platform of ['feishu', 'telegram', 'wecom']) expect(namesOf(platform)).toContain(name);
  });

  it('of tests stand where what they test stands', () => {
    const folders = (root: string) =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
    const own = [
      'attacks',
      'contracts',
      'dialogues',
      'e2e',
      'evaluation',
      'fixtures',
      'helpers',
      'scripts',
      'talk',
    ];
    const tested = folders('tests').filter((folder) => !own.includes(folder.split('/')[0] ?? ''));
    expect(tested.filter((folder) => !folders(ROOT).includes(folder))).toEqual([]);
  });
});

describe('time, randomness and environment', () => {
  it('are arguments inside', () => {
    const pattern =
      /Date\.now\(|new Date\(\)|Math\.random\(|process\.env|console\.|setTimeout\(|setInterval\(/;
    const guilty = sources.filter(
      (s) => !EDGE_FILES.includes(s.path) && !EDGES.includes(roomOf(s.path)) && pattern.test(s.text),
    );
    expect(guilty.map((s) => s.path)).toEqual([]);
  });
});

describe('handlers', () => {
  it('are bound to exactly the intents of the folder', () => {
    const ids = readdirSync('intents').map((name) => name.replace('.yaml', ''));
    expect(Object.keys(HANDLERS).sort()).toEqual(ids.sort());
  });

  it('have the name of their intent; what they share stands in handlers/shared', () => {
    const intents = readdirSync('intents').map((name) => name.replace('.yaml', '.ts'));
    // One handler for the three intents that are nobody's business: outside.ts.
    const others = ['index.ts', 'deps.ts', 'outside.ts', 'shared'];
    const names = readdirSync(join(ROOT, 'handlers'));
    expect(names.filter((name) => !intents.includes(name) && !others.includes(name))).toEqual([]);
  });
});
