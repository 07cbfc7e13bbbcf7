/** What is said in words of a unit's recurring duties: which there are, 订上, 退了. */
import type { Context } from '../core/types.js';
import { isQuestion } from '../requests/move-words.js';
import { isSupposed } from '../text/frames.js';
import { normalizeText } from '../text/normalize.js';
import { sharedPiece } from '../text/shared-piece.js';
import type { Reader, Reading } from './reading.js';

const MAX_LENGTH = 60;
/** Above what is said of one's own reminders. */
const CERTAIN = 0.985;

const ASKS =
  /哪些|哪几|啥|什么|几[个项条]|多少|有没有|有无|[吗么没][?\uff1f]?$|^(?:请|帮我|给我)?(?:看|查|列)|一览|列表|清单$/;
const OF_THE_LISTS =
  /归(?:谁|哪)|(?:谁|哪(?:个|家|些)(?:部门|单位|局|科室)?)(?:来)?(?:管|负责|牵头|办)|该谁|找谁|怎么(?:写|做|办|报)/;

/** 职责提醒都有哪些, 咱镇订了啥职责提醒, 我们局订阅了哪些. */
const DUTIES =
  /职责(?:类)?提醒|常年(?:的)?(?:职责|提醒)|(?:我们|咱们?|俺们?|本|我)?(?:镇|乡|局|街道|单位)?(?:现在|目前|都|已经)?(?:能|可以)?订(?:阅)?(?:了|过|的)?(?:有|是)?(?:哪些|啥|什么)(?:提醒|职责)?/;
/** 把秸秆禁烧那个给我们镇订上. */
const TAKES =
  /^(?:请|麻烦|帮我)?(?:把|将)?(?<name>[\u4e00-\u9fff]{2,12}?)(?:那个|这个|那项|的提醒|提醒)?(?:也|都)?(?:给|帮)(?:我们|咱们?|俺们?|本)?(?:镇|乡|局|街道|单位)?(?:也)?(?:订(?:阅)?(?:上|了|一下)|订阅)(?:吧|了)?$|^(?:请|麻烦|帮我)?(?:把|将)?(?<pointed>[\u4e00-\u9fff]{2,12}?)(?:那个|这个|那项)(?:也|都)?订(?:阅)?(?:上|了|一下)?(?:吧)?$/;
/** 秸秆那个不要了 退了吧, 把汛期的退订掉, 不订低保复核了. */
const GIVES_UP = /退(?:订|掉|了|了吧)|不(?:再)?订(?:阅)?(?:了)?|取消订阅/;
const GIVEN_UP_FILLER =
  /那个|这个|那项|的|提醒|我们|咱们?|俺们?|[镇乡局]里?|不要了?|不用了?|退订|退掉|退了|退|不再订阅?|不订阅?|取消订阅|把|将|给|吧|了|掉|都|也|[,\uff0c。\s]/g;

/** 秸秆禁烧, of the text of its reminder. */
const nameOf = (text: string): string => text.split(/[:\uff1a]/)[0] ?? '';

async function dutyOf(ctx: Context): Promise<Reading | null> {
  const { text, person } = ctx;
  if (!person || OF_THE_LISTS.test(text) || isSupposed(text)) return null;
  if (DUTIES.test(text) && (ASKS.test(text) || /^(?:我们|咱|本)?(?:镇|局)?(?:的)?职责提醒$/.test(text)))
    return { intent: 'list_duties', slots: {}, probability: CERTAIN, why: 'asks which duties there are' };
  const { name, pointed } = TAKES.exec(text)?.groups ?? {};
  const taken = name ?? pointed;
  if (taken !== undefined)
    return {
      ...{ intent: 'subscribe_duty', slots: {}, text: `订阅${taken}`, raw: `订阅${taken}` },
      ...{ probability: CERTAIN, why: 'takes up a duty' },
    };
  if (!GIVES_UP.test(text) || isQuestion(text)) return null;
  const words = text.replace(GIVEN_UP_FILLER, '');
  const held = await ctx.read.findReminders({
    recipient: person.organization,
    source: 'duty',
    isActive: true,
  });
  const meant = held.filter((it) => sharedPiece(words, nameOf(it.text), () => true) !== '');
  const [one, second] = meant;
  return one && !second
    ? {
        intent: 'subscribe_duty',
        slots: { action: 'duty-off', value: one.reference ?? '' },
        ...{ probability: CERTAIN, why: 'gives up a duty that is subscribed to' },
      }
    : null;
}

export const standingReader: Reader = {
  name: 'duties',
  read: async (given) => {
    const { match, update } = given;
    if (match.via !== 'example' || update.kind !== 'message' || update.text.length > MAX_LENGTH) return [];
    // As it was typed: 订上 is no slip for 定上 here.
    const raw = update.text.trim();
    const ctx = { ...given, raw, text: normalizeText(raw) };
    const found = await dutyOf(ctx);
    return found ? [found] : [];
  },
};
