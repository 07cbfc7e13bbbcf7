/** Running text of a PDF: which lines are one paragraph, and labelled lists read from it or refused. */
import { describe, expect, it } from 'vitest';
import { NO_REMAP } from '../../../src/editions/import/tables.js';
import { readListFile } from '../../../src/editions/import/read-file.js';
import { loadDirectory } from '../../../src/organizations/load.js';
import { pdfOf, textAt } from '../../helpers/pdf-file.js';

const directory = loadDirectory('knowledge/organizations');
const [WIDTH, HEIGHT, LEFT, EM, LINE] = [595, 842, 85, 16, 28];
const PER_LINE = Math.floor((WIDTH - 2 * LEFT) / EM);

/** Paragraphs as an office prints them: wrapped at the margin, set in by `indent` characters but for those after `>`. */
function printed(paragraphs: string[], indent: number, perPage = 26) {
  const lines = paragraphs.flatMap((text, at) => {
    if (at === 0) return [{ x: (WIDTH - text.length * 22) / 2, text, size: 22 }];
    if (text.startsWith('>')) return [{ x: LEFT, text: text.slice(1), size: EM }];
    const first = text.slice(0, PER_LINE - indent);
    const rest = text.slice(PER_LINE - indent).match(new RegExp(`.{1,${PER_LINE}}`, 'gu')) ?? [];
    return [
      { x: LEFT + indent * EM, text: first, size: EM },
      ...rest.map((own) => ({ x: LEFT, text: own, size: EM })),
    ];
  });
  const pages = Array.from({ length: Math.ceil(lines.length / perPage) }, (_, page) =>
    lines.slice(page * perPage, (page + 1) * perPage),
  );
  return pdfOf(
    pages.map((own, page) => ({
      ...{ width: WIDTH, height: HEIGHT },
      content: [
        ...own.map(({ x, text, size }, at) => textAt(x, HEIGHT - 60 - LINE * at, text, size)),
        textAt(WIDTH / 2 - 20, 40, `— ${page + 1} —`, 14),
      ].join(''),
    })),
  );
}
const read = (paragraphs: string[], indent: number, perPage?: number) =>
  readListFile('清单.pdf', printed(paragraphs, indent, perPage), { directory, remap: NO_REMAP });

const LONG =
  '受理养老机构备案申请，公开备案信息，每半年检查一次收费、护理、消防和食品安全情况，对发现的问题责令限期改正，逾期不改的依法查处。';
const LIST = [
  '青山县养老服务责任清单',
  '一、机构养老',
  '1.养老机构备案',
  '主管部门：县民政局',
  `主管部门职责：${LONG}`,
  '配合部门：县消防救援大队',
  '配合部门职责：检查消防安全。',
  '2.养老院食堂监管',
  '主管部门：县市场监督管理局',
  '主管部门职责：检查食品安全。',
  '配合部门：县民政局',
  '配合部门职责：督促整改。',
];
const ROWS = [
  ['1', '养老机构备案', '县民政局', LONG, '县消防救援大队', '检查消防安全。'],
  ['2', '养老院食堂监管', '县市场监督管理局', '检查食品安全。', '县民政局', '督促整改。'],
];
const rowsOf = ({ lists }: Awaited<ReturnType<typeof read>>) =>
  lists.flatMap(({ rows }) =>
    rows.map(({ number, matter, lead, support }) => [
      ...[number, matter, lead[0]?.unit, lead[0]?.duty, support[0]?.unit, support[0]?.duty],
    ]),
  );

describe('labelled text in a PDF', () => {
  it('is read where paragraphs are set in, over wrapped lines', async () => {
    const reading = await read(LIST, 2);
    expect(reading.problems).toEqual([]);
    expect(rowsOf(reading)).toEqual(ROWS);
    expect(reading.lists[0]?.title).toBe('青山县养老服务责任清单');
  });

  it('is read over pages, and their numbers are no text', async () => {
    const reading = await read(LIST, 2, 6);
    expect(reading.problems).toEqual([]);
    expect(rowsOf(reading)).toEqual(ROWS);
  });

  it('is read where nothing is set in and no full line stands before a label', async () => {
    const reading = await read(LIST, 0);
    expect(reading.problems).toEqual([]);
    expect(rowsOf(reading)).toEqual(ROWS);
  });

  it('is refused where a full line may or may not go on in the next', async () => {
    const full = LONG.slice(0, 2 * PER_LINE - '主管部门职责：'.length);
    const lines = LIST.map((line) => line.replace(LONG, full));
    expect((await read(lines, 0)).problems).toMatchObject([{ message: '文件中没有带框线的表格' }]);
    expect(rowsOf(await read(lines, 2))[0]?.[3]).toBe(full);
  });

  it('is refused where what is at the edge below a full sentence may be a heading', async () => {
    const duty = `${LONG.slice(0, 2 * PER_LINE - 2 - '主管部门职责：'.length - 1)}。`;
    const lines = LIST.map((line) => line.replace(LONG, duty));
    lines.splice(5, 0, '>二、居家养老');
    expect((await read(lines, 2)).problems).toMatchObject([{ message: '文件中没有带框线的表格' }]);
  });

  it('is refused where a paragraph is not understood', async () => {
    const lines = [...LIST.slice(0, 7), '各镇街要加强领导，把这项工作列入议事日程。', ...LIST.slice(7)];
    const { problems, lists } = await read(lines, 2);
    expect(problems).toMatchObject([{ message: '文件中没有带框线的表格' }]);
    expect(lists).toEqual([]);
  });

  it('is refused where columns stand beside each other without lines', async () => {
    const lines = [
      '序号    事项名称    主管部门',
      '1    养老机构备案    县民政局',
      '2    食堂监管    县市场监督管理局',
    ];
    expect((await read([LIST[0] ?? '', ...lines], 0)).problems).toHaveLength(1);
  });
});
