/** Villages of the directory and who is reached there: 张湾村的联系人是谁, 河西村呢, 我们镇各村联系人. */
import type { Block, Card } from '../core/card.js';
import type { Village } from '../core/domain.js';
import type { Knowledge } from './knowledge.js';
import type { Asker } from './row-parts.js';
import type { OwnSide } from './structured-parties.js';
import { boundOnly, directorySource } from './structured-people.js';
import type { Question } from './structured-question.js';
import { scan, type Lexicon } from './structured-words.js';
import type { TokenType } from './structured-token-types.js';

/** Heads of a village, whom the directory does not have. */
const HEAD = /(?:村)?(?:党)?(?:总)?支部?书记|支书|村(?:委会)?主任|村长/;
const WHICH = /(?:是|在)?(?:哪个?|什么)村(?:的|里的)?/;
const EACH = /(?:各个?|每个?|所有|全部|哪几个|哪些|几个|多少个?)(?:行政)?村(?:居|庄|子)?(?![委支])/;
/** What may stand beside the name; anything else is a matter. */
const BESIDE: readonly TokenType[] = [
  ...(['filler', 'who', 'staff', 'phone', 'title', 'where', 'township', 'ownTownship'] as const),
  ...(['anaphor', 'anyTownship', 'list', 'count', 'postMark'] as const),
];
const ASKS: readonly TokenType[] = ['staff', 'phone', 'title', 'where'];

type Said = {
  lexicon: Lexicon;
  previous: Question | null;
  own: OwnSide;
  /** A row stands open: who is asked for may be of it. */
  isRowOpen: boolean;
};

export function askOfVillage(text: string, { lexicon, previous, own, isRowOpen }: Said): Question | null {
  const named = villagesIn(text, lexicon, previous);
  const met =
    named.length > 0
      ? named
      : lexicon.villages.filter(({ contact }) => contact !== '' && text.includes(contact));
  const goesOn = previous?.ask === 'village';
  if (met.length === 0 && !goesOn && !EACH.test(text)) return null;
  const rest = met
    .reduce((left, it) => left.replace(calledIn(text, it.name), ' ').replace(it.contact, ' '), text)
    .replace(CALLS, '找')
    .replace(/村里?(?=的?(?:联系|对接))/, '');
  const [head] = HEAD.exec(rest) ?? [];
  const bare = rest.replace(VILLAGES_NEXT, '呢').replace(HEAD, ' ').replace(EACH, ' ').replace(WHICH, ' ');
  const tokens = scan(bare, lexicon);
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  const isPlain = tokens.every(({ type }) => BESIDE.includes(type) || (goesOn && type === 'pronoun'));
  if (!isPlain) return null;
  const asks =
    has(...ASKS) || CALLS.test(text) || head !== undefined || WHICH.test(rest) || (has('who') && !isRowOpen);
  const said: Question = {
    ask: 'village',
    ...(head !== undefined && { title: head }),
    ...(has('phone') && { by: 'phone' }),
  };
  if (met.length > 0)
    return asks || goesOn ? { ...said, village: met.map(({ name }) => name).join('|') } : null;
  if (goesOn && previous.village && has('pronoun') && asks) return { ...said, village: previous.village };
  const ofPlace = goesOn && VILLAGES_NEXT.test(text);
  const township = tokens.find(({ type }) => type === 'township')?.value ?? own.township;
  if (ofPlace && township) return { ...said, township };
  return EACH.test(text) && township && (has('staff', 'phone', 'who') || /有/.test(text))
    ? { ...said, township }
    : null;
}

/** 打给谁, 拨哪个号: whom to call there. */
const CALLS = /(?:电话)?(?:打|拨|挂|喊|叫)(?:给|到)?(?=谁|哪)/;
/** 我们石桥的村呢, after another village. */
const VILLAGES_NEXT = /的?(?:各?村|村里|村上|村子)(?:的)?[呢嘞咧][?\uff1f]?$/;
const bareName = (name: string): string => name.replace(/村$/, '');
const calledIn = (text: string, name: string): string => (text.includes(name) ? name : bareName(name));

/** 大洼 alone may be any hollow: with its contact asked for, or after another village, it is the village. */
function villagesIn(
  text: string,
  { villages }: Lexicon,
  previous: Question | null,
): readonly Pick<Village, 'name' | 'contact'>[] {
  const isOfVillages = previous?.ask === 'village' || /村联系人|村里?(?:的)?(?:联系|对接)/.test(text);
  const isCalled = CALLS.test(text);
  return villages.filter(
    ({ name }) =>
      text.includes(name) ||
      ((isOfVillages || isCalled) && bareName(name).length >= 2 && text.includes(bareName(name))),
  );
}

const text = (line: string): Block => ({ kind: 'text', text: line });

export function villageCard(
  { village, township, title, by }: Question,
  { directory }: Pick<Knowledge, 'directory'>,
  asker: Asker,
): Card {
  const names = village?.split('|');
  const meant = directory.villages.filter((it) =>
    names ? names.includes(it.name) : it.township === township,
  );
  const lines = meant.map((it) => text(asker.seesPeople ? lineOf(it) : `${it.name}(${it.township})`));
  const missing = [
    ...(title ? [text(`名录只登记村联系人,没有登记${title}。`)] : []),
    ...(by === 'phone' && meant.every(({ telephone }) => !telephone) ? [text('名录中没有登记电话。')] : []),
  ];
  return {
    title: `${names?.join('、') ?? `${township ?? ''}各村`}:联系人`,
    blocks: [
      ...(lines.length > 0 ? lines : [text(`名录中没有登记${township ?? ''}的村。`)]),
      ...(asker.seesPeople ? missing : []),
      ...boundOnly(asker),
      directorySource,
    ],
    buttons: [],
  };
}

const lineOf = ({ name, township, contact, telephone }: Village): string =>
  [
    `${name}(${township})`,
    contact === '' ? '没有登记联系人' : `村联系人 ${contact}`,
    telephone && `电话 ${telephone}`,
  ]
    .filter(Boolean)
    .join(' · ');
