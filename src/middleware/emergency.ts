/**
 * People in danger first: whom to call stands before everything else, whatever the message means beside it. A dialogue goes on:
 * what is told to it in danger is often what it asked for.
 */
import type { Middleware } from '../core/compose.js';
import { replyText } from '../core/effects.js';
import type { Context, Effect } from '../core/types.js';

const ASK_LATER = '要查由谁负责的,请在人员安全后再问。';

type Danger = { line: string; isActing: boolean; isSure: boolean };

export function createEmergencyMiddleware(dangerOf: (ctx: Context) => Danger | null): Middleware {
  return async (ctx, next) => {
    const danger = dangerOf(ctx);
    if (!danger) return next();
    const { match } = ctx;
    const warn = (more?: string) => replyText([`【紧急】${danger.line}`, more].filter(Boolean).join('\n'));
    // Whoever gives a command or fills in a form knows what is wanted, and what is told to a draft is what the draft is about.
    const isWanted = /^(?:command|flow|action)$/.test(match.via) || SETS.test(ctx.text);
    if (isWanted || danger.isActing || !danger.isSure) return [warn(), ...(await next())];
    const answer = await next();
    // 人都遣散了,抓了两个: what is reported of a case is not lost for a word in it.
    if (answer.some(isOfCase)) return [warn(), ...answer];
    return match.intent === ASKING && answer.some(isAnswer) ? [warn(), ...answer] : [warn(ASK_LATER)];
  };
}

/** A reminder is set beside it: 半小时后叫我一声. */
const SETS = /(?:提醒|叫|喊)(?:我|我们|俺)(?:一声|一下)?/;

const ASKING = 'ask_responsibility';

/** A case was changed, or a move on one waits for a word. */
const isOfCase = (effect: Effect): boolean =>
  effect.kind === 'request' ||
  (effect.kind === 'setSession' &&
    effect.session?.request !== undefined &&
    effect.session.flow !== undefined &&
    effect.session.flow.intent !== 'file_request');

/** A row, not a choice among some. */
const isAnswer = (effect: Effect): boolean =>
  effect.kind === 'setSession' && effect.session?.focus !== undefined && !effect.session.isChoosing;
