/** What a move on a request asks for, as a form; its value names the request and the move, so that it needs no dialogue. */
import type { Filled, Form, FormField, Option } from '../../core/form.js';
import type { Request } from '../../core/request.js';
import type { Context } from '../../core/types.js';
import type { RequestWorld } from '../../requests/effects.js';
import { MOVES, type Move } from '../../requests/moves.js';

type On = { ctx: Context; world: RequestWorld; request: Request };
export type MoveForm = {
  fields(on: On & { text: string }): FormField[];
  /** What was filled in, in the words in which it could have been said. */
  wordsOf(filled: Filled): string;
};

/** The one field of a move that wants words alone. */
export const wordsField = (value = '', label = '说明'): FormField => ({
  ...{ kind: 'words', name: 'text', label, isLong: true, isRequired: true },
  ...(value && { value }),
});

const WORDS: MoveForm = {
  fields: ({ text }) => [wordsField(text)],
  wordsOf: ({ text = '' }) => text,
};
export const formOf = (form: MoveForm | undefined): MoveForm => form ?? WORDS;

export const formId = (intent: string): string => `form-${intent.replace('_request', '')}`;

export const moveForm = (
  intent: string,
  { form, move, assignment }: { form?: MoveForm; move: Move; assignment?: string | undefined },
  on: On & { text: string },
): Form => ({
  id: formId(intent),
  value: [on.request.number, assignment, move].filter(Boolean).join(' '),
  fields: formOf(form).fields(on),
});

/** The kind `request-form` of nlu/actions.ts. */
export function readFormValue(value: string): { number: string; assignment?: string; move: Move | null } {
  const [number = '', second = '', third] = value.split(' ');
  const move = MOVES.find((it) => it === (third ?? second)) ?? null;
  return { number, move, ...(third !== undefined && { assignment: second }) };
}

/** A unit that was given and is none: what else the words name was not chosen. */
export const namesNoUnit = ({ to, lead }: Filled, { directory }: RequestWorld): boolean =>
  [to, lead].some((name) => name !== undefined && directory.resolve(name) === null);

/** More than these are written. */
const UNITS_MAX = 100;

/** A unit to choose; where there are too many to choose from, to write. */
export function unitField(
  name: string,
  label: string,
  { directory }: Pick<RequestWorld, 'directory'>,
  { without = [], value = '' }: { without?: readonly string[]; value?: string } = {},
): FormField {
  const options = directory.organizations
    .filter((it) => !it.parent && !without.includes(it.name))
    .map((it): Option => ({ label: it.name, value: it.name }));
  const own = { name, label, isRequired: true as const, ...(value && { value }) };
  return options.length > UNITS_MAX || options.length === 0
    ? { kind: 'words', ...own }
    : { kind: 'choice', ...own, options };
}
