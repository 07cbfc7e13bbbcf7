/** What is said while a move stands read back and waits for a yes: the same again, another request, or how things stand. */
import { z } from 'zod';
import type { Context } from '../core/types.js';
import { isQuestion, movesIn } from '../requests/move-words.js';
import { MOVE_LABELS, MOVES, type Move } from '../requests/moves.js';
import { isNo, isYes } from '../requests/yes-no.js';
import { surelySaid } from './case-understood.js';
import type { ReadingDeps } from './reading.js';
import { asksOfOne, STATUS } from './requests-status.js';
import { referenceOf, refusedOn, speakersWorld } from './requests-world.js';

const ReadBack = z.object({ move: z.enum(MOVES), number: z.string() });
/** Made of nothing but the move: saying it again says yes. */
const BARE: ReadonlySet<Move> = new Set(['urge', 'sign', 'withdraw', 'reopen', 'conclude']);
const BARE_MAX = 14;

const AROUND = /^(?:就|那|对|好|嗯|是|作为|算|当|正式|[,\uff0c\s]){0,4}|[吧了啊的。!\uff01]{0,2}$/g;

const MORE_MIN = 7;

/** 臭水淌到校门口了,跟他们讲一下, while an urging waits for a yes: another thing is said. */
export async function saysAnew(ctx: Context, move: string, deps: ReadingDeps): Promise<boolean> {
  const { text, person } = ctx;
  if (!person || text.length < MORE_MIN || isYes(text) || isNo(text)) return false;
  const said = await surelySaid(ctx, await speakersWorld(ctx, person, deps));
  return said !== null && said !== move;
}

/**
 * repeats: the same move again · another: a move on another request, or whatever is said once the move can be done no more ·
 * asks: how something stands · null: none of these.
 */
export async function saidToReadBack(
  ctx: Context,
  data: unknown,
  deps: ReadingDeps,
): Promise<'repeats' | 'another' | 'asks' | null> {
  const { text, person } = ctx;
  const readBack = ReadBack.safeParse(data);
  if (!readBack.success || !person || isYes(text) || isNo(text)) return null;
  const { move, number } = readBack.data;
  const world = await speakersWorld(ctx, person, deps);
  const request = world.requests.find((it) => it.number === number);
  // 咋还有水, while 将请…协办 waits for a yes and the lead has answered by now.
  if (request && refusedOn(move, request, world, ctx.now) !== null) return 'another';
  // 作为答复, 就退回吧: the move and no words for it.
  if (text.replace(AROUND, '') === MOVE_LABELS[move]) return 'repeats';
  const said = movesIn(text);
  const reference = referenceOf(said[0]?.move ?? null, ctx, world);
  const isNamed = reference.basis === 'named' && reference.matches.length > 0;
  const isAnother = isNamed && reference.matches.every((it) => it.number !== number);
  const asks = STATUS.test(text) || asksOfOne(text);
  if (asks) return 'asks';
  if (isAnother && said.length > 0) return 'another';
  const isSame = said.some((it) => it.isNamed && it.move === move && !it.isDoubtful);
  const isPlain = !isQuestion(text) && text.length <= BARE_MAX && !isAnother;
  return isSame && isPlain && BARE.has(move) && reference.matches.length <= 1 ? 'repeats' : null;
}
