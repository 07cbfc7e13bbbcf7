/** A record (台账) that somebody writes anew, from the first line on, with chain and hashes that agree. */
import { canonicalJson } from '../../src/files/digest.js';
import { chainLine, parseLine, RECORD_START, type RecordHead } from '../../src/store/record.js';

/** `change`: what each entry becomes; `sign`: the mac by the hash of a line, where the record has one. */
export function forgeRecord(
  lines: readonly string[],
  change: (entry: Record<string, unknown>, i: number) => object,
  sign: (hash: string) => string | undefined = () => undefined,
): string[] {
  let head: RecordHead = RECORD_START;
  return lines.map((text, i) => {
    const {
      seq: _seq,
      prev: _prev,
      hash: _hash,
      mac: _mac,
      ...entry
    } = parseLine(text) as never as Record<string, unknown>;
    const line = chainLine(head, change(entry, i) as never);
    head = { seq: line.seq, hash: line.hash };
    const mac = sign(line.hash);
    return canonicalJson(mac === undefined ? line : { ...line, mac });
  });
}
