/** What a person fills in at once where a platform has forms; elsewhere the words around it ask for the same step by step. */

export type FormField = { name: string; label: string; isRequired?: true } & (
  | { kind: 'words'; value?: string; isLong?: true }
  | { kind: 'choice'; options: Option[]; value?: string }
  /** A day of the calendar, `2026-11-27`. */
  | { kind: 'day' }
  /** An instant, ms since the epoch. */
  | { kind: 'time'; value?: number }
  /** One or several of these accounts, `platform:id`. */
  | { kind: 'person' | 'people'; among: string[] }
);

export type Option = { label: string; value: string };

export const FIELD_KINDS = ['words', 'choice', 'day', 'time', 'person', 'people'] as const;

/** It comes back as an action of this id and value, with what was filled in. */
export type Form = { id: string; value?: string; fields: FormField[] };

/**
 * By the names of the fields: words and choices as they are, days and instants as text, accounts with spaces between them. What
 * was not filled in is absent, or empty where words were taken out.
 */
export type Filled = Readonly<Record<string, string>>;
