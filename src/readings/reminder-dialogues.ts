/** What is said while the bot asks about a reminder and is no answer: leaving it, another reminder, a question about something else. */
import type { Session } from '../core/session.js';
import type { Context } from '../core/types.js';
import { parseTime } from '../nlu/dates/parse.js';
import { readWanted } from '../reminders/parse.js';
import { speechesOf } from '../reminders/speech.js';
import { normalizeText } from '../text/normalize.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

const INTENTS: ReadonlySet<string> = new Set(['set_reminder', 'snooze_reminder', 'cancel_reminder']);
const SURE = 2;

const LEAVES =
  /^(?:哎|哦|嗯|那|还是)?(?:算了|不设了|不弄了|不改了|不用了|不要了|不提醒了|先不[设弄改要用报]|先放着|先放一放|先这样|没事了?|别设了|取消|退出|放弃|当我没说)(?:吧|了|啊|不[设弄改要用]了?|我自己.{0,6})?[,\uff0c。\s]{0,3}(?:不[设弄改要用提]\S{0,4}|谢谢|我自己.{0,6}|先放着)?[。.!\uff01]?$/;
const ANOTHER = /^(?:不是这个|不对|错了|不是|换一个|换个|另外)[,\uff0c。\s]{1,4}/;
const SETS = /(?:提醒|叫|喊|通知)(?:我|我们|大家|俺)/;
const QUESTION =
  /谁(?:管|负责|来|牵头)|归谁|归哪|哪个(?:部门|单位|局)|找谁|找哪|怎么(?:办|处理|弄|申请)|电话|[吗么][?\uff1f]?$|[?\uff1f]$|是不是|能不能|有没有|有规定/;

export const reminderDialogueReader: Reader = {
  name: 'reminder dialogues',
  inDialogue: true,
  read: (ctx, deps) => {
    const flow = ctx.session?.flow;
    if (ctx.update.kind !== 'message' || !flow || !INTENTS.has(flow.intent)) return [];
    if (ctx.match.via !== 'flow' || ctx.match.slots['action'] !== 'said') return [];
    const found = readingOf(ctx, deps, ctx.update.text.trim(), flow);
    return found ? [found] : [];
  },
};

function readingOf(
  ctx: Context,
  { calendar }: ReadingDeps,
  raw: string,
  flow: NonNullable<Session['flow']>,
): Reading | null {
  const text = normalizeText(raw);
  // Where 取消 is what was asked about, leaving is called otherwise.
  const leave = flow.intent === 'cancel_reminder' ? '算了' : '取消';
  if (LEAVES.test(text))
    return {
      intent: flow.intent,
      slots: { action: 'said' },
      text: leave,
      raw: leave,
      probability: SURE,
      why: 'leaves',
    };
  const { flow: _flow, ...session } = ctx.session ?? { offered: [], isChoosing: false, updatedAt: ctx.now };
  const rest = raw.replace(ANOTHER, '');
  const time = parseTime(rest, { now: ctx.now, calendar, purpose: 'reminder' });
  if (SETS.test(rest) && time && readWanted(rest, time).text !== '')
    return {
      ...{ intent: 'set_reminder', text: normalizeText(rest), raw: rest, session },
      probability: SURE,
      why: 'another reminder, whole',
    };
  // A text is asked for: any words may be it. A time in it answers, whatever else it says.
  if (flow.asks === 'text' || time) return null;
  const isAboutReminders = speechesOf(text).some(({ kind }) => kind === 'ask') && /提醒|闹钟/.test(text);
  if (!isAboutReminders && !QUESTION.test(text)) return null;
  return {
    intent: isAboutReminders ? 'list_reminders' : 'ask_responsibility',
    ...{ text, raw, session, again: againOf(flow) },
    ...(isAboutReminders && { slots: { action: 'asked' } }),
    probability: SURE,
    why: 'a question while the dialogue stands open',
  };
}

function againOf({ intent, asks, data }: NonNullable<Session['flow']>): string {
  const about =
    typeof data['text'] === 'string' && data['text'] !== '' ? `“${data['text'].slice(0, 20)}”` : '';
  if (intent === 'cancel_reminder') return '刚才要取消的提醒还没有确认:回复“确认”即取消,回复“算了”都保留。';
  if (asks === 'which') return '刚才的改动还没有完成:请回复序号或提醒的内容。(回复“取消”可放弃)';
  return intent === 'set_reminder'
    ? `刚才的提醒${about}还没有设好:请问什么时候提醒?(回复“取消”可放弃)`
    : '刚才的提醒还没有改好:请问改到什么时候?(回复“取消”可放弃)';
}
