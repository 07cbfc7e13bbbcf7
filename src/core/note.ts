/** What is kept for the 编办 (the office that owns the lists): remarks, and its verdicts on them. */

/**
 * What is kept for the 编办 (the office that owns the lists): text without names. `chosen-instead`: the first row is the
 * one that was chosen, the second the one that had been answered. `unanswered`: the lists did not say, and nobody pressed
 * anything yet. `verdict`: what the 编办 decided on the questions of the text, one a line.
 */
export type NoteTopic =
  'not-this-row' | 'no-row' | 'wrong-answer' | 'chosen-instead' | 'unanswered' | 'verdict';

/** What becomes of questions that lie close together, in the next draft edition. `row` is `list/number`. */
export type Verdict =
  | { kind: 'phrasing'; row: string; matter: string; phrasings: string[] }
  | { kind: 'alias'; unit: string; alias: string }
  /** `lead`, `support`: as a ruling said (清单应补充). */
  | {
      kind: 'new-row';
      listId: string;
      matter: string;
      phrasings: string[];
      lead?: string;
      support?: string[];
    }
  /** The row's lead is to be another unit: written into the list by the 编办, never by the program. */
  | { kind: 'unit'; row: string; matter: string; unit: string }
  | { kind: 'rejected' }
  /** Takes the verdict on the same questions back. */
  | { kind: 'withdrawn' };

/** What the 编办 reads later: one remark about one answer. */
export type Note = {
  at: number;
  topic: NoteTopic;
  text: string;
  rows: string[];
  edition: string;
  /** Of the topic `verdict`. */
  verdict?: Verdict;
  /** Of the topic `wrong-answer`: who leads instead, in the eyes of who said so. */
  unit?: string;
};
