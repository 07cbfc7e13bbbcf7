/** 今晚谁值班: the shifts of the duty roster, of a unit or of the county. */
import { addDays, formatInstant, fromLocal, toLocal } from '../calendar/local.js';
import type { Shift } from '../core/domain.js';
import { replyText } from '../core/effects.js';
import type { Context, Handler } from '../core/types.js';
import { byActor } from './shared/requests.js';
import type { HandlerDeps } from './deps.js';

/** Lines of one answer; the rest is counted. */
const SHOWN = 20;
/** Whoever asks of an evening asks of the night that follows, minutes. */
const EVENING = 20 * 60;
const NOON = 12 * 60;

export function createDutyRoster(deps: HandlerDeps): Handler {
  // Names and telephones are for those who are bound.
  return byActor(deps, ({ ctx, world, actor }) => {
    const { directory } = world;
    const named = directory.mentions(ctx.text).map(({ unit }) => unit);
    const at = instantIn(ctx);
    const own = [actor.organization, world.policies.call.deadlineOffice];
    const units = named.length > 0 ? named : own;
    const shifts = [...new Set(units)].flatMap((unit) => directory.onDuty(unit, at));
    const when = formatInstant(at, ctx.now);
    if (shifts.length === 0) {
      const desks = directory.organizations.filter((o) => units.includes(o.name) && o.dutyDesk);
      const phones = desks.map(({ name, dutyDesk }) => `${name}值班电话 ${dutyDesk ?? ''}`).join(';');
      return [
        replyText(
          `值班表没有${[...new Set(units)].join('、')}${when}的安排。${phones}${phones ? '。' : '可请该单位把值班表交管理员导入。'}`,
        ),
      ];
    }
    const lines = shifts.slice(0, SHOWN).map((shift) => lineOf(shift, ctx.now));
    const more = shifts.length > SHOWN ? [`另有 ${shifts.length - SHOWN} 人。`] : [];
    return [replyText([`${when}值班:`, ...lines, ...more].join('\n'))];
  });
}

const lineOf = ({ unit, name, telephone, from, until }: Shift, now: number): string =>
  `${unit} ${name}${telephone ? ` ${telephone}` : ''}(${formatInstant(from, now)}至${formatInstant(until, now)})`;

/** The instant that is asked of: now, this evening, a day ahead. */
function instantIn({ text, now }: Pick<Context, 'text' | 'now'>): number {
  const { date, minutes } = toLocal(now);
  const ahead = /大后/.test(text) ? 3 : /后[天日晚]/.test(text) ? 2 : /明[天日晚早]/.test(text) ? 1 : 0;
  if (/[今明后当]晚|今夜|夜里|晚上/.test(text))
    return fromLocal(addDays(date, ahead), Math.max(EVENING, ahead === 0 ? minutes : 0));
  return ahead > 0 ? fromLocal(addDays(date, ahead), NOON) : now;
}
