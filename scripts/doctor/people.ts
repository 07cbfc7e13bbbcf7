/** Who of the directory can be reached, by its files and by what was bound in chats; and what the month's calls of Feishu are. */
import { join } from 'node:path';
import { CALLS_A_COUNT, seriesOf, WARN_FROM } from '../../src/adapters/feishu/quota.js';
import { toLocal } from '../../src/calendar/local.js';
import type { Config } from '../../src/config.js';
import { errorText } from '../../src/core/errors.js';
import { bindOver } from '../../src/organizations/bindings.js';
import type { Directory } from '../../src/organizations/directory.js';
import { loadDirectorySource } from '../../src/organizations/load.js';
import { directoryOn } from '../../src/organizations/tenure.js';
import { readLiveCounts } from '../../src/store/lowdb/read-state.js';
import type { OperatorCounts } from '../../src/store/operator-counts.js';
import { error, ok, warning, type Finding } from './findings.js';

const DATABASE_MS = 5_000;

export type Reached = { findings: Finding[]; accounts: string[] };

/** `accounts`: those of everybody in the directory. */
export async function checkPeople(config: Config, now: number): Promise<Reached> {
  const { counts, findings } = await countsOf(config);
  const dir = join(config.knowledgeDir, 'organizations');
  let directory: Directory;
  try {
    directory = directoryOn(bindOver(loadDirectorySource(dir), counts.bindings), toLocal(now).date);
  } catch (reason) {
    const broken = error('people', `名录有误:${errorText(reason)}`, `按提示改正 ${dir} 中的文件`);
    return { findings: [...findings, broken], accounts: [] };
  }
  return {
    findings: [...findings, ...peopleFindings(directory), ...quotaFindings(config, counts, now)],
    accounts: directory.people.flatMap(({ accounts }) => accounts),
  };
}

async function countsOf({ databaseUrl, dataDir }: Config): Promise<{
  counts: OperatorCounts;
  findings: Finding[];
}> {
  try {
    if (!databaseUrl) return { counts: await readLiveCounts(join(dataDir, 'store')), findings: [] };
    const { readCounts } = await import('../../src/store/postgres/read-counts.js');
    return { counts: await readCounts(databaseUrl, DATABASE_MS), findings: [] };
  } catch (reason) {
    const what = `聊天中绑定的账号没有读到,下面只按文件统计:${errorText(reason)}`;
    return {
      counts: { bindings: [], numbers: new Map() },
      findings: [warning('bindings', what, '检查数据文件夹或数据库后再运行一次')],
    };
  }
}

function peopleFindings({ people, organizations, groupsOf }: Directory): Finding[] {
  const unbound = people.filter(({ accounts }) => accounts.length === 0).length;
  const units = organizations.filter(({ parent }) => parent === undefined);
  const withGroup = units.filter(({ name }) => groupsOf(name).length > 0).length;
  return [
    unbound === 0
      ? ok('people', `名录中 ${people.length} 人都已绑定账号`)
      : warning(
          'people',
          `名录中 ${people.length} 人有 ${unbound} 人没有绑定账号,联系不到他们`,
          '请他们向机器人发送“绑定”,或请负责人发送“邀请”把链接转给他们;也可在 people.csv 的“账号”列补填',
        ),
    ok('groups', `${units.length} 个单位有 ${withGroup} 个绑定了工作群(在群里发送“绑定本群”)`),
  ];
}

/** Counted in fifties of each process: what a process had counted of the next fifty is lost when it ends. */
function quotaFindings({ feishu }: Config, { numbers }: OperatorCounts, now: number): Finding[] {
  if (!feishu || feishu.monthlyCalls === 0) return [];
  const { monthlyCalls } = feishu;
  const used = (numbers.get(seriesOf(now)) ?? 0) * CALLS_A_COUNT;
  const what = `飞书接口本月已调用约 ${used} 次,额度 ${monthlyCalls} 次`;
  const remedy = '升级飞书版本或减少群发;额度不是这个数的,设置 FEISHU_QUOTA';
  if (used >= monthlyCalls) return [error('feishu.quota', what, remedy)];
  return [
    used >= monthlyCalls * WARN_FROM ? warning('feishu.quota', what, remedy) : ok('feishu.quota', what),
  ];
}
