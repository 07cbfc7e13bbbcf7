/** Traps for the moments at which a process is killed; they sit where its calls pass. */
import type { Side } from './platforms.js';
import type { Fate, ProxyCall, ProxyHooks } from './proxy.js';
import type { Shown } from './talk.js';

/**
 * handover: an update is in the bot's hands, unconfirmed · send arrived: the platform has not acted on a call, · acted: it has,
 * the bot has not heard of it · answered: the bot has just heard of it.
 */
export const TRAPS = ['handover', 'send arrived', 'send acted', 'send answered'] as const;
export type Trap = (typeof TRAPS)[number];

export type Traps = {
  /** Springs once, after `toPass` sends have passed. */
  set(trap: Trap, toPass: number, onSprung: () => void): void;
  clear(): void;
  /** A platform has handed an update over by another way than a call. */
  handover(): void;
  hooksOf(side: Side): ProxyHooks;
};

export function createTraps(parts: {
  /** What becomes of a call that no trap concerns. */
  faultOf: (call: ProxyCall, side: Side) => Fate;
  onShown: (shown: Shown) => void;
}): Traps {
  let trap: Trap | null = null;
  let left = 0;
  let tell: () => void = () => undefined;
  const spring = (): void => {
    trap = null;
    tell();
  };
  return {
    set(next, toPass, onSprung) {
      trap = next;
      left = toPass;
      tell = onSprung;
    },
    clear() {
      trap = null;
    },
    handover() {
      if (trap === 'handover') spring();
    },
    hooksOf(side) {
      const trapped = new WeakSet<ProxyCall>();
      const handedOver = new WeakSet<ProxyCall>();
      return {
        decide(call) {
          const isSend = side.kindOf(call) === 'send';
          const isTrapped = isSend && trap !== null && trap !== 'handover' && left-- <= 0;
          if (!isTrapped) return parts.faultOf(call, side);
          trapped.add(call);
          if (trap === 'send acted') return { kind: 'acted', then: 'hang' };
          if (trap === 'send answered') return { kind: 'pass' };
          spring();
          return { kind: 'reset' };
        },
        acted(call, answer) {
          const shown = side.shown(call, answer);
          if (shown) parts.onShown(shown);
          if (side.kindOf(call) === 'poll' && Array.isArray(answer.result) && answer.result.length > 0)
            handedOver.add(call);
          if (trapped.has(call) && trap === 'send acted') spring();
        },
        answered(call) {
          const isSpringing = trap === 'send answered' ? trapped.has(call) : handedOver.has(call);
          if (isSpringing && (trap === 'send answered' || trap === 'handover')) spring();
        },
      };
    },
  };
}
