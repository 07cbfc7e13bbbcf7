/** Questions about people: who holds a post, what somebody is in charge of, and what goes on from there. Pure. */
import type { Token, TokenType } from './structured-words.js';
import type { OwnSide } from './structured-parties.js';
import { CONTENT, only, TOWNSHIP, type Question } from './structured-question.js';

/** 管市政的那个, 管清单的是哪个同志: what somebody of a unit is in charge of, as said. */
const FIELD = /^(?:管|负责|分管|主管|对口)([\u4e00-\u9fff]{2,8}?)的(?:是|那|哪|谁|人|同志)/;
function fieldOf(text: string, tokens: Token[]): string | null {
  // A word of the grammar begins it: 城管 is a name.
  for (const { at, type } of tokens) {
    const field = type === 'does' || type === 'lead' ? FIELD.exec(text.slice(at))?.[1] : undefined;
    if (field) return field;
  }
  return null;
}

/** 柳林镇谁管低保, 石桥镇低保是谁在管: who in a township carries a matter. The place has been taken away. */
const WHO = '(?:是|由|归)?(?:谁|哪(?:一)?位|哪个(?:人|同志|干部|岗位?)|什么人)(?:在)?';
const DOES = '(?:管|负责|分管|主管|承办|经办|盯着?|对口|办理?)(?:着|的)?';
const WHO_FIRST = new RegExp(`^(?:里|的|那边)?${WHO}`);
const CARRIER = [
  new RegExp(`^(?:里|上|的|那边|,|\\s){0,2}${WHO}${DOES}([\\u4e00-\\u9fffa-z0-9]{2,20})$`),
  new RegExp(`^(?:里|上|的|那边|,|\\s){0,2}([\\u4e00-\\u9fffa-z0-9]{2,12}?)${WHO}${DOES}$`),
];
function carriedMatter(text: string): string | null {
  const said = text.replace(/[?\uff1f。!\uff01,\uff0c\s]$/, '').replace(/(?:呢|呀|啊|的)$/, '');
  return CARRIER.map((pattern) => pattern.exec(said)?.[1]).find((found) => found !== undefined) ?? null;
}

/** 里面物业的那条: one of the rows listed, by a word of its name. */
const PICK = /^(?:那)?(?:里面|里头|其中|上面)?([\u4e00-\u9fff]{2,8}?)的?那[一1]?(?:条|项)/;
export const pickOf = (text: string): string | null => PICK.exec(text)?.[1] ?? null;

const ANAPHOR = /^(?:这|那|此|它|该|具体|经办|承办|负责|联系|对接|来|去)/;

type Said = { tokens: Token[]; meant: Question; previous: Question | null; own: OwnSide };

/** Whatever words stand for the matter: 管市政的是哪位, 柳林镇谁管低保. */
export function askAboutPeople(text: string, { tokens, meant, previous, own }: Said): Question | null {
  const field = fieldOf(text, tokens);
  const unit = meant.unit ?? meant.lead ?? (previous?.ask === 'staff' ? previous.unit : undefined);
  if (field && unit && unit !== TOWNSHIP) return { ask: 'staff', unit, field };
  const first = tokens.find(({ type }) => type === 'unit');
  const told = first && unit !== TOWNSHIP ? carriedMatter(text.slice(first.at + first.text.length)) : null;
  if (
    first &&
    unit &&
    told &&
    text.startsWith(first.text) &&
    WHO_FIRST.test(text.slice(first.text.length)) &&
    !ANAPHOR.test(told)
  )
    return { ask: 'staff', unit, field: told };
  const place = tokens.find(
    ({ type }) => type === 'township' || type === 'ownTownship' || type === 'anyTownship',
  );
  if (!place || text.slice(0, place.at).replace(/那|请问|,|\s/g, '') !== '') return null;
  const township = place.type === 'township' ? place.value : own.township;
  const matter = carriedMatter(text.slice(place.at + place.text.length));
  // 镇上谁盯这个 goes on about what was spoken of.
  if (!township || !matter || ANAPHOR.test(matter) || meant.post || meant.office) return null;
  return { ask: 'carrier', township, field: matter };
}

/** 他管多少项, 局长是谁, 管市政的那个呢 after people were shown. */
export function refinePeople(
  previous: Question,
  meant: Question,
  tokens: Token[],
  text: string,
): Question | null {
  const has = (...types: TokenType[]) => tokens.some(({ type }) => types.includes(type));
  const where = only(previous, ['unit', 'township', 'person', 'post', 'office']);
  if (meant.title && previous.unit) return { ask: 'staff', unit: previous.unit, title: meant.title };
  const field = fieldOf(text, tokens);
  if (field && previous.unit) return { ask: 'staff', unit: previous.unit, field };
  if (meant.person ?? meant.post ?? meant.office) {
    const isTail = /呢[?\uff1f]?$/.test(text);
    return isTail
      ? { ...only(where, ['township', 'unit']), ...meant, ask: meant.person ? 'person' : 'post' }
      : null;
  }
  if (meant.unit && /呢[?\uff1f]?$/.test(text))
    return { ask: previous.ask === 'phone' ? 'phone' : 'staff', unit: meant.unit };
  if (meant.township && /呢[?\uff1f]?$/.test(text) && (previous.post ?? previous.office))
    return { ...where, township: meant.township, ask: previous.ask ?? 'post' };
  const isBare = CONTENT.every((key) => meant[key] === undefined);
  if (
    isBare &&
    (previous.person ?? previous.post ?? previous.office) &&
    has('does', 'count', 'list', 'lead', 'pronoun')
  )
    return { ...where, ask: previous.person ? 'person' : 'post' };
  return null;
}
