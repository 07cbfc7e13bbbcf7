/** Marks answers to messages that waited, because the bot was down or cut off: the reader must not take them for prompt. */
import type { Middleware } from '../core/compose.js';
import type { Effect } from '../core/types.js';

/** Shorter than this nobody wonders. */
const LATE_MS = 10 * 60_000;

/** `timeZone` is an IANA name. */
export function createLateMiddleware(timeZone: string): Middleware {
  const format = new Intl.DateTimeFormat('zh-CN', {
    timeZone,
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
  return async (ctx, next) => {
    const effects = await next();
    if (ctx.now - ctx.update.at < LATE_MS) return effects;
    const remark = `(补答:您的消息发于 ${format.format(ctx.update.at)},机器人当时未能处理,请谅解。)`;
    return effects.map((effect): Effect => {
      if (effect.kind !== 'reply' && effect.kind !== 'edit') return effect;
      const { reply } = effect;
      return {
        ...effect,
        reply:
          'card' in reply
            ? { card: { ...reply.card, blocks: [...reply.card.blocks, { kind: 'source', text: remark }] } }
            : { text: `${reply.text}\n${remark}` },
      };
    });
  };
}
