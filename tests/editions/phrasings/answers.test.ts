import { describe, expect, it } from 'vitest';
import { COPY_FROM, COPY_TO, readAnswers } from '../../../src/editions/phrasings/answers.js';
import { renderMarkdown, renderPhrasingBook } from '../../../src/editions/phrasings/batches.js';
import { checkProposals } from '../../../src/editions/phrasings/checks.js';
import { readPhrasingFile } from '../../../src/editions/phrasings/read-file.js';
import { makeList, makeRow } from '../../helpers/lists.js';
import { CONTENT, DOGS, GOOD, jsonOf, LAMPS, STALLS } from '../../helpers/phrasings.js';
import { DIRECTORY } from '../../helpers/request-world.js';
import { workbook } from '../../helpers/workbook.js';

const { rows } = CONTENT;
const read = (text: string) =>
  readAnswers(text, rows).proposals.map((it) => [it.number, it.title, it.text].join(' '));
const [A, B] = ['摊贩占道经营没有整治', '占道摊贩查处了又来占道'];
const BOTH = [`1 占道经营整治 ${A}`, `1 占道经营整治 ${B}`];
const KEYED = BOTH.map((line) => `a/${line}`);

describe('answers', () => {
  it.each<[string, string, string[]]>([
    ['JSON', `[{"序号":"a/1","事项":"占道经营整治","问法":["${A}","${B}"]}]`, KEYED],
    [
      'JSON in English, numbers as numbers',
      `{"data":[{"id":1,"title":"占道经营整治","phrasings":["${A}","${B}"]}]}`,
      BOTH,
    ],
    [
      'JSON on many lines with a comma too many',
      `结果:\n{\n "序号": "a/1",\n "事项": "占道经营整治",\n "问法": [\n "${A}",\n "${B}",\n ]\n}`,
      KEYED,
    ],
    [
      'JSON with Chinese quotation marks',
      `{“序号”:“a/1”,“事项”:“占道经营整治”,“问法”:[“${A}”,“${B}”]}`,
      KEYED,
    ],
    [
      'JSON of objects in objects',
      `{"序号":"a/1","事项":"占道经营整治","问法":[{"text":"${A}"},{"text":"${B}"}]}`,
      KEYED,
    ],
    [
      'JSON cut off',
      `{"rows":[{"序号":"a/1","事项":"占道经营整治","问法":["${A}","${B}"]},{"序号":"a/2","事`,
      KEYED,
    ],
    ['a table with one column', `|序号|事项|问法|\n|:--|--|--|\n|a/1|占道经营整治|${A};${B}|`, KEYED],
    [
      'a table with several columns',
      `| 序号 | 事项名称 | 问法1 | 问法2 |\n|--|--|--|--|\n| 1 | 占道经营整治 | ${A} | ${B} |`,
      BOTH,
    ],
    ['a table with a line each', `|序号|事项|问法|\n|--|--|--|\n|1|占道经营整治|${A}|\n|||${B}|`, BOTH],
    ['headings and points', `## a/1 占道经营整治\n- ${A}\n- ${B}\n`, KEYED],
    ['headings in brackets', `【a/1】占道经营整治\n(1)${A}\n(2)${B}`, KEYED],
    [
      'headings in bold',
      `**1. 占道经营整治**\n\n1. ${A}\n2. “${B}”`,
      ['1 占道经营整治 ' + A, `1 占道经营整治 “${B}”`],
    ],
    ['names for all', `序号:a/1 事项:占道经营整治\n问法1:${A}\n问法2:${B}`, KEYED],
    [
      'names for all on lines of their own',
      `序号:a/1\n事项:占道经营整治\n职责:查处占道经营\n问法:\n- ${A}\n- ${B}`,
      KEYED,
    ],
    ['one line', `a/1 占道经营整治:${A};${B}`, KEYED],
    ['quotation marks as points', `1、占道经营整治\n① ${A}\n② ${B}`, BOTH],
  ])('as %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('leave talk alone, and say that there was some', () => {
    const { proposals, unread } = readAnswers(
      `好的,我来写。\n## a/1 占道经营整治\n- ${A}\n以上供参考,希望对您有帮助!`,
      rows,
    );
    expect(proposals).toHaveLength(1);
    expect(unread).toEqual(['好的,我来写。', '以上供参考,希望对您有帮助!']);
  });

  it('keep a heading with another title as one, so that its phrasings are not taken for the row before', async () => {
    const text = `## a/1 占道经营整治\n- ${A}\n## a/2 道路照明\n- ${B}`;
    const checked = await checkProposals(readAnswers(text, rows).proposals, {
      ...{ ...CONTENT, directory: DIRECTORY, isStruck: () => false },
      nearerRow: () => Promise.resolve(null),
    });
    expect(checked.accepted.map((it) => it.text)).toEqual([A]);
    expect(checked.dropped[0]?.reason).toBe('序号“a/2”与事项名称“道路照明”不符,清单中是“城乡路灯照明管护”');
  });

  it('do not hold up anything, however long they are', () => {
    const start = performance.now();
    for (const piece of ['{', '[', '{"', '|', '1. ', '“', 'a/1 :', '(', '```\n', '{"序号":'])
      readAnswers(piece.repeat(100_000), rows);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('a file', () => {
  it('goes out, through any model, and comes back whole', async () => {
    const out = renderMarkdown(rows, 'e1');
    expect(out).toContain('第 1 批,共 1 批(3 项)');
    expect(read(out)).toEqual([]);
    const back = `${out}\n好的:\n${jsonOf(GOOD)}\n`;
    const { proposals } = await readPhrasingFile('a.md', Buffer.from(back), rows);
    expect(proposals.map((it) => it.text)).toEqual(GOOD.flatMap(([, texts]) => texts));
  });

  it('is in batches of twenty', () => {
    const many = Array.from({ length: 45 }, (_, at) =>
      makeRow({ number: String(at + 1), matter: `事项${at}` }),
    );
    const out = renderMarkdown(many, 'e1');
    expect(out.split(COPY_FROM)).toHaveLength(4);
    expect(out.split(COPY_TO)).toHaveLength(4);
    expect(out).toContain('第 3 批,共 3 批(5 项)');
  });

  it('of a workbook goes out and comes back', async () => {
    const bytes = await renderPhrasingBook(rows, 'e1');
    expect((await readPhrasingFile('a.xlsx', bytes, rows)).proposals).toEqual([]);
    const header = ['序号', '事项', '职责', '问法1', '问法2'];
    const filled = workbook([
      {
        name: '问法',
        rows: [header, ...[STALLS, LAMPS].map((row) => [`a/${row.number}`, row.matter, '', A, B])],
      },
    ]);
    const { proposals } = await readPhrasingFile('b.xlsx', filled, rows);
    expect(proposals.map((it) => [it.where, it.number, it.text].join(' '))).toEqual([
      `“问法”第2行 a/1 ${A}`,
      `“问法”第2行 a/1 ${B}`,
      `“问法”第3行 a/2 ${A}`,
      `“问法”第3行 a/2 ${B}`,
    ]);
  });

  it('in GB 18030 is read as well', async () => {
    const bytes = Buffer.from([0x23, 0x23, 0x20, 0x61, 0x2f, 0x31, 0x20, 0xd5, 0xbc, 0xb5, 0xc0]);
    expect((await readPhrasingFile('a.txt', bytes, rows)).unread).toEqual([]);
  });

  it('with a number of several lists wants the list', async () => {
    const twice = [STALLS, { ...STALLS, listId: 'b' }];
    const checked = await checkProposals(readAnswers(`1. 占道经营整治\n- ${A}`, twice).proposals, {
      ...{ lists: [makeList(), makeList({ id: 'b' })], rows: twice, directory: DIRECTORY },
      ...{ isStruck: () => false, nearerRow: () => Promise.resolve(null) },
    });
    expect(checked.dropped.map((it) => it.reason)).toEqual([
      '几份清单都有序号“1”的“占道经营整治”,请写成“清单/序号”',
    ]);
    expect(DOGS.number).toBe('3');
  });
});
