/**
 * Sentences that name a thing to be done without doing it: a condition, a threat, other people's words, a quotation, a joke, an
 * intention. Pure.
 */

/** With what stands between two clauses. */
const CLAUSE = /[^,\uff0c。;\uff1b!\uff01?\uff1f\s]+[,\uff0c。;\uff1b!\uff01?\uff1f\s]*/g;
const QUOTED = /“[^”]{0,200}”|"[^"]{0,200}"|「[^」]{0,200}」|『[^』]{0,200}』/g;

/** 方便的话催一下 asks politely. */
const POLITELY =
  /(?:可以|方便|行|没问题|有空|得闲|有时间|不麻烦|能行|允许)的话|(?:如果?|要是|若)(?:您|你)?(?:方便|可以|有空|没问题|允许|得闲)/;
/** 要是还没修好就催一下 · 遇节假日 and the like are rules of a reminder, no conditions. */
const CONDITION =
  /(?<![不只想主须还])要是|如果|假如|假若|倘若|倘使|若是|(?<=^|[那就])若(?!干|[是不无]?[^,\uff0c]{0,1}$)|万一|只要|除非|一旦|(?<=[\u4e00-\u9fff]{2})的话(?=$|[就再请我你他那,\uff0c\s])|(?:等|待)[^,\uff0c。\s]{1,12}(?:再(?!次|三)|才|之后|以后)/;
/** 就再催一下, behind a condition. */
const CONSEQUENCE =
  /^(?:那么?|到时候?)?(?:我们?|你们?|您|咱们?|俺们?|请|麻烦|给我|帮我)?(?:就|再|便|则|才|也)/;
/** A condition that says itself what follows from it. */
const IS_WHOLE = /(?<=.{2})(?:就|再|请|便|则|联系|麻烦)/;
/** 再不修我就退给局长了. */
const THREAT =
  /再不[^,\uff0c。\s]{1,12}?(?:就|我|俺|要|可)|(?:信不信|小心|当心)[我俺][^,\uff0c。\s]{0,8}|不然[^,\uff0c。\s]{0,4}就|否则/;
/** 师傅说修好了, 听说. */
const REPORTED =
  /听[^,\uff0c。\s]{0,6}[说讲]|据[^,\uff0c。\s]{1,8}(?:说|讲|称|反映)|(?:[他她]们?|人家|对方|有人|师傅|工人|老乡|群众|村民|居民|户主|业主|老板|同事|[村镇局乡县]里|上面|上头|领导|书记|[镇乡局县]长|主任|科长|[局镇乡委办所队心])(?:那边|那头)?(?:刚|又|也|都|总|老|一直|跟我|给我|对我|打电话|来电|发消息|群里)*(?:说|讲|称|反映|表示|告诉|回话|回复说|问)/;
const JOKE =
  /哈哈|呵呵|嘿嘿|嘻嘻|开(?:个|了个)?玩笑|逗[你您]|闹着玩|说着玩|(?<![a-z])h{3,}(?![a-z])|笑死|[😂🤣😄😆😜🤪🐶]|\[(?:笑哭|捂脸|偷笑|坏笑|狗头|呲牙|旺柴)\]/u;
const INTENDED =
  /(?:准备|打算|考虑|计划|琢磨|寻思|想着|可能(?:要|得|会|就)?|也许|说不定|恐怕(?:要|得|会)?|估计(?:要|得|会)|没准|大不了|早晚|迟早|回头|改天|过(?:几|两)天)/;

const clausesOf = (text: string): string[] => text.match(CLAUSE) ?? [];

/** What may be meant as it stands: without quotations, conditions with what follows from them, and threats. */
export function actual(text: string): string {
  const clauses = clausesOf(text.replace(QUOTED, (quoted) => ' '.repeat(Math.min(1, quoted.length))));
  let isOpen = false;
  const kept = clauses.filter((clause) => {
    if (THREAT.test(clause)) return false;
    if (CONDITION.test(clause) && !POLITELY.test(clause)) {
      isOpen = !IS_WHOLE.test(clause);
      return false;
    }
    const follows = isOpen || CONSEQUENCE.test(clause);
    const wasOpen = isOpen;
    isOpen = false;
    return !(wasOpen && follows);
  });
  return kept.join('').trim();
}

/** Something in it is only supposed, threatened or quoted. */
export const isSupposed = (text: string): boolean => actual(text).length < text.trim().length;

/** 要是明天还不行; 等配件到了再修 is how the work goes on. */
const HYPOTHESIS = /(?<![不想主须还])要是|如果|假如|假若|倘若|若是|万一|除非/;
export const isHypothetical = (text: string): boolean => HYPOTHESIS.test(text);
/** 要是改到25号 碰上周末咋弄, 改成每天的话会不会太多: only asked, and nothing that is to be done. */
const ASKED_OF =
  /(?:咋|怎么?)(?:办|弄|整|算|搞|说|着|样|处理|安排)(?:呢|啊|呀|吧)?[?\uff1f]?$|(?:行|好|成|可|中|能|会|用|要|得|该|算|来得及|来)不(?:行|好|成|可以|中|能|会|用|要|得|该|算|来得及)|([\u4e00-\u9fff])不\1(?![\u4e00-\u9fff]{3})|[吗么呢不嘛?\uff1f]$|(?:有没有|是不是|啥时候|什么时候|哪一?天|几[号点次天])|(?:还|会|能|算|行)(?:[^,\uff0c\s]{1,8})没$|(?:影响|区别|后果|结果)(?:是)?(?:啥|什么)|(?:变成|是|响|提醒)(?:啥|什么|谁|哪)/;
/** A hypothesis that is asked about; 方便的话改到下午行吗 asks politely for what it says. */
export const isHypothesisAsked = (text: string): boolean =>
  (HYPOTHESIS.test(text) || /(?<=[\u4e00-\u9fff\d]{2})的话/.test(text)) &&
  !POLITELY.test(text) &&
  ASKED_OF.test(text.trim());
/** 我跟他说的那个. */
const SAID_TO = /[跟给对和向](?!我|俺)[^,\uff0c。\s]{1,6}[说讲]/g;
/** 听说…, 他说…: other people's words. */
export const isReported = (text: string): boolean => REPORTED.test(text.replace(SAID_TO, ' '));
export const isIntended = (text: string): boolean => INTENDED.test(text);
export const isJoke = (text: string): boolean => JOKE.test(text);

/** Told by others, meant as a joke, or only intended: what it names is read back before it is done. */
export const isSecondHand = (text: string): boolean =>
  REPORTED.test(text) || JOKE.test(text) || INTENDED.test(text);
