/** 提醒他周五九点报底数, after one person was shown: of that person; and 局长来说就能通知了? asks who may. */
import type { Context } from '../core/types.js';
import { askerOf } from '../lists/answer.js';
import { askerNamed } from '../lists/asker-there.js';
import { parseTime } from '../nlu/dates/parse.js';
import { isNoOrder } from '../reminders/call-said.js';
import { isQuestion } from '../requests/move-words.js';
import { namesShown } from './person-shown.js';
import type { Reader, ReadingDeps } from './reading.js';

/** Above what is asked back for want of a name. */
const CERTAIN = 0.989;
const MAX_LENGTH = 60;
const CALLS_HIM =
  /(?<call>(?:提醒|通知|催)(?:一下)?)(?:他|她|这个?人|那个?人)(?![们俩仨几的说])(?=[\u4e00-\u9fff\d\s,\uff0c])/;
/** 要是局长来说就能通知了: nothing is to be sent. */
const WHO_MAY =
  /^[^,\uff0c]{1,14}?(?:来|去)?(?:说|讲|发|设|弄|办|通知|提醒)[,\uff0c]?(?:是不是|不是)?(?:就|才)(?:能|可以|行)(?:直接)?(?:通知|提醒|群发|发|设)[^\d一二三四五六七八九十]{0,10}$/;

/** 我能不能给乡镇的人设提醒. */
const MAY_I =
  /^(?:那)?(?:我|俺|咱)?(?:能不能|可不可以|可以|能)(?:直接)?(?:给|帮|替)(?![我俺咱自])[^,\uff0c\d一二三四五六七八九十]{1,10}?(?:设|定|发|建)(?:一?个)?提醒(?:吗|么|嘛|不|吧)?[?\uff1f]?$/;

const asksWhoMay = (text: string): boolean =>
  MAY_I.test(text) ||
  (WHO_MAY.test(text) && /[?\uff1f吗么不吧了]$/.test(text) && /通知|提醒|群发/.test(text));

/** An order to call who is not named; 不用提醒他 and 我昨天提醒他…了 are none. */
export function callOfHim(text: string): { whole: string; call: string } | null {
  const found = CALLS_HIM.exec(text);
  if (!found || isQuestion(text) || isNoOrder(text)) return null;
  return { whole: found[0], call: found.groups?.['call'] ?? '提醒' };
}

export const remindedShownReader: Reader = {
  name: 'a reminder for who was shown',
  read(ctx, deps) {
    const { text, match, update, session, now } = ctx;
    if (match.via !== 'example' || session?.flow || text.length > MAX_LENGTH) return [];
    if (asksWhoMay(text))
      return [
        {
          ...{ intent: 'set_reminder', slots: { action: 'who-may' }, probability: CERTAIN },
          why: 'asks who may remind others, or give notice',
        },
      ];
    const found = callOfHim(text);
    if (!found || !update.conversation.isDirect) return [];
    if (!parseTime(text, { now, calendar: deps.calendar, purpose: 'reminder' })) return [];
    const [name, ...others] = shown(ctx, deps);
    if (name === undefined || others.length > 0) return [];
    const said = text.replace(found.whole, `${found.call}${name} `);
    return [
      {
        ...{ intent: 'set_reminder', slots: {}, text: said, raw: said, probability: CERTAIN },
        why: `of ${name}, who was shown`,
      },
    ];
  },
};

/** Who has the duty that was asked for, or carries the row that stands open. */
function shown({ session, person }: Context, deps: ReadingDeps): string[] {
  if (!session || session.isChoosing) return [];
  if (session.roster?.at === session.updatedAt) return session.roster?.names ?? [];
  const knowledge = deps.knowledge();
  const asker = askerNamed(session.question ?? '', {
    ...{ knowledge, asker: askerOf(person, knowledge, deps.contacts) },
  });
  return namesShown(session, knowledge, asker);
}
