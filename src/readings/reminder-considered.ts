/** 那个还用不用提醒, 是不是改到周五了, 推迟一小时会咋样: only considered; what there is is shown, and nothing changed. */
import { inFocus, isOnReminders, remindersIn } from '../reminders/concerned.js';
import { ASKS_DAYS_OFF } from '../reminders/days-off.js';
import { speechesOf } from '../reminders/speech.js';
import { isHypothesisAsked } from '../text/frames.js';
import type { Reader } from './reading.js';

const [MAX_LENGTH, MAX_SUPPOSED] = [24, 40];
/** Above what the words alone would change. */
const CERTAIN = 0.985;
const CHANGES: ReadonlySet<string> = new Set(['snooze_reminder', 'cancel_reminder']);
/** 还响不响了, 到底叫不叫. */
export const ASKS_WHETHER =
  /([响叫喊催停发])不\1|提不提醒|提醒不提醒|还(?:会|能|要|用|得)?(?:再)?(?:提醒|响|叫|喊|催)(?:我|俺|他们|大家)?(?:吗|么|嘛|不|没)(?:了)?[?\uff1f]?$/;
const CONSIDERS =
  /是不是|是否|[用要]不[用要]|该不该|有没有必要|(?:会|又|能)?(?:咋|怎么?)样[?\uff1f]?$|会怎么着?[?\uff1f]?$|会不会|来(?:不来)?得及(?:吗|么|不|吧)|赶得?上(?:吗|么|不|吧)|合不合适|合适(?:吗|么|不|吧)|([早晚迟急赶])不\1|太[早晚迟赶急][了啊]?(?:吗|么|吧|点)|耽误(?:事)?(?:吗|么|不|吧)|影响(?:大)?(?:吗|么|不|吧)|好还是.{1,12}好|你(?:说|看|觉得).{1,16}[吗么呢不?\uff1f]$/;
/** 领导说可能要改到周五, 别改到周五, 他们那边改到周二了: it may be, is not to be, or is somebody else's. */
const NOT_MEANT =
  /(?:可能|也许|说不定|没准|估计|恐怕|大概|好像)(?:要|得|会|是)?(?:给)?(?:改|换|挪|推|取消|延|提前)|^(?:你|您|先|可|千万){0,2}(?:别|不要|甭|先不)(?:给我|给俺|再|急着|忙着)?(?:改|换|挪|推|延|调)[^,\uff0c\s]*$|^(?:他们|她们|人家|别人|隔壁)(?:那边|那头|那儿|家|单位|科室|局里|镇里)/;
/** 要是下雨就提醒我收玉米 可以吗 asks for one. */
const WANTS_ONE = /(?:提醒|叫|喊|通知)(?:我们?|俺|大家)(?:一下|一声)?(?!的话)[\u4e00-\u9fff]{2}/;

export const reminderConsideredReader: Reader = {
  name: 'reminders considered',
  read: async (ctx) => {
    const { text, match } = ctx;
    if (match.via !== 'example' || text.length > MAX_SUPPOSED) return [];
    const isSupposed = isHypothesisAsked(text) && !WANTS_ONE.test(text);
    if (
      !isSupposed &&
      (text.length > MAX_LENGTH ||
        (!CONSIDERS.test(text) && !ASKS_WHETHER.test(text) && !NOT_MEANT.test(text)))
    )
      return [];
    const speeches = speechesOf(text);
    const there = await remindersIn(ctx);
    const isOfThem = ASKS_WHETHER.test(text) && isOnReminders(ctx);
    if (!CHANGES.has(match.intent) && speeches.length === 0 && !isOfThem) return [];
    if (there.length === 0) return [];
    if (isSupposed && ASKS_DAYS_OFF.test(text))
      return [
        {
          ...{ intent: 'list_reminders', slots: { action: 'days-off' }, probability: CERTAIN },
          why: 'what days off would do to a change that is only supposed',
        },
      ];
    // A new time in it is not the one that is asked about.
    const isTimed = speeches.some(({ kind }) => kind === 'retime' || kind === 'shift' || kind === 'swap');
    const shown = inFocus(ctx, there)
      ? { slots: { action: 'about-one' }, text: '几点' }
      : { text: '我的提醒' };
    return [
      {
        ...{ intent: 'list_reminders', slots: {}, ...(isTimed && shown) },
        ...{ probability: CERTAIN, why: 'a change that is only considered' },
      },
    ];
  },
};
