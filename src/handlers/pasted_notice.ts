/** A notice of another unit that was pasted: its dates with a reminder of one's own for each; nobody else hears of it. */
import { formatInstant } from '../calendar/local.js';
import type { Card } from '../core/card.js';
import { replyCard, replyText, setSession } from '../core/effects.js';
import { reminderId } from '../core/reminder.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { pastedIn, remindersOf, type Dated } from '../reminders/pasted.js';
import { tokenOf } from '../text/token.js';
import { reminderWorldOf, type HandlerDeps } from './deps.js';
import { flowData } from './shared/flows.js';
import { PastedFlow } from './shared/flow-shapes.js';
import { mostOf, newReminder, planned } from './shared/reminder-planned.js';
import { selfIn } from './shared/reminders.js';
import { currentYear, sessionOn } from './shared/requests.js';

const INTENT = 'pasted_notice';
const OUTDATED = '这份通知已不在手边。请重新贴一次,或直接说“某日几点提醒我什么事”。';

export function createPastedNotice(deps: HandlerDeps): Handler {
  return async (ctx) => {
    const { action = '', value = '' } = ctx.match.slots;
    const flow = flowData(ctx, INTENT, PastedFlow);
    if (action === 'paste-remind') {
      const [page, token] = value.split(' ');
      const it = flow?.dated[Number(page)];
      return flow && it && token === tokenOf(JSON.stringify(flow))
        ? setAll(ctx, deps, flow, [{ it, at: it.remindAt }])
        : [replyText(OUTDATED)];
    }
    const terms = { now: ctx.now, calendar: deps.calendar };
    if (action === 'remind') {
      const wanted = flow && remindersOf(ctx.raw, flow.dated, terms);
      if (!flow || !wanted) return [replyText(OUTDATED)];
      const pairs = wanted.flatMap(({ index, at }) => {
        const it = flow.dated[index];
        return it ? [{ it, at }] : [];
      });
      return setAll(ctx, deps, flow, pairs);
    }
    const found =
      action === 'shown' ? flow : pastedIn(ctx.raw, { ...terms, directory: deps.knowledge().directory });
    if (!found) return [replyText(OUTDATED)];
    return [
      replyCard(cardOf(found, ctx.now)),
      setSession(sessionOn(ctx, { flow: { intent: INTENT, asks: '', data: found } })),
    ];
  };
}

const lineOf = ({ kind, text, at }: Dated, now: number): string =>
  `${formatInstant(at, now)}${kind === 'meeting' ? '' : '前'}:${text}`;

function cardOf(found: PastedFlow, now: number): Card {
  const token = tokenOf(JSON.stringify(found));
  return {
    title: `收到${found.from}的通知`,
    blocks: [
      ...found.dated.map((it) => ({ kind: 'text' as const, text: `· ${lineOf(it, now)}` })),
      {
        kind: 'text',
        text: '没有转发给任何人,也没有提交呼叫。需要提醒您本人的,请点下面的时间,或直接说,例如“提前一天上午十点叫我”。',
      },
    ],
    buttons: found.dated.map((it, i) => ({
      id: 'paste-remind',
      label: `${formatInstant(it.remindAt, now)}提醒我`,
      value: `${i} ${token}`,
    })),
  };
}

type Pair = { it: Dated; at: number | null };

/** One's own reminders; what cannot be set is said. */
async function setAll(ctx: Context, deps: HandlerDeps, flow: PastedFlow, pairs: Pair[]): Promise<Effect[]> {
  const world = reminderWorldOf(deps);
  const { now } = ctx;
  const held = await ctx.read.findReminders({ owner: selfIn(ctx).account, isActive: true });
  if (held.length + pairs.length > mostOf(ctx, world))
    return [replyText(`您已有 ${held.length} 条提醒,请先发送“我的提醒”取消不用的。`)];
  const effects: Effect[] = [];
  const shown: string[] = [];
  for (const { it, at } of pairs) {
    if (at === null || at <= now) {
      effects.push(replyText(`“${it.text}”的提醒时间没有听懂或已经过去,没有设置。请说明几号几点提醒。`));
      continue;
    }
    const text = `${it.text}(${formatInstant(it.at, now)}${it.kind === 'meeting' ? '' : '前'})`;
    if (held.some((own) => own.text === text && own.when.kind === 'once' && own.when.at === at)) {
      effects.push(replyText('这条提醒已经设好,没有重复设置。'));
      continue;
    }
    const year = currentYear(now);
    const id = reminderId(year, await ctx.takeNumber(`reminder:${year}`));
    const when = { kind: 'once' as const, at };
    const wanted = { id, text, to: [selfIn(ctx)], when, said: formatInstant(at, now), isUrgent: false };
    effects.push(...planned(ctx, world, newReminder(wanted, ctx), '已设提醒'));
    shown.push(id);
  }
  const [one] = shown;
  return [
    ...effects.filter(({ kind }) => kind !== 'setSession'),
    setSession(
      sessionOn(ctx, {
        flow: { intent: INTENT, asks: '', data: flow },
        ...(one !== undefined && { reminders: { shown, at: now } }),
        ...(one !== undefined && shown.length === 1 && { reminder: one }),
      }),
    ),
  ];
}
