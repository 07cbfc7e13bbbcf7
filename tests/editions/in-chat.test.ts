/** The list office in chat: a file, its preview, a draft, a second person, an edition in force, the way back. */
import { afterEach, describe, expect, it } from 'vitest';
import { readPointer } from '../../src/editions/published.js';
import { createFollower } from '../../src/editions/follow.js';
import type { SampleAssistant } from '../helpers/assistant.js';
import { makeFolder } from '../helpers/folder.js';
import {
  APPROVER,
  CADRE,
  LIST_FILE,
  openOfficeAssistant,
  SENDER,
  SMALLER_FILE,
  WRONG_FILE,
} from '../helpers/office.js';
import { startPlatformStage } from '../helpers/platform-stage.js';
import { startConsoleStage, type Stage } from '../helpers/stage.js';

const SECOND = 1_000;
const SLOW_MS = 120_000;

let stage: Stage;
let assistant: SampleAssistant;

/** A running bot looks every few seconds; the test does it by hand. */
const look = () =>
  createFollower({
    ...{ dataDir: assistant.config.dataDir, assistant, check: () => undefined },
    ...{ onChange: () => undefined, onRefused: (_, reason) => expect.fail(reason) },
  })();

const PLATFORM_ACCOUNTS = ['feishu:ou_p1', 'telegram:500001', 'telegram:500002'];

async function open(isOnPlatforms = false): Promise<void> {
  assistant = isOnPlatforms
    ? await openOfficeAssistant(['telegram', 'feishu'], PLATFORM_ACCOUNTS)
    : await openOfficeAssistant();
  stage = isOnPlatforms ? await startPlatformStage(assistant) : await startConsoleStage(assistant);
}

async function press(person: string, label: string): Promise<void> {
  await stage.click(person, label);
  await stage.advance(SECOND);
}

async function send(person: string, file = LIST_FILE): Promise<void> {
  await stage.say(person, '', { file });
  await stage.advance(SECOND);
}

const answerOf = async (text: string): Promise<string> => {
  await stage.say(CADRE, text);
  return stage.changed(CADRE);
};

afterEach(() => stage.close());

describe.each([
  ['the console', false],
  ['Feishu and Telegram', true],
])('a list sent on %s', { timeout: SLOW_MS }, (_, isOnPlatforms) => {
  it('is shown, drafted, approved by another, in force without a restart, and taken back', async () => {
    await open(isOnPlatforms);
    const before = assistant.knowledge.edition.id;
    expect(await answerOf('路灯坏了归谁管')).toContain('县住房和城乡建设局');

    await send(SENDER);
    expect(stage.changed(SENDER)).toContain('读到 1 份清单,共 2 项');
    expect(stage.changed(SENDER)).toContain('C  事项名称 → 事项名称:城区路灯照明设施管护 | 农村饮水水井消毒');

    await press(SENDER, '生成草稿');
    const draft = stage.changed(SENDER);
    expect(draft).toContain('新增 1 项,删去 1 项,改动 1 项');
    expect(draft).toContain('县住房和城乡建设局:增加 0 项,减少 1 项');
    expect(draft).toContain('“餐馆油烟扰民找谁”:原为“餐饮油烟扰民整治”');
    expect(draft).toContain(`已送${APPROVER}`);
    expect(stage.buttons(SENDER)).toEqual(['完整差异']);
    expect(readPointer(assistant.config.dataDir)?.id).toBe(before);

    expect(stage.changed(APPROVER)).toContain('待批准');
    await press(APPROVER, '批准并发布');
    expect(stage.changed(APPROVER)).toContain('已生效:1 份清单,2 项,由县委编办王五提交、县委编办赵庚批准');
    expect(stage.changed(SENDER)).toContain('已发布');

    expect(await answerOf('路灯坏了归谁管')).toContain('县住房和城乡建设局');
    await look();
    expect(assistant.knowledge.edition.id).not.toBe(before);
    expect(await answerOf('路灯坏了归谁管')).toContain('县综合行政执法局');
    expect(stage.changed(CADRE)).not.toContain('县住房和城乡建设局');

    await stage.say(SENDER, '回退上一版');
    await stage.advance(SECOND);
    expect(stage.changed(SENDER)).toContain('新增 1 项,删去 1 项,改动 1 项');
    await press(APPROVER, '批准并发布');
    await look();
    expect(assistant.knowledge.edition.id).toBe(before);
    expect(await answerOf('路灯坏了归谁管')).toContain('县住房和城乡建设局');
  });
});

describe('a process that ends', { timeout: SLOW_MS }, () => {
  it('before the work is done leaves the old edition, and the next one does the work', async () => {
    assistant = await openOfficeAssistant(['telegram', 'feishu'], PLATFORM_ACCOUNTS);
    const dir = makeFolder();
    const before = assistant.knowledge.edition.id;
    const restart = async (): Promise<void> => {
      await stage.close();
      expect(readPointer(assistant.config.dataDir)?.id).toBe(before);
      stage = await startPlatformStage(assistant, undefined, { dir });
      await stage.advance(SECOND);
    };
    stage = await startPlatformStage(assistant, undefined, { dir });
    await send(SENDER);
    await stage.click(SENDER, '生成草稿');
    await restart();
    expect(stage.changed(SENDER)).toContain('新增 1 项,删去 1 项,改动 1 项');
    await stage.click(APPROVER, '批准并发布');
    await restart();
    expect(stage.changed(APPROVER)).toContain('已生效:1 份清单,2 项');
    expect(readPointer(assistant.config.dataDir)?.previous).toBe(before);
  });
});

describe('what the list office may not', { timeout: SLOW_MS }, () => {
  it('approve what one sent oneself, by an old button or by command', async () => {
    await open();
    await send(SENDER);
    await press(SENDER, '生成草稿');
    await stage.click(APPROVER, '批准并发布', SENDER);
    await stage.advance(SECOND);
    expect(stage.changed(SENDER) + stage.changed(APPROVER)).not.toContain('已生效');
    await stage.say(SENDER, '版次');
    await press(SENDER, '查看草稿');
    expect(stage.buttons(SENDER)).toEqual(['完整差异']);
    expect(assistant.knowledge.edition.id).toBe(readPointer(assistant.config.dataDir)?.id);
  });

  it('publish a draft of an edition that is not in force any more', async () => {
    await open();
    await send(SENDER);
    await press(SENDER, '生成草稿');
    await send(SENDER, SMALLER_FILE);
    await press(SENDER, '生成草稿');
    await press(APPROVER, '批准并发布');
    const { id } = readPointer(assistant.config.dataDir) ?? {};
    await stage.say(APPROVER, '版次');
    expect(stage.buttons(APPROVER)).toEqual(['与上一版的差异', '回退上一版']);
    // The card of the first draft still has its button.
    await press(APPROVER, '批准并发布');
    expect(stage.changed(APPROVER)).toContain('重新导入');
    expect(readPointer(assistant.config.dataDir)?.id).toBe(id);
  });

  it('import a file with a problem', async () => {
    await open();
    await send(SENDER, WRONG_FILE);
    expect(stage.changed(SENDER)).toContain('县水井局');
    expect(stage.changed(SENDER)).toMatch(/第3行 D列.*处理办法/s);
    expect(stage.buttons(SENDER)).toEqual([]);
  });
});

describe('everybody else', { timeout: SLOW_MS }, () => {
  it('sees the editions, but neither drafts nor buttons that change them', async () => {
    await open();
    await send(SENDER);
    await press(SENDER, '生成草稿');
    await stage.say(CADRE, '版次');
    expect(stage.changed(CADRE)).toContain('现行');
    expect(stage.changed(CADRE)).not.toContain('草稿 ');
    await stage.click(APPROVER, '批准并发布', CADRE);
    await stage.say(CADRE, '回退上一版');
    await stage.advance(SECOND);
    expect(stage.changed(CADRE)).not.toContain('已生效');
    await stage.say(CADRE, '导入清单');
    expect(stage.changed(CADRE)).toContain('由编办导入');
  });

  it('sends files to the request spoken of last, as ever', async () => {
    await open();
    await send(CADRE);
    expect(stage.changed(CADRE)).not.toContain('预览');
    await stage.say(CADRE, '', { file: LIST_FILE });
    expect(stage.changed(CADRE)).toContain('请求');
  });
});

describe('the words of the office', { timeout: SLOW_MS }, () => {
  it('correct a column, state what the file does not say, and throw the file away', async () => {
    await open();
    await send(SENDER);
    await stage.say(SENDER, '导入清单 类型=基本履职,category=-');
    await stage.advance(SECOND);
    expect(stage.changed(SENDER)).toContain('基本履职');
    expect(stage.changed(SENDER)).toContain('未读取:B 类别');
    await stage.say(SENDER, '导入清单 生效日期=明年');
    expect(stage.changed(SENDER)).toContain('2026-01-01');
    await press(SENDER, '放弃');
    expect(stage.changed(SENDER)).not.toContain('草稿 ');
    await stage.say(SENDER, '版次 差异 11111111 现行');
    expect(stage.changed(SENDER)).toContain('没有草稿');
  });
});
