/** Shapes in which counties publish their lists; counties, units and matters are invented. */
import { describe, expect, it } from 'vitest';
import { readListFile } from '../../../src/editions/import/read-file.js';
import { readingsJson } from '../../../src/editions/import/report.js';
import { NO_REMAP } from '../../../src/editions/import/tables.js';
import { loadDirectory } from '../../../src/organizations/load.js';
import { workbook, type SheetSpec } from '../../helpers/workbook.js';

const directory = loadDirectory('knowledge/organizations');

async function read(bytes: Uint8Array, file = '清单.xlsx') {
  const reading = await readListFile(file, bytes, { directory, remap: NO_REMAP });
  const json = readingsJson([reading]).files[0];
  if (!json) throw new Error('no file');
  return json;
}
const readSheets = (...sheets: SheetSpec[]) => read(workbook(sheets));
const pairs = (parts: { unit: string; duty: string }[] | undefined) => parts?.map((p) => [p.unit, p.duty]);

describe('a territorial list under two header rows, one unit a physical row', () => {
  const sheet = (name: string, batch: string): SheetSpec => ({
    name,
    rows: [
      [`云山县“属地管理”事项主体责任和配合责任清单(${batch})`],
      ['中共云山县委机构编制委员会办公室'],
      ['序号', '类别', '事项名称', '县级部门职责', null, '乡镇(街道)职责', null, '依据'],
      [null, null, null, '责任单位', '具体职责', '责任单位', '具体职责', null],
      [
        '1',
        '一、城市管理(2项)',
        '占道经营整治',
        '县综合行政执法局',
        '1.巡查;\n2.查处。',
        '乡镇(街道)',
        '劝导并上报。',
        '《甲条例》',
      ],
      [null, null, null, '县公安局', '维护秩序。', null, null, null],
      [
        2,
        null,
        '户外广告管理',
        '县综合行政执法局',
        '共同负责审批。',
        '乡镇(街道)',
        '日常巡查。',
        '《乙条例》\n《丙条例》',
      ],
      [null, null, null, '县市场监督管理局', null, null, null, null],
      ['合计', null, '2项'],
      ['注:本清单由县委编办负责解释。'],
    ],
    merges: [
      ...['A1:H1', 'A2:H2', 'A3:A4', 'B3:B4', 'C3:C4', 'D3:E3', 'F3:G3', 'H3:H4'],
      ...['A5:A6', 'B5:B8', 'C5:C6', 'F5:F6', 'G5:G6', 'H5:H6'],
      ...['A7:A8', 'C7:C8', 'E7:E8', 'F7:F8', 'G7:G8', 'H7:H8', 'A10:H10'],
    ],
  });

  it('is read whole, a sheet a batch', async () => {
    const json = await readSheets(
      { name: '封面', rows: [['云山县'], ['“属地管理”事项清单汇编'], ['2026年1月']] },
      sheet('第一批', '第一批'),
      sheet('第二批', '第二批'),
      {
        name: '草稿',
        state: 'hidden',
        rows: [
          ['序号', '事项名称'],
          [1, '不要读'],
        ],
      },
    );
    expect(json.problems).toEqual([]);
    expect(json.lists.map((l) => [l.title, l.kind, l.batch, l.sheet, l.rows.length])).toEqual([
      ['云山县“属地管理”事项主体责任和配合责任清单(第一批)', 'territorial', '第一批', '第一批', 2],
      ['云山县“属地管理”事项主体责任和配合责任清单(第二批)', 'territorial', '第二批', '第二批', 2],
    ]);
    expect(json.lists[0]?.rows[0]).toEqual({
      number: '1',
      category: '城市管理',
      matter: '占道经营整治',
      lead: [
        { unit: '县综合行政执法局', duty: '1.巡查; 2.查处。' },
        { unit: '县公安局', duty: '维护秩序。' },
      ],
      support: [{ unit: '乡镇(街道)', duty: '劝导并上报。' }],
      basis: '《甲条例》',
      where: '第一批!A5',
    });
    const [, second] = json.lists[0]?.rows ?? [];
    expect(second).toMatchObject({ number: '2', category: '城市管理', basis: '《乙条例》 《丙条例》' });
    expect(pairs(second?.lead)).toEqual([
      ['县综合行政执法局', '共同负责审批。'],
      ['县市场监督管理局', '共同负责审批。'],
    ]);
  });

  it('of another county brings its units, with a warning for each unknown one', async () => {
    const json = await readSheets({
      ...sheet('一', '第一批'),
      rows: sheet('一', '第一批').rows.map((row) =>
        row.map((cell) => (cell === '县公安局' ? '县渔政局' : cell)),
      ),
    });
    expect(json.problems).toEqual([]);
    expect(json.warnings.filter((w) => w.message.includes('县渔政局'))).toMatchObject([
      { sheet: '一', row: 6, column: 'D' },
    ]);
  });
});

describe('a territorial list with units and duties in one cell', () => {
  const rows = [
    ['青山县属地管理事项清单'],
    ['序号', '事项名称', '主体责任', '配合责任'],
    ['一、农业农村(1项)'],
    [
      1,
      '农药经营监管',
      '县农业农村局:1.检查以下场所:门店、仓库;2.查处违法行为。县公安局:立案侦查。',
      '县公安局、县市场监督管理局:会同开展检查。\n乡镇(街道):摸排上报。',
    ],
    ['二、应急管理(1项)'],
    [2, '烟花爆竹零售点检查', '县应急管理局:审批发证。', '乡镇（街道）：劝阻并上报。'],
  ];

  it('gives one duty a unit and takes section rows as categories', async () => {
    const json = await readSheets({ name: 'Sheet1', rows, merges: ['A1:D1', 'A3:D3', 'A5:D5'] });
    expect(json.problems).toEqual([]);
    const [first, second] = json.lists[0]?.rows ?? [];
    expect(first?.category).toBe('农业农村');
    expect(pairs(first?.lead)).toEqual([
      ['县农业农村局', '1.检查以下场所:门店、仓库;2.查处违法行为。'],
      ['县公安局', '立案侦查。'],
    ]);
    expect(pairs(first?.support)).toEqual([
      ['县公安局', '会同开展检查。'],
      ['县市场监督管理局', '会同开展检查。'],
      ['乡镇(街道)', '摸排上报。'],
    ]);
    expect(second?.category).toBe('应急管理');
    expect(pairs(second?.support)).toEqual([['乡镇（街道）', '劝阻并上报。']]);
  });
});

describe('a duty list', () => {
  it('has neither lead nor support; numbers may begin again with a category', async () => {
    const json = await readSheets({
      name: '职责任务',
      rows: [
        ['附件1'],
        ['云山县乡镇(街道)'],
        ['职责任务清单'],
        ['序号', '类别', '职责任务', '主要依据', '备注'],
        [1, '党的建设', '发展党员', '《党章》'],
        [2, null, '三会一课', '《党章》'],
        [1, '平安建设', '矛盾纠纷排查\n化解', null, '新增'],
      ],
      merges: ['A1:E1', 'A2:E2', 'A3:E3', 'B5:B6'],
    });
    expect(json.problems).toEqual([]);
    expect(json.lists).toMatchObject([{ title: '云山县乡镇(街道)职责任务清单', kind: 'duty' }]);
    expect(
      json.lists[0]?.rows.map((r) => [r.number, r.category, r.matter, r.lead, r.support, r.basis]),
    ).toEqual([
      ['1', '党的建设', '发展党员', [], [], '《党章》'],
      ['2', '党的建设', '三会一课', [], [], '《党章》'],
      ['1', '平安建设', '矛盾纠纷排查 化解', [], [], ''],
    ]);
  });
});

describe('three lists of one township in one sheet', () => {
  it('are three lists with the readings of their kinds', async () => {
    const json = await readSheets({
      name: '三张清单',
      rows: [
        ['石桥乡基本履职事项清单'],
        ['序号', '事项名称'],
        ['一、党的建设(1项)'],
        [1, '村级后备干部培养'],
        ['石桥乡配合履职事项清单'],
        ['序号', '配合履职事项', '对应上级部门', '上级部门职责', '乡镇(街道)配合职责'],
        ['一、民生服务(1项)'],
        [
          1,
          '社区工作者招录',
          '县委社会工作部\n县人力资源和社会保障局',
          '县委社会工作部:制定计划。\n县人力资源和社会保障局:办理保险。',
          '核对人员表现。',
        ],
        ['石桥乡上级部门收回事项清单'],
        ['序号', '事项名称', '承接部门', '工作方式'],
        [1, '招商引资考核', '县商务局', '不再考核,由县商务局负责。'],
        ['附件2:联系表'],
        ['单位', '联系人', '电话'],
        ['县商务局', '甲', '123'],
      ],
      merges: ['A1:E1', 'A3:E3', 'A5:E5', 'A7:E7', 'A9:E9', 'A12:E12'],
    });
    expect(json.problems).toEqual([]);
    expect(json.lists.map((l) => [l.title, l.kind, l.rows.length])).toEqual([
      ['石桥乡基本履职事项清单', 'basic', 1],
      ['石桥乡配合履职事项清单', 'cooperative', 1],
      ['石桥乡上级部门收回事项清单', 'reclaimed', 1],
    ]);
    const [basic, cooperative, reclaimed] = json.lists.map((l) => l.rows[0]);
    expect(basic).toMatchObject({ category: '党的建设', lead: [], support: [] });
    expect(pairs(cooperative?.lead)).toEqual([
      ['县委社会工作部', '制定计划。'],
      ['县人力资源和社会保障局', '办理保险。'],
    ]);
    expect(pairs(cooperative?.support)).toEqual([['乡镇(街道)', '核对人员表现。']]);
    expect(pairs(reclaimed?.lead)).toEqual([['县商务局', '不再考核,由县商务局负责。']]);
    expect(reclaimed?.category).toBe('');
  });
});

describe('a delegated list', () => {
  it('names the former body without a duty and the classes of townships as scope', async () => {
    const json = await readSheets({
      name: '赋权',
      rows: [
        ['云山县赋予乡镇(街道)行政执法事项目录'],
        ['序号', '事项类别', '执法领域', '事项名称', '原执法主体', '赋权范围', '法律依据'],
        [
          1,
          '行政处罚',
          '城市管理',
          '对擅自占道摆摊的处罚',
          '县综合行政执法局',
          '城区街道',
          '《甲条例》第一条',
        ],
        [2, '行政检查', '水利', '对河道采砂的检查', '县水利局', '中心镇、农业乡镇', '《乙条例》'],
      ],
      merges: ['A1:G1'],
    });
    expect(json.problems).toEqual([]);
    expect(json.lists[0]?.kind).toBe('delegated');
    expect(json.lists[0]?.rows[1]).toMatchObject({
      category: '行政检查',
      lead: [{ unit: '县水利局', duty: '' }],
      support: [],
      scope: '中心镇、农业乡镇',
      basis: '《乙条例》',
    });
  });
});

describe('CSV', () => {
  const text = [
    '云山县属地管理事项清单,,,,,',
    '序号,类别,事项名称,县级部门职责,,乡镇(街道)职责',
    ',,,责任单位,具体职责,',
    '1,城市管理,占道经营整治,县综合行政执法局,"1.巡查,2.查处。",劝导。',
    ',,,县公安局,"维护',
    '秩序。",',
    '2,,户外广告管理,县综合行政执法局,审批。,巡查。',
  ].join('\r\n');
  const gb18030 = (value: string) => {
    // TextEncoder writes UTF-8 only; the table is turned round once.
    const table = new Map<string, number[]>();
    const decoder = new TextDecoder('gb18030');
    for (let high = 0x81; high <= 0xfe; high++)
      for (let low = 0x40; low <= 0xfe; low++) {
        const char = decoder.decode(Uint8Array.of(high, low));
        if (char.length === 1 && char !== '\ufffd') table.set(char, [high, low]);
      }
    return Uint8Array.from(
      [...value].flatMap((c) => (c < '\x80' ? [c.charCodeAt(0)] : (table.get(c) ?? [0x3f]))),
    );
  };
  const expected = [
    [
      '1',
      '城市管理',
      [
        ['县综合行政执法局', '1.巡查,2.查处。'],
        ['县公安局', '维护 秩序。'],
      ],
      [['乡镇(街道)', '劝导。']],
    ],
    ['2', '城市管理', [['县综合行政执法局', '审批。']], [['乡镇(街道)', '巡查。']]],
  ];
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['GB18030', gb18030(text)],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    [
      'semicolons',
      Buffer.from(
        text.replace('"1.巡查,2.查处。"', '1.巡查·2.查处。').replaceAll(',', ';').replace('巡查·2', '巡查,2'),
      ),
    ],
    [
      'tabs',
      Buffer.from(
        text
          .replace('"1.巡查,2.查处。"', '1.巡查·2.查处。')
          .replaceAll(',', '\t')
          .replace('巡查·2', '巡查,2'),
      ),
    ],
  ])('in %s is read alike', async (_what, bytes) => {
    const json = await read(bytes, '云山县.csv');
    expect(json.problems).toEqual([]);
    expect(json.lists[0]?.rows.map((r) => [r.number, r.category, pairs(r.lead), pairs(r.support)])).toEqual(
      expected,
    );
    expect(json.lists[0]?.rows[1]?.where).toMatch(/!A7$/);
  });
});
