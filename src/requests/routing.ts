/** From a row of the lists to the organizations and people that a request goes to. Pure. */
import type { Person, Responsibility, Row } from '../core/domain.js';
import { isConfidential, isRestricted, type Evidence, type Request } from '../core/request.js';
import type { IndexedRow } from '../lists/row-index.js';
import type { Directory } from '../organizations/directory.js';
import { isGenericTownship, isTownshipUnit } from '../organizations/names.js';
import type { Actor } from './moves.js';
import { bureauOf, countersOf, teamsOf, type RecipientHints } from '../organizations/recipients.js';
import type { Policy } from './policy.js';
import { isOfficeTask } from './log.js';

/** The row as it stands now, kept with the request for ever. */
export function evidenceOf({ ref, row, list }: IndexedRow): Evidence {
  return {
    ref,
    title: list.title,
    documentNumber: list.documentNumber,
    editionLabel: list.editionLabel,
    number: row.number,
    ...(row.domain !== '' && { domain: row.domain }),
    matter: row.matter,
    lead: row.lead.map((part) => ({ ...part })),
    support: row.support.map((part) => ({ ...part })),
    basis: [...row.basis],
  };
}

/**
 * Who is asked when the asker's township calls: the departments of the row, the first one in the lead. Townships are left
 * out: generic ones mean the caller itself. With `resolve`, names come as the directory spells them.
 */
export function routeOf(
  { lead, support }: Pick<Row, 'lead' | 'support'>,
  asker: string | null,
  resolve: Directory['resolve'] = (name) => name,
): { lead: string | null; support: string[] } {
  const departments = (parts: Responsibility[]): string[] =>
    parts
      .map(({ unit }) => unit)
      .filter((unit) => unit !== '' && unit !== asker && !isTownshipUnit(unit))
      .map((unit) => resolve(unit) ?? unit);
  const [first = null, ...others] = departments(lead);
  const rest = [...others, ...departments(support)];
  return { lead: first, support: [...new Set(rest)].filter((unit) => unit !== first) };
}

/**
 * 清单之外不得交办: only a row that gives a part to all these townships lets a task go to them. Rows of one township's own list
 * name only that one.
 */
export const allowsTask = (
  evidence: Pick<Evidence, 'lead' | 'support'> | null,
  townships: readonly string[],
): boolean =>
  evidence !== null &&
  townships.every((township) =>
    [...evidence.lead, ...evidence.support].some(
      ({ unit }) => isGenericTownship(unit) || (isTownshipUnit(unit) && unit.startsWith(township)),
    ),
  );

/** A bound person as one who acts. `account` is `platform:id`. */
export function actorOf(person: Person, account: string, directory: Directory): Actor {
  const team = teamsOf(directory, person.organization).find(({ office }) => office === person.office);
  const bureau = team ? bureauOf(directory, team.office) : null;
  const counter = countersOf(directory, person.organization).find(({ office }) => office === person.office);
  return {
    account,
    name: person.name,
    organization: person.organization,
    ...(team && { team: team.name }),
    ...(bureau !== null && { bureau }),
    ...(counter && { counter: counter.name }),
    roles: [...person.roles],
  };
}

export function hintsOf(request: Request, organization: string, policy: Policy): RecipientHints {
  const own = request.assignments.filter((a) => a.organization === organization);
  const ids = new Set(own.map(({ id }) => id));
  const signed = request.events.findLast(
    ({ kind, assignment }) => (kind === 'signed' || kind === 'handed-over') && ids.has(assignment ?? ''),
  );
  const latest = own.at(-1);
  // `edition/list/number`
  const [, listId, number] = request.evidence?.ref.split('/') ?? [];
  return {
    ...(isRestricted(request) && {
      [isConfidential(request) ? 'staffExcept' : 'leadersExcept']: `${request.text} ${request.place}`,
    }),
    ...(listId && number && { row: { listId, number } }),
    ...(signed?.by && { signedBy: signed.by.account }),
    ...(latest && {
      isOfficeTask: policy.answeredBy === 'list-office' || isOfficeTask(request, latest, policy),
    }),
  };
}

/**
 * Where kinds go that have one place: 帮办代办 to the township's counter, 执法监督 to the 司法所 of the township that is named
 * (else the caller's), to the county's 司法局 where there is none or where the 司法所 itself is meant. An empty string where
 * none is known; null for kinds that are sent to whoever is named.
 */
export function fixedLeadOf(
  answeredBy: Policy['answeredBy'],
  text: string,
  organization: string,
  directory: Directory,
): string | null {
  if (answeredBy !== 'counter' && answeredBy !== 'oversight') return null;
  const named = directory.mentions(text).flatMap(({ unit }) => directory.townshipNamed(unit) ?? []);
  const township = named[0]?.name ?? directory.townshipNamed(organization)?.name;
  if (answeredBy === 'counter') return township ? (countersOf(directory, township)[0]?.name ?? '') : '';
  const station = township
    ? teamsOf(directory, township).find(({ office }) => /司法所/.test(office))?.name
    : undefined;
  return station === undefined || /司法[所局]/.test(text) ? (directory.resolve('司法局') ?? '') : station;
}

/** Only an office that oversees may be asked to. */
export const overseesLaw = (unit: string): boolean => /司法[所局]$/.test(unit);
