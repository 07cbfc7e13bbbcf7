/** Whose cases a person may have in statistics, and the counting of them. */
import { addDays, fromLocal, toLocal } from '../../calendar/local.js';
import { monthPeriod } from '../../calendar/periods.js';
import { rowKey, type Row } from '../../core/domain.js';
import type { Request } from '../../core/request.js';
import type { StatisticsAsk } from '../../nlu/statistics-ask.js';
import { teamsOf } from '../../organizations/recipients.js';
import { caseOf } from '../../requests/case.js';
import type { Actor } from '../../requests/moves.js';
import { actsFor, maySee, seesAll } from '../../requests/permissions.js';
import {
  factsOf,
  NO_DOMAIN,
  statisticsOf,
  type CaseFacts,
  type Section,
  type Statistics,
} from '../../requests/statistics.js';
import type { UnitShown } from '../../requests/statistics-view.js';
import { TOPIC_MAX, type Scope } from '../../requests/statistics-token.js';
import type { RequestWorld } from '../../requests/effects.js';
import type { HandlerDeps } from '../deps.js';
import type { Acting } from './requests.js';

/** Names that statistics may be about. */
export const unitsOf = ({ directory }: RequestWorld): string[] => [
  ...directory.organizations.filter(({ parent }) => parent === undefined).map(({ name }) => name),
  ...teamsOf(directory).map(({ name }) => name),
];

export const ownUnit = ({ team, organization }: Actor): string => team ?? organization;

/** What the words ask for; what they leave open is that of `base`, the statistics they go on from, else the own unit's month. */
export function scopeIn(
  { period, unit, isOwn, isCounty }: StatisticsAsk,
  { ctx, actor }: Acting,
  base: Scope | null,
): Scope {
  const [year = 0, month = 0] = toLocal(ctx.now).date.split('-').map(Number);
  const usual = seesAll(actor) ? null : ownUnit(actor);
  const named = isCounty ? null : (unit ?? (isOwn ? ownUnit(actor) : undefined));
  return {
    period: period ?? base?.period ?? monthPeriod(year, month),
    unit: named === undefined ? (base ? base.unit : usual) : named,
    topic: '',
  };
}

/** Requests of a span that the person may see, of whatever unit. */
export async function casesFor({ ctx, actor }: Acting, { period, topic }: Scope): Promise<Request[]> {
  const filed = await ctx.read.listFiled(fromLocal(period.from), fromLocal(period.to));
  return filed.filter((it) => maySee(actor, it) && (topic === '' || isAbout(it, topic)));
}

export const isAbout = ({ text, place, evidence }: Request, topic: string): boolean =>
  [text, place, evidence?.matter ?? '', evidence?.domain ?? ''].some((it) => it.includes(topic));

/** The first word that some case speaks of; longer ones by the beginning that a button holds. */
export function topicIn(words: readonly string[], requests: readonly Request[]): string {
  const short = words.map((word) => [...word].slice(0, TOPIC_MAX).join(''));
  return short.find((word) => requests.some((it) => isAbout(it, word))) ?? '';
}

/** Whether figures of this unit are those of all its cases, or of those that the person has a part in. */
export const seesWhole = (actor: Actor, unit: string | null): boolean =>
  seesAll(actor) || (unit !== null && actsFor(actor, unit));

export type Counted = { section: Section; cases: CaseFacts[]; statistics: Statistics };

export function countIn(
  requests: readonly Request[],
  section: Section,
  deps: HandlerDeps,
  { ctx, world }: Acting,
): Counted {
  const domainOf = domainsBy(deps);
  const cases = requests.flatMap(
    (request) => factsOf(caseOf(request, world, ctx.now), section, domainOf(request)) ?? [],
  );
  return { section, cases, statistics: statisticsOf(cases) };
}

/** Of a unit what it called for and what it had to do, where there is any; of the county all. */
export function sectionsOf(unit: string | null): Section[] {
  if (unit === null) return [{ side: 'c', unit }];
  return [
    { side: 'a', unit },
    { side: 'c', unit },
  ];
}

/** Each unit with cases, in the order of the directory. */
export function byUnits(
  requests: readonly Request[],
  deps: HandlerDeps,
  acting: Acting,
  only: readonly string[] = [],
): UnitShown[] {
  return unitsOf(acting.world).flatMap((unit): UnitShown[] => {
    if (only.length > 0 && !only.includes(unit)) return [];
    const [assigned, called] = (['a', 'c'] as const).map((side) => {
      const { cases, statistics } = countIn(requests, { side, unit }, deps, acting);
      return cases.length > 0 ? statistics : null;
    });
    return assigned || called ? [{ unit, assigned: assigned ?? null, called: called ?? null }] : [];
  });
}

/** The domain as it was when the request was filed; of older requests, that of the row while it is the same matter. */
function domainsBy({ knowledge }: HandlerDeps): (request: Request) => string {
  const rows = new Map<string, Row>(knowledge().index.entries.map(({ row }) => [rowKey(row), row]));
  return ({ evidence }) => {
    if (!evidence) return NO_DOMAIN;
    const row = rows.get(evidence.ref.slice(evidence.ref.indexOf('/') + 1));
    return (evidence.domain ?? (row?.matter === evidence.matter ? row.domain : '')) || NO_DOMAIN;
  };
}

/** Whether a span has begun at all. */
export const isToCome = ({ period }: Scope, now: number): boolean =>
  period.from >= addDays(toLocal(now).date, 1);
