/** People who ask a plain question at regular moments, and how long they wait for the right row. */
import { TOPICS } from '../chaos/questions.js';
import { chatIdOf } from '../chaos/platforms.js';
import type { Place } from '../chaos/talk.js';
import { give } from './give.js';
import type { Platform, Said, Stage } from './stage.js';
import { INNOCENTS, innocentOf } from './updates.js';

const ASK_EVERY_MS = 250;
/** What a colleague has set for them; among a hundred thousand texts there are some. */
const REMINDED = /^提醒[(:]/;

type Asked = { place: Place; at: number; matter: string; unit: string };

export function createInnocents(stage: Stage, platforms: readonly Platform[]) {
  const waiting = new Map<string, Asked>();
  const places = new Map<string, Place>();
  for (const platform of platforms)
    for (let i = 0; i < INNOCENTS; i++) {
      const place = innocentOf(platform, i);
      places.set(chatIdOf(place), place);
    }
  const order = Array.from({ length: INNOCENTS * platforms.length }, (_, i) =>
    innocentOf(platforms[i % platforms.length] as Platform, Math.floor(i / platforms.length)),
  );
  /** Answers that may still come, to questions that were given up. */
  const late = new Map<string, number>();
  const waitsMs: number[] = [];
  const wrong: string[] = [];
  let asked = 0;
  let nextAt = 0;

  function ask(now: number): void {
    const place = order[asked % order.length] as Place;
    const [text, matter, unit] = TOPICS[asked % TOPICS.length] as (typeof TOPICS)[number];
    asked += 1;
    if (waiting.has(chatIdOf(place))) return;
    waiting.set(chatIdOf(place), { place, at: now, matter, unit });
    void give(stage, { place, text });
  }

  return {
    waitsMs,
    wrong,
    isInnocent: (chatId: string) => places.has(chatId),
    said({ chatId, content, at }: Said): void {
      if (REMINDED.test(content)) return;
      const asked = waiting.get(chatId);
      if (!asked && (late.get(chatId) ?? 0) > 0) return void late.set(chatId, (late.get(chatId) ?? 0) - 1);
      if (!asked) return void wrong.push(`${chatId} asked nothing and heard: ${content.slice(0, 80)}`);
      waiting.delete(chatId);
      waitsMs.push(at - asked.at);
      if (!content.includes(asked.matter) || !content.includes(asked.unit))
        wrong.push(`${chatId} asked for ${asked.matter} and heard: ${content.slice(0, 80)}`);
    },
    /** Asks when it is time; called again and again. */
    turn(now: number): void {
      if (now < nextAt) return;
      nextAt = now + ASK_EVERY_MS;
      ask(now);
    },
    /** Each platform once, at once. */
    askAll(now: number): void {
      for (let i = 0; i < platforms.length; i++) ask(now);
    },
    longestWait: (now: number): number => Math.max(0, ...[...waiting.values()].map(({ at }) => now - at)),
    isWaiting: () => waiting.size > 0,
    /** The program was killed under them: what they waited until now counts. */
    giveUp(now: number): void {
      for (const [chatId, { at }] of waiting) {
        waitsMs.push(now - at);
        late.set(chatId, (late.get(chatId) ?? 0) + 1);
      }
      waiting.clear();
    },
  };
}
