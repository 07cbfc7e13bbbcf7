/** 周四不用叫了 光周二叫: of the days of a rule only those that are named stay. Pure. */

const DAY = '(?:周|星期|礼拜)[一二三四五六日天]';
const DAYS = `${DAY}(?:[、,\uff0c和跟及与]?(?:${DAY}|[一二三四五六日天]))*`;
const NOT = '(?:不用|不要|别|甭|不必|不再|取消|去掉|停了?|免了?|删了?|拿掉|划掉)';
const RINGS = '(?:提醒|叫|喊|响|催|来|要|弄|发|留着|留)';
/** `about`: what names the reminder, before the day that goes. */
const KEEPS = new RegExp(
  `^(?:(?<about>[^,\uff0c\\s]{0,16}?)(?:的|那个|这个|那条|这条|提醒)?(?:以后|今后|往后|从此)?(?:的)?(?<gone>${DAYS})(?:的|那天|那次|那回)?(?:就|都|先)?${NOT}(?:再)?${RINGS}?(?:我|俺|大家)?(?:了|吧|啦)?[,\uff0c\\s]{1,2})?(?:以后|今后|往后)?(?:就|那就)?(?:光|只|就|仅|单)(?:要|留下?|保留|在)?(?<kept>${DAYS})(?:的|那天|那次|那回)?(?:${RINGS}(?:我|俺|大家)?)?(?:就行|就好|就够了?|就中|吧|得了|了)?$`,
);
/** 就周四吧 moves what comes once a week; of several days it leaves that one. */
const SAYS_KEPT = new RegExp(`(?:光|只|仅|单|留)|${RINGS}(?:我|俺|大家)?(?:就行|吧|了)?$`);

export function keptDaysIn(said: string): { about: string; days: string } | null {
  const { about = '', gone, kept } = KEEPS.exec(said)?.groups ?? {};
  return kept !== undefined && (gone !== undefined || SAYS_KEPT.test(said)) ? { about, days: kept } : null;
}

const ONLY_DAYS = new RegExp(`^${DAYS}$`);
const DIGITS = '一二三四五六日';
export const BYDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** 周二、四 as the parts of a rule; null for words that are no weekdays alone. */
export function weekdaysIn(words: string): string[] | null {
  const said = words
    .trim()
    .replace(/^每/, '')
    .replace(/(?:的|都)$/, '');
  if (!ONLY_DAYS.test(said)) return null;
  const digits = [...said.replace(/周|星期|礼拜|[、,\uff0c和跟及与]/g, '')];
  return digits.map((it) => BYDAYS[DIGITS.indexOf(it === '天' ? '日' : it)] ?? '');
}
