/**
 * People in danger first: whom to call stands before everything else, whatever the message means beside it. A dialogue goes on:
 * what is told to it in danger is often what it asked for.
 */
import type { Middleware } from '../core/compose.js';
import { replyText, setSession } from '../core/effects.js';
import type { Context, Effect } from '../core/types.js';

const ASK_LATER = '要查由谁负责的,请在人员安全后再问。';

type Danger = { line: string; isActing: boolean; isSure: boolean };

export function createEmergencyMiddleware(dangerOf: (ctx: Context) => Danger | null): Middleware {
  return async (ctx, next) => {
    const danger = dangerOf(ctx);
    const told = danger ? null : toldOf(ctx);
    if (told) return [replyText(`【紧急】${told}`)];
    if (!danger) return next();
    const { match } = ctx;
    const warn = (more?: string) => replyText([`【紧急】${danger.line}`, more].filter(Boolean).join('\n'));
    // Whoever gives a command or fills in a form knows what is wanted, and what is told to a draft is what the draft is about.
    const isWanted = /^(?:command|flow|action)$/.test(match.via) || SETS.test(ctx.text);
    if (isWanted || danger.isActing || !danger.isSure) return [warn(), ...(await next())];
    const answer = await next();
    // 人都遣散了,抓了两个: what is reported of a case is not lost for a word in it.
    if (answer.some(isOfCase)) return [warn(), ...answer];
    const isAnswered = ASKS_OF_KIND.test(ctx.text) ? isOffer : isAnswer;
    return match.intent === ASKING && answer.some(isAnswered)
      ? [warn(), ...answer]
      : [warn(ASK_LATER), remembered(ctx, danger.line)];
  };
}

/** How long whom to call may be asked for again, ms. */
const TOLD_MS = 30 * 60_000;
const TOLD_LENGTH = 30;
/** 你别跟我讲谁牵头 就讲现在干啥, 现在该怎么弄, 打哪个电话. */
const WHAT_NOW =
  /(?:现在|眼下|这会儿|当下|马上|头一步|第一步)(?:到底|我们?|俺们?|该|要|得|应该|能|需要)*先?(?:干|做|怎么|咋|如何)(?:点|些)?(?:啥|什么|办|弄|整|处置|救)|先(?:干|做)(?:点|些)?(?:啥|什么)|(?:该|要)(?:先)?(?:怎么|咋)(?:办|弄|救)|(?:打|拨)(?:哪个|什么|啥|几号)(?:电话|号码?)?/;
/** It has been done: 打了打了 救护车在路上. */
const HAS_CALLED = /打(?:过|完)?了|已经|在路上|来了|到了|没事了|好了|救[上出起]/;

function toldOf({ session, now, text, match }: Context): string | null {
  const { line, at } = session?.danger ?? {};
  if (line === undefined || at === undefined || now - at > TOLD_MS || match.via !== 'example') return null;
  return text.length <= TOLD_LENGTH && WHAT_NOW.test(text) && !HAS_CALLED.test(text) ? line : null;
}

const remembered = ({ session, now, text }: Context, line: string): Effect =>
  setSession({
    ...(session ?? { offered: [], isChoosing: false }),
    ...{ updatedAt: now, danger: { line, at: now, told: text } },
  });

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

/** 这种到底谁牵头: of the matter, whatever goes on. */
const ASKS_OF_KIND =
  /(?:这种|这类|这号|平时|一般)[^,\uff0c。\s]{0,8}(?:谁|哪)[^,\uff0c。\s]{0,6}$|(?:谁|哪个?(?:局|家|单位|部门))(?:来)?(?:牵头|主责)[?\uff1f]?$/;
const isOffer = (effect: Effect): boolean =>
  effect.kind === 'setSession' &&
  (effect.session?.focus !== undefined || effect.session?.isChoosing === true);

/** A row, not a choice among some. */
const isAnswer = (effect: Effect): boolean =>
  effect.kind === 'setSession' && effect.session?.focus !== undefined && !effect.session.isChoosing;
