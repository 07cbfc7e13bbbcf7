/** `不对,我说的是…`, `换个问题,…`: what stands before the matter is taken away, and what follows is read as if it came first. */
import type { Context } from '../core/types.js';

const WRONG =
  /^(?:不对|不是的?|又?错了|说错了?|打错了?|搞错了|弄错了|问错了|理解错了|不是这个|不是这意思|不是那个|你(?:理解|弄|搞)错了|我没说清楚?)[,\uff0c。.!\uff01、\s]*/;
const I_MEAN =
  /^(?:我|俺|咱)?(?:刚才|其实|本来)?(?:是)?(?:要|想)?(?:说|问|讲|指)的?(?:其实)?(?:是|就是)?[,\uff0c:\uff1a\s]*|^(?:应该|其实|就)是(?=\S{3})|^是(?=\S{2})/;
const ANOTHER =
  /^(?:算了|行了|好了|好的?|哦|嗯)?[,\uff0c。\s]*(?:换个|换一个|再问(?:个|一个|一下)?|另外问(?:个|一下)?|问(?:个|一个)别的|另一个|还有(?:个|一个))(?:问题|事情?|事儿)?[,\uff0c:\uff1a。\s]+/;
/** `不是民政这口,是管安全的` and the other way round. */
const NOT_BUT =
  /^(?:[不又]?[对错]了?[,\uff0c。\s]*)*(?:我|俺|咱)?(?:说|讲|问|指)?的?不是(?<not>[^,\uff0c。\s]{1,14})[,\uff0c。\s]+(?:我(?:说|问|指)的)?是(?<but>.{2,})$/;
const BUT_NOT =
  /^(?:[不又]?[对错]了?[,\uff0c。\s]*)*是(?<but>[^,\uff0c。\s]{2,14})[,\uff0c。\s]+不是(?<not>[^,\uff0c。\s]{1,14})$/;
/** Less than this is no matter. */
const MATTER_MIN = 2;
/** A name alone is put into the question that it corrects. */
const NAME_MAX = 5;

export type Corrected = {
  text: string;
  /** Kept for the list office: what was said of which answer. */
  corrects: boolean;
};

/** Null for a message that begins with its matter. */
export function correctedOf({ text, session }: Pick<Context, 'text' | 'session'>): Corrected | null {
  const another = ANOTHER.exec(text)?.[0];
  if (another) return corrected(text.slice(another.length), false);
  if (!session?.question && !session?.focus && !session?.listing) return null;
  const { but, not } = (NOT_BUT.exec(text) ?? BUT_NOT.exec(text))?.groups ?? {};
  if (but && not) return corrected(inQuestion(but, not, session.question), true);
  const wrong = WRONG.exec(text)?.[0] ?? '';
  const rest = text.slice(wrong.length);
  const meant = I_MEAN.exec(rest)?.[0] ?? '';
  if (wrong === '' && !/(?:说|问|讲|指)的?(?:是|就是)/.test(meant)) return null;
  // 不对 alone, or followed by anything else, says that the answer is wrong.
  if (meant === '' && !/^(?:说|打|问)错/.test(wrong)) return null;
  return corrected(rest.slice(meant.length), true);
}

const corrected = (said: string, corrects: boolean): Corrected | null =>
  said.trim().length < MATTER_MIN ? null : { text: said.trim(), corrects };

const inQuestion = (but: string, not: string, question = ''): string =>
  but.length <= NAME_MAX && question.includes(not) ? question.replace(not, () => but) : but;
