/** The values of buttons: what each kind is, and that every button of ours has one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isOfKind, VALUE_KIND_NAMES, type ValueKind } from '../../src/nlu/actions.js';
import { loadIntents } from '../../src/nlu/load.js';
import { FORGED } from '../helpers/forged.js';

const AT = '1772416800000';
const GOOD: Record<ValueKind, string[]> = {
  nothing: [''],
  instant: [
    AT,
    String(Date.parse('2000-01-01T00:00:00+08:00')),
    String(Date.parse('2099-12-31T23:59:59+08:00')),
  ],
  page: ['0', '7', '9999'],
  token: ['0', '1z141z3', 'a'],
  'page-of': ['1 1z141z3', '9999 0'],
  row: ['1a2b3c4d/duty/116', '1a2b3c4d/list-1/3-2', '1a2b3c4d/basic/(一) 3'],
  'token-and-row': ['1z141z3 duty/116'],
  edition: ['1a2b3c4d'],
  'two-editions': ['1a2b3c4d 5e6f7a8b'],
  'kept-file': ['0123456789abcdef'],
  request: ['QS-2026-000123', 'QS-2026-000123 A2'],
  'request-token': ['QS-2026-000001 1z141z3'],
  'request-list': ['todo', 'all 1', 'mine 2 积水 人民路', 'overdue 9999 🏠'],
  statistics: ['261101-261201 county', '261101-261201 1z141z3 路灯'],
  'statistics-list': ['261101-261201 county c-late 0', '261101-261201 1z141z3 a-d:1z141z3 12 路灯'],
  span: ['261001-270101'],
  evaluation: ['PJ-2026-000001'],
  'evaluation-part': ['PJ-2026-000001 1z141z3', 'PJ-2026-000001 s1'],
  account: [
    'telegram:123456',
    'telegram:-1001234567890',
    'feishu:ou_7d8a6e6df7621556ce0d21922b676706',
    'console:张三',
  ],
  'request-kind': ['call', 'consent'],
  reminder: ['TX-2026-000001'],
  occurrence: [`TX-2026-000001@${AT}/0`, `TX-2026-000001@${AT}/0e2`, `TX-2026-000001@${AT}/s0e2-1`],
  duty: ['flood-patrol'],
  accounts: ['feishu:ou_1', 'feishu:ou_1 feishu:ou_2 telegram:7'],
  'request-form': ['QS-2026-000123 answer', 'QS-2026-000123 A2 ask-extension'],
  words: ['', '已修好', '一\n二', 'x'.repeat(2_000)],
  'short-words': ['', '县水利局'],
  day: ['2026-11-27', '2028-02-29'],
  score: ['1', '5'],
  'yes-no': ['yes', 'no'],
  adoption: ['yes', 'partly', 'no'],
  urgency: ['normal', 'urgent'],
};
const BAD: Partial<Record<ValueKind, string[]>> = {
  instant: [
    ...['0', '1772416800000.5', ' 1772416800000', '0x19c', '１７７２４１６８０００００'],
    ...[Date.parse('1999-12-31T23:59:59+08:00'), Date.parse('2101-01-01T00:00:00+08:00')].map(String),
  ],
  page: ['10000', '01', '1.5', '-0', '1 ', '１'],
  'page-of': ['1', '1  a', '10000 a', '1 a b'],
  row: ['1a2b3c4d/duty', '1a2b3c4d//1', '../../x/1', '1a2b3c4d/duty/1\n2'],
  request: ['QS-2026-1', 'QS-1999-000123', 'QS-2026-000123 B2', 'QS-2026-000123 A2 A3', 'qs-2026-000123'],
  'request-list': [
    'none',
    'todo -1',
    'todo 10000',
    'todo 1e3',
    'todo 1 积\n水',
    '__proto__ 1',
    'constructor',
  ],
  statistics: ['261101 county', '261101-261201', '261101-261201 county 路灯坏了好'],
  'statistics-list': ['261101-261201 county late 0', '261101-261201 county c-late', 'x c-late 0'],
  evaluation: ['PJ-2026-1', 'QS-2026-000001'],
  'evaluation-part': ['PJ-2026-000001', 'PJ-2026-000001 S1'],
  account: ['wechat:1', 'telegram:', 'telegram:1 2', ':1', 'feishu:ou_1:2'],
  'request-kind': ['toString', 'hasOwnProperty', 'calls'],
  reminder: ['TX-2026-1', 'TX-2026-000001@1', 'QS-2026-000001'],
  occurrence: ['TX-2026-000001', `TX-2026-000001@${AT}`, `TX-2026-000001@9999999999999/0`, `digest@${AT}/0`],
  edition: ['current', '现行', '1A2B3C4D', '../x'],
  duty: ['../x', 'Flood'],
  accounts: ['', 'feishu:ou_1  feishu:ou_2', 'ou_1', Array(102).fill('feishu:ou_1').join(' ')],
  'request-form': ['QS-2026-000123', 'QS-2026-000123 A2', 'QS-2026-000123 A2 A3 answer', '1 answer'],
  words: ['x'.repeat(2_001), 'a\u0000b', '\u202e'],
  'short-words': ['一\n二', 'x'.repeat(61)],
  day: ['2026-11-31', '2026-1-1', '1999-12-31', '2026-11-27 +0800', '0000-00-00'],
  score: ['0', '6', '10', '1.5', ''],
  'yes-no': ['', 'maybe'],
};

describe.each(VALUE_KIND_NAMES)('a value of the kind %s', (kind) => {
  it('is what our buttons carry', () => {
    expect(GOOD[kind].filter((value) => !isOfKind(kind, value))).toEqual([]);
  });

  it('is nothing else', () => {
    const others = [...FORGED, ...(BAD[kind] ?? [])].filter((value) => !GOOD[kind].includes(value));
    // Which token or duty there is, the handler knows: any short plain word may be one.
    // and of words only what nobody can write is none.
    const isWords = kind === 'words' || kind === 'short-words';
    const mayBe = isWords ? /^\P{C}*$|^\s*$/u : kind === 'token' || kind === 'duty' ? /^[0-9a-z]+$/ : /^$/;
    expect(others.filter((value) => isOfKind(kind, value) && !mayBe.test(value))).toEqual([]);
  });
});

describe('every button of ours', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join('src', path), 'utf8'));
  /** `{ id: 'rem-at', label: …`, also over lines; the tables of ids that others are made from. */
  const written = sources.flatMap((text) => [
    ...[...text.matchAll(/\bid: '([a-z][a-z-]*)',\s*label\b/g)].map(([, id = '']) => id),
    ...[...text.matchAll(/(?:REMINDER|DUTY)_ACTIONS = \{([^}]*)\}/g)].flatMap(([, body = '']) =>
      [...body.matchAll(/'([a-z-]+)'/g)].map(([, id = '']) => id),
    ),
    ...[...text.matchAll(/\['[a-z-]+', '(req-[a-z-]+)'\]/g)].map(([, id = '']) => id),
  ]);
  const known = new Set(loadIntents('intents').flatMap(({ actions }) => Object.keys(actions)));

  it('is found in the sources', () => {
    for (const id of ['rem-at', 'rem-pick', 'rem-hour', 'duty-on', 'req-sign', 'draft-send', 'late-drop'])
      expect(written).toContain(id);
    expect(new Set(written).size).toBeGreaterThan(50);
  });

  it('is an action of an intent, and so has a kind', () => {
    expect([...new Set(written)].filter((id) => !known.has(id))).toEqual([]);
  });
});
