/** Questions that name a person, a post, a unit's head or a telephone: what is named beats what was spoken of before. Pure. */
import type { RowRef } from '../core/domain.js';
import type { Token } from './structured-words.js';
import type { TokenType } from './structured-token-types.js';
import type { OwnSide } from './structured-parties.js';
import { only, TOWNSHIP, type Question } from './structured-question.js';

export type Said = {
  tokens: Token[];
  meant: Question;
  previous: Question | null;
  own: OwnSide;
  me?: string | undefined;
  focus?: RowRef | null;
};

const ALIKE = /[跟和与同](我|他|她)(?:一样|同一?个?|相同|对应|对口)的?岗/;

/** Heads that the county has one of, whichever unit is spoken of. */
const OF_COUNTY = /县长$|^县委书记$|^县政府/;
/** Those of townships. */
const OF_TOWNSHIP = /书记$|镇长$|乡长$|所长$|站长$|中队长$/;
const OF_PEOPLE = ['staff', 'person', 'post', 'phone', 'carrier'];

/** Words that ask for rows: then a unit in the sentence is one of their parties. */
const ROW_SIDE: readonly TokenType[] = [
  ...(['lead', 'support', 'require', 'divide', 'together', 'compare', 'basis', 'keyword', 'domain'] as const),
  ...(['kind', 'batch', 'document', 'group', 'exclude', 'without', 'parties', 'whichUnits', 'noun'] as const),
];

export function askOfStaff(text: string, said: Said): Question | null {
  return ofPerson(text, said) ?? ofPhone(said) ?? ofTitle(text, said) ?? ofUnit(said);
}

const has = (tokens: Token[], ...types: TokenType[]): boolean =>
  tokens.some(({ type }) => types.includes(type));

/** 何戊呢, 李四是水利局的吧, 郭戊身上几个岗, 我这岗上都管些啥. */
function ofPerson(text: string, { tokens, meant, previous, me }: Said): Question | null {
  if (meant.number !== undefined && (meant.kind ?? meant.batch ?? meant.document)) return null;
  const people = tokens.filter(({ type }) => type === 'person').map(({ value }) => value);
  const person = people.length > 0 ? people.join('|') : has(tokens, 'me') ? me : undefined;
  // 石桥跟我一样岗的是谁.
  const alike = ALIKE.exec(text)?.[1];
  const model = alike === '我' ? me : alike ? previous?.person : undefined;
  if (model && meant.township) return { ask: 'staff', township: meant.township, person: model };
  if (!person) return null;
  if (has(tokens, 'phone')) return { ask: 'phone', person };
  const isAsked =
    has(
      tokens,
      'does',
      'who',
      'where',
      'whichUnits',
      'staff',
      'lead',
      'postMark',
      'title',
      'count',
      'list',
    ) || has(tokens, 'noun', 'total', 'each', 'scope', 'me');
  if (people.length > 1) return { ask: 'person', person };
  const place = meant.unit ?? meant.lead ?? meant.township;
  if (place && place !== TOWNSHIP && (isAsked || /(?:吧|吗|么|不|嘛|的)[?\uff1f]?$/.test(text)))
    return { ask: 'person', person, ...(meant.township ? { township: meant.township } : { unit: place }) };
  const isBare = tokens.every(({ type }) => ['person', 'filler', 'anaphor', 'related'].includes(type));
  if (isBare && previous?.ask === 'phone') return { ask: 'phone', person };
  if (isAsked || (isBare && (/呢[?\uff1f]?$/.test(text) || OF_PEOPLE.includes(previous?.ask ?? ''))))
    return { ask: 'person', person };
  return null;
}

/** 住建局值班号码发一个. */
function ofPhone({ tokens, meant, previous }: Said): Question | null {
  if (!has(tokens, 'phone')) return null;
  const before = has(tokens, 'thatUnit') ? unitBefore(previous) : undefined;
  if (before) return { ask: 'phone', unit: before };
  const { post, office, township } = meant;
  const unit = [meant.unit, meant.lead, meant.support].find((name) => name && name !== TOWNSHIP);
  return (post ?? office ?? unit ?? township)
    ? { ...only(meant, ['post', 'office', 'township', 'title']), ...(unit && { unit }), ask: 'phone' }
    : null;
}

/** 婚姻登记处主任是谁: a place that the directory does not know. */
function unknownPlace(tokens: Token[]): string | null {
  const at = tokens.findIndex(({ type }) => type === 'title');
  const before = tokens.slice(0, at).filter(({ type }) => type !== 'filler');
  const after = tokens.slice(at + 1);
  const [place, ...more] = before;
  return place?.type === 'unknown' &&
    place.text.length >= 2 &&
    more.length === 0 &&
    after.every(({ type }) => type === 'filler' || type === 'who' || type === 'list')
    ? place.text
    : null;
}

/** 水利局局长, 石桥的书记呢, 分管的副县长是哪个, 局长是谁. */
const countsRows = (tokens: Token[], text: string): boolean =>
  has(tokens, 'count') && !/(?:几|多少)(?:位|个|名|人|个人)(?:在|同志|干部|领导|$)/.test(text);

function ofTitle(text: string, { tokens, meant, previous, own, focus }: Said): Question | null {
  const { title, office, township } = meant;
  if (!title || has(tokens, 'lead', 'support', 'basis', 'keyword', 'noun', 'batch', 'kind')) return null;
  // 副县长有几位: how many people, not how many rows.
  if (tokens.some((it) => it.type === 'count' && !/[几多少]/.test(it.text)) || countsRows(tokens, text))
    return null;
  const unit = [meant.unit, meant.lead].find((name) => name && name !== TOWNSHIP);
  const place = township ?? (unit ? undefined : own.township);
  if (office) return { ask: 'staff', office, title, ...(place && { township: place }) };
  if (unit) return { ask: 'staff', unit, title };
  if (township) return { ask: 'staff', township, title };
  const stranger = unknownPlace(tokens);
  if (stranger) return { ask: 'staff', title, office: stranger };
  if (OF_COUNTY.test(title)) return { ask: 'staff', title };
  if (previous && OF_PEOPLE.includes(previous.ask ?? '') && (previous.unit ?? previous.township))
    return { ...only(previous, ['unit', 'township']), ask: 'staff', title };
  if (OF_TOWNSHIP.test(title) && own.township) return { ask: 'staff', township: own.township, title };
  if (focus) return { ask: 'staff', ref: focus, title };
  const before = unitBefore(previous);
  if (before) return { ask: 'staff', unit: before, title };
  return own.unit ? { ask: 'staff', unit: own.unit, title } : null;
}

/** The unit that was spoken of: 他们局. */
const unitBefore = (previous: Question | null): string | undefined =>
  [previous?.unit, previous?.lead, previous?.support].find((name) => name && name !== TOWNSHIP);

/** 妇联谁是联络员, 民政局是哪个在对接, 石桥司法所都有谁. */
function ofUnit({ tokens, meant, own, previous, focus }: Said): Question | null {
  const { post, office, township } = meant;
  if (!has(tokens, 'who', 'staff') || has(tokens, ...ROW_SIDE, 'pronoun')) return null;
  // 城管说归环保 到底谁.
  if (tokens.some(({ type, text }) => type === 'unknown' && /[说讲推]/.test(text))) return null;
  const place = township ?? own.township;
  // 柳林镇和石桥镇民政救助岗各是谁, 市监所和司法所分别是谁.
  const all = (type: TokenType) => [
    ...new Set(tokens.filter((token) => token.type === type).map(({ value }) => value)),
  ];
  const there = all('township').length > 1 ? all('township').join('|') : place;
  if (post ?? office)
    return {
      // 便民中心是谁: its people, not its rows.
      ask: post ? 'post' : 'staff',
      ...(post && { post: all('post').join('|') }),
      ...(office && { office: all('office').join('|') }),
      ...(there && { township: there }),
    };
  const before = has(tokens, 'thatUnit') ? unitBefore(previous) : undefined;
  const unit = [meant.unit, meant.lead, before].find((name) => name && name !== TOWNSHIP);
  if (unit) return { ask: 'staff', unit };
  return focus && has(tokens, 'thatUnit') ? { ask: 'staff', ref: focus } : null;
}
