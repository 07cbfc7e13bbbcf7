/** One fuzz run: hostile updates at the real program, while innocents ask and somebody restarts it when it ends. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createPacer } from '../../src/core/pace.js';
import type { Pace } from '../../src/core/ports.js';
import { giveEvent, numbered } from './give.js';
import { createInnocents } from './innocents.js';
import { createLedger, quantile, type Owed } from './ledger.js';
import type { Vocabulary } from './sentences.js';
import { createStage, type Platform, type StageOptions } from './stage.js';
import { fuzzUpdate, idOf, type FuzzUpdate } from './updates.js';

export type FuzzOptions = {
  updates: number;
  seed: number;
  store: NonNullable<StageOptions['store']>;
  platforms: readonly Platform[];
  vocabulary: Vocabulary;
  report: (line: string) => void;
};

export type FuzzResult = {
  counts: Record<string, number | string>;
  problems: string[];
  /** Updates that were under way when nobody was answered any more. */
  suspects: FuzzUpdate[];
  /** Kept when something is wrong. */
  dir: string;
};

const BATCH = 10;
/** More than this is not given before something is answered. */
const PENDING_MAX = 150;
const FEISHU_MAX = 64;
/**
 * Updates given: 23 and 11.5 a second are four fifths of the answers that the platform lets an app send (Telegram 30 a
 * second, Feishu 1,000 a minute) beside those to the innocents: more would measure the platform's limit.
 */
const GIVEN: Readonly<Record<Platform, Pace>> = {
  telegram: { burst: 24, everyMs: 1_000 / 23 },
  feishu: { burst: 12.5, everyMs: 1_000 / 11.5 },
};
/**
 * A backlog that nobody but an attacker makes; the wait of innocents grows with it in proportion. A second and a half of what
 * the platform lets an app send.
 */
const UNDER_WAY_MAX: Readonly<Record<Platform, number>> = { feishu: 25, telegram: 45 };
const TURN_MS = 2;
/** Nobody is answered for so long: the program stands still, and a person would end it. */
const STALL_MS = 20_000;
const STALLS_MAX = 5;
const EXITS_MAX = 20;
const INNOCENT_MAX_MS = 5_000;
const INNOCENT_P99_MS = 2_000;
const WARM_SHARE = 0.2;
const DRAIN_MAX_MS = 120_000;
const QUIET_MS = 5_000;
const SAMPLE_MS = 1_000;
const REPORT_MS = 15_000;
const FORGET_CALLS = 1_000;
/** Memory may grow with what is stored, not with what was merely heard. */
const GROWTH_MAX_MB = 200;
const UNTOLD_SHOWN = 20;

export async function runFuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { updates, seed, store, platforms, vocabulary, report } = options;
  const ledger = createLedger();
  const kinds: Record<string, number> = {};
  const suspects: FuzzUpdate[] = [];
  const recent = new Map<number, FuzzUpdate>();
  const pacer = createPacer();
  const state = { next: 0, feishu: 0, saidAt: 0, stalls: 0, exits: 0, warmMb: 0, peakMb: 0, sampleAt: 0 };
  const stage = await createStage({
    store,
    platforms: [...platforms],
    keeps: false,
    onSaid(said) {
      state.saidAt = said.at;
      if (innocents.isInnocent(said.chatId)) innocents.said(said);
      else ledger.said(said.chatId, said.content, said.at);
    },
  });
  const { problems } = stage;
  const innocents = createInnocents(stage, platforms);
  let isOver = false;

  async function start(): Promise<boolean> {
    if (await stage.start()) return true;
    problems.push('the program does not start');
    return false;
  }

  function giveNext(): void {
    const batch: { update_id: number }[] = [];
    for (let i = 0; i < BATCH && state.next < updates; i++) {
      const made = fuzzUpdate(seed, state.next++, Date.now(), { vocabulary, platforms });
      pacer.take(made.platform, GIVEN[made.platform], performance.now());
      kinds[made.kind] = (kinds[made.kind] ?? 0) + 1;
      recent.set(made.index, made);
      recent.delete(made.index - 2_000);
      if (made.isOwed) ledger.owe({ ...made, at: performance.now() });
      const id = idOf(made.index);
      if (made.platform === 'telegram') {
        stage.chatOfQuery.set(`query-${id}`, made.chatId);
        batch.push(numbered(stage, made.update));
        continue;
      }
      stage.chatOfMessage.set(`om_in_${id}`, made.chatId);
      state.feishu += 1;
      const again = made.isOwed && made.kind !== 'forged button' ? 4 : 0;
      void giveEvent(stage, made.update, made.chatId, again).finally(() => (state.feishu -= 1));
    }
    if (batch.length > 0) stage.telegram.push(...batch);
  }

  const isFull = (now: number): boolean =>
    stage.telegram.pending().length > PENDING_MAX ||
    state.feishu > FEISHU_MAX ||
    pacer.waiting(now).size > 0 ||
    platforms.some((it) => ledger.underWay(it, now) > UNDER_WAY_MAX[it]);

  function sample(now: number): void {
    if (now < state.sampleAt || !stage.isAlive()) return;
    state.sampleAt = now + SAMPLE_MS;
    const mb = stage.rssMb();
    state.peakMb = Math.max(state.peakMb, mb);
    if (state.warmMb === 0 && state.next >= updates * WARM_SHARE) state.warmMb = mb;
    for (const { calls } of [stage.telegram, stage.feishu]) if (calls.length > FORGET_CALLS) calls.length = 0;
  }

  /** Does what a supervisor does; false when it makes no sense to go on. */
  async function lookAfter(now: number): Promise<boolean> {
    if (!stage.isAlive()) {
      state.exits += 1;
      report(`the program ended by itself at update ${state.next}`);
      return state.exits <= EXITS_MAX && (await start());
    }
    if (innocents.longestWait(now) < STALL_MS) return true;
    state.stalls += 1;
    report(`standstill at update ${state.next}: nobody was answered for ${STALL_MS / 1_000} s; it is killed`);
    for (const { index } of ledger.forgive())
      if (recent.has(index)) suspects.push(recent.get(index) as FuzzUpdate);
    innocents.giveUp(now);
    await stage.stop('SIGKILL');
    stage.telegram.forget();
    return state.stalls <= STALLS_MAX && (await start());
  }

  async function drain(): Promise<void> {
    const from = performance.now();
    for (;;) {
      const now = performance.now();
      const isQuiet = now - Math.max(state.saidAt, from) > QUIET_MS;
      const isEmpty = stage.telegram.pending().length === 0 && state.feishu === 0;
      if ((isQuiet && isEmpty && !innocents.isWaiting()) || now - from > DRAIN_MAX_MS) return;
      if (!(await lookAfter(now))) return;
      sample(now);
      await sleep(TURN_MS);
    }
  }

  /** What is stored can be read: by the store, by the check of the record, by the program when it starts again. */
  async function readAgain(): Promise<void> {
    if (!(await stage.stop())) problems.push('the program did not stop in order');
    try {
      const kept = await stage.data.open();
      await Promise.all([kept.listOutgoing(), kept.listNotes(), kept.listUndelivered()]).finally(() =>
        kept.close(),
      );
    } catch (error) {
      problems.push(`the data cannot be read: ${String(error)}`);
    }
    const record = await stage.data.verifyRecord();
    if (record.problem !== null) problems.push(`record: ${record.problem}`);
    if (!(await start())) return;
    const from = innocents.waitsMs.length;
    innocents.askAll(performance.now());
    await drain();
    if (innocents.waitsMs.length < from + platforms.length)
      problems.push('nobody was answered after a restart');
    if (!(await stage.stop())) problems.push('the program did not stop in order after a restart');
  }

  try {
    const from = performance.now();
    let isWell = await start();
    const begun = performance.now();
    let reportAt = begun + REPORT_MS;
    while (isWell && state.next < updates) {
      const now = performance.now();
      innocents.turn(now);
      if (isFull(now)) await sleep(TURN_MS);
      else {
        giveNext();
        // Lets what was given be sent.
        await sleep(0);
      }
      sample(now);
      if (now > reportAt) {
        reportAt = now + REPORT_MS;
        const sorted = [...innocents.waitsMs].sort((a, b) => a - b);
        report(
          `${state.next} updates, ${Math.round(state.next / ((now - begun) / 1_000))}/s, innocents' p99 ${Math.round(quantile(sorted, 0.99) ?? 0)} ms, ${state.peakMb} MB`,
        );
      }
      isWell = await lookAfter(now);
    }
    const seconds = (performance.now() - begun) / 1_000;
    if (isWell) await drain();
    const endMb = stage.isAlive() ? stage.rssMb() : 0;
    const untold = ledger.untold();
    if (isWell) await readAgain();
    isOver = isWell;

    const waits = innocents.waitsMs.sort((a, b) => a - b);
    const [p50, p99, max] = [0.5, 0.99, 1].map((share) => Math.round(quantile(waits, share) ?? 0)) as [
      number,
      number,
      number,
    ];
    problems.push(...untold.slice(0, UNTOLD_SHOWN).map((owed) => `not told: ${describeOwed(owed, recent)}`));
    problems.push(...innocents.wrong);
    if (untold.length > UNTOLD_SHOWN) problems.push(`not told: ${untold.length} in all`);
    if (state.stalls > 0) problems.push(`${state.stalls} standstills`);
    if (max > INNOCENT_MAX_MS) problems.push(`an innocent waited ${max} ms`);
    // Of a few, the slowest stands for the first burst alone; the longest wait is looked at above.
    if (waits.length >= 100 && p99 > INNOCENT_P99_MS)
      problems.push(`one innocent in a hundred waited ${p99} ms`);
    if (endMb - state.warmMb > GROWTH_MAX_MB) problems.push(`memory grew by ${endMb - state.warmMb} MB`);
    const errors = Object.fromEntries([...stage.errors].map(([msg, count]) => [`log: ${msg}`, count]));
    return {
      counts: {
        updates: state.next,
        'updates a second': Math.round(state.next / seconds),
        'seconds in all': Math.round((performance.now() - from) / 1_000),
        ...Object.fromEntries(Object.entries(kinds).map(([kind, count]) => [`given: ${kind}`, count])),
        ...ledger.counts,
        'not told': untold.length,
        'innocents asked': waits.length,
        'innocents waited, p50 ms': p50,
        'innocents waited, p99 ms': p99,
        'innocents waited, max ms': max,
        'innocents answered wrongly': innocents.wrong.length,
        standstills: state.stalls,
        'ended by itself': state.exits,
        'memory after warm-up, MB': state.warmMb,
        'memory at the end, MB': endMb,
        'memory, peak MB': state.peakMb,
        ...errors,
      },
      problems,
      suspects,
      dir: stage.dir,
    };
  } finally {
    await stage.close({ removes: isOver && problems.length === 0 });
  }
}

function describeOwed({ index, kind, chatId }: Owed, recent: ReadonlyMap<number, FuzzUpdate>): string {
  const update = recent.get(index)?.update;
  return `#${index} ${kind} in ${chatId}: ${JSON.stringify(update)?.slice(0, 400) ?? 'see --only'}`;
}
