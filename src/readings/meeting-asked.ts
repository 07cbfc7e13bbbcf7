/** 下午的会几点 在哪开: asked by who is called to a meeting, or has called it; it is the meeting that is asked about, not its reminder. */
import { toLocal } from '../calendar/local.js';
import { isNotice, type NoticeReminder, type Reminder } from '../core/reminder.js';
import { parseTime } from '../nlu/dates/parse.js';
import { pairsOf } from '../organizations/names.js';
import type { Context } from '../core/types.js';
import { accountsIn, remindersIn } from '../reminders/concerned.js';
import { asksWhetherHeld } from '../reminders/notice-speech.js';
import { isOpenNotice } from '../reminders/notice.js';
import { SETS } from './reminder-dialogues.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

const MAX_LENGTH = 30;
/** Above what asks about any reminder. */
const CERTAIN = 0.98;

const MEETING = /会(?![计所议]|不会)|会议|通知/;
const ASKS =
  /几点|什么时候|啥时候|何时|哪[一]?天|几号|(?:在|到|去|是)?(?:哪儿?|哪里|啥地方|什么地方)(?:开|集合|去|呢|啊|来着|[?\uff1f]|$)|地点|几楼|哪个(?:会议)?室/;
const PARTS: readonly [RegExp, number, number][] = [
  [/上午|头晌|前晌|早上|一早/, 0, 720],
  [/中午/, 660, 840],
  [/下午|后晌/, 720, 1140],
  [/晚上|今晚|明晚/, 1050, 1440],
];

export const meetingReader: Reader = {
  name: 'meetings asked about',
  read: async (ctx, deps) => {
    const { text, match, update, now } = ctx;
    if (match.via !== 'example' || !update.conversation.isDirect || text.length > MAX_LENGTH) return [];
    const isHeld = asksWhetherHeld(text);
    if (!MEETING.test(text) || !(isHeld || ASKS.test(text)) || SETS.test(text)) return [];
    const mine = await remindersIn(ctx);
    const open = [...mine, ...(isHeld ? await calledOff(ctx) : [])].filter(
      (it): it is NoticeReminder =>
        isNotice(it) && isMeeting(it) && (it.status === 'cancelled' || isOpenNotice(it, now)),
    );
    const room = PLACE_ASKED.test(text) && open.length === 0 ? heldAt(mine) : null;
    if (room) return [ofOwn(room)];
    const meant = meantBy(text, open, { ...deps, now });
    // An own reminder of a meeting may be meant as well: then all that is there is looked at.
    if (meant.length === 0 || mine.some((it) => !isNotice(it) && MEETING.test(it.text))) return [];
    return [
      {
        intent: 'list_reminders',
        slots: { action: 'meeting', value: meant.map(({ id }) => id).join(',') },
        probability: CERTAIN,
        why: `asks about a meeting: ${meant.map(({ id }) => id).join(', ')}`,
      },
    ];
  },
};

const PLACE_ASKED = /哪|地点|啥地方|什么地方|几楼/;
const ROOM = /会议室|会商室|办公室|礼堂|报告厅|大厅|[一二三四五六七八九十\d]楼|党校|中心(?=召?开)/;
/** 会在哪开来着, of one's own reminder of a meeting whose words say where, as those of a notice that was pasted do. */
function heldAt(mine: Reminder[]): Reminder | null {
  const [one, second] = mine.filter((it) => !isNotice(it) && MEETING.test(it.text) && ROOM.test(it.text));
  return one && !second ? one : null;
}
const ofOwn = ({ id }: Reminder): Reading => ({
  ...{ intent: 'list_reminders', slots: { action: 'about-one', value: id }, text: '几点', raw: '几点' },
  ...{ probability: CERTAIN, why: `asks where ${id} is held` },
});

/** Those that were taken back, of which somebody may not have heard. */
async function calledOff(ctx: Context): Promise<Reminder[]> {
  const accounts = accountsIn(ctx);
  const found = await Promise.all([
    ...accounts.map((recipient) => ctx.read.findReminders({ recipient })),
    ...accounts.map((owner) => ctx.read.findReminders({ owner })),
  ]);
  return found
    .flat()
    .filter(({ status, notice }) => status === 'cancelled' && (notice?.startsAt ?? 0) > ctx.now);
}

const isMeeting = ({ notice }: Reminder): boolean => notice?.kind === 'meeting';

/** Those that the words name, by what they are about, by their day or part of the day; all where nothing tells them apart. */
function meantBy(
  text: string,
  open: NoticeReminder[],
  { now, calendar }: Pick<ReadingDeps, 'calendar'> & { now: number },
): NoticeReminder[] {
  const words = text.replace(ASKS, ' ').replace(/开会|会议|通知/g, ' ');
  const named = open.filter((it) => pairsOf(words).some((pair) => it.text.includes(pair)));
  const [part] = PARTS.filter(([pattern]) => pattern.test(text));
  const time = parseTime(text, { now, calendar, purpose: 'mention' });
  const day = time?.kind === 'instant' ? toLocal(time.at).date : null;
  const timely = open.filter(({ notice: { startsAt } }) => {
    if (startsAt === null) return false;
    const { date, minutes } = toLocal(startsAt);
    const isThen = !part || (minutes >= part[1] && minutes < part[2]);
    return isThen && (day === null || date === day);
  });
  const among = named.length > 0 ? named : open;
  const both = among.filter((it) => timely.includes(it));
  return both.length > 0 ? both : named;
}
