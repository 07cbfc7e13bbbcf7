/** 我说的是在河里挖的: what is put right may be no matter by itself, but the one that was asked about seen closer. */
import type { Context } from '../core/types.js';
import { askerOf } from '../lists/answer.js';
import type { Decision } from '../lists/decide.js';
import { decisionOn } from '../lists/decision.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { AskerScope, IndexedRow } from '../lists/row-index.js';
import { sameMatterRows } from '../lists/same-matter.js';
import type { Reading, ReadingDeps } from './reading.js';

const ASKS = 'ask_responsibility';
/** Most corrections name another matter: surer than that their words lie near a part of the row that was wrong. */
const CORRECTED = 0.93;
/** Longer ones tell the matter anew. */
const LENGTH_MAX = 12;

/** Below what a reader says of a part of the row (readings/row-asked.ts). */
const PERHAPS_PART = 0.915;
const isFirst = (decision: Decision, focus: IndexedRow): boolean =>
  decision.kind === 'answer'
    ? decision.best.entry === focus
    : decision.kind === 'ask' && decision.offered[0]?.entry === focus;
const POINTS = /^[那这](?:个|家|种|边|头|一头|块)?[\u4e00-\u9fff]{0,6}$|[这那]一?(?:头|边|块|方面|口)$/;
/** How near another guide must be to the one that was shown and to what is put right. */
const NEAR_GUIDE = 0.72;

/** 他们问的是每月领的那个钱, of 失业登记: the nearest guide but the one that was not meant. */
async function guideBeside(
  text: string,
  open: IndexedRow,
  { knowledge, asker }: { knowledge: Knowledge; asker: AskerScope },
): Promise<IndexedRow | null> {
  const near = await knowledge.search(text, asker, 'guides');
  const [other] = near.filter(({ entry }) => entry !== open);
  return other && other.dense >= NEAR_GUIDE ? other.entry : null;
}

/** What the words of a correction mean: a matter by themselves, else the question before with what it lacked. */
export async function correctedReading(
  text: string,
  { session, person, match }: Pick<Context, 'session' | 'person' | 'match'>,
  deps: ReadingDeps,
): Promise<Reading> {
  const anew: Reading = { intent: ASKS, text, probability: CORRECTED, why: 'what follows a correction' };
  const question = session?.question;
  if (!question) return anew;
  const knowledge = deps.knowledge();
  const asker = askerOf(person, knowledge, deps.contacts);
  const decide = (said: string) => decisionOn(said, match, knowledge, asker);
  const alone = await decide(text);
  if (alone.kind === 'answer') return anew;
  const focus = session.focus === undefined ? null : knowledge.index.get(session.focus);
  // 我说的是那个小厂子 能不能叫供电拉闸: the row that was shown is nearest, and one of its parts may be meant.
  if (text.length > LENGTH_MAX)
    return focus && isFirst(alone, focus) ? { ...anew, probability: PERHAPS_PART } : anew;
  const guide =
    focus?.row.guide && (await guideBeside(`${focus.row.matter} ${text}`, focus, { knowledge, asker }));
  if (guide)
    return { ...anew, slots: { action: 'whole', value: guide.ref }, why: 'another guide than the one shown' };
  const whole = `${question} ${text}`;
  const alike = focus ? sameMatterRows(focus, knowledge, asker) : [];
  if (focus && alike.length > 0) {
    // Two lists state the matter, and one row was answered: the other may be what is meant.
    const near = await knowledge.search(whole, asker);
    const first = near.find(({ entry }) => entry === focus || alike.includes(entry))?.entry;
    if (first && first !== focus) {
      const slots = { action: 'whole', value: first.ref };
      return { ...anew, slots, why: 'of the other row of its matter' };
    }
  }
  const again = await decide(whole);
  if (again.kind === 'answer' && again.best.entry !== focus) return { ...anew, text: whole };
  if (!focus || !isFirst(again, focus)) return anew;
  // 我问的是那个店: what is pointed at is told by the question, and the row stands.
  return POINTS.test(text)
    ? { ...anew, slots: { action: 'whole', value: focus.ref }, why: 'the row that was shown' }
    : anew;
}
