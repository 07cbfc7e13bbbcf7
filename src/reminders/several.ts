/** Several reminders in one message, each as a message of its own. Pure. */
const CALL = /(?:提醒|叫|喊|通知)(?:我|我们|大家|俺|一下|(?=[\u4e00-\u9fff]{2,4}))/;
const TIMED = /[点时:]|[周今明后大下每天号日月]|星期|礼拜|小时|分钟/;
const LENGTH = '(?:半|[一二两三四五六七八九十\\d]{1,3})个?(?:半)?(?:小时|钟头|分钟|刻钟|天|周|星期)';
/** 提前一天和提前半小时都叫我. */
const LEADS = new RegExp(
  `提前(?<a>${LENGTH})(?:和|、|及|跟|与|,|\uff0c)(?:再)?提前?(?<b>${LENGTH})(?:都|各|分别)?(?:再)?`,
);
/** 周三周四早上8点都提醒我. */
const DAYS =
  /(?<a>(?:下?周|下?星期|下?礼拜)[一二三四五六日天])(?:[、,\uff0c和跟及与]|\s)?(?<b>(?:周|星期|礼拜)[一二三四五六日天])(?=[^,\uff0c。]{0,12}(?:都|各|分别))/;
const MOST = 4;

/** Null: one reminder, as far as can be told. */
export function severalIn(raw: string): string[] | null {
  const leads = LEADS.exec(raw)?.groups;
  if (leads) return [leads['a'], leads['b']].map((it) => raw.replace(LEADS, () => `提前${it ?? ''}`));
  const days = DAYS.exec(raw)?.groups;
  if (days && !/每|逢/.test(raw))
    return [days['a'], days['b']].map((it) =>
      raw.replace(DAYS, () => it ?? '').replace(/都(?=提醒|叫|喊)/, ''),
    );
  const parts = raw.split(/[,\uff0c;\uff1b。\s]+/).filter((part) => CALL.test(part) && TIMED.test(part));
  const clauses = raw.split(/[,\uff0c;\uff1b。\s]+/).filter((part) => part.length > 3);
  return parts.length > 1 && parts.length <= MOST && parts.length === clauses.length ? parts : null;
}
