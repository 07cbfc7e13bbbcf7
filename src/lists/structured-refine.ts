/** What a sentence changes of the question before it: 消防的几项, 第二批呢, 配合的呢, 倒过来. Pure. */
import { PEOPLE, ROLES } from './structured-grammar.js';
import { pickOf, refinePeople } from './structured-parse-people.js';
import { byUnits, groupOf } from './structured-groups.js';
import { CONTENT, isListing, LISTS, only, TOWNSHIP, unfold, type Question } from './structured-question.js';
import type { Token } from './structured-words.js';
import type { TokenType } from './structured-token-types.js';

/** What was said, and the question that it may go on from. */
export type SaidAfter = { meant: Question; tokens: Token[]; text: string; isEmpty: boolean };

/** What the words change of the question before; null when they ask something of their own, or nothing of this kind. */
export function refine(previous: Question, said: SaidAfter): Question | null {
  const refined = changed(previous, said);
  if (!refined || refined.ask !== 'rows') return refined;
  // 剩下的 counts against what was narrowed last.
  const { base: _, ...own } = refined;
  const { base: __, ...before } = previous;
  const isOfPair = previous.unit !== undefined && previous.other !== undefined && own.other !== undefined;
  const isNarrower =
    isOfPair ||
    (isListing(previous) && CONTENT.every((key) => before[key] === undefined || before[key] === own[key]));
  const isSame = JSON.stringify(own) === JSON.stringify(before);
  return isNarrower && !isSame ? { ...own, base: JSON.stringify(before) } : refined;
}

function changed(previous: Question, { meant, tokens, text, isEmpty }: SaidAfter): Question | null {
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  const isTail =
    /(?:呢|的|那份|那个|有不|有没有|[吗么没])[?\uff1f]?$/.test(text) || has('anaphor', 'pronoun', 'reverse');
  const content = CONTENT.filter((key) => meant[key] !== undefined);
  if (has('phone') && content.length === 0 && !meant.person) return { ...previous, ...meant, ask: 'phone' };
  // 那第36呢 after whose the 49th is.
  if (previous.ask === 'carrier' && previous.number && meant.number && content.length === 0)
    return { ...previous, number: meant.number };
  if (previous.ask && OF_PEOPLE.includes(previous.ask)) return refinePeople(previous, meant, tokens, text);
  if (previous.ask === 'penalty') return null;
  if (has('whichDocument') && meant.batch && content.length === 1)
    return { ask: 'document', batch: meant.batch };
  if (previous.ask === 'document' && meant.kind && content.length === 1 && isTail)
    return { ask: 'document', kind: meant.kind };
  if (
    previous.ask === 'document' &&
    meant.document &&
    content.length === 1 &&
    isTail &&
    !has('noun', 'count')
  )
    return { ask: 'document', document: meant.document };
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
  if (has('remaining')) return remaining(previous, tokens);
  // 配合城管局的是哪些 of those where somebody co-operates: the same one does.
  if (
    meant.lead &&
    meant.support &&
    previous.support &&
    previous.support !== TOWNSHIP &&
    previous.support !== meant.lead &&
    !has('township', 'ownTownship', 'anyTownship', 'self', 'ownUnit') &&
    tokens.filter(({ type }) => type === 'unit').length === 1
  ) {
    const { lead: _, ...open } = previous;
    return { ...open, ask: 'rows', lead: meant.lead };
  }
  const picked = pickOf(text);
  if (picked && meant.lead === undefined && !has('domain', 'unit'))
    return { ...previous, ask: 'pick', field: picked };
  if (has('reverse') && content.length === 0 && (previous.lead ?? previous.support)) {
    const { lead, support, base: _, ...others } = previous;
    return { ...others, ask: 'rows', ...(support && { lead: support }), ...(lead && { support: lead }) };
  }
  if (has('next', 'previousOne') && previous.ask === 'row' && /^\d+$/.test(previous.number ?? ''))
    return { ...previous, number: String(Number(previous.number) + (has('next') ? 1 : -1)) };
  if (meant.kind?.includes('|')) return null;
  if (meant.number !== undefined) {
    if (meant.batch ?? meant.kind ?? meant.document) return null;
    const isList = previous.batch ?? previous.kind ?? previous.document;
    return isList ? { ...only(previous, LISTS), number: meant.number, ask: 'row' } : null;
  }
  if (previous.units) {
    const more = severalUnits(previous, meant, tokens);
    if (more) return more;
  }
  if ((meant.by || has('who')) && has('anaphor') && has(...ROLES))
    return { ...previous, ask: 'group', by: has('support') ? 'support' : 'lead' };
  const by = byUnits(tokens);
  if (by && content.length === 0) return { ...previous, ask: 'group', by };
  const grouped = groupOf(tokens);
  if (grouped && content.length === 0) return { ...previous, ask: 'group', by: grouped };
  if (content.length === 0 && !has(...ROLES)) {
    if (meant.township && (isTail || has('scope', 'count', 'total'))) {
      // 要是换成清水乡呢 总数: the whole list there.
      const whole = /总数|一共|总共|拢共/.test(text) ? only(previous, [...LISTS, 'ask']) : previous;
      const { townshipClass: _, before: __, ...open } = whole;
      const before = isListing(previous) && { before: JSON.stringify({ ...open }) };
      return { ...open, ...before, ask: previous.ask ?? 'rows', township: meant.township };
    }
    if (has('total') && !has('noun')) return { ...only(previous, LISTS), ask: 'rows' };
    // 念一下都是哪些: nothing but that they are to be told.
    const isBare = tokens.every(({ type }) => BARE.includes(type));
    return has('count', 'list', 'anaphor', 'each') &&
      (has('anaphor') || isBare || text.length <= 6) &&
      !has(...PEOPLE)
      ? { ...previous, ask: 'rows' }
      : null;
  }
  // 清水乡赋权的是几项: of a list of that township, all of it, whatever was narrowed before.
  if (meant.township && meant.kind && content.length === 1 && has('count') && !has('anaphor')) return null;
  const isOfPair = isPairOf(previous, meant, tokens);
  if (!isOfPair && !isElliptic([previous, meant], content, tokens, isTail)) return null;
  const next = merged(previous, meant, tokens, isEmpty);
  if (grouped) return { ...next, ask: 'group', by: grouped };
  // 第三批呢 after one unit was counted in both roles.
  if (previous.units && !previous.units.includes('|') && !has(...ROLES) && !meant.unit) {
    const { unit: _, ...counted } = next;
    return { ...counted, ask: 'units', units: previous.units };
  }
  return { ...next, ask: previous.ask === 'division' && next.unit && next.other ? 'division' : 'rows' };
}

const BARE: readonly TokenType[] = ['filler', 'list', 'count', 'each', 'noun'];
const OF_PEOPLE: readonly string[] = ['staff', 'person', 'post', 'phone', 'carrier'];

/** 剩下的都是谁牵头: what the last narrowing left out. */
function remaining(previous: Question, tokens: Token[]): Question | null {
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  const { unit, other, ask } = previous;
  // Of what two units share, what neither of them leads.
  if (ask === 'division' && unit && other) {
    const { unit: _, ...shared } = previous;
    const both: Question = { ...shared, support: unit, both: 'support' };
    return has('who', 'whichUnits') ? { ...both, ask: 'group', by: 'lead' } : { ...both, ask: 'rows' };
  }
  const { base: kept, minus: __, ...minus } = previous;
  if (!isListing(previous)) return null;
  const base = unfold(kept) ?? minus;
  const rest: Question = { ...base, minus: JSON.stringify(minus) };
  return has('who', 'whichUnits') && has(...ROLES)
    ? { ...rest, ask: 'group', by: has('support') ? 'support' : 'lead' }
    : { ...rest, ask: 'rows' };
}

/** 各几项来着, 加上交通局呢 after several units were counted. */
function severalUnits(previous: Question, meant: Question, tokens: Token[]): Question | null {
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  const named = meant.units ?? [meant.unit, meant.lead, meant.support].find(Boolean);
  if (named && named !== TOWNSHIP && (has('add') || previous.units?.includes('|')))
    return has('add')
      ? {
          ...previous,
          ask: 'units',
          units: [...new Set([...(previous.units ?? '').split('|'), named])].join('|'),
        }
      : null;
  if (named || !previous.units?.includes('|')) return null;
  const isBare = CONTENT.every((key) => meant[key] === undefined);
  return isBare && !has(...PEOPLE) && has('each', 'count', 'list') ? { ...previous, ask: 'units' } : null;
}

/** 公安主责的是哪个, of what two units share. */
const isPairOf = ({ unit, other }: Question, meant: Question, tokens: Token[]): boolean =>
  unit !== undefined &&
  other !== undefined &&
  meant.batch === undefined &&
  [unit, other].includes(meant.lead ?? meant.support ?? '') &&
  !(meant.lead && meant.support) &&
  tokens.some(({ type }) => ROLES.includes(type));

/** One thing is said, and not as one would begin: 消防的几项, 第二批呢, 配合的呢. */
function isElliptic(
  [previous, meant]: readonly [Question, Question],
  content: readonly string[],
  tokens: Token[],
  isTail: boolean,
): boolean {
  const isParallel =
    isTail &&
    meant.unit !== undefined &&
    content.every((key) => key === 'unit' || (key === 'batch' && previous.batch));
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  // 第三批总数呢: of all of it.
  if (has('total') || tokens.some(({ type, text }) => type === 'count' && text === '总数')) return false;
  if (tokens.some(({ type, text }) => type === 'noun' && text.includes('清单'))) return false;
  // 文旅跟林业一块的呢: another pair.
  if (meant.unit && meant.other && content.length === 2) return isTail;
  // 跟残联都在配合的: one party beside the one before.
  if (meant.both && content.length === 1) return true;
  if (content.length > 1)
    return isParallel || (has('anaphor') && (!meant.batch || !(meant.lead ?? meant.support ?? meant.unit)));
  if ((meant.lead ?? meant.support) && has(...ROLES))
    return has('anaphor') || (isTail && /^(?:那|其中)/.test(tokens[0]?.text ?? ''));
  if (meant.kind) return (isTail || has('count')) && !has('noun');
  return true;
}

const PARTIES = ['lead', 'support', 'unit', 'other'] as const;

/** The new takes the place of what is of its sort. */
function merged(before: Question, meant: Question, tokens: Token[], isEmpty: boolean): Question {
  const has = (type: TokenType) => tokens.some((token) => token.type === type);
  const { number: _, by: __, units, minus: ___, before: ____, ...kept } = before;
  // 配合的里头第三批占几个 after one unit was counted in both roles.
  const previous: Question = units && !units.includes('|') ? { ...kept, unit: units } : kept;
  const next: Question = { ...previous };
  if (meant.township && next.townshipClass) {
    // Only the delegated lists are of classes.
    delete next.townshipClass;
    next.kind ??= 'delegated';
  }
  if (meant.domain) delete next.isWide;
  if (meant.batch ?? meant.document ?? meant.kind) {
    if (meant.batch && previous.kind !== 'territorial') delete next.kind;
    delete next.document;
    if (!meant.batch) delete next.batch;
  }
  const said = meant.unit ?? meant.lead ?? meant.support;
  const unit = said === TOWNSHIP && meant.township ? TOWNSHIP : said;
  const party =
    [previous.lead, previous.support, previous.unit].find((name) => name && name !== TOWNSHIP) ??
    previous.lead ??
    previous.support ??
    previous.unit;
  if (meant.unit && meant.other) {
    for (const key of PARTIES) delete next[key];
    delete next.both;
    return { ...next, ...pickOthers(meant), unit: meant.unit, other: meant.other };
  }
  const pair = [before.unit, before.other];
  const asked = has('support') ? 'support' : has('lead') ? 'lead' : undefined;
  if (asked && said && before.unit && before.other && pair.includes(said)) {
    for (const key of PARTIES) delete next[key];
    const other = pair.find((name) => name !== said);
    return { ...next, ...pickOthers(meant), [asked]: said, ...(other && { other }) };
  }
  if (meant.both && meant.other && party) {
    for (const key of PARTIES) delete next[key];
    return { ...next, ...pickOthers(meant), [meant.both]: party, other: meant.other };
  }
  if (meant.unit && party && party !== meant.unit && isBeside(tokens)) {
    // 跟水利局的是哪两个: of those that were shown; of the unit's where none was.
    if (isEmpty) for (const key of PARTIES) delete next[key];
    return { ...next, ...pickOthers(meant), ...(isEmpty && { unit: party }), other: meant.unit };
  }
  if (has('lead') || has('support')) {
    const role = has('support') ? 'support' : 'lead';
    const own = previous.lead ?? previous.unit ?? previous.support;
    // 水利局牵头的占几个 of what another takes part in: the two beside each other.
    if (unit && own && unit !== own && has('anaphor') && previous[role] === undefined)
      return { ...next, ...pickOthers(meant), [role]: unit };
    const player = unit ?? (previous.lead && previous.support && role === 'support' ? previous.support : own);
    for (const key of PARTIES) delete next[key];
    delete next.both;
    return { ...next, ...pickOthers(meant), ...(player && { [role]: player }) };
  }
  if (meant.unit) {
    const key =
      previous.lead && previous.lead !== TOWNSHIP
        ? 'lead'
        : previous.support && previous.support !== TOWNSHIP
          ? 'support'
          : 'unit';
    for (const old of PARTIES) if (old === key || old === 'unit' || old === 'other') delete next[old];
    // 妇联呢 after what another does in somebody's affairs; 自规局呢 after how two divide the work.
    if (previous.other && (key !== 'unit' || before.ask === 'division')) {
      if (key === 'unit')
        return { ...next, ...pickOthers(meant), unit: previous.unit ?? '', other: meant.unit };
      next.other = previous.other;
    }
    // 消防大队的几项 after the penalties of a field, 残联办的 after a category of guides: one heading for another.
    if (/^(?:delegated|service)$/.test(previous.kind ?? '') && !has('anaphor')) delete next.domain;
    return { ...next, ...pickOthers(meant), [key]: meant.unit };
  }
  return { ...next, ...pickOthers(meant) };
}

/** 跟水利局的, 和住建局一块的. */
const isBeside = (tokens: Token[]): boolean =>
  tokens.some(({ type }, i) => type === 'unit' && /^[跟和与同]$/.test(tokens[i - 1]?.text ?? ''));

const pickOthers = (meant: Question): Question =>
  Object.fromEntries(Object.entries(meant).filter(([key]) => !(PARTIES as readonly string[]).includes(key)));
