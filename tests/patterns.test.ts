/** One stranger's text must not stop the process: every pattern that is built from strings, as the program builds it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSync } from 'recheck';
import { analyse } from 'scslre';
import ts from 'typescript';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { repeatedGroups } from './helpers/ambiguity.js';

/** Modules whose patterns must be linear in every way; eslint checks those that are written as literals. */
const BUILDERS = [
  () => import('../src/nlu/dates/parse.js'),
  () => import('../src/nlu/slots.js'),
  () => import('../src/lists/structured-parse.js'),
  () => import('../src/nlu/match.js'),
  () => import('../src/requests/numbers.js'),
  () => import('../src/files/pdf/text.js'),
  () => import('../src/adapters/feishu/parse.js'),
  () => import('../src/adapters/telegram/api.js'),
];

const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);
/** All that build patterns from strings, whoever reads by them: none may take twice as long for each further character. */
const ALL_BUILDERS = SOURCES.filter(
  (file) => !/(?:^main|thread)\.ts$/.test(file) && /RegExp\(/.test(readFileSync(join('src', file), 'utf8')),
);

let built: RegExp[] = [];
let everywhere: RegExp[] = [];

beforeAll(async () => {
  // Loaded anew: patterns are built when a module is, which another file of this worker may have done.
  vi.resetModules();
  const found = new Map<string, RegExp>();
  const Native = RegExp;
  globalThis.RegExp = new Proxy(Native, {
    construct(target, args: [string, string], newTarget: typeof RegExp) {
      const pattern = Reflect.construct(target, args, newTarget) as RegExp;
      // The frame that called: a library's own patterns are not ours to mend, it gets short texts (nlu/dates/chrono.ts).
      const [, , caller = ''] = (new Error().stack ?? '').split('\n');
      const isOurs = caller.includes('/src/') && !caller.includes('node_modules');
      if (typeof args[0] === 'string' && isOurs) found.set(String(pattern), pattern);
      return pattern;
    },
  });
  try {
    for (const load of BUILDERS) await load();
    const { loadIntents } = await import('../src/nlu/load.js');
    loadIntents('intents');
    const { loadEmergencies } = await import('../src/nlu/emergencies.js');
    loadEmergencies('knowledge/emergencies.yaml');
    const { parseTime } = await import('../src/nlu/dates/parse.js');
    const { loadCalendar } = await import('../src/calendar/calendar.js');
    const calendar = loadCalendar('knowledge/calendar');
    // Some are built while a text is read.
    for (const text of [
      '周五(周五)下午3点',
      '每月5号、6号遇节假日顺延',
      '每年6月底和12月底',
      '每周一三五早上8点',
    ])
      parseTime(text, { now: Date.parse('2026-11-26T09:00:00+08:00'), calendar });
    built = [...found.values()];
    for (const file of ALL_BUILDERS)
      await import(/* @vite-ignore */ `../src/${file.replace(/\.ts$/, '.js')}`);
    everywhere = [...found.values()];
  } finally {
    globalThis.RegExp = Native;
  }
});

/** No way for a part of a text to be matched in two ways, nor a search that begins again within a run. */
const superLinear = (pattern: RegExp): string[] =>
  analyse({ source: pattern.source, flags: pattern.flags })
    .reports.filter(({ type }) => type !== 'Move' || !pattern.sticky)
    .map(({ type }) => type);

describe('patterns built from strings', () => {
  it('are found', () => {
    expect(built.length).toBeGreaterThan(140);
    expect(built.filter(({ source }) => source.includes('倒数第'))).not.toEqual([]);
    expect(built.filter(({ source }) => source.includes('执法调度'))).not.toEqual([]);
  });

  it('are linear', () => {
    const wrong = built
      .map((it) => [String(it), superLinear(it)] as const)
      .filter(([, found]) => found.length);
    expect(wrong).toEqual([]);
  });

  it('would be found out', () => {
    expect(superLinear(/每月(?:\d+[、和]{0,2})*年/y)).not.toEqual([]);
    expect(checkSync('^农历(?:初?[一二三]{1,3})*年', 'y').status).toBe('vulnerable');
  });

  // The second analyser attacks a pattern and finds what the first one does not look for; it takes its time, so only those
  // that repeat a group or repeat without bound are given to it. What it has not decided after 2 s it does not decide after 10 s.
  it('withstand attacks', { timeout: 300_000 }, () => {
    const repeating = built.filter(({ source }) => /[*+]|\)\{/.test(source));
    expect(repeating.length).toBeGreaterThan(10);
    const wrong = repeating
      .map(({ source, flags }) => checkSync(source, flags, { timeout: 2000 }))
      .filter(({ status }) => status === 'vulnerable')
      .map(({ source }) => source);
    expect(wrong).toEqual([]);
  });
});

/** Those that stand in the source of `file` as literals. */
function literalsOf(file: string): RegExp[] {
  const found: RegExp[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push(new RegExp(node.text.slice(1, end), node.text.slice(end + 1)));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join('src', file), 'utf8'), ts.ScriptTarget.Latest));
  return found;
}

describe('patterns of any module', () => {
  const ambiguous = (all: readonly RegExp[]): unknown[] =>
    all.flatMap((it) => repeatedGroups(it).filter(({ shows }) => shows !== null));

  it('repeat no group of words that makes a text in two ways', { timeout: 120_000 }, () => {
    const all = [...everywhere, ...SOURCES.flatMap(literalsOf)];
    expect(all.length).toBeGreaterThan(2000);
    expect(ambiguous(all)).toEqual([]);
    // What is repeated in wide classes or over and over is attacked by itself.
    const wide = all.flatMap((it) => repeatedGroups(it).filter(({ isFinite }) => !isFinite));
    const wrong = [...new Set(wide.map(({ group }) => group))].filter((group) => {
      const found = checkSync(`^${group}$`, '', { timeout: 5000 });
      return found.status === 'vulnerable' && found.complexity.type === 'exponential';
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    [/^(?:刚刚?|又|刚)*说/, '刚'],
    [/^(?:应该?|该)*由谁/, '该'],
    [/^(?:一下|事|一?下?件|件)*$/, '件'],
    [/^(?:ab|abb|bc)*$/, null],
    [/^(?:那个?|那(?!个)|人)*$/, '那'],
    [/^(?:a|ab|bc|c)*$/, 'c'],
  ])('would be found out: %s', (pattern, shows) => {
    expect(repeatedGroups(pattern).map((it) => it.shows)).toEqual([shows]);
  });
});
