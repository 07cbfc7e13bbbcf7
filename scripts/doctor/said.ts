/** What is said of every platform alike: its clock, that it is not reached, what it answered. */
import { z } from 'zod';
import { errorText } from '../../src/core/errors.js';
import { error, ok, warning, type Finding } from './findings.js';
import type { Answer } from './http.js';

/** Deadlines and signatures bear some seconds. */
const CLOCK_MAX_MS = 60_000;

export const codeSchema = z.looseObject({ code: z.number(), msg: z.string().catch('') });

export function checkClock(platform: string, { date }: Answer, now: number): Finding[] {
  if (date === null) return [];
  const seconds = Math.round((now - date) / 1_000);
  return Math.abs(seconds) * 1_000 <= CLOCK_MAX_MS
    ? [ok(`${platform}.clock`, '本机时钟准确')]
    : [
        error(
          `${platform}.clock`,
          `本机时钟与平台相差 ${seconds} 秒`,
          '开启时间同步(如 timedatectl set-ntp true)',
        ),
      ];
}

export async function guarded(id: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (reason) {
    return [warning(id, `没有查成:${errorText(reason)}`, '稍后再运行一次')];
  }
}

export const unreachable = (platform: string, api: string, reason: unknown): Finding =>
  error(
    `${platform}.network`,
    `连不上 ${new URL(api).host}:${typeof reason === 'string' ? reason : errorText(reason)}`,
    '检查网络和防火墙;经代理上网的,填写 PROXY_URL',
  );

/** What the platform answered, without what was sent. */
export function said({ status, body }: Answer): string {
  const known = codeSchema.safeParse(body).data;
  return known ? `${known.code} ${known.msg.slice(0, 200)}` : `HTTP ${status}`;
}
