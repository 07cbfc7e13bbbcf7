/** Words of the country, and what only leads in, in the form that the grammar of reminders knows. Pure. */

/** 莫喊, 甭叫, 休再提醒; 明白 and 空白 are none of it. */
const NOT =
  /(?:(?<![莫索])莫|甭|(?<![明空黑雪坦])白|(?<![退午公不轮病])休)(?=(?:要|再|给我|跟我|让)?(?:喊|叫|提醒|响|催|通知|发))/g;
const SUNDAY = /(?<=周六[、和跟,\uff0c\s]?)周天/g;
/** 顺便把内容改成…; 顺便也提醒他 adds somebody. */
const LEADS_IN = /^(?:顺便(?:再)?|顺带|对了|哦对|那个啥|还有个事)[,\uff0c\s]{0,2}(?=把|将|内容|时间|改|换)/;

/** 算了 不用每周 就这周四. */
const THINKS_AGAIN =
  /^(?:算了|哎呀?|唉|哦|噢|嗯|呃|不对|等等|等一下|那个|那)[,\uff0c\s]{1,3}(?=(?:不用|不要|别|不必|甭)(?:再)?(?:每|重复)|就(?:要)?(?:这|本|下|提醒|叫)|只|光|改|换|把|将|推|提前|取消)/;

/** 算了还是别每个月了. */
const RATHER_NOT =
  /^(?:(?:算了|不对|唉|哎呀?|那)[,\uff0c\s]{0,3})?还是(?=(?:不用|不要|别|不必|甭)(?:再)?(?:每|重复))/;

export const plainWords = (said: string): string =>
  said
    .replace(RATHER_NOT, '')
    .replace(THINKS_AGAIN, '')
    .replace(LEADS_IN, '')
    .replace(NOT, '别')
    .replace(SUNDAY, '周日');

/** A new one is set by it: 改提醒我周三换硒鼓. */
export const SETS = /(?:提醒|叫|喊|通知)(?:我|我们|大家|俺|一下)(?![那这的])/;
