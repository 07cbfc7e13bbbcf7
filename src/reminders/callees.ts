/** Whom names mean: people, all of an office or a township, the contact of a village, a unit. Pure. */
import type { Person } from '../core/domain.js';
import { personRecipient, type Recipient } from '../core/reminder.js';
import type { Directory } from '../organizations/directory.js';
import { calledFirst } from '../organizations/recipients.js';
import { audienceOf } from './audience.js';
import { namesFirst } from './name-runs.js';

/** `unbound`: those of them who have no account. */
export type Callees = { to: Recipient[]; unbound: string[] };

/** Of the names with which the words begin; nobody where there is none. */
export function calleesIn(words: string, person: Person, directory: Directory): Callees {
  const run = namesFirst(words, person, directory);
  const all = (run?.names ?? []).map((name) => calleesOf(name, person, directory));
  const to = all.flatMap((it) => it.to);
  return {
    to: to.filter((it, i) => to.findIndex((other) => isSameRecipient(other, it)) === i),
    unbound: all.flatMap((it) => it.unbound),
  };
}

function calleesOf(name: string, person: Person, directory: Directory): Callees {
  const called = calledFirst(name, directory, person.organization);
  if (called?.name === name) {
    const to = personRecipient(called);
    return { to: to ? [to] : [], unbound: to ? [] : [name] };
  }
  const several = audienceOf(name, person, directory);
  if (several) return { to: several.to, unbound: several.unbound };
  const village = directory.villages.find((it) => it.name === name && it.township === person.organization);
  if (village) {
    const { township, contact, accounts } = village;
    const to = personRecipient({ name: `${name} ${contact}`, organization: township, accounts });
    return { to: to ? [to] : [], unbound: to ? [] : [name] };
  }
  const [unit] = directory.mentions(name);
  return { to: unit ? [{ kind: 'unit', organization: unit.unit }] : [], unbound: [] };
}

export const isSameRecipient = (a: Recipient, b: Recipient): boolean =>
  (a.kind === 'person' && b.kind === 'person' && a.account === b.account) ||
  (a.kind === 'unit' && b.kind === 'unit' && a.organization === b.organization);
