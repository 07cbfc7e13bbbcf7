/** A time that is past, impossible or ambiguous: what may have been meant stands on buttons. Pure. */
import { DAY_MS, isInstant } from '../../calendar/local.js';
import type { Button, Card } from '../../core/card.js';
import type { TimeReading } from '../../nlu/dates/types.js';

export type Unclear = Extract<TimeReading, { kind: 'unclear' }>;
type Candidate = Unclear['candidates'][number];

export const possibleIn = ({ candidates }: Unclear): Candidate[] =>
  candidates.filter(({ at }) => isInstant(at));

export const whichTimeCard = ({ message }: Unclear, possible: readonly Candidate[]): Card => ({
  title: '请确认时间',
  blocks: [{ kind: 'text', text: `${message}(也可以直接回复时间,回复“取消”可放弃)` }],
  buttons: possible.map(({ label, at }): Button => ({ id: 'rem-at', label, value: String(at) })),
  picker: { id: 'rem-at', label: '选择其他时间' },
});

/** From so far ahead on, and up to so far, a day that has passed this year is the coming one: nobody means last spring. */
const [COMING_FROM, COMING_TO] = [62 * DAY_MS, 300 * DAY_MS];

export function comingOf({ reason, candidates }: Unclear, now: number): number | null {
  const [only, second] = candidates;
  if (reason !== 'past' || !only || second) return null;
  const ahead = only.at - now;
  return ahead > COMING_FROM && ahead < COMING_TO ? only.at : null;
}
