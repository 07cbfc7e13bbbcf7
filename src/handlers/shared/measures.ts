/** What the handlers of rectification measures share: which ones a person sees, which one is meant. */
import type { Person } from '../../core/domain.js';
import { MAY } from '../../reminders/permissions.js';
import { allMeasures, isMeasure, unitsOf, type MeasureReminder } from '../../reminders/measures.js';
import type { HandlerDeps } from '../deps.js';
import type { StoreReader } from '../../core/store.js';

export const seesAll = (person: Person): boolean =>
  person.roles.some((role) => MAY['see-all-measures'].includes(role));

/** Those of the person's unit, done ones among them; all of the county for the offices that watch over them. */
export async function measuresFor(
  read: StoreReader,
  person: Person,
  { knowledge }: HandlerDeps,
): Promise<MeasureReminder[]> {
  if (seesAll(person)) return allMeasures(read);
  const units = new Set([person.organization, knowledge().directory.unitOf(person)]);
  const found = await Promise.all(
    [...units].map((recipient) => read.findReminders({ recipient, source: 'measure' })),
  );
  return found.flat().filter(isMeasure);
}

export const isResponsible = (
  person: Person,
  measure: MeasureReminder,
  { knowledge }: HandlerDeps,
): boolean => {
  const units = unitsOf(measure);
  return units.includes(person.organization) || units.includes(knowledge().directory.unitOf(person));
};

/** `3 已完成两项`, `第3项:…`: the measure of the number, and what stands behind it. The longest number that fits counts. */
export function numberedIn(
  text: string,
  measures: readonly MeasureReminder[],
): { measure: MeasureReminder; rest: string } | null {
  const words = text.trim().replace(/^第\s*/, '');
  const fits = (number: string) => words.startsWith(number) && !/^[\d.-]*\d/.test(words.slice(number.length));
  const [measure] = measures
    .filter(({ reference }) => fits(reference))
    .sort((a, b) => b.reference.length - a.reference.length);
  if (!measure) return null;
  const rest = words
    .slice(measure.reference.length)
    .replace(/^\s*(?:[项号](?![\u4e00-\u9fff]))?[\s:\uff1a,\uff0c、.。]*/, '');
  return { measure, rest: rest.trim() };
}
