/** 待督办: the open requests that 督办 has to look after, why, and whose part it is. Pure. */
import { formatInstant } from '../calendar/local.js';
import { isEnded } from '../core/request.js';
import type { RequestCase } from './case.js';
import { clocksOf } from './clock.js';
import { activeOf, currentLead, reviewEvent } from './log.js';
import { briefOf } from './words.js';

/** unsigned, overdue: a part whose time is over · low: a second low rating · reopened: twice or more · unreached: nobody of the unit could be written to, or some could not, and nobody has signed. */
export type Watch = {
  reason: 'unsigned' | 'overdue' | 'low' | 'reopened' | 'unreached';
  organization: string;
  /** When the time of the part was over; null where none is. */
  dueAt: number | null;
};

const REOPENED_OFTEN = 2;

/** The most pressing first; none: nobody has to look after it. */
export function watchesOf(on: RequestCase): Watch[] {
  const { request, now } = on;
  if (isEnded(request)) return [];
  const unitOf = (assignment: string): string =>
    request.assignments.find(({ id }) => id === assignment)?.organization ?? '';
  const past = clocksOf(on).filter(({ isRunning, dueAt }) => isRunning && dueAt < now);
  const late = (clock: 'sign' | 'answer', reason: Watch['reason']): Watch[] =>
    past
      .filter((it) => it.clock === clock)
      .map(({ assignment, dueAt }) => ({ reason, organization: unitOf(assignment), dueAt }));
  const lead = currentLead(request)?.organization ?? '';
  const reopened = request.events.filter(({ kind }) => kind === 'reopened').length;
  const unreached = activeOf(request).filter(
    ({ id, status }) =>
      status === 'waiting' &&
      request.events.some(({ kind, assignment }) => kind === 'unreached' && assignment === id),
  );
  const plain = (reason: Watch['reason'], organization: string): Watch => ({
    reason,
    organization,
    dueAt: null,
  });
  const all = [
    ...(reviewEvent(request) ? [plain('low', lead)] : []),
    ...late('answer', 'overdue'),
    ...late('sign', 'unsigned'),
    ...(reopened >= REOPENED_OFTEN ? [plain('reopened', lead)] : []),
    ...unreached.map(({ organization }) => plain('unreached', organization)),
  ];
  // Several callers have each a clock on the same part.
  return all.filter(
    (it, i) => all.findIndex((o) => o.reason === it.reason && o.organization === it.organization) === i,
  );
}

const WORDS: Readonly<Record<Watch['reason'], string>> = {
  low: '再次评价较低,待核查',
  overdue: '逾期未答复',
  unsigned: '逾期未签收',
  reopened: '已两次以上重新办理',
  unreached: '有人员未送达,尚未签收',
};

/** `县水利局逾期未答复(时限12月7日(周一)18:00)`. */
export const watchText = ({ reason, organization, dueAt }: Watch, now: number): string =>
  `${organization}${WORDS[reason]}${dueAt === null ? '' : `(时限${formatInstant(dueAt, now)})`}`;

const TEXT_SHOWN = 24;

export const WATCH_COLUMNS = [
  { label: '请求', share: 44 },
  { label: '单位', share: 26 },
  { label: '事由', share: 30 },
];

/** A row of the table says what the line says. */
export const watchRow = (on: RequestCase, watches: readonly Watch[]): { cells: string[]; text: string } => {
  const { request, policy, now } = on;
  const units = [...new Set(watches.map(({ organization }) => organization))];
  const reasonOf = (it: Watch): string =>
    units.length > 1
      ? watchText(it, now)
      : `${WORDS[it.reason]}${it.dueAt === null ? '' : `(时限${formatInstant(it.dueAt, now)})`}`;
  return {
    cells: [
      `${request.number} ${briefOf(request, policy, TEXT_SHOWN)}`,
      units.join('、'),
      watches.map(reasonOf).join(';'),
    ],
    text: watchLine(on, watches),
  };
};

/** Of a person nothing is said but the kind. */
export const watchLine = ({ request, policy, now }: RequestCase, watches: readonly Watch[]): string =>
  `${request.number} ${briefOf(request, policy, TEXT_SHOWN)}:${watches.map((it) => watchText(it, now)).join(';')}`;
