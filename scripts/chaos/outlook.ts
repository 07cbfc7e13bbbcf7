/** Whether the next step of a talk can be taken: what was seen of the steps that it follows on. */
import { meant } from './match.js';
import { isReported, type PlayedTalk, type Ref, type Turn } from './talk.js';

export type Talking = PlayedTalk & { next: number; isBusy: boolean };

export const isFinished = (talk: Talking): boolean => talk.next >= talk.turns.length;

/** The clock does not wait for people: its message may be seen before the card that the step follows. */
export function adoptEarlier(talk: Talking, turn: Turn): void {
  talk.unprompted = talk.unprompted.filter((early) => {
    const found = meant(early.shown, [talk]);
    if (found?.turn !== turn || found.expect === null) return true;
    turn.seen[found.expect]?.push(early);
    return false;
  });
}

/** `reported`: keys of messages that nobody waits for. */
export function createOutlook(reported: ReadonlySet<string>) {
  const refTurn = (talk: Talking, { step }: Ref) => talk.turns[step] as Turn;
  const seenOf = (talk: Talking, ref: Ref) => refTurn(talk, ref).seen[ref.expect] ?? [];
  const isHopeless = (talk: Talking, ref: Ref) => {
    const turn = refTurn(talk, ref);
    return turn.state === 'skipped' || isReported(talk, turn, ref.expect, reported);
  };
  return {
    seenOf,
    isSettled: (talk: PlayedTalk, turn: Turn): boolean =>
      turn.seen.every((times, i) => times.length > 0 || isReported(talk, turn, i, reported)),
    /** Whether the next step can be taken, must wait, or never comes. */
    outlook(talk: Talking): 'go' | 'wait' | 'never' {
      const turn = talk.turns[talk.next];
      if (!turn || talk.isBusy) return 'wait';
      const after = turn.after ?? (turn.click ? [turn.click.on] : []);
      const needed = turn.click ? [turn.click.on] : [];
      if (needed.some((ref) => seenOf(talk, ref).length === 0 && isHopeless(talk, ref))) return 'never';
      if (after.length === 0) return 'go';
      if (after.some((ref) => seenOf(talk, ref).length > 0)) {
        const isReady =
          needed.every((ref) => seenOf(talk, ref).length > 0) &&
          (talk.number !== null || !turn.text?.includes('{number}'));
        return isReady ? 'go' : 'wait';
      }
      return after.every((ref) => isHopeless(talk, ref)) ? 'never' : 'wait';
    },
  };
}
