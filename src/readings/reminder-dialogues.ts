/** What is said while the bot asks about a reminder and is no answer: leaving it, another reminder, something else. */
import { withoutFlow, type Session } from '../core/session.js';
import type { Context } from '../core/types.js';
import { parseTime } from '../nlu/dates/parse.js';
import { ASKS } from '../nlu/model.js';
import { callBehind } from '../reminders/call-behind.js';
import { readWanted } from '../reminders/parse.js';
import { CONFIRM } from '../requests/yes-no.js';
import { contentOf } from '../reminders/naming.js';
import { changeOf, speechesOf } from '../reminders/speech.js';
import { normalizeText } from '../text/normalize.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';
import { askedOfOwn } from './own-asked.js';
import { CAN_IT } from './reminder-forms.js';
import { speechOf } from './reminder-speech.js';

export const REMINDER_INTENTS: ReadonlySet<string> = new Set([
  'set_reminder',
  'snooze_reminder',
  'cancel_reminder',
  'answer_notice',
]);
const SURE = 2;

const LEAVES =
  /^(?:哎|哦|嗯|那|还是)?(?:算了|不设了|不弄了|不改了|不用了|不要了|不提醒了|先不[设弄改要用报]|先放着|先放一放|先这样|没事了?|别设了|取消|退出|放弃|当我没说)(?:吧|了|啊|不[设弄改要用]了?|我自己.{0,6})?[,\uff0c。\s]{0,3}(?:不[设弄改要用提]\S{0,4}|谢谢|我自己.{0,6}|先放着)?[。.!\uff01]?$/;
/** 别提醒了 水退了. */
const LEAVES_FOR =
  /^(?:算了[,\uff0c\s]?)?(?:别|不用|不要|不必)(?:再)?(?:提醒|叫|喊)(?:我)?了(?:[,\uff0c\s]{1,2}[^,\uff0c]{2,10})?[。!]?$/;
const ANOTHER = /^(?:不是这个|不对|错了|不是|换一个|换个|另外)[,\uff0c。\s]{1,4}/;
/** 提醒我, 叫大家: one is set. */
export const SETS = /(?:提醒|叫|喊|通知)(?:我|我们|大家|俺)/;
/** 提醒小崔后天交表, while another is read back: a new one, and no new time of it. */
const CALLS_OTHERS =
  /^(?:再|另外)?(?:(?:提醒|通知)(?:一下)?(?!时间|内容|地点|的|改|换|[他她一])|给[^\s,\uff0c我]{2,8}设一?个提醒|(?:叫|喊|让)(?=[\u4e00-\u9fff]{1,6}(?:村|社区|[局办所站])))/;
/** 紧急通知张三和李四,…, while another is read back: a new one; it goes out at once and needs no time. */
const URGENT_NEXT =
  /^(?:再|另外)?(?:发)?(?:一?个)?(?:紧急|加急|特急)的?通知(?!时间|内容|地点|的|改|换|里|上|呢|谁|哪|[了吗没不要别])[:\uff1a\s]?[^\s,\uff0c]{2,}[,\uff0c:\uff1a\s]\S{4}/;
const ASIDE =
  /^(?:对了|先|那个|等等|等一下|顺便|另外)?[,\uff0c\s]*(?:先)?(?:问|打听)(?:一下|下|个事|一句|你)?[,\uff0c:\uff1a\s]*/;
const QUESTION =
  /谁|归哪|哪个|哪家|哪些|找哪|怎么|咋|电话|[吗么呢][?\uff1f]?$|[?\uff1f]$|是不是|能不能|有没有|有规定|什么|啥|多少|几[个项件条天号点]|依据/;
/** What somebody is to do may hold a question: 看看谁没交表. */
const DOES = /^(?:去|再)?(?:问|查|看|催|核|找|给|跟|通知|联系|确认|了解|统计|摸|盯|跑)/;
const ABOUT_REMINDERS = /提醒|闹钟/;
/** How sure the model must be that words are no content. */
const [OF_SPEECH, OF_QUESTION, OF_INTENT] = [0.6, 0.8, 0.75];
/** Intents whose messages are taken for content easily: what is to be done about a request is a thing to be reminded of. */
const LISTS: ReadonlySet<string> = new Set([
  'ask_responsibility',
  'request_status',
  'list_rows',
  'list_duties',
  'list_editions',
  'list_measures',
  'help',
  'stats_report',
]);

export const reminderDialogueReader: Reader = {
  name: 'reminder dialogues',
  inDialogue: true,
  read: async (ctx, deps) => {
    const flow = ctx.session?.flow;
    if (ctx.update.kind !== 'message' || !flow || !REMINDER_INTENTS.has(flow.intent)) return [];
    if (ctx.match.via !== 'flow' || ctx.match.slots['action'] !== 'said') return [];
    const found = await readingOf(ctx, deps, ctx.update.text.trim(), flow);
    return found ? [found] : [];
  },
};

type Flow = NonNullable<Session['flow']>;

async function readingOf(ctx: Context, deps: ReadingDeps, raw: string, flow: Flow): Promise<Reading | null> {
  const text = normalizeText(raw);
  const own = (slots: Reading['slots'], why: string, said = raw): Reading => ({
    ...{ intent: flow.intent, slots: { action: 'said', ...slots }, text: normalizeText(said), raw: said },
    ...{ probability: SURE, why },
  });
  // Where 取消 is what was asked about, leaving is called otherwise.
  if (LEAVES.test(text) || LEAVES_FOR.test(text))
    return own({}, 'leaves', flow.intent === 'cancel_reminder' ? '算了' : '取消');
  const rest = raw.replace(ANOTHER, '');
  const time = parseTime(rest, { now: ctx.now, calendar: deps.calendar, purpose: 'reminder' });
  // 明天五点前交,你四点叫我 says when, of what was asked about.
  const isWhen = flow.intent === 'set_reminder' && flow.asks === 'time' && callBehind(rest) !== null;
  const isAnother = SETS.test(rest) || (flow.asks === CONFIRM && CALLS_OTHERS.test(rest));
  const isUrgent = flow.intent === 'set_reminder' && flow.asks === CONFIRM && URGENT_NEXT.test(rest);
  const isOther = isAnother || (await isNextBare(ctx, deps, rest, flow));
  if (isUrgent || (!isWhen && isOther && time && readWanted(rest, time).text !== '')) {
    const whole = { intent: 'set_reminder', text: normalizeText(rest), raw: rest, session: withoutFlow(ctx) };
    return { ...whole, probability: SURE, why: 'another reminder, whole' };
  }
  const other = otherChange(ctx, text, flow);
  if (other) return other;
  const aside = await asideOf(ctx, deps, raw, { flow, hasTime: time !== null });
  if (aside) return aside;
  if (flow.intent === 'set_reminder' && flow.asks === 'text' && time && deps.speech) {
    const { kind, probability } = speechOf(raw, [], { ctx, deps, model: deps.speech.reminders });
    if (kind === 'retime' && probability >= OF_QUESTION) return own({ value: 'time' }, 'another time for it');
  }
  return null;
}

/** 刚才那个改到两点半, where a name is awaited: of the same reminder, and no name. */
function otherChange(ctx: Context, text: string, { intent, asks, data }: Flow): Reading | null {
  const id = Array.isArray(data['ids']) ? String(data['ids'][0]) : '';
  const kind = intent === 'snooze_reminder' && asks === 'person' ? changeOf(text)?.kind : undefined;
  if (id === '' || kind === undefined || !ON_THE_REMINDER.has(kind)) return null;
  return {
    ...{ intent, slots: { action: 'rem-change', value: id }, text, raw: text, session: withoutFlow(ctx) },
    ...{ probability: SURE, why: 'another change, while a name is awaited' },
  };
}
const ON_THE_REMINDER: ReadonlySet<string> = new Set(['retime', 'shift', 'reword', 'append', 'pause']);

/** 周五上午体检, while 明天三点开会 is read back: it is no answer. */
async function isNextBare(ctx: Context, deps: ReadingDeps, said: string, flow: Flow): Promise<boolean> {
  if (flow.asks !== CONFIRM || flow.data['isBare'] !== true || ctx.update.kind !== 'message') return false;
  if (changeOf(said) !== null || contentOf(said).length < 3) return false;
  const found = await deps.match?.({ update: { ...ctx.update, text: said }, session: withoutFlow(ctx) });
  return found?.match.intent === 'set_reminder';
}

/** Something else, where that is clear: it is answered, and the dialogue stands as it stood. */
async function asideOf(
  ctx: Context,
  deps: ReadingDeps,
  raw: string,
  { flow, hasTime }: { flow: Flow; hasTime: boolean },
): Promise<Reading | null> {
  const said = raw.replace(ASIDE, '') || raw;
  const isAnnounced = said !== raw;
  const text = normalizeText(said);
  const speech = deps.speech && speechOf(said, [], { ctx, deps, model: deps.speech.reminders });
  if (CAN_IT.test(text))
    return { intent: 'help', text, raw: said, probability: SURE, why: 'asks of it at all' };
  const own = await askedOfOwn({ ...ctx, text }, deps);
  if (own) return { ...own, probability: SURE };
  const isAsking =
    ABOUT_REMINDERS.test(text) &&
    (speechesOf(text).some(({ kind }) => kind === 'ask') ||
      (speech?.kind === 'ask' && speech.probability >= OF_SPEECH));
  const reading = (intent: string, parts: Partial<Reading>): Reading => ({
    ...{ intent, text, raw: said, probability: SURE, why: 'something else while the dialogue stands open' },
    ...parts,
  });
  if (isAsking && !SETS.test(text.replace(/提醒我的|叫我的/, '')))
    return reading('list_reminders', { slots: { action: 'asked' } });
  const isQuestion = QUESTION.test(text) && (!DOES.test(text) || /[?\uff1f]$/.test(text) || isAnnounced);
  if (!isQuestion && !isAnnounced) return null;
  if (!deps.match || ctx.update.kind !== 'message') return null;
  const found = await deps.match({ update: { ...ctx.update, text: said }, session: withoutFlow(ctx) });
  if (!found || REMINDER_INTENTS.has(found.match.intent)) return null;
  const { match } = found;
  const least = hasTime || flow.asks === 'text' ? OF_INTENT : 0;
  const isSure =
    match.intent === 'ask_responsibility'
      ? Math.max(match.score, match.scores[ASKS] ?? 0) >= least
      : match.score >= OF_INTENT;
  if (!isAnnounced && (!isSure || !LISTS.has(match.intent))) {
    // Where a time or a choice was asked for, a question is none of it.
    if (hasTime || flow.asks === 'text') return null;
    return reading('ask_responsibility', {});
  }
  return reading(match.intent, { slots: match.slots, text: found.text, raw: found.raw, via: match });
}
