/** The matters that the decision is fitted on, as the calibration files have them, and as rows. */
import { z } from 'zod';
import type { List, Responsibility, Row } from '../core/domain.js';

/** One line of `knowledge/calibration/matters.jsonl`. */
export const Matter = z.object({
  id: z.string(),
  domain: z.string(),
  matter: z.string(),
  duty: z.string(),
  questions: z.array(z.string()).min(1),
});
export type Matter = z.infer<typeof Matter>;

/** Messages that no list answers: one line of `knowledge/calibration/outside.jsonl`. */
export const OutsideMessage = z.object({
  q: z.string(),
  kind: z.string(),
  /** Written to lie as near to listed matters as can be: good to fit on, not what a chat is full of. */
  near: z.boolean().default(false),
});
export type OutsideMessage = z.infer<typeof OutsideMessage>;

/**
 * One line of `knowledge/calibration/asked.jsonl`: what was asked of the sample county, and the keys (`list/number`) of the rows
 * that answer it; none where no row does.
 */
export const SampleQuestion = z.strictObject({ q: z.string(), gold: z.array(z.string()) });
export type SampleQuestion = z.infer<typeof SampleQuestion>;

/** Every third matter teaches the intent model what asking looks like; the decision is fitted on the others. */
export const teachesAsking = (_: Matter, index: number): boolean => index % 3 === 0;

export const LIST: List = {
  id: 'draw',
  title: '',
  kind: 'territorial',
  issuer: '',
  documentNumber: '',
  editionLabel: '',
  effective: '',
  scope: { county: '' },
};

/** A clause of a duty that begins with a unit: 县水利局负责…… */
const UNIT_CLAUSE =
  /^([\u4e00-\u9fff()\uff08\uff09]{2,16}?(?:局|委|办公室|编办|组织部|宣传部|统战部|社会工作部|人武部|中心|大队|公司|法院|检察院))(?=[^局办])/;

/** `县水利局负责……;乡镇负责……`, as the calibration file writes it, by unit; joined again it is the same text. */
function parseDuty(duty: string): Responsibility[] {
  const parts: Responsibility[] = [];
  for (const clause of duty.split(/(?<=[;\uff1b])/)) {
    const unit = UNIT_CLAUSE.exec(clause)?.[1] ?? '';
    const last = parts.at(-1);
    if (unit || !last) parts.push({ unit, duty: clause.slice(unit.length) });
    else last.duty += clause;
  }
  return parts;
}

export const rowOf = (matter: Matter, listId = LIST.id, askedAs: string[] = []): Row => ({
  listId,
  number: matter.id,
  domain: matter.domain,
  matter: matter.matter,
  lead: parseDuty(matter.duty),
  support: [],
  basis: [],
  askedAs,
  line: 0,
});
