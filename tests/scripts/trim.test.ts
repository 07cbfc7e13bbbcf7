/** In a small project of its own: the real script, a `node_modules` laid out like the real one. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../helpers/folder.js';

let project: string;

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), text);
};

function run() {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/trim.mjs'], {
    cwd: project,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('npm run trim', () => {
  const own = `node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/onnxruntime_binding.node`;
  const kept = [
    own,
    'node_modules/a/index.js',
    'node_modules/a/LICENSE',
    'node_modules/a/data.json',
    'node_modules/pdfjs-dist/legacy/build/pdf.mjs',
    'node_modules/js-tiktoken/dist/lite.js',
    'node_modules/echarts/dist/echarts.esm.min.mjs',
    'node_modules/echarts/dist/package.json',
    'node_modules/@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf',
  ];
  const removed = [
    'node_modules/onnxruntime-node/bin/napi-v6/aix/ppc64/onnxruntime_binding.node',
    `node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/mips/onnxruntime_binding.node`,
    'node_modules/a/index.js.map',
    'node_modules/a/index.d.ts',
    'node_modules/a/deep/index.d.cts',
    'node_modules/pdfjs-dist/build/pdf.mjs',
    'node_modules/js-tiktoken/dist/ranks/o200k_base.js',
    'node_modules/rolldown/dist/index.mjs',
    'node_modules/@rolldown/binding-linux-x64-gnu/rolldown-binding.node',
    'node_modules/echarts/dist/echarts.js',
    'node_modules/echarts/lib/echarts.js',
    'node_modules/@embedpdf/fonts-sc/fonts/NotoSansHans-Bold.otf',
  ];
  beforeEach(() => {
    project = makeFolder();
    cpSync('scripts/trim.mjs', join(project, 'scripts/trim.mjs'), { recursive: true });
    for (const file of [...kept, ...removed]) write(file, 'x'.repeat(100_000));
  });

  it('removes what the bot never opens and nothing else', () => {
    expect(run()).toEqual({
      status: 0,
      stdout: 'node_modules: 2 MB -> 1 MB\n',
      stderr: '',
    });
    expect(kept.filter((file) => !existsSync(join(project, file)))).toEqual([]);
    expect(removed.filter((file) => existsSync(join(project, file)))).toEqual([]);
  });

  it('can run twice', () => {
    run();
    expect(run()).toMatchObject({ status: 0, stderr: '' });
    expect(kept.filter((file) => !existsSync(join(project, file)))).toEqual([]);
  });

  it('leaves a development install alone', () => {
    write('node_modules/vitest/package.json', '{}');
    expect(run()).toMatchObject({ status: 1, stdout: '' });
    expect(removed.filter((file) => !existsSync(join(project, file)))).toEqual([]);
  });

  it('keeps all runtimes where it does not know its own', () => {
    rmSync(join(project, own));
    rmSync(dirname(join(project, own)), { recursive: true });
    run();
    expect(existsSync(join(project, removed[0] ?? ''))).toBe(true);
  });
});
