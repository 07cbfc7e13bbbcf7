/**
 * `npm run trim`, after `npm ci --omit=dev`: removes from `node_modules` what running the bot never opens, because npm can
 * leave out whole packages only. `npm ci` brings everything back.
 */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules');

/** Needed by development and its editors only: source maps, declarations, the sources that packages carry along. */
const UNOPENED = /\.(map|[cm]?ts|tsx|flow)$/;

/** Folders and files of packages that the program does not use, and why. */
const UNUSED = [
  // `dist` is bundled; nothing bundles here any more.
  'rolldown',
  '@rolldown',
  // Drawing: PDF files are read here, never drawn.
  '@napi-rs',
  'pdfjs-dist/build',
  'pdfjs-dist/image_decoders',
  'pdfjs-dist/web',
  'pdfjs-dist/legacy/web',
  'pdfjs-dist/legacy/image_decoders',
  // The same code for browsers, other module systems, or as sources.
  '@larksuiteoapi/node-sdk/es',
  '@xenova/transformers/src',
  ...['transformers.js', 'transformers.min.js', 'transformers.web.js', 'transformers.web.min.js'].map(
    (file) => `@xenova/transformers/dist/${file}`,
  ),
  ...['transformers.node.cjs', 'transformers.node.min.cjs', 'transformers.node.min.mjs'].map(
    (file) => `@xenova/transformers/dist/${file}`,
  ),
  // Pictures are drawn by the one file that holds all of ECharts, in one weight of the font.
  'zrender',
  ...['asset', 'extension', 'i18n', 'lib', 'licenses', 'node_modules', 'ssr', 'theme', 'types'].map(
    (folder) => `echarts/${folder}`,
  ),
  ...['Bold', 'DemiLight', 'Light', 'Medium'].map(
    (weight) => `@embedpdf/fonts-sc/fonts/NotoSansHans-${weight}.otf`,
  ),
  ...['index.js', 'index.min.js'].map((file) => `@resvg/resvg-wasm/${file}`),
  'chrono-node/src',
  'openai/src',
  'zod/src',
  'opencc-js/dist/umd',
  // Token counts of OpenAI's models: LangChain opens the small entry (`lite`) alone.
  'js-tiktoken/dist/ranks',
  'js-tiktoken/dist/index.js',
  'js-tiktoken/dist/index.cjs',
];

/** ONNX runtimes of other systems: `bin/napi-v6/<platform>/<architecture>`. */
function otherSystems() {
  const bin = join('onnxruntime-node', 'bin', 'napi-v6');
  const own = join(bin, process.platform, process.arch);
  if (!existsSync(join(modules, own))) return [];
  return readdirSync(join(modules, bin), { recursive: true, encoding: 'utf8' })
    .map((folder) => join(bin, folder))
    .filter((folder) => !own.startsWith(folder) && !folder.startsWith(own + sep));
}

/** Every other build of ECharts. */
function otherCharts() {
  const dist = join('echarts', 'dist');
  if (!existsSync(join(modules, dist))) return [];
  return readdirSync(join(modules, dist))
    .filter((file) => file !== 'echarts.esm.min.mjs' && file !== 'package.json')
    .map((file) => join(dist, file));
}

const sizeOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((bytes, entry) => bytes + statSync(join(entry.parentPath, entry.name)).size, 0);

const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;

if (existsSync(join(modules, 'vitest'))) {
  console.error(
    'Development packages are installed: run `npm ci --omit=dev` first, or nothing compiles or is tested here.',
  );
  process.exit(1);
}
const before = sizeOf(modules);
for (const path of [...UNUSED, ...otherSystems(), ...otherCharts()])
  rmSync(join(modules, path), { recursive: true, force: true });
for (const file of readdirSync(modules, { recursive: true, encoding: 'utf8' }))
  if (UNOPENED.test(file) && statSync(join(modules, file)).isFile()) rmSync(join(modules, file));
console.log(`node_modules: ${megabytes(before)} -> ${megabytes(sizeOf(modules))}`);
