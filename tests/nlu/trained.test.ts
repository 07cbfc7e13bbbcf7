/** Classifiers on disk: read where they lie, trained again when what they learn from or the file is another. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { classify, trainClassifier } from '../../src/nlu/classifier.js';
import { keptClassifiers } from '../../src/nlu/trained.js';
import { makeFolder } from '../helpers/folder.js';

const samples = [
  { text: '路灯坏了归谁管', label: 'asks', vector: null },
  { text: '好的谢谢', label: 'other', vector: null },
];
let trainings = 0;
const train = () => {
  trainings++;
  return { first: trainClassifier(samples), second: undefined };
};

it('is trained once, whatever folder it lies in, and says the same', async () => {
  const [own, built] = [makeFolder(), makeFolder()];
  const trained = await keptClassifiers('test', samples, [built], train);
  trainings = 0;
  const kept = await keptClassifiers('test', samples, [own, built], train);
  expect(trainings).toBe(0);
  expect(readdirSync(own)).toEqual([]);
  expect(classify(kept.first, '井盖坏了归谁管', null)).toEqual(
    classify(trained.first, '井盖坏了归谁管', null),
  );
  expect(kept.second).toBeUndefined();
  await keptClassifiers('test', [...samples, 'one more'], [own, built], train);
  expect(trainings).toBe(1);
});

it('is trained again when the file is torn', async () => {
  const folder = makeFolder();
  await keptClassifiers('test', samples, [folder], train);
  const [name = ''] = readdirSync(folder);
  const file = join(folder, name);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  for (const bytes of [readFileSync(file).subarray(0, -5), Buffer.from('no header')]) {
    writeFileSync(file, bytes);
    trainings = 0;
    await keptClassifiers('test', samples, [folder], train);
    expect(trainings).toBe(1);
  }
});
