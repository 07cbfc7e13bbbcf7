/**
 * Words that take back the verb beside them, in the written language and in the dialects of the north and the Yangtze: 先莫催, 甭签,
 * 我还没说要催, 催就不必了, 撤不撤的再说. Pure.
 */

/** Before the verb. 别 as in 别人, 莫 as in 莫名 and 白 as in 明白 say something else. */
const DONT =
  '(?:(?:先|暂时?|且|可|都|就|还|再)?不(?:用|要|必|需要?|打算|准备|想(?!到)|许|兴|忙|急|着急|该|敢|是[要想让叫说]|作兴)|暂不|先不|' +
  '别(?!的|人|处|家|墅|院|称)|莫(?!名|非|大|过|如|某)|甭|勿|休(?=[要得再提想]|$)|(?<![明空雪苍])白(?=[再去忙让叫请给把转退催签撤]|$)|' +
  '[无毋][需须]|没(?:有)?必要|用不[着上]|犯不[着上]|不消|不劳|免[得了]|' +
  '(?:没|未|谁|哪个|哪里)(?:有)?(?:说(?!清|明|好|完)|让|叫|喊|打算|想|准备|答应)(?:过)?|(?:没|未)(?:有)?要)';
/** 先不转给供电公司: what stands between it and the verb. 别再拖了催一下 and 不急但还是催一下 urge. */
const BEFORE = new RegExp(`${DONT}(?:(?![了但就]|还是|不过|可是)[^,\\uff0c。\\s]){0,7}$`);

/** 那还早 不催了: right before the verb, where that is not what must not be left undone (不催不行, 再不催就晚了). */
const BARE = /(?<![能会要可该再老总一催签退转撤办])不$/;
const MUST = /^[^,\uff0c。\s]{0,5}(?:不行|不中|不成|不动|就|怎么|咋|还)/;

/** Behind the verb: 催就不必了, 催办的事先放一放, 催啥. `算了` alone agrees (退回算了). */
const BEHIND =
  /^[^,\uff0c。\s]{0,8}?(?:就|也|都)(?:不必|不用|免|省|算)了|^[^,\uff0c。\s]{0,8}?(?:(?:的|这|一)事儿?|嘛|呢|么)?[,\uff0c\s]?(?:先|暂时?|且)(?:放一?放|缓一?缓|搁一?搁|压一?压|等一?等|不急|不忙|不用|不必)|^(?:个)?(?:啥|什么|球|鬼|锤子|毛线?|么子)(?![时地])/;

/** 退不退的还得等局长回来: neither said nor left. A bare 退不退 at the end is asked. */
const UNDECIDED =
  /([催签退转撤报派评延答])(?:收|回|办|给|复|期)?不\1(?:收|回|办|给|复|期)?(?:的|嘛|呢|这事|[,\uff0c\s])?[^,\uff0c。\s]{0,6}(?:再说|再看|再定|再讲|另说|两说|等|看|听|问|由|商量|请示|研究|不好说|说不[准好]|没定|不一定|不归我)/;

/** 还没到催的时候. */
const NOT_TIME = /(?:没|未|不)(?:有)?到[^,\uff0c。\s]{0,12}的?(?:时候|时间|点儿?|时限|期限)/;

/** 不催了, 那就不退了吧: nothing but the verb stands between them. */
const NO_MORE = /(?<![还又再老总咋就得好要办])(?:那|也|就)?不$/;
const NO_MORE_ENDS = /^[办收回期单给价]?(?:它|了它)?[了啦](?:吧|啊|哈|呗|嘛)*[。!\uff01]?$/;

/** Whether the words of a clause from `at` on for `length` are taken back by what stands around them. */
export const isTakenBack = (clause: string, at: number, length: number): boolean =>
  BEFORE.test(clause.slice(0, at)) ||
  (BARE.test(clause.slice(0, at)) && !MUST.test(clause.slice(at + length))) ||
  // 没让你请公安局协办: the words may begin within what denies them (让…协办).
  BEFORE.test(clause.slice(0, at + 1)) ||
  BEHIND.test(clause.slice(at + length)) ||
  (NO_MORE.test(clause.slice(0, at)) && NO_MORE_ENDS.test(clause.slice(at + length))) ||
  UNDECIDED.test(clause) ||
  NOT_TIME.test(clause);

export const isUndecided = (text: string): boolean => UNDECIDED.test(text);
