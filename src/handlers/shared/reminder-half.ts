/** 往后每天六点半都喊我开机井, behind one that came at half past six in the morning: the half of the day is that of the same matter. */
import { toLocal } from '../../calendar/local.js';
import type { Reminder } from '../../core/reminder.js';
import type { Context } from '../../core/types.js';
import { reachedBy, remindersIn } from '../../reminders/concerned.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import { contentOf } from '../../reminders/naming.js';
import { pairsOf } from '../../organizations/names.js';
import { read } from './reminder-when.js';

const HOUR = /(?:\d{1,2}|[一二两三四五六七八九十]{1,3})[点:\uff1a]/;
const NOON = 720;

/** The words with the half of the day before their hour; as they are where it is said, or no such reminder is there. */
export async function withKnownHalf(ctx: Context, world: ReminderWorld): Promise<string> {
  const { raw } = ctx;
  const time = read(ctx, world, raw);
  if (time?.kind !== 'unclear' || time.reason !== 'ambiguous' || time.candidates.length !== 2) return raw;
  const offered = time.candidates.map(({ at }) => toLocal(at).minutes);
  const words = contentOf(raw.replace(time.text, ' '));
  const alike = (await spokenOf(ctx)).filter(({ text }) =>
    pairsOf(words).some((pair) => text.includes(pair)),
  );
  const [minutes, other] = [
    ...new Set(alike.flatMap((it) => timesOf(it)).filter((it) => offered.includes(it))),
  ];
  if (minutes === undefined || other !== undefined) return raw;
  const hour = HOUR.exec(time.text);
  const at = hour && raw.indexOf(time.text) + hour.index;
  return at === null ? raw : `${raw.slice(0, at)}${minutes < NOON ? '早上' : '下午'}${raw.slice(at)}`;
}

async function spokenOf(ctx: Context): Promise<Reminder[]> {
  const { reminders, reminder } = ctx.session ?? {};
  const came = (await reachedBy(ctx)).map((it) => it.reminder);
  const ids = new Set([...(reminders?.shown ?? []), ...(reminder === undefined ? [] : [reminder]), ...came]);
  const found = await Promise.all([...ids].map((id) => ctx.read.getReminder(id)));
  return [...found.filter((it) => it !== null), ...(await remindersIn(ctx))];
}

const timesOf = ({ when }: Reminder): readonly number[] =>
  when.kind === 'once' ? [toLocal(when.at).minutes] : when.kind === 'recurring' ? when.rule.times : [];
