/**
 * Compiles what has changed under `src`, `scripts` and `tests/helpers` since it was compiled to `dist`, and nothing when nothing has: the
 * commands of package.json load this file before the program, so that none runs stale code. Types are stripped one file at
 * a time and not checked (`npm run types` does), so that it takes milliseconds after an edit and needs no other package
 * than TypeScript. Where there are no sources, what stands in `dist` is run as it is.
 *
 * What was compiled is known by its content: copying a folder to another machine shuffles times.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiledList = join(root, 'dist', 'compiled.json');

/** Other processes may be starting from the same folder: they see the old file or the new one, whole. */
function replaceFile(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

function readSources() {
  // Chaos and fuzz give the real program the platforms of the tests.
  const folders = ['src', 'scripts', join('tests', 'helpers')].filter((folder) =>
    existsSync(join(root, folder)),
  );
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
      .map((file) => join(folder, file)),
  );
  return files.sort().map((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return { file, text, hash: createHash('sha1').update(text).digest('base64') };
  });
}

function readCompiled() {
  try {
    return JSON.parse(readFileSync(compiledList, 'utf8'));
  } catch {
    return {};
  }
}

const outputOf = (file) => join(root, 'dist', file.replace(/ts$/, 'js'));

function compile(typescript, options, { file, text }) {
  const compiled = typescript.transpileModule(text, {
    fileName: join(root, file),
    compilerOptions: options,
    reportDiagnostics: true,
  });
  const [problem] = compiled.diagnostics ?? [];
  if (problem) {
    const line = text.slice(0, problem.start ?? 0).split('\n').length;
    fail(`${file}:${line}: ${typescript.flattenDiagnosticMessageText(problem.messageText, '\n')}`);
  }
  const output = outputOf(file);
  const map = {
    ...JSON.parse(compiled.sourceMapText),
    sources: [relative(dirname(output), join(root, file))],
  };
  replaceFile(`${output}.map`, JSON.stringify(map));
  replaceFile(output, compiled.outputText);
}

async function compileAll(stale) {
  const { default: typescript } = await import('typescript').catch(() => ({ default: null }));
  if (!typescript)
    fail(`${stale[0].file} has changed since it was compiled, and TypeScript is not installed: run npm ci`);
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  // One file alone does not see that package.json says "module".
  const { options } = typescript.convertCompilerOptionsFromJson(
    { ...compilerOptions, module: 'ESNext', moduleResolution: 'bundler' },
    root,
  );
  for (const source of stale) compile(typescript, options, source);
}

async function build() {
  const sources = readSources();
  const compiled = readCompiled();
  const known = new Set(sources.map(({ file }) => file));
  const stale = sources.filter(({ file, hash }) => compiled[file] !== hash || !existsSync(outputOf(file)));
  const gone = sources.length > 0 ? Object.keys(compiled).filter((file) => !known.has(file)) : [];
  if (stale.length + gone.length === 0) return;
  if (stale.length > 0) await compileAll(stale);
  for (const file of gone)
    for (const ending of ['', '.map']) rmSync(outputOf(file) + ending, { force: true });
  replaceFile(
    compiledList,
    JSON.stringify(Object.fromEntries(sources.map(({ file, hash }) => [file, hash]))),
  );
}

// A worker inherits `--import`; what it runs was looked at before it was started.
if (isMainThread) {
  await build();
  if (!existsSync(join(root, 'dist', 'src', 'main.js')))
    fail(`${root}: neither sources nor a compiled program are here`);
}
