/** The calls of a month, counted: the free edition of Feishu has 10,000 (99991403 when they are gone). */
import { errorText } from '../../core/errors.js';
import type { Clock, Logger } from '../../core/ports.js';

export type Quota = {
  /** Calls a month. */
  limit: number;
  /** Counts one more of the series, durably and over all processes; resolves to how many there are. */
  count: (series: string) => Promise<number>;
};

/** A stored count stands for so many calls: a write for each call would be as many writes again. */
export const CALLS_A_COUNT = 50;
/** Named to the operator from here on. */
export const WARN_FROM = 0.8;
const CHINA_MS = 8 * 3_600_000;

const monthOf = (now: number): string => new Date(now + CHINA_MS).toISOString().slice(0, 7);

/** The series under which the month's calls are counted. */
export const seriesOf = (now: number): string => `feishu-calls-${monthOf(now)}`;

/** @returns what is called at each call that counts. */
export function createQuota({ limit, count }: Quota, { log, now }: { log: Logger; now: Clock }): () => void {
  let calls = 0;
  let told = '';

  const look = async (series: string): Promise<void> => {
    const used = (await count(series)) * CALLS_A_COUNT;
    if (used < limit * WARN_FROM || told === series) return;
    told = series;
    const share = Math.floor((used / limit) * 100);
    log.error(
      {
        used,
        limit,
        remedy: '升级飞书版本或减少群发;用完后本月不能再收发。额度不是这个数的,设置 FEISHU_QUOTA',
      },
      `飞书接口本月已调用约 ${used} 次,达到额度的 ${share}%`,
    );
  };

  return () => {
    calls += 1;
    if (calls < CALLS_A_COUNT) return;
    calls = 0;
    look(seriesOf(now())).catch((error: unknown) =>
      log.warn({ error: errorText(error) }, 'the calls of the month are not counted'),
    );
  };
}
