/** `不对,我说的是…`, `换个问题,…`: what stands before the matter is taken away, and what follows is read as if it came first. */
import type { Context } from '../core/types.js';

/** Said before a correction. */
const FIRST =
  /^(?:(?:等一?下|等等|等会儿?|稍等|慢着|停|哎呀?|诶|欸|哦|噢|嗯|额|呃|不好意思|抱歉|对不起)[,\uff0c。!\uff01、\s]*)+/;
const WRONG =
  /^(?:不对|不是的?(?!说好|说了|你们?说|[这那](?:个|意思|事|件|回|一?码|茬|一?[块条项]))|又?错了|打错字了?|(?:(?:我|俺|咱)(?:刚才|刚刚|这是)?(?:全|都|又)?(?=[说讲问打搞弄整记看想认听发]))?(?:说|讲|打|搞|弄|整|问|写|发|输|听|看|记|想|认)(?:错|岔|混|反|串|差|拧)了?(?:字|事儿?|话)?了?(?:[打写]错了)?|(?:我|俺|咱)?(?:这)?(?:口|手)误了?|(?:我|俺|咱)?(?:这)?(?:张)?嘴(?:又|一)?(?:瓢|秃噜|快)了?|(?:说|讲|问)?[串岔]了?(?:话|事儿?)?了|字(?:打|写)错了?|理解[错偏岔]了|答?非所问|跑题了|扯远了|不是这(?:个|意思|事|件|回事|一?码事|茬|一?[块条项])(?:事)?|不是那(?:个|意思|事|件|回事|茬|一?[块条项])|你(?:理解|弄|搞|听)(?:错|岔|偏)了|我没说清楚?|(?:我|俺|咱)?(?:不是|没|没有)(?:在|想|要)?(?:问|说|讲|指)的?(?:这|那)(?:个|事|件|回事|一?块|方面)?)[,\uff0c。.!\uff01、\s]*/;
const I_MEAN =
  /^(?:我|俺|咱)?(?:刚才|其实|本来)?(?:是)?(?:要|想)?(?:说|问|讲|指|打听|知道|晓得)的?(?:其实)?(?:是|就是)?[,\uff0c:\uff1a\s]*|^(?:应该|其实|就)是(?=\S{2})|^是(?:问|说)?(?=\S{2})/;
/** 不对 他们问的是每月领的那个钱: whom one asks for is meant, where it was said first that this is not it. */
const THEY_MEAN =
  /^(?:他|她|人家|群众|老百姓|村民|家属|来人|对方)们?(?:要|想|是)?(?:问|要|指|说)的?(?:其实)?(?:是|就是)[,\uff0c:\uff1a\s]*(?!谁|哪|你)/;
const ANOTHER =
  /^(?:算了|行了|好了|好的?|哦|嗯)?[,\uff0c。\s]*(?:换个|换一个|再问(?:个|一个|一下)?|另外问(?:个|一下)?|问(?:个|一个)别的|另一个|还有(?:个|一个))(?:问题|事情?|事儿)?[,\uff0c:\uff1a。\s]+/;
/** `不是民政这口,是管安全的`, `跟厂子没关系,是村里的` and the other way round. */
const NOT_BUT =
  /^(?:[不又]?[对错]了?[,\uff0c。\s]*)*(?:(?:我|俺|咱)?(?:说|讲|问|指)?的?不是|不?(?:跟|和|与)|(?:我|俺|咱)?[不没](?:问|说|讲|指))(?<not>[^,\uff0c。\s]{1,14}?)(?:没(?:有|啥|什么)?关系|无关|不相干)?(?:[,\uff0c。\s]+而?|(?<=[^\s还但可就要也都又算老总说正只真好]{2})(?=而?是(?![谁哪啥什]))而?)(?:(?:我|俺|咱)?(?:说|问|讲|指)的?)?是(?!不是|不|否)(?:问|说|讲|指)?(?:的是?)?(?![责题明])(?<but>.+)$/;
const BUT_NOT =
  /^(?:[不又]?[对错]了?[,\uff0c。\s]*)*(?:就|我说的)?是(?<but>[^,\uff0c。\s]{2,14})[,\uff0c。\s]+不是(?<not>[^,\uff0c。\s]{1,14})$/;
const NOT_JUST_BUT =
  /^(?:不对[,\uff0c。\s]*)?不是[^,\uff0c。\s谁哪]{1,10}[,\uff0c。\s]+(?:就是|只是|他们?是|人家是)(?<but>[^谁哪啥吗?\uff1f]{3,20})$/;
/** `不是住建,我问农业农村局`: what is asked for is another side of what was spoken of; the lists are not put right. */
const NOT_ASKED =
  /^(?:[不又]?[对错]了?[,\uff0c。\s]*)*(?:不(?:是|问|说)|没(?:问|说))问?[^,\uff0c。\s]{1,14}[,\uff0c。\s]+(?:(?:我|俺|咱)们?(?:是|想|要)*)问(?:的?是)?(?![责题明过了])(?<asked>.+)$/;
/** Whoever speaks went wrong: 说错了, 口误. */
const OWN_SLIP = /^(?:[说讲打问写发输][错反]|[打字].?错|[口手]误|嘴瓢|我|俺|咱|没|不是[在想要]?[问说讲指])/;
/** Behind another word that it is wrong, nothing but what says whose slip it was: 不对 写错了 may speak of the list. */
const SAYS_OWN = /^(?:我|俺|咱|嘴|[口手]误|字?打)/;
/** Either of the two did. */
const SLIP = /^(?:我|俺|咱)?(?:刚才|刚刚)?(?:全|都|又)?[搞弄整记看想认听][错岔混差串反]/;
const SPEAKS_OF_ANSWER =
  /[归属]|牵头|主责|配合|负责|依据|条款|清单|文件|职责|单位|部门|[局委办]|镇里|县里|[改划]|[这那]是|你|吧[?\uff1f]?$/;
/** 手扶子就是拖拉机嘛 我说的是农机这一头: at the end, behind what is told. */
const SAID_AT_LAST =
  /^(?![^,\uff0c。\s]*(?:不是|[说问讲错]))[^,\uff0c。\s]{2,16}[,\uff0c。\s]+(?:我|俺|咱)(?:说|问|讲|指)的(?:其实)?是(?<said>[^,\uff0c。\s]{2,14})$/;
/** Less than this is no matter. */
const MATTER_MIN = 2;
/** A name alone is put into the question that it corrects, or said after it. */
const NAME_MAX = 5;
/** So few characters name a place or kind, no matter of their own. */
const PLACE_MAX = 3;

export type Corrected = {
  text: string;
  /** Kept for the list office: what was said of which answer. */
  corrects: boolean;
};

/** Null for a message that begins with its matter. */
export function correctedOf({ text: whole, session }: Pick<Context, 'text' | 'session'>): Corrected | null {
  const text = whole.replace(FIRST, '');
  const another = ANOTHER.exec(text)?.[0];
  if (another) return corrected(text.slice(another.length), false);
  if (!session?.question && !session?.focus && !session?.listing) return null;
  const slips = slipsIn(text);
  const wrong = slips.join('');
  const rest = text.slice(wrong.length);
  // 搞错了 不是祠堂 是门口那棵树: whatever stands before, the one is set against the other.
  const { but, not } = (NOT_BUT.exec(text) ?? NOT_BUT.exec(rest) ?? BUT_NOT.exec(text))?.groups ?? {};
  // 不是咱们 是柳林, of a listing: the listing again, with the other name.
  const isOfListing = session.listing !== undefined && session.focus === undefined && !session.question;
  if (but && not && isOfListing && but.length <= NAME_MAX)
    return corrected(`${but.replace(/的$/, '')}呢`, true);
  // 不是卖药的 就是让往里投钱, while rows are offered: what was told, seen closer.
  const closer = session.isChoosing ? NOT_JUST_BUT.exec(text)?.groups?.['but'] : undefined;
  if (closer && !but) return corrected(`${closer} ${session.question ?? ''}`, false);
  const asked = NOT_ASKED.exec(text)?.groups?.['asked']?.replace(/呢?[?\uff1f。]?$/, '');
  if (asked && session.focus && !but) return corrected(asked.length <= NAME_MAX ? `${asked}呢` : asked, true);
  // 不是十七户 是十九户, in front of a draft, is said of the draft.
  if (but && not && session.flow?.isDraft) return null;
  if (but && not) return corrected(inQuestion(but, not, session.question), true);
  // 不对 是张湾村, too.
  if (wrong !== '' && session.flow?.isDraft && IS_THIS.test(rest)) return null;
  const told = SAID_AT_LAST.exec(text)?.groups?.['said'];
  if (told && wrong === '') return corrected(told, true);
  const meant = I_MEAN.exec(rest)?.[0] ?? (wrong === '' ? '' : (THEY_MEAN.exec(rest)?.[0] ?? ''));
  if (wrong === '' && !/(?:说|问|讲|指)的?(?:是|就是)/.test(meant)) return null;
  // 不对 alone, or followed by anything else, says that the answer is wrong; 搞错了 too, where what follows speaks of it.
  const isOwn = OWN_SLIP.test(wrong) || slips.slice(1).some((slip) => SAYS_OWN.test(slip));
  const isEither = slips.some((slip) => SLIP.test(slip)) && !SPEAKS_OF_ANSWER.test(rest);
  if (meant === '' && !isOwn && !isEither) return null;
  const said = rest.slice(meant.length);
  const isListing = isOfListing && /牵头|配合/.test(said) && !/[的哪几多]/.test(said);
  return corrected(isListing ? `${said}的有哪些` : said, true);
}

const IS_THIS = /^(?:应该|应当|就)?(?:是|在|叫)(?![^,\uff0c。\s]*(?:谁|哪|啥|什么|吗|问|说))/;

/** 不对不对 弄混了, 不是这个 我嘴瓢了: one after the other. */
function slipsIn(text: string): string[] {
  const slips: string[] = [];
  let rest = text;
  for (
    let slip = WRONG.exec(rest)?.[0];
    slip && slips.length < SLIPS_MAX && !(slips.length > 0 && BARE_NOT.test(slip));
    slip = WRONG.exec(rest)?.[0]
  ) {
    slips.push(slip);
    rest = rest.slice(slip.length).replace(FIRST, (said) => {
      slips.push(said);
      return '';
    });
  }
  return slips;
}
const SLIPS_MAX = 6;
/** 搞错了 不是祠堂: what is not meant follows. */
const BARE_NOT = /^不是的?[\s,\uff0c]*$/;

const corrected = (said: string, corrects: boolean): Corrected | null =>
  said.trim().length < MATTER_MIN ? null : { text: said.trim(), corrects };

function inQuestion(but: string, not: string, question = ''): string {
  if (but.length > NAME_MAX || question === '') return but;
  if (question.includes(not)) return question.replace(not, () => but);
  // 不是跳舞的 是工地, of a noise: what was told still holds.
  if (/^[这那问]/.test(not) || /[谁哪啥吗]/.test(but)) return but;
  return but.length <= PLACE_MAX && !question.includes(but) ? `${but} ${question}` : but;
}
