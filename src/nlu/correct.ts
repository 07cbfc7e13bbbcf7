/** Messages are read as they were meant, and kept as they were written. */
import type { Matcher } from '../core/bot.js';
import { normalizeText } from '../text/normalize.js';
import type { SlipLexicon } from './slip-lexicon.js';
import { correctSlips } from './slips.js';

/** `lexicon` of the edition and the directory in force. */
export function withoutSlips(match: Matcher, lexicon: () => SlipLexicon): Matcher {
  return async (input) => {
    const { update } = input;
    if (update.kind !== 'message' || update.text === '') return match(input);
    const said = normalizeText(update.text);
    const meant = correctSlips(said, lexicon());
    if (meant === said) return match(input);
    const found = await match({ ...input, update: { ...update, text: meant } });
    if (!found) return null;
    // Of the same length character for character: what is kept is what was written.
    const written = update.text.trim();
    const raw = written.length === meant.length ? written.slice(meant.length - found.raw.length) : found.raw;
    return { ...found, raw };
  };
}
