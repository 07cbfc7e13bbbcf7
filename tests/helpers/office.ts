/** A county with one small list and two people in its list office, and a assistant over it that compares words only. */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSampleAssistant, type SampleAssistant } from './assistant.js';
import { makeFolder } from './folder.js';
import { workbook } from './workbook.js';
import type { Platform } from '../../src/core/chat.js';

/** Of the list office: the first sends files, the second approves. */
export const [SENDER, APPROVER] = ['王五', '赵庚'];
/** A township cadre. */
export const CADRE = '张三';

const TITLE = '青山县“属地管理”事项主体责任和配合责任清单(第一批)';
const HEADER = [
  '序号',
  '类别',
  '事项名称',
  '主体责任单位',
  '主体责任',
  '配合单位',
  '配合责任',
  '依据',
  '问法',
];
const MANIFEST = `id: territorial-1
title: ${TITLE}
kind: territorial
issuer: 中共青山县委机构编制委员会
documentNumber: 青编发〔2026〕1号
editionLabel: 2026年版
effective: 2026-01-01
batch: 第一批
scope:
  county: 青山县
`;
/** 序号, 事项名称, 主体责任单位, 主体责任, 问法. */
type Line = [number, string, string, string, string];
const LAMPS: Line = [1, '城区路灯照明设施管护', '县住房和城乡建设局', '负责城区路灯维修。', '路灯坏了归谁管'];
const SMOKE: Line = [2, '餐饮油烟扰民整治', '县综合行政执法局', '查处油烟扰民。', '餐馆油烟扰民找谁'];
/** What the sender's file says: lamps are somebody else's now, smoke is gone, wells are new. */
const NEW: Line[] = [
  [1, '城区路灯照明设施管护', '县综合行政执法局', '负责城区路灯维修。', ''],
  [2, '农村饮水水井消毒', '县水利局', '负责水井消毒。', ''],
];

const cellsOf = ([number, matter, unit, duty, asked]: Line): string[] => [
  ...[String(number), '城市管理', matter, unit, duty, '', '', '', asked],
];

const fileOf = (lines: Line[]) => ({
  name: '青山县属地清单.xlsx',
  bytes: workbook([
    { name: '清单', rows: [[TITLE], HEADER.slice(0, 5), ...lines.map((line) => cellsOf(line).slice(0, 5))] },
  ]),
});
export const LIST_FILE = fileOf(NEW);
export const SMALLER_FILE = fileOf(NEW.slice(0, 1));

/** The wells belong to a unit that does not exist. */
export const WRONG_FILE = {
  name: '错.xlsx',
  bytes: workbook([
    { name: '清单', rows: [[TITLE], HEADER.slice(0, 5), ['1', '农村', '水井消毒', '县水井局', '负责。']] },
  ]),
};

/** `accounts` of SENDER and APPROVER. */
export function openOfficeAssistant(
  platforms: Platform[] = ['console'],
  accounts = [`console:${SENDER}`, `console:${APPROVER}`, `console:${CADRE}`],
): Promise<SampleAssistant> {
  const dir = makeFolder();
  for (const name of ['calendar', 'requests'])
    symlinkSync(join(process.cwd(), 'knowledge', name), join(dir, name));
  cpSync('knowledge/organizations', join(dir, 'organizations'), { recursive: true });
  const file = join(dir, 'organizations/people.csv');
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) =>
      line.replace(/console:王五$/, accounts[0] ?? '').replace(/console:张三$/, accounts[2] ?? ''),
    );
  writeFileSync(
    file,
    `${[...lines, `${APPROVER},县委编办,,清单管理岗,编办,${accounts[1] ?? ''}`].join('\n')}\n`,
  );
  mkdirSync(join(dir, 'lists'));
  writeFileSync(join(dir, 'lists/territorial-1.yaml'), MANIFEST);
  const rows = [HEADER, ...[LAMPS, SMOKE].map(cellsOf)].map((cells) =>
    cells.map((it) => `"${it}"`).join(','),
  );
  writeFileSync(join(dir, 'lists/territorial-1.csv'), `${rows.join('\n')}\n`);
  return openSampleAssistant({ KNOWLEDGE_DIR: dir, ENCODER_DIR: join(dir, 'none') }, platforms);
}
