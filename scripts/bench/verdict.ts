/** Whether a rush of updates met its bars. Pure. */

/** The documents: an event is acknowledged within 3 s. */
const ACK_MAX_MS = 3_000;
/** Memory that is held after a quarter of the rush may grow by so much until its end: more is a leak. */
const GROWTH_MAX_MB = 64;

export type Rush = {
  slowestAckMs: number;
  answered: number;
  asked: number;
  isInOrder: boolean;
  /** The most messages that left in a window, and how many may. */
  out: { most: number; limit: number; perMs: number }[];
  earlyMb: number;
  lateMb: number;
};

/** What was not met, a line each. */
export function problemsOf({
  slowestAckMs,
  answered,
  asked,
  isInOrder,
  out,
  earlyMb,
  lateMb,
}: Rush): string[] {
  return [
    ...(slowestAckMs >= ACK_MAX_MS
      ? [`an update was acknowledged after ${Math.round(slowestAckMs)} ms`]
      : []),
    ...(answered === asked ? [] : [`${answered} of ${asked} were answered`]),
    ...(isInOrder ? [] : ['answers of a chat came out of order']),
    ...out.flatMap(({ most, limit, perMs }) =>
      most > limit ? [`${most} messages left within ${perMs / 1_000} s, ${limit} may`] : [],
    ),
    ...(lateMb - earlyMb > GROWTH_MAX_MB ? [`memory grew from ${earlyMb} to ${lateMb} MB`] : []),
  ];
}
