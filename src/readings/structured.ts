/** A structured question is recognised by its words, whatever the examples say: what it says must be explained. */
import { parseStructured } from '../lists/structured-ask.js';
import type { Knowledge } from '../lists/knowledge.js';
import { asksOurPerson, BARE_SOURCE } from './follow-up-words.js';
import { namedUnit, takesPart } from './units-of-row.js';
import { isTownshipUnit } from '../organizations/names.js';
import type { Context } from '../core/types.js';
import { asOfTownship, villageOf } from '../organizations/village-contact.js';
import type { Reader } from './reading.js';

const SURE = 0.995;
/** Some characters are known to nobody, and say no matter: manners of speaking, most likely. */
const LOOSE = 0.93;
const LOOSE_MAX = 5;
const ASKS_ROWS = /哪|几|多少|什么|啥|列|清单|事项|项|条|牵头|配合|协办|[呢咧哩]/;
/** 这条几家配合, 都有谁配合. */
const ROW_PARTIES =
  /^(?:那|这)?(?:一?(?:条|项|件|个)|事)?(?:一共|总共|都|里)?(?:有|是|由|归)?(?:几家|几个(?:单位|部门)|哪几家|哪些(?:单位|部门)|谁|哪家)(?:牵头|配合|协助|参与)的?[呢?\uff1f]?$/;

/** 咱能罚多少: of what stands open, not of all that may be fined. */
const HOW_HIGH =
  /^(?:那|最多|一般|这个?|镇里|[我咱俺]们?[镇乡]?)*(?:能|可以|要|该|得)?(?:最多|最高)?罚(?:款)?(?:多少|几多|几百|几千|到多少)(?:钱|块)?[呢啊呀?\uff1f]?$/;

/** 所以两条都能: of what was asked last. */
const BOTH_MAY =
  /^(?:所以|那么?|就是说|意思是|也就是说?|[,\uff0c\s])*(?:这|那)?(?:两|三|几)(?:条|个|项|样|件|边)?(?:的)?(?:都|也|全)(?:是)?(?:能|可以)(?:够)?(?:罚|处罚|开单子?)?(?:的|吧|吗|么|呗|了|咯|喽|是吧|对吧)?[?\uff1f]?$/;

/** Asked of the row that stands open, whatever the grammar would make of the words. */
const OF_FOCUS = [
  { words: ROW_PARTIES, action: 'whole', why: 'who leads and co-operates in' },
  { words: BOTH_MAY, action: 'penalty', why: 'whether they may penalise it, of' },
  { words: BARE_SOURCE, action: 'source', why: 'where it is written, of' },
  { words: HOW_HIGH, action: 'penalty', why: 'how high a fine is on' },
];

/** Lists know no spans of time: 水利局这个月退了几件 asks for figures of requests. */
const OF_A_SPAN =
  /(?:这个?|本|上个?)(?:月|季度|半年|周|星期)|(?:[一二三四上下]|第[一二三四])(?:季度|半年)|(?:签收|办结|按时|及时)率/;

/** 水利局哪个签的: of a case, which no list has. */
const OF_A_MOVE = /(?:谁|哪一?[个位](?:人|同志)?)(?:给)?(?:签(?!头)|接单|受理的|答复|退回|转办)/;

/** 罚了交哪, 拉去哪倒: where something goes. */
const GOES_WHERE = /[交送报寄存放拉埋倒卖去](?:到|去|给)?(?:哪(?![些几一个家])|什么地方|啥地方)/;

/** 民政局提供哪些数, 咱镇上的份内事是哪些: of the row that stands open and gives that unit a part, unless a word asks for rows. */
const OF_SHARES: ReadonlySet<string> = new Set(['rows', 'group']);
const OF_LISTS =
  /事项|清单|单子|[几多]少?[项条件]|[一总]共|统共|合计|牵头|配合|协办|主责|主办|[第哪几][一二三四1-4]?批|领域|[都里]有(?:哪|啥|什么|几)|^有(?:哪|啥|什么|几)|列(?:一|出|下|个)|所有|全部|哪[几些](?:项|条|件|个事)|涉及|排(?:一|个|出)|收回|赋权|权力/;
const SHARE_MAX = 16;
/** 供电公司配合啥, 他们要协助些什么: a part, and no rows. */
const HELPS_WITH =
  /^(?:那|那边|这边|那头|都|又|具体|到底|要|该|得|的)*(?:配合|协助|协办)(?:些|点|的是|的)?(?:啥|什么|哪块|哪段|哪一?截)[呢啊呀?\uff1f]*$/;
/** As it was typed: 份内 is no slip for 分类. */
function isShareOf(
  { text, raw = text }: Pick<Context, 'text'> & Partial<Pick<Context, 'raw'>>,
  ref: string,
  { index, directory }: Knowledge,
): boolean {
  const entry = index.get(ref);
  if (!entry || text.length > SHARE_MAX) return false;
  const named = namedUnit(text, entry, directory);
  if (OF_LISTS.test(text) && !HELPS_WITH.test(text.replace(named?.alias ?? ' ', ''))) return false;
  if (named && !isTownshipUnit(named.unit)) return takesPart(entry, named.unit);
  const hasTownship = [...entry.row.lead, ...entry.row.support].some(({ unit }) => isTownshipUnit(unit));
  return hasTownship && OWN_SHARE.test(raw);
}
const OWN_SHARE =
  /(?:(?:咱|我|俺)们?|本)?(?:镇|乡|街道|村)(?:上|里|政府|这头|这边)?(?:自己)?的?(?:份内|分内|本分|那份|那摊|那截)/;

export const structuredReader: Reader = {
  name: 'structured',
  read({ text, raw, person: bound, update, session, around }, { knowledge }) {
    const village = villageOf({ person: bound, user: update.user }, knowledge().directory);
    const person = village ? asOfTownship(village) : bound;
    if (OF_A_SPAN.test(text) || OF_A_MOVE.test(text)) return [];
    const focus = session?.focus;
    const ofFocus = OF_FOCUS.find(({ words }) => words.test(text));
    if (focus && ofFocus) {
      const { action, why } = ofFocus;
      const slots = { action, value: focus };
      return [{ intent: 'ask_responsibility', slots, probability: SURE, why: `${why} the row in focus` }];
    }
    const parsed = parseStructured({ text, person, session, around }, knowledge());
    if (!parsed || parsed.rest !== '' || parsed.isGuess) return [];
    if (parsed.loose.length > LOOSE_MAX || (parsed.loose !== '' && GOES_WHERE.test(text))) return [];
    const { ask = 'rows' } = parsed.question;
    if (OF_SHARES.has(ask) && focus && !session.listing && isShareOf({ text, raw }, focus, knowledge()))
      return [];
    // 咱镇里谁对接 after a telephone: who of us has to do with the row, not all our numbers.
    if (parsed.isRefinement && ask === 'phone' && session?.focus && asksOurPerson(text)) return [];
    // 城管碰见了咋弄: rows are asked for by a word, where another says what happens.
    if (parsed.loose !== '' && ask === 'rows' && !ASKS_ROWS.test(text)) return [];
    return [
      {
        intent: 'list_rows',
        slots: {},
        probability: parsed.loose === '' ? SURE : LOOSE,
        why: `a structured question (${ask}${parsed.isRefinement ? ', refining the last one' : ''}), ${parsed.loose === '' ? 'every word known' : `but for “${parsed.loose}”`}`,
      },
    ];
  },
};
