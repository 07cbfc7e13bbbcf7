/** Lists, rows and an encoder for tests: small, with values where a test does not care. */
import { Embeddings } from '@langchain/core/embeddings';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import type { List, Row } from '../../src/core/domain.js';
import type { Encoder } from '../../src/text/encoder.js';

export const LISTS_DIR = 'knowledge/lists';

export function makeList(overrides: Partial<List> = {}): List {
  return {
    id: 'a',
    title: '甲清单',
    kind: 'territorial',
    issuer: '编委',
    documentNumber: '青编发〔2026〕1号',
    editionLabel: '2026年版',
    effective: '2026-01-01',
    scope: { county: '青山县' },
    ...overrides,
  };
}

export function makeRow(overrides: Partial<Row> = {}): Row {
  return {
    listId: 'a',
    number: '1',
    domain: '城管',
    matter: '占道经营整治',
    lead: [{ unit: '县综合行政执法局', duty: '查处占道经营' }],
    support: [{ unit: '乡镇(街道)', duty: '劝导摊贩' }],
    basis: ['《甲》'],
    askedAs: [],
    line: 2,
    ...overrides,
  };
}

/** Unit vectors of character counts; keeps every text that it was asked for. */
export function createFakeEncoder(modelHash = 'fake', dimensions = 16): Encoder & { texts: string[] } {
  const texts: string[] = [];
  const embed = (text: string): number[] => {
    texts.push(text);
    const counts = new Array<number>(dimensions).fill(0);
    for (const c of text) {
      const at = (c.codePointAt(0) ?? 0) % dimensions;
      counts[at] = (counts[at] ?? 0) + 1;
    }
    const norm = Math.hypot(...counts) || 1;
    return counts.map((n) => n / norm);
  };
  class FakeEncoder extends Embeddings {
    readonly modelHash = modelHash;
    readonly dimensions = dimensions;
    readonly texts = texts;
    override embedQuery(text: string) {
      return Promise.resolve(embed(text));
    }
    override embedDocuments(documents: string[]) {
      return Promise.resolve(documents.map(embed));
    }
  }
  return new FakeEncoder({});
}

export type RawRow = Record<string, string> & { listId: string; kind: string; batch: string };

/** The sample lists read straight from their files, apart from the reader under test. */
export function readRawRows(dir = LISTS_DIR): RawRow[] {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.csv'))
    .flatMap((name) => {
      const listId = name.replace('.csv', '');
      const manifest = parseYaml(readFileSync(join(dir, `${listId}.yaml`), 'utf8')) as RawRow;
      const rows = parse(readFileSync(join(dir, name)), { columns: true, bom: true }) as RawRow[];
      return rows.map((row) => ({ ...row, listId, kind: manifest.kind, batch: manifest.batch ?? '' }));
    });
}

/** Units of a cell; the sample lists separate them by `|`. */
export const unitsOf = (cell: string | undefined): string[] => (cell ?? '').split('|').filter(Boolean);
