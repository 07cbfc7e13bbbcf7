/** A request recomputed from nothing but its log, its kind's file and the oracle: what its state and clocks must be. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Request, RequestEvent, RequestKind } from '../../src/core/request.js';
import { KINDS_WITH_LEAVE } from './leave.js';
import { PLAIN_2027, type Oracle, type OracleDuration, type OraclePause } from './oracle.js';

type Clocks = { sign: OracleDuration; answer: OracleDuration };
export type KindFile = {
  moves: string[];
  clocks: Record<'normal' | 'urgent', Clocks>;
  officeClocks: Clocks;
  approval?: { within: OracleDuration };
  waits: { caller: OracleDuration; review: OracleDuration };
  pauses: { count: number; total: OracleDuration } | null;
  extension: OracleDuration | null;
  autoConclude: OracleDuration;
};
const files = new Map<string, KindFile>();
export function kindFile(kind: RequestKind): KindFile {
  const found =
    files.get(kind) ?? (parse(readFileSync(join(KINDS_WITH_LEAVE, `${kind}.yaml`), 'utf8')) as KindFile);
  files.set(kind, found);
  return found;
}

type Part = {
  id: string;
  organization: string;
  role: string;
  status: string;
  madeAt: number;
  isOffice: boolean;
  /** Asked of the leaders of who calls. */
  isLeave: boolean;
  pauses: { from: number; to: number | null }[];
  promise: number | null;
  extension: { state: string; askedAt: number; untilAt: number | null } | null;
};
type Party = { organization: string; joinedAt: number; isRated: boolean };
export type Replayed = {
  status: string;
  parts: Part[];
  callers: Party[];
  clocks: string[];
  dueAt: number | null;
};

const isActive = ({ status }: Part) => status === 'waiting' || status === 'signed';

/** `other`: the one that it was merged with, or taken out of. */
export function replay(
  request: Request,
  oracle: Oracle = PLAIN_2027,
  other: Request | null = null,
): Replayed {
  const { dueOf } = oracle;
  const parts: Part[] = [];
  let callers: Party[] = [];
  let status = '';
  let completedAt = 0;
  let reviewAt: number | null = null;
  let chosenSince = 0;
  const close = () => parts.filter(isActive).forEach((p) => (p.status = 'closed'));
  const joined = { merged: 0, split: 0 };
  /** Who had called the other one when the two became one, or two again, for the n-th time. */
  const othersCallers = (kind: 'merged' | 'split', n: number): Party[] => {
    if (!other) throw new Error(`${request.number} was ${kind} with nothing`);
    const isIt = (e: RequestEvent) =>
      kind === 'merged' ? e.kind === 'merged' : e.kind === 'split' || e.facts?.['splitFrom'] !== undefined;
    const end = other.events.flatMap((e, i) => (isIt(e) ? [i] : []))[n] ?? 0;
    return replay({ ...other, events: other.events.slice(0, end) }, oracle, request).callers;
  };
  const addedLast = (events: readonly RequestEvent[]): string[] =>
    String(events.findLast((e) => e.facts?.['added'] !== undefined)?.facts?.['added'] ?? '').split('、');

  const step = (event: RequestEvent): void => {
    const { kind, at, by, assignment, made = [], facts = {} } = event;
    const own = parts.find((p) => p.id === assignment);
    const organization = by?.organization ?? '';
    if (kind === 'ruling-asked' || kind === 'concluded' || kind === 'closed-unsolved' || kind === 'reopened')
      close();
    if (kind === 'withdrawn' && facts['isLeaving'] !== true) close();
    if (/^(ruled|admitted|admission-refused|approved|approval-refused)$/.test(kind) && own)
      own.status = 'answered';
    if (kind === 'transferred')
      parts
        .filter(
          (p) => isActive(p) && p.role === 'support' && made.length > 0 && p.organization === facts['to'],
        )
        .forEach((p) => (p.status = 'closed'));
    // Whoever has the part that the corrected ruling gives goes on with it.
    if (
      kind === 'ruling-corrected' &&
      status === 'open' &&
      !callers.some((c) => c.organization === facts['lead'])
    )
      parts
        .filter(isActive)
        .filter((p) =>
          p.role === 'lead'
            ? p.organization !== facts['lead']
            : !String(facts['support']).split('、').includes(p.organization),
        )
        .forEach((p) => (p.status = 'closed'));
    if (kind === 'lead-assigned') {
      const last = parts.findLast((p) => p.role === 'lead');
      parts
        .filter(
          (p) => isActive(p) && (p === last || (p.role === 'support' && p.organization === facts['to'])),
        )
        .forEach((p) => (p.status = 'closed'));
    }
    for (const id of made) {
      const { organization: unit, role } = request.assignments.find((a) => a.id === id) ?? {
        organization: '',
        role: '',
      };
      const isLeave = facts['approval'] === true;
      const isOffice =
        request.kind !== 'ruling' && (kind === 'ruling-asked' || facts['admission'] === true || isLeave);
      parts.push({
        id,
        organization: unit,
        role,
        status: 'waiting',
        madeAt: at,
        isOffice,
        isLeave,
        pauses: [],
        promise: null,
        extension: null,
      });
    }
    switch (kind) {
      case 'filed':
        callers = [{ organization, joinedAt: at, isRated: false }];
        status =
          facts['approval'] === true
            ? 'approval'
            : facts['admission'] === true
              ? 'admission'
              : request.kind === 'ruling'
                ? 'ruling'
                : 'open';
        break;
      case 'joined':
        callers.push({ organization, joinedAt: at, isRated: false });
        break;
      case 'approved':
      case 'admitted':
      case 'ruled':
        status = 'open';
        break;
      case 'approval-refused':
      case 'admission-refused':
        status = 'refused';
        break;
      case 'ruling-asked':
        status = 'ruling';
        break;
      case 'signed':
      case 'answered':
      case 'returned':
        if (own) own.status = kind;
        if (kind === 'returned' && own?.role === 'lead') chosenSince = at;
        break;
      case 'transferred':
        if (own) own.status = 'transferred';
        break;
      case 'paused':
        own?.pauses.push({ from: at, to: null });
        break;
      case 'resumed': {
        const last = own?.pauses.at(-1);
        if (last) last.to = Number(facts['endedAt'] ?? at);
        break;
      }
      case 'extension-asked':
        if (own) own.extension = { state: 'asked', askedAt: at, untilAt: Number(facts['untilAt'] ?? NaN) };
        break;
      case 'extension-granted':
        if (own?.extension) own.extension.state = 'granted';
        break;
      case 'rated':
        callers.filter((c) => c.organization === organization).forEach((c) => (c.isRated = true));
        break;
      case 'escalated':
        if (facts['step'] === 'low-rating') reviewAt = at;
        break;
      case 'concluded':
        status = 'concluded';
        break;
      case 'closed-unsolved':
        status = 'unsolved';
        break;
      case 'merged': {
        const came = othersCallers('merged', joined.merged++);
        if (facts['into'] !== undefined) {
          close();
          status = 'merged';
        } else
          callers.push(
            ...came
              .filter((c) => !callers.some((it) => it.organization === c.organization))
              .map((c) => ({ ...c, isRated: false })),
          );
        break;
      }
      case 'split': {
        joined.split++;
        const added = addedLast(request.events.slice(0, request.events.indexOf(event)));
        callers = callers.filter((c) => !added.includes(c.organization));
        break;
      }
      case 'noted':
        if (own && facts['isProgress'] === true)
          own.promise = facts['promisedAt'] === undefined ? null : Number(facts['promisedAt']);
        break;
      case 'reopened':
        status = request.kind === 'ruling' ? 'ruling' : 'open';
        if (facts['splitFrom'] !== undefined) {
          const left = othersCallers('split', joined.split++).map((c) => c.organization);
          callers = callers.filter((c) => left.includes(c.organization));
        }
        callers.forEach((c) => (c.isRated = false));
        reviewAt = null;
        chosenSince = at;
        break;
      case 'withdrawn':
        if (facts['isLeaving'] === true) callers = callers.filter((c) => c.organization !== organization);
        else status = 'withdrawn';
        break;
    }
    if (facts['completes'] === true) {
      close();
      status = 'answered';
      completedAt = at;
    }
  };
  request.events.forEach(step);

  const file = kindFile(request.kind);
  const clocks: { name: string; dueAt: number; isRunning: boolean }[] = [];
  const add = (id: string, clock: string, dueAt: number, caller = '', isRunning = true) =>
    clocks.push({ name: `${id} ${clock} ${caller}`, dueAt, isRunning });
  const lead = parts.findLast((p) => p.role === 'lead');
  if (status === 'answered' && lead) {
    if (reviewAt !== null) add(lead.id, 'review', dueOf(file.waits.review, reviewAt) ?? NaN);
    else
      for (const c of callers)
        if (!c.isRated) add(lead.id, 'rate', dueOf(file.autoConclude, completedAt) ?? NaN, c.organization);
  }
  for (const part of parts.filter(isActive)) {
    const { sign } = part.isOffice ? file.officeClocks : file.clocks[request.urgency];
    if (part.status === 'waiting' && !part.isLeave) add(part.id, 'sign', dueOf(sign, part.madeAt) ?? NaN);
    const open = part.pauses.find((p) => p.to === null);
    const owners = part.isOffice || part.role === 'support' ? [null] : callers;
    for (const owner of owners)
      add(part.id, 'answer', answerDue(request, file, part, owner, oracle), owner?.organization, !open);
    if (part.promise !== null && !open) add(part.id, 'promise', part.promise);
    if (open) add(part.id, 'caller', dueOf(file.waits.caller, open.from) ?? NaN);
  }
  // With nobody: it was given back, or begun again when nobody had it any more.
  if (status === 'open' && lead && (lead.status === 'returned' || !parts.some(isActive)))
    add(lead.id, 'caller', dueOf(file.waits.caller, chosenSince) ?? NaN);
  const running = clocks.filter((c) => c.isRunning && !c.name.includes('promise')).map((c) => c.dueAt);
  return {
    status,
    parts,
    callers,
    clocks: clocks.map((c) => `${c.name} ${c.isRunning} ${c.dueAt}`).sort(),
    dueAt: running.length > 0 ? Math.min(...running) : null,
  };
}

function answerDue(
  request: Request,
  file: KindFile,
  part: Part,
  owner: Party | null,
  { dueOf, movedByWork }: Oracle,
): number {
  const pauses = part.pauses.filter((p): p is OraclePause => p.to !== null);
  const start = Math.max(part.madeAt, owner?.joinedAt ?? 0);
  const { answer } =
    part.isLeave && file.approval
      ? { answer: file.approval.within }
      : part.isOffice
        ? file.officeClocks
        : file.clocks[request.urgency];
  let due = dueOf(answer, start, pauses) ?? NaN;
  const byWall = (instant: number, since: number) =>
    pauses.reduce((t, p) => (p.to > since && p.from < t ? t + p.to - Math.max(p.from, since) : t), instant);
  const moved = (duration: OracleDuration, instant: number, since: number) =>
    (duration.workingDays ?? duration.workingHours)
      ? movedByWork(instant, since, pauses)
      : byWall(instant, since);
  const { wantedAt } = request;
  const isBinding = request.events[0]?.facts?.['isBinding'] === true;
  if (wantedAt !== null && isBinding && !part.isOffice && wantedAt > start)
    due = Math.min(due, moved(answer, wantedAt, start));
  const { extension } = part;
  if (extension?.state !== 'granted' || !file.extension) return due;
  const full = dueOf(file.extension, due, pauses) ?? NaN;
  if (extension.untilAt === null || Number.isNaN(extension.untilAt)) return full;
  return Math.min(full, Math.max(due, moved(file.extension, extension.untilAt, extension.askedAt)));
}
