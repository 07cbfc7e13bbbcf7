/**
 * 人都弄到学校去了 都好着呢 平时这种坡归县里哪家盯: what is asked when the danger is over is a question like any other, of the row that
 * stands open, else of what was told when the line was given. 这归哪家收, put right behind it, has no matter but what was told.
 */
import type { Context } from '../core/types.js';
import { askerOf } from '../lists/answer.js';
import type { Decision } from '../lists/decide.js';
import { decisionOn } from '../lists/decision.js';
import { rowReader } from './rows.js';
import type { IndexedRow } from '../lists/row-index.js';
import { asksOfUnit, asksOurPerson, aspectOf, ownMatter } from './follow-up-words.js';
import { about, NO_MATTER } from './row-asked.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

/** How long it is what was told last, ms. */
const TOLD_MS = 60 * 60_000;
/** Above what the examples say and what a part of some row may mean. */
const LIKELY = 0.935;
/** Above a side of the row that stood open before. */
const SURE = 0.975;
/** Above all that a unit does: 妇联那边能做啥, said right behind it. */
const NEXT = 0.9965;
/** Above the examples alone. */
const BARELY = 0.91;
const MAX_LENGTH = 60;
/** From so many characters on a clause tells something: 不得了, 快来人. */
const TELLS_MIN = 5;
const ENDS = /[,\uff0c。;\uff1b!\uff01?\uff1f\s]+/;
const OVER =
  /没事了|(?:都|也)?好着|平安|安全了|(?:弄|接|转|挪|撤|送|拉|抬|背)(?:到|去|走|出|往)|转移|送(?:医|县|卫生)|(?:警察|民警|公安|消防|救护车|派出所|120|119|110|人)[\u4e00-\u9fff]{0,4}(?:来|到|走)了|醒了|灭了|[救捞拽][上出起下]|[控制按摁劝拦][制住服]了?|[抓带拉抬]走|没大碍|稳住了/;
/** 拉上线了, 电掐了: what was done, beside what says that it is over. */
const DONE = /^[^谁哪啥咋吗么]{2,14}了$/;
const ASKS = /谁|哪|咋分|怎么分|几家|归|分工/;
/** 回头, 完了: leads over to what is asked. */
const LEADS_OVER = /^(?:完了|回头|以后|往后|之后|后头|那|再|然后|过后|事后)+/;

/** 回头问一句. */
const ONLY_LEADS =
  /^(?:那|回头|完了|再|顺便|另外|我|俺|还)*(?:想)?(?:问|打听|请教|说)(?:一?[句下声]|个事|一嘴)?$/;

const POINTS = /[这那](?:种|类|号|样|些)/;
/** 这个按清单是哪家牵头处理: nothing but what was told. */
const POINTS_ALONE = /^(?:像)?[这那](?:个|事|件|东西|玩意|家伙|种|类|号|样|些|(?=归|该|由|是|找))/;
const nearestOf = (decision: Decision): IndexedRow | undefined =>
  decision.kind === 'answer'
    ? decision.best.entry
    : decision.kind === 'ask'
      ? decision.offered[0]?.entry
      : decision.nearest[0]?.entry;

export const afterDangerReader: Reader = {
  name: 'after danger',
  async read(ctx, deps) {
    const { text, session, match, now } = ctx;
    if (match.via !== 'example' || session?.flow || text.length > MAX_LENGTH) return [];
    const clauses = text.split(ENDS).filter(Boolean);
    const asked = clauses.at(-1)?.replace(LEADS_OVER, '') ?? '';
    const before = clauses.slice(0, -1).filter((it) => !ONLY_LEADS.test(it));
    if (session?.focus !== undefined && !(await isOfOther(session.focus, ctx, deps)))
      return before.length > 0 && ASKS.test(asked) && before.every((it) => OVER.test(it))
        ? onFocus(asked, session.focus, ctx, deps)
        : [];
    const { told, at = 0 } = session?.danger ?? {};
    if (told === undefined || now - at > TOLD_MS) return [];
    const isOver = before.some((it) => OVER.test(it)) && before.every((it) => OVER.test(it) || DONE.test(it));
    if (isOver && ASKS.test(asked)) return onTold(asked, told, ctx, deps);
    return before.length === 0 && hasNoMatter(text, deps) ? onTold(text, told, ctx, deps) : [];
  },
};

/** The danger was told last, and lies nearest to another row than the one that stood open before. */
async function isOfOther(
  focus: string,
  { session, match, person }: Context,
  deps: ReadingDeps,
): Promise<boolean> {
  const { told, at } = session?.danger ?? {};
  if (told === undefined || at !== session?.updatedAt) return false;
  const knowledge = deps.knowledge();
  const decision = await decisionOn(told, match, knowledge, askerOf(person, knowledge, deps.contacts));
  return nearestOf(decision)?.ref !== focus;
}

const WHY = 'asked when the danger is over';

async function onFocus(asked: string, focus: string, ctx: Context, deps: ReadingDeps): Promise<Reading[]> {
  const found = await rowReader.read({ ...ctx, text: asked, raw: asked }, deps);
  const entry = deps.knowledge().index.get(focus);
  const ofRow = found.length > 0 || !entry ? found : about(entry, 'whole', BARELY, 'of the row in focus');
  return ofRow.map((reading) => ({ text: asked, ...reading, why: `${reading.why}; ${WHY}` }));
}

/** 公安插不插手, 咱镇谁对口, 归哪家收: put right behind it, and no matter in it. */
function hasNoMatter(text: string, { knowledge }: ReadingDeps): boolean {
  const [named] = knowledge().directory.mentions(text);
  const rest = named ? text.replace(named.alias, ' ').trim() : text;
  if (ownMatter(rest.replace(POINTS_ALONE, '')).length > (POINTS_ALONE.test(rest) ? SOME : NO_MATTER))
    return false;
  return (
    asksOurPerson(text) ||
    aspectOf(text) !== null ||
    (named !== undefined && asksOfUnit(rest)) ||
    (POINTS_ALONE.test(text) && ASKS.test(text))
  );
}
/** 这个按清单…处理: words beside what points say no matter. */
const SOME = 4;

async function onTold(asked: string, told: string, ctx: Context, deps: ReadingDeps): Promise<Reading[]> {
  const { match, person, session } = ctx;
  const isNext = session?.updatedAt === session?.danger?.at;
  const probability =
    session?.focus !== undefined ? SURE : isNext && hasNoMatter(asked, deps) ? NEXT : LIKELY;
  const knowledge = deps.knowledge();
  const asker = askerOf(person, knowledge, deps.contacts);
  const first = told.split(ENDS).find(({ length }) => length >= TELLS_MIN) ?? told;
  const isBare = hasNoMatter(asked, deps);
  const isOfTold = isBare || POINTS.test(asked);
  const ways = isBare
    ? [told, `${told} ${asked}`, first]
    : [...(isOfTold ? [] : [asked]), first, `${first} ${asked}`, `${told} ${asked}`];
  const found = await Promise.all(
    ways.map(async (way) => ({ way, decision: await decisionOn(way, match, knowledge, asker) })),
  );
  // 平时这种坡: what is told and what is asked of it lie nearest to the same row.
  const nearest = new Set(found.map(({ decision }) => nearestOf(decision)));
  const [entry] = nearest;
  const [best] = found.sort((a, b) => b.decision.probability - a.decision.probability);
  const isOne = isOfTold && nearest.size === 1;
  const meant = isOne ? entry : best?.decision.kind === 'answer' ? best.decision.best.entry : undefined;
  if (meant && isBare) {
    const open = {
      ...(session ?? { offered: [], isChoosing: false, updatedAt: ctx.now }),
      focus: meant.ref,
      question: told,
    };
    const sides = await rowReader.read({ ...ctx, text: asked, raw: asked, session: open }, deps);
    const [side] = sides.sort((a, b) => b.probability - a.probability);
    if (side) return [{ ...side, session: open, probability, why: `${side.why}; ${WHY}` }];
  }
  if (isOne && entry) return about(entry, 'whole', probability, WHY);
  return best ? [{ intent: 'ask_responsibility', text: best.way, probability, why: WHY }] : [];
}
