import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createWordCutter } from '../../src/text/word-cutter.js';

const lines = Buffer.from(dict).toString('utf8').trim().split('\n');
const TERMS = ['县住房和城乡建设局', '路灯', '柳林镇', '农村人居环境整治', '的'];
const questions = readFileSync('tests/evaluation/questions.tune.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { q: string }).q)
  .slice(0, 400);
const pages = readFileSync('knowledge/lists/duty.csv', 'utf8').slice(0, 20_000);
const runs = [...questions, pages, '中华人民共和国中央人民政府', '龘龘', '一'].flatMap(
  (text) => text.match(/[\u4e00-\u9fff]+/g) ?? [],
);

it('the dictionary is sorted, and used as often as is taken for granted', () => {
  const words = lines.map((line) => Buffer.from(line.slice(0, line.indexOf(' '))));
  expect(words.filter((word, i) => i > 0 && Buffer.compare(words[i - 1] as Buffer, word) >= 0)).toEqual([]);
  expect(lines.filter((line) => !/^\S+ \d+ \S+$/.test(line))).toEqual([]);
});

it.each([['by the dictionary alone', false] as const, ['also by how names are built', true] as const])(
  'a few runs are cut as by the whole dictionary, %s',
  (_, byModel) => {
    const whole = Jieba.withDict(dict);
    whole.loadDict(
      Buffer.from(
        TERMS.filter((it) => it.length > 1)
          .map((it) => `${it} 20000 n`)
          .join('\n'),
      ),
    );
    const few = createWordCutter(TERMS);
    const many = createWordCutter(TERMS);
    many.expectMany();
    for (const run of runs) {
      const cut = whole.cut(run, byModel);
      expect(few.cut(run, byModel)).toEqual(cut);
      expect(many.cut(run, byModel)).toEqual(cut);
    }
  },
);

it('the uses of all words together are those of the dictionary', () => {
  const sum = lines.reduce((total, line) => total + Number(line.split(' ')[1]), 0);
  const said = /DICTIONARY_USES = ([\d_]+)/.exec(readFileSync('src/text/word-cutter.ts', 'utf8'))?.[1];
  expect(Number(said?.replaceAll('_', ''))).toBe(sum);
});
