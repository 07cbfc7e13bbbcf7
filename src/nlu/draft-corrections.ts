/** What was wrong in a request draft, said in words: `不对 不是两台 我数岔了 是三台`, `把南环写成北环了`. Pure. */
import { isTownshipUnit, type Mention } from '../organizations/names.js';

/** `swap`: these words for those; `name`: what is called nearly so is called so. */
export type Correction = { field: 'swap' | 'name'; value: string };

const SEPARATORS = /[,\uff0c。;\uff1b!\uff01\s]+/;
const OBJECTS =
  '(?:地方|地点|位置|地址|数字?|数量|名字?|人名|村名|路名|桥名|日子|时间|内容|电话|号码|那[个里块]|这[个里块])';
const SLIP =
  '(?:说|写|打|数|记|看|听|讲|弄|搞|报|填|算|量|输|念|发)(?:的)?(?:错|岔|差|反|混|漏|串|拧)(?:了?个?字)?了?';
/** A clause of nothing else says that something is wrong, and not what. */
const WRONG_WORDS = new RegExp(
  `${SLIP}|哎呀?|唉|哦|噢|嗯|啊|诶|等等|等一?下|对了|那个|不好意思|刚才|刚刚|上面|前面|我|俺|是|的|把|${OBJECTS}|不对|错了|不是(?=$|不)|口误|更正(?:一下)?|纠正一下|改(?:一下|个)|[呀哈了吧]$`,
  'g',
);
const SAYS_SLIP = new RegExp(`${SLIP}|不对|错了|口误|更正|纠正`);
const NOT =
  /^(?:那)?(?:个)?(?:我说的|写的|地方|地点|户主|人家|[他她它]|老[人头太]|名字)?(?:不|没)(?:是|在|叫|姓)(?<not>[^不]{1,14})$/;
const BUT =
  /^(?:而|应该|应当|应|就|其实|实际上?|准确说|我说的)?(?:是|在|叫|姓|为)(?:在|叫|姓)?(?<but>[^不]{1,14})$/;
const GLUED =
  /^(?:那个|地方|地点)?不(?:是|在)(?<not>[^,\uff0c是在不]{1,14})(?:而|应该)?(?:是|在)(?<but>[^,\uff0c是不]{1,14})$|^(?:应该)?(?:是|在)(?<but2>[^,\uff0c是不]{1,14})不(?:是|在)(?<not2>[^,\uff0c是不]{1,14})$/;
/** 把南环写成北环了: what was written is wrong. */
const WROTE =
  /^(?:我)?(?:把)?(?<but>[^,\uff0c把]{1,14})(?:写|打|说|报|填|记|输|错写|错打)成(?:了)?(?<not>[^,\uff0c了]{1,14})(?:了)?$/;
const ENDING = /(?:才对|才是|那边|这边|那里|这里)?[啊呀哈哦呢吧的了]{0,3}$/;
const FIELD =
  /^(?:地点|位置|地址|地方|内容|事由|事项|描述|主办|协办|单位|牵头|时限|希望|紧急|类型|电话|照片|附件|这个|那个|它)/;

const ASKS = /[谁哪啥咋吗么]/;

const plain = (text: string): string => {
  const bare = text.replace(ENDING, '');
  return bare === '' ? text : bare;
};

/** 住建局, 龙泉镇; 东湖第二幼儿园 is a place that begins as a town is called. */
export const namesUnit = (text: string, mentions: (text: string) => Mention[]): boolean =>
  mentions(text).some(
    ({ unit, alias }) => !isTownshipUnit(unit) || !OF_PLACE.test(text) || alias.length >= text.length,
  );
const OF_PLACE =
  /(?:幼儿园|小学|中学|学校|医院|卫生院|社区|小区|村|组|路|街|巷|桥|河|渠|坝|水库|广场|市场|超市|饭店|[东西南北]?门口?)$/;

/** Null where nothing is put right; units have fields of their own. */
export function correctionIn(raw: string, mentions: (text: string) => Mention[]): Correction | null {
  const whole = raw.trim();
  const clauses = whole
    .split(SEPARATORS)
    .map((it) => it.replace(/^(?:不对|错了|哎呀?|哦|噢)(?=.{2})/, ''))
    .filter((it) => it.replace(WRONG_WORDS, '') !== '');
  const found = pairIn(clauses);
  if (!found) return null;
  const { not, but } = found;
  if ([not ?? '', but].some((it) => namesUnit(it, mentions) || FIELD.test(it) || ASKS.test(it))) return null;
  if (not !== undefined) return { field: 'swap', value: `${plain(not)}→${plain(but)}` };
  return SAYS_SLIP.test(whole) && but.length >= 2 ? { field: 'name', value: plain(but) } : null;
}

function pairIn(clauses: readonly string[]): { not?: string; but: string } | null {
  const [first = '', second, ...more] = clauses;
  if (more.length > 0 || first === '') return null;
  if (second === undefined) {
    const glued = (GLUED.exec(first) ?? WROTE.exec(first))?.groups;
    const [not, but] = [glued?.['not'] ?? glued?.['not2'], glued?.['but'] ?? glued?.['but2']];
    if (not !== undefined && but !== undefined) return { not, but };
    const alone = BUT.exec(first)?.groups?.['but'];
    return alone === undefined ? null : { but: alone };
  }
  const [not, but] = NOT.test(first) ? [first, second] : [second, first];
  const wrong = NOT.exec(not)?.groups?.['not'];
  const right = BUT.exec(but)?.groups?.['but'] ?? (NOT.test(but) ? undefined : but);
  return wrong === undefined || right === undefined || right.length > 14 ? null : { not: wrong, but: right };
}

/** 不对, 写错了: of the draft that stands open, and not what of it. */
export const saysWrong = (text: string): boolean =>
  text.length <= 40 &&
  /^(?:哎呀?|哦|噢|等等|[,\uff0c\s])*(?:不对|错了|不是这样|[^,\uff0c。\s]{0,6}(?:写|说|打|填|弄|搞|数|记|报)(?:错|岔|反|混|差)了?)/.test(
    text,
  );
