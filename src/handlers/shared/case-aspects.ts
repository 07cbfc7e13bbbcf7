/** What is answered to a question about one side of a case (readings/case-questions.ts). */
import { replyCard, replyText, setSession } from '../../core/effects.js';
import type { Card } from '../../core/card.js';
import type { Effect } from '../../core/types.js';
import { aspectCard, severalCard, type CaseAsked } from '../../requests/aspects-view.js';
import { caseOf } from '../../requests/case.js';
import { readableBy } from '../../requests/confidential.js';
import { refusalOf, requestsOf } from '../../requests/concerned.js';
import { isEnded, type Request } from '../../core/request.js';
import { MOVE_LABELS, MOVES } from '../../requests/moves.js';
import { courseCard } from '../../requests/course-view.js';
import { CASE_ASPECTS, type CaseAspect } from '../../requests/questions.js';
import { sessionBehind, sessionOn, viewerOf, visibleRequest, type Acting } from './requests.js';

const SHOWN = 8;

export async function tellAspect(acting: Acting): Promise<Effect[]> {
  const { ctx, actor } = acting;
  const { aspect: named = '', value = '' } = ctx.match.slots;
  const aspect = CASE_ASPECTS.find((it) => it === named) ?? 'unit';
  const asked = await Promise.all(
    value
      .split(' ')
      .filter(Boolean)
      .map((number) => visibleRequest(ctx, actor, number)),
  );
  const found = asked.filter((it) => it !== null);
  const [only, other] = found;
  if (!only) return whichOne(acting);
  if (other) return several(acting, found, '');
  return [replyCard(cardOf(aspect, only, acting)), setSession(sessionOn(ctx, { request: only.number }))];
}

/** Whether a move is open to the speaker on the case, and why not; nothing is done. */
export async function tellMay(acting: Acting): Promise<Effect[]> {
  const { ctx, actor } = acting;
  const request = await visibleRequest(ctx, actor, ctx.match.slots['value'] ?? '');
  const move = MOVES.find((it) => it === ctx.match.slots['move']);
  if (!request || !move) return whichOne(acting);
  const refused = refusalOf(move, undefined, actor, askedOf(acting, request));
  const label = MOVE_LABELS[move];
  const words = refused ?? `可以${label}。现在没有办理,需要的请直接说“${label}”。`;
  const card = cardOf('course', request, acting);
  const blocks = [{ kind: 'text' as const, text: words }, ...card.blocks];
  return [replyCard({ ...card, blocks }), setSession(sessionOn(ctx, { request: request.number }))];
}

function cardOf(aspect: CaseAspect, given: Request, acting: Acting): Card {
  const { text } = acting.ctx;
  const asked = askedOf(acting, given);
  return aspect === 'course'
    ? courseCard(asked, text, viewerOf(given, acting.actor))
    : aspectCard(aspect, asked, text);
}

/** As the person may read it. */
function askedOf({ ctx, world, actor }: Acting, given: Request): CaseAsked {
  const { request } = readableBy(given, actor);
  const { directory, platforms } = world;
  return { ...caseOf(request, world, ctx.now), directory, platforms };
}

function several(acting: Acting, requests: readonly Request[], remark: string): Effect[] {
  const shown = requests.slice(0, SHOWN);
  const card = severalCard(
    shown.map((it) => askedOf(acting, it)),
    acting.ctx.text,
  );
  const blocks = remark === '' ? card.blocks : [{ kind: 'text' as const, text: remark }, ...card.blocks];
  return [replyCard({ ...card, blocks }), setSession(sessionBehind(acting.ctx, shown))];
}

/** None is at hand: the open ones to choose from, or that there is none. */
async function whichOne(acting: Acting): Promise<Effect[]> {
  const { ctx, actor } = acting;
  const open = (await requestsOf(ctx.read, actor)).filter((it) => !isEnded(it));
  if (open.length === 0) return [replyText(NONE), setSession(sessionOn(ctx, {}))];
  return several(acting, open, '您问的是哪一件?请点选,或说明编号、事由。');
}

const NONE =
  '您目前没有在办的请求。要问某一件的,请带上编号或事由,例如:“路灯那件到哪了”;要问某件事由谁负责,请直接说明是什么事。';
