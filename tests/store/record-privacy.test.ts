/** The record (台账) names persons by their ids only: a request from filing to rating on both platforms, then its lines. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseLine } from '../../src/store/record.js';
import { listRecordFiles } from '../../src/store/lowdb/record-file.js';
import { verifyRecordFolder } from '../../src/store/verify.js';
import { makeFolder } from '../helpers/folder.js';
import { openPlatformAssistant, startPlatformStage } from '../helpers/platform-stage.js';

const NUMBER = 'QS-2026-000001';

it('holds neither names nor what people wrote', { timeout: 120_000 }, async () => {
  const assistant = await openPlatformAssistant();
  const dir = makeFolder();
  const stage = await startPlatformStage(assistant, undefined, { dir });
  await stage.say('张三', '路灯坏了归谁管');
  await stage.say('张三', '呼叫住建局:柳河村东头王大爷家门口路灯坏了,电话13800138000');
  await stage.click('张三', '提交');
  await stage.say('李四', `签收 ${NUMBER}`);
  await stage.say('李四', `退回 ${NUMBER} 王大爷说不是我局路灯`);
  await stage.say('李四', `答复 ${NUMBER} 已为王大爷更换灯泡`);
  await stage.say('张三', `评价 ${NUMBER} 5 4 5 王大爷很满意`);
  await stage.close();

  const text = listRecordFiles(join(dir, 'record'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('');
  const lines = text.trimEnd().split('\n').map(parseLine);
  expect(lines.length).toBeGreaterThan(8);
  expect(new Set(lines.map((line) => line?.kind))).toEqual(
    new Set(['answer', 'transition', 'refusal', 'delivery']),
  );
  for (const written of ['张三', '李四', '王大爷', '13800138000', '路灯', '灯泡', '满意'])
    expect(text).not.toContain(written);
  for (const line of lines)
    expect(line?.actor ?? 'feishu:ou_clock').toMatch(/^(telegram:\d+|feishu:ou_\w+)$/);
  expect((await verifyRecordFolder(dir)).verdict).toMatchObject({ isSound: true, count: lines.length });
});
