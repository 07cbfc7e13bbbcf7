/** A structured question as plain strings, so that a session can keep it and the next sentence can refine it. */

export type Ask =
  | ('rows' | 'row' | 'pick' | 'carrier' | 'group' | 'units' | 'division')
  | ('document' | 'class' | 'townships' | 'difference' | 'called')
  | ('staff' | 'person' | 'post' | 'phone' | 'village' | 'penalty' | 'private');

/** Which rows, and what of them. Units by their full names; `乡镇(街道)` as a unit means the township side of a row. */
export type Question = {
  ask?: Ask;
  lead?: string;
  support?: string;
  /** In either role; `other` stands beside it in the same row. */
  unit?: string;
  other?: string;
  /** `lead` or `support`: `other` plays that role as well. */
  both?: string;
  /** Several, joined by `|`: each is counted. */
  units?: string;
  exclude?: string;
  domain?: string;
  /** 消防口: the whole field, whatever each list calls it. */
  isWide?: string;
  notDomain?: string;
  kind?: string;
  /** 第一批, several joined by `|`. */
  batch?: string;
  document?: string;
  /** As printed, or `last`. */
  number?: string;
  township?: string;
  townshipClass?: string;
  /** A class by a part of its name, where the sentence may mean one. */
  nearClass?: string;
  /** In the name of the row. */
  keyword?: string;
  basis?: string;
  /** `support`: no unit co-operates. */
  without?: string;
  /** At least so many units. */
  parties?: string;
  /** At least so many units lead it together. */
  leaders?: string;
  by?: string;
  person?: string;
  post?: string;
  office?: string;
  /** Several, joined by `|`; absent: all of the township. */
  village?: string;
  title?: string;
  /** 小许, 姓李的. */
  surname?: string;
  /** What somebody is in charge of, as said. */
  field?: string;
  /** Whose telephone or head is asked for: who carries this row. */
  ref?: string;
  /** The question that this one narrowed, as JSON: what is left of it (剩下的) is counted against this one. */
  base?: string;
  /** As JSON: the same asked of another township just before (差多少). */
  before?: string;
  /** As JSON: the rows that this question finds are left out. */
  minus?: string;
};

/** A question kept in another. */
export const unfold = (json: string | undefined): Question | null =>
  json === undefined ? null : (JSON.parse(json) as Question);

export const TOWNSHIP = '乡镇(街道)';

/** Keys that say which rows are meant, one for another. */
export const CONTENT = [
  ...(['lead', 'support', 'unit', 'other', 'domain', 'kind', 'batch', 'document'] as const),
  ...(['keyword', 'basis', 'townshipClass', 'without', 'parties', 'leaders', 'exclude'] as const),
] as const;
/** Those that say which lists. */
export const LISTS = ['kind', 'batch', 'document', 'township', 'townshipClass'] as const;

export const only = (question: Question, keys: readonly (keyof Question)[]): Question =>
  Object.fromEntries(Object.entries(question).filter(([key]) => keys.includes(key as keyof Question)));

export const isListing = ({ ask }: Question): boolean =>
  ask === undefined || ask === 'rows' || ask === 'division';
