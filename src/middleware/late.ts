/**
 * Messages that waited because the bot was down or cut off: their answers say so, and what they would do is asked about
 * first, for in the meantime somebody may have picked up the telephone.
 */
import type { Middleware } from '../core/compose.js';
import { LATE_MS } from '../core/shares.js';
import { replyCard, setSession } from '../core/effects.js';
import type { Context, Effect } from '../core/types.js';
import { formatInstant } from '../calendar/local.js';
import type { Heard } from '../core/chat.js';
import { LATE_GO, type Session } from '../core/session.js';

/** `acts` tells whether the message would change something for others. */
export function createLateMiddleware(acts: (ctx: Context) => boolean): Middleware {
  return async (ctx, next) => {
    if (isLateGo(ctx.update)) return actOnce(ctx, await next());
    if (ctx.waitedMs < LATE_MS) return next();
    const saidAt = formatInstant(ctx.update.at, ctx.now);
    if (acts(ctx)) return askFirst(ctx, saidAt);
    const remark = `(补答:您的消息发于${saidAt},机器人当时未能处理,请谅解。)`;
    return (await next()).map((effect): Effect => {
      if (effect.kind !== 'reply' && effect.kind !== 'edit') return effect;
      const { reply } = effect;
      if ('card' in reply) {
        const blocks = [...reply.card.blocks, { kind: 'source' as const, text: remark }];
        return { ...effect, reply: { card: { ...reply.card, blocks } } };
      }
      return { ...effect, reply: { ...reply, text: `${reply.text}\n${remark}` } };
    });
  };
}

/** With a value it is none of our buttons. */
const isLateGo = (update: Heard): boolean =>
  update.kind === 'action' && update.action.id === LATE_GO && update.action.value === '';

/** A second press of the button finds nothing to do. */
function actOnce({ session, now }: Context, effects: Effect[]): Effect[] {
  const without = (kept: Session): Session => {
    const { late: _late, ...rest } = kept;
    return rest;
  };
  const own = effects.map((effect): Effect =>
    effect.kind === 'setSession' && effect.session ? setSession(without(effect.session)) : effect,
  );
  const isSet = own.some((effect) => effect.kind === 'setSession');
  return isSet || !session ? own : [...own, setSession({ ...without(session), updatedAt: now })];
}

function askFirst(ctx: Context, saidAt: string): Effect[] {
  const { update, session } = ctx;
  const late = update.kind === 'message' ? { text: update.text } : { action: update.action };
  const what = update.kind === 'message' ? `消息“${update.text.slice(0, 60)}”` : '操作';
  return [
    replyCard({
      title: '这条消息来迟了,是否仍要办理',
      blocks: [
        {
          kind: 'text',
          text: `您的${what}发于${saidAt},机器人当时未能处理,现在刚收到。情况可能已有变化,请确认是否仍要办理。`,
        },
      ],
      buttons: [
        { id: LATE_GO, label: '仍要办理', style: 'primary' },
        { id: 'late-drop', label: '不用了' },
      ],
    }),
    setSession({ offered: [], isChoosing: false, ...session, updatedAt: ctx.now, late }),
  ];
}
