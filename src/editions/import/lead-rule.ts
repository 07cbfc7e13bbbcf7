/** Which of the units of one column leads, where the header or a note says so once for all rows. */
import type { Entry } from './parties.js';
import { leadRuleIn, unclearRuleIn, withoutLeadRule, type LeadRule } from './lead-words.js';
import type { Party } from './mapping.js';
import type { ListTable } from './table-rows.js';

const isOfFirm = ({ isFirm, isOfLevel }: Party): boolean => isFirm === true && isOfLevel !== true;

/**
 * The rule of a column: its own, else what stands above or below the table. A column that is called 牵头单位 needs none.
 * @param all the tables of the file
 */
export function leadRuleOf(party: Party, table: ListTable, all: ListTable[]): LeadRule | null {
  const { header, lines, notes, isSheet } = table;
  const column = party.unit ?? party.both;
  if (party.role !== 'lead' || column === undefined) return null;
  const label = header.columns.find(({ index }) => index === column)?.label ?? '';
  for (const part of label.split('/').reverse()) {
    // 牵头单位(列首位的为总牵头单位): they all lead.
    const isOfLeaders = /牵头|主办|主责/.test(withoutLeadRule(part)) && !/配合|协办|参与/.test(part);
    const own = isOfLeaders ? null : leadRuleIn(part);
    if (own) return own;
    const isOfRole = /牵头|主办|主责/.test(part.replace(/\([^()]{0,60}\)$/, ''));
    const unclear = isOfRole ? null : unclearRuleIn(part, true);
    if (unclear) return unclear;
  }
  if (isOfFirm(party)) return null;
  // What stands below the last table of a document is said of all of them.
  const below = isSheet ? [] : (all.at(-1)?.notes ?? []);
  const said = [...lines, ...notes, ...below];
  return (
    said.map(leadRuleIn).find((rule) => rule !== null) ??
    said.map((line) => unclearRuleIn(line, false)).find((rule) => rule !== null) ??
    null
  );
}

/** Those behind the first take part, unless the cells themselves say who leads. */
export function byRule(entries: Entry[], rule: LeadRule | undefined): Entry[] {
  if (!rule || !('first' in rule)) return entries;
  const leading = new Set([...new Set(entries.map(({ unit }) => unit))].slice(0, rule.first));
  if (entries.some(({ role }) => role === 'lead'))
    return entries.map((entry) =>
      entry.role === 'lead' && !leading.has(entry.unit) ? { ...entry, isContrary: true } : entry,
    );
  return entries.map((entry) =>
    entry.role || leading.has(entry.unit) ? entry : { ...entry, role: 'support' },
  );
}
