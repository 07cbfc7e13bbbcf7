/** Questions about people: who holds a post, what somebody is in charge of, and what goes on from there. Pure. */
import type { Token } from './structured-words.js';
import type { TokenType } from './structured-token-types.js';
import type { Said } from './structured-parse-staff.js';
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
const WHO = '(?:是|由|归)?(?:谁|哪(?:一)?位|哪个(?:人|同志|干部|岗位?)?|什么人)(?:在)?';
const DOES = '(?:管|负责|分管|主管|承办|经办|盯着?|对口|办理?)(?:着|的)?';
const WHO_FIRST = new RegExp(`^(?:里|的|那边)?${WHO}`);
const CARRIER = [
  new RegExp(`^(?:里|上|的|那边|,|\\s){0,2}${WHO}${DOES}([\\u4e00-\\u9fffa-z0-9]{2,20})$`),
  new RegExp(`^(?:里|上|的|那边|,|\\s){0,2}([\\u4e00-\\u9fffa-z0-9]{2,12}?)${WHO}${DOES}$`),
  // 清水乡低保找哪个同志: a person, and no unit.
  /^(?:里|上|的|那边|,|\s){0,2}([\u4e00-\u9fffa-z0-9]{2,12}?)(?:的事|[这那]块|的)?(?:该|要|得|应该)?(?:找|问|联系|跟)(?:哪一?位(?:同志|领导|干部)?|哪个(?:同志|干部|工作人员))(?:在?管|负责|对接|联系)?$/,
];
/** 他们乡征兵的呢: the township that was asked of, and another affair there. */
const THAT_PLACE = /^(?:那|那么|哦|嗯|,|\s)*(?:他们?|人家|那)(?:边|头|儿|里)?的?(?:镇|乡|街道)(?:上|里)?/;
const NEXT_FIELD = /^(?:那|的|,|\s)*(?:管)?([\u4e00-\u9fff]{2,8}?)(?:[这那]块|的)?[呢咧哩][?\uff1f]?$/;
function carriedMatter(text: string): string | null {
  const said = text.replace(/[?\uff1f。!\uff01,\uff0c\s]$/, '').replace(/(?:呢|呀|啊|的)$/, '');
  return CARRIER.map((pattern) => pattern.exec(said)?.[1]).find((found) => found !== undefined) ?? null;
}

/** 里面物业的那条: one of the rows listed, by a word of its name. */
const PICK = /^(?:那)?(?:里面|里头|其中|上面)?([\u4e00-\u9fff]{2,8}?)的?那[一1]?(?:条|项)/;
export const pickOf = (text: string): string | null => PICK.exec(text)?.[1] ?? null;

const ANAPHOR = /^(?:这|那|此|它|该|具体|经办|承办|负责|联系|对接|来|去)/;

/** 管环保的是谁, 环保口的人: who of a township has a field. */
const OF_FIELD = [
  /^(?:这儿|这边|里|的|那边|,|\s)*(?:管|负责|分管|主管|盯|跑|抓)([\u4e00-\u9fff]{2,8}?)(?:的|工作的)(?:是|那|哪|谁|人|同志|呢|都)/,
  /^(?:这儿|这边|里|的|那边|,|\s)*([\u4e00-\u9fff]{2,6}?)(?:口子?|线|系统|条线|方面)上?的?(?:人|同志|干部|是谁|谁|哪个|哪位)/,
];
/** 清水乡水利员是谁. */
const OF_WORKER =
  /^(?:里|上|的|那边|,|\s)*(?!联络|联系|经办|工作|承办|负责|办事)([\u4e00-\u9fff]{2,3})(?:专?干(?:部|事)?|助理员?|员)(?:是|叫|都有|有)?(?:谁|哪一?[个位]|什么人)/;
/** 我们乡民政是谁, 乡里卫健这块的是哪个: what is also the name of a bureau is a field there. */
function fieldBefore(tokens: Token[], place: Token): string | null {
  const [field, who, ...more] = tokens
    .slice(tokens.indexOf(place) + 1)
    .filter(({ type }) => !['filler', 'domainMark', 'wideMark', 'anaphor'].includes(type));
  const isField =
    field &&
    (field.type === 'unit' || field.type === 'domain') &&
    !/[局委办队所站]$|中心$|公司$/.test(field.text);
  const asksWho = who?.type === 'who' || (who?.type === 'list' && /哪[个位]$/.test(who.text));
  return isField && asksWho && more.length === 0 ? field.text : null;
}
/** 我们镇河长办在哪个办公室. */
const OF_OFFICE =
  /^(?:里|上|的|那边|,|\s)*([\u4e00-\u9fff]{2,8}?)(?:这块|这摊|的事|工作)?(?:是|由|归|在|放在|属于?|设在)+(?:哪一?个?|什么|啥)(?:办公室|办|科室|股室|机构|站所|中心|所|站)(?:管|负责|承办)?的?$/;
const ofField = (text: string): string | null =>
  OF_FIELD.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined) ?? null;

/** 管消防的呢 after who carries something. */
const askCarriers = (text: string, previous: Question | null): string | null =>
  previous &&
  (previous.ask === 'carrier' || (previous.ask === 'staff' && previous.township && previous.field))
    ? ofField(text.replace(/^(?:那|那么|哦|嗯|,|\s)+/, ''))
    : null;

const has = (tokens: Token[], ...types: TokenType[]): boolean =>
  tokens.some(({ type }) => types.includes(type));

/** Whatever words stand for the matter: 管市政的是哪位, 柳林镇谁管低保. */
export function askAboutPeople(text: string, said: Said): Question | null {
  return askCarrier(text, said) ?? askInUnit(text, said);
}

function askInUnit(text: string, { tokens, meant, previous }: Said): Question | null {
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
  return null;
}

/** 咱镇管环保的是谁, 石桥谁管低保; 管消防的呢 after such. What follows the name of a township is its affair. */
function askCarrier(text: string, { tokens, meant, previous, own }: Said): Question | null {
  const field = askCarriers(text, previous);
  const named = tokens.find(({ type }) => type === 'township');
  if (field && previous) {
    const township = named?.value ?? previous.township ?? own.township;
    return township ? { ask: 'carrier', township, field } : null;
  }
  const there = inThatPlace(text, previous);
  if (there) return there;
  const place =
    named ?? tokens.find(({ type }) => type === 'ownTownship' || type === 'anyTownship' || type === 'self');
  if (!place || text.slice(0, place.at).replace(/那|请问|咱|,|\s/g, '') !== '') return null;
  const township = place.type === 'township' ? place.value : own.township;
  const after = text.slice(place.at + place.text.length);
  const matter =
    ofField(after) ??
    OF_WORKER.exec(after)?.[1] ??
    OF_OFFICE.exec(after)?.[1] ??
    fieldBefore(tokens, place) ??
    (place.type === 'self' ? null : carriedMatter(after));
  // 镇上谁盯这个 goes on about what was spoken of.
  if (!township || !matter || ANAPHOR.test(matter) || meant.post || meant.office) return null;
  return { ask: 'carrier', township, field: matter };
}

function inThatPlace(text: string, previous: Question | null): Question | null {
  const said = previous?.township && THAT_PLACE.exec(text)?.[0];
  if (!said || previous.ask !== 'carrier') return null;
  const after = text.slice(said.length);
  const field = NEXT_FIELD.exec(after)?.[1] ?? ofField(after) ?? carriedMatter(after);
  return field && !ANAPHOR.test(field) ? { ...previous, field } : null;
}

/** 他管多少项, 水利局的呢, 管市政的那个呢 after people were shown. */
export function refinePeople(
  previous: Question,
  meant: Question,
  tokens: Token[],
  text: string,
): Question | null {
  const where = only(previous, ['unit', 'township', 'person', 'post', 'office']);
  const asked = only(previous, ['title', 'field']);
  const field = fieldOf(text, tokens);
  if (field && previous.unit) return { ask: 'staff', unit: previous.unit, field };
  const isTail = /(?:呢|的)[?\uff1f]?$/.test(text) || tokens.every(({ type }) => !PARTS.includes(type));
  if (
    has(tokens, 'lead', 'support', 'kind', 'batch', 'list', 'noun') &&
    (meant.unit ?? meant.lead ?? meant.support)
  )
    return null;
  if (meant.person ?? meant.post ?? meant.office)
    return isTail
      ? {
          ...only(where, ['township']),
          ...only(meant, ['township', 'person', 'post', 'office']),
          ask:
            previous.ask === 'phone'
              ? 'phone'
              : meant.person
                ? 'person'
                : !meant.post && has(tokens, 'who', 'staff')
                  ? 'staff'
                  : 'post',
        }
      : null;
  // 石桥镇的民政, after who has it here: what is also the name of a bureau is that field there.
  const bureau = tokens.find(({ type }) => type === 'unit');
  if (
    previous.ask === 'carrier' &&
    meant.township &&
    bureau &&
    isTail &&
    !/[局委办队所站]$/.test(bureau.text)
  )
    return { ask: 'carrier', township: meant.township, field: bureau.text };
  // 文旅局也沾边: of the matter, not of that bureau's people.
  if (meant.unit && meant.unit !== TOWNSHIP && isTail && !has(tokens, 'does', 'related'))
    return {
      ...(previous.ask !== 'phone' && asked),
      ask: previous.ask === 'phone' ? 'phone' : 'staff',
      unit: meant.unit,
    };
  // 杏花乡干这摊的是谁 after somebody was shown: who holds the same posts there.
  if (meant.township && previous.person && (isTail || has(tokens, 'who')) && !meant.title)
    return { ask: 'staff', township: meant.township, person: previous.person };
  // 白马镇干这个岗的是谁: the same post there.
  const asksHolder = has(tokens, 'who') && previous.post !== undefined;
  if (meant.township && (asksHolder || (isTail && !has(tokens, 'does')))) {
    if (previous.ask === 'carrier') return { ...previous, township: meant.township };
    const ofOffice = only(previous, ['post', 'office']);
    if (previous.post ?? previous.office ?? previous.title ?? previous.field ?? previous.township)
      return { ...ofOffice, ...asked, township: meant.township, ask: previous.ask ?? 'post' };
    return previous.ask === 'phone' ? { ask: 'phone', township: meant.township } : null;
  }
  const isBare = CONTENT.every((key) => meant[key] === undefined);
  // 他是哪个办的, of whoever was shown for a field: their office stands beside them.
  if (isBare && !meant.township && has(tokens, 'pronoun') && has(tokens, 'where')) {
    const shown =
      previous.ask === 'carrier' || (previous.ask === 'staff' && (previous.field ?? previous.title));
    if (shown) return previous;
  }
  if (
    isBare &&
    (previous.person ?? previous.post ?? previous.office) &&
    has(tokens, 'does', 'count', 'list', 'lead', 'pronoun', 'postMark', 'where')
  )
    return {
      ...where,
      ...(!previous.person && only(meant, ['township'])),
      ask: previous.person ? 'person' : 'post',
    };
  return null;
}

/** What asks for something more than another name. */
const PARTS: readonly TokenType[] = ['does', 'count', 'list', 'noun', 'lead', 'support', 'where', 'divide'];
