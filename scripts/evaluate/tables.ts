/** The report of `evaluate` as tables in colour. */
import { styleText } from 'node:util';
import type { Expected } from '../../src/core/domain.js';
import type { DatesReport } from './dates.js';
import type { ServicesReport } from './services.js';

type Recall = { n: number; r1: number; r3: number };
type Baseline = { r1: number; r3: number; hard: number };

/** What `--json` prints; all rates are shares from 0 to 1. */
export type Report = {
  lists: { rows: number; edition: string };
  retrieval: Recall & {
    mrr: number;
    hard: Recall;
    byKind: Record<string, Recall>;
    baselines: { bm25: Baseline; dense: Baseline };
  };
  decision: { answered: number; asked: number; abstained: number; right: number; reached: number };
  outside: {
    n: number;
    falseRate: number;
    offered: number;
    /** Answered by a service guide, which names no responsibility. */
    guided: number;
    byKind: Record<string, { n: number; falseRate: number; offered: number }>;
  };
  intents: { n: number; accuracy: number; confusions: { expected: string; got: string; text: string }[] };
  dates: DatesReport;
  services: ServicesReport;
  expected: Expected;
};

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`.padStart(8);
const line = (label: string, ...values: string[]) => console.log(label.padEnd(26), ...values);
const heading = (text: string) => console.log(`\n${styleText(['bold', 'cyan'], text)}`);

export function printTables(report: Report): void {
  const { lists, retrieval, decision, outside, intents, dates, services, expected } = report;
  console.log(`edition ${lists.edition}, ${lists.rows} rows`);
  heading('retrieval                        n      R@1      R@3');
  const recall = (label: string, r: Recall) =>
    line(label, String(r.n).padStart(6), percent(r.r1), percent(r.r3));
  recall('all', retrieval);
  recall('hard', retrieval.hard);
  for (const [kind, r] of Object.entries(retrieval.byKind)) recall(`  ${kind}`, r);
  for (const [name, b] of Object.entries(retrieval.baselines))
    line(
      `${name} alone`,
      '      ',
      percent(b.r1),
      percent(b.r3),
      styleText('dim', `hard R@1 ${percent(b.hard)}`),
    );
  line('MRR', '      ', retrieval.mrr.toFixed(4));
  heading('decision on questions of the lists');
  for (const [name, value] of Object.entries(decision)) line(name, percent(value));
  heading('messages outside the lists       n    false  offered');
  const stranger = (label: string, o: { n: number; falseRate: number; offered: number }) =>
    line(label, String(o.n).padStart(6), percent(o.falseRate), percent(o.offered));
  stranger('all', outside);
  for (const [kind, o] of Object.entries(outside.byKind)) stranger(`  ${kind}`, o);
  line('answered by a guide', '      ', percent(outside.guided));
  heading('services                         n      R@1  offered    wrong');
  line(
    'told by a guide',
    String(services.n).padStart(6),
    ...[services.r1, services.offered, services.wrong].map(percent),
  );
  line(
    'told by none',
    String(services.outside.n).padStart(6),
    styleText('dim', `answered ${percent(services.outside.falseRate).trim()}`),
  );
  for (const { q, got } of services.misses) console.log(styleText('dim', `  ${q}: ${got}`));
  heading(`intents: ${percent(intents.accuracy).trim()} of ${intents.n}`);
  for (const c of intents.confusions)
    console.log(styleText('dim', `  ${c.expected} read as ${c.got}: ${c.text}`));
  printDates(dates);
  heading('foretold by the calibration of this edition');
  for (const [name, value] of Object.entries(expected)) line(name, percent(value));
}

export function printDates({
  total,
  accuracy,
  silentWrongYear,
  silentPast,
  silentGuess,
  msPerText,
  wrong,
}: DatesReport): void {
  heading(`times: ${percent(accuracy).trim()} of ${total}`);
  line('silently in a wrong year', String(silentWrongYear).padStart(6));
  line('silently in the past', String(silentPast).padStart(6));
  line('set where to be asked', String(silentGuess).padStart(6));
  line('ms per text', String(msPerText).padStart(6));
  for (const { text, expect, recurrence, got } of wrong)
    console.log(
      styleText(
        'dim',
        `  ${text}: ${JSON.stringify(expect)} ${JSON.stringify(recurrence)}, read as ${JSON.stringify(got)}`,
      ),
    );
}
