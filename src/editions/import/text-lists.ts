/** A list printed as running text, without any table: labelled paragraphs, or clauses that begin with a unit. */
import { isGenericTownship } from '../../organizations/names.js';
import type { Grid } from '../../files/grid.js';
import { gridOfForms, isFormLabel, isMatterLabel, type Form } from './forms.js';
import { hasSectionForm, isNote, isSignature, isTitle, issuerOf } from './lines.js';
import { markActing } from './roles.js';
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
const LABELLED =
  /^(?:(\d{1,3}|[一二三四五六七八九十]{1,3})\s{0,3}[.、\uff0e]\s{0,3})?([^:\uff1a]{2,12})[:\uff1a](.*)$/su;
const HEADING =
  /^(\d{1,3}|[一二三四五六七八九十]{1,3})\s{0,3}[.、\uff0e]\s{0,3}(?!\d)([^。:\uff1a;\uff1b]{2,40})$/u;

/** Who issued it and when, or notes: nothing of the list follows. */
const isEnd = (line: string): boolean =>
  isSignature(line) || isNote(line) || (line.length <= 30 && issuerOf([line]) !== '');

/** The list of a text as a table, or null where any of it is not understood. */
export const listOfText = (paragraphs: string[], isKnown: IsKnownUnit): Grid | null =>
  labelledList(paragraphs) ?? clauseList(paragraphs, isKnown) ?? sentenceList(paragraphs, isKnown);

const labelled = (line: string): { number: string; label: string; value: string } | null => {
  const [, number = '', label = '', value = ''] = LABELLED.exec(line) ?? [];
  return isFormLabel(label) ? { number, label: label.trim(), value: value.trim() } : null;
};

/** `1.事项名称:…`, `承接部门:…`, `工作方式:…`, each a paragraph; the matter may be a numbered heading without a label. */
function labelledList(paragraphs: string[]): Grid | null {
  const before: string[] = [];
  const forms: Form[] = [];
  let last = '';
  let category = '';
  const begin = (at: number, number: string, label: string, matter: string) => {
    const values = new Map([[label, matter]]);
    if (category) values.set('类别', category);
    forms.push({ row: at + 1, heading: number ? `${number}.${matter}` : '', values });
    last = label;
  };
  for (const [at, line] of paragraphs.entries()) {
    const part = labelled(line);
    const [, number = '', heading = ''] = HEADING.exec(line) ?? [];
    const follows = labelled(paragraphs[at + 1] ?? '');
    const isHeading = heading !== '' && follows !== null && !isMatterLabel(follows.label);
    const form = forms.at(-1);
    if (part && isMatterLabel(part.label)) begin(at, part.number, part.label, part.value);
    else if (!part && isHeading) begin(at, number, '事项名称', heading);
    else if (!form) {
      if (hasSectionForm(line) && !isTitle(line)) category = line;
      else before.push(line);
    } else if (part) {
      if (form.values.has(part.label)) return null;
      form.values.set(part.label, part.value);
      last = part.label;
    } else if (hasSectionForm(line) && line.length <= 40) category = line;
    else if (NUMBERING.test(line)) form.values.set(last, `${form.values.get(last) ?? ''}\n${line}`.trim());
    else if (isEnd(line)) break;
    else return null;
  }
  const isWhole = forms.length >= 2 && forms.every(({ values }) => values.size >= 2);
  return isWhole ? gridOfForms(NAME, before, forms) : null;
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

/** `一、密室逃脱类场所` above `(一)县文化和旅游局牵头负责…`: each heading is a matter, each clause the part of a unit, one of which leads. */
function clauseList(paragraphs: string[], isKnown: IsKnownUnit): Grid | null {
  const before: string[] = [];
  const matters: {
    row: number;
    number: string;
    matter: string;
    parts: Part[];
  }[] = [];
  for (const [at, line] of paragraphs.entries()) {
    const [, number = '', matter = ''] = HEADING.exec(line) ?? [];
    const clause = CLAUSE.exec(line)?.[1] ?? '';
    const part = clause === '' ? null : partOf(clause, isKnown);
    const open = matters.at(-1);
    if (part && open) open.parts.push(part);
    else if (matter !== '' && !isTitle(line)) {
      if (open?.parts.length === 0) return null;
      matters.push({ row: at + 1, number, matter, parts: [] });
    } else if (!open) before.push(line);
    else if (isEnd(line)) break;
    else return null;
  }
  // Where nobody leads, the heading may be a domain, and each clause a matter of its own: that is not read.
  const isClear = matters.length >= 2 && matters.every(({ parts }) => parts.some(({ isLead }) => isLead));
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

/** Sentences that each begin with a unit, or 由县公安局牵头,县商务局配合. */
function areDuties(text: string, isKnown: IsKnownUnit): boolean {
  const areUnits = (names: string) => {
    const units = splitUnitNames(names, isKnown);
    return units.length > 0 && units.every((name) => isUnitName(name, isKnown));
  };
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
    const [, bracketed = '', pointed = '', head = '', rest = ''] = ITEM.exec(line) ?? [];
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
