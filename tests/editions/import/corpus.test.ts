/** Lists in the shapes in which governments print them: read whole, or asked about, never silently wrong. */
import { describe, expect, it } from 'vitest';
import { readListFile } from '../../../src/editions/import/read-file.js';
import { NO_REMAP } from '../../../src/editions/import/tables.js';
import { loadDirectory } from '../../../src/organizations/load.js';
import { fileOf } from '../../helpers/corpus-files.js';
import { loadShapes, scoreOf } from '../../helpers/corpus.js';

const directory = loadDirectory('knowledge/organizations');

describe.each([
  'tune',
  'test',
  'forms',
  'variants',
  'broken',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
])('the corpus (%s)', (half) => {
  it.each(
    loadShapes(`tests/fixtures/corpus/shapes.${half}.txt`).map((shape) => [shape.name, shape] as const),
  )('%s', async (_name, shape) => {
    const { file, bytes } = fileOf(shape);
    const score = scoreOf(shape, await readListFile(file, bytes, { directory, remap: NO_REMAP }), directory);
    expect({ wrong: score.wrong, silent: score.silent }).toEqual({ wrong: [], silent: [] });
  });
});
