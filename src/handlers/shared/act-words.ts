/** What the words of an act must hold, and what they name. Pure. */
import type { Filled } from '../../core/form.js';
import type { Context } from '../../core/types.js';
import type { RequestWorld } from '../../requests/effects.js';

export const MIN_REASON = 2;
export const needs = (question: string) => (said: { text: string }) =>
  said.text.trim().length >= MIN_REASON ? null : question;
export const nothing = () => null;
/** By its button, or by words of the message. */
export const byWords = (id: string, pattern: RegExp) => (input: { action: string; ctx: Context }) =>
  input.action === id ||
  (input.action === '' && (pattern.test(input.ctx.text) || pattern.test(commandOf(input.ctx))));

/** The word by which the intent was called: 协办 and 转办 are one intent and two moves. */
export const commandOf = ({ update }: Context): string =>
  update.kind === 'message' ? (/^\/?([a-z]+|[\u4e00-\u9fff]+)/i.exec(update.text.trim())?.[0] ?? '') : '';

/** Units that the text names, without the one that holds the request now. */
export function unitsIn(text: string, world: RequestWorld): string[] {
  return world.directory.mentions(text).map(({ unit }) => unit);
}

/** The unit that was chosen in the field `to` of a form, by its name or what it is called; null where none was. */
export const chosenUnit = (
  { filled }: { filled?: Filled | undefined },
  { directory }: RequestWorld,
): string | null => directory.resolve(filled?.['to'] ?? '');

/** Whether something stands beside the names of units. */
export function reasonBeside(text: string, world: RequestWorld): boolean {
  const rest = world.directory
    .mentions(text)
    .reduce((left, { alias }) => left.replace(alias, ''), text)
    .replace(/转办?给?|转派|请求?|协办|配合|协助|由|给|[\s,\uff0c。:\uff1a、]/g, '');
  return rest.length >= MIN_REASON;
}
