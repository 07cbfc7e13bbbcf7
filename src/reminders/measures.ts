/** 整改措施: a measure as a reminder of its units, from the row of a table. */
import { addDays, type LocalDate } from '../calendar/local.js';
import type { Deadline, Measure, Occurrence, Progress, Recipient, Reminder } from '../core/reminder.js';
import type { Effect } from '../core/types.js';
import type { ReminderWorld } from './deps.js';
import { dropPlanned, reminderTimerKey, planOrWait } from './planning.js';
import type { StoreReader } from '../core/store.js';
import { untoldOf } from './ledger.js';
import { shorten } from '../text/shorten.js';

/** One row of the table, checked. */
export type MeasureRow = {
  /** As printed; unique. */
  number: string;
  aspect: string;
  text: string;
  /** Names of the directory. */
  units: string[];
  /** Whom the reminders of the unit reach first. */
  person?: string;
  deadline: LocalDate;
  /** As printed; empty when nothing is reported. */
  progress: string;
};

/** A reminder that was made from a measure. */
export type MeasureReminder = Reminder & { reference: string; measure: Measure; when: Deadline };

/** Owner of what a table brought. */
const OF_TABLE = '督办';
/** So many working days before the deadline; then on its day, and every Monday after it. */
const WORKDAYS_BEFORE = [10, 3];
/** 08:00, early enough for the summary of the same morning. */
const MINUTES = 8 * 60;
const TEXT_MAX = 80;

const DONE = /^(?:已完成|完成|已办结|办结|已销号|销号|已整改|整改完成|100%)[。!]?$/;
export const isDoneText = (progress: string): boolean => DONE.test(progress);

export const isMeasure = (reminder: Reminder): reminder is MeasureReminder =>
  reminder.source === 'measure' &&
  reminder.reference !== undefined &&
  reminder.measure !== undefined &&
  reminder.when.kind === 'deadline';

export const allMeasures = async (read: Pick<StoreReader, 'findReminders'>): Promise<MeasureReminder[]> =>
  (await read.findReminders({ source: 'measure' })).filter(isMeasure);

/** What an import has to know: all measures, by number. */
export const storedMeasures = async (
  read: Pick<StoreReader, 'findReminders'>,
): Promise<Map<string, MeasureReminder>> =>
  new Map((await allMeasures(read)).map((it) => [it.reference, it]));

export const unitsOf = ({ to }: Pick<Reminder, 'to'>): string[] =>
  to.flatMap((it) => (it.kind === 'unit' ? [it.organization] : []));

/** Who is named for it. */
export const personsOf = ({ to }: Pick<Reminder, 'to'>): string[] => [
  ...new Set(to.flatMap((it) => (it.kind === 'unit' && it.person !== undefined ? [it.person] : []))),
];

const deadlineOf = (date: LocalDate): Deadline => ({
  kind: 'deadline',
  date,
  workdaysBefore: WORKDAYS_BEFORE,
  minutes: MINUTES,
  overdue: { rrule: 'FREQ=WEEKLY;BYDAY=MO', from: addDays(date, 1), times: [MINUTES], shift: 'next' },
});

/** What the table says of the reminder. */
const partsOf = ({ number, aspect, text, units, person, deadline }: MeasureRow) => ({
  reference: number,
  text: `整改措施${number}(时限${deadline}):${shorten(text, TEXT_MAX)}`,
  to: units.map((organization): Recipient => ({
    kind: 'unit',
    organization,
    ...(person !== undefined && { person }),
  })),
  when: deadlineOf(deadline),
  said: `时限${deadline}`,
  aspect,
});

export type ImportTerms = {
  /** What is stored, by number. */
  existing: ReadonlyMap<string, MeasureReminder>;
  read: Pick<StoreReader, 'findOccurrences'>;
  /** Id of a new reminder. */
  takeId: () => Promise<string>;
  /** The office that watches over the measures. */
  office: string;
  /** `unit name` of who imports, noted beside a progress of the table. */
  by: string;
  world: ReminderWorld;
  now: number;
};

export type ImportCounts = { added: number; changed: number; unchanged: number };

/** Everything in one commit. What was reported in the chat stays; what the table says replaces the rest. */
export async function importEffects(
  rows: readonly MeasureRow[],
  terms: ImportTerms,
): Promise<{ effects: Effect[]; counts: ImportCounts }> {
  const effects: Effect[] = [];
  const counts: ImportCounts = { added: 0, changed: 0, unchanged: 0 };
  for (const row of rows) {
    const stored = terms.existing.get(row.number);
    const made = await (stored ? changed(row, stored, terms) : added(row, terms));
    counts[stored ? (made.length > 0 ? 'changed' : 'unchanged') : 'added']++;
    effects.push(...made);
  }
  return { effects, counts };
}

/** 方面 of what was registered in words, and how its number begins: no number of a table is like it. */
const SAID = { aspect: '日常登记', number: '登' };

/** One that was registered in words. `by`: who registered it, and may change its deadline and open it again. */
export async function registerEffects(
  said: Pick<MeasureRow, 'text' | 'units' | 'person' | 'deadline'> & { n: number },
  by: { name: string; organization: string },
  terms: Pick<ImportTerms, 'takeId' | 'world' | 'now'>,
): Promise<{ measure: Reminder; effects: Effect[] }> {
  const { n, ...row } = said;
  const { aspect, ...parts } = partsOf({
    ...row,
    aspect: SAID.aspect,
    number: `${SAID.number}${n}`,
    progress: '',
  });
  const made: Reminder = {
    ...parts,
    ...{ id: await terms.takeId(), version: 0, source: 'measure' },
    measure: { aspect, text: row.text, progress: [], doneAt: null },
    // Without an account: it is none of the reminders that they set for themselves.
    owner: { account: '', name: by.name, organization: by.organization },
    ...{ late: 'send', isUrgent: false, channel: 'digest', status: 'active', edits: 0 },
    ...{ nextAt: null, ruleAt: null, createdAt: terms.now },
  };
  const { reminder, effects } = planOrWait(made, terms.world, terms.now);
  return { measure: reminder, effects };
}

/** It came with a table, and nobody registered it in words. */
export const isImported = ({ owner }: Pick<Reminder, 'owner'>): boolean => owner.name === OF_TABLE;

export const isRegisteredBy = (
  { owner }: Pick<Reminder, 'owner'>,
  person: { name: string; organization: string },
): boolean => owner.name === person.name && owner.organization === person.organization;

/** With another deadline. */
export function postponedEffects(
  stored: MeasureReminder,
  { deadline, entry }: { deadline: LocalDate; entry: Progress },
  untold: Occurrence[],
  { world, now }: Pick<ImportTerms, 'world' | 'now'>,
): Effect[] {
  const { measure, reference } = stored;
  const [person] = personsOf(stored);
  const units = unitsOf(stored);
  const row = {
    number: reference,
    aspect: measure.aspect,
    text: measure.text,
    units,
    deadline,
    progress: '',
  };
  const { text, when, said } = partsOf({ ...row, ...(person !== undefined && { person }) });
  const next: Reminder = {
    ...stored,
    ...{ text, when, said, status: 'active', edits: stored.edits + 1 },
    measure: { ...measure, progress: [...measure.progress, entry] },
  };
  return [...dropPlanned(untold, '时限已更改', now), ...planOrWait(next, world, now).effects];
}

/** Another answers for it: what is planned for the one before him is dropped. */
export function reassignedEffects(
  stored: MeasureReminder,
  { person, entry }: { person: string; entry: Progress },
  untold: Occurrence[],
  { world, now }: Pick<ImportTerms, 'world' | 'now'>,
): Effect[] {
  const next: Reminder = {
    ...stored,
    ...{ to: answeredBy(stored, person), status: 'active', edits: stored.edits + 1 },
    measure: { ...stored.measure, progress: [...stored.measure.progress, entry] },
  };
  return [...dropPlanned(untold, '责任人已更改', now), ...planOrWait(next, world, now).effects];
}

/** Its units, with whom their messages reach first. */
export const answeredBy = ({ to }: Pick<Reminder, 'to'>, person: string): Recipient[] =>
  to.map((it) => (it.kind === 'unit' ? { ...it, person } : it));

const progressOf = ({ progress }: MeasureRow, { by, now }: ImportTerms): Measure['progress'] =>
  progress === '' ? [] : [{ at: now, by, text: progress }];

async function added(row: MeasureRow, terms: ImportTerms): Promise<Effect[]> {
  const { aspect, ...parts } = partsOf(row);
  const { world, now, office } = terms;
  const doneAt = isDoneText(row.progress) ? now : null;
  const reminder: Reminder = {
    ...parts,
    id: await terms.takeId(),
    version: 0,
    source: 'measure',
    measure: { aspect, text: row.text, progress: progressOf(row, terms), doneAt },
    owner: { account: '', name: OF_TABLE, organization: office },
    late: 'send',
    isUrgent: false,
    channel: 'digest',
    status: doneAt === null ? 'active' : 'ended',
    edits: 0,
    nextAt: null,
    ruleAt: null,
    createdAt: now,
  };
  return doneAt === null
    ? planOrWait(reminder, world, now).effects
    : [{ kind: 'reminder', reminder, expectedVersion: 0 }];
}

async function changed(row: MeasureRow, stored: MeasureReminder, terms: ImportTerms): Promise<Effect[]> {
  const { aspect, ...parts } = partsOf(row);
  const { world, now } = terms;
  const isFirst = stored.measure.progress.length === 0;
  const progress = isFirst ? progressOf(row, terms) : stored.measure.progress;
  const doneAt = stored.measure.doneAt ?? (isFirst && isDoneText(row.progress) ? now : null);
  const measure: Measure = { aspect, text: row.text, progress, doneAt };
  const next: MeasureReminder = { ...stored, ...parts, measure };
  if (JSON.stringify(comparable(next)) === JSON.stringify(comparable(stored))) return [];
  const untold = await untoldOf(terms.read, stored.id);
  if (doneAt !== null) return endEffects(next, untold, now);
  const edited: Reminder = { ...next, status: 'active', edits: stored.edits + 1 };
  return [...dropPlanned(untold, '措施已重新导入', now), ...planOrWait(edited, world, now).effects];
}

/** What an import may change, in one order. */
const comparable = ({ text, to, when, measure }: MeasureReminder) => [
  text,
  unitsOf({ to }),
  to.map((it) => (it.kind === 'unit' ? (it.person ?? '') : '')),
  when.date,
  [measure.aspect, measure.text, measure.progress, measure.doneAt],
];

/** Done: nothing comes any more. */
export function endEffects(measure: MeasureReminder, untold: Occurrence[], now: number): Effect[] {
  const ended: Reminder = { ...measure, status: 'ended', nextAt: null, ruleAt: null };
  return [
    { kind: 'reminder', reminder: ended, expectedVersion: measure.version },
    { kind: 'cancel', key: reminderTimerKey(measure.id) },
    ...dropPlanned(untold, '措施已完成', now),
  ];
}
