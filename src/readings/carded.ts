/** 好, said to a card that came and to nothing else: whether it signs for the one case that waits is read back. */
import type { Context } from '../core/types.js';
import { actsFor } from '../requests/permissions.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';
import { intentOf } from './request-intents.js';
import { changedAt, speakersWorld, wasCardedLately } from './requests-world.js';

/** Above thanks that do nothing (readings/requests-of-none.ts). */
const PROBABILITY = 0.97;
const YES = /^(?:好的?|嗯+|行|中|成|可以|ok|妥)[吧啊呀嘞滴哩。!\uff01~]*$/i;

async function read(ctx: Context, deps: ReadingDeps): Promise<Reading[]> {
  const { text, person, match, update, session, now } = ctx;
  if (!person || !YES.test(text) || match.via !== 'example' || update.kind !== 'message') return [];
  const { actor, requests } = await speakersWorld(ctx, person, deps);
  const waiting = requests.filter(({ assignments }) =>
    assignments.some((it) => it.status === 'waiting' && actsFor(actor, it.organization)),
  );
  const [one, other] = waiting;
  if (!one || other) return [];
  if (!wasCardedLately(one, now) || changedAt(one) < (session?.updatedAt ?? 0)) return [];
  return [
    {
      intent: intentOf('sign'),
      slots: { move: 'sign', implied: 'doubtful', value: one.number },
      probability: PROBABILITY,
      why: `said to the card of ${one.number}`,
    },
  ];
}

export const cardedReader: Reader = { name: 'carded', read };
