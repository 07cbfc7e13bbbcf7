/** Updates given one after the other, each followed by a plain question: which of them hurts. */
import { setTimeout as sleep } from 'node:timers/promises';
import { giveEvent, numbered } from './give.js';
import { createInnocents } from './innocents.js';
import { createStage, type StageOptions } from './stage.js';
import { idOf, type FuzzUpdate } from './updates.js';

export type Played = {
  given: FuzzUpdate;
  told: string[];
  /** Somebody else was answered after it. */
  isHarmless: boolean;
  waitedMs: number;
};

const INNOCENT_MAX_MS = 5_000;
const TURN_MS = 5;
/** For what comes after the innocent's answer. */
const SETTLE_MS = 300;

export async function playAlone(
  { store, platforms }: Required<Pick<StageOptions, 'store' | 'platforms'>>,
  updates: readonly FuzzUpdate[],
  report: (line: string) => void,
): Promise<Played[]> {
  let told: string[] = [];
  const open = async () => {
    const stage = await createStage({
      store,
      platforms,
      keeps: false,
      onSaid(said) {
        if (innocents.isInnocent(said.chatId)) innocents.said(said);
        else told.push(said.content);
      },
    });
    const innocents = createInnocents(stage, platforms);
    await stage.start();
    return { stage, innocents };
  };
  const played: Played[] = [];
  let { stage, innocents } = await open();
  for (const given of updates) {
    told = [];
    if (given.platform === 'telegram') {
      stage.chatOfQuery.set(`query-${idOf(given.index)}`, given.chatId);
      stage.telegram.push(numbered(stage, given.update));
    } else {
      stage.chatOfMessage.set(`om_in_${idOf(given.index)}`, given.chatId);
      void giveEvent(stage, given.update, given.chatId, 0);
    }
    await sleep(TURN_MS);
    const from = performance.now();
    innocents.askAll(from);
    while (innocents.isWaiting() && performance.now() - from < INNOCENT_MAX_MS) await sleep(TURN_MS);
    const isHarmless = !innocents.isWaiting() && stage.isAlive();
    const waitedMs = performance.now() - from;
    if (given.isOwed && told.length === 0) await sleep(SETTLE_MS);
    played.push({ given, told, isHarmless, waitedMs });
    if (isHarmless) continue;
    report(`#${given.index} stops it for others: ${JSON.stringify(given.update).slice(0, 200)}`);
    await stage.close();
    ({ stage, innocents } = await open());
  }
  await stage.close();
  return played;
}
