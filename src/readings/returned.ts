/**
 * 回到补课班那个 我们街道要干啥, 出租屋那个消防管啥: what was asked before the row in focus is pointed at by a word of it, and one thing is
 * asked of it as if it stood open still.
 */
import type { Context } from '../core/types.js';
import type { Session } from '../core/session.js';
import { askerOf } from '../lists/answer.js';
import type { IndexedRow } from '../lists/row-index.js';
import { isOnReminders } from '../reminders/concerned.js';
import { guideReader } from './guides.js';
import { clearlyNearest } from './pointing.js';
import { about } from './row-asked.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';
import { rowReader } from './rows.js';
import { namedUnit } from './units-of-row.js';

/** Above a side of the row in focus and a guide of its own, and a listing of all that a unit does. */
const SURE = 0.9975;
const MAX_LENGTH = 30;

const BACK =
  /^(?:那|哦|嗯|行|好|对了|[\s,\uff0c])*(?:回到|回头(?:再|接着)?(?:说|看|问)(?:一?下)?|说回|再说(?:说|回)?|还(?:是)?说(?:回)?|接着(?:说|问)|刚才(?:说|问|讲)?的?|刚(?:说|问|讲)的?|前(?:面|头)(?:说|问|讲)?的?|先前(?:说|问|讲)?的?|最(?:早|先|开始|开头)(?:说|问|讲)?的?|头(?:里|先)(?:说|问|讲)?的?)/;
const NAMED =
  /^(?:那|哦|嗯|[\s,\uff0c])*(?<name>[\u4e00-\u9fff]{1,8}?)(?:的)?[那这](?:一)?(?:个(?!单位|部门|人|岗|镇|乡|局)|条|件|项|桩|块|事儿?)(?:事儿?)?(?<asked>.*)$/;
/** Who asks, and what is asked, name no row. */
const NO_NAME = /[谁哪啥咋]|^(?:我|咱|俺|本|他|她|它)们?|[镇乡]上?$|街道|^[这那就是]$|[有是归没]$/;

export const returnedReader: Reader = {
  name: 'returned to',
  async read(ctx, deps) {
    const { text, session, match } = ctx;
    if (match.via !== 'example' || !session || text.length > MAX_LENGTH || isOnReminders(ctx)) return [];
    const isBack = BACK.test(text);
    const said = NAMED.exec(text.replace(BACK, ''))?.groups;
    const name = said?.['name'] ?? '';
    if (!said || NO_NAME.test(name)) return [];
    const found = await namedBefore(name, isBack, ctx, deps);
    return found ? onReturned(found, (said['asked'] ?? '').replace(/^[\s,\uff0c]+/, ''), ctx, deps) : [];
  },
};

type Before = { entry: IndexedRow; question: string };

/** By a word of its name, else, where it is said that one goes back, the one that lies clearly nearest. */
async function namedBefore(
  name: string,
  isBack: boolean,
  { session, person }: Context,
  { knowledge: current, contacts }: ReadingDeps,
): Promise<Before | null> {
  const knowledge = current();
  const asker = askerOf(person, knowledge, contacts);
  const { focus, question = '', offered, spoken = [] } = session as Session;
  const now = focus === undefined ? offered : [focus];
  const before = [{ question, rows: focus === undefined ? [] : offered }, ...spoken];
  const refs = new Map(
    before.flatMap(({ question: asked, rows }) => rows.map((ref) => [ref, asked] as const)),
  );
  const entriesOf = (all: Iterable<string>) =>
    [...all]
      .flatMap((ref) => knowledge.index.get(ref) ?? [])
      .filter((entry) => knowledge.index.isVisible(entry, asker));
  const open = entriesOf(now);
  const rows = entriesOf(refs.keys()).filter((entry) => !open.includes(entry));
  // What stands open is not gone back to.
  if (rows.length === 0 || open.some(({ row }) => isNameOf(name, row.matter))) return null;
  if (rows.some((entry) => namedUnit(name, entry, knowledge.directory))) return null;
  const found = (entry: IndexedRow): Before => ({ entry, question: refs.get(entry.ref) ?? '' });
  const byName = rows.filter(({ row }) => isNameOf(name, row.matter));
  if (byName.length === 1 && byName[0]) return found(byName[0]);
  if (!isBack) return null;
  const best = await clearlyNearest(name, byName.length > 0 ? byName : [...open, ...rows], knowledge);
  return best && !open.includes(best) ? found(best) : null;
}

/** 出租屋, of 流动人口和出租房屋治安管理: its characters stand there in their order. */
function isNameOf(name: string, matter: string): boolean {
  let at = 0;
  for (const character of matter) if (character === name[at]) at++;
  return at === name.length;
}

async function onReturned(
  { entry, question }: Before,
  asked: string,
  ctx: Context,
  deps: ReadingDeps,
): Promise<Reading[]> {
  const { listing: _, ...rest } = ctx.session as Session;
  const session: Session = { ...rest, question, focus: entry.ref, offered: [], isChoosing: false };
  const why = `of what was asked before: ${entry.row.matter}`;
  if (asked.replace(/[呢咧哩?\uff1f]/g, '') === '')
    return about(entry, 'whole', SURE, why).map((reading) => ({ ...reading, session }));
  const there = { ...ctx, text: asked, raw: asked, session };
  const found = [...(await guideReader.read(there, deps)), ...(await rowReader.read(there, deps))];
  const [best] = found
    .filter(({ slots }) => slots?.['value'] === entry.ref)
    .sort((a, b) => b.probability - a.probability);
  return best ? [{ text: asked, ...best, session, probability: SURE, why: `${best.why}; ${why}` }] : [];
}
