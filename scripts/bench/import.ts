/** The part of `npm run bench` about imports: changed rows of a file to a draft; `npm run bench -- import` runs it. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { Row } from '../../src/core/domain.js';
import type { Print } from './figures.js';

/** Rows of one county, and of forty. */
const SIZES = [340, 13_600];
const HEADER = ['序号', '类别', '事项名称', '主体责任单位', '主体责任', '配合单位', '配合责任', '依据'];
const MANNERS = ['每季度', '每半年', '每年', '定期', '按月', '逐村', '逐户', '按片区', '分年度', '集中'];

/** The sample's rows, each in other words than before and than all others. */
function changed(rows: Row[], count: number): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const row = rows[i % rows.length] as Row;
    const round = Math.floor(i / rows.length);
    const manner = `${MANNERS[round % MANNERS.length] ?? ''}第${Math.floor(round / MANNERS.length) + 1}次`;
    const duties = row.lead.map(({ duty }) => duty.replace(/。?$/, `，${manner}核对一次办理情况。`));
    return [
      ...[String(i + 1), row.domain, `${row.matter}${manner}办理（之${i + 1}）`],
      ...[row.lead.map(({ unit }) => unit).join('|'), duties.join('|')],
      ...[row.support.map(({ unit }) => unit).join('|'), row.support.map(({ duty }) => duty).join('|')],
      row.basis.join('|'),
    ];
  });
  return stringify([HEADER, ...lines]);
}

/** `readable`: when the draft could be read; `wall`: when its figures were there as well and the program ended. In s. */
type Ran = { readable: number; wall: number; cpu: number; said: string };

function runImport(file: string, dataDir: string): Promise<Ran> {
  const started = performance.now();
  const call = `time node dist/scripts/import.js '${file}' --kind territorial --by 甲 --confirm`;
  const child = spawn('bash', ['-c', call], { env: { ...process.env, DATA_DIR: dataDir } });
  let said = '';
  let times = '';
  let readable = 0;
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString();
    if (readable === 0 && /^草稿 /m.test(said)) readable = (performance.now() - started) / 1_000;
  });
  child.stderr.on('data', (bytes: Buffer) => (times += bytes.toString()));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      if (code !== 0) return reject(new Error(`exit code ${code}: ${times.slice(-500)}`));
      const seconds = (what: string) => {
        const [, minutes = '0', rest = '0'] = new RegExp(`${what}\\s+(\\d+)m([\\d.]+)s`).exec(times) ?? [];
        return Number(minutes) * 60 + Number(rest);
      };
      resolve({
        readable,
        wall: (performance.now() - started) / 1_000,
        cpu: seconds('user') + seconds('sys'),
        said,
      });
    });
  });
}

/** @param prepare makes the edition in force of a folder, as it is where the bot has run. */
export async function benchImport(
  dataDir: string,
  rows: Row[],
  prepare: (dataDir: string) => Promise<unknown>,
  print: Print,
): Promise<void> {
  for (const size of SIZES) {
    const dir = join(dataDir, `import-${size}`);
    await prepare(dir);
    const file = join(dataDir, `rows-${size}.csv`);
    writeFileSync(file, changed(rows, size));
    const { readable, wall, cpu, said } = await runImport(file, dir);
    if (!/^草稿 /m.test(said)) throw new Error(said.slice(-500));
    print(`${size} changed rows to a draft that can be read (s)`, readable.toFixed(1));
    print(
      '  to its figures: wall / CPU (s), CPU a row (ms)',
      `${wall.toFixed(1)} / ${cpu.toFixed(1)}, ${((cpu * 1_000) / size).toFixed(1)}`,
    );
  }
}
