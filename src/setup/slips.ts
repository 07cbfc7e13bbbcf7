/** The lexicon that slips are corrected against, built once for an edition and a directory. */
import type { Knowledge } from '../lists/knowledge.js';
import { rowText } from '../lists/row-text.js';
import { createSlipLexicon, type SlipLexicon } from '../nlu/slip-lexicon.js';
import { createCutter } from '../text/bm25.js';
import { normalizeText } from '../text/normalize.js';
import type { Tools } from './resources.js';

export function slipsOf(
  { intents, unseenMatters, matters }: Pick<Tools, 'intents' | 'unseenMatters' | 'matters'>,
  { edition: { rows }, directory }: Pick<Knowledge, 'edition' | 'directory'>,
): SlipLexicon {
  const { organizations, everybody } = directory;
  const names = [
    ...intents.flatMap(({ commands }) => commands),
    ...organizations.flatMap(({ name, aliases }) => [...aliases, name]),
  ];
  const said = [
    ...intents.flatMap(({ examples }) => examples),
    ...rows.flatMap((row) => [rowText(row), ...row.askedAs]),
    ...everybody.map(({ name }) => name),
  ];
  return createSlipLexicon({
    texts: said.map(normalizeText),
    others: [...matters(), ...unseenMatters()].flatMap(({ questions }) => questions).map(normalizeText),
    names,
    cut: createCutter(names),
  });
}
