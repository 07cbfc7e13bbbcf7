/** One chaos run: the real bot between two fake platforms, killed again and again while people talk to it. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { APP_ID, APP_SECRET, startFakeFeishu } from '../../tests/helpers/fake-feishu.js';
import { startFakeTelegram, TOKEN } from '../../tests/helpers/fake-telegram.js';
import { makeCounty } from './county.js';
import { createFaults } from './faults.js';
import { examine, keptUndelivered } from './examine.js';
import type { Verdict } from './oracle.js';
import { createPeople } from './people.js';
import { createFeishuSide, createTelegramSide } from './platforms.js';
import { startBot, type BotProcess, type LogLine } from './process.js';
import { startProxy, type Proxy } from './proxy.js';
import { questions } from './questions.js';
import { receipts } from './receipts.js';
import { requests } from './requests.js';
import { slowness } from './slowness.js';
import { createData, type StoreKind } from './store.js';
import { asideKey, type TalkKind } from './talk.js';
import { pick } from '../shared/random.js';
import { createRandom } from '../../src/text/random.js';
import { createTraps, TRAPS } from './traps.js';

/** What people do in a run. */
const KINDS: readonly TalkKind[] = [questions, requests, receipts];

export type ChaosOptions = {
  kills: number;
  store: StoreKind;
  seed: number;
  /** No kill begins later than this; the drain comes after it. */
  minutes: number;
  /** The bundled program, and the sample county that it comes with. */
  main: string;
  knowledge: string;
  report(line: string): void;
};

export type ChaosResult = {
  verdict: Verdict;
  counts: Record<string, number>;
  /** Kept when something is wrong. */
  dataDir: string;
};

/** When a process is killed. The middle ones wait for their moment, at most TRAP_MAX_MS. */
const MOMENTS = ['starting', 'anytime', ...TRAPS] as const;
type Moment = (typeof MOMENTS)[number];
const STARTING_MAX_MS = 1_300;
const ANYTIME_MAX_MS = 2_000;
const TRAP_MAX_MS = 1_500;
/** A trap lets some calls pass first: else no process would get beyond its first one. */
const PASSED_MAX = 8;
const AFTER_TRAP_MAX_MS = 30;
const START_MAX_MS = 60_000;
const DOWN_MAX_MS = 200;
const STOP_MAX_MS = 30_000;
/** Longer than the bot's longest pause between two tries, 600 s. */
const DRAIN_MAX_MS = 900_000;
/** Nothing new appears for this long: longer than a crashed holder's lease, which only PostgreSQL remembers. */
const QUIET_MS = { lowdb: 4_000, postgres: 20_000 };
const EXITS_IN_A_ROW_MAX = 10;
const REPORT_EVERY_MS = 60_000;
const OPEN_SHOWN = 3;
const SET_ASIDE_LOGGED = 'an update cannot be handled and is set aside';
const REFUSE_SHARE = 0.06;
const REFUSE_MAX_MS = 600;
const DROP_SHARE = 0.06;

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { kills, seed, report } = options;
  const random = createRandom(seed);
  const between = (max: number) => Math.floor(random() * max);
  const counts: Record<string, number> = {};
  const count = (name: string) => (counts[name] = (counts[name] ?? 0) + 1);
  const uncertain = new Set<string>();
  const reported = new Set<string>();
  const faultOf = createFaults(random, count);
  const started = performance.now();
  const elapsed = () => `${Math.round((performance.now() - started) / 1_000)} s`;
  const isOver = () => performance.now() - started > options.minutes * 60_000;

  const dataDir = mkdtempSync(join(tmpdir(), 'qingdan-chaos-'));
  const workDir = join(dataDir, 'work');
  mkdirSync(workDir);
  const countyDir = join(dataDir, 'county');
  makeCounty(countyDir, options.knowledge);
  const data = await createData(options.store, dataDir);
  const telegram = await startFakeTelegram();
  const feishu = await startFakeFeishu({
    // A card in the answer of a click passes no proxy.
    onAnswered({ method, messageId = '', body }) {
      if (method !== 'answer') return;
      const call = { method: 'PATCH', path: `/open-apis/im/v1/messages/${messageId}`, body };
      const shown = createFeishuSide(people.chatOfMessage).shown(call, { code: 0, data: {} });
      lastShownAt = performance.now();
      if (shown) people.show(shown);
    },
  });

  let bot: BotProcess | null = null;
  let isFaulty = true;
  let lastShownAt = performance.now();

  const people = createPeople({
    random,
    kinds: KINDS,
    telegram,
    feishu,
    reported,
    onHandover: () => traps.handover(),
  });
  const traps = createTraps({
    // A failed start is only another restart, after up to 15 s of waiting for Feishu's socket.
    faultOf: (call, side) =>
      isFaulty && side.kindOf(call) !== 'start' ? faultOf(call, side) : { kind: 'pass' },
    onShown(shown) {
      lastShownAt = performance.now();
      people.show(shown);
    },
  });
  const telegramProxy = await startProxy(telegram.apiRoot, traps.hooksOf(createTelegramSide()));
  const feishuProxy = await startProxy(feishu.domain, traps.hooksOf(createFeishuSide(people.chatOfMessage)));
  const { PATH, HOME } = process.env;
  const env = {
    ...(PATH && { PATH }),
    ...(HOME && { HOME }),
    ...data.env,
    DATA_DIR: dataDir,
    KNOWLEDGE_DIR: countyDir,
    LOG_LEVEL: 'info',
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: telegramProxy.root,
    FEISHU_APP_ID: APP_ID,
    FEISHU_APP_SECRET: APP_SECRET,
    FEISHU_DOMAIN: feishuProxy.root,
  };
  let lastWords = '';
  const startsMs: number[] = [];

  function readLog(line: LogLine): void {
    const key = typeof line.key === 'string' ? line.key : '';
    if (line.msg === 'delivery uncertain') {
      uncertain.add(key);
      reported.add(key);
    } else if (line.msg === 'delivery failed') {
      count('given up');
      reported.add(key);
    } else if (line.msg.startsWith(SET_ASIDE_LOGGED)) reported.add(asideKey(String(line.update)));
    if (line.level === undefined || Number(line.level) >= 50) lastWords = JSON.stringify(line);
  }

  function start(): BotProcess {
    people.repeatTelegram();
    bot = startBot(options.main, env, workDir, readLog);
    void bot.exited.then(people.connectionIsLost);
    count('starts');
    return bot;
  }

  async function startedIn(process: BotProcess): Promise<boolean> {
    const from = performance.now();
    const isStarted = await Promise.race([process.started, sleep(START_MAX_MS, false, { ref: false })]);
    if (isStarted) startsMs.push(performance.now() - from);
    return isStarted;
  }

  /** Both answer, nothing is injected; resolves when the cut is over. */
  async function disturb(proxy: Proxy): Promise<void> {
    if (random() < DROP_SHARE) {
      count('fault: websocket dropped');
      feishu.drop();
      people.connectionIsLost();
    }
    if (random() >= REFUSE_SHARE) return;
    count('fault: connections refused');
    await proxy.refuse();
    await sleep(between(REFUSE_MAX_MS));
    await proxy.admit();
  }

  /** False when the process ended before it could be killed. */
  async function liveAndDie(moment: Moment): Promise<boolean> {
    const process = start();
    const disturbing: Promise<void>[] = [];
    if (moment === 'starting') {
      await Promise.race([sleep(between(STARTING_MAX_MS * slowness(startsMs))), process.exited]);
    } else if (await startedIn(process)) {
      disturbing.push(disturb(pick(random, [telegramProxy, feishuProxy])));
      if (moment === 'anytime') {
        await Promise.race([sleep(between(ANYTIME_MAX_MS * slowness(startsMs))), process.exited]);
      } else {
        let isSprung = false;
        const sprung = new Promise<void>((resolve) =>
          traps.set(moment, between(PASSED_MAX), () => {
            isSprung = true;
            count(`killed: ${moment}`);
            // With these nothing may come between.
            if (moment === 'send arrived' || moment === 'send acted') process.kill('SIGKILL');
            resolve();
          }),
        );
        await Promise.race([sprung, sleep(TRAP_MAX_MS * slowness(startsMs)), process.exited]);
        if (isSprung) await sleep(between(AFTER_TRAP_MAX_MS));
        traps.clear();
      }
    }
    const isAlive = process.isRunning();
    process.kill('SIGKILL');
    const { signal } = await process.exited;
    await Promise.all(disturbing);
    if (!isAlive && signal !== 'SIGKILL') count('ended by itself');
    return isAlive || signal === 'SIGKILL';
  }

  async function stop(process: BotProcess): Promise<void> {
    process.kill('SIGTERM');
    const ended = await Promise.race([process.exited, sleep(STOP_MAX_MS, null, { ref: false })]);
    if (ended?.code === 0) return;
    count('did not stop in order');
    process.kill('SIGKILL');
    await process.exited;
  }

  /** Keeps a bot running until `isDone` holds and nothing new was shown for a while, or the time is up. */
  async function settle(isDone: () => boolean, what: string): Promise<BotProcess> {
    const deadline = performance.now() + DRAIN_MAX_MS;
    const quietMs = QUIET_MS[options.store];
    let process = start();
    let exits = 0;
    let reportAt = performance.now() + REPORT_EVERY_MS;
    await startedIn(process);
    lastShownAt = performance.now();
    while (performance.now() < deadline && exits < EXITS_IN_A_ROW_MAX) {
      if (!process.isRunning()) {
        count('ended by itself');
        exits += 1;
        process = start();
        await startedIn(process);
      }
      if (performance.now() > reportAt) {
        const open = people.open();
        report(`${what}: ${open.length} open, ${elapsed()}; ${open.slice(0, OPEN_SHOWN).join(' | ')}`);
        reportAt += REPORT_EVERY_MS;
      }
      if (isDone() && performance.now() - lastShownAt > quietMs) return process;
      await sleep(100);
    }
    report(`${what}: not finished in time, ${people.unanswered().length} steps open; ${lastWords}`);
    return process;
  }

  try {
    void people.talk();
    let [killed, exits] = [0, 0];
    while (killed < kills && !isOver() && exits < EXITS_IN_A_ROW_MAX) {
      const moment = pick(random, MOMENTS);
      const isKilled = await liveAndDie(moment);
      exits = isKilled ? 0 : exits + 1;
      if (isKilled && ++killed % 20 === 0)
        report(
          `${killed} kills, ${people.given()} updates, ${people.unanswered().length} open, ${elapsed()}`,
        );
      await sleep(between(DOWN_MAX_MS));
    }
    if (exits > 0) report(`the bot ended by itself ${exits} times in a row: ${lastWords}`);
    counts['kills'] = killed;
    people.stopTalking();
    isFaulty = false;
    report(`faults end, ${people.unanswered().length} answers open, ${elapsed()}`);
    for (const key of await keptUndelivered(data)) reported.add(key);
    await stop(await settle(people.isDrained, 'drain'));

    // Once more from the start: what was sent but not recorded would appear a second time now.
    const limit = AbortSignal.timeout(DRAIN_MAX_MS);
    let isSaid = false;
    const saying = people.talkOnce(limit).then(() => (isSaid = true));
    await stop(await settle(() => isSaid && people.isDrained(), 'last dialogue'));
    people.close();
    await saying;

    const { verdict, counts: kept } = await examine(data, { kinds: KINDS, people, uncertain });
    Object.assign(counts, kept, people.counts);
    counts['start, ms, median'] = Math.round(startsMs.sort((a, b) => a - b)[startsMs.length >> 1] ?? 0);
    counts['start, ms, longest'] = Math.round(startsMs.at(-1) ?? 0);
    counts['seconds'] = Math.round((performance.now() - started) / 1_000);
    if (verdict.problems.length === 0) {
      await data.remove();
      rmSync(dataDir, { recursive: true, force: true });
    }
    return { verdict, counts, dataDir };
  } finally {
    people.close();
    (bot as BotProcess | null)?.kill('SIGKILL');
    await Promise.all([telegramProxy.close(), feishuProxy.close()]);
    await Promise.all([telegram.close(), feishu.close()]);
  }
}
