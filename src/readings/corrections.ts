/** `不对,我说的是…`, `换个问题,…`: what follows is searched at once. */
import type { Reader, Reading } from './reading.js';

const INTENT = 'ask_responsibility';

const WRONG =
  /^(?:不对|不是|错了|说错了|打错了|搞错了|弄错了|问错了|理解错了|不是这个|不是这意思|不是那个|你(?:理解|弄|搞)错了|我没说清楚?)[,\uff0c。.!\uff01、\s]*/;
const I_MEAN =
  /^(?:我|俺|咱)?(?:刚才|其实|本来)?(?:是)?(?:要|想)?(?:说|问|讲|指)的?(?:其实)?(?:是|就是)[,\uff0c:\uff1a\s]*|^(?:应该|其实|就)是(?=\S{3})|^是(?=\S{4})/;
const ANOTHER =
  /^(?:算了|行了|好了|好的?|哦|嗯)?[,\uff0c。\s]*(?:换个|换一个|再问(?:个|一个|一下)?|另外问(?:个|一下)?|问(?:个|一个)别的|另一个|还有(?:个|一个))(?:问题|事情?|事儿)?[,\uff0c:\uff1a。\s]+/;
const NOT_X = /^不是[^,\uff0c。]{1,14}[,\uff0c。\s]+(?:我(?:说|问|指)的)?是/;
/** Less than this is no matter. */
const MATTER_MIN = 3;

export const correctionReader: Reader = {
  name: 'correction',
  read({ text, session, raw }) {
    const another = ANOTHER.exec(text)?.[0];
    if (another) return readingOf(text.slice(another.length), 0.9, 'another question');
    if (!session?.question && !session?.focus) return [];
    const notX = NOT_X.exec(text)?.[0];
    if (notX) return readingOf(text.slice(notX.length), 0.98, `not that: ${raw}`, true);
    const wrong = WRONG.exec(text)?.[0] ?? '';
    const rest = text.slice(wrong.length);
    const meant = I_MEAN.exec(rest)?.[0] ?? '';
    if (wrong === '' && !/(?:说|问|讲|指)的?/.test(meant)) return [];
    return readingOf(rest.slice(meant.length), meant === '' ? 0.6 : 0.98, `a correction: ${raw}`, true);
  },
};

const readingOf = (said: string, probability: number, why: string, corrects = false): Reading[] => {
  const text = said.trim();
  if (text.length < MATTER_MIN) return [];
  return [{ intent: INTENT, slots: corrects ? { corrects: 'yes' } : {}, text, probability, why }];
};
