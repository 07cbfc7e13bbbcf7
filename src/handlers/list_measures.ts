/** 整改: the measures of one's unit with deadline and progress; the deadline office sees all. */
import { replyCard, replyText, setSession } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { isOverdue, measureCard, measureListCard } from '../reminders/measure-view.js';
import { personsOf, unitsOf, type MeasureReminder } from '../reminders/measures.js';
import type { HandlerDeps } from './deps.js';
import { unboundText } from './shared/duties.js';
import { sessionOn } from './shared/requests.js';
import { measuresFor, numberedIn, seesAll } from './shared/measures.js';

/** Named for it, or nobody is. */
const isFor = (it: MeasureReminder, name: string): boolean =>
  personsOf(it).length === 0 || personsOf(it).includes(name);

export const createListMeasures =
  (deps: HandlerDeps): Handler =>
  async (ctx) => {
    const { person, now } = ctx;
    if (!person) return [replyText(unboundText(ctx))];
    const measures = await measuresFor(ctx.read, person, deps);
    const isAll = seesAll(person);
    const { county, resolve } = deps.knowledge().directory;
    const whose = isAll ? county : person.organization;
    const { action = '', value = '' } = ctx.match.slots;
    const asked = value.split(',');
    const ones = measures.filter(({ id }) => asked.includes(id));
    const [one, second] = ones;
    if (one && !second)
      return [replyCard(measureCard(one, now)), setSession(sessionOn(ctx, { reminder: one.id }))];
    if (second) return [replyCard(measureListCard(ones, whose, { isAll, now }))];
    if (action === 'open') {
      const open = measures.filter(({ measure }) => measure.doneAt === null);
      const nothing = '目前没有未完成的整改措施。';
      return [replyCard(measureListCard(open, `${whose} · 还没完成的`, { isAll, now, nothing }))];
    }
    if (action === 'mine') {
      const mine = measures.filter((it) => it.measure.doneAt === null && isFor(it, person.name));
      const nothing = '目前没有由您负责的未完成的整改措施。';
      return [replyCard(measureListCard(mine, `${person.name}负责的`, { isAll, now, nothing }))];
    }
    const words = ctx.text.trim();
    if (words === '') return [replyCard(measureListCard(measures, whose, { isAll, now }))];
    if (/^(?:逾期|超期|已?超过时限)/.test(words)) {
      const overdue = measures.filter((it) => isOverdue(it, now));
      return [replyCard(measureListCard(overdue, `${whose} · 已超过时限`, { isAll, now }))];
    }
    const unit = resolve(words);
    if (unit !== null) {
      const own = measures.filter((it) => unitsOf(it).includes(unit));
      return [replyCard(measureListCard(own, unit, { isAll: false, now }))];
    }
    const found = numberedIn(ctx.raw, measures);
    return found
      ? [replyCard(measureCard(found.measure, now))]
      : [replyText(`${whose}的整改措施中没有“${words}”。可发送“整改”查看全部编号。`)];
  };
