/** Words of the country, and what only leads in, in the form that the grammar of reminders knows. Pure. */

/** 莫喊, 甭叫, 休再提醒; 明白 and 空白 are none of it. */
const NOT =
  /(?:(?<![莫索])莫|甭|(?<![明空黑雪坦])白|(?<![退午公不轮病])休)(?=(?:要|再|给我|跟我|让)?(?:喊|叫|提醒|响|催|通知|发))/g;
const SUNDAY = /(?<=(?:周六|星期六|礼拜六)[、和跟,\uff0c\s]?)(?:周天|(?:星期|礼拜)天)/g;
/** 今儿的, 从明儿个起. */
const SPOKEN_DAY = /(?<=[今明后])儿个?(?!子|童)/g;
/** 下次 下次就是几号了. */
const STUTTERS = /^(?<word>[\u4e00-\u9fff]{2,4})[,\uff0c\s]{1,2}(?=\k<word>)/;
const FILLER = '啊|嗯|呃|额|哎呀?|诶|欸|唉|哦|噢|嘿|那个啥|对了';
/** 啊对了这个就弄到月底. */
const THINKS = new RegExp(`^(?:(?:${FILLER})[,\uff0c\\s]{0,2}){1,4}(?=.{3})`);
/** 改到十点,辛苦; 到20号为止啊. */
const THANKS =
  /(?<=.{3})[,\uff0c\s]{0,2}(?:(?:辛苦|有劳|麻烦|拜托|劳烦|劳驾)(?:您|你)?(?:了|啦)?|(?:十分|太|非常)?感谢(?:您|你)?|多谢(?:您|你|了)?|谢谢(?:您|你|啦|了)?)$/;
const PARTICLE = /(?<=[\u4e00-\u9fff\d]{3})(?:啊|哈|哦|噢|呗|嘞|咯|喽|呀|嗯)$/;
/** 就弄到一月底吧后头就换人了: why. */
const BEHIND =
  /(?<=.{4}吧)(?![\u4e00-\u9fff]{0,12}(?:提醒|改|换|挪|取消|别|不要|不用|再|[点号]))[\u4e00-\u9fff]{3,14}$/;
/** 还请您帮我调过去, 你给调调. */
const PLEASE =
  /[,\uff0c\s]{1,2}(?:还|就)?(?:请|麻烦|劳烦)?(?:您|你)(?:给|帮)(?:我|俺)?(?:调|改|弄|换|挪)(?:调|改|弄|换|挪|一下|下|过去|过来){0,2}吧?$/;
/** 顺便把内容改成…; 顺便也提醒他 adds somebody. */
const LEADS_IN = /^(?:顺便(?:再)?|顺带|哦对|还有个事)[,\uff0c\s]{0,2}(?=把|将|内容|时间|改|换)/;

/** 算了 不用每周 就这周四. */
const THINKS_AGAIN =
  /^(?:算了|不对|等等|等一下|那个|那)[,\uff0c\s]{1,3}(?=(?:不用|不要|别|不必|甭)(?:再)?(?:每|重复)|就(?:要)?(?:这|本|下|提醒|叫)|只|光|改|换|把|将|推|提前|取消)|^算了(?=(?:改|换|挪|推|调)(?:成|到|为))/;

/** 算了还是别每个月了. */
const RATHER_NOT =
  /^(?:(?:算了|不对|唉|哎呀?|那)[,\uff0c\s]{0,3})?还是(?=(?:不用|不要|别|不必|甭)(?:再)?(?:每|重复))/;

/** 六点半吧 晚上的: the part of the day stands behind its hour. */
const PART_BEHIND =
  /(?<clock>(?<![上下]午|早上|晚上|中午|傍晚)(?<![\d一二两三四五六七八九十])(?:\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点(?:半|钟|[一三]刻|[\d一二三四五六七八九十]{1,3}分?)?|[:\uff1a]\d{2}))(?:吧|啊|呢|哈)?[,\uff0c\s]{1,2}(?:是|要|就是)?(?<part>早上|上午|中午|下午|傍晚|晚上)(?:的|哦|啊|那个|那会儿?)?$/;

/** 具体六点整, 具体是下午一点: what was left open before. */
const EXACTLY =
  /^(?:具体|准确|确切)(?:时间|钟点|的)?(?:就|是|定|在|为){0,2}(?=(?:上午|下午|中午|早上|晚上|傍晚|凌晨)?(?:\d{1,2}|[一二两三四五六七八九十]{1,3})[点:])/;
/** 这个得天天看就改成每天: why stands between what is pointed at and what becomes of it. */
const BECAUSE =
  /^(?:算了)?(?<it>[那这][个条])(?:得|要|应该|太|不)[^,\uff0c\s]{1,10}?(?:就|那就|干脆)(?=(?:改|换|挪|推|调)(?:成|到|为))/;

/** 上午就上午还是十点那个: what it was before. */
const STILL_THAT =
  /^(?:不对|不|算了)?[,\uff0c\s]{0,2}[^,\uff0c\s]{0,8}?(?:还是|就)(?<time>(?:上午|下午|早上|晚上)?(?:\d{1,2}|[一二两三四五六七八九十]{1,3})点(?:半|钟|[一三]刻|[\d一二三四五六七八九十]{1,3}分?)?)那个$/;

const LENGTH = '[半一两二三四五六七八九十\\d]{1,3}个?半?(?:小时|钟头|分钟|刻钟|天|周|星期|礼拜)';
const HOW = '(?:往|推|挪|延|顺|改|换|提|调|晚|早|放)';
/** 分局定了后天,我这个也挪到后天: what becomes of the thing itself is not what becomes of the reminder. */
const MINE_TOO = new RegExp(
  `^.{2,40}?[,\uff0c\\s]?(?:那|就)?[我俺咱][那这](?:个|条|边|头)?(?:提醒)?(?:就)?(?:也|跟着|也跟着|也得|也要)(?:给我)?(?<how>${HOW}.{0,30})$`,
);
/** 那个会往后推了一天你也给我往后推一天. */
const YOU_TOO = new RegExp(
  `^.{2,40}?[,\uff0c\\s]?(?:那|就)?[你您](?:也|就){1,2}(?:给|帮|替)[我俺](?:也)?(?<how>${HOW}.{1,30})$`,
);
/** 往后顺一天, 改到周五. */
const MOVED = new RegExp(
  `(?:往[前后](?:顺|推|挪|延|拖|提|移|调)?|推迟|推后|延后|顺延|延期?|提前|推|晚|早)了?${LENGTH}|(?:改|推|挪|延|换|调|放)(?:到|在|成)了?[^,\uff0c\\s]{2,14}`,
);
const ALIKE = /^(?:跟着)?(?:顺|推|挪|改|延|变|调|提前|往后推?)(?:一下|着|吧|了)*$/;

function followed(said: string): string {
  const { how } = (MINE_TOO.exec(said) ?? YOU_TOO.exec(said))?.groups ?? {};
  if (how === undefined) return said;
  if (!ALIKE.test(how)) return how;
  // 往后顺一天,我这个也跟着顺.
  return MOVED.exec(said)?.[0].replace('了', '') ?? said;
}

/** 隔一天去一次吧, 那就两周一回: how often it is to come from now on. */
const RHYTHM =
  /^(?:那|就|还是|干脆|要不|算了|以后|今后){0,3}[,\uff0c\s]?(?<each>(?:每|隔|每隔)(?:[一两二三四五六\d]{1,2}个?)?(?:天|日|周|星期|礼拜|个?月)|天天|[两二三四五六]个?(?:天|周|星期|礼拜|月))(?:去|来|弄|看|提醒|喊|叫|响)?(?:我)?(?<once>一[次回趟遍])(?:就行|就好|吧|得了|好了)?$/;

function plainRhythm(said: string): string {
  const { each, once } = RHYTHM.exec(said)?.groups ?? {};
  return each && once ? `改成${each}一次` : said;
}

/** 台账早上就交过了 冤枉死了: how one feels about it. */
const COMPLAINS =
  /[,\uff0c。\s]{1,4}(?:真|可|太)?(?:冤枉?(?:死)?(?:我|人|俺)?(?:了|啊|呀)?|真是的|[气烦累急]死(?:我|人|俺)(?:了)?)[啊呀哦]?$/;

export const plainWords = (given: string): string => {
  const said = given
    .replace(THINKS, '')
    .replace(STUTTERS, '')
    .replace(BEHIND, '')
    .replace(COMPLAINS, '')
    .replace(PLEASE, '')
    .replace(THANKS, '')
    .replace(PARTICLE, '')
    .replace(RATHER_NOT, '')
    .replace(BECAUSE, '$<it>')
    .replace(THINKS_AGAIN, '')
    .replace(LEADS_IN, '')
    .replace(EXACTLY, '改到')
    .replace(PART_BEHIND, '$<part>$<clock>')
    .replace(STILL_THAT, '改到$<time>')
    .replace(SPOKEN_DAY, '天')
    .replace(NOT, '别')
    .replace(SUNDAY, '周日')
    .replace(NO_MORE, '不用再提醒了');
  return plainRhythm(followed(said));
};

const NO_MORE = /(?:以后|往后|今后)(?:都|就|也)?别(?:再)?(?:喊|叫|提醒|响|催)(?:我|俺)?了?$/;

/** A new one is set by it: 改提醒我周三换硒鼓. */
export const SETS = /(?:提醒|叫|喊|通知)(?:我|我们|大家|俺|一下)(?![那这的])/;

/** T来人 T叫我 (T stands for a time): words of their own between two times, and a call behind. */
export function hasOwnMatter(said: string): boolean {
  const parts = said.split('T');
  const isCalled = /^[^\u4e00-\u9fff]{0,4}(?:提醒|叫|喊)/.test(parts.at(-1) ?? '');
  return isCalled && parts.slice(1, -1).some((part) => /[\u4e00-\u9fff]{2}/.test(part));
}
