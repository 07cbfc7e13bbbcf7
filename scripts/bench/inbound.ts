/**
 * The part of `npm run bench` about a rush of updates: 200 a second for a minute through Feishu's long connection (the real SDK
 * against a server on loopback that enforces the limits), one in ten of them meant for the bot.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import { createBot } from '../../src/core/bot.js';
import { replyText } from '../../src/core/effects.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import * as feishu from '../../tests/helpers/fake-feishu.js';
import { SILENT } from '../shared/silent-log.js';
import { heldMb, quantile, round, type Print } from './figures.js';
import { problemsOf } from './verdict.js';

const EACH_SECOND = 200;
const SECONDS = Number(process.env['INBOUND_SECONDS'] ?? 60);
const GROUPS = 400;
const ADDRESSED_EACH = 10;
const STEP_MS = 50;
const TICK_MS = 50;
/** The documents: an event is acknowledged within 3 s; an app sends 50 messages a second and 1,000 a minute. */
const LIMITS = [
  { count: 50, perMs: 1_000 },
  { count: 1_000, perMs: 60_000 },
];
const SETTLE_MS = 120_000;
const QUANTILES = [0.5, 0.99, 1];

/** Whether all bars were met. */
export async function benchInbound(dir: string, print: Print): Promise<boolean> {
  const fake = await feishu.startFakeFeishu();
  const store = await openLowdbStore(join(dir, 'inbound'));
  const warnings: string[] = [];
  const warn = (_: object, message: string): void => void warnings.push(message);
  const log = { ...SILENT, warn, error: warn };
  const adapter = createFeishuAdapter({
    ...{ appId: feishu.APP_ID, appSecret: feishu.APP_SECRET, domain: fake.domain, log },
  });
  let id = 0;
  const bot = createBot({
    ...{ store, adapters: [adapter], timers: {}, middleware: [], clock: Date.now, log },
    match: ({ update }) => {
      if (update.kind !== 'message' || !update.isAddressed) return Promise.resolve(null);
      const match = { intent: 'echo', slots: {}, score: 1, via: 'command', scores: {} } as const;
      return Promise.resolve({ match, text: update.text, raw: update.text });
    },
    handlers: { echo: ({ text }) => [replyText(`答 ${text}`)] },
    personOf: ({ id: account }) => ({ name: account, organization: '', roles: [], accounts: [] }) as never,
    editionId: () => '',
    ids: () => `inbound-${++id}`,
  });
  await adapter.start(bot.accept);
  await fake.listening();
  const tick = setInterval(() => void bot.runDue(), TICK_MS);
  const sentAt: number[] = [];
  fake.refuse(({ method }) => {
    if (method === 'create' || method === 'reply') sentAt.push(performance.now());
    return null;
  });

  const acks: number[] = [];
  const asked = new Map<string, number[]>();
  const given: Promise<void>[] = [];
  const emit = (n: number): void => {
    const chatId = `oc_g${n % GROUPS}`;
    const isAddressed = Math.floor(n / GROUPS) % ADDRESSED_EACH === n % ADDRESSED_EACH;
    if (isAddressed) asked.set(chatId, [...(asked.get(chatId) ?? []), n]);
    const began = performance.now();
    const mentions = [{ key: '@_user_1', openId: feishu.BOT.open_id, name: feishu.BOT.app_name }];
    const event = feishu.messageEvent(isAddressed ? `@_user_1 第${n}条` : `第${n}条`, {
      ...{ chatType: 'group', chatId, senderId: `ou_p${n % (2 * GROUPS)}` },
      ...(isAddressed && { mentions }),
    });
    given.push(fake.emit(event).then(() => void acks.push(performance.now() - began)));
  };

  const began = performance.now();
  let early = 0;
  for (let n = 0; n < EACH_SECOND * SECONDS;) {
    const due = Math.floor(((performance.now() - began) / 1_000) * EACH_SECOND);
    while (n < Math.min(due, EACH_SECOND * SECONDS)) emit(n++);
    if (early === 0 && n > (EACH_SECOND * SECONDS) / 4) early = heldMb();
    await sleep(STEP_MS);
  }
  await Promise.all(given);
  const late = heldMb();
  const settling = performance.now();
  while ((await store.listOutgoing()).length > 0 && performance.now() - settling < SETTLE_MS)
    await sleep(STEP_MS);
  await bot.idle();
  clearInterval(tick);

  print(
    `inbound: ${acks.length} updates at ${EACH_SECOND}/s, acknowledged after p50 / p99 / max (ms)`,
    QUANTILES.map((q) => round(quantile(acks, q), 0)).join(' / '),
  );
  const answers = answersOf(fake);
  const expected = [...asked.values()].reduce((sum, it) => sum + it.length, 0);
  const inOrder = [...asked].every(([chat, numbers]) => String(answers.get(chat) ?? []) === String(numbers));
  const count = [...answers.values()].reduce((sum, it) => sum + it.length, 0);
  print(
    'inbound: answered / asked, in the order of each chat',
    `${count} / ${expected}, ${inOrder ? 'yes' : 'NO'}`,
  );
  const out = LIMITS.map(({ count: limit, perMs }) => ({ limit, perMs, most: mostWithin(sentAt, perMs) }));
  for (const { limit, perMs, most } of out)
    print(`inbound: most messages out in ${perMs / 1_000} s (limit ${limit})`, most);
  print('inbound: memory after a quarter and at the end (MB)', `${early} / ${late}`);
  print('inbound: warnings', [...new Set(warnings)].join('; ') || 'none');
  const problems = problemsOf({
    ...{ slowestAckMs: Math.max(0, ...acks), answered: count, asked: expected, isInOrder: inOrder, out },
    ...{ earlyMb: early, lateMb: late },
  });
  print('inbound: bars', problems.join('; ') || 'met');
  await adapter.stop();
  await store.close();
  await fake.close();
  return problems.length === 0;
}

/** The numbers that were answered in each chat, in the order in which the messages arrived. */
function answersOf(fake: Awaited<ReturnType<typeof feishu.startFakeFeishu>>): Map<string, number[]> {
  const chats = new Map<string, number[]>();
  for (const { method, query, body, isAnswered, messageId } of fake.calls) {
    if (!isAnswered || (method !== 'create' && method !== 'reply')) continue;
    const n = Number(/第(\d+)条/.exec(String(body['content']))?.[1] ?? -1);
    const chat = method === 'create' ? String(body['receive_id']) : `oc_g${n % GROUPS}`;
    if (query['receive_id_type'] === 'open_id' || (method === 'reply' && messageId === undefined)) continue;
    chats.set(chat, [...(chats.get(chat) ?? []), n]);
  }
  return chats;
}

function mostWithin(times: readonly number[], perMs: number): number {
  let most = 0;
  let from = 0;
  for (let to = 0; to < times.length; to++) {
    while ((times[to] ?? 0) - (times[from] ?? 0) >= perMs) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
