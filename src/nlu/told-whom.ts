/** 就报农业农村局, behind a matter that was told or asked about: to whom it goes, and nothing of what it is. Pure. */
import type { Mention } from '../organizations/names.js';

const ONLY_WHOM =
  /让|叫|请|喊|找|往?上?报给?|提交|上报|发给?|派给|交给|呼叫|派单?|请求|单子?|嗯|哦|好|中|成|可以|行|还是|一?个|派人|他们|你们|那|就|给|帮我?|一下|来|去|看看?|处理|解决|弄|管|办|过来|下|吧|了|[,\uff0c。!\uff01\s]/g;
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
  /(?<=\S{4})[,\uff0c。\s]{1,2}(?:[这那](?:个|种)?(?:事儿?|事情)?)?(?:该|应该|要|得)?(?:归|找|由|是|问|叫)?(?:谁|哪一?[个家]|哪)(?:局|部门|单位|科室)?(?:来|去)?(?:管|负责|牵头|处理|解决|办|查)?[呢啊呀?\uff1f。]{0,3}$/;
