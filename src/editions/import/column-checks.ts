/** Whether the columns of a table were understood: text or units that no field takes, marks without a meaning, labels that stand twice. */
import { traitsOf } from '../../core/list-kinds.js';
import { columnLetter } from '../../files/problem.js';
import { shorten } from '../../text/shorten.js';
import { describeMapping } from './columns.js';
import type { Report } from './cross-checks.js';
import { isOfBoth, isOfficeLabel, isTownshipLabel } from './headers.js';
import { isPowerClass } from './settle-rows.js';
import type { ListRow, ReadList } from './read-lists.js';
import { tickColumns } from './scopes.js';
import { isDepartment } from './unit-labels.js';
import { cleanText, isUnitName, splitUnitNames } from './units.js';

const LONG = 15;
/** 陪同走访，反映日常表现。 */
const SENTENCE = /^.{6,}。$/su;
/** Long texts that are printed beside duties and are none; any other that is not read is asked about. */
const NO_DUTY =
  /案例|流程|程序|追责|追究|问责|免责|备注|说明|须知|依据|时限|期限|节点|进度|进展|情况|标准|材料|条件|收费|监督|电话|地址|地点|来源|情形|裁量|幅度|种类|成果|目标|指标|现状|背景|亮点|考核|验收/;
const nobody = (): boolean => false;

/** A column of text that no field takes is asked about: it may be the duties. */
export function checkUnread(
  { table, rows, kind }: ReadList,
  report: Report,
  confirm: Report,
  problem: Report,
): void {
  const ticked = tickColumns(table);
  const mapped = new Set([...describeMapping(table.mapping), ...ticked].map(({ index }) => index));
  const dropped = new Set<number>();
  // Lists that delegate say who enforced before, and nothing of duties.
  if (!traitsOf(kind).hasLeadDuties)
    for (const { role, unit, duty } of table.mapping.parties)
      if (role === 'lead' && unit !== undefined && duty !== undefined && mapped.delete(duty))
        dropped.add(duty);
  const units = table.mapping.parties.find(({ role, unit }) => role === 'lead' && unit !== undefined)?.unit;
  const isDropped = kind === 'duty' && rows.every(({ lead }) => lead.length === 0) && units !== undefined;
  if (isDropped && rows.some((row) => row.source.parts[0]?.at(units)?.text.trim()))
    confirm(
      table.header.rows[0] ?? 0,
      units,
      `${columnLetter(units)}列的单位没有读取,这些事项读作由乡镇(街道)自己承担`,
      `写的是主体责任单位的,用 leadUnit=${columnLetter(units)} 指明`,
    );
  for (const { index, label } of table.header.columns) {
    if (mapped.has(index)) continue;
    const texts = rows
      .map((row) => cleanText(row.source.parts[0]?.at(index)?.text ?? ''))
      .filter((text) => text !== '');
    // 牵头、配合单位 over 县教体局: whose duty it is, is said, and not whether it leads.
    const [first] = texts;
    if (first !== undefined && label.includes('/') && isDepartment(label.split('/').at(-1) ?? '')) {
      problem(
        table.header.rows[0] ?? 0,
        index,
        `“${label}”一栏看不出是牵头还是配合,例如“${shorten(first, 20)}”`,
        '在表头写明“牵头”或“配合”,重新导入',
      );
      continue;
    }
    const isOfTownship = isTownshipLabel(label) && texts[0] !== undefined;
    if (isOfTownship && kind !== 'delegated')
      confirm(
        table.header.rows[0] ?? 0,
        index,
        `“${label.split('/').at(-1)}”一栏没有读取,例如“${shorten(texts[0] ?? '', 20)}”`,
        `是各乡镇自己的职责的,用 supportDuty=${columnLetter(index)} 指明,或按乡镇分成几份清单导入`,
      );
    if (isOfTownship && kind === 'delegated')
      confirm(
        table.header.rows[0] ?? 0,
        index,
        `“${label.split('/').at(-1)}”一栏的“${shorten(texts[0] ?? '', 10)}”看不出是否适用,没有读取`,
        '适用的打“√”,不适用的留空,重新导入;不改的,这些事项按全县各乡镇答复',
      );
    const holdsUnits = (text: string) => {
      const names = splitUnitNames(text, nobody);
      return names.length > 0 && names.every((name) => isUnitName(name, nobody));
    };
    const isOffice = isOfficeLabel(label.split('/').at(-1) ?? '');
    if (texts.length > 0 && (isOffice || texts.filter(holdsUnits).length * 2 > texts.length))
      report(
        table.header.rows[0] ?? 0,
        index,
        `${columnLetter(index)}列“${label}”写的是单位,没有读取,例如“${shorten(texts[0] ?? '', 30)}”`,
        `是责任单位的,用 leadUnit=${columnLetter(index)} 或 supportUnit=${columnLetter(index)} 指明;不是的不必处理`,
      );
    checkGroup({ index, label, texts, rows: rows.length, at: table.header.rows[0] ?? 0 }, report);
    const isLong =
      texts.filter((text) => text.length >= LONG || SENTENCE.test(text)).length * 2 > texts.length;
    // What is called a duty is one, however short.
    const isDuty =
      dropped.has(index) ||
      /(?:单位|部门|主体|机构|机关|街道|镇街|乡镇|\))(?:主要|工作)?(?:职责|责任)$/.test(label);
    if (texts.length === 0 || (!isDuty && (texts.length * 3 < rows.length || !isLong))) continue;
    const letter = columnLetter(index);
    // 直接赋权, 委托: how something is delegated is no duty of anybody.
    const isManner = dropped.has(index) && !isLong;
    const ask = !isManner && (isDuty || !NO_DUTY.test(label)) ? confirm : report;
    ask(
      table.header.rows[0] ?? 0,
      index,
      `${letter}列“${label}”有文字没有读取,例如“${shorten(texts[0] ?? '', 30)}”`,
      `是单位职责的,用 leadDuty=${letter} 或 supportDuty=${letter} 指明;不属于职责的不必处理`,
    );
  }
}

type Unread = { index: number; label: string; texts: string[]; rows: number; at: number };
const GROUP_MAX = 12;
/** How soon, how often, in whose hands, how urgent: what a list prints beside its matters and nobody asks of it. */
const ASIDE =
  /时限|期限|时间|时段|日期|频次|次数|进度|进展|状态|完成|是否|领导|人员|负责人|责任人|联系|姓名|电话|编号|编码|文号|金额|资金|投资|数量|比例|标准|分值|考核|验收|销号|备注|说明|追责|收费|方式/;

/** Short words that stand for several rows each: they may be the groups of the list. */
function checkGroup({ index, label, texts, rows, at }: Unread, report: Report): void {
  const isShort = texts.every((text) => text.length <= GROUP_MAX && /[\u4e00-\u9fff]/.test(text));
  const isRepeated = texts.length >= 2 && (new Set(texts).size < texts.length || texts.length < rows);
  if (!isShort || !isRepeated || ASIDE.test(label) || isTownshipLabel(label)) return;
  const letter = columnLetter(index);
  report(
    at,
    index,
    `${letter}列“${label}”的“${shorten(texts[0] ?? '', GROUP_MAX)}”等没有读取`,
    `是事项的类别的,用 category=${letter} 指明;不是的不必处理`,
  );
}

/** `一、生态文明` above rows that bear 大气 in a column of categories: only one of them is read. */
export function checkSections({ table, rows }: ReadList, report: Report): void {
  const { category } = table.mapping.simple;
  const row = rows.find(
    ({ source }) =>
      source.section !== '' && source.section !== source.category && !isPowerClass(source.section),
  );
  if (row && category !== undefined)
    report(
      row.row,
      category,
      `类别按${columnLetter(category)}列读作“${shorten(row.category, GROUP_MAX)}”,上面“${shorten(row.source.section, GROUP_MAX)}”一行没有读取`,
      `以那一行为类别的,用 category=- 指明;不是的不必处理`,
    );
}

/** 牵头单位, 配合单位, 工作要求: whose the last column is, no word says. */
export function checkLooseDuties({ table, rows }: ReadList, report: Report): void {
  const { parties } = table.mapping;
  const index = parties.find(({ role, unit }) => role === 'lead' && unit !== undefined)?.duty;
  const column = table.header.columns.find((it) => it.index === index);
  const isLoose = column?.meaning?.field === 'party' && column.meaning.isLoose === true;
  const row = rows.find(
    ({ lead, support }) => lead.some(({ duty }) => duty !== '') && support.some(({ duty }) => duty === ''),
  );
  if (row && column && isLoose && index !== undefined)
    report(
      table.header.rows[0] ?? 0,
      index,
      `“${column.label}”一栏没有写明是谁的,读作主体责任单位的职责`,
      `是配合单位的,用 supportDuty=${columnLetter(index)} 指明;不是的不必处理`,
    );
}

/** Two tables side by side under one header row: only the left one would be read. */
export function checkTwins({ table }: ReadList, problem: Report): void {
  const { columns, rows } = table.header;
  const first = columns.find(({ meaning }) => meaning?.field === 'number');
  const second = columns.find((column) => column !== first && first && column.label === first.label);
  const matters = columns.filter(({ meaning }) => meaning?.field === 'matter');
  if (second && new Set(matters.map(({ label }) => label)).size < matters.length)
    problem(
      rows[0] ?? 0,
      second.index,
      '这一行有左右并排的两套表头,右边一半没有读取',
      '拆成上下两张表,或分成两张工作表',
    );
}

/** ◎ that no legend explains, and a mark where a duty should stand. */
export function checkMarks(list: ReadList, report: Report, problem: Report): void {
  checkSameLabels(list, report);
  const { table, rows } = list;
  const { matrix } = table.mapping;
  for (const mark of matrix?.unsure ?? []) {
    const isIts = (row: ListRow, index: number) => row.source.parts[0]?.at(index)?.text.trim() === mark;
    const row = rows.find((it) => matrix?.columns.some(({ index }) => isIts(it, index)));
    // A legend that tells of the others means something else by it.
    const say = matrix?.roles.size ? problem : report;
    say(
      row?.row ?? table.header.rows[0] ?? 0,
      matrix?.columns.find(({ index }) => row && isIts(row, index))?.index,
      `没有说明“${mark}”是牵头还是配合${matrix?.roles.size ? '' : ',都读作主体责任单位'}`,
      `在表下注明,例如“注:●为牵头单位,○为配合单位”,重新导入${matrix?.roles.size ? '' : ';都是责任单位的,确认后继续'}`,
    );
  }
  checkOfBoth(list, report);
  for (const { lead, support } of rows)
    for (const { unit, duty, dutyRow, dutyColumn } of [...lead, ...support])
      if (MARKED.test(duty))
        report(
          dutyRow,
          dutyColumn,
          `“${unit}”的职责以符号“${duty[0]}”开头,没有读作牵头或配合`,
          '把牵头单位和配合单位分成两栏,或在职责前写“牵头”“配合”,重新导入',
        );
      else if (duty !== '' && !/[\p{L}\p{N}]/u.test(duty))
        report(
          dutyRow,
          dutyColumn,
          `“${unit}”的职责只有符号“${shorten(duty, 6)}”`,
          '按印发文本写明牵头、配合或职责内容',
        );
}

/** ★制定方案. */
const MARKED = /^[●■▲★◆○□△☆◇◎√✓✔][\u4e00-\u9fff]/;

/** 牵头/配合单位: several units of one cell, and nothing says which of them leads. */
function checkOfBoth({ table, rows }: ReadList, report: Report): void {
  for (const { role, unit, both, rule } of table.mapping.parties) {
    const column = unit ?? both;
    const label = table.header.columns.find(({ index }) => index === column)?.label ?? '';
    if (role !== 'lead' || rule || !isOfBoth(label)) continue;
    const isIts = (entry: { column: number }) => entry.column === column;
    const row = rows.find(
      ({ lead, support }) =>
        new Set(lead.filter(isIts).map((entry) => entry.unit)).size > 1 && !support.some(isIts),
    );
    if (row)
      report(
        row.row,
        column,
        `“${label}”一栏没有标明谁牵头、谁配合,都读作主体责任单位`,
        '在单位后写“（牵头）”“（配合）”,重新导入;都是主体责任单位的,确认后继续',
      );
  }
}

/** Words by which lists call those who answer for a matter. */
const LEADING =
  /牵头|主办|主责|主管|监管|责任|审批|执法|承办|承接|实施|行使|职能|业务|行业|管理|落实|执行|主体|[县市区旗省]|上级/;

/** 责任单位 beside another 责任单位, 共建单位 beside 牵头单位: which of them leads, the header does not say. */
function checkSameLabels({ table }: ReadList, report: Report): void {
  const labelOf = (index: number | undefined) =>
    table.header.columns.find((column) => column.index === index)?.label ?? '';
  const leads = table.mapping.parties.filter(({ role, unit }) => role === 'lead' && unit !== undefined);
  const isChief = ({ unit }: { unit?: number }) => /牵头|主办|主责|第一|首要|主要/.test(labelOf(unit));
  const chief = leads.find(isChief);
  const other = leads.find((party) => !party.isFirm && !isChief(party));
  if (chief && other)
    report(
      table.header.rows[0] ?? 0,
      other.unit,
      `“${labelOf(other.unit)}”和“${labelOf(chief.unit)}”都读作主体责任单位`,
      '其中一栏是配合单位的,改正表头后重新导入;都是主体责任单位的,确认后继续',
    );
  // 兜底单位 beside 主管单位: what it does, no word says.
  const strange = leads.find((party) => !party.isFirm && !LEADING.test(labelOf(party.unit)));
  const first = leads.find((party) => party !== strange);
  if (!chief && strange && first)
    report(
      table.header.rows[0] ?? 0,
      strange.unit,
      `“${labelOf(strange.unit)}”和“${labelOf(first.unit)}”都读作主体责任单位`,
      '其中一栏是配合单位的,改正表头后重新导入;都是主体责任单位的,确认后继续',
    );
  const units = table.mapping.parties.filter(({ unit, isFirm }) => unit !== undefined && !isFirm);
  for (const [at, { unit, role }] of units.entries())
    if (units.slice(0, at).some((other) => other.role === role && labelOf(other.unit) === labelOf(unit)))
      report(
        table.header.rows[0] ?? 0,
        unit,
        `有两栏都叫“${labelOf(unit)}”,都读作主体责任单位`,
        '有一栏是配合单位的,改正表头后重新导入;都是主体责任单位的,确认后继续',
      );
}
