/** A list printed as running text, without any table: labelled paragraphs, or clauses that begin with a unit. */
import { isGenericTownship } from '../../organizations/names.js';
import type { Grid } from '../../files/grid.js';
import { gridOfForms, isFormLabel, isMatterLabel, type Form } from './forms.js';
import { hasSectionForm, isNote, isSignature, isTitle, isTotal, issuerOf } from './lines.js';
import { markActing, roleClause, splitLabelled } from './roles.js';
import {
  cleanText,
  isUnitName,
  NUMBERING,
  splitSentences,
  splitUnitNames,
  unitsBefore,
  type IsKnownUnit,
} from './units.js';

const NAME = '正文';
/** `1.`, `一、`, `(一)`: the number in the first group or in the second. */
const NUMBER =
  '(?:(\\d{1,3}|[一二三四五六七八九十]{1,3})\\s{0,3}[.、\uff0e]\\s{0,3}(?!\\d)|[(\uff08](\\d{1,3}|[一二三四五六七八九十]{1,3})[)\uff09]\\s{0,3}[.、]?\\s{0,3})';
const LABELLED = new RegExp(
  `^${NUMBER}?(?:[\u3010\u3014[]([^\uff1a:\u3011\u3015\\]]{2,12})[\u3011\u3015\\]]\\s{0,3}[:\uff1a]?|([^:\uff1a\u3010\u3014[]{2,12})[:\uff1a])(.*)$`,
  'su',
);
const HEADING = new RegExp(`^${NUMBER}([^。:\uff1a;\uff1b]{2,40})$`, 'u');

/** Who issued it and when, what shall be done with it, or notes: nothing of the list follows. */
const isEnd = (line: string): boolean =>
  isSignature(line) || isNote(line) || CLOSING.test(line) || (line.length <= 30 && issuerOf([line]) !== '');
const CLOSING =
  /^(?:特此|此件|抄送|(?:以上|上述)(?:清单|事项|职责)?[^。]{0,12}(?:请|自)|请(?:各|认真|遵照|结合|抓好)|各(?:单位|部门|乡镇|镇街|乡镇\(街道\)|乡镇（街道）)[^。]{0,20}(?:贯彻|遵照|抓好|认真)|本(?:清单|目录|表|通知|方案|办法)(?:自|由|从)|(?:未尽|其他)事宜)/;

/** The list of a text as a table, or null where any of it is not understood. */
export function listOfText(printed: string[], isKnown: IsKnownUnit): Grid | null {
  const paragraphs = printed.map(withoutBrackets);
  return labelledList(paragraphs) ?? clauseList(paragraphs, isKnown) ?? sentenceList(paragraphs, isKnown);
}

const IN_BRACKETS =
  /^(.{2,120}?)[。;\uff1b]?\s{0,3}[(\uff08]((?:牵头|主办|主责|责任)(?:单位|部门)[:\uff1a][^()\uff08\uff09]{2,200}(?:[(\uff08][^()\uff08\uff09]{1,12}[)\uff09][^()\uff08\uff09]{0,200})?)[)\uff09][。;\uff1b]?$/su;
const ACTING_IN_BRACKETS =
  /^(.{2,120}?)[。;\uff1b]?\s{0,3}[(\uff08]([^()\uff08\uff09:\uff1a]{3,80}(?:牵头|负责)(?:(?:[,\uff0c、;\uff1b][^()\uff08\uff09:\uff1a]{2,120}(?:[(\uff08](?:街道|社区)[)\uff09])?){1,4}(?:配合|参与|协同|协办))?)[)\uff09][。;\uff1b]?$/su;
/** `1.设置警示牌（牵头单位:县水利局;配合单位:…）`, `（县水利局牵头,县财政局配合）` as other texts print it, `1.设置警示牌。牵头单位:…`. */
const withoutBrackets = (line: string): string =>
  line.replace(IN_BRACKETS, '$1。$2').replace(ACTING_IN_BRACKETS, '$1。$2');

const labelled = (line: string): { number: string; label: string; value: string } | null => {
  const [, pointed = '', inBrackets = '', marked = '', printed = '', value = ''] = LABELLED.exec(line) ?? [];
  // 事项1:…
  const [, plain = printed, behind = ''] =
    /^(.{2,8}?)(\d{1,3}|[一二三四五六七八九十]{1,3})$/.exec(printed.trim()) ?? [];
  if (behind !== '' && isMatterLabel(plain)) return { number: behind, label: plain, value: value.trim() };
  const label = marked || printed;
  return isFormLabel(label)
    ? { number: pointed || inBrackets, label: label.trim(), value: value.trim() }
    : null;
};
const headed = (line: string): { number: string; heading: string } => {
  const [, pointed = '', inBrackets = '', heading = ''] = HEADING.exec(line) ?? [];
  return { number: pointed || inBrackets, heading };
};

/** `主体责任单位:县民政局 主体责任:…` in one paragraph: each label begins a line. */
function splitLabels(paragraph: string): string[] {
  const lines: string[] = [];
  for (const piece of paragraph.split(/[\s\u3000]{1,20}(?=[^\s:\uff1a]{2,12}[:\uff1a])/u)) {
    const isOwn = lines.length === 0 || (labelled(lines[0] ?? '') !== null && labelled(piece) !== null);
    if (isOwn) lines.push(piece);
    else lines.push(`${lines.pop() ?? ''} ${piece}`);
  }
  return lines;
}

/** How a line is numbered: 一、 and 1. differ, 1. and 2. do not. */
const styleOf = (line: string): string =>
  (NUMBERING.exec(line)?.[0] ?? '')
    .trim()
    .replace(/\d{1,3}/, '1')
    .replace(/[一二三四五六七八九十]{1,3}/, '一')
    .replace(/[\u2460-\u2473]/, '\u2460');

/** `1.事项名称:…`, `承接部门:…`, `工作方式:…`, each a paragraph; the matter may be a numbered heading without a label. */
function labelledList(paragraphs: string[]): Grid | null {
  const lines = paragraphs.flatMap((text, at) =>
    splitLabels(text).map((own) => ({ text: own, row: at + 1 })),
  );
  const before: string[] = [];
  const forms: Form[] = [];
  let last = '';
  let category = '';
  let end = lines.length;
  const begin = (at: number, number: string, label: string, matter: string) => {
    const values = new Map([[label, matter]]);
    if (category) values.set('类别', category);
    forms.push({ row: lines[at]?.row ?? 0, heading: number ? `${number}.${matter}` : '', values });
    last = label;
  };
  /** A heading stands above a label of its own matter, one that the matter before has already. */
  const isHeading = (at: number): boolean => {
    const follows = labelled(lines[at + 1]?.text ?? '');
    const line = lines[at]?.text ?? '';
    const isMatter = headed(line).heading !== '' && follows !== null && !isMatterLabel(follows.label);
    return isMatter && !labelled(line) && forms.at(-1)?.values.has(follows.label) !== false;
  };
  const begins = (at: number): boolean =>
    isHeading(at) || isMatterLabel(labelled(lines[at]?.text ?? '')?.label ?? '');
  for (const [at, { text: line }] of lines.entries()) {
    const part = labelled(line);
    const { number, heading } = headed(line);
    const form = forms.at(-1);
    // The title again on the next page; 合计:3项, which is compared with what was read.
    if (form && isTitle(line) && before.includes(line)) continue;
    if (form && isTotal(line)) {
      before.push(line.replace(/[:\uff1a]/, ''));
      continue;
    }
    const value = form?.values.get(last) ?? '';
    const isGroup = !part && heading !== '' && !isTitle(line) && begins(at + 1);
    if (part && isMatterLabel(part.label)) begin(at, part.number, part.label, part.value);
    else if (isHeading(at)) begin(at, number, '事项名称', heading);
    else if (!form) {
      if (isGroup || (hasSectionForm(line) && !isTitle(line))) category = line;
      else before.push(line);
    } else if (part) {
      // 协同部门:… 职责:…: of the unit that was named last.
      const label = BARE_DUTY.test(part.label) && OF_UNIT.test(last) ? `${last}职责` : part.label;
      // 配合责任单位:… 配合责任:… once for each unit: one below the other, as in a cell; another number of duties is noticed there.
      const known = form.values.get(label);
      if (known !== undefined && (!REPEATED.test(label) || known === '' || part.value === '')) return null;
      form.values.set(label, known === undefined ? part.value : `${known}\n${part.value}`);
      last = label;
    } else if (isGroup && value.split('\n').some((own) => styleOf(own) === styleOf(line))) {
      // The last item of a duty, or the next group: nothing tells which.
      if (styleOf(category) === styleOf(line)) return null;
      form.values.set(last, `${value}\n${line}`);
    } else if (isGroup || (hasSectionForm(line) && line.length <= 40)) category = line;
    else if (NUMBERING.test(line)) form.values.set(last, `${value}\n${line}`.trim());
    else if (value === '' && (!isEnd(line) || labelled(lines[at + 1]?.text ?? '')))
      form.values.set(last, line);
    else if (isEnd(line)) {
      end = at;
      break;
    } else return null;
  }
  const isOver = lines.slice(end).every(({ text: line }, at) => {
    const label = labelled(line)?.label ?? '';
    return !begins(end + at) && forms.every(({ values }) => !values.has(label));
  });
  const isWhole =
    forms.length >= 2 && forms.every(({ values }) => values.size >= 2 && areRepeatedAlike(values));
  return isWhole && isOver ? gridOfForms(NAME, before, forms) : null;
}

const BARE_DUTY = /^(?:主要|工作|具体|承担)?的?(?:职责|责任|任务|职能)$/;
const OF_UNIT = /(?:单位|部门)$/;

/** What is said of one unit after the other. */
const REPEATED = /单位|部门|责任|职责/;

/** As often 配合责任 as 配合责任单位, where there are several: else nobody can tell whose it is. */
function areRepeatedAlike(values: Map<string, string>): boolean {
  const times = [...values]
    .filter(([label]) => REPEATED.test(label))
    .map(([label, value]) => ({ side: label.slice(0, 2), count: value.split('\n').length, label }));
  const units = times.filter(({ label, count }) => /单位|部门$/.test(label) && count > 1);
  return units.every(({ side, count }) => times.every((it) => it.side !== side || it.count >= count));
}

const CLAUSE =
  /^(?:[(\uff08](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)\uff09]|\d{1,2}[.、\uff0e](?!\d))\s{0,3}(.+)$/su;
type Part = { names: string; isLead: boolean; duty: string };

/** `县林业局牵头负责…` as other lists print it, `县林业局(牵头):牵头负责…`; null where it begins with no unit. */
function partOf(clause: string, isKnown: IsKnownUnit): Part | null {
  const isUnit = (unit: string) => isUnitName(unit, isKnown) || isGenericTownship(unit);
  const found = unitsBefore(clause, isKnown, isUnit);
  if (!found) return null;
  const duty = clause.slice(found.end).trim();
  return { names: found.units.join('、'), isLead: LEADS.test(duty), duty };
}
const LEADS = /^(?:总?牵头|主办|主管)/;
/** `一、城区停车管理。牵头单位:县公安局` above the clauses of the units. */
const LED_BY = /。(?:牵头|主办|主责|责任)(?:单位|部门)[:\uff1a](?=[^:\uff1a]{2,80}$)/;

/** `一、密室逃脱类场所` above `(一)县文化和旅游局牵头负责…`: each heading is a matter, each clause the part of a unit, one of which leads. */
function clauseList(paragraphs: string[], isKnown: IsKnownUnit): Grid | null {
  const before: string[] = [];
  const matters: {
    row: number;
    number: string;
    matter: string;
    /** Who leads, where the heading says so. */
    leads: string[];
    parts: Part[];
  }[] = [];
  for (const [at, line] of paragraphs.entries()) {
    // (一) begins a clause here, and no matter.
    const [heading = '', leading] = line.split(LED_BY);
    const { number, heading: matter } = /^[(\uff08]/.test(line)
      ? { number: '', heading: '' }
      : headed(heading);
    const leads = leading === undefined ? [] : splitUnitNames(leading, isKnown);
    const clause = CLAUSE.exec(line)?.[1] ?? '';
    const part = clause === '' ? roleClause(line, isKnown) : partOf(clause, isKnown);
    const open = matters.at(-1);
    if (part && open) open.parts.push({ ...part, isLead: part.isLead || open.leads.includes(part.names) });
    else if (matter !== '' && !isTitle(line)) {
      if (open?.parts.length === 0) return null;
      matters.push({ row: at + 1, number, matter, leads, parts: [] });
    } else if (!open) before.push(line);
    else if (isEnd(line)) break;
    else return null;
  }
  // Where nobody leads, the heading may be a domain, and each clause a matter of its own: that is not read.
  const isClear =
    matters.length >= 2 &&
    matters.every(
      ({ parts, leads }) =>
        parts.some(({ isLead }) => isLead) &&
        leads.every((name) => parts.some((part) => part.names === name)),
    );
  if (!isClear) return null;
  const forms = matters.map(({ row, number, matter, parts }): Form => {
    const lines = parts.map(
      ({ names, isLead, duty }) => `${names}${isLead ? '（牵头）' : '（配合）'}：${cleanText(duty)}`,
    );
    return {
      row,
      heading: `${number}.${matter}`,
      values: new Map([
        ['事项名称', matter],
        ['责任单位及职责', lines.join('\n')],
      ]),
    };
  });
  return gridOfForms(NAME, before, forms);
}

const ITEM =
  /^(?:[(\uff08]([一二三四五六七八九十]{1,3}|\d{1,2})[)\uff09]|(\d{1,3}|[一二三四五六七八九十]{1,3})\s{0,3}[.、\uff0e](?!\d))\s{0,3}([^。:\uff1a;\uff1b,\uff0c]{2,40})(?:[。:\uff1a]\s{0,3}(.*))?$/su;

/** A matter of several clauses, with labels behind it. */
const LABELLED_ITEM =
  /^(?:[(\uff08]([一二三四五六七八九十]{1,3}|\d{1,2})[)\uff09]|(\d{1,3}|[一二三四五六七八九十]{1,3})\s{0,3}[.、\uff0e](?!\d))\s{0,3}([^。:\uff1a]{2,120})。((?:牵头|主办|主责|责任)(?:单位|部门)[:\uff1a].+)$/su;

/** Sentences that each begin with a unit, labels before units, or 由县公安局牵头,县商务局配合. */
function areDuties(text: string, isKnown: IsKnownUnit): boolean {
  const areUnits = (names: string) => {
    const units = splitUnitNames(names, isKnown);
    return units.length > 0 && units.every((name) => isUnitName(name, isKnown));
  };
  const labelled = splitLabelled(text, isKnown);
  if (labelled) return labelled.every(({ unit }) => isUnitName(unit, isKnown));
  const said = splitSentences(text, isKnown);
  return markActing(text, areUnits) !== text || (said !== null && said.every(({ duty }) => duty !== ''));
}

/** 由县教体局牵头…: the unit begins the sentence. */
const withoutBy = (text: string): string =>
  text.replace(/(^|[。;\uff1b,\uff0c])由(?=[\u4e00-\u9fff]{3})/g, '$1');

/** `(一)付费自习室。县教体局牵头负责…。县消防大队负责…。`: each numbered paragraph, or heading with paragraphs below it, is a matter. */
function sentenceList(paragraphs: string[], isKnown: IsKnownUnit): Grid | null {
  const before: string[] = [];
  const forms: Form[] = [];
  let category = '';
  let end = paragraphs.length;
  for (const [at, printed] of paragraphs.entries()) {
    const line = withoutBy(printed);
    const [, bracketed = '', pointed = '', head = '', rest = ''] =
      LABELLED_ITEM.exec(line) ?? ITEM.exec(line) ?? [];
    const matter =
      isTitle(line) || unitsBefore(head, isKnown, (unit) => isUnitName(unit, isKnown)) ? '' : head;
    const next = withoutBy(paragraphs[at + 1] ?? '');
    const isAbove = rest === '' && !NUMBERING.test(next) && areDuties(next, isKnown);
    const form = forms.at(-1);
    if (matter !== '' && (isAbove || (rest !== '' && areDuties(rest, isKnown)))) {
      const values = new Map([
        ['事项名称', matter.trim()],
        ['责任单位及职责', rest],
      ]);
      if (category) values.set('类别', category);
      forms.push({ row: at + 1, heading: `${bracketed || pointed}.${matter.trim()}`, values });
    } else if (matter !== '' && rest === '' && NUMBERING.test(next)) category = line;
    else if (form && !NUMBERING.test(line) && areDuties(line, isKnown))
      form.values.set('责任单位及职责', `${form.values.get('责任单位及职责') ?? ''}\n${line}`.trim());
    else if (!form) before.push(line);
    else {
      end = at;
      break;
    }
  }
  // What follows may date and sign the document; it holds no item and gives nobody anything to do.
  const isOver = paragraphs.slice(end).every((line) => !NUMBERING.test(line) && !areDuties(line, isKnown));
  return isOver && forms.length >= 2 ? gridOfForms(NAME, before, forms) : null;
}
