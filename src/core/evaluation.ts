/** 评价期: townships score stationed teams and departments on the county's own form; what may happen is in `evaluation/`. */

/** 评分项: one number from 0 to `max`. */
export type Dimension = { id: string; name: string; max: number; about: string };

export type Signer = { account: string; name: string; organization: string };

/** What a township gives one body: by the id of each dimension, and words. */
export type ScoreRow = {
  body: string;
  values: Record<string, number>;
  words: string;
  by: Signer;
  at: number;
};

/** What one township fills in; its leader confirms it, and then it stands. */
export type Sheet = {
  township: string;
  /** Whom it scores, in order. */
  bodies: string[];
  rows: ScoreRow[];
  confirmed: { by: Signer; at: number } | null;
};

/** 差评申诉: of the body that was scored, or of the department it belongs to. */
export type Appeal = {
  /** `S1`, `S2` … within the evaluation. */
  id: string;
  township: string;
  body: string;
  reason: string;
  by: Signer;
  at: number;
  /** Upheld: the score counts no more. */
  decision: { isUpheld: boolean; reason: string; by: Signer; at: number } | null;
};

export type Evaluation = {
  /** PJ-2026-000001. */
  id: string;
  version: number;
  /** The form as it was when the evaluation was opened. */
  title: string;
  dimensions: Dimension[];
  /** Per cent of all points: a lower score wants a reason. */
  reasonBelow: number;
  signatures: string[];
  /** Working days after a sheet is confirmed in which a score may be appealed before 督办 may end; absent in older ones. */
  appealDays?: number;
  /** Working days in which the sheets are to be confirmed; absent: no day is set. */
  fillDays?: number;
  /** The span that is judged, `to` not in it, YYYY-MM-DD. */
  from: string;
  to: string;
  openedBy: Signer;
  openedAt: number;
  closed: { by: Signer; at: number } | null;
  sheets: Sheet[];
  appeals: Appeal[];
};

export const evaluationId = (year: number, n: number): string => `PJ-${year}-${String(n).padStart(6, '0')}`;
