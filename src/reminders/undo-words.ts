/** 还是原来那个时间, 刚改的不算, 撤销: a change of a reminder is taken back. Pure. */
import { isSupposed } from '../text/frames.js';

const FIRST =
  '(?:(?:不对|不行|不了|不|算了|唉|哎呀?|诶|等等|等一下|撤销|撤回|取消|错了|改错了|不好意思)[,\uff0c。\\s]{0,3}){0,3}';
const EARLIEST = '(?:最早|最初|最开始|一开始|起初|起先|头先)';
const ORIGINAL = `(?:原来|之前|原先|先前|以前|刚才|改之前|老|${EARLIEST})(?:我)?(?:说|定|设)?`;
const OF_THE_FIRST = new RegExp(EARLIEST);
/** 最早说的那个点: as it was before any change, not before the last. */
export const isOfTheFirst = (text: string): boolean => OF_THE_FIRST.test(text);
const THING = '(?:的?那?个?(?:时间|钟点|日子|日期|点|样子?|内容)|那样|那个|的){0,2}';
/** 不 还是改回原来那样, 恢复成原来的, 还是原先那个时间. */
const BACK = new RegExp(
  `^${FIRST}(?:还是|就|那就|干脆|要)?(?:给我|帮我)?(?:(?:改|换|调|变|恢复|还原|退)(?:回|成|到){0,2}(?:去|来)?(?:${ORIGINAL}|原)${THING}|(?:改|换|调|变|退)回[去来]|(?:按|照|用)(?:着)?${ORIGINAL}${THING}(?:来|办|设)?|(?<still>(?:还是|就)${ORIGINAL}${THING})|${ORIGINAL}(?:的|那样|那个|那个时间){1,2}(?:就)?(?:好|行|吧))(?:吧|了|好了|啊)?$`,
);
const CHANGE = '(?:改动?|换|挪|动|推|调|修改|更改|变动|提前|延)';
const VOID = '(?:不算(?:数)?|作废|不作数|撤(?:销|回|掉|了)?|取消|不要了?|收回|还原|恢复|别算)';
/** 刚改的那下不算 还是25; 刚才那个改动作废. */
const VOIDED = new RegExp(
  `^(?:[^?\uff1f]{1,40}[,\uff0c\\s])?(?:我)?(?:刚才?|刚刚|上一?[次回]|方才|才)(?:我)?(?:那个|那一?[下次回])?(?:${CHANGE})?(?:的|过的?|那)?(?:那?[个下次回])?(?:${CHANGE})?(?:就|都|先)?(?:给我)?${VOID}(?:吧|了|掉)?(?:[,\uff0c\\s]{1,2}(?:还是|就|照)[^,\uff0c]{1,8})?$`,
);
/** 撤销刚才的改动. */
const TAKES_BACK = new RegExp(
  `^${FIRST}(?:撤销|取消|撤掉|收回|撤回)(?:掉)?(?:刚才|上一?次|刚刚)的?(?:那[个次])?(?:改动|修改|更改|变动)(?:吧|了)?$`,
);
/** Alone it is said of a request as well. */
const ALONE = /^(?:撤销|撤回)(?:一下|掉|了|吧)*$/;

const SLIP = '(?:哎呀?|唉|诶|不对|不好意思|抱歉|对不起|那个)';
/** 哎呀发错了 刚才那个不算; 刚设的那条作废; and nothing of a change. */
const VOIDED_NEW = new RegExp(
  `^(?:${SLIP}[,\uff0c\\s]{0,2}){0,2}(?:(?:我)?(?:[发说打搞弄设]错(?:了|地方了?|人了?)|手滑了?|点错了?)[,\uff0c。\\s]{1,2})?(?:我)?(?:刚才?|刚刚|方才|上面|前面)(?:我)?(?:[设发说定弄]的?)?(?:那[个条句]|这[个条]|一?条)?(?:的)?(?:提醒)?(?:就|都|先)?(?:给我)?${VOID}(?:吧|了|掉|哈|啊)?$`,
);
export const isVoided = (text: string): boolean =>
  VOIDED_NEW.test(text.replace(/[。.!\uff01]$/, '')) && !isSupposed(text);

/** `alone`: of what was changed last, whatever that was. Null: nothing is taken back. */
export function undoIn(text: string): 'said' | 'alone' | null {
  const said = text
    .replace(/[。.!\uff01]$/, '')
    .replace(/[,\uff0c\s]{0,2}(?:辛苦|麻烦|谢谢|多谢|拜托)(?:您|你|了|啦)*$/, '');
  if (said.length > 60 || /^(?:[^,\uff0c]*)(?:提醒(?:我|俺))/.test(said)) return null;
  if (ALONE.test(said)) return 'alone';
  if (!(BACK.test(said) || VOIDED.test(said) || TAKES_BACK.test(said))) return null;
  return isSupposed(said) ? null : 'said';
}
