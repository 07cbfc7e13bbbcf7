/** One line an update: what was understood and how. Ids and lengths only: never names, never what people wrote. */
import type { Middleware } from '../core/compose.js';
import type { Logger } from '../core/ports.js';
import { conversationKey } from '../core/chat.js';

export const createLogMiddleware =
  (log: Logger): Middleware =>
  async (ctx, next) => {
    const effects = await next();
    log.info(
      {
        update: ctx.update.id,
        conversation: conversationKey(ctx.update.conversation),
        account: `${ctx.update.user.platform}:${ctx.update.user.id}`,
        isBound: ctx.person !== null,
        intent: ctx.match.intent,
        via: ctx.match.via,
        score: Math.round(ctx.match.score * 1000) / 1000,
        length: ctx.text.length,
        effects: effects.map((effect) => effect.kind),
      },
      'handled',
    );
    return effects;
  };
