/** What the handler of evaluations shares: who acts, which evaluation is meant, how a change is stored. */
import type { Evaluation, Sheet } from '../../core/evaluation.js';
import { STATE } from '../../core/request.js';
import { send, setSession } from '../../core/effects.js';
import type { Card } from '../../core/card.js';
import type { Context, Effect } from '../../core/types.js';
import { directChat } from '../../core/chat.js';
import { digestOf } from '../../files/digest.js';
import type { Period } from '../../calendar/periods.js';
import { overviewCard, receivedCard, sheetCard, spanOf } from '../../evaluation/view.js';
import { isOffice, rowsFor, seesEverySheet, sheetOf, type Judge } from '../../evaluation/machine.js';
import { teamName, type Directory } from '../../organizations/directory.js';
import { recipientsOf, type LEVELS } from '../../organizations/recipients.js';
import { tokenOf } from '../../text/token.js';
import { chatOf } from '../../requests/reach.js';
import type { RequestWorld } from '../../requests/effects.js';
import { sessionOn } from './requests.js';

export type Judging = { ctx: Context; world: RequestWorld; judge: Judge };

/** The one that goes on, else the last one. */
export async function currentEvaluation({ read }: Pick<Context, 'read'>): Promise<Evaluation | null> {
  const all = await read.listEvaluations();
  return all.find(({ closed }) => closed === null) ?? all[0] ?? null;
}

const JUDGED =
  /(上上?一?个?|上一?次|本次?|这一?个?次?|当前的?|按照?)?(?:评价期|测评期|考评期)(?:以?内|里|期间|的)?/;

/** The span of an evaluation as that of figures: 本评价期, 上个评价期; null where none is named, `none` where there is none. */
export async function judgedSpan(
  { read }: Pick<Context, 'read'>,
  text: string,
): Promise<{ period: Period; text: string; note: string } | 'none' | null> {
  const [said, which = ''] = JUDGED.exec(text) ?? [];
  if (said === undefined) return null;
  const all = await read.listEvaluations();
  const at = Math.max(
    0,
    all.findIndex(({ closed }) => closed === null),
  );
  const back = which.startsWith('上上') ? 2 : which.startsWith('上') ? 1 : 0;
  const evaluation = all[at + back];
  if (!evaluation) return 'none';
  const { from, to } = evaluation;
  return { period: { from, to }, text: said, note: `按${spanOf(evaluation)}评价期统计。` };
}

/** What the person has to do with it: the office and the leaders see all, a township its sheet, others what they were given. */
export function cardFor(evaluation: Evaluation, { ctx, world, judge }: Judging): Card {
  if (seesEverySheet(judge)) return overviewCard(evaluation, isOffice(judge), ctx.now);
  const sheet = judge.team === undefined ? sheetOf(evaluation, judge.organization) : null;
  if (sheet) return sheetCard(evaluation, sheet, ctx.now);
  const whose = judge.team ?? judge.organization;
  return receivedCard(evaluation, rowsFor(evaluation, judge, world.directory), whose);
}

/** Stored in one commit with its line of the record, which vouches for every score as the store will keep it. */
export function stored(before: Evaluation | null, after: Evaluation, act: string, ctx: Context): Effect[] {
  const expectedVersion = before?.version ?? 0;
  const kept = digestOf({ ...after, version: expectedVersion + 1 });
  const data = { act: `evaluation-${act}`, evaluation: after.id, [STATE]: kept };
  return [
    { kind: 'evaluation', evaluation: after, expectedVersion },
    { kind: 'record', what: 'admin', data },
    setSession(sessionOn(ctx, {})),
  ];
}

export const tellLevel = (
  unit: string,
  level: (typeof LEVELS)[number],
  text: string,
  { directory, platforms }: RequestWorld,
): Effect[] =>
  recipientsOf(unit, directory, level).flatMap((person) => {
    const chat = chatOf(person, platforms);
    return chat ? [send(chat, { text })] : [];
  });

/** A unit by its leaders, else by whoever of it can be written to. */
export function tellUnit(unit: string, text: string, world: RequestWorld): Effect[] {
  const heads = tellLevel(unit, 'head', text, world);
  return heads.length > 0 ? heads : tellLevel(unit, 'person', text, world);
}

/**
 * Each township by its leaders, else by whoever of it can be written to; `said` counts who is written to and names who is not. What
 * a platform refuses later is told to who opened it (`core/undeliverable.ts`).
 */
export function tellTownships(
  { sheets }: Evaluation,
  text: string,
  world: RequestWorld,
): { effects: Effect[]; said: string } {
  const told = sheets.map(({ township }) => {
    const heads = tellLevel(township, 'head', text, world);
    return { township, heads, others: heads.length > 0 ? [] : tellLevel(township, 'person', text, world) };
  });
  const byOthers = told.filter(({ others }) => others.length > 0).map(({ township }) => township);
  const lost = told.filter((it) => it.heads.length + it.others.length === 0).map(({ township }) => township);
  return {
    effects: told.flatMap(({ heads, others }) => [...heads, ...others]),
    said: [
      `已向 ${told.filter(({ heads }) => heads.length > 0).length} 个镇街的负责人发出通知。`,
      byOthers.length > 0 ? `${byOthers.join('、')}的负责人没有账号,已发给工作人员。` : '',
      lost.length > 0 ? `${lost.join('、')}没有可以送达的人员,请另行电话通知。` : '',
    ].join(''),
  };
}

export function tellAccount(account: string, text: string, { platforms }: RequestWorld): Effect[] {
  const chat = directChat(account);
  return chat && platforms.has(chat.platform) ? [send(chat, { text })] : [];
}

/** The name that a button's token stands for. */
export const named = (names: readonly string[], token: string): string | null =>
  names.find((name) => tokenOf(name) === token) ?? null;

/** Whom the words name of those on the sheet, a team also by what it is called, and how they call it. */
export function bodyIn(
  text: string,
  { township, bodies }: Sheet,
  { organizations, mentions }: Directory,
): { body: string; alias: string } | null {
  const teams = organizations.filter(({ kind, parent }) => kind === 'team' && parent === township);
  const called = teams.flatMap((team) =>
    [teamName(team), team.name, ...team.aliases].map((alias) => ({ body: teamName(team), alias })),
  );
  const units = mentions(text).map(({ unit, alias }) => ({ body: unit, alias }));
  const found = [...called, ...units].filter(
    ({ body, alias }) => bodies.includes(body) && text.includes(alias),
  );
  return found.sort((a, b) => b.alias.length - a.alias.length)[0] ?? null;
}
