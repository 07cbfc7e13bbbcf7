/** Who leads and who co-operates: the direction of a structured question, read from the order of units and roles. Pure. */
import { TOWNSHIP, type Question } from './structured-question.js';
import type { Token } from './structured-words.js';
import type { TokenType } from './structured-token-types.js';

/** The asker's side: 我们 means the one or the other. */
export type OwnSide = { township?: string | undefined; unit?: string | undefined };

type Step =
  | { what: 'party'; unit: string; isExcluded: boolean; isTownship: boolean }
  | { what: 'lead' | 'support' | 'require' | 'does' | 'give' | 'stop' };

/** What is counted or listed ends the line of parties: 交通局配合的几项,我要个数. */
const STOPS: readonly TokenType[] = ['count', 'list', 'noun'];
/** 哪些部门配合住建局: the side that is asked for. */
const WHICH = '?';
const ROLE_STEPS: readonly TokenType[] = ['lead', 'support', 'require', 'does'];

export function readParties(tokens: Token[], own: OwnSide): Question {
  const { lead, support, unit, other, ...rest } = readSides(tokens, own);
  const by = lead === WHICH ? 'lead' : support === WHICH ? 'support' : undefined;
  const said = Object.entries({ lead, support, unit, other }).filter(
    ([, name]) => name !== undefined && name !== WHICH,
  );
  return { ...rest, ...Object.fromEntries(said), ...(by && { by }) };
}

function readSides(tokens: Token[], own: OwnSide): Question {
  const steps = tokens.flatMap((token, i) => stepOf(token, i, tokens, own));
  const question: Question = {};
  const parties = steps.flatMap((step) => (step.what === 'party' ? [step] : []));
  const excluded = parties.find(({ isExcluded }) => isExcluded);
  if (excluded) question.exclude = excluded.unit;
  const line = steps.filter((step) => step.what !== 'party' || !step.isExcluded);
  const supportAt = line.findIndex(({ what }) => what === 'support');
  const leadAt = line.findIndex(({ what }) => what === 'lead');
  const before = (at: number, from = 0) => unitsIn(line.slice(from, at));
  const departments = parties.filter(({ isExcluded, isTownship }) => !isExcluded && !isTownship);
  if (
    departments.length > 2 ||
    (departments.length === 2 && tokens.some(({ type }) => type === 'each' || type === 'compare'))
  )
    return { ...question, units: [...new Set(departments.map(({ unit }) => unit))].join('|') };
  const isJoined = tokens.some(
    ({ type }, i) => type === 'unit' && /^[跟和与同、]$/.test(tokens[i - 1]?.text ?? ''),
  );
  const together =
    isJoined &&
    parties.every(({ isTownship }) => !isTownship) &&
    tokens.some(({ type }) => type === 'together');
  const [one, two] = departments.map(({ unit }) => unit);
  if (together && one && two && supportAt >= 0 !== leadAt >= 0)
    return supportAt >= 0
      ? { ...question, support: one, other: two, both: 'support' }
      : { ...question, lead: one, other: two, both: 'lead' };
  if (together && one && !two && supportAt >= 0 !== leadAt >= 0)
    return { ...question, other: one, both: supportAt >= 0 ? 'support' : 'lead' };
  // 民政局的事里头残联配合的: who stands beside the word co-operates, in what the other takes part in.
  const isInside = !isJoined && tokens.some(({ type }) => type === 'anaphor' || type === 'noun');
  if (supportAt >= 0 && leadAt < 0 && one && two && isInside && before(supportAt).length === 2)
    return { ...question, support: two, other: one };
  if (supportAt >= 0) return { ...question, ...readSupport(line, supportAt, leadAt, own) };
  if (leadAt >= 0) {
    const left = before(leadAt);
    const [lead, other] = left.length > 0 ? left : unitsIn(line.slice(leadAt));
    return { ...question, ...(lead && { lead }), ...(other && { other }) };
  }
  const doesAt = line.findIndex(({ what }) => what === 'does');
  const named = unitsIn(line);
  const [unit, other] = departments.length > 0 ? sortTownshipLast(named) : [];
  if (unit && other) return { ...question, unit, other };
  // 负责 and 管 say who leads only where nobody else is spoken of: 住建局负责哪些.
  if (doesAt >= 0 && named[0] && (unit ?? tokens[doesTokenAt(tokens)]?.text.startsWith('负责')))
    return { ...question, lead: named[0] };
  if (unit) return { ...question, unit };
  return question;
}

const doesTokenAt = (tokens: Token[]): number => tokens.findIndex(({ type }) => type === 'does');

const sortTownshipLast = (units: string[]): string[] =>
  [...units].sort((a, b) => Number(a === TOWNSHIP) - Number(b === TOWNSHIP));

function stepOf(token: Token, at: number, tokens: Token[], own: OwnSide): Step[] {
  // 咱农业局, 咱柳林: the unit is named.
  const next = tokens[at + 1]?.type;
  if (token.type === 'self' && (next === 'unit' || next === 'township')) return [];
  const unit = unitOf(token, own);
  if (unit !== null)
    return [{ what: 'party', unit, isExcluded: isExcluded(tokens, at), isTownship: unit === TOWNSHIP }];
  const isWhich = token.type === 'who' && (next === 'support' || next === 'lead');
  if (token.type === 'whichUnits' || isWhich)
    return [{ what: 'party', unit: WHICH, isExcluded: false, isTownship: true }];
  if (token.type === 'filler' && /[给替帮]$/.test(token.text)) return [{ what: 'give' }];
  if (STOPS.includes(token.type)) return [{ what: 'stop' }];
  return ROLE_STEPS.includes(token.type)
    ? [{ what: token.type as 'lead' | 'support' | 'require' | 'does' }]
    : [];
}

/** 除了城管局, 城管局以外. */
export const isExcluded = (tokens: Token[], at: number): boolean => {
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  return (
    (before?.type === 'exclude' && !before.text.includes('外')) ||
    (after?.type === 'exclude' && after.text.includes('外'))
  );
};

function unitOf(token: Token, own: OwnSide): string | null {
  switch (token.type) {
    case 'unit':
      return token.value;
    case 'ownUnit':
      return own.unit ?? null;
    case 'township':
    case 'ownTownship':
    case 'anyTownship':
      return TOWNSHIP;
    case 'self':
      return own.unit ?? (own.township ? TOWNSHIP : null);
    default:
      return null;
  }
}

const unitsIn = (steps: Step[]): string[] => [
  ...new Set(steps.flatMap((step) => (step.what === 'party' ? [step.unit] : []))),
];

/** A配合B, 配合B的, A牵头B配合, B要A配合的, A配合的. */
function readSupport(line: Step[], supportAt: number, leadAt: number, own: OwnSide): Question {
  const left = line.slice(0, supportAt);
  const after = line.slice(supportAt + 1);
  const stop = after.findIndex(({ what }) => what === 'stop');
  const right = stop < 0 ? after : after.slice(0, stop);
  const leftUnits = unitsIn(left);
  const rightUnits = unitsIn(right);
  if (leadAt >= 0 && leadAt < supportAt) {
    const lead = unitsIn(line.slice(0, leadAt))[0];
    const support = unitsIn(line.slice(leadAt, supportAt))[0] ?? rightUnits[0];
    const isAsked = line.slice(leadAt, supportAt).some(({ what }) => what === 'require');
    // 水利局牵头和配合的分别多少.
    if (lead && !support) return isAsked ? { lead, support: selfOf(own, lead) } : { units: lead };
    return { ...(lead && { lead }), ...(support && { support }) };
  }
  if (leadAt > supportAt) {
    // 镇里配合、住建局牵头的.
    const lead = unitsIn(line.slice(supportAt, leadAt))[0] ?? unitsIn(line.slice(leadAt))[0];
    return { ...(lead && { lead }), ...(leftUnits[0] && { support: leftUnits[0] }) };
  }
  // 我们给公安打配合的.
  const given = left.findLastIndex(({ what }) => what === 'give');
  const helped = given < 0 ? undefined : unitsIn(left.slice(given))[0];
  if (helped) return { lead: helped, support: unitsIn(left.slice(0, given))[0] ?? selfOf(own, helped) };
  const required = left.findIndex(({ what }) => what === 'require');
  const asked = required < 0 ? [] : unitsIn(left.slice(required));
  const asking = required < 0 ? [] : unitsIn(left.slice(0, required));
  if (asked[0] && asking[0]) return { lead: asking[0], support: asked[0] };
  const [lead] = rightUnits;
  if (lead) {
    const support = leftUnits.find((unit) => unit !== lead) ?? selfOf(own, lead);
    return { lead, support };
  }
  const [support, other] = leftUnits;
  return { ...(support && { support }), ...(other && { other }) };
}

/** Who co-operates where nobody is named: the asker's side, else the townships. */
const selfOf = ({ township, unit }: OwnSide, lead: string): string =>
  township || unit === undefined || unit === lead ? TOWNSHIP : unit;
