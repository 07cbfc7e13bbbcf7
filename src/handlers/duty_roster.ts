/** 今晚谁值班: the shifts of the duty roster, of a unit, of a day that comes or has gone by, of a person. */
import { addDays, formatDate, formatInstant, fromLocal, toLocal } from '../calendar/local.js';
import type { Shift } from '../core/domain.js';
import { replyText, setSession } from '../core/effects.js';
import type { Session } from '../core/session.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { rosterAsked, rosterBefore, type RosterAsk } from '../nlu/roster-ask.js';
import type { DutyPart, RosterDays } from '../nlu/roster-days.js';
import type { Directory } from '../organizations/directory.js';
import { byActor } from './shared/requests.js';
import type { HandlerDeps } from './deps.js';

/** Lines of one answer; the rest is counted. */
const SHOWN = 20;
/** Whoever asks of an evening asks of the night that follows, minutes. */
const EVENING = 20 * 60;
const NOON = 12 * 60;

type Asked = { days: RosterDays; part: DutyPart | null; shifts: Shift[]; units: string[] };

export function createDutyRoster(deps: HandlerDeps): Handler {
  // Names and telephones are for those who are bound.
  return byActor(deps, ({ ctx, world, actor }) => {
    const { directory } = world;
    const before = rosterBefore(ctx.session);
    const ask = rosterAsked(ctx.text, { now: ctx.now, directory, before }) ?? NOTHING_NAMED;
    if (ask.person !== null) {
      const name = ask.person === 'me' ? actor.name : ask.person;
      return answer(ctx, turnsOf(name, ask, directory, ctx.now), { units: [], names: [name] });
    }
    const own = actor.organization;
    const units =
      ask.whose === 'all'
        ? [...new Set(directory.roster.map(({ unit }) => unit))]
        : ask.whose === 'named'
          ? [...new Set(ask.units)]
          : ask.whose === 'own'
            ? [own]
            : (before?.units ?? [own]);
    const asked = shiftsAsked(ask, units, { directory, before, now: ctx.now });
    // Where one's own unit has no roster, the county's desk is who can be reached.
    const isOpen = ask.whose === null && before === undefined && asked.shifts.length === 0;
    const desk = world.policies.call.deadlineOffice;
    const atDesk = isOpen ? shiftsAsked(ask, [desk], { directory, before, now: ctx.now }).shifts : [];
    const said = told({ ...asked, shifts: [...asked.shifts, ...atDesk] }, ask, directory, ctx.now);
    const { days, part, shifts } = asked;
    const names = [...new Set(shifts.map(({ name }) => name))];
    const day = days.from === days.to ? { day: days.from } : {};
    return answer(ctx, said, { units, names, ...day, ...(part && { part }) });
  });
}

const NOTHING_NAMED: RosterAsk = {
  ...{ units: [], whose: null, days: [], part: null, person: null, asksPhone: false, goesOn: false },
};

/** The roster is what is spoken of now, and no row. */
function answer(ctx: Context, text: string, roster: Omit<NonNullable<Session['roster']>, 'at'>): Effect[] {
  const { focus: _, listing: __, question: ___, ...kept } = ctx.session ?? {};
  const { now } = ctx;
  return [
    replyText(text),
    setSession({ ...kept, updatedAt: now, offered: [], isChoosing: false, roster: { ...roster, at: now } }),
  ];
}

/** Of the days that may be meant the first that the roster knows; what is left out is as it was asked before. */
function shiftsAsked(
  { days, part, asksPhone, goesOn }: RosterAsk,
  units: string[],
  { directory, before, now }: { directory: Directory; before: Session['roster'] | undefined; now: number },
): Asked {
  const today = toLocal(now).date;
  const known = !goesOn || before?.day === undefined ? [] : [{ from: before.day, to: before.day }];
  const named = days.length > 0 ? days : part === 'now' ? [] : known;
  // 25号呢 after an evening is asked of its evening.
  const when =
    part ?? (goesOn ? before?.part : undefined) ?? (named.length === 0 || asksPhone ? 'now' : null);
  const isNow = named.length === 0 && (part === null || part === 'now');
  const dates = named.length > 0 ? named : [{ from: today, to: today }];
  const at = (it: RosterDays): Shift[] =>
    directory.roster.filter(
      (shift) => units.includes(shift.unit) && (isNow ? runsAt(shift, now) : isOf(shift, it, when, now)),
    );
  const meant = dates.find((it) => at(it).length > 0) ?? dates[0] ?? { from: today, to: today };
  return {
    days: meant,
    part: isNow ? 'now' : when === 'now' ? null : when,
    shifts: inOrder(at(meant)),
    units,
  };
}

const runsAt = ({ from, until }: Shift, at: number): boolean => from <= at && at < until;
const inOrder = (shifts: Shift[]): Shift[] =>
  [...shifts].sort((a, b) => a.from - b.from || (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0));

/** A night and a noon are asked of who is there then; a day of the shifts that begin on it. */
function isOf(shift: Shift, { from, to }: RosterDays, part: DutyPart | null, now: number): boolean {
  if (from === to && (part === 'night' || part === 'day')) {
    const { date, minutes } = toLocal(now);
    const evening = from === date ? Math.max(EVENING, minutes) : EVENING;
    return runsAt(shift, fromLocal(from, part === 'night' ? evening : NOON));
  }
  const begins = toLocal(shift.from).date;
  return from <= begins && begins <= to;
}

const PARTS: Readonly<Record<DutyPart, string>> = { now: '', day: '白天', night: '晚上' };
function whenOf({ days, part }: Pick<Asked, 'days' | 'part'>, now: number): string {
  if (part === 'now') return formatInstant(now, now);
  const to = days.from === days.to ? '' : `至${formatDate(days.to, now)}`;
  return `${formatDate(days.from, now)}${to}${part ? PARTS[part] : ''}`;
}

function told({ shifts, units, ...asked }: Asked, ask: RosterAsk, directory: Directory, now: number): string {
  const when = whenOf(asked, now);
  const without = units.filter((unit) => !shifts.some((shift) => shift.unit === unit));
  const none = without.length > 0 && units.length <= SHOWN ? noneOf(without, when, directory) : '';
  if (shifts.length === 0) return none || `值班表没有${when}的安排。`;
  const lines = shifts.slice(0, SHOWN).map((shift) => lineOf(shift, now, ask.asksPhone));
  const more = shifts.length > SHOWN ? [`另有 ${shifts.length - SHOWN} 人。`] : [];
  return [...(none ? [none] : []), `${when}值班:`, ...lines, ...more].join('\n');
}

function noneOf(units: string[], when: string, { organizations }: Directory): string {
  const desks = organizations.filter((o) => units.includes(o.name) && o.dutyDesk);
  const phones = desks.map(({ name, dutyDesk }) => `${name}值班电话 ${dutyDesk ?? ''}`).join(';');
  return `值班表没有${units.join('、')}${when}的安排。${phones}${phones ? '。' : '可请该单位把值班表交管理员导入。'}`;
}

/** 陈丙哪天值班: what comes; without any, what was last. */
function turnsOf(name: string, { days: [within] }: RosterAsk, { roster }: Directory, now: number): string {
  const all = inOrder(roster.filter((shift) => shift.name === name));
  const inside = within
    ? all.filter((shift) => isOf(shift, within, null, now))
    : all.filter(({ until }) => until > now);
  if (inside.length > 0)
    return [`${name}值班:`, ...inside.slice(0, SHOWN).map((shift) => lineOf(shift, now, false))].join('\n');
  const last = all.findLast(({ until }) => until <= now);
  const before = last ? `\n最近一次:${lineOf(last, now, false)}` : '';
  return `值班表没有${name}${within ? whenOf({ days: within, part: null }, now) : '接下来'}的安排。${before}`;
}

const lineOf = ({ unit, name, telephone, from, until }: Shift, now: number, asksPhone: boolean): string =>
  `${unit} ${name}${telephone ? ` ${telephone}` : asksPhone ? ' 没有登记电话' : ''}(${formatInstant(from, now)}至${untilOf(until, now)})`;

/** A whole day ends at its midnight. */
const untilOf = (until: number, now: number): string => {
  const { date, minutes } = toLocal(until);
  return minutes === 0 ? `${formatDate(addDays(date, -1), now)}24:00` : formatInstant(until, now);
};
