/**
 * What is said to a request in the making in wordings that no grammar knows, by a model learned from examples
 * (speech/drafts.yaml): `住建局先不加了 就环保局一家` becomes `去掉住建局,只要环保局一家`.
 */
import { z } from 'zod';
import type { Context } from '../core/types.js';
import { draftChanges, isSend } from '../nlu/draft-words.js';
import { normalizeText } from '../text/normalize.js';
import type { Mention } from '../organizations/names.js';
import type { ReadingDeps } from './reading.js';

const Units = z.object({ draft: z.object({ lead: z.string(), support: z.array(z.string()) }) });

const MAX_LENGTH = 50;
/** Each clause with a unit must be this clear. */
const LEAST = 0.6;
const LEAVES_LEAST = 0.85;

const FORMS: Readonly<Record<string, (unit: string) => string>> = {
  lead: (unit) => `主办${unit}`,
  support: (unit) => `加上${unit}`,
  remove: (unit) => `去掉${unit}`,
  alone: (unit) => `只要${unit}一家`,
};

export type DraftSaid = { kind: 'leaves' } | { kind: 'changes'; words: string } | null;

/** `raw` without what sends it: a draft that is changed is shown before it is sent. */
export function draftSpeech(raw: string, ctx: Context, deps: ReadingDeps): DraftSaid {
  const model = deps.speech?.drafts;
  const units = Units.safeParse(ctx.session?.flow?.data).data?.draft;
  if (!model || !units || raw.length > MAX_LENGTH) return null;
  const { mentions } = deps.knowledge().directory;
  const placeholders = (text: string) =>
    mentions(text).reduce(
      (said, { alias, unit }) => said.replace(alias, letterOf(unit, units)),
      normalizeText(text),
    );
  const clauses = raw.split(/[,\uff0c。;\uff1b\s]+/).filter((it) => it !== '' && !isSend(normalizeText(it)));
  const said = clauses.map((clause) => {
    const [named] = mentions(clause);
    const [best] = model(placeholders(clause));
    return { clause, name: named?.alias, ...(best ?? { kind: 'elsewhere', probability: 0 }) };
  });
  const named = said.filter(({ name }) => name !== undefined);
  const isClear = named.every(({ kind, probability }) => kind in FORMS && probability >= LEAST);
  if (named.length > 0 && isClear) {
    const words = said.flatMap(({ clause, kind, name }) => {
      if (name !== undefined)
        return mentions(clause).map((it) => FORMS[kind]?.(calledIn(clause, it)) ?? clause);
      return draftChanges(normalizeText(clause), clause, mentions).length > 0 ? [clause] : [];
    });
    // What stands alone is said before what is added to it.
    const sorted = words.sort((a, b) => Number(b.startsWith('主办')) - Number(a.startsWith('主办')));
    return { kind: 'changes', words: sorted.join(',') };
  }
  // 先不惊动妇联: whom it would go to is named only to be spared.
  const isSpared = ({ kind, probability }: (typeof said)[number]) =>
    kind === 'leave' && probability >= LEAVES_LEAST;
  if (named.length > 0 && named.every(isSpared)) return { kind: 'leaves' };
  const [whole] = model(placeholders(raw));
  return named.length === 0 && whole?.kind === 'leave' && whole.probability >= LEAVES_LEAST
    ? { kind: 'leaves' }
    : null;
}

/** 市监所也叫上: the team, and not the bureau that it is called after. */
const calledIn = (clause: string, { alias, index }: Mention): string =>
  alias + (/^(?:监管|执法)?(?:所|中队|大队|队)/.exec(clause.slice(index + alias.length))?.[0] ?? '');

const letterOf = (unit: string, { lead, support }: { lead: string; support: string[] }): string =>
  unit === lead ? 'L' : support.includes(unit) ? 'S' : 'U';
