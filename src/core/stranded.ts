/** Messages to platforms that no living process runs: they wait, it is said, and after a day they are given up. */
import { STRANDED } from './delivery.js';
import { errorText } from './errors.js';
import { LEASE_MS } from './leases.js';
import { GIVE_UP_MS, isToldBack, toldBack } from './outbox.js';
import type { Clock, Ids, Logger } from './ports.js';
import { conversationKey, type Platform, PLATFORMS } from './chat.js';
import type { ClaimedMessage, Store } from './store.js';

/** Living processes are asked for so often, ms: less than a third of a lease. */
const BEAT_MS = 4_000;
/** Waiting messages are looked at so often, ms. */
const LOOK_MS = 10 * 60_000;
const AT_ONCE = 50;

export type StrandedDeps = {
  store: Pick<Store, 'beat' | 'listPauses' | 'listOutgoing' | 'claimDueMessages' | 'commit'>;
  clock: Clock;
  steady: Clock;
  ids: Ids;
  log: Logger;
  platforms: ReadonlySet<Platform>;
  /** Kept up to date here. */
  live: Set<Platform>;
  /** The same with how many processes run each, and until when each app wants to be left alone. */
  onBeat?: (processes: ReadonlyMap<Platform, number>, pauses: ReadonlyMap<Platform, number>) => void;
};

/** Never rejects; to be called every second or so. */
export function createStranded(deps: StrandedDeps): () => Promise<void> {
  const { store, clock, steady, ids, log, live } = deps;
  let beatAt = -Infinity;
  // Other processes may be starting as well.
  let lookAt = steady() + LEASE_MS;

  const giveUp = async ({ message, lease }: ClaimedMessage): Promise<void> => {
    const { key, conversation, occurrence } = message;
    const at = clock();
    const data = { key, outcome: 'failed', to: conversationKey(conversation), reason: STRANDED };
    await store.commit([
      { kind: 'outgoingDone', key, lease, outcome: 'failed', at, reason: STRANDED },
      { kind: 'record', entry: { at, kind: 'delivery', actor: null, update: null, data } },
      ...(isToldBack(occurrence, 'failed')
        ? [toldBack(message, occurrence, 'failed', at, { reason: STRANDED })]
        : []),
    ]);
  };

  const look = async (): Promise<void> => {
    const dead = new Set(PLATFORMS.filter((platform) => !live.has(platform)));
    const waiting = (await store.listOutgoing()).filter(({ message }) =>
      dead.has(message.conversation.platform),
    );
    for (const platform of dead) {
      const count = waiting.filter(({ message }) => message.conversation.platform === platform).length;
      if (count > 0) log.error({ platform, count }, 'messages wait for a platform that no process runs');
    }
    if (waiting.length === 0) return;
    const claim = {
      now: steady() - GIVE_UP_MS,
      lease: ids(),
      leaseMs: GIVE_UP_MS + LEASE_MS,
      platforms: dead,
    };
    for (const claimed of await store.claimDueMessages(claim, AT_ONCE)) await giveUp(claimed);
  };

  return async () => {
    const now = steady();
    if (now - beatAt < BEAT_MS) return;
    beatAt = now;
    try {
      const found = await store.beat(deps.platforms, now);
      deps.onBeat?.(found, await store.listPauses());
      for (const platform of PLATFORMS)
        if (found.has(platform)) live.add(platform);
        else live.delete(platform);
      if (now < lookAt) return;
      lookAt = now + LOOK_MS;
      await look();
    } catch (error) {
      log.warn({ error: errorText(error) }, 'other processes cannot be looked at');
    }
  };
}
