/** What can be looked at on this machine: calendar, disk, database. */
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Client } from 'pg';
import { loadCalendar, nextYearNotice } from '../../src/calendar/calendar.js';
import { toLocal, yearOf } from '../../src/calendar/local.js';
import type { Config } from '../../src/config.js';
import { errorText } from '../../src/core/errors.js';
import { error, ok, warning, type Finding } from './findings.js';

const MB = 1024 * 1024;
const DISK_WARNING = 1024 * MB;
const DISK_ERROR = 100 * MB;
const DATABASE_MS = 5_000;

export async function checkMachine(config: Config, now: number): Promise<Finding[]> {
  return [
    ...checkPlatforms(config),
    ...checkYears(config, now),
    ...checkDisk(config.dataDir),
    ...(config.databaseUrl ? await checkDatabase(config.databaseUrl) : []),
  ];
}

function checkPlatforms({ feishu, telegram, wecom }: Config): Finding[] {
  return feishu || telegram || wecom
    ? []
    : [
        warning(
          'platforms',
          '没有设置任何平台',
          '在 .env 填写 FEISHU_APP_ID 和 FEISHU_APP_SECRET,或 TELEGRAM_BOT_TOKEN,或 WECOM_BOT_ID 和 WECOM_BOT_SECRET',
        ),
      ];
}

function checkYears({ calendarDir }: Config, now: number): Finding[] {
  try {
    const calendar = loadCalendar(calendarDir);
    const year = yearOf(toLocal(now).date);
    if (!calendar.hasYear(year))
      return [error('calendar', `没有 ${year} 年的节假日安排`, `在 ${calendarDir} 添加 ${year}.yaml`)];
    const notice = nextYearNotice(calendar, now);
    return [
      notice
        ? warning(
            'calendar',
            `还没有 ${year + 1} 年的节假日安排`,
            `按国务院办公厅通知在 ${calendarDir} 添加 ${year + 1}.yaml`,
          )
        : ok('calendar', `节假日安排齐全(${year} 年)`),
    ];
  } catch (reason) {
    return [error('calendar', `节假日安排有误:${errorText(reason)}`, '按提示改正文件')];
  }
}

function checkDisk(dataDir: string): Finding[] {
  let dir = dataDir;
  while (!existsSync(dir)) dir = dirname(dir);
  try {
    accessSync(dir, constants.W_OK);
  } catch {
    return [error('disk', `不能写入 ${dir}`, '让运行机器人的账户可以写这个文件夹,或改 DATA_DIR')];
  }
  const { bavail, bsize } = statfsSync(dir);
  const free = bavail * bsize;
  const what = `${dir} 所在磁盘剩余 ${Math.floor(free / MB)} MB`;
  if (free < DISK_ERROR) return [error('disk', what, '清理磁盘:写不进数据时机器人会停止处理')];
  return [free < DISK_WARNING ? warning('disk', what, '清理磁盘') : ok('disk', what)];
}

async function checkDatabase(url: string): Promise<Finding[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: DATABASE_MS });
  try {
    await client.connect();
    await client.query('select 1');
    return [ok('database', '数据库可以连接')];
  } catch (reason) {
    return [error('database', `数据库不能连接:${errorText(reason)}`, '检查 DATABASE_URL 和数据库服务')];
  } finally {
    await client.end().catch(() => undefined);
  }
}
