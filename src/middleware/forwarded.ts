/**
 * Words that were passed on are quoted, not said: a forwarded question is answered, for that is what people forward it
 * for; nothing is done because of it, and no dialogue takes it for an answer.
 */
import type { Middleware } from '../core/compose.js';
import { replyText } from '../core/effects.js';
import type { Effect } from '../core/types.js';

const NOT_AN_INSTRUCTION = '转发的内容不作为您的指令;需要办理请直接发送。';
/** A merged forward comes without its words. */
const NOT_READ = '转发的聊天记录机器人没有读取。要问责任单位的,请把那句话直接发送;需要办理的也请直接发送。';

/** `reading`: the intents that only tell something. */
export const createForwardedMiddleware =
  (reading: ReadonlySet<string>): Middleware =>
  async (ctx, next) => {
    const { update, match, session } = ctx;
    if (update.kind !== 'message' || !update.isForwarded) return next();
    if (update.text.trim() === '' && !update.attachments) return [replyText(NOT_READ)];
    if (!reading.has(match.intent))
      return [
        replyText(NOT_AN_INSTRUCTION),
        { kind: 'record', what: 'refusal', data: { act: match.intent, reason: 'forwarded' } },
      ];
    const effects = await next();
    // What the person was asked stays asked.
    const isAsked = session?.flow !== undefined || session?.isChoosing === true;
    return isAsked ? effects.filter(isNoSession) : effects;
  };

const isNoSession = (effect: Effect): boolean => effect.kind !== 'setSession';
