/** What has one place to go to: a complaint about enforcement, and help for somebody who cannot apply alone. */
import { asksToActFor, asksWho } from '../lists/guide-words.js';
import { asksHelp, asksWhereToComplain, isComplaint, namesWrong } from '../nlu/request-kinds.js';
import { isQuestion } from '../requests/move-words.js';
import type { Reader } from './reading.js';

/** Above a guide (readings/guides.ts): the words name the office's work. Nothing is sent before a button says so. */
const SURE = 0.985;
const MAX_LENGTH = 200;
/** Help is asked for, not whether there is any. */
const WANTS =
  /^(?:请|帮|麻烦|劳驾|替|代|给|想请|想找|需要|申请)|(?:请|找|派|安排)(?:人|个人|你们|窗口|中心)|(?:帮|替)(?:他|她|老人|我)/;
const ASKS =
  /[?\uff1f]|[吗么嘛没不]$|[行中成好可]不[行中成好]?[啊呀哈]?$|能不能|可不可以|可以.{0,6}(?:不|吗)|怎么|多久|多少|哪/;
/** 请窗口派人帮老人办一下,行不: an order, asked politely. */
const bidden = (text: string): string =>
  /^(?:请|麻烦|劳驾|帮)/.test(text)
    ? text.replace(/[,\uff0c\s]?(?:[行中成好]|可以)不[行中成好]?[啊呀哈]?[?\uff1f]?$/, '')
    : text;
/** What somebody else's case is spoken of with. */
const REPORTED = /^(?:统计|汇总|列出|查|看看)|有多少|几件|进度|办到哪/;

/** Beside these a question is an outcry: 凭什么打人?我要投诉. */
const WISHES = /(?:我|俺|咱|我们)?(?:要|想|来)(?:投诉|举报|反映|告)/;

export const counterReader: Reader = {
  name: 'counter',
  read({ text, match, session, person }) {
    if (match.via !== 'example' || session?.flow || text.length > MAX_LENGTH) return [];
    if (REPORTED.test(text)) return [];
    const isAsked = asksWhereToComplain(text) || (isQuestion(text) && !WISHES.test(text));
    if (isComplaint(text) && namesWrong(text) && (isAsked || asksWho(text)))
      return [{ intent: 'ask_complaint', slots: {}, probability: SURE, why: 'asks where to complain' }];
    if (asksWho(text)) return [];
    const what = isComplaint(text)
      ? 'complains of enforcement'
      : // Whoever is not bound can file no help: the guide says who may act (readings/guides.ts).
        person && asksHelp(text) && WANTS.test(text) && !ASKS.test(bidden(text)) && !asksToActFor(text)?.actor
        ? 'asks the counter to help'
        : null;
    return what ? [{ intent: 'file_request', slots: {}, probability: SURE, why: what }] : [];
  },
};
