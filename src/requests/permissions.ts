/** Who may do what: one table of role and relation. What the state of a request allows is in guards.ts. */
import type { Role } from '../core/domain.js';
import { isConfidential, isRestricted, type Assignment, type Request } from '../core/request.js';
import { MOVE_LABELS, type Actor, type Move } from './moves.js';

/** caller: of an organization that calls · assignee: of the organization of an assignment · any: neither is needed. */
export type Relation = 'caller' | 'assignee' | 'any';
export type Permission = { role: Role; relation: Relation };

const WORKING: readonly Role[] = [
  'township-cadre',
  'township-leader',
  'department-officer',
  'department-head',
];
/** The 编办 calls, too: it asks townships for their consent. */
const callers = [...WORKING, 'list-office' as const].map((role): Permission => ({
  role,
  relation: 'caller',
}));
const assignees = WORKING.map((role): Permission => ({ role, relation: 'assignee' }));
const everybody = WORKING.map((role): Permission => ({ role, relation: 'any' }));
/** Of the unit that calls; 督办 where it has none that can be reached. */
const leaders = (['township-leader', 'department-head'] as const).map((role): Permission => ({
  role,
  relation: 'caller',
}));
const office: Permission = { role: 'list-office', relation: 'any' };
const officeAsAssignee: Permission = { role: 'list-office', relation: 'assignee' };
const deadlineOffice: Permission = { role: 'deadline-office', relation: 'any' };

/** The administrator looks after the machine and stands in no line: nothing can be done to a request as such. */
export const PERMISSIONS: Readonly<Record<Move, readonly Permission[]>> = {
  join: everybody,
  approve: [...leaders, deadlineOffice],
  'refuse-approval': [...leaders, deadlineOffice],
  admit: [office],
  'refuse-admission': [office],
  sign: [...assignees, officeAsAssignee],
  answer: [...assignees, officeAsAssignee],
  return: assignees,
  transfer: [...callers, ...assignees],
  'add-support': [...callers, ...assignees],
  'ask-extension': [...assignees, officeAsAssignee],
  'grant-extension': [...callers, deadlineOffice],
  'refuse-extension': [...callers, deadlineOffice],
  pause: [...assignees, officeAsAssignee],
  resume: [...callers, ...assignees, officeAsAssignee],
  urge: [...callers, deadlineOffice],
  'ask-ruling': [...callers, ...assignees],
  rule: [office],
  'correct-ruling': [office],
  'withdraw-ruling': [office],
  'assign-lead': [deadlineOffice],
  note: [...callers, ...assignees, officeAsAssignee],
  rate: callers,
  conclude: [...callers, deadlineOffice],
  'close-unsolved': [...callers, deadlineOffice],
  reopen: [...callers, deadlineOffice],
  withdraw: callers,
};

/** What a township decides on the work of departments; its stationed staff are of those departments. */
const JUDGING: ReadonlySet<Move> = new Set(['rate', 'conclude', 'close-unsolved', 'reopen']);

const actsAsAssignee = (actor: Actor, { callers, assignments }: Pick<Request, 'callers' | 'assignments'>) =>
  callers.every((c) => c.organization !== actor.organization) &&
  assignments.some((a) => actsFor(actor, a.organization));

/** `assignment` null: any of the request's. */
export function mayDo(
  move: Move,
  actor: Actor,
  request: Pick<Request, 'callers' | 'assignments'>,
  assignment: Pick<Assignment, 'organization'> | null,
): true | string {
  if (actor.team !== undefined && JUDGING.has(move) && !actsAsAssignee(actor, request))
    return `派驻机构的人员代表派出单位,不代表镇街${MOVE_LABELS[move]}。请由${actor.organization}的工作人员办理。`;
  const relations = relationsOf(move, actor, request, assignment);
  const allowed = PERMISSIONS[move];
  if (allowed.some(({ role, relation }) => actor.roles.includes(role) && relations.has(relation)))
    return true;
  return reasonOf(move, actor, request, assignment);
}

type Unit = Pick<Actor, 'organization' | 'team' | 'counter'>;

/** What a person's work may be addressed to. */
export const unitsOf = ({ organization, team, counter }: Unit): string[] =>
  [organization, team, counter].filter((unit) => unit !== undefined);

export const actsFor = (actor: Unit, organization: string): boolean => unitsOf(actor).includes(organization);

/** 督办 urges by its office, with a clock of its own: no caller. */
export const isByDesk = ({
  actor,
  request,
}: {
  actor: Actor;
  request: Pick<Request, 'callers' | 'assignments'>;
}): boolean => actor.roles.includes('deadline-office') && !isCallerSide(actor, request);

/** Whose word binds a unit beyond what the kind says. */
export const isLeader = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  roles.some((role) => ['township-leader', 'department-head', 'county-leader'].includes(role));

/** The offices that watch and rule, and the county's leaders. */
export const seesAll = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  roles.some((role) => ['list-office', 'deadline-office', 'county-leader'].includes(role));

/** Those whose work it is or was, and who sees all. */
export const maySee = (
  actor: Actor,
  request: Pick<Request, 'callers' | 'assignments' | 'kind' | 'text' | 'place'>,
): boolean => !isHiddenFrom(actor, request) && isConcerned(actor, request);

const isConcerned = (
  actor: Actor,
  { callers, assignments }: Pick<Request, 'callers' | 'assignments'>,
): boolean =>
  seesAll(actor) ||
  callers.some(({ organization }) => organization === actor.organization) ||
  assignments.some(({ organization }) => actsFor(actor, organization));

/** Of a restricted kind: it speaks of this person, or this person leads nobody and did not file it. */
export function isHiddenFrom(
  actor: Unit & Pick<Actor, 'account' | 'name' | 'roles'>,
  request: Pick<Request, 'callers' | 'assignments' | 'kind' | 'text' | 'place'>,
): boolean {
  if (!isRestricted(request)) return false;
  if (request.callers.some(({ account }) => account === actor.account)) return false;
  if (isConfidential(request)) {
    if (isNamedIn(actor, request)) return true;
    if (request.assignments.some(({ organization }) => actsFor(actor, organization))) return false;
    // 督办 watches the clocks, unless its own unit is meant.
    return !actor.roles.includes('deadline-office') || isUnitNamedIn(actor, request);
  }
  return isNamedIn(actor, request) || !(isLeader(actor) || seesAll(actor));
}

/** 县政府办公室, 政府办. */
const isUnitNamedIn = ({ organization }: Unit, { text, place }: Pick<Request, 'text' | 'place'>): boolean =>
  `${text} ${place}`.includes(organization.replace(/^[县市]/, '').replace(/(?:公室|室|局)$/, ''));

/** A name of one more character would be another's: who may be meant is left out. */
export const isNamedIn = (
  { name }: Pick<Actor, 'name'>,
  { text, place }: Pick<Request, 'text' | 'place'>,
): boolean => name.length >= 2 && `${text} ${place}`.includes(name);

/** Stationed staff do not speak for the township that called their own team or bureau, but for what they filed themselves. */
export function isCallerSide(
  actor: Unit & Pick<Actor, 'bureau'> & Partial<Pick<Actor, 'account'>>,
  request: Pick<Request, 'callers' | 'assignments'>,
): boolean {
  const own = request.callers.filter(({ organization }) => organization === actor.organization);
  return isOfAssigned(actor, request) ? own.some(({ account }) => account === actor.account) : own.length > 0;
}

/** Stationed by whoever works on it. */
function isOfAssigned(
  { team, bureau, counter }: Unit & Pick<Actor, 'bureau'>,
  { assignments }: Pick<Request, 'assignments'>,
): boolean {
  const own = [team, bureau, counter].filter((unit) => unit !== undefined);
  return assignments.some((a) => own.includes(a.organization));
}

/** What who filed it may do though their own bureau works on it; what lets the bureau off is for others of the township. */
const OF_FILER: ReadonlySet<Move> = new Set(['note', 'resume', 'urge', 'withdraw']);

function relationsOf(
  move: Move,
  actor: Actor,
  request: Pick<Request, 'callers' | 'assignments'>,
  assignment: Pick<Assignment, 'organization'> | null,
): Set<Relation> {
  const relations = new Set<Relation>(['any']);
  const isBiased = isOfAssigned(actor, request) && !OF_FILER.has(move);
  if (!isBiased && isCallerSide(actor, request)) relations.add('caller');
  const concerned = assignment ? [assignment] : request.assignments;
  if (concerned.some((a) => actsFor(actor, a.organization))) relations.add('assignee');
  return relations;
}

function reasonOf(
  move: Move,
  actor: Actor,
  request: Pick<Request, 'callers' | 'assignments'>,
  assignment: Pick<Assignment, 'organization'> | null,
): string {
  const label = MOVE_LABELS[move];
  if (actor.roles.length === 0) return `您的账号尚未绑定岗位,不能${label}。请联系管理员绑定后再办理。`;
  if (actor.roles.every((role) => role === 'administrator'))
    return `管理员负责系统维护,不参与办理,不能${label}。请由请求单位或承办单位的人员办理。`;
  const relations = new Set(PERMISSIONS[move].map(({ relation }) => relation));
  const isOfCaller = request.callers.some(({ organization }) => organization === actor.organization);
  if (relations.has('caller') && isOfCaller && isOfAssigned(actor, request))
    return `${label}须由${actor.organization}的其他工作人员办理:本件由您的派出单位承办,派驻人员不代表${actor.organization}。`;
  const who: string[] = [];
  if (relations.has('caller'))
    who.push(`请求单位(${request.callers.map((c) => c.organization).join('、')})的工作人员`);
  if (relations.has('assignee')) {
    const names = assignment ? [assignment.organization] : request.assignments.map((a) => a.organization);
    who.push(`承办单位(${[...new Set(names)].join('、')})的工作人员`);
  }
  const roles = new Set(PERMISSIONS[move].filter((p) => p.relation === 'any').map((p) => p.role));
  if (roles.has('list-office')) who.push('编办');
  if (roles.has('deadline-office')) who.push('督办');
  if (who.length === 0) return `${label}须由镇街或部门的工作人员办理,您当前的角色不能${label}。`;
  return `${label}须由${who.join('或')}办理。您属于${actor.organization},不能${label};如有情况,请联系上述人员。`;
}

/**
 * Who may have the people of other units alerted by an urgent request (应用内加急): leaders and the office that watches; anybody
 * where people are in danger.
 */
export const mayBuzz = (
  actor: Pick<Actor, 'roles'>,
  { urgency, isEmergency }: { urgency: Request['urgency']; isEmergency: boolean },
): boolean =>
  urgency === 'urgent' && (isEmergency || isLeader(actor) || actor.roles.includes('deadline-office'));
