/** What a sentence changes of the question before it: 消防的几项, 第二批呢, 配合的呢, 倒过来. Pure. */
import { PEOPLE, ROLES } from './structured-grammar.js';
import { pickOf, refinePeople } from './structured-parse-people.js';
import { CONTENT, LISTS, only, TOWNSHIP, type Question } from './structured-question.js';
import type { Token, TokenType } from './structured-words.js';

/** What the words change of the question before; null when they ask something of their own, or nothing of this kind. */
export function refine(previous: Question, meant: Question, tokens: Token[], text: string): Question | null {
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  const isTail =
    /(?:呢|的|那份|那个|有不|有没有)[?\uff1f]?$/.test(text) || has('anaphor', 'pronoun', 'reverse');
  const content = CONTENT.filter((key) => meant[key] !== undefined);
  if (has('phone') && content.length === 0 && !meant.person) return { ...previous, ...meant, ask: 'phone' };
  if (
    previous.ask === 'staff' ||
    previous.ask === 'person' ||
    previous.ask === 'post' ||
    previous.ask === 'phone'
  )
    return refinePeople(previous, meant, tokens, text);
  if (previous.ask === 'class' || previous.ask === 'townships') {
    if (meant.nearClass ?? (meant.townshipClass && !meant.kind))
      return { ask: 'townships', townshipClass: meant.nearClass ?? meant.townshipClass ?? '' };
    return meant.township && isTail && content.length === 0
      ? { ask: 'class', township: meant.township }
      : null;
  }
  if (meant.person ?? meant.post ?? meant.office) return null;
  // 哪几个乡镇算农业乡镇: asks for townships, not for rows.
  if (meant.townshipClass && !meant.kind && /哪(?:些|几个?)(?:乡镇|镇街|镇|街道|乡)|谁/.test(text))
    return null;
  // 哪几个乡镇算农业乡镇: asks for townships, not for rows.
  if (meant.townshipClass && !meant.kind && /哪(?:些|几个?)(?:乡镇|镇街|镇|街道|乡)|谁/.test(text))
    return null;
  const picked = pickOf(text);
  if (picked && meant.lead === undefined) return { ...previous, ask: 'pick', field: picked };
  if (has('reverse') && content.length === 0 && (previous.lead ?? previous.support)) {
    const { lead, support, ...others } = previous;
    return { ...others, ask: 'rows', ...(support && { lead: support }), ...(lead && { support: lead }) };
  }
  if (meant.number !== undefined) {
    if (meant.batch ?? meant.kind ?? meant.document) return null;
    const isList = previous.batch ?? previous.kind ?? previous.document;
    return isList ? { ...only(previous, LISTS), number: meant.number, ask: 'row' } : null;
  }
  if ((meant.by || has('who')) && has('anaphor') && has(...ROLES))
    return { ...previous, ask: 'group', by: has('support') ? 'support' : 'lead' };
  const grouped = groupOf(tokens);
  if (grouped && content.length === 0) return { ...previous, ask: 'group', by: grouped };
  if (content.length === 0 && !has(...ROLES)) {
    if (meant.township && isTail) return { ...previous, township: meant.township };
    if (has('total') && !has('noun')) return { ...only(previous, LISTS), ask: 'rows' };
    return has('count', 'list', 'anaphor') && (has('anaphor') || text.length <= 6) && !has(...PEOPLE)
      ? { ...previous, ask: 'rows' }
      : null;
  }
  if (!isElliptic(meant, content, tokens, isTail)) return null;
  return { ...merged(previous, meant, tokens), ask: 'rows' };
}

/** One thing is said, and not as one would begin: 消防的几项, 第二批呢, 配合的呢. */
function isElliptic(meant: Question, content: readonly string[], tokens: Token[], isTail: boolean): boolean {
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  if (has('total') || tokens.some(({ type, text }) => type === 'noun' && text.includes('清单'))) return false;
  if (content.length > 1) return has('anaphor') && !meant.batch;
  if ((meant.lead ?? meant.support) && has(...ROLES))
    return isTail && /^(?:那|其中)/.test(tokens[0]?.text ?? '');
  if (meant.kind) return isTail && !has('noun');
  return true;
}

const PARTIES = ['lead', 'support', 'unit', 'other'] as const;

/** The new takes the place of what is of its sort. */
function merged(previous: Question, meant: Question, tokens: Token[]): Question {
  const has = (type: TokenType) => tokens.some((token) => token.type === type);
  const { number: _, by: __, units: ___, ...kept } = previous;
  const next: Question = { ...kept };
  if (meant.batch ?? meant.document ?? meant.kind) {
    if (meant.batch && previous.kind !== 'territorial') delete next.kind;
    delete next.document;
    if (!meant.batch) delete next.batch;
  }
  const unit = meant.unit ?? meant.lead ?? meant.support;
  if (has('lead') || has('support')) {
    const before = previous.lead ?? previous.unit ?? previous.support;
    const party = unit ?? (previous.lead && previous.support && has('support') ? previous.support : before);
    for (const key of PARTIES) delete next[key];
    return { ...next, ...pickOthers(meant), ...(party && { [has('support') ? 'support' : 'lead']: party }) };
  }
  if (meant.unit) {
    const key =
      previous.lead && previous.lead !== TOWNSHIP
        ? 'lead'
        : previous.support && previous.support !== TOWNSHIP
          ? 'support'
          : 'unit';
    for (const old of PARTIES) if (old === key || old === 'unit' || old === 'other') delete next[old];
    return { ...next, ...pickOthers(meant), [key]: meant.unit };
  }
  return { ...next, ...pickOthers(meant) };
}

const pickOthers = (meant: Question): Question =>
  Object.fromEntries(Object.entries(meant).filter(([key]) => !(PARTIES as readonly string[]).includes(key)));

const GROUPS: Record<string, string> = {
  领域: 'domain',
  类别: 'domain',
  类: 'domain',
  清单: 'list',
  批: 'list',
  批次: 'list',
};
export const groupOf = (tokens: Token[]): string | undefined => {
  const group = tokens.find(({ type }) => type === 'group');
  return (
    group && (GROUPS[group.value] ?? (tokens.some(({ type }) => type === 'support') ? 'support' : 'lead'))
  );
};
