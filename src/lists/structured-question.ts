/** A structured question as plain strings, so that a session can keep it and the next sentence can refine it. */

export type Ask =
  | ('rows' | 'row' | 'pick' | 'carrier' | 'group' | 'units' | 'division')
  | ('document' | 'class' | 'townships')
  | ('staff' | 'person' | 'post' | 'phone');

/** Which rows, and what of them. Units by their full names; `乡镇(街道)` as a unit means the township side of a row. */
export type Question = {
  ask?: Ask;
  lead?: string;
  support?: string;
  /** In either role; `other` stands beside it in the same row. */
  unit?: string;
  other?: string;
  /** Several, joined by `|`: each is counted. */
  units?: string;
  exclude?: string;
  domain?: string;
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
  by?: string;
  person?: string;
  post?: string;
  office?: string;
  title?: string;
  /** What somebody is in charge of, as said. */
  field?: string;
  /** Whose telephone is asked for: who carries this row. */
  ref?: string;
};

export const TOWNSHIP = '乡镇(街道)';

/** Keys that say which rows are meant, one for another. */
export const CONTENT = [
  ...(['lead', 'support', 'unit', 'other', 'domain', 'kind', 'batch', 'document'] as const),
  ...(['keyword', 'basis', 'townshipClass', 'without', 'parties', 'exclude'] as const),
] as const;
/** Those that say which lists. */
export const LISTS = ['kind', 'batch', 'document', 'township', 'townshipClass'] as const;

export const only = (question: Question, keys: readonly (keyof Question)[]): Question =>
  Object.fromEntries(Object.entries(question).filter(([key]) => keys.includes(key as keyof Question)));
