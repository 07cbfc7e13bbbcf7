/** What people may do to an evaluation, and what it becomes. Pure; what is given is never changed. */
import type { Appeal, Evaluation, ScoreRow, Sheet, Signer } from '../core/evaluation.js';
import type { Role } from '../core/domain.js';
import type { Calendar } from '../calendar/calendar.js';
import { formatInstant, toLocal } from '../calendar/local.js';
import { addWorkingDays, endOfWork } from '../calendar/workdays.js';
import type { Period } from '../calendar/periods.js';
import type { Directory } from '../organizations/directory.js';
import { bureauOf, teamsOf } from '../organizations/recipients.js';
import type { Form } from './form.js';

/** Who acts. `team`: the stationed team that the person belongs to; it speaks for its bureau, not for the township. */
export type Judge = Signer & { team?: string; bureau?: string; roles: readonly Role[] };
export type Outcome = { ok: true; evaluation: Evaluation } | { ok: false; reason: string };

const refuse = (reason: string): Outcome => ({ ok: false, reason });
const REASON_MIN = 5;
export const WORDS_MAX = 500;

const has = ({ roles }: Judge, ...wanted: Role[]): boolean => roles.some((role) => wanted.includes(role));
export const isOffice = (judge: Judge): boolean => has(judge, 'deadline-office');
/** Those who see every sheet. */
export const seesEverySheet = (judge: Judge): boolean =>
  has(judge, 'deadline-office', 'county-leader', 'list-office');
const signer = ({ account, name, organization }: Judge): Signer => ({ account, name, organization });

export function openEvaluation(
  {
    form,
    directory,
    period,
    id,
    now,
  }: { form: Form; directory: Directory; period: Period; id: string; now: number },
  judge: Judge,
): Outcome {
  if (!isOffice(judge)) return refuse('评价期由督办开启。');
  const teams = teamsOf(directory);
  const sheets = directory.organizations
    .filter(({ kind }) => kind === 'township')
    .map(({ name: township }): Sheet => {
      const own = form.teams ? teams.filter((it) => it.township === township).map(({ name }) => name) : [];
      return { township, bodies: [...own, ...form.departments], rows: [], confirmed: null };
    })
    .filter(({ bodies }) => bodies.length > 0);
  if (sheets.length === 0) return refuse('单位名录中没有可以评价的镇街和派驻机构。');
  const { title, dimensions, reasonBelow, signatures, appealDays, fillDays } = form;
  return {
    ok: true,
    evaluation: {
      ...{ id, version: 0, title, reasonBelow, signatures: [...signatures], appealDays },
      ...(fillDays !== undefined && { fillDays }),
      dimensions: structuredClone(dimensions),
      ...{ from: period.from, to: period.to, openedBy: signer(judge), openedAt: now, closed: null },
      sheets,
      appeals: [],
    },
  };
}

export const sheetOf = ({ sheets }: Evaluation, township: string): Sheet | null =>
  sheets.find((it) => it.township === township) ?? null;
export const rowOf = (sheet: Sheet, body: string): ScoreRow | null =>
  sheet.rows.find((it) => it.body === body) ?? null;
export const totalOf = ({ values }: Pick<ScoreRow, 'values'>): number =>
  Object.values(values).reduce((sum, n) => sum + n, 0);
export const fullMarks = ({ dimensions }: Pick<Evaluation, 'dimensions'>): number =>
  dimensions.reduce((sum, { max }) => sum + max, 0);
export const isLow = (row: Pick<ScoreRow, 'values'>, evaluation: Evaluation): boolean =>
  totalOf(row) < (fullMarks(evaluation) * evaluation.reasonBelow) / 100;
export const missingIn = (sheet: Sheet): string[] =>
  sheet.bodies.filter((body) => rowOf(sheet, body) === null);

/** Why the person may not fill in a sheet now, or null. */
function whyNotFill(evaluation: Evaluation, judge: Judge): string | null {
  if (judge.team !== undefined)
    return `派驻机构的人员代表派出单位,不能代表镇街打分。请由${judge.organization}的工作人员填写。`;
  const sheet = sheetOf(evaluation, judge.organization);
  if (!sheet || !has(judge, 'township-cadre', 'township-leader')) return '评分由镇街的工作人员填写。';
  if (evaluation.closed) return '本次评价期已经结束,不能再填写。';
  return sheet.confirmed ? `${sheet.township}的评分已由${sheet.confirmed.by.name}确认,不能再改。` : null;
}

/** `scores` in the order of the dimensions. */
export function scoreBody(
  evaluation: Evaluation,
  { body, scores, words, now }: { body: string; scores: readonly number[]; words: string; now: number },
  judge: Judge,
): Outcome {
  const refused = whyNotFill(evaluation, judge);
  if (refused !== null) return refuse(refused);
  const sheet = sheetOf(evaluation, judge.organization);
  if (!sheet?.bodies.includes(body)) return refuse(`${body}不在本次评价的对象中。`);
  const { dimensions } = evaluation;
  const names = dimensions.map(({ name, max }) => `${name}(满分${max})`).join('、');
  if (scores.length !== dimensions.length) return refuse(`请依次写 ${dimensions.length} 个分数:${names}。`);
  const beyond = dimensions.find(({ max }, i) => !((scores[i] ?? -1) >= 0 && (scores[i] ?? 0) <= max));
  if (beyond) return refuse(`“${beyond.name}”应在 0 到 ${beyond.max} 分之间。请依次写:${names}。`);
  const values = Object.fromEntries(dimensions.map(({ id }, i) => [id, scores[i] ?? 0]));
  const said = words.trim().slice(0, WORDS_MAX);
  if (isLow({ values }, evaluation) && said.length < REASON_MIN)
    return refuse(
      `合计低于满分的 ${evaluation.reasonBelow}%,请在分数后面写明理由(不少于 ${REASON_MIN} 个字)。`,
    );
  const row: ScoreRow = { body, values, words: said, by: signer(judge), at: now };
  return withSheet(evaluation, { ...sheet, rows: [...sheet.rows.filter((it) => it.body !== body), row] });
}

const withSheet = (evaluation: Evaluation, sheet: Sheet): Outcome => ({
  ok: true,
  evaluation: {
    ...evaluation,
    sheets: evaluation.sheets.map((it) => (it.township === sheet.township ? sheet : it)),
  },
});

export function confirmSheet(evaluation: Evaluation, judge: Judge, now: number): Outcome {
  const refused = whyNotFill(evaluation, judge);
  if (refused !== null) return refuse(refused);
  const sheet = sheetOf(evaluation, judge.organization);
  if (!sheet) return refuse('评分由镇街的工作人员填写。');
  if (!has(judge, 'township-leader')) return refuse(`评分由${sheet.township}负责人确认。`);
  const missing = missingIn(sheet);
  if (missing.length > 0) return refuse(`还有 ${missing.length} 个单位没有打分:${missing.join('、')}。`);
  return withSheet(evaluation, { ...sheet, confirmed: { by: signer(judge), at: now } });
}

/** Whether the person speaks for a body: its own people, and those of the bureau that it belongs to. */
export function speaksFor(judge: Judge, body: string, directory: Directory): boolean {
  if (judge.team !== undefined) return judge.team === body;
  if (judge.organization === body) return has(judge, 'department-officer', 'department-head');
  const team = teamsOf(directory).find(({ name }) => name === body);
  return (
    team !== undefined &&
    bureauOf(directory, team.office) === judge.organization &&
    has(judge, 'department-officer', 'department-head')
  );
}

export type RowSeen = { township: string; row: ScoreRow; appeal: Appeal | null };

/** The confirmed scores of the bodies that the person speaks for. */
export const rowsFor = (evaluation: Evaluation, judge: Judge, directory: Directory): RowSeen[] =>
  evaluation.sheets.flatMap(({ township, rows, confirmed }) =>
    confirmed
      ? rows
          .filter(({ body }) => speaksFor(judge, body, directory))
          .map((row) => ({ township, row, appeal: appealOn(evaluation, township, row.body) }))
      : [],
  );

export const appealOn = ({ appeals }: Evaluation, township: string, body: string): Appeal | null =>
  appeals.find((it) => it.township === township && it.body === body) ?? null;

/** Why the person may not appeal, or null. */
export function whyNotAppeal(
  evaluation: Evaluation,
  { township, body }: { township: string; body: string },
  judge: Judge,
  directory: Directory,
): string | null {
  if (evaluation.closed) return '本次评价期已经结束,不能再申诉。';
  if (!speaksFor(judge, body, directory)) return `对${body}评分的申诉,由该单位或其主管部门提出。`;
  const sheet = sheetOf(evaluation, township);
  if (!sheet?.confirmed || !rowOf(sheet, body)) return `${township}还没有确认对${body}的评分。`;
  return appealOn(evaluation, township, body) ? '对这一评分已经申诉过,每项评分申诉一次。' : null;
}

export function appealScore(
  evaluation: Evaluation,
  { township, body, reason, now }: { township: string; body: string; reason: string; now: number },
  judge: Judge,
  directory: Directory,
): Outcome {
  const refused = whyNotAppeal(evaluation, { township, body }, judge, directory);
  if (refused !== null) return refuse(refused);
  const said = reason.trim().slice(0, WORDS_MAX);
  if (said.length < REASON_MIN) return refuse(`请写明申诉的理由和事实(不少于 ${REASON_MIN} 个字)。`);
  const id = `S${evaluation.appeals.length + 1}`;
  const appeal: Appeal = { id, township, body, reason: said, by: signer(judge), at: now, decision: null };
  return { ok: true, evaluation: { ...evaluation, appeals: [...evaluation.appeals, appeal] } };
}

export function whyNotDecide(evaluation: Evaluation, id: string, judge: Judge): string | null {
  if (!isOffice(judge)) return '申诉由督办核实决定。';
  const appeal = evaluation.appeals.find((it) => it.id === id);
  if (!appeal) return `没有申诉 ${id}。`;
  if (evaluation.closed) return '本次评价期已经结束。';
  return appeal.decision ? `申诉 ${id} 已经决定。` : null;
}

export function decideAppeal(
  evaluation: Evaluation,
  { id, isUpheld, reason, now }: { id: string; isUpheld: boolean; reason: string; now: number },
  judge: Judge,
): Outcome {
  const refused = whyNotDecide(evaluation, id, judge);
  if (refused !== null) return refuse(refused);
  const said = reason.trim().slice(0, WORDS_MAX);
  if (said.length < REASON_MIN) return refuse(`请写明核实情况和理由(不少于 ${REASON_MIN} 个字)。`);
  const decision = { isUpheld, reason: said, by: signer(judge), at: now };
  const appeals = evaluation.appeals.map((it) => (it.id === id ? { ...it, decision } : it));
  return { ok: true, evaluation: { ...evaluation, appeals } };
}

/** Until when the scores of a sheet may be appealed at the least; null where that is not set or nothing is confirmed. */
export function appealUntil(
  { appealDays }: Evaluation,
  { confirmed }: Sheet,
  calendar: Calendar,
): number | null {
  if (!confirmed || appealDays === undefined || appealDays === 0) return null;
  return endOfWork(calendar, addWorkingDays(calendar, toLocal(confirmed.at).date, appealDays).date);
}

export function whyNotClose(
  evaluation: Evaluation,
  judge: Judge,
  { now, calendar }: { now: number; calendar: Calendar },
): string | null {
  if (!isOffice(judge)) return '评价期由督办结束。';
  if (evaluation.closed) return '本次评价期已经结束。';
  const open = evaluation.appeals.filter(({ decision }) => decision === null);
  const until = Math.max(...evaluation.sheets.map((it) => appealUntil(evaluation, it, calendar) ?? 0));
  if (until > now) return `被评价单位的申诉期到${formatInstant(until, now)},期满后才能结束。`;
  return open.length > 0
    ? `还有 ${open.length} 件申诉没有决定(${open.map(({ id }) => id).join('、')}),决定后才能结束。`
    : null;
}

export function closeEvaluation(
  evaluation: Evaluation,
  judge: Judge,
  at: { now: number; calendar: Calendar },
): Outcome {
  const refused = whyNotClose(evaluation, judge, at);
  if (refused !== null) return refuse(refused);
  return { ok: true, evaluation: { ...evaluation, closed: { by: signer(judge), at: at.now } } };
}

/** Scores that count: confirmed, and not taken out by an appeal that was upheld. */
export const countedRows = (evaluation: Evaluation): { township: string; row: ScoreRow }[] =>
  evaluation.sheets.flatMap(({ township, rows, confirmed }) =>
    confirmed
      ? rows
          .filter(({ body }) => appealOn(evaluation, township, body)?.decision?.isUpheld !== true)
          .map((row) => ({ township, row }))
      : [],
  );

/** Under which name a body's scores are brought together: a team's bureau, a department itself. */
export function departmentOf(body: string, directory: Directory): string {
  const team = teamsOf(directory).find(({ name }) => name === body);
  return team ? (bureauOf(directory, team.office) ?? team.office) : body;
}
