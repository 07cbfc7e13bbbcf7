/** Of several to whom a reminder goes some are named, who are to hear of it no more, or alone. Pure. */
import type { Reminder } from '../core/reminder.js';
import { CANCELS } from '../reminders/speech.js';
import { namedRecipients } from '../reminders/recipient-names.js';
import type { ReadingDeps } from './reading.js';

const CLAUSES = /[,\uff0c。;\uff1b\s]+/;

/** 何乙不用了, 水利局不用了: not all of them are named; in the plain form, null where nobody is. */
export function takenOut(raw: string, reminder: Reminder, deps: ReadingDeps): string | null {
  const clause = raw.split(CLAUSES).find((it) => CANCELS.test(it)) ?? '';
  // 张湾报过了 不用再喊他们: who they are stands before.
  const said = /[他她]们?/.test(clause) ? raw : clause;
  const names = namesIn(said, reminder, deps);
  return names.length > 0 && names.length < reminder.to.length ? `不再提醒${names.join('、')}` : null;
}

/** 除了水利局其他不用: the one who stays. */
export function leftAlone(kept: string, reminder: Reminder, deps: ReadingDeps): string | null {
  const [name, second] = namesIn(kept, reminder, deps);
  return name !== undefined && second === undefined && reminder.to.length > 1 ? `改成提醒${name}` : null;
}

function namesIn(words: string, { to }: Reminder, { knowledge }: ReadingDeps): string[] {
  if (words === '' || to.length < 2) return [];
  const units = knowledge().directory.mentions(words);
  const people = namedRecipients(to, words);
  return to.flatMap((it) => {
    if (it.kind === 'person')
      return people.flatMap(({ recipient, name }) => (recipient === it ? [name] : []));
    const unit = it.kind === 'unit' ? units.find((one) => one.unit === it.organization) : undefined;
    return unit ? [unit.alias] : [];
  });
}
