/** Attacks on the real program: what is done, and what must hold for everybody else all the same. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { callerOf } from '../../scripts/chaos/county.js';
import { TOPICS } from '../../scripts/chaos/questions.js';
import type { Place } from '../../scripts/chaos/talk.js';
import { give, type Deed } from '../../scripts/fuzz/give.js';
import { createStage, type Platform, type Stage, type StageOptions } from '../../scripts/fuzz/stage.js';

/** Nobody else may wait longer for an answer. */
const INNOCENT_MAX_MS = 5_000;
/** Whoever did it is told after two tries and a time limit. */
const TOLD_MAX_MS = 15_000;

let people = 0;

/** Another one for each call: nobody's share is used up by the attack before. */
export const bound = (platform: Platform): Place => callerOf(platform, 20 + (people++ % 300));
export const stranger = (platform: Platform): Place => ({
  platform,
  number: 5_000_000 + people++,
  isGroup: false,
});
export const groupOf = (platform: Platform): Place => ({ platform, number: 3_000 + people++, isGroup: true });

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const stage = await createStage(options);
  expect(await stage.start()).toBe(true);
  return stage;
}

/** A plain question of somebody else, answered with the right row in time. */
export async function isOtherAnswered(stage: Stage, platform: Platform): Promise<boolean> {
  const place = callerOf(platform, people++ % 20);
  const [text, matter, unit] = TOPICS[people % TOPICS.length] as (typeof TOPICS)[number];
  const before = stage.saidIn(place).length;
  void give(stage, { place, text });
  const said = await stage.hears(place, new RegExp(matter), before, INNOCENT_MAX_MS);
  return said?.content.includes(unit) ?? false;
}

/** What the chat hears next after the deed, or null when it hears nothing. */
export async function told(stage: Stage, deed: Deed, maxMs = TOLD_MAX_MS): Promise<string | null> {
  const before = stage.saidIn(deed.place).length;
  await give(stage, deed);
  return (await stage.hears(deed.place, /./s, before, maxMs))?.content ?? null;
}

/** The oracle of every attack: the sender is told, others are answered meanwhile, the process is the same. */
export async function expectHarmless(stage: Stage, deed: Deed): Promise<string> {
  const pid = stage.pid();
  const before = stage.saidIn(deed.place).length;
  void give(stage, deed);
  const others = await Promise.all(
    (['telegram', 'feishu'] as const).map((platform) => isOtherAnswered(stage, platform)),
  );
  const said = await stage.hears(deed.place, /./s, before, TOLD_MAX_MS);
  expect({ others, isTold: said !== null, isAlive: stage.isAlive(), pid: stage.pid() }).toEqual({
    others: [true, true],
    isTold: true,
    isAlive: true,
    pid,
  });
  return said?.content ?? '';
}

/** Killed as a machine fails, started again on the same data: answers as if nothing had been. */
export async function expectAliveAfterKill(stage: Stage): Promise<void> {
  await stage.stop('SIGKILL');
  expect(await stage.start()).toBe(true);
  expect(await isOtherAnswered(stage, 'telegram')).toBe(true);
  expect(await isOtherAnswered(stage, 'feishu')).toBe(true);
}

/** A stage on which the attack before has left nothing: the same one while others are answered on it. */
export async function healthy(stage: Stage): Promise<Stage> {
  const answered =
    stage.isAlive() && (await isOtherAnswered(stage, 'telegram')) && (await isOtherAnswered(stage, 'feishu'));
  if (answered) return stage;
  await stage.close();
  return openStage();
}

/** A stage whose program has a wall clock of its own. */
export async function openClockStage() {
  const file = join(tmpdir(), `qingdan-clock-${process.pid}-${people++}`);
  writeFileSync(file, '0');
  const stage = await openStage({ nodeArgs: ['--import', SHIFTED_CLOCK], env: { CLOCK_FILE: file } });
  let offset = 0;
  return {
    stage,
    now: () => Date.now() + offset,
    /** The clock jumps while the program runs. */
    setClock(offsetMs: number): void {
      offset = offsetMs;
      writeFileSync(file, String(offset));
      process.kill(stage.pid() ?? 0, 'SIGUSR2');
    },
    /** Stopped, and started when it is `at`. */
    async sleepUntil(at: number): Promise<void> {
      expect(await stage.stop()).toBe(true);
      offset = at - Date.now();
      writeFileSync(file, String(offset));
      expect(await stage.start()).toBe(true);
    },
  };
}

/** Replaces Date in the program by one that is `CLOCK_FILE`'s number of ms off, read at the start and at SIGUSR2. */
const SHIFTED_CLOCK = `data:text/javascript,${encodeURIComponent(`
import { readFileSync } from 'node:fs';
const Real = Date, real = Real.now.bind(Real);
const read = () => Number(readFileSync(process.env.CLOCK_FILE, 'utf8'));
let offset = read();
const now = () => real() + offset;
function Shifted(...a) {
  if (!new.target) return new Real(now()).toString();
  return Reflect.construct(Real, a.length ? a : [now()], new.target);
}
Shifted.prototype = Real.prototype;
Object.assign(Shifted, { now, parse: Real.parse, UTC: Real.UTC });
Object.defineProperty(Real.prototype, 'constructor', { value: Shifted, writable: true, configurable: true });
globalThis.Date = Shifted;
process.on('SIGUSR2', () => { offset = read(); });
`)}`;
