/** The script as the list office's operator runs it. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { listDrafts } from '../../src/editions/drafts.js';
import { startChatService, type ChatService } from '../helpers/chat-service.js';
import { makeFolder } from '../helpers/folder.js';

const BUILD_MS = 300_000;
const LAMPS = ['territorial-1/36', '城乡路灯等照明设施管护'] as const;
const GOOD = '晚上马路上的灯全黑了没人修';

function run(dataDir: string, args: string[], more: Record<string, string> = {}) {
  const { PATH, HOME } = process.env;
  const env = { NODE_ENV: 'test', DATA_DIR: dataDir, ...(PATH && { PATH }), ...(HOME && { HOME }), ...more };
  const child = spawn(process.execPath, ['dist/scripts/phrasings.js', ...args], { env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  return new Promise<{ stdout: string; stderr: string; code: number | null }>((resolve) =>
    child.on('close', (code) => resolve({ stdout, stderr, code })),
  );
}

let service: ChatService | undefined;
afterEach(() => service?.stop());

describe('phrasings', { timeout: BUILD_MS }, () => {
  it('go out to any model, come back, and are struck', async () => {
    const dataDir = makeFolder();
    const file = join(dataDir, 'out.md');
    expect((await run(dataDir, ['export', '--list', 'territorial-1', file])).stdout).toContain(
      '44 项(现行版次',
    );
    expect(readFileSync(file, 'utf8')).toContain(`序号:${LAMPS[0]}\n事项:${LAMPS[1]}`);
    const answer = join(dataDir, 'answer.txt');
    writeFileSync(answer, `## ${LAMPS.join(' ')}\n- ${GOOD}\n- 村里低保名单公示了没有\n`);
    const checked = await run(dataDir, ['import', answer, '--dry-run']);
    expect(checked.stdout).toContain('仅作核对,没有采用。');
    expect(listDrafts(dataDir)).toEqual([]);
    const { stdout } = await run(dataDir, ['import', answer, '--by', '甲']);
    expect(stdout).toContain('采用 1 条问法(1 项),未采用 1 条');
    expect(stdout).toContain(`而不是“${LAMPS.join(' ')}”`);
    expect(stdout).toContain(`[生成] ${LAMPS.join(' ')}:“${GOOD}”`);
    const [draft] = listDrafts(dataDir);
    expect(draft?.rows.flatMap((row) => row.generated ?? [])).toEqual([GOOD]);
    expect(draft).toMatchObject({ files: ['answer.txt'], importedBy: '甲' });

    const struck = await run(dataDir, ['strike', LAMPS[0], GOOD, '--by', '甲']);
    expect(struck.stdout).toContain(`已划去:${LAMPS[1]}“${GOOD}”`);
    expect(struck.stdout).toContain('没有生成草稿');
  });

  it('are written by the model that is set', async () => {
    const dataDir = makeFolder();
    service = await startChatService(() =>
      JSON.stringify({ rows: [{ 序号: LAMPS[0], 事项: LAMPS[1], 问法: [GOOD, '归县公安局水利局管'] }] }),
    );
    const llm = { LLM_BASE_URL: service.baseUrl, LLM_MODEL: 'm' };
    const args = ['generate', '--list', 'territorial-1', '--calls', '3', '--by', '甲'];
    const { stdout } = await run(dataDir, args, llm);
    expect(stdout).toContain('采用 1 条问法(1 项)');
    expect(stdout).toContain('共调用语言模型 3 次');
    expect(stdout).toContain('再次运行会接着做');
    expect(service.asked.map(({ user }) => user).join()).not.toContain('askedAs');
    expect(listDrafts(dataDir)[0]?.files).toEqual(['生成问法(m)']);
    expect((await run(dataDir, ['generate'])).stderr).toContain('没有设置语言模型');
  });

  it('of another county go into the bank whole or not at all', async () => {
    const knowledge = makeFolder();
    const folder = join(knowledge, 'phrasings');
    mkdirSync(folder);
    const bank = join(folder, 'bank.jsonl');
    const matter = {
      id: 'D1',
      domain: '城管',
      matter: '占道经营',
      duty: '查处',
      phrasings: ['摊贩占道谁管'],
    };
    writeFileSync(bank, `${JSON.stringify(matter)}\n`);
    const file = join(knowledge, 'shared.jsonl');
    const good = JSON.stringify({ ...matter, id: 'S-1', matter: '路灯', phrasings: ['灯黑了谁修'] });
    writeFileSync(file, `${good}\n{"id":`);
    const env = { KNOWLEDGE_DIR: knowledge };
    expect((await run(knowledge, ['merge', file], env)).stderr).toContain('没有并入任何内容');
    expect(readFileSync(bank, 'utf8').split('\n')).toHaveLength(2);
    expect(readdirSync(folder)).toEqual(['bank.jsonl']);
    writeFileSync(file, good);
    expect((await run(knowledge, ['merge', file], env)).stdout).toContain(
      '新事项 1 个,新问法 1 条,现共 2 个事项',
    );
    expect(readFileSync(bank, 'utf8').split('\n')).toHaveLength(3);
    expect(readdirSync(folder).some((name) => /^vectors-\w+\.bin$/.test(name))).toBe(true);
    expect((await run(knowledge, ['merge', file], env)).stdout).toContain('未作更改');
  });

  it('are shown with the matters of the bank that rows are near to, the doubtful first', async () => {
    const dataDir = makeFolder();
    const { stdout } = await run(dataDir, ['matches', '--doubtful']);
    expect(stdout).toMatch(/^现行版次 \w+。问法:884 项有自己的问法/);
    expect(stdout).toMatch(/\n存疑 \w+\/\d+ /);
    const out = join(dataDir, 'share.jsonl');
    expect((await run(dataDir, ['share', out])).stdout).toContain('已去掉县名、乡镇名');
    expect(existsSync(out)).toBe(true);
    expect(readFileSync(out, 'utf8')).not.toMatch(/青山|柳林/);
  });

  it('says how it is called', async () => {
    const { stderr, code } = await run(makeFolder(), ['forget']);
    expect(stderr).toContain('用法:npm run phrasings');
    expect(code).toBe(1);
  });
});
