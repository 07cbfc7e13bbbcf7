/** The platforms that have settings: only their SDKs are loaded (each takes up to half a second), and each is supervised by itself. */
import type { Agent } from 'node:http';
import type { Adapter, Logger } from '../core/ports.js';
import { superviseAdapter } from './supervise.js';
import type { Command } from './telegram/index.js';
import type { MoveMemory } from './telegram/moves.js';
import { createDoors } from './webhook.js';
import type { FileMemory } from './wecom/attachments.js';

export type PlatformSettings = {
  telegram: { token: string; apiRoot?: string; webhookUrl?: string } | null;
  feishu: {
    appId: string;
    appSecret: string;
    domain?: string;
    webhook?: { encryptKey: string; verificationToken: string };
    /** Calls a month; 0: no limit. */
    monthlyCalls: number;
  } | null;
  wecom: { botId: string; secret: string; wsUrl?: string } | null;
  /** Where platforms knock that do so; null: none does. */
  webhook: { host: string; port: number } | null;
};

export type PlatformTools = {
  log: Logger;
  /** Of a proxy; null: directly. */
  agent: Agent | null;
  /** Which Telegram groups became supergroups. */
  moves: MoveMemory;
  /** What people sent on WeCom. */
  files: FileMemory;
  /** What Telegram's menu offers. */
  commands: { direct: Command[]; group: Command[] };
  /** Counts the calls of a month. */
  count: (series: string) => Promise<number>;
};

export async function openPlatforms(
  { telegram, feishu, wecom, webhook }: PlatformSettings,
  { log, agent, moves, files, commands, count }: PlatformTools,
): Promise<Adapter[]> {
  const isAlone = [telegram, feishu, wecom].filter((it) => it !== null).length === 1;
  const doors = webhook && createDoors({ ...webhook, log });
  const shared = { log, ...(agent && { agent }) };
  const adapters: Adapter[] = [];
  const add = (create: () => Adapter): void => {
    adapters.push(superviseAdapter(create, { log, isAlone }));
  };
  if (telegram) {
    const { createTelegramAdapter } = await import('./telegram/index.js');
    const { webhookUrl: url, ...own } = telegram;
    const door = doors && url !== undefined && { webhook: { door: doors.at('/telegram'), url } };
    add(() => createTelegramAdapter({ ...own, ...shared, ...door, moves, commands }));
  }
  if (feishu) {
    const { createFeishuAdapter } = await import('./feishu/index.js');
    const { webhook: keys, monthlyCalls, ...own } = feishu;
    const quota = monthlyCalls > 0 && { quota: { limit: monthlyCalls, count } };
    const door = doors && keys && { webhook: { ...keys, door: doors.at('/feishu') } };
    add(() => createFeishuAdapter({ ...own, ...shared, ...door, ...quota }));
  }
  if (wecom) {
    const { createWecomAdapter } = await import('./wecom/index.js');
    add(() => createWecomAdapter({ ...wecom, ...shared, files }));
  }
  return adapters;
}
