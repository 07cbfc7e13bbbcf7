/** 就报农业农村局, behind a matter that was told or asked about: to whom it goes, and nothing of what it is. Pure. */
import type { Mention } from '../organizations/names.js';

const ONLY_WHOM =
  /让|叫|请|喊|找|替我?|往?上?报给?|提交|上报|发给?|派给|交给|呼叫|派单?|请求|单子?|嗯|哦|好|中|成|可以|行|还是|一?个|派人|他们|你们|那|就|给|帮我?|一下|来|去|看看?|处理|解决|弄|管|办|过来|下|吧|了|[,\uff0c。!\uff01\s]/g;
const FILES = /报|呼叫|提交|派单|发给|交给/;

/** 让水务局来, 行 就报人社局. */
export function tellsOnlyWhom(said: string, mentions: (text: string) => Mention[]): boolean {
  const rest = mentions(said).reduce((left, { alias }) => left.replace(alias, ''), said);
  return rest.replace(ONLY_WHOM, '') === '';
}

/** One unit and that it goes there; to whoever was asked to file the matter (帮我报给管这个的局) the unit alone says so. */
export const filesTo = (text: string, question: string, mentions: (text: string) => Mention[]): boolean =>
  text.length <= MAX_LENGTH &&
  new Set(mentions(text).map(({ unit }) => unit)).size === 1 &&
  tellsOnlyWhom(text, mentions) &&
  (FILES.test(text) || ORDERS.test(question));
const MAX_LENGTH = 24;
const ORDERS = /(?:帮|给|替|麻烦|请)[我俺咱]?[^,\uff0c。\s]{0,4}(?:往上)?(?:报|反映|提交)|^报[个一件]/;

/** 那就报上去, 帮我报给他们吧, 给他们提一个, 帮我呼叫一下他们: that what stands open is to be filed; it names nobody. */
export const filesUnnamed = (text: string, mentions: (text: string) => Mention[]): boolean =>
  text.length <= MAX_LENGTH &&
  FILES_IT.test(text) &&
  !IS_DONE.test(text) &&
  !SAYS_ONESELF.test(text) &&
  !forbidsFiling(text) &&
  mentions(text).length === 0 &&
  text.replace(OF_FILING, '') === '';
/** 我报上去了. */
const IS_DONE =
  /(?<![就])(?:报|提|发|转|交|递|呼叫|反映|说)(?:给|上去|过去|[他她]们|那边|一[声下])*了[。!\uff01]?$/;
/** 我先跟他说一声: who speaks to them is the speaker. */
const SAYS_ONESELF =
  /^(?:那|就|行|好|中|嗯)*(?:我|俺|咱)们?(?:自己|先|再|去|就|来|也|直接)*(?:给|跟|向|找)[^,\uff0c。\s]{1,8}?(?:说|讲|打|联系|沟通|商量|碰)/;
/** What is to be done with it. A bare 提交 is of a draft. */
const FILES_IT =
  /(?:[上提]?报|反映|呼叫|提交|派单|吹哨|转|发|递)(?:一?[下个条])?(?:给|到|上去|过去|[他她它]们|那边|县里|上面|[这那]家|管(?:这|那)个?的|主[责管办]|牵头|负责)|(?:给|跟|向|找|帮)(?:[他她它]们?|那边|[这那]家|县里|上面|人家)[^,\uff0c。\s]{0,3}(?:提|报|发|派|递|呼叫|反映|说一?[声下]|讲一?[声下])|(?:提|报|发|派|下|打|起草|写|弄|填|开|走)(?:上|起)?一?[个条份下](?:呼叫|请求|单子?|件|$|吧|呗|上去)|(?:把|将)?[这那](?:个|件|事|情况|问题|件事)?[^,\uff0c。\s]{0,3}(?:报|反映|提交|呼叫|上报|派单)|(?:帮|替|给)(?:我|俺|咱)[^,\uff0c。\s]{0,4}(?:报|反映|提交|呼叫|上报|派单)|^(?:那|就|行|好|中|嗯|还是|[,\uff0c\s])*(?:上报|呼叫|派单|报)(?:吧|了|一下|呗)*$/;
const OF_FILING =
  /帮忙|麻烦|上头|往(?=[上县])|来(?:人|一趟)?[修看查管弄办清收]?|处理|解决|往?上?报给?|提交给?|上报给?|反映给?|呼叫|派单|吹哨|说一?[声下]|讲一?[声下]|能不能|可不可以|可以[吗么不]|[行好成中][吗么不][行好成中]?|请求|单子?|起草|管(?:这|那)个?(?:事儿?)?的|主[责管办]的?|牵头的?|负责的?|单位|部门|[他她它]们?|人家|那边|县里|上面|[这那](?:家|个|件)?(?:事情?|事儿|情况|问题)?|嗯|哦|好|中|成|可以|行|还是|直接|现在|赶紧|马上|先|再|也|都|那|就|给|跟|向|找|帮|替|请|我们?|俺们?|咱们?|你|您|把|将|去|来|到|转|递|发|提|派|下|打|写|弄|填|开|走|上去?|过去|出去|起|一?[下个条份]|吧|了|呗|嘛|哈|啊|呀|要|想|得|[,\uff0c。!\uff01\s]/g;

export type Filed = {
  /** The clause that files it names them; undefined where it names nobody. */
  unit?: string;
  /** What is told beside it. */
  told: string;
};

/**
 * 是县道 我们修不了 替我报上去; 那帮我报给他们 水库南坡松树枯了一片; 给我报消防 西街五金店住人不搬: one clause files it, the others tell more of
 * the matter. `unitIn`: whom a clause names.
 */
export function filedWith(
  text: string,
  mentions: (text: string) => Mention[],
  unitIn: (clause: string) => { unit: string; alias: string } | null,
): Filed | null {
  const clauses = text.split(/[,\uff0c。;\uff1b!\uff01\s]+/).filter(Boolean);
  if (filesUnnamed(text, mentions)) return { told: '' };
  for (const [i, clause] of clauses.entries()) {
    const named = unitIn(clause);
    const rest = named ? clause.replace(named.alias, '他们') : clause;
    if (!filesUnnamed(rest, () => [])) continue;
    const told = clauses.filter((it, at) => at !== i && it.replace(OF_FILING, '') !== '').join(',');
    return { told, ...(named && { unit: named.unit }) };
  }
  return null;
}

/** 你可别替我往上报啊, 先不用给他们提: whatever else is said, nothing goes out. */
export const forbidsFiling = (text: string): boolean => FORBIDS.test(text);
const FORBIDS =
  /(?:(?<!特|个|区|识)别(?![忘等耽误的人家处])|甭|莫|不用|不要|不必|不许|不准|用不着|没必要|先不|暂不|暂时不|没让你|没叫你)(?:先|急着|忙着|再|就|擅自|自己|直接|真|乱|随便){0,2}(?:给|替|帮|往|跟|向|把)?[我俺咱他她它你您们县镇乡局里上面头往人家这那事件个去]{0,6}?(?:上报|提交(?![^,\uff0c。\s]{0,6}(?:材料|资料|[本证照表书件]))|呼叫|反映|派单|吹哨|报(?!价|名|销|警|表|告|纸|账|废)|提(?=一?个|$|[了啊呀哈嘛吧])|发(?=出去|上去|给|$|[了啊呀哈嘛吧])|递(?=上去|$))/;

/** 帮我报个事 小河口村…; 松树枯死了,归哪个局; …帮我报给管这个的局: that it is to be filed, or whose it is, is no part of the matter. */
export function matterOf(question: string): string {
  const told = question.replace(HEAD, '').replace(ASKS_WHOSE, '').replace(TAIL, '').trim();
  return told === '' ? question : told;
}
const HEAD =
  /^(?:帮(?:忙|我|俺)?|麻烦|请|给我|我|俺|想|要|往上|[,\uff0c。\s]){0,5}(?:报|反映|上报)(?:一?[个件下])?(?:事儿?|事情|情况|问题)?(?:上去)?[,\uff0c。:\uff1a\s]{1,3}(?=\S{4})/;
const TAIL =
  /(?<=\S{4})[,\uff0c。\s]{1,2}(?:请|麻烦|帮忙|帮|给|替|我|俺|你|您){0,4}(?:往上)?(?:报|转|发|反映|提交|上报)(?:一下)?(?:给|到|上去)?(?:管(?:这|那)个?(?:事)?的|有关|相关|该管的?|负责的?|主管)?(?:局|部门|单位|地方|那?家)?(?:吧|呗)?[。!\uff01]?$/;
const ASKS_WHOSE =
  /(?<=\S{4})[,\uff0c。\s]{1,2}(?:[这那](?:个|种)?(?:事儿?|事情)?)?(?:该|应该|要|得)?(?:归|找|由|是|问|叫)?(?:谁|哪一?[个家]|哪)(?:局|部门|单位|科室)?(?:来|去)?(?:负责|牵头|处理|解决|[管办查修弄看清换装补])?[呢啊呀?\uff1f。]{0,3}$/;
