/** A time that is past, impossible or ambiguous: what may have been meant stands on buttons. Pure. */
import { isInstant } from '../../calendar/local.js';
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
