/**
 * People in danger first: whom to call stands before everything else, whatever the message would have meant. Nothing is done
 * because of it, and what the person was being asked stays asked.
 */
import type { Middleware } from '../core/compose.js';
import { replyText, setSession } from '../core/effects.js';
import type { Context, Effect } from '../core/types.js';

const STILL_ASKED = '刚才的问题还没有答完,内容都保留着;人员安全后请接着回答。';
const ASK_LATER = '要查由谁负责的,请在人员安全后再问。';

type Danger = { line: string; isAsking: boolean; isActing: boolean };

export function createEmergencyMiddleware(dangerOf: (ctx: Context) => Danger | null): Middleware {
  return async (ctx, next) => {
    const danger = dangerOf(ctx);
    if (!danger) return next();
    const { match, session, now } = ctx;
    const warn = (more?: string) => replyText([`【紧急】${danger.line}`, more].filter(Boolean).join('\n'));
    if (match.via === 'flow' && session?.flow)
      return [warn(STILL_ASKED), setSession({ ...session, updatedAt: now })];
    // Whoever gives a command knows what is wanted.
    if (match.via === 'command' || danger.isActing) return [warn(), ...(await next())];
    const answer = danger.isAsking && match.intent === ASKING ? await next() : [];
    return answer.some(isAnswer) ? [warn(), ...answer] : [warn(ASK_LATER)];
  };
}

const ASKING = 'ask_responsibility';

/** A row, not a choice among some. */
const isAnswer = (effect: Effect): boolean =>
  effect.kind === 'setSession' && effect.session?.focus !== undefined && !effect.session.isChoosing;
