/** Which statistics are meant, as a button says it. Pure. */
import { parsePeriodToken, periodToken, type Period } from '../calendar/periods.js';
import type { Figure, Side } from '../core/figures.js';
import { tokenOf } from '../text/token.js';

/** Of which span, of whose cases (null: the county), with which word in them (empty: all). */
export type Scope = { period: Period; unit: string | null; topic: string };

/** Longer words do not fit a button; two characters of a Chinese matter say most of it. */
export const TOPIC_MAX = 4;
const COUNTY = 'county';

/** `261101-261201 1a2b3c4 路灯`. */
export const scopeToken = ({ period, unit, topic }: Scope): string =>
  [periodToken(period), unit === null ? COUNTY : tokenOf(unit), topic].filter(Boolean).join(' ');

/** `units` are those that may be named. Null for a span or a unit that there is not. */
export function parseScopeToken(token: string, units: readonly string[]): Scope | null {
  const [span = '', name = '', topic = ''] = token.split(' ');
  const period = parsePeriodToken(span);
  const unit = name === COUNTY ? null : units.find((it) => tokenOf(it) === name);
  return period && unit !== undefined ? { period, unit, topic } : null;
}

/** One list of cases: `261101-261201 county c-late 0 路灯`. */
export type ListAsked = { scope: Scope; side: Side; figure: Figure; page: number };

export function listToken({ scope, side, figure, page }: ListAsked): string {
  const { topic, ...rest } = scope;
  return [scopeToken({ ...rest, topic: '' }), `${side}-${figure}`, String(page), topic]
    .filter(Boolean)
    .join(' ');
}

export function parseListToken(token: string, units: readonly string[]): ListAsked | null {
  const [span = '', name = '', what = '', page = '0', topic = ''] = token.split(' ');
  const scope = parseScopeToken([span, name, topic].filter(Boolean).join(' '), units);
  const [, side, figure = ''] = /^([ac])-(.+)$/.exec(what) ?? [];
  return scope && side ? { scope, side: side as Side, figure, page: Number(page) } : null;
}
