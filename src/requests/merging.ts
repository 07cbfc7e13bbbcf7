/** 合并 and 拆分 by the coordinating desk: two requests of one matter become one, and one two again. Pure. */
import { isRestricted, type Caller, type Request } from '../core/request.js';
import type { CaseTerms } from './case.js';
import { dueAtOf } from './clock.js';
import { lastEvent, mergedInto } from './log.js';
import type { Actor } from './moves.js';
import { closeActive, hasContent, log, reopenRequest, type Work } from './work.js';
import { names, statusWord } from './words.js';

/** `from` becomes, or was, a part of `into`; both are of one kind. */
export type Pair = { into: Request; from: Request };
export type PairOutcome = ({ ok: true } & Pair) | { ok: false; reason: string };
export type Joining = 'merge' | 'split';

const WORDS: Readonly<Record<Joining, string>> = { merge: '合并', split: '拆分' };

/** What is given is never changed. */
export function joinRequests(
  joining: Joining,
  pair: Pair,
  { actor, reason }: { actor: Actor; reason: string },
  terms: CaseTerms,
): PairOutcome {
  const refused =
    whyNotDesk(joining, actor) ??
    (joining === 'merge' ? whyNotMerged(pair, terms) : whyNotSplit(pair, terms));
  if (refused !== null) return { ok: false, reason: refused };
  const works = { into: workOn(pair.into, terms), from: workOn(pair.from, terms) };
  const text = hasContent(reason) ? reason.trim() : undefined;
  if (joining === 'merge') merge(works, actor, text);
  else split(works, actor, text);
  for (const work of [works.into, works.from]) work.request.dueAt = dueAtOf(work);
  return { ok: true, into: works.into.request, from: works.from.request };
}

/** Clocks of two machines differ a little; the log stays in order. */
const workOn = (request: Request, terms: CaseTerms): Work => ({
  ...terms,
  request: structuredClone(request),
  now: Math.max(terms.now, request.events.at(-1)?.at ?? terms.now),
});

export const whyNotDesk = (joining: Joining, { roles, organization }: Actor): string | null =>
  roles.includes('deadline-office')
    ? null
    : `${WORDS[joining]}请求由督办办理。您属于${organization},不能${WORDS[joining]};如有情况,请联系督办。`;

function whyNotMerged({ into, from }: Pair, { policy }: CaseTerms): string | null {
  if (into.number === from.number) return '两个编号相同。请写明要合并的两件请求的编号。';
  if (into.kind !== from.kind || isRestricted(into))
    return `只有同一类请求可以合并,涉及人员的除外。${into.number} 和 ${from.number} 不能合并。`;
  for (const request of [into, from])
    if (request.status !== 'open')
      return `${request.number} ${statusWord(request, policy)},不能合并。两件都在办理中的才能合并。`;
  const units = into.assignments.map((a) => a.organization);
  const both = from.callers.find(({ organization }) => units.includes(organization));
  return both
    ? `${both.organization}是 ${into.number} 的承办单位,不能同时作为它的请求单位。请换一件作为保留的请求。`
    : null;
}

/** Every caller keeps the instant of its own call: nobody's clock begins anew because two cases became one. */
function merge({ into, from }: { into: Work; from: Work }, actor: Actor, reason: string | undefined): void {
  const known = new Set(into.request.callers.map(({ organization }) => organization));
  const added = from.request.callers.filter(({ organization }) => !known.has(organization));
  into.request.callers.push(...added.map((caller) => ({ ...structuredClone(caller), rating: null })));
  const { number, text, place, attachments } = from.request;
  log(into, 'merged', actor, {
    text: [[place, text].filter(Boolean).join(' · '), reason && `理由:${reason}`].filter(Boolean).join('。'),
    attachments: structuredClone(attachments),
    facts: {
      from: number,
      callers: names(from.request.callers.map((c) => c.organization)),
      added: organizationsOf(added),
    },
  });
  closeActive(from);
  from.request.status = 'merged';
  log(from, 'merged', actor, {
    ...(reason !== undefined && { text: reason }),
    facts: { into: into.request.number },
  });
}

const organizationsOf = (callers: Caller[]): string => callers.map((c) => c.organization).join('、');

function whyNotSplit({ into, from }: Pair, { policy }: CaseTerms): string | null {
  if (mergedInto(from) !== into.number)
    return `${from.number} 没有并入 ${into.number},不能拆分。请核对两件请求的编号。`;
  if (into.status !== 'open' && into.status !== 'answered')
    return `${into.number} ${statusWord(into, policy)},不能再拆分。仍需办理的,请重新提交。`;
  const leaving = leavingOf({ into, from });
  if (leaving.callers.length === 0) return `${from.number} 的请求单位已撤回,不需要拆分。`;
  return leaving.stays ? null : `拆分后 ${into.number} 没有请求单位,不能拆分。`;
}

/** Who goes back with the request that is taken out, and whether anybody stays. */
function leavingOf({ into, from }: Pair): { callers: Caller[]; added: string[]; stays: boolean } {
  const merged = lastEvent(into, ({ kind, facts }) => kind === 'merged' && facts?.['from'] === from.number);
  const added = String(merged?.facts?.['added'] ?? '')
    .split('、')
    .filter((unit) => unit !== '' && into.callers.some((c) => c.organization === unit));
  const callers = from.callers.filter(
    ({ organization }) =>
      added.includes(organization) || into.callers.some((c) => c.organization === organization),
  );
  return { callers, added, stays: into.callers.some(({ organization }) => !added.includes(organization)) };
}

/** Its units begin a new round of it; the callers that came with it leave the other one. */
function split({ into, from }: { into: Work; from: Work }, actor: Actor, reason: string | undefined): void {
  const { callers, added } = leavingOf({ into: into.request, from: from.request });
  into.request.callers = into.request.callers.filter(({ organization }) => !added.includes(organization));
  log(into, 'split', actor, {
    ...(reason !== undefined && { text: reason }),
    facts: { from: from.request.number, callers: organizationsOf(callers) },
  });
  from.request.callers = structuredClone(callers);
  reopenRequest(from, actor, {
    text: [`督办从 ${into.request.number} 拆出,单独办理`, reason].filter(Boolean).join(':'),
    facts: { splitFrom: into.request.number },
  });
}
