/** Whether what is kept of the requests is what the record (台账) vouches for: words, ratings, rulings, files. Pure. */
import { KEPT, oldVouchedOf, SAID, STATE, type Request, type Ruling } from '../core/request.js';
import { digestOf } from '../files/digest.js';
import { parseLine, type SourceLine } from './record.js';

type Vouched = {
  said: { hash: string; event: string }[];
  states: { hash: string; at: number }[];
  hasOld: boolean;
};

/** Gathers what the record says of each request while its chain is read. */
export function createVouchers() {
  const byNumber = new Map<string, Vouched>();
  const documents = new Set<string>();
  return {
    take({ text }: SourceLine): void {
      const line = parseLine(text);
      if (!line) return;
      const { document } = line.data;
      if (typeof document === 'string') documents.add(document);
      if (line.kind !== 'transition' || line.request === undefined) return;
      const known = byNumber.get(line.request) ?? { said: [], states: [], hasOld: false };
      byNumber.set(line.request, known);
      const said = line.data[SAID];
      const state = line.data[STATE];
      if (typeof said !== 'string') known.hasOld ||= line.data['event'] !== KEPT;
      else known.said.push({ hash: said, event: String(line.data['event']) });
      if (typeof state === 'string') known.states.push({ hash: state, at: line.at });
    },
    byNumber: byNumber as ReadonlyMap<string, Vouched>,
    documents: documents as ReadonlySet<string>,
  };
}

export type Kept = { requests: ReadonlyMap<string, Request>; rulings: readonly Ruling[] };

/**
 * Problems in the order of the numbers, each with what is wrong. `since`: lines of the record from then on may speak of
 * changes that were not read with the state (the bot goes on running), ms.
 */
export function wordProblems(
  vouched: ReadonlyMap<string, Vouched>,
  { requests, rulings }: Kept,
  since: number,
): string[] {
  const problems: string[] = [];
  for (const [number, { said, states, hasOld }] of [...vouched].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const request = requests.get(number);
    if (!request) {
      if (states.some(({ at }) => at < since)) problems.push(`${number}:台账中有,数据中没有,整件被删去`);
      continue;
    }
    const hashes = [digestOf(request), digestOf(oldVouchedOf(request))];
    const at = states.findLastIndex((state) => hashes.includes(state.hash));
    const isKnown = states.length === 0 || (at !== -1 && states.slice(at + 1).every((s) => s.at >= since));
    if (isKnown) continue;
    const changed = hasOld ? -1 : request.events.findIndex((event, i) => said[i]?.hash !== digestOf(event));
    const what =
      changed === -1
        ? '正文、地点、依据、评价、办理单或送达对象'
        : `办理经过第${changed + 1}条(${said[changed]?.event ?? '台账中没有这一条'})`;
    problems.push(`${number}:${what}与台账不符,内容被改动过`);
  }
  for (const number of requests.keys())
    if (!vouched.has(number)) problems.push(`${number}:数据中有,台账中没有任何记录,是另外加入的`);
  return [...problems, ...rulingProblems(vouched, { requests, rulings })];
}

const OF_RULINGS = new Set(['ruled', 'ruling-corrected', 'ruling-withdrawn']);

/** A ruling stands for the last word of the 编办 in the log of its request, and for each such word there is one. */
function rulingProblems(vouched: ReadonlyMap<string, Vouched>, { requests, rulings }: Kept): string[] {
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
