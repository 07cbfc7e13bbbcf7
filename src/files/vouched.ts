/** Whether a request or an evaluation is what the record (台账) vouches for: words, place, ratings, scores, files. Pure. */
import { KEPT, oldVouchedOf, SAID, STATE, type Request } from '../core/request.js';
import type { RecordLine } from '../core/store.js';
import { digestOf } from './digest.js';

export type Vouched = {
  said: { hash: string; event: string }[];
  states: { hash: string; at: number }[];
  hasOld: boolean;
};

/** What the lines of one request say of it; those of other kinds say nothing. */
export function vouchedBy(lines: Iterable<Pick<RecordLine, 'kind' | 'at' | 'data'>>): Vouched {
  const known: Vouched = { said: [], states: [], hasOld: false };
  for (const line of lines) if (line.kind === 'transition') takeVoucher(known, line);
  return known;
}

/** One more line of the request. Lines of the time before hashes were kept vouch for nothing. */
export function takeVoucher(known: Vouched, { at, data }: Pick<RecordLine, 'at' | 'data'>): void {
  const said = data[SAID];
  const state = data[STATE];
  if (typeof said !== 'string') known.hasOld ||= data['event'] !== KEPT;
  else known.said.push({ hash: said, event: String(data['event']) });
  if (typeof state === 'string') known.states.push({ hash: state, at });
}

/**
 * Which part is not what the record vouches for, in Chinese; null where all of it is, or where the record vouches for none.
 * `since`: lines from then on may speak of changes that `request` does not have yet, ms.
 */
export function changedPart(
  request: Request,
  { said, states, hasOld }: Vouched,
  since = Infinity,
): string | null {
  if (isVouched([digestOf(request), digestOf(oldVouchedOf(request))], states, since)) return null;
  const changed = hasOld ? -1 : request.events.findIndex((event, i) => said[i]?.hash !== digestOf(event));
  return changed === -1
    ? '正文、地点、依据、评价、办理单或送达对象'
    : `办理经过第${changed + 1}条(${said[changed]?.event ?? '台账中没有这一条'})`;
}

/** One of the hashes is what the record says last of it, or nothing is said. `since` as of `changedPart`. */
export function isVouched(hashes: readonly string[], states: Vouched['states'], since = Infinity): boolean {
  const at = states.findLastIndex((state) => hashes.includes(state.hash));
  return states.length === 0 || (at !== -1 && states.slice(at + 1).every((s) => s.at >= since));
}
