/**
 * 人都弄到学校去了 都好着呢 平时这种坡归县里哪家盯: what is asked when the danger is over is a question like any other, of the row that
 * stands open, else of what was told when the line was given.
 */
import { askerOf } from '../lists/answer.js';
import type { Decision } from '../lists/decide.js';
import { decisionOn } from '../lists/decision.js';
import { rowReader } from './rows.js';
import type { IndexedRow } from '../lists/row-index.js';
import { about } from './row-asked.js';
import type { Reader } from './reading.js';

/** How long it is what was told last, ms. */
const TOLD_MS = 60 * 60_000;
/** Above what the examples say and what a part of some row may mean. */
const LIKELY = 0.935;
/** Above the examples alone. */
const BARELY = 0.91;
const MAX_LENGTH = 60;
const ENDS = /[,\uff0c。;\uff1b!\uff01?\uff1f\s]+/;
const OVER =
  /没事了|(?:都|也)?好着|平安|安全了|(?:弄|接|转|挪|撤|送|拉|抬|背)(?:到|去|走|出|往)|转移|送(?:医|县|卫生)|(?:警察|民警|公安|消防|救护车|120|119|110|人)[\u4e00-\u9fff]{0,4}(?:来|到|走)了|醒了|灭了|[救捞拽][上出起下]|控制住|[抓带拉抬]走|没大碍|稳住了/;
const ASKS = /谁|哪|咋分|怎么分|几家|归|分工/;
/** 回头, 完了: leads over to what is asked. */
const LEADS_OVER = /^(?:完了|回头|以后|往后|之后|后头|那|再|然后|过后|事后)+/;

const POINTS = /[这那](?:种|类|号|样|些)/;
const nearestOf = (decision: Decision): IndexedRow | undefined =>
  decision.kind === 'answer'
    ? decision.best.entry
    : decision.kind === 'ask'
      ? decision.offered[0]?.entry
      : decision.nearest[0]?.entry;

export const afterDangerReader: Reader = {
  name: 'after danger',
  async read(ctx, deps) {
    const { text, session, match, person, now } = ctx;
    if (match.via !== 'example' || session?.flow || text.length > MAX_LENGTH) return [];
    const clauses = text.split(ENDS).filter(Boolean);
    const asked = clauses.at(-1)?.replace(LEADS_OVER, '') ?? '';
    if (clauses.length < 2 || !ASKS.test(asked) || !clauses.slice(0, -1).every((it) => OVER.test(it)))
      return [];
    const why = 'asked when the danger is over';
    if (session?.focus !== undefined) {
      const found = await rowReader.read({ ...ctx, text: asked, raw: asked }, deps);
      const entry = deps.knowledge().index.get(session.focus);
      const ofRow = found.length > 0 || !entry ? found : about(entry, 'whole', BARELY, 'of the row in focus');
      return ofRow.map((reading) => ({ text: asked, ...reading, why: `${reading.why}; ${why}` }));
    }
    const { told, at = 0 } = session?.danger ?? {};
    if (told === undefined || now - at > TOLD_MS) return [];
    const knowledge = deps.knowledge();
    const asker = askerOf(person, knowledge, deps.contacts);
    const [first = ''] = told.split(ENDS);
    const isOfTold = POINTS.test(asked);
    const ways = [...(isOfTold ? [] : [asked]), first, `${first} ${asked}`, `${told} ${asked}`];
    const found = await Promise.all(
      ways.map(async (way) => ({ way, decision: await decisionOn(way, match, knowledge, asker) })),
    );
    // 平时这种坡: what is told and what is asked of it lie nearest to the same row.
    const nearest = new Set(found.map(({ decision }) => nearestOf(decision)));
    const [entry] = nearest;
    if (isOfTold && entry && nearest.size === 1) return about(entry, 'whole', LIKELY, why);
    const [best] = found.sort((a, b) => b.decision.probability - a.decision.probability);
    return best ? [{ intent: 'ask_responsibility', text: best.way, probability: LIKELY, why }] : [];
  },
};
