/** A store of many cases, one random change at a time: state, archive, record, attachments, rulings. verify-log finds each. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDice, type Dice } from '../../scripts/shared/random.js';
import { evaluationId } from '../../src/core/evaluation.js';
import { requestNumber, type Request } from '../../src/core/request.js';
import type { Change } from '../../src/core/store.js';
import { canonicalJson, sha256 } from '../../src/files/digest.js';
import { createKeptFiles } from '../../src/files/kept.js';
import { encodeLine } from '../../src/store/lowdb/lines.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { readKept } from '../../src/store/lowdb/read-state.js';
import { listRecordFiles } from '../../src/store/lowdb/record-file.js';
import { chainLine, macOf, parseLine } from '../../src/store/record.js';
import { verifyRecordFolder } from '../../src/store/verify.js';
import { createVouchers, wordProblems, type Kept } from '../../src/store/words.js';
import { createRandom } from '../../src/text/random.js';
import { recordOf } from '../helpers/changes.js';
import { changesOfEvaluation, makeEvaluation } from '../helpers/evaluations.js';
import { makeFolder } from '../helpers/folder.js';
import { forgeRecord } from '../helpers/forged-record.js';
import { changed, leaves } from '../helpers/leaves.js';
import { changesOf } from '../helpers/request-world.js';
import { act, actOf, DAY, file, LIST_OFFICE, MONDAY, TOWNSHIP, WATER } from '../helpers/requests.js';

/** `TAMPER_CASES=2000 TAMPER_CHANGES=200 npx vitest run tests/store/tamper.test.ts` */
const CASES = Number(process.env.TAMPER_CASES ?? 120);
const CHANGES = Number(process.env.TAMPER_CHANGES ?? 25);
const SEED = Number(process.env.TAMPER_SEED ?? 20261130);
const KEY = '0123456789abcdef0123456789abcdef';
const AT_ONCE = 100;
/** A large store is read whole several times, maybe beside much else. */
const BUSY_MS = 30_000 + CASES * 50;
const EVALUATIONS = 4;

const numberOf = (n: number) => requestNumber(2026, n);
const photo = (n: number) => ({
  platform: 'console' as const,
  kind: 'photo' as const,
  id: `p${n}`,
  name: `现场${n}.jpg`,
  sha256: sha256(bytesOf(n)),
});
const bytesOf = (n: number) => Buffer.from(`picture ${n}`);

/** One case as all its changes; a third of them has ended. */
function lifeOf(n: number): Change[] {
  const changes: Change[] = [];
  let now = file(
    'call',
    { text: `第${n}处河堤渗水`, attachments: [photo(n)] },
    MONDAY,
    TOWNSHIP,
    numberOf(n),
  );
  changes.push(...changesOf(null, now));
  const stored = (request: Request, version: number): Request => {
    const kept = changes.findLast((it) => it.kind === 'request' && it.request.number === request.number);
    return { ...request, ...(kept?.kind === 'request' && { held: kept.request.held ?? {} }), version };
  };
  let version = 1;
  const step = (move: Parameters<typeof act>[1], actor: Parameters<typeof act>[2]) => {
    const before = stored(now, version++);
    now = act(before, move, actor);
    changes.push(...changesOf(before, now));
  };
  step({ kind: 'sign' }, WATER);
  if (n % 3 === 0) {
    step(actOf('ask-ruling'), WATER);
    step(actOf('rule'), LIST_OFFICE);
  } else step({ ...actOf('note'), attachments: [photo(n + 10_000)] } as never, TOWNSHIP);
  if (n % 3 === 1) {
    step(actOf('answer'), WATER);
    step(actOf('rate'), TOWNSHIP);
  }
  return changes;
}

let dir: string;
let kept: Kept;
let vouched: ReturnType<typeof createVouchers>['vouched'];
let files: string;
let archive: string;
let record: string;

beforeAll(async () => {
  const data = makeFolder();
  dir = join(data, 'store');
  files = join(data, 'attachments');
  const keeping = createKeptFiles(files, { maxAgeMs: DAY, now: () => MONDAY });
  for (let n = 1; n <= CASES; n++) await keeping.keep(`p${n}`, bytesOf(n));
  const store = await openLowdbStore(dir, undefined, { recordKey: KEY });
  for (let n = 1; n <= CASES; n += AT_ONCE)
    await store.commit(
      Array.from({ length: Math.min(AT_ONCE, CASES - n + 1) }, (_, i) => lifeOf(n + i)).flat(),
    );
  for (let n = 1; n <= EVALUATIONS; n++)
    await store.commit(changesOfEvaluation(null, makeEvaluation(evaluationId(2026, n)), 'open'));
  // Months later what has ended goes to the archive.
  await store.commit([recordOf('later', { at: MONDAY + 120 * DAY })]);
  await store.close();
  kept = await readKept(dir);
  archive = join(dir, 'archive', 'requests-2026.ndjson');
  record = listRecordFiles(join(dir, 'record'))[0] ?? '';
  const vouchers = createVouchers();
  for (const text of readFileSync(record, 'utf8').trimEnd().split('\n')) vouchers.take({ place: '', text });
  vouched = vouchers.vouched;
}, 120_000);

type Entry = [string, string, object];
type Change1 = { what: string; isFound: () => Promise<boolean> };

const isFoundInWords = (requests: Kept['requests'], rulings = kept.rulings): boolean =>
  wordProblems(vouched, { ...kept, requests, rulings }, Infinity).length > 0;

const isFoundInFolder = async (): Promise<boolean> => {
  const { verdict, words, keyed } = await verifyRecordFolder(dir, Infinity, { key: KEY, files });
  return !verdict.isSound || words.length > 0 || keyed?.problem !== null;
};

/** Another picture lies where the one that was sent did. */
function inFile(dice: Dice): Change1 {
  const path = join(files, `p${1 + dice.int(CASES)}`);
  return {
    what: path,
    async isFound() {
      const before = readFileSync(path);
      try {
        writeFileSync(path, 'another picture');
        return await isFoundInFolder();
      } finally {
        writeFileSync(path, before);
      }
    },
  };
}

/** Whoever changes the state on the disk with the checksums that belong to it: the file itself is sound. */
function inState(table: string, dice: Dice, isMeant: (path: (string | number)[]) => boolean = () => true) {
  const drawn = { line: dice.int(1_000_000), path: dice.int(1_000_000), isTaken: dice.chance(0.1) };
  const change = (lines: string[]): string[] => {
    const texts = lines.map((line) => line.slice(9));
    const entries = texts.flatMap((text, at) =>
      text.startsWith(`[${JSON.stringify(table)},`) ? [{ at, entry: JSON.parse(text) as Entry }] : [],
    );
    const { at, entry } = entries[drawn.line % entries.length] ?? { at: -1, entry: ['', '', {}] as Entry };
    const paths = leaves(entry[2]).filter(
      (path) => isMeant(path) && !['number', 'id'].includes(String(path[0])),
    );
    const other = JSON.stringify([
      entry[0],
      entry[1],
      changed(entry[2], paths[drawn.path % paths.length] ?? []),
    ]);
    const count = texts.length - 2;
    const left = drawn.isTaken
      ? [...texts.filter((_, i) => i !== at && i !== texts.length - 1), JSON.stringify({ end: count - 1 })]
      : texts.map((text, i) => (i === at ? other : text));
    let seed = 0;
    return left.map((text) => {
      seed = crc32(text, seed);
      return `${seed.toString(16).padStart(8, '0')} ${text}`;
    });
  };
  return {
    what: `state.json ${table} ${JSON.stringify(drawn)}`,
    isFound: () => withFile(join(dir, 'state.json'), change),
  };
}

/** The file as it is, once `use` has looked at it changed. */
async function withFile(path: string, change: (lines: string[]) => string[]): Promise<boolean> {
  const before = readFileSync(path, 'utf8');
  try {
    writeFileSync(path, `${change(before.trimEnd().split('\n')).join('\n')}\n`);
    return await isFoundInFolder();
  } finally {
    writeFileSync(path, before);
  }
}

function inRequest(dice: Dice, isMeant: (path: (string | number)[]) => boolean): Change1 {
  const request = kept.requests.get(numberOf(1 + dice.int(CASES))) as Request;
  const path = dice.pick(leaves(request).filter(isMeant));
  return {
    what: `${request.number} ${path.join('.')}`,
    isFound: () =>
      Promise.resolve(isFoundInWords(new Map(kept.requests).set(request.number, changed(request, path)))),
  };
}

function oneChange(dice: Dice): Change1 {
  const roll = dice.int(10);
  if (roll === 9) return inFile(dice);
  if (roll === 6) return inState('requests', dice);
  if (roll === 7) return inState('requests', dice, (path) => path.includes('attachments'));
  if (roll === 8) return inState(dice.pick(['evaluations', 'evaluations', 'rulings']), dice);
  if (roll === 0) return inRequest(dice, () => true);
  if (roll === 1) return inRequest(dice, (path) => path.includes('attachments'));
  if (roll === 2) {
    const i = dice.int(kept.rulings.length);
    const path = dice.pick(leaves(kept.rulings[i]));
    const rulings = kept.rulings.map((it, j) => (j === i ? changed(it, path) : it));
    const taken = kept.rulings.filter((_, j) => j !== i);
    const isTaken = dice.chance(0.3);
    return {
      what: `ruling ${i} ${isTaken ? 'taken out' : path.join('.')}`,
      isFound: () => Promise.resolve(isFoundInWords(kept.requests, isTaken ? taken : rulings)),
    };
  }
  if (roll === 3) {
    const drawn = { line: dice.int(1_000_000), path: dice.int(1_000_000), isTaken: dice.chance(0.2) };
    return {
      what: `archive ${JSON.stringify(drawn)}`,
      isFound: () =>
        withFile(archive, (lines) => {
          const at = drawn.line % lines.length;
          const [, number = '', version = '', json = '{}'] =
            /^[0-9a-f]{8} (\S+) (\d+) (.*)$/.exec(lines[at] ?? '') ?? [];
          const request = JSON.parse(json) as Request;
          const paths = leaves(request);
          const other = changed(request, paths[drawn.path % paths.length] ?? []);
          // With the checksum of the changed line: the file itself is sound.
          const line = encodeLine(`${number} ${version} ${JSON.stringify(other)}`).trimEnd();
          return drawn.isTaken
            ? lines.filter((_, i) => i !== at)
            : lines.map((it, i) => (i === at ? line : it));
        }),
    };
  }
  const how = dice.pick(['byte', 'taken', 'twice', 'swapped', 'hashed'] as const);
  const line = dice.int(1_000_000);
  const place = dice.int(1_000_000);
  return {
    what: `record ${how} ${line} ${place}`,
    isFound: () => withFile(record, (lines) => spoilt(lines, how, line % (lines.length - 1), place)),
  };
}

function spoilt(lines: string[], how: string, at: number, place: number): string[] {
  const text = lines[at] ?? '';
  const byte = place % text.length;
  switch (how) {
    case 'taken':
      return lines.filter((_, i) => i !== at);
    case 'twice':
      return lines.flatMap((it, i) => (i === at ? [it, it] : [it]));
    case 'swapped':
      return lines.map((it, i) => (i === at ? (lines[at + 1] ?? '') : i === at + 1 ? text : it));
    case 'hashed': {
      // With the hash that belongs to the changed line.
      const {
        seq: _seq,
        prev,
        hash: _hash,
        mac: _mac,
        ...entry
      } = parseLine(text) as never as Record<string, unknown>;
      const line = chainLine({ seq: at, hash: String(prev) }, {
        ...entry,
        at: Number(entry['at']) + 1,
      } as never);
      return lines.map((it, i) => (i === at ? canonicalJson(line) : it));
    }
    default:
      return lines.map((it, i) =>
        i === at ? `${text.slice(0, byte)}${text[byte] === '0' ? '1' : '0'}${text.slice(byte + 1)}` : it,
      );
  }
}

describe(`a store of ${CASES} cases`, () => {
  it('is sound, with live and archived ones', async () => {
    expect(kept.requests.size).toBe(CASES);
    expect(kept.evaluations).toHaveLength(EVALUATIONS);
    expect(readFileSync(archive, 'utf8').trimEnd().split('\n').length).toBeGreaterThan(CASES / 4);
    expect(await isFoundInFolder()).toBe(false);
    expect(isFoundInWords(kept.requests)).toBe(false);
  });

  it(
    `shows each of ${CHANGES} random single changes`,
    async () => {
      const dice = createDice(createRandom(SEED));
      const missed: string[] = [];
      for (let i = 0; i < CHANGES; i++) {
        const { what, isFound } = oneChange(dice);
        if (!(await isFound())) missed.push(what);
      }
      expect(missed).toEqual([]);
    },
    60_000 + CHANGES * (2_000 + CASES),
  );
});

/** What each attack gives; `scripts/README.md` says the same. */
describe('whoever writes chain and head anew', () => {
  const forge = (lines: string[], sign: (hash: string) => string | undefined) =>
    forgeRecord(lines, (entry, i) => ({ ...entry, at: Number(entry['at']) - (i === 0 ? DAY : 0) }), sign);
  const keyedOf = async (change: (lines: string[]) => string[], key: string | null = KEY) => {
    const before = readFileSync(record, 'utf8');
    try {
      writeFileSync(record, `${change(before.trimEnd().split('\n')).join('\n')}\n`);
      return (await verifyRecordFolder(dir, Infinity, { key })).keyed;
    } finally {
      writeFileSync(record, before);
    }
  };

  it('is found by the key: without it no line can be signed', { timeout: BUSY_MS }, async () => {
    expect(await keyedOf((lines) => lines)).toEqual({ keyedFrom: 1, problem: null });
    expect((await keyedOf((lines) => forge(lines, () => undefined)))?.problem).toContain(
      '没有一行有密钥校验值',
    );
    expect(
      (await keyedOf((lines) => forge(lines, (hash) => macOf('f'.repeat(32), hash))))?.problem,
    ).toContain('第1号');
    const half = (lines: string[]) => [...lines.slice(0, 50), ...forge(lines, () => undefined).slice(50)];
    expect((await keyedOf(half))?.problem).toContain('第51号记录没有密钥校验值');
  });

  it('with the key in hand is not found by it: the seals are for that', { timeout: BUSY_MS }, async () => {
    expect(await keyedOf((lines) => forge(lines, (hash) => macOf(KEY, hash)))).toEqual({
      keyedFrom: 1,
      problem: null,
    });
  });

  it('is not looked for without the key, and another key says so', { timeout: BUSY_MS }, async () => {
    expect(await keyedOf((lines) => lines, null)).toBeNull();
    expect((await keyedOf((lines) => lines, 'e'.repeat(32)))?.problem).toContain('RECORD_KEY 不是当时的密钥');
  });
});
