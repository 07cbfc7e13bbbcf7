/** "柳林镇编制多少人": the staffing table (编制), for those who may see it, with its date and its document. */
import type { Block } from '../core/card.js';
import type { Person, Staffing } from '../core/domain.js';
import { replyCard, replyText, setSession } from '../core/effects.js';
import type { Session } from '../core/session.js';
import type { Context, Handler } from '../core/types.js';
import { yearOf, toLocal } from '../calendar/local.js';
import type { Directory } from '../organizations/directory.js';
import { repliesOf, type HandlerDeps } from './deps.js';

export const ASK_STAFFING_REPLIES = ['not-yours', 'own-only', 'direct', 'none'] as const;

/** Units told of in one answer. */
const SHOWN = 30;
const ALL =
  /全县|各(?:单位|部门|乡镇|镇街)|所有(?:单位|部门)|哪些(?:单位|部门|乡镇|镇)|汇总|总(?:数|量|共|的)/;

export function createAskStaffing(deps: HandlerDeps): Handler {
  const textOf = repliesOf(deps.intents, 'ask_staffing', ASK_STAFFING_REPLIES);
  return (ctx) => {
    const { person, text } = ctx;
    const { directory } = deps.knowledge();
    if (!person || !mayAsk(person)) return [replyText(textOf('not-yours')), setSession(askedBefore(ctx))];
    // Whoever reads along in a group may not.
    if (!ctx.update.conversation.isDirect) return [replyText(textOf('direct'))];
    const named = [...new Set(directory.mentions(text).map(({ unit }) => unit))];
    if (!seesAllStaffing(person) && named.some((unit) => unit !== person.organization))
      return [replyText(textOf('own-only')), setSession(askedBefore(ctx))];
    const isOfAll = seesAllStaffing(person) && (ALL.test(text) || named.length === 0);
    const units = named.length > 0 ? named : isOfAll ? null : [person.organization];
    const year = yearIn(text, yearOf(toLocal(ctx.now).date), directory);
    const category = categoryIn(text);
    const isOfGroup = groupIn(text, directory);
    const isOver = units === null && OVER.test(text);
    const rows = directory.staffing.filter(
      (row) =>
        (units !== null || isOfGroup(row.unit)) &&
        (!isOver || row.actual > row.approved) &&
        row.year === year &&
        (units === null || units.includes(row.unit)) &&
        (category === null || row.category.includes(category)),
    );
    if (rows.length === 0 && isOver)
      return [replyText(`${year}年没有实有超过核定的。`), setSession(askedBefore(ctx))];
    if (rows.length === 0) return [replyText(`${(units ?? ['全县']).join('、')}${year}年:${textOf('none')}`)];
    const onlyVacant = units === null && !isOver && /空|缺/.test(text);
    return [replyCard(cardOf(rows, units, { year, onlyVacant })), setSession(askedBefore(ctx))];
  };
}

/** 实有比核定还多的, 超编的. */
const OVER =
  /超编|超了?编|超员|超(?:了|出)?核定|实有[^,，]{0,3}(?:比|大于|超过|超出|多于|高于)[^,，]{0,3}核定|比核定[^,，]{0,3}(?:多|高|大)|(?:谁|哪[些几家个]).{0,6}超/;
const TOWNSHIPS = /乡镇|镇街|各(?:镇|乡|街道)|哪[些几]个?(?:镇|乡|街道)/;
const DEPARTMENTS = /部门|县直|机关|哪[些几]个?(?:局|单位)/;
/** 乡镇有哪几个, 部门里头呢. */
function groupIn(
  text: string,
  { townshipNamed }: Pick<Directory, 'townshipNamed'>,
): (unit: string) => boolean {
  const [ofTownships, ofDepartments] = [TOWNSHIPS.test(text), DEPARTMENTS.test(text)];
  if (ofTownships === ofDepartments) return () => true;
  return (unit) => (townshipNamed(unit) !== null) === ofTownships;
}

/** The table is what is spoken of now, and no row. */
function askedBefore({ session, text, now }: Context): Session {
  const { focus: _, listing: __, ...kept } = session ?? {};
  return { ...kept, updatedAt: now, question: text, offered: [], isChoosing: false };
}

/** The 编办 keeps the table; leaders of the county read it whole, leaders of a unit that of their own. */
const seesAllStaffing = ({ roles }: Person): boolean =>
  roles.some((role) => role === 'list-office' || role === 'county-leader');
const mayAsk = (person: Person): boolean =>
  seesAllStaffing(person) ||
  person.roles.some((role) => role === 'township-leader' || role === 'department-head');

/** The year that is named; else the newest that the table has, not after this one. */
function yearIn(text: string, now: number, { staffing }: Pick<Directory, 'staffing'>): number {
  const named = /(20\d{2})年?/.exec(text)?.[1];
  if (named) return Number(named);
  if (/去年/.test(text)) return now - 1;
  if (/今年|本年/.test(text)) return now;
  return Math.max(...staffing.map(({ year }) => year).filter((year) => year <= now), 0) || now;
}

const categoryIn = (text: string): string | null => /(行政|事业|工勤)(?:编|人员)/.exec(text)?.[1] ?? null;

const lineOf = ({ category, approved, actual, planned }: Staffing): string =>
  [
    `${category}:核定 ${approved},实有 ${actual},`,
    actual > approved ? `超编 ${actual - approved}` : `空缺 ${approved - actual}`,
    planned === null ? '' : `,用编计划 ${planned}`,
  ].join('');

function cardOf(
  rows: readonly Staffing[],
  units: string[] | null,
  { year, onlyVacant }: { year: number; onlyVacant: boolean },
): { title: string; blocks: Block[]; buttons: [] } {
  const names = [...new Set(rows.map(({ unit }) => unit))];
  const blocks: Block[] = [];
  if (names.length > 1) blocks.push({ kind: 'text', text: `合计 ${totalOf(rows)}` });
  const shown = names.filter(
    (name) => !onlyVacant || rows.some((row) => row.unit === name && row.approved > row.actual),
  );
  for (const name of shown.slice(0, SHOWN))
    blocks.push({
      kind: 'field',
      label: name,
      text: rows
        .filter(({ unit }) => unit === name)
        .map(lineOf)
        .join(';'),
    });
  if (shown.length > SHOWN)
    blocks.push({ kind: 'text', text: `共 ${shown.length} 个单位,其余请写明单位名称查询。` });
  const sources = [...new Set(rows.map(({ source, asOf }) => `${source},截至 ${asOf}`))];
  blocks.push({ kind: 'source', text: `依据:${sources.join(';')}。人员变动未更新的,以编办核定为准。` });
  const who = units === null ? '全县' : units.join('、');
  return { title: `${who}编制(${year}年)`, blocks, buttons: [] };
}

const sum = (rows: readonly Staffing[], of: (row: Staffing) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);

const totalOf = (rows: readonly Staffing[]): string =>
  [
    `核定 ${sum(rows, ({ approved }) => approved)}`,
    `实有 ${sum(rows, ({ actual }) => actual)}`,
    `空缺 ${sum(rows, ({ approved, actual }) => Math.max(0, approved - actual))}`,
    `用编计划 ${sum(rows, ({ planned }) => planned ?? 0)}`,
  ].join(',');
