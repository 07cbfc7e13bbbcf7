/** 整改进度, 整改完成, 整改重开: the responsible unit reports and ends a measure; the deadline office opens it again. */
import type { Person } from '../core/domain.js';
import { replyText, send, setSession } from '../core/effects.js';
import type { Progress } from '../core/reminder.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { nextText } from '../reminders/duty-view.js';
import { allMeasures, endEffects, unitsOf, type MeasureReminder } from '../reminders/measures.js';
import { MAY } from '../reminders/permissions.js';
import { waysTo } from '../reminders/reach.js';
import { sessionOn } from './shared/requests.js';
import { reminderWorldOf, type HandlerDeps } from './deps.js';
import { unboundText } from './shared/duties.js';
import { isResponsible, numberedIn } from './shared/measures.js';
import { planOrWait } from '../reminders/planning.js';
import { untoldOf } from '../reminders/ledger.js';
import { cutText } from '../text/cut.js';

type Act = 'progress' | 'done' | 'reopen';
const LABELS: Record<Act, string> = { progress: '整改进度', done: '整改完成', reopen: '整改重开' };
const TEXT_MAX = 200;

export function createUpdateMeasure(deps: HandlerDeps): Handler {
  return async (ctx) => {
    const { person, raw } = ctx;
    if (!person) return [replyText(unboundText(ctx))];
    const act = actIn(ctx);
    const label = LABELS[act];
    // Of all, so that who may not is told so, and not that there is no such number.
    const found = numberedIn(raw, await allMeasures(ctx.read));
    const given = /\d+/.exec(raw)?.[0];
    if (!found && given !== undefined)
      return [replyText(`没有找到编号为 ${given} 的整改措施。可发送“整改”查看编号。`)];
    if (!found)
      return [
        replyText(
          `请写明编号,例如“${label} 3${act === 'done' ? '' : ' 已完成两项,剩一项'}”。可发送“整改”查看编号。`,
        ),
      ];
    const { measure, rest } = found;
    const refused = refusalOf(act, person, measure, rest, deps);
    if (refused)
      return [
        replyText(refused),
        {
          kind: 'record',
          what: 'refusal',
          data: { act: label, measure: measure.reference, organization: person.organization },
        },
      ];
    const text = cutText(rest, TEXT_MAX);
    const by = `${person.organization} ${person.name}`;
    return [
      ...(await carryOut(act, ctx, deps, measure, { at: ctx.now, by, text })),
      {
        kind: 'record',
        what: 'transition',
        data: { act: label, measure: measure.reference, organization: person.organization },
      },
      setSession(sessionOn(ctx, { reminder: measure.id })),
    ];
  };
}

function actIn({ update, match }: Context): Act {
  const { action } = match.slots;
  if (action === 'progress' || action === 'done' || action === 'reopen') return action;
  const text = update.kind === 'message' ? update.text.trim() : '';
  if (/^\/?整改完成/.test(text)) return 'done';
  return /^\/?整改重开/.test(text) ? 'reopen' : 'progress';
}

/** Why not, with what can be done instead; null when it may be done. */
function refusalOf(
  act: Act,
  person: Person,
  measure: MeasureReminder,
  words: string,
  deps: HandlerDeps,
): string | null {
  const name = `整改措施${measure.reference}`;
  const isDone = measure.measure.doneAt !== null;
  if (act === 'reopen') {
    if (!person.roles.some((role) => MAY['reopen-measure'].includes(role)))
      return `${name}的重开由督办办理,请联系${deps.policies.call.deadlineOffice}。`;
    if (!isDone) return `${name}尚未完成,不需要重开。`;
    return words === ''
      ? `请写明重开的原因,例如“整改重开 ${measure.reference} 现场核查仍有两处未改”。`
      : null;
  }
  if (!isResponsible(person, measure, deps))
    return `${name}由${unitsOf(measure).join('、')}负责,请由该单位的人员登记。`;
  if (isDone) return `${name}已完成,不需要再登记。确需更改的,请联系督办重开。`;
  if (act === 'progress' && words === '')
    return `请写明进度,例如“整改进度 ${measure.reference} 已完成两项,剩一项”。`;
  return null;
}

async function carryOut(
  act: Act,
  ctx: Context,
  deps: HandlerDeps,
  stored: MeasureReminder,
  entry: Progress,
): Promise<Effect[]> {
  const { now } = ctx;
  const world = reminderWorldOf(deps);
  const { reference } = stored;
  const withEntry = (text: string, doneAt: number | null): MeasureReminder => ({
    ...stored,
    measure: { ...stored.measure, progress: [...stored.measure.progress, { ...entry, text }], doneAt },
  });
  switch (act) {
    case 'progress':
      return [
        {
          kind: 'reminder',
          reminder: withEntry(entry.text, null),
          expectedVersion: stored.version,
        },
        replyText(`已登记整改措施${reference}的进度:${entry.text}(时限${stored.when.date})。`),
      ];
    case 'done': {
      const done = withEntry(['已完成', entry.text].filter(Boolean).join(':'), now);
      return [
        ...endEffects(done, await untoldOf(ctx.read, stored.id), now),
        replyText(`整改措施${reference}已登记完成,今后不再提醒。督办核查后可重开。`),
      ];
    }
    case 'reopen': {
      const opened = withEntry(`督办重开:${entry.text}`, null);
      const { reminder, effects } = planOrWait(
        { ...opened, status: 'active', edits: stored.edits + 1 },
        world,
        now,
      );
      const text = `整改措施${reference}已由督办重开:${entry.text}。时限${stored.when.date},办结后请发送“整改完成 ${reference}”。`;
      const told = stored.to.flatMap((to) => waysTo(to, world.directory, world.platforms).slice(0, 1));
      return [
        ...effects,
        ...told.map(({ conversation }) => send(conversation, { text })),
        replyText(
          `整改措施${reference}已重开,已告知${unitsOf(stored).join('、')};${nextText(reminder, now)}。`,
        ),
      ];
    }
  }
}
