/** Whether what is kept of requests and evaluations is what the record (台账) vouches for: words, ratings, scores, rulings. Pure. */
import type { Evaluation } from '../core/evaluation.js';
import type { Request, Ruling } from '../core/request.js';
import { digestOf } from '../files/digest.js';
import { changedPart, isVouched, takeVoucher, vouchedBy, type Vouched } from '../files/vouched.js';
import { parseLine, type SourceLine } from './record.js';

/** What the record says, by the number of a request and the id of an evaluation. */
export type Vouchers = {
  requests: ReadonlyMap<string, Vouched>;
  evaluations: ReadonlyMap<string, Vouched>;
};

/** Gathers what the record says of each while its chain is read. */
export function createVouchers() {
  const requests = new Map<string, Vouched>();
  const evaluations = new Map<string, Vouched>();
  const documents = new Set<string>();
  const of = (all: Map<string, Vouched>, id: string): Vouched => {
    const known = all.get(id) ?? vouchedBy([]);
    all.set(id, known);
    return known;
  };
  return {
    take({ text }: SourceLine): void {
      const line = parseLine(text);
      if (!line) return;
      const { document, evaluation } = line.data;
      if (typeof document === 'string') documents.add(document);
      // What was refused changed nothing.
      if (line.kind === 'admin' && typeof evaluation === 'string')
        takeVoucher(of(evaluations, evaluation), line);
      if (line.kind === 'transition' && line.request !== undefined)
        takeVoucher(of(requests, line.request), line);
    },
    vouched: { requests, evaluations } as Vouchers,
    documents: documents as ReadonlySet<string>,
  };
}

export type Kept = {
  requests: ReadonlyMap<string, Request>;
  rulings: readonly Ruling[];
  evaluations: readonly Evaluation[];
};

/**
 * Problems in the order of the numbers, each with what is wrong. `since`: lines of the record from then on may speak of
 * changes that were not read with the state (the bot goes on running), ms.
 */
export const wordProblems = (vouched: Vouchers, kept: Kept, since: number): string[] => [
  ...requestProblems(vouched.requests, kept, since),
  ...rulingProblems(vouched.requests, kept),
  ...evaluationProblems(vouched.evaluations, kept, since),
];

const GONE = '台账中有,数据中没有,整件被删去';
const ADDED = '数据中有,台账中没有任何记录,是另外加入的';

function requestProblems(vouched: Vouchers['requests'], { requests }: Kept, since: number): string[] {
  const problems: string[] = [];
  for (const [number, known] of [...vouched].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const request = requests.get(number);
    if (!request) {
      if (known.states.some(({ at }) => at < since)) problems.push(`${number}:${GONE}`);
      continue;
    }
    const what = changedPart(request, known, since);
    if (what !== null) problems.push(`${number}:${what}与台账不符,内容被改动过`);
  }
  for (const number of requests.keys()) if (!vouched.has(number)) problems.push(`${number}:${ADDED}`);
  return problems;
}

/** Scores, confirmations, appeals, the form: what departments are judged by. */
function evaluationProblems(
  vouched: Vouchers['evaluations'],
  { evaluations }: Kept,
  since: number,
): string[] {
  const kept = new Map(evaluations.map((it) => [it.id, it]));
  const gone = [...vouched].flatMap(([id, { states }]) =>
    !kept.has(id) && states.some(({ at }) => at < since) ? [`评价期 ${id}:${GONE}`] : [],
  );
  const changed = evaluations.flatMap((evaluation) => {
    const known = vouched.get(evaluation.id);
    if (!known) return [`评价期 ${evaluation.id}:${ADDED}`];
    return isVouched([digestOf(evaluation)], known.states, since)
      ? []
      : [`评价期 ${evaluation.id}:评分、确认、申诉或评价表与台账不符,内容被改动过`];
  });
  return [...gone, ...changed];
}

const OF_RULINGS = new Set(['ruled', 'ruling-corrected', 'ruling-withdrawn']);

/** A ruling stands for the last word of the 编办 in the log of its request, and for each such word there is one. */
function rulingProblems(vouched: Vouchers['requests'], { requests, rulings }: Kept): string[] {
  const problems: string[] = [];
  const kept = new Map(rulings.map((ruling) => [ruling.request, ruling]));
  for (const ruling of rulings)
    if (!requests.has(ruling.request) && !vouched.has(ruling.request))
      problems.push(`${ruling.request}:裁定没有对应的请求,是另外加入的`);
  for (const request of requests.values()) {
    const decisions = request.events.filter(({ kind }) => OF_RULINGS.has(kind));
    const last = decisions.at(-1);
    const ruling = kept.get(request.number);
    if (!last && !ruling) continue;
    const units = last?.kind === 'ruling-withdrawn' ? decisions.at(-2)?.facts : last?.facts;
    const isSame =
      last !== undefined &&
      ruling !== undefined &&
      ruling.at === last.at &&
      ruling.lead === String(units?.['lead'] ?? '') &&
      ruling.support.join('、') === String(units?.['support'] ?? '') &&
      ruling.text.trim() === (last.text ?? '') &&
      ruling.by === last.by?.account &&
      (ruling.isWithdrawn === true) === (last.kind === 'ruling-withdrawn') &&
      ruling.matter === (request.evidence?.matter ?? request.text);
    if (!isSame) problems.push(`${request.number}:裁定与办理经过不符,内容被改动过`);
  }
  return problems;
}
