/** Answers to a notice in words, and what who sent it asks about the answers. Its words are looked at before the store is. */
import { isNotice, type NoticeReminder, type Occurrence, type Reminder } from '../core/reminder.js';
import type { Context } from '../core/types.js';
import type { Directory } from '../organizations/directory.js';
import { whyNotRemind, type Speaker } from '../reminders/permissions.js';
import { isEveryTownship } from '../reminders/parse.js';
import { accountsIn, dueFor, inFocus, noticesSentBy, reachedBy } from '../reminders/concerned.js';
import { callsPeople } from '../reminders/audience.js';
import { attendeesFirst } from '../reminders/attendees.js';
import { isMeetingNotice, isOpenNotice, movedPlaceIn } from '../reminders/notice.js';
import { pairsOf } from '../organizations/names.js';
import { isSupposed } from '../text/frames.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

const INTENT = 'answer_notice';
const MAX_LENGTH = 50;
/** Above what is said to any reminder that has just come. */
const CERTAIN = 0.98;

const LEAVE =
  /请(?:个)?假|(?:来|去|到|参加)不了|不能(?:参加|到会|去|来|到场)|没法(?:参加|去|来|到)|(?:不|没办法)参加/;
/** 走不开, 明天实在赶不回来: whose it is stands before. */
const CANNOT =
  /^(?:我们?|俺们?|这边|那天|[今明后]天|[上下]午|实在|有[点个]?事|在外地|估计|恐怕|可能|不好意思|[,\uff0c\s]){0,5}(?:走不开|脱不开身|抽不开身|赶不[回过][来去]|[去来]不成|(?:就)?不(?:去|来|过去|过来)了)/;
/** 请假 在县里办事呢 asks nothing. */
const ASKS = /[吗么呢?\uff1f]$/;
const BUSY = /(?:在|正|还)[^,\uff0c。\s谁哪几什怎]{1,12}呢$/;
const SENDS =
  /(?:派|安排|委托|由|让|请|叫)[^,\uff0c。\s]{2,6}?(?:同志)?(?:替我|代我|代替|代|替|去|来|参加|到会|参会)|[^,\uff0c。\s]{2,4}(?:替我|代我|代替我)/;
const SENDS_ONE =
  /^(?:我们?|这边|[,\uff0c\s]|来不了|去不了|派人去?){0,4}(?:派|安排|委托|让|请|叫)[^,\uff0c。\s]{2,6}?(?:同志)?(?:替我|代我)?(?:去)?(?:参加|参会|到会|开会)(?:吧|了)?[。!\uff01]?$/;
/** 我们派个副局长去: who that is, is asked. */
const SENDS_TITLE =
  /^(?:我们?|俺们?|这边|[局镇乡所]里|单位)?(?:会|就|准备|想|先){0,2}(?:派|安排|让|叫|由|请)(?:个|一?[名位个])?[\u4e00-\u9fff]{0,4}?(?:副?[局镇乡科股所站队院校部]长|主任|书记|副职|分管领导|分管的|同志|科员|干事|代表|(?<=[个名位])人|别人|其他人)(?:替我|代我|代替)?过?(?:去|来|参加|参会|到会|开会)(?:吧|了|就行)?[。!\uff01]?$/;
const COMES =
  /^(?:好的?|收到|嗯+|行|可以|没问题|知道了)?[,\uff0c。!\uff01\s]{0,2}(?:我)?(?:一定|准时|按时|届时|到时候?|会|能|确认|可以)*(?:参加|到会|参会|出席|到场|到|去|来)(?:的|吧|了)?[。!\uff01]?$/;
const SEEN =
  /^(?:好的?|嗯+|ok)?[,\uff0c。!\uff01\s]{0,2}(?:收到|已收到|知道了|明白|马上(?:到|去|来|办)|这就(?:到|去|来)|立即(?:到|去|办)|在路上)[,\uff0c。!\uff01\s]{0,2}(?:谢谢|马上(?:到|去|来))?[。!\uff01]?$/;
const WHO =
  /(?:谁|哪些人|哪几个|哪几位|几个人?|多少人).{0,6}(?:没|未)(?:有)?(?:回复?|报名|确认|回执|答复|说)|(?:都|有)?谁(?:都)?(?:能)?(?:来|去|参加|请假|不来|不去|到会|回复?了|应了)|(?:几个|多少)人(?:参加|来|去|请假)|^(?:看看?|查)?(?:一下)?回执|(?:回复|报名|回执)(?:的)?情况|都(?:回复?|确认)了(?:没|吗)/;
const AGAIN =
  /(?:再|重新|另外)(?:通知|催|叫|发|喊|提醒)(?:一?[遍次下声])?.{0,6}(?:没|未)(?:有)?(?:回复?|报名|确认)|(?:没|未)(?:有)?(?:回复?|报名|确认)的.{0,4}再(?:通知|催|叫|发|喊|提醒)/;

export const noticeReader: Reader = {
  name: 'notices',
  read: async (ctx, deps) => {
    const { text, match } = ctx;
    if (match.via === 'example' && (GIVES_NOTICE.test(text) || GIVEN_TO.test(text))) return given(ctx, deps);
    if (match.via !== 'example' || text.length > MAX_LENGTH) return [];
    if (AGAIN.test(text) || WHO.test(text)) return sent(ctx);
    if (CALLED_OFF.test(text) && !isSupposed(text)) return calledOff(ctx);
    const place = isSupposed(text) || ASKS.test(text) ? null : movedPlaceIn(text);
    if (place !== null) return moved(ctx, place);
    const answer = answerIn(text);
    return answer ? told(ctx, deps, answer) : [];
  },
};

/** 通知经济发展办公室明天下午三点开会: whom it calls stands behind the word. */
const GIVES_NOTICE =
  /^(?:请|麻烦|帮我|给我|发(?:个|一个|一下)?){0,2}(?:会议|紧急|加急|特急)?(?:的)?通知(?:一下)?[,\uff0c:\uff1a\s]{0,2}(?!我|俺|咱)/;
/** 给水利局发个通知,明天九点来开会. */
const GIVEN_TO =
  /^(?:请|麻烦|帮我)?给(?<who>(?!我|俺)[^\s给,\uff0c]{2,20}?)发(?:一?[个条])?(?:会议|开会)?的?通知/;
/** 会议通知:明天九点县政府开会,请各单位分管同志参加: passed on as it came, or sent to nobody. */
const ANNOUNCED = /^(?:会议通知|通知开会)[,\uff0c:\uff1a\s]/;
const LENGTH = 200;
/** 通知大家明天开会: who that is, is asked. */
const EVERYBODY = /^(?:大家|各位)(?!的)/;

function given(ctx: Context, { knowledge }: ReadingDeps): Reading[] {
  const { text, person, update } = ctx;
  const rest = GIVEN_TO.exec(text)?.groups?.['who'] ?? text.slice(GIVES_NOTICE.exec(text)?.[0].length);
  if (!person || !update.conversation.isDirect || text.length > LENGTH || rest === '') return [];
  const { directory } = knowledge();
  const isCalled =
    callsPeople(rest, person, directory) ||
    EVERYBODY.test(rest) ||
    attendeesFirst(rest, person, directory) !== null ||
    (isMeetingNotice(text) && mayCallUnit(rest, { person, account: accountsIn(ctx)[0] ?? '', directory }));
  if (!isCalled && ANNOUNCED.test(text) && isMeetingNotice(text))
    return [
      {
        intent: 'off_topic',
        slots: { action: 'to-nobody' },
        probability: CERTAIN,
        why: 'a notice of a meeting that names nobody it could go to',
      },
    ];
  return isCalled
    ? [
        {
          intent: 'set_reminder',
          slots: {},
          probability: CERTAIN,
          why: 'gives notice to people who are named',
        },
      ]
    : [];
}

/** 通知住建局、水利局开会, of who may: whoever may not calls the unit by a request. */
function mayCallUnit(rest: string, speaker: Speaker & { directory: Directory }): boolean {
  const [first] = speaker.directory.mentions(rest);
  if (isEveryTownship(rest.slice(0, EVERY_MAX))) return true;
  return first?.index === 0 && whyNotRemind([{ kind: 'unit', organization: first.unit }], speaker) === null;
}
const EVERY_MAX = 6;

type Said = 'leave' | 'sends' | 'comes' | 'seen';

/** 要是来不了就派人 and 能请假吗 answer nothing. */
function answerIn(text: string): Said | null {
  if (isSupposed(text) || (ASKS.test(text) && !BUSY.test(text))) return null;
  if (SENDS.test(text) || SENDS_TITLE.test(text)) return 'sends';
  if (LEAVE.test(text) || CANNOT.test(text)) return 'leave';
  if (COMES.test(text)) return 'comes';
  return SEEN.test(text) ? 'seen' : null;
}

async function sent(ctx: Context): Promise<Reading[]> {
  const mine = (await noticesSentBy(ctx)).filter(
    (it) => ctx.now - (it.notice.startsAt ?? it.createdAt) < RECENT_MS,
  );
  const named = mine.filter(({ text }) => pairsOf(ctx.text).some((pair) => text.includes(pair)));
  const one = named[0] ?? mine[0];
  if (!one) return [];
  const action = AGAIN.test(ctx.text) ? 'notice-again' : 'notice-who';
  return [reading(action, { value: one.id }, `${action} of ${one.id}`)];
}
/** 会取消,不开了: of the one meeting that one has called; of several it is asked which. */
async function calledOff(ctx: Context): Promise<Reading[]> {
  const mine = (await noticesSentBy(ctx)).filter(
    (it) => it.status === 'active' && it.notice.kind === 'meeting' && isOpenNotice(it, ctx.now),
  );
  const named = mine.filter(({ text }) => pairsOf(ctx.text).some((pair) => text.includes(pair)));
  const [one, second] = named.length > 0 ? named : mine;
  if (!one) return [];
  const all = (named.length > 0 ? named : mine).map(({ id }) => id).join(',');
  const slots: Record<string, string> = second ? { action: 'which', value: all } : { value: one.id };
  return [{ intent: 'cancel_reminder', slots, probability: CERTAIN, why: `calls off ${all}` }];
}
/** 地点换了 换到三楼: of the one that was spoken of, or of the only one that is still to be held. */
async function moved(ctx: Context, place: string): Promise<Reading[]> {
  const mine = (await noticesSentBy(ctx)).filter(
    (it) => it.status === 'active' && it.notice.kind === 'meeting' && isOpenNotice(it, ctx.now),
  );
  const named = mine.filter(({ text }) =>
    pairsOf(ctx.text.replace(place, ' ')).some((pair) => text.includes(pair)),
  );
  const focus = inFocus(ctx, mine);
  const meant = named.length > 0 ? named : focus ? mine.filter((it) => it === focus) : mine;
  const [one, second] = meant;
  return one && !second ? [reading('notice-place', { value: one.id, text: place }, `moves ${one.id}`)] : [];
}
const CALLED_OFF =
  /^(?:[^,\uff0c\s]{0,10}?会议?(?:也|都|就|先)?(?:取消|不开|不用开|开不成|作废|撤掉?|停)|(?:取消|撤掉|停掉)[^,\uff0c\s]{0,8}会议?)(?:了|吧|掉)?(?:[,\uff0c。\s]{1,2}[^,\uff0c。\s吗呢?\uff1f]{1,10}){0,2}[。!\uff01]?$/;
const RECENT_MS = 3 * 24 * 3_600_000;

const reading = (action: string, slots: Record<string, string>, why: string): Reading => ({
  intent: INTENT,
  slots: { action, ...slots },
  probability: CERTAIN,
  why,
});

type Pair = { occurrence: Occurrence; reminder: NoticeReminder };

async function told(ctx: Context, { knowledge }: ReadingDeps, answer: Said): Promise<Reading[]> {
  // Courtesy is for what came last; that one is excused or sends somebody may come later.
  const isLoose = answer === 'comes' || answer === 'seen';
  const came = isLoose && !/参|会|出席/.test(ctx.text) ? await dueFor(ctx) : await reachedBy(ctx);
  const pairs = await Promise.all(
    came.map(async (occurrence) => ({
      occurrence,
      reminder: await ctx.read.getReminder(occurrence.reminder),
    })),
  );
  const open = pairs.filter((it): it is Pair => isToAnswer(it.reminder, ctx));
  const named = open.filter(({ reminder }) => pairsOf(ctx.text).some((pair) => reminder.text.includes(pair)));
  const one = (named.length > 0 ? named : open).at(-1);
  if (!one) return [];
  // 让队里小王参加: it is asked who that is.
  const isNamed = () => knowledge().directory.people.some(({ name }) => ctx.text.includes(name));
  if (answer === 'sends' && !SENDS_ONE.test(ctx.text) && !SENDS_TITLE.test(ctx.text) && !isNamed()) return [];
  const value = one.occurrence.id;
  const { kind } = one.reminder.notice;
  if (kind === 'urgent' ? answer === 'sends' || answer === 'leave' : false) return [];
  if (kind === 'meeting' && answer === 'seen')
    return [reading('notice-ask', { value }, 'has seen it, and not said whether they come')];
  const action = kind === 'urgent' ? 'notice-seen' : `notice-${answer}`;
  return [reading(action, { value, text: reasonIn(ctx.raw, answer) }, `${answer} to ${one.reminder.id}`)];
}

const isToAnswer = (reminder: Reminder | null, { now }: Context): boolean =>
  reminder !== null && isNotice(reminder) && isOpenNotice(reminder, now);

/** 请假,去市里培训: what stands beside the word. */
function reasonIn(raw: string, answer: Said): string {
  if (answer !== 'leave') return raw.trim();
  const rest = raw
    .replace(
      /(?:我)?(?:要|得|想)?请(?:个)?假(?:一?次|一?天)?|(?:我)?(?:明天|后天|今天|这次|这个会|会议)?(?:来|去|到|参加)不了(?:了)?/g,
      ' ',
    )
    .replace(/^[\s,\uff0c。:\uff1a;\uff1b!\uff01]+/, '')
    .trim()
    .replace(/[,\uff0c。!\uff01]$/, '');
  return rest.length >= 2 ? rest : '';
}
