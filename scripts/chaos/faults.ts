/** What goes wrong with single calls between the bot and the platforms, and how often. */
import type { Side } from './platforms.js';
import type { Fate, ProxyCall } from './proxy.js';
import type { Random } from '../../src/text/random.js';

/** A message tried more often meets no fault: its next pause would be minutes. */
const FAULTY_TRIES = 2;

/** Shares of the calls that meet a fault. */
const SEND_FAULTS: [share: number, name: string, fate: (side: Side) => Fate][] = [
  [0.06, '429', (side) => ({ kind: 'refused', answer: side.tooMany })],
  [0.04, '5xx', (side) => ({ kind: 'refused', answer: side.upstream })],
  [0.03, '5xx after acting', (side) => ({ kind: 'acted', then: side.upstream })],
  [0.03, 'dropped', () => ({ kind: 'reset' })],
  [0.04, 'dropped after acting', () => ({ kind: 'acted', then: 'reset' })],
  [0.01, 'no answer', () => ({ kind: 'hang' })],
  [0.02, 'no answer after acting', () => ({ kind: 'acted', then: 'hang' })],
];
const OTHER_FAULTS: typeof SEND_FAULTS = [
  [0.01, '5xx', (side) => ({ kind: 'refused', answer: side.upstream })],
  [0.01, 'dropped after acting', () => ({ kind: 'acted', then: 'reset' })],
];
/** `count` hears the name of each fault. */
export function createFaults(random: Random, count: (name: string) => void) {
  const triesOf = new Map<string, number>();
  return (call: ProxyCall, side: Side): Fate => {
    const isSend = side.kindOf(call) === 'send';
    const key = call.path + JSON.stringify(call.body);
    const tries = triesOf.get(key) ?? 0;
    triesOf.set(key, tries + 1);
    let at = random();
    if (isSend && tries >= FAULTY_TRIES) return { kind: 'pass' };
    for (const [share, name, fate] of isSend ? SEND_FAULTS : OTHER_FAULTS) {
      at -= share;
      if (at >= 0) continue;
      count(`fault: ${name}`);
      return fate(side);
    }
    return { kind: 'pass' };
  };
}
