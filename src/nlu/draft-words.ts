/** What is said to a draft: send it, leave it, or how a field should be. Pure. */
import type { Mention } from '../organizations/names.js';
import { correctionIn, namesUnit } from './draft-corrections.js';
import { parseUrgency } from './slots.js';

export type DraftChange =
  | {
      field:
        | 'lead'
        | 'support'
        | 'more-support'
        | 'less-support'
        | 'alone'
        | 'text'
        | 'more-text'
        | 'swap'
        | 'name'
        | 'place'
        | 'wanted';
      value: string;
    }
  | { field: 'urgency'; value: 'urgent' | 'normal' }
  | { field: 'kind'; value: string };

/** At the end, behind whatever agrees or points at it: "刚才那个可以了 提交吧", "那个呼叫提交吧", "刚才敬老院那个提交吧". */
const SEND =
  /(?:^|(?:^|[\s,\uff0c])[^,\uff0c。\s]{0,10}[那这][个件单份条](?:就|先|给|可以)?|[那这刚][个份件条]?[^,\uff0c。\s]{0,3}(?:呼叫|请求|草稿|单子)(?:就|先|给)?|[,\uff0c。\s那就先么样吧了好行请帮我题错]|直接|确认|马上|赶紧|还是|照样|照旧|吧)(?:提交|发送|发出去|[交报递送]上去|[交报递](?=了?吧)|发)(?:了吧|了|吧|上去|出去|一下|就行|就好)?[。!\uff01]?$/;
/** 提交刚才那个. */
const SEND_IT =
  /^(?:好的?|行|中|那|就|现在|可以|帮我|请|嗯|[,\uff0c\s])*(?:提交|发送|报上去)(?:掉|一下|了)?(?:刚才|刚刚|上面|前面)?的?[那这](?:个|件|份|条|单)?(?:草稿|呼叫|请求|单子)?(?:吧|了)?[。!\uff01]?$/;
/** 行 就这样 交了. */
const SENT_NOW =
  /^(?:行|中|好的?|可以|成|妥|没问题|就这样|就这么|那就|嗯|[,\uff0c\s])+(?:提交|[交报递发])了[。!\uff01]?$/;
const AS_IT_IS = /^(?:没问题|没错|确认|就这样(?:吧|提交|发)?|可以了?|对的?|好的?|行)[了吧。!\uff01]?$/;
const NOT_YET = /先不|别|不要|暂时不|等(?:一下|会)|还没/;

/** 提交, 没问题 提交, 发吧. */
export const isSend = (text: string): boolean =>
  !NOT_YET.test(text) && text.length <= 24 && [SEND, SEND_IT, SENT_NOW, AS_IT_IS].some((it) => it.test(text));

/** The answer to `…已就同一处报过 QS-…,并入?`. What agrees joins; only who says that it is another matter, or sends it, files it. */
const ANOTHER =
  /^(?:不|不是|不对|否|不一样|不同|另外?(?:是)?一件|两码事|两回事)(?:的|啊|吧)?(?:同一[件处个回](?:事)?|一件事|一回事|并入?|加入)?(?:[,\uff0c\s].{0,20})?[。!\uff01]?$|^(?:仍然?|还是|照样|单独|直接)?(?:提交|另报|报上去)(?:吧|了)?[。!\uff01]?$/;
const SAME =
  /^(?:是(?:的|啊)?|对(?:的)?|嗯+|好的?|可以|行|确认|没错|就是)?[,\uff0c\s]*(?:(?:就)?是?(?:同一[件处个回](?:事)?|一件事|一回事)|并入?|并过去|加入|合并)?(?:吧|了|的|就行)?[。!\uff01]?$/;
export const sameAnswer = (text: string): 'same' | 'other' | null =>
  text.length > 30 || text === '' ? null : ANOTHER.test(text) ? 'other' : SAME.test(text) ? 'same' : null;

/** 那我跟着他那件 不另报, 他报过了我就不报了: of what a colleague has filed already. */
export const keepsToKnown = (text: string): boolean =>
  text.length <= 40 && KEEPS_TO.test(text) && !/^(?:不是|还是(?:要)?(?:报|提|另))|另报一件/.test(text);
const KEEPS_TO =
  /(?:不|别|甭)(?:用|要|必|再)?(?:另外|重复|单独|另|再)(?:提交|[报提发])|(?:跟|随)着?(?:他|她|那|这|前面?|上一?)[^,\uff0c。\s]{0,4}[件个单]|(?:并|加|合)(?:入|到|进)(?:他|她|那|这)|(?:报|提交|呼叫|反映)过了?[^]{0,8}(?:不|甭|别)(?:用|再)?(?:提交|[报发提])|同一[件回个]|一回事|就是(?:他|她|那)[^,\uff0c。\s]{0,3}[件个]/;

const CLAUSES = /[,\uff0c。;\uff1b\n]|\s(?=地点|内容|主办|协办|配合|协同|再?加|改|换)/;
const FIX =
  /^(?:(?:不对|不是|错了|弄错了?|写错了?|说错了?|说漏了?|搞错了?|等等|等一?[下会]儿?|慢着|稍等|哎呀?|哦|噢|对了|还有|另外|应该|应当|那|那就|就|请|把|再|麻烦)[,\uff0c。\s]{0,2}){0,4}/;
const PLACE =
  /^(?:地点|位置|地址|地方)(?:写(?:细|具体|详细|清楚|明白|准|确切|全)(?:一?点|些)|写(?:清|准)|写|是在?|在|改成|改为|改一下|改到|换成|换为|应该是|应为|不对|错了|弄错了|填|就写|补充?)?[:\uff1a,\uff0c是在为\s]{0,3}(.{2,60})$/;
const TEXT =
  /^(?:内容|事由|事项|描述)(?!(?:里|上|后面|那里)?(?:再|还|也)?[补加添带])(?:改成|改为|改一下|换成|换为|写成|写|应该是|应为|是)?[:\uff1a,\uff0c是\s]{0,3}([\s\S]{2,500})$/;
const MORE_TEXT =
  /^(?:再|还|也)?(?:内容|后面|里面|事由|描述)?(?:里|上|后面)?(?:再|还|也)?(?:补充(?:说明|内容|情况)[:\uff1a,\uff0c\s]{0,2}|(?:补充?|添|加|带|写)(?:上|进去)?(?:一句|一下|一点|一条|两句|几句)[:\uff1a,\uff0c\s]{0,2}|(?:补充?|添|加|带|写|记)(?:上|进去)[:\uff1a,\uff0c\s]{1,2}|(?:补充|注明|写明|写清楚?|说明)(?:一下)?[:\uff1a,\uff0c\s]{0,2})(.{2,300})$/;
const CHANGE_UNIT =
  /^(?:主办(?:单位)?|单位|牵头单位|对象)?(?:改|换|改派|转|该|应该?)?(?:成|为|给|到|派给|叫|找|报给|发给|呼叫|是|写|让|由|就)?/;
const LEADS =
  /主办|改成|改为|改派|换成|换为|换到|改到|改给|换给|改叫|改呼叫|应该是|应该找|应该叫|应该报|该找|该是|就写|就报|就找|就叫|就|是/;
const SUPPORTS = /协办|配合|协助|一起|也来|也去|参加|参与|支持/;
const ADDS = /加上?|增加|再|也|还|让|请|叫|算上|带上/;
const TAKES = /不用|不要|不加|不叫|去掉|删掉?|取消|拿掉|撤|别(?=叫|加|让|找|要)/;
/** 就环保局一家, 只要环保局. */
const ALONE =
  /^(?:那|还是)?(?:就|只)(?:要|留|叫|找|发|报|给|让)?$|^(?:那|还是)?(?:就|只).{0,2}一家(?:就行|就够了?|办|吧)?$|^一家(?:就行|就够了?|办|吧)?$/;
const URGENCY_WORDS = /紧急|加急|特急|急件|急[,\uff0c事]|很急|太急|挺急|按急|不急|那么急|多急|一般|普通/;
/** 日子写1月27号, 时限改到下周五, 改到后天上午九点. */
const WANTED_NAMED =
  /^(?:改|换|挪|推)(?:迟|后|晚|早)?(?:到|成|为)[今明后大下上本这周星期礼拜月日号天早午晚中夜点半分一二三四五六七八九十两\d:\uff1a个前之以内]{2,14}(?:吧|了)?$|^(?:日子|时间|时限|日期|期限|截止)(?:也|就|给|再)?(?:写|改|填|定|放|延)(?:成|为|到|在|个)?[:\uff1a\s]?(?=.{0,3}(?:\d|[一二两三四五六七八九十今明后周下月]|星期|礼拜)).{2,16}$/;
const WANTED =
  /^(?:希望|要求|最好|务必|得|必须|时限|限|请)?(?:是|改成|改为|改到|在|于)?.{1,20}(?:前|之前|以前|内|之内)(?:要|得|必须|务必|能|希望|到|办|来|处理|解决|修|弄|完成|搞|答复|就行|吧|了)?.{0,10}$|^(?:希望|最好|要求|务必)(?:你们|他们|能|在|是)*(?:大?[今明后][天早晚晨]|(?:这|本|下)?(?:个)?(?:周|星期|礼拜)[一二三四五六日天]|\d{1,2}[号日月]).{0,8}(?:来|到|去|派|解决|处理|修|弄|办|答复).{0,6}$/;

const FIELD_IS_WRONG =
  /(地点|位置|地方|内容|主办单位|主办|协办)(?:写|填|弄|搞|说)?(?:错了?|不对)[,\uff0c。\s]{1,3}(?=是|应)/g;
/** 地点补上,…; 位置忘写了,…: what follows is the place. */
const FIELD_IS_GIVEN =
  /(?<=^|[,\uff0c。;\uff1b\s])(地点|位置|地址)(?:我|再|也|还|刚才|[给补加写填改漏忘没]){1,4}(?:上|进去|充|全|一下|一补|细|具体|正|说)?(?:了|吧|啊)?[,\uff0c。:\uff1a\s]{1,3}(?=\S{2})/g;

/** `不是两盏,是五盏` and `五盏不是两盏`: words of the text that were wrong. */
const SWAP =
  /^(?:是)?(?<but>[^,\uff0c。\s]{1,14})[,\uff0c。\s]*不是(?<not>[^,\uff0c。\s]{1,14})$|^(?:写|打|说)?(?:的)?(?:错了?[,\uff0c。\s]*)?不是(?<not2>[^,\uff0c。\s]{1,14}?)[,\uff0c。\s]*(?:应该|而)?是(?<but2>[^,\uff0c。\s]{1,14})$/;

/** 口子改成大洞 那不是小口子: words of the text for others, and why. */
const INTO =
  /^(?:把|将)?(?<not>(?!地点|位置|地址|地方|内容|事由|事项|主办|协办|单位|牵头|对象|时|日|期|类型|种类|形式|紧急|这|那|它|还是|干脆|要不|就|都|全|直接|先)[^,\uff0c。\s改换]{2,10})(?:改|换)(?:成|为|(?<=[\d一二两三四五六七八九十][^,\uff0c。\s]{1,3}[改换])(?=[\d一二两三四五六七八九十]))(?<but>(?![^,\uff0c。\s]{0,10}(?:[周号日点前紧急]|星期|礼拜|会商|呼叫))[^,\uff0c。\s]{2,14}?)(?:吧|了)?(?:[,\uff0c。\s]{1,2}(?:那|这|它|人家|其实)?(?:不是|可?没|是)[^,\uff0c。\s]{1,14})?$/;

/** 这个改成会商. */
const KIND =
  /^(?:这个|这件|这条|请求|类型|种类|形式|还是|干脆|要不|那就|就|直接){0,3}(?:(?:改|换|变|转)(?:成|为|作|到)?|走|发|按|用|申请|提请|搞|开)(?:个|一个|一下)?(?<kind>会商|呼叫|征求意见|申请裁定|提请裁定|裁定|交办|建议|执法调度|调度)(?:吧|走|来|算了|的形式)?$/;

/** Every change that a message asks for; none where it says something else. */
export function draftChanges(
  text: string,
  written: string,
  mentions: (text: string) => Mention[],
): DraftChange[] {
  // "地点写错了,是李庄村口": what is said behind the comma is the field's.
  const raw = written.replace(FIELD_IS_WRONG, '$1').replace(FIELD_IS_GIVEN, '$1:');
  const whole =
    wholeText(raw, mentions) ?? swapped(raw, mentions) ?? renamed(raw) ?? corrected(raw, written, mentions);
  if (whole) return [whole];
  const found: DraftChange[] = [];
  const clauses = raw
    .split(CLAUSES)
    .flatMap((part) => byUrgency(part))
    .flatMap((part) => byUnits(part, mentions));
  for (const clause of clauses.map((part) => part.trim())) {
    const change = clause === '' ? null : changeIn(clause.replace(FIX, ''), mentions);
    if (change) found.push(change);
    // "地点:镇政府门口,三盏都不亮", "按紧急的报,下游住着人": what follows belongs to the last field of free words.
    else if (clause !== '' && found.length > 0) {
      const last = found.at(-1);
      if (last && (last.field === 'place' || last.field === 'more-text' || isReason(last, clause)))
        found.push({ field: 'more-text', value: clause });
    }
  }
  return found.length === 0 && isUrgencyWord(text) ? [urgencyOf(text)] : found;
}

/** While the matter is asked for: what names another field first, 地点在东坝村东头, 主办改成水利局, 按紧急的来. */
export function changesByName(
  text: string,
  raw: string,
  mentions: (text: string) => Mention[],
): DraftChange[] {
  if (!OTHER_FIRST.test(raw.trim().replace(FIX, ''))) return [];
  const changes = draftChanges(text, raw, mentions);
  return changes.some(({ field }) => field === 'text' || field === 'swap') ? [] : changes;
}
const OTHER_FIRST =
  /^(?:地点|位置|地址|主办|协办|牵头|时限|类型|紧急程度)(?:单位)?(?:也|就|再|要|得|应该?)?(?:写|改|换|填|是|在|为|成|加|用|找|[:\uff1a])|^按?(?:紧急|加急|特急|急件|一般)(?:的|件)?(?:来|报|走|办|发|处理)?[吧啊。]?$/;

/** 还是住建局主办 水利局协办: what is said of each unit. */
function byUnits(part: string, mentions: (text: string) => Mention[]): string[] {
  const pieces = part.trim().split(/\s+/);
  return pieces.filter((piece) => mentions(piece).length > 0).length > 1 ? pieces : [part];
}

/** 按紧急的报 下游住着人: how urgent it is, and why. */
function byUrgency(part: string): string[] {
  const [first = '', ...rest] = part.trim().replace(SIGHS, '').split(/\s+/);
  return rest.length > 0 && isUrgencyWord(first) ? [first, ...byUrgency(rest.join(' '))] : [part];
}

/** 哎不中 还是按一般的报吧: what comes before it. */
const SIGHS = /^(?:哎呀?|唉|哦|噢|诶|不中|不行|不成|不对|那个)+[,\uff0c\s]+/;

/** Why it is urgent, and no courtesy: 改成紧急吧,谢谢. */
const isReason = ({ field }: DraftChange, clause: string): boolean =>
  field === 'urgency' && clause.length >= REASON_MIN && !COURTESY.test(clause);
const REASON_MIN = 4;
const COURTESY = /谢|麻烦|辛苦|提交|发|^(?:好|行|可以|就)/;

/** The new text may itself hold commas and the names of fields. */
function wholeText(raw: string, mentions: (text: string) => Mention[]): DraftChange | null {
  const said = raw.replace(FIX, '');
  const value = TEXT.exec(said)?.[1];
  if (value) return { field: 'text', value: value.trim() };
  const more = (MORE_TEXT.exec(said) ?? ASIDE_TOLD.exec(said))?.[1];
  if (more) return { field: 'more-text', value: more.trim() };
  const written = WRITTEN.exec(raw.trim())?.groups;
  const also = (
    written?.['behind'] ??
    written?.['before'] ??
    TOLD_FIRST.exec(raw.trim())?.groups?.['told'] ??
    ''
  ).trim();
  if (also !== '' && mentions(also).length === 0 && !OF_FIELD.test(also))
    return { field: 'more-text', value: also };
  const { head = '', body } = NOTED.exec(said)?.groups ?? {};
  return body && mentions(head).length === 0 ? { field: 'more-text', value: body.trim() } : null;
}
/** 顺便说一句 已经淹了二十亩. */
const ASIDE_TOLD = /^(?:顺便|顺带|顺嘴|再|还)(?:说|提|讲)一?[句下声嘴][,\uff0c:\uff1a\s]{1,2}(.{4,300})$/;
/** 再写上周围摊子都淹了, 把周围摊子都淹了也写上. */
const WRITTEN =
  /^(?:(?:再|还|也)(?:给我?)?(?:补|添|加|写|记)(?:上|进去)(?<behind>[^,\uff0c。:\uff1a\s]{4}.{0,200})|把(?<before>[^,\uff0c。\s]{4,60}?)(?:这[个点条事])?(?:也|都|给)?(?:补|添|加|写|记)(?:上去?|进去|进内容)(?:吧|了)?)[。!\uff01]?$/;
/** 不光放学 早上送娃那阵也堵 加进去: told, and then that it is to be in it. */
const TOLD_FIRST =
  /^(?<told>\S.{3,200}?)[,\uff0c。\s]{1,2}(?:这个|这[条点句]|也|都|给我?|帮我?|一并){0,3}(?:补|添|加|写)(?:进去|上去?|到内容里?|进内容)(?:吧|了|哈)?[。!\uff01]?$/;
const OF_FIELD = /^(?:地点|位置|地址|地方(?=写|填|说|不|错)|主办|协办|单位|内容|照片|附件|时限|紧急)/;
/** 先别交 再写上…, 等等 先别提交,加一句…: what follows is for the draft, which stays. */
export const afterNotYet = (raw: string): string | null =>
  NOT_SENT.exec(raw.trim())?.groups?.['rest'] ?? null;
const NOT_SENT =
  /^(?:等(?:等|一?下|会儿?)|慢着|哎呀?|诶|对了|[,\uff0c。\s]){0,4}(?:先|暂时?|还)?(?:不要?|别|不忙|不急)(?:急着|忙着|着急|忙)?(?:提交|上报|[交发报送递])(?:了|上去|出去)?[,\uff0c。;\uff1b\s]{1,3}(?<rest>\S[\s\S]{2,200})$/;
/**
 * 先别发 我再想想, 稍等先不发, 等我问下书记: the draft waits, and is neither sent nor given up. 先不发了 and 先不报了 give it up
 * (`isCancel`).
 */
export const holdsDraft = (text: string): boolean =>
  (HELD.test(text.trim()) || LAID_ASIDE.test(text.trim())) && !GIVEN_UP.test(text);
/** 先放着 这事咱镇谁对口: what is asked while it waits; '' where nothing follows. */
export const behindHeld = (text: string): string => text.trim().replace(LAID_ASIDE, '');
const LAID_ASIDE =
  /^(?:好的?|行|嗯|那|这个?|就|你|它|[,\uff0c\s])*(?:先|暂时?|且)(?:给我|帮我|在这)?(?:放着?(?:一?放|一下|那儿?|这儿?)?|留着|存着?|搁着?(?:一下|那儿?|这儿?)?)(?:吧|呢|啊|哈|等会儿?再(?:说|发|提交))?(?:$|[,\uff0c。!\uff01\s]+)/;
const HELD =
  /^(?:等(?:等|一?下|会儿?)|稍等(?:一?下)?|慢着|慢|哎呀?|哦|噢|嗯|诶|那|这个|[,\uff0c。\s]){0,4}(?:(?:先|暂时?|还是)(?:别|不要|不|莫|甭|不忙|不急)(?:着)?|别|莫|甭)(?:急着|忙着|着急|急|忙|慌)?(?:提交|上报|发送|[交发报送递])(?:上去|出去|过去)?(?:呢|啊|呀|哈|哦)?(?:$|[,\uff0c。!\uff01\s]|(?=[我俺等让]))|^(?:等|让|容|叫|那|嗯|哦|[,\uff0c\s]){0,3}(?:我|俺)(?:们)?(?:再|先|得|要|去|还得){0,2}(?:想想|想一想|想一下|考虑(?:一下|下)?|琢磨(?:一下|琢磨)?|合计合计|(?:问|核实|商量|请示|确认|打听|核对)(?:一?下|问|实|商量)?[^,\uff0c。\s]{0,6})(?:再(?:说|定|看|报|发|交|讲))?[吧哈啊。!\uff01]{0,2}$/;
const GIVEN_UP =
  /(?:不|甭|别)(?:用|要|必)?(?:再)?(?:提交|上报|[交发报送])了|算了|取消|放弃|作废|撤|不要了|不弄了/;
/** 时间加上,都是夜里十点以后: something that no field of its own holds. */
const NOTED =
  /^(?!地点|位置|地址|主办|协办|单位|内容|照片|附件)(?<head>[^,\uff0c。:\uff1a\s]{2,6}?)(?:也|再|还|都|给我?)?(?:加上|补上|写上|添上|注明)(?:一下|去|吧)?[,\uff0c:\uff1a]\s{0,2}(?<body>\S.{1,300})$/;

/** 地方写错了,是…: the field is named, and takes what follows. */
function corrected(raw: string, written: string, mentions: (text: string) => Mention[]): DraftChange | null {
  const found = correctionIn(written, mentions);
  // 不是太急 让他们这周五前来就中: how urgent it is, and no word of the text.
  if (found?.field === 'swap' && found.value.split('→').some(isUrgencyWord)) return null;
  return found?.field === 'name' && raw !== written ? null : found;
}

/** Units are changed as such. */
function swapped(raw: string, mentions: (text: string) => Mention[]): DraftChange | null {
  const said = raw.replace(FIX_AHEAD, '').trim();
  const { but, not, but2, not2 } = (SWAP.exec(said) ?? INTO.exec(said))?.groups ?? {};
  const [right, wrong] = [but ?? but2, not ?? not2];
  if (!right || !wrong || [right, wrong].some((it) => namesUnit(it, mentions) || isUrgencyWord(it)))
    return null;
  return { field: 'swap', value: `${wrong}→${right}` };
}
/** 桥名写错了,是石岭桥: what is called so there is called this. */
function renamed(raw: string): DraftChange | null {
  const value = RENAMED.exec(raw.replace(FIX_AHEAD, '').trim())?.groups?.['name'];
  return value === undefined ? null : { field: 'name', value };
}
const RENAMED =
  /^[^,\uff0c。\s]{0,4}名(?:字|称)?(?:写|打|说|弄|搞)?错(?:字)?了[,\uff0c。\s]{1,3}(?:应该|应)?是(?<name>[^,\uff0c。\s不]{2,14})$/;
const FIX_AHEAD =
  /^(?:(?:不对|错了|弄错了?|写错了?|说错了?|打错字?了?|搞错了?|等等|哎呀?|唉|哦|噢|对了|刚才|(?:问|核实|打听|搞|弄|查)(?:好|清|清楚|过|明白|到)了?)[,\uff0c。\s]{0,2}){1,3}/;

function changeIn(clause: string, mentions: (text: string) => Mention[]): DraftChange | null {
  const kind = KIND.exec(clause)?.groups?.['kind'];
  if (kind) return { field: 'kind', value: kind };
  const place = PLACE.exec(clause)?.[1];
  if (place) return { field: 'place', value: place.trim() };
  const units = mentions(clause);
  const [first] = units;
  if (first) {
    const rest = units.reduce((left, { alias }) => left.replace(alias, ''), clause);
    if (rest.length > 14) return null;
    if (ALONE.test(rest) && /一家|只/.test(rest)) return { field: 'alone', value: clause };
    if (TAKES.test(rest)) return { field: 'less-support', value: clause };
    if (SUPPORTS.test(rest))
      return { field: ADDS.test(rest) || !/^协办/.test(clause) ? 'more-support' : 'support', value: clause };
    if (
      /^(?:再)?(?:加上?|增加|带上|算上)/.test(clause) ||
      /^(?:把)?(?:也|还|再)?(?:加上|加进来|带上|叫上|算上|拉上)(?:吧|了)?$/.test(rest)
    )
      return { field: 'more-support', value: clause };
    const before = clause.slice(0, first.index);
    if (
      LEADS.test(before) ||
      /主办|牵头/.test(rest) ||
      (rest.length <= 5 && before.replace(CHANGE_UNIT, '') === '')
    )
      return { field: 'lead', value: clause };
    return null;
  }
  if (NO_SUPPORT.test(clause)) return { field: 'less-support', value: '' };
  if (isUrgencyWord(clause)) return urgencyOf(clause);
  return (WANTED.test(clause) || WANTED_NAMED.test(clause)) && clause.length <= 30
    ? { field: 'wanted', value: clause }
    : null;
}

/** 配合单位去掉吧: whoever it is. */
export const takesAllSupport = (text: string): boolean =>
  text.split(CLAUSES).some((clause) => NO_SUPPORT.test(clause.trim()));
const NO_SUPPORT =
  /^(?:那|就|把|先|请|麻烦)?(?:协办|配合|协同|协助)(?:的)?(?:单位|部门|方)?(?:那栏|那个|一栏)?(?:都|就|先|也|全|给|可以)*(?:去掉|删掉?|删了|不要|不用|拿掉|取消|撤掉?|免)(?:了|吧|掉|去|算了)*[。!\uff01]?$|^(?:那|就|先|请|麻烦)?(?:去掉|删掉|取消|不要|不用|拿掉)(?:协办|配合|协同|协助)(?:的)?(?:单位|部门|方)?(?:了|吧)*[。!\uff01]?$/;

const isUrgencyWord = (text: string): boolean => text.length <= 16 && URGENCY_WORDS.test(text);
const NOT_URGENT =
  /(?:不|别|没|甭|莫|勿|无需|用不着|犯不着|算不上|谈不上)[^,\uff0c。\s]{0,6}(?:紧急|加急|特急|急)|一般|普通/;
const urgencyOf = (text: string): DraftChange => ({
  field: 'urgency',
  value: NOT_URGENT.test(text)
    ? 'normal'
    : parseUrgency(text) === 'urgent' || /急/.test(text)
      ? 'urgent'
      : 'normal',
});
