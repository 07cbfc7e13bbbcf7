/**
 * Bundles `src` and `scripts` into `dist` when a source or an installed package has changed since, and does nothing when none has: the
 * commands of package.json load this file before the program, so that none runs stale code. Types are stripped and not
 * checked (`npm run types` does). Bundled, because a start otherwise opens 1,200 files, a fifth of its time and more. Where
 * there are no sources, what stands in `dist` is run as it is.
 *
 * What was bundled is known by its content: copying a folder to another machine shuffles times.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundledList = join(root, 'dist', 'bundled.json');
/**
 * Packages of many small files that every start opens, with all that they import. The others stay where they are: they look for
 * files beside them.
 */
const BUNDLED_PACKAGES =
  /^(?:@langchain\/core|chrono-node|csv-parse|js-yaml|lowdb|pinyin-pro|rrule|write-excel-file|zod)(?:\/|$)/;
const isPackage = (id) => /^[^./]/.test(id) && !id.startsWith(root);

/** What a process or a thread begins with: each becomes `dist/<its path>.js`. */
const isEntry = (file) =>
  /^(?:src\/main|src\/setup\/[\w-]+-thread|scripts\/[\w-]+|scripts\/bench\/store-worker)\.ts$/.test(file) ||
  OPENED_BY_TESTS.has(file);
/** Parts that a test or a measurement opens in a process of its own. */
const OPENED_BY_TESTS = new Set([
  'src/editions/drafts.ts',
  'src/setup/encoding.ts',
  'src/store/lowdb/index.ts',
  'tests/helpers/store-worker.ts',
]);

function fail(message) {
  console.error(message);
  process.exit(1);
}

const hashOf = (text) => createHash('sha1').update(text).digest('base64');

/** Paths with their hashes: also of this file and of the versions of packages, which are in the bundle. */
function readSources() {
  // Chaos and fuzz give the real program the platforms of the tests.
  const folders = ['src', 'scripts', 'tests/helpers'].filter((folder) => existsSync(join(root, folder)));
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  );
  if (files.length === 0) return null;
  const read = [...files, 'scripts/build.mjs', 'package-lock.json']
    .filter((file) => existsSync(join(root, file)))
    .sort();
  return Object.fromEntries(read.map((file) => [file, hashOf(readFileSync(join(root, file), 'utf8'))]));
}

/** What was bundled last: `sources` by path, and the files that it gave. */
function readBundled() {
  try {
    const { sources, outputs } = JSON.parse(readFileSync(bundledList, 'utf8'));
    return { sources: sources ?? {}, outputs: outputs ?? [] };
  } catch {
    return { sources: {}, outputs: [] };
  }
}

/** Other processes may be starting from the same folder: they see the old file or the new one, whole. */
function replaceFile(file, text) {
  const path = join(root, 'dist', file);
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

/** `file:line: what is wrong`, as editors read it. */
function problemText(error) {
  const [{ message, loc } = error] = error.errors ?? [];
  const lines = String(message)
    .replace(/\u001b\[[\d;]*m/g, '')
    .trim();
  const place = loc?.file ? `${relative(root, loc.file)}:${loc.line}: ` : '';
  return place + lines;
}

async function bundle(sources, changed) {
  const { rolldown } = await import('rolldown').catch(() => ({ rolldown: null }));
  if (!rolldown)
    fail(`${changed} has changed since it was bundled, and rolldown is not installed: run npm ci`);
  const entries = Object.keys(sources).filter(isEntry);
  const build = await rolldown({
    cwd: root,
    input: Object.fromEntries(entries.map((file) => [file.slice(0, -'.ts'.length), join(root, file)])),
    platform: 'node',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    // What a bundled package imports is found from where it lies: another version may lie beside ours.
    external: (id, importer) =>
      id.startsWith('node:') ||
      (isPackage(id) && !BUNDLED_PACKAGES.test(id) && !importer?.includes('/node_modules/')),
    logLevel: 'silent',
  });
  const { output } = await build.generate({
    format: 'esm',
    sourcemap: true,
    chunkFileNames: 'chunks/[name]-[hash].js',
  });
  await build.close();
  // What is loaded by others before them: a process that starts now finds all that its first file names.
  const isLast = ({ isEntry: is }) => Number(is === true);
  for (const file of output.toSorted((a, b) => isLast(a) - isLast(b)))
    replaceFile(file.fileName, file.type === 'chunk' ? file.code : file.source);
  return output.map(({ fileName }) => fileName);
}

async function build() {
  const sources = readSources();
  if (sources) {
    const last = readBundled();
    const isStale = (file) => last.sources[file] !== sources[file];
    const changed = [...Object.keys(sources), ...Object.keys(last.sources)].find(isStale);
    if (changed === undefined && existsSync(join(root, 'dist', 'src', 'main.js'))) return;
    const outputs = await bundle(sources, changed ?? 'src/main.ts').catch((error) =>
      fail(problemText(error)),
    );
    for (const file of last.outputs)
      if (!outputs.includes(file)) rmSync(join(root, 'dist', file), { force: true });
    replaceFile('bundled.json', JSON.stringify({ sources, outputs }));
  } else if (!existsSync(join(root, 'dist', 'src', 'main.js')))
    fail(`${root}: neither sources nor a bundled program are here`);
}

// A worker inherits `--import`; what it runs was looked at before it was started.
if (isMainThread) await build();
