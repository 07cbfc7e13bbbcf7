/** What is said in words of a unit's recurring duties and of its rectification measures: which there are, 订上, 退了, how far one is. */
import type { Context } from '../core/types.js';
import { isMeasure } from '../reminders/measures.js';
import { MAY } from '../reminders/permissions.js';
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

const OWN = /我们|咱|俺|我[局镇乡单街]|本[局镇乡单街]|[局镇乡]里|我(?:还)?有/;
/** 整改1围网补了三处 …, 第3项整改. */
const NUMBERED =
  /^(?:请|把|将)?(?:第)?(?:整改(?:措施|事项|任务)?(?:第)?\s?(?<n>\d{1,3}(?:[.-]\d{1,3})?)|(?<m>\d{1,3})(?:号|项)整改)(?:号|项|条)?[,\uff0c:\uff1a\s]?(?<rest>.*)$/s;
const ASKS_OF_ONE =
  /啥时候|什么时候|几号|哪天|到期|时限|多久|谁|咋样|怎么样|进度(?:呢|如何)?$|到哪|情况$|[吗么呢不没?\uff1f]$/;
const REOPENS = /重新打开|重开|再打开|重新整改|打回(?:去)?(?:重改)?/;
const NOTES =
  /[,\uff0c\s]?(?:请|帮我|给我|麻烦)?(?:记(?:一下|下|上|录)?|登记(?:一下)?|填(?:一下|上)?|写(?:上|一下))(?:这个|到|进)?进(?:度|展)(?:里|上|去)?(?:吧)?$/;
const ENDS =
  /^(?:已经?|都|全部?|我们|咱们?)*(?:弄|做|改|整改|办|处理|搞|修)?(?:完成|完|好|妥|销号|到位)(?:了)?(?:[,\uff0c\s].{0,40})?$/;
const POSTPONES = /整改.{0,8}(?:能|可以|可不可以|能不能)?(?:往后|延|拖|推|宽限|缓)/;

function actOn(n: string, rest: string): Reading | null {
  const raw = `${n} ${rest}`.trim();
  const act = (action: string, words: string): Reading => ({
    ...{
      intent: 'update_measure',
      slots: { action },
      text: `${n} ${words}`.trim(),
      raw: `${n} ${words}`.trim(),
    },
    ...{ probability: CERTAIN, why: `${action} of measure ${n}` },
  });
  if (rest === '' || (ASKS_OF_ONE.test(rest) && !NOTES.test(rest)))
    return {
      intent: 'list_measures',
      slots: {},
      text: n,
      raw: n,
      probability: CERTAIN,
      why: `asks of measure ${n}`,
    };
  if (isSupposed(rest)) return null;
  if (REOPENS.test(rest))
    return act(
      'reopen',
      rest
        .replace(REOPENS, ' ')
        .replace(/^[,\uff0c\s]{1,3}|(?<=\S)[了吧]$/g, '')
        .trim(),
    );
  if (NOTES.test(rest)) return act('progress', rest.replace(NOTES, '').trim());
  return ENDS.test(rest) && !/没|未|还差|还剩/.test(raw) ? act('done', '') : null;
}

async function measureOf(ctx: Context): Promise<Reading | null> {
  const { text, raw, person } = ctx;
  if (!person || !/整改/.test(text) || OF_THE_LISTS.test(text)) return null;
  const { n, m, rest = '' } = NUMBERED.exec(raw.trim())?.groups ?? {};
  const number = n ?? m;
  if (number !== undefined) return actOn(number, rest.trim());
  const isAsked = ASKS.test(text) || POSTPONES.test(text);
  if (!isAsked || isSupposed(text)) return null;
  const all: Reading = {
    intent: 'list_measures',
    slots: {},
    text: '',
    raw: '',
    probability: CERTAIN,
    why: 'asks of its measures',
  };
  if (
    OWN.test(text) &&
    /整改(?:措施|事项|任务)?(?:没|吗|$|还|都|有|没完)|(?:啥|什么|哪些|几[项条个])[^,\uff0c\s]{0,4}整改/.test(
      text,
    )
  )
    return all;
  const seesAll = person.roles.some((role) => MAY['see-all-measures'].includes(role));
  const held = await ctx.read.findReminders(
    seesAll ? { source: 'measure' } : { recipient: person.organization, source: 'measure' },
  );
  const isPointed = POSTPONES.test(text) || /整改(?:措施|事项|任务)/.test(text);
  return isPointed && held.some(isMeasure) ? all : null;
}

export const standingReader: Reader = {
  name: 'duties and measures',
  read: async (given) => {
    const { match, update } = given;
    if (match.via !== 'example' || update.kind !== 'message' || update.text.length > MAX_LENGTH) return [];
    // As it was typed: 订上 is no slip for 定上 here.
    const raw = update.text.trim();
    const ctx = { ...given, raw, text: normalizeText(raw) };
    const found = (await dutyOf(ctx)) ?? (await measureOf(ctx));
    return found ? [found] : [];
  },
};
