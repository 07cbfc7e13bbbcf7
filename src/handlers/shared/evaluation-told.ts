/** Who hears of an evaluation without asking: those who are scored, whose score was appealed, who has not filled in; the end. */
import { formatInstant, toLocal } from '../../calendar/local.js';
import { addWorkingDays, startOfWork } from '../../calendar/workdays.js';
import type { Evaluation, Sheet } from '../../core/evaluation.js';
import type { Effect } from '../../core/types.js';
import { appealUntil, missingIn } from '../../evaluation/machine.js';
import { scoresText, spanOf } from '../../evaluation/view.js';
import { bureauOf, teamsOf } from '../../organizations/recipients.js';
import type { RequestWorld } from '../../requests/effects.js';
import { tellLevel, tellUnit, type Judging } from './evaluation.js';

export const EVALUATION_KIND = 'evaluation';
/** After the day by which the sheets are to be filled in, what is missing is named again so often, working days. */
const AGAIN_DAYS = 2;

/** What the end of an evaluation is judged by. */
export const termsOf = ({ ctx, world }: Judging) => ({ now: ctx.now, calendar: world.calendar });

/** What an act has changed, told to those whom it concerns and who did not do it. */
export function toldOf(before: Evaluation, after: Evaluation, world: RequestWorld, now: number): Effect[] {
  const wasConfirmed = (township: string) =>
    before.sheets.some((it) => it.township === township && it.confirmed !== null);
  const confirmed = after.sheets.filter((it) => it.confirmed !== null && !wasConfirmed(it.township));
  const decided = after.appeals.filter(
    (it) => it.decision !== null && before.appeals.find(({ id }) => id === it.id)?.decision === null,
  );
  const isEnded = after.closed !== null && before.closed === null;
  const end = `${spanOf(after)}评价期已结束。发送“评价期”查看结果。`;
  return [
    ...confirmed.flatMap((sheet) => scored(after, sheet, world, now)),
    ...decided.flatMap(({ township, body, decision }) =>
      tellUnit(
        township,
        `对贵镇(街)给${body}评分的申诉,督办决定${decision?.isUpheld === true ? '成立,该项评分不计' : '不成立,评分保留'}:${decision?.reason ?? ''}`,
        world,
      ),
    ),
    ...(isEnded
      ? [...after.sheets.map(({ township }) => township), ...bodiesOf(after, world)].flatMap((unit) =>
          tellUnit(unit, end, world),
        )
      : []),
  ];
}

/** Each body, and the bureau that a team belongs to: what was given, and until when it may be appealed. */
function scored(evaluation: Evaluation, sheet: Sheet, world: RequestWorld, now: number): Effect[] {
  const until = appealUntil(evaluation, sheet, world.calendar);
  const span = until === null ? '' : `在${formatInstant(until, now)}前`;
  return sheet.rows.flatMap((row) => {
    const words = row.words ? `(${row.words})` : '';
    const text = `${spanOf(evaluation)}评价期,${sheet.township}对${row.body}的评分已确认:${scoresText(evaluation, row)}${words}。有异议的,请${span}发送“评价期”申诉,写明理由和事实。`;
    const bureau = bureauIn(row.body, world);
    const own = tellLevel(row.body, 'head', text, world);
    return unique([
      ...own,
      ...(own.length > 0 && bureau === null ? [] : tellLevel(row.body, 'person', text, world)),
      ...(bureau === null ? [] : tellLevel(bureau, 'head', text, world)),
    ]);
  });
}

function bureauIn(body: string, { directory }: RequestWorld): string | null {
  const team = teamsOf(directory).find(({ name }) => name === body);
  return team ? bureauOf(directory, team.office) : null;
}

/** The departments, and the bureaus of the teams: whose heads hear that it is over. */
const bodiesOf = ({ sheets }: Evaluation, world: RequestWorld): string[] => [
  ...new Set(sheets.flatMap(({ bodies }) => bodies.map((body) => bureauIn(body, world) ?? body))),
];

const unique = (effects: Effect[]): Effect[] => [
  ...new Map(effects.map((it) => [JSON.stringify(it.kind === 'send' ? it.to : it), it])).values(),
];

const timerAt = ({ id }: Pick<Evaluation, 'id'>, runAt: number): Effect => ({
  kind: 'schedule',
  timer: { key: `${EVALUATION_KIND}:${id}`, runAt, kind: EVALUATION_KIND, payload: { id } },
});

/** In the morning of the day by which the sheets are to be confirmed. */
export const firstRound = (evaluation: Evaluation, { calendar }: RequestWorld): Effect[] =>
  evaluation.fillDays === undefined
    ? []
    : [timerAt(evaluation, morningIn(evaluation.fillDays, evaluation.openedAt, calendar))];

const morningIn = (days: number, from: number, calendar: RequestWorld['calendar']): number =>
  startOfWork(calendar, addWorkingDays(calendar, toLocal(from).date, days).date);

/** Who still has something to do is reminded, and 督办 hears what the end waits for; until it has ended. */
export function roundOf(evaluation: Evaluation, world: RequestWorld, now: number): Effect[] {
  if (evaluation.closed) return [];
  const open = evaluation.sheets.filter(({ confirmed }) => confirmed === null);
  const appeals = evaluation.appeals.filter(({ decision }) => decision === null);
  const span = spanOf(evaluation);
  const waits = [
    open.length > 0 ? `${open.map(({ township }) => township).join('、')}还没有确认` : '',
    appeals.length > 0 ? `${appeals.map(({ id }) => id).join('、')}申诉待决定` : '',
  ].filter(Boolean);
  const desk = waits.length > 0 ? `${waits.join(',')}。` : '各镇街都已确认,没有待决定的申诉,可以结束。';
  const told = open.map((sheet) => {
    const missing = missingIn(sheet).length;
    const left = missing > 0 ? `还有 ${missing} 个单位没有打分` : '已打完分,待负责人确认';
    return tellUnit(sheet.township, `${span}评价期:${left}。请发送“评价期”办理。`, world);
  });
  const lost = open.flatMap(({ township }, i) => (told[i]?.length === 0 ? [township] : []));
  const call = lost.length > 0 ? `${lost.join('、')}没有可以送达的人员,请另行电话通知。` : '';
  return [
    ...told.flat(),
    ...tellLevel('', 'deadline-office', `${span}评价期:${desk}${call}发送“评价期”查看。`, world),
    timerAt(evaluation, morningIn(AGAIN_DAYS, now, world.calendar)),
  ];
}
