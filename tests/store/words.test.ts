/** Tampering: any single change to what is kept of the requests is found; a rewritten record is found by its seals. */
import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/files/digest.js';
import { requestNumber, type Request } from '../../src/core/request.js';
import { checkOf, evidenceDocument } from '../../src/requests/evidence.js';
import { readKept } from '../../src/store/lowdb/read-state.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { listRecordFiles } from '../../src/store/lowdb/record-file.js';
import { verifyRecordFolder } from '../../src/store/verify.js';
import { createVouchers, wordProblems, type Kept } from '../../src/store/words.js';
import { createTimers } from '../../src/timers/index.js';
import { changesOfEvaluation, makeEvaluation } from '../helpers/evaluations.js';
import { makeFolder } from '../helpers/folder.js';
import { forgeRecord } from '../helpers/forged-record.js';
import { changed, leaves } from '../helpers/leaves.js';
import { changesOf, WORLD } from '../helpers/request-world.js';
import {
  act,
  actOf,
  DAY,
  file,
  LIST_OFFICE,
  MONDAY,
  POLICIES,
  TOWNSHIP,
  WATER,
} from '../helpers/requests.js';

const COUNT = 100;
const numberOf = (n: number) => requestNumber(2026, n);

let dir: string;
let kept: Kept;
let vouched: ReturnType<typeof createVouchers>['vouched'];
beforeAll(async () => {
  dir = makeFolder();
  const store = await openLowdbStore(dir);
  for (let n = 1; n <= COUNT; n++) {
    const steps: Request[] = [file('call', { text: `第${n}处河堤渗水` }, MONDAY, TOWNSHIP, numberOf(n))];
    const last = () => ({ ...(steps.at(-1) as Request), version: steps.length });
    steps.push(act(last(), { kind: 'sign' }, WATER));
    if (n % 3 === 0) {
      steps.push(act(last(), actOf('ask-ruling'), WATER));
      steps.push(act(last(), actOf('note'), TOWNSHIP));
    }
    if (n % 3 === 1) steps.push(act(last(), actOf('answer'), WATER));
    if (n % 6 === 1) steps.push(act(last(), actOf('rate'), TOWNSHIP));
    for (const [i, after] of steps.entries()) {
      const before = i === 0 ? null : { ...(steps[i - 1] as Request), version: i };
      await store.commit(changesOf(before, after));
    }
    if (n % 3 === 0) {
      const open = (await store.getRequest(numberOf(n))) as Request;
      await store.commit(changesOf(open, act(open, actOf('rule'), LIST_OFFICE)));
    }
  }
  const opened = { ...makeEvaluation(), sheets: [], appeals: [] };
  await store.commit(changesOfEvaluation(null, opened, 'open'));
  const before = { ...opened, version: 1 };
  await store.commit(changesOfEvaluation(before, { ...makeEvaluation(), version: 1 }, 'decide'));
  await store.close();
  kept = await readKept(dir);
  const vouchers = createVouchers();
  for (const name of listRecordFiles(join(dir, 'record')))
    for (const text of readFileSync(name, 'utf8').trimEnd().split('\n')) vouchers.take({ place: '', text });
  vouched = vouchers.vouched;
});

describe('what is kept of the requests', () => {
  it('is what the record vouches for', async () => {
    expect(kept.requests.size).toBe(COUNT);
    expect(wordProblems(vouched, kept, Infinity)).toEqual([]);
    expect(await verifyRecordFolder(dir)).toMatchObject({ verdict: { isSound: true }, words: [] });
  });

  it('changed anywhere, added, taken out or put back is found, each of 200 single changes', () => {
    let n = 0;
    const missed: string[] = [];
    for (const [number, request] of kept.requests) {
      const paths = leaves(request);
      for (const path of [paths[(n * 7) % paths.length], paths[(n * 13 + 5) % paths.length]]) {
        n++;
        if (path === undefined || path[0] === 'number') continue;
        const requests = new Map(kept.requests).set(number, changed(request, path));
        if (wordProblems(vouched, { ...kept, requests }, Infinity).length === 0)
          missed.push(`${number} ${path.join('.')}`);
      }
    }
    expect(missed).toEqual([]);
    expect(n).toBe(200);
    const first = kept.requests.get(numberOf(1)) as Request;
    const without = new Map(kept.requests);
    without.delete(first.number);
    expect(wordProblems(vouched, { ...kept, requests: without }, Infinity)).toEqual([
      `${first.number}:台账中有,数据中没有,整件被删去`,
    ]);
    const more = new Map(kept.requests).set('QS-2026-000999', { ...first, number: 'QS-2026-000999' });
    expect(wordProblems(vouched, { ...kept, requests: more }, Infinity).join()).toContain('另外加入');
    const older = { ...first, events: first.events.slice(0, -1) };
    expect(
      wordProblems(vouched, { ...kept, requests: new Map(kept.requests).set(first.number, older) }, Infinity),
    ).toHaveLength(1);
  });

  it('names the line whose words were changed, and a ruling that says otherwise', () => {
    const request = kept.requests.get(numberOf(1)) as Request;
    const events = request.events.map((e) => (e.kind === 'answered' ? { ...e, text: '没有处置' } : e));
    const requests = new Map(kept.requests).set(request.number, { ...request, events });
    expect(wordProblems(vouched, { ...kept, requests }, Infinity)).toEqual([
      `${request.number}:办理经过第3条(answered)与台账不符,内容被改动过`,
    ]);
    const [ruling, ...rest] = kept.rulings;
    if (!ruling) throw new Error('no ruling');
    const rulings = [{ ...ruling, lead: '县水利局' }, ...rest];
    expect(wordProblems(vouched, { ...kept, rulings }, Infinity)).toEqual([
      `${ruling.request}:裁定与办理经过不符,内容被改动过`,
    ]);
  });

  it('changed in any score, confirmation, appeal or dimension of an evaluation is found', () => {
    const [evaluation] = kept.evaluations;
    if (!evaluation) throw new Error('no evaluation');
    const paths = leaves(evaluation).filter((path) => path[0] !== 'id');
    const missed = paths.filter((path) => {
      const evaluations = [changed(evaluation, path)];
      return !wordProblems(vouched, { ...kept, evaluations }, Infinity)
        .join()
        .includes(evaluation.id);
    });
    expect(missed).toEqual([]);
    expect(paths.length).toBeGreaterThan(40);
    expect(wordProblems(vouched, { ...kept, evaluations: [] }, Infinity)).toEqual([
      '评价期 PJ-2026-000001:台账中有,数据中没有,整件被删去',
    ]);
    const more = [evaluation, { ...evaluation, id: 'PJ-2026-000002' }];
    expect(wordProblems(vouched, { ...kept, evaluations: more }, Infinity).join()).toContain('另外加入');
    const older = [{ ...evaluation, version: 1, sheets: [], appeals: [] }];
    expect(wordProblems(vouched, { ...kept, evaluations: older }, Infinity)).toHaveLength(1);
  });

  it('is held against the record before it is printed', async () => {
    const store = await openLowdbStore(dir);
    const request = (await store.getRequest(numberOf(1))) as Request;
    const record = await store.listRecord(request.number);
    await store.close();
    const said = (it: Request) => evidenceDocument(it, checkOf(it, record), MONDAY, POLICIES.call);
    expect(said(request)).toMatch(/评价、办理单和办理经过 5 条与台账一致/);
    expect(said(request)).not.toContain('改动');
    const events = request.events.map((e, i) => (i === 1 ? { ...e, at: e.at + 1 } : e));
    expect(said({ ...request, events })).toContain('办理经过第2条(signed)与台账不符');
    const certified = leaves(request)
      .map((path) => ({ path: path.join('.'), text: said(changed(request, path)) }))
      .filter(({ text }) => text.includes('与台账一致') || !/^.+\n\n\*\*核对:.+不作凭据。\*\*\n/.test(text));
    expect(certified).toEqual([]);
  });
});

describe('a seal', () => {
  it('is sent each day to those who keep it, and a record that was rewritten whole does not go through it', async () => {
    const store = await openLowdbStore(dir);
    const head = await store.getRecordHead();
    const { policies, calendar, directory, platforms } = WORLD;
    const deps = { policies, calendar, platforms, knowledge: () => ({ directory }) } as never;
    const timer = createTimers(deps)['seal'];
    const effects = await timer?.({ now: MONDAY, read: store } as never);
    await store.close();
    const texts = effects?.flatMap((e) =>
      e.kind === 'send' && 'text' in e.reply ? [`${e.to.chatId} ${e.reply.text}`] : [],
    );
    expect(texts?.map((text) => text.split(' ')[0])).toEqual(['编甲', '督甲']);
    expect(texts?.[0]).toContain(`到第${head?.seq}号,校验值 ${head?.hash}`);
    expect(effects?.at(-1)).toMatchObject({
      kind: 'schedule',
      timer: { key: 'seal', runAt: MONDAY + 9 * 3_600_000 + 300_000 },
    });
    const seen = async () => {
      const lines = new Map<number, string>();
      await verifyRecordFolder(dir, Infinity, { onLine: (seq, hash) => void lines.set(seq, hash) });
      return lines.get(head?.seq ?? 0);
    };
    expect(await seen()).toBe(head?.hash);

    // Somebody writes chain and words anew, from the first line on.
    const [name = ''] = listRecordFiles(join(dir, 'record'));
    const forged = forgeRecord(readFileSync(name, 'utf8').trimEnd().split('\n'), (entry, i) => ({
      ...entry,
      at: i === 0 ? MONDAY - DAY : entry['at'],
    }));
    writeFileSync(name, `${forged.join('\n')}\n`);
    expect(await seen()).not.toBe(head?.hash);
    expect(digestOf({ b: 1, a: 2 })).toBe(digestOf({ a: 2, b: 1 }));
  });
});
