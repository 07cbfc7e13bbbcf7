/** Every cell of role x relation x move, from a table of its own; then the relations on real requests. */
import { describe, expect, it } from 'vitest';
import type { Role } from '../../src/core/domain.js';
import { createDirectory } from '../../src/organizations/directory.js';
import { MOVES, type Actor, type Move } from '../../src/requests/moves.js';
import { isCallerSide, mayDo } from '../../src/requests/permissions.js';
import { actorOf } from '../../src/requests/routing.js';
import {
  act,
  actOf,
  ADMINISTRATOR,
  COUNTY_LEADER,
  DEADLINE_OFFICE,
  EMERGENCY,
  file,
  CAST,
  LIST_OFFICE,
  makeActor,
  NEIGHBOUR,
  refusal,
  SQUAD,
  STATION,
  STRANGER,
  TOWNSHIP,
  WATER,
} from '../helpers/requests.js';

const ROLES: Role[] = [
  'township-cadre',
  'township-leader',
  'department-officer',
  'department-head',
  'list-office',
  'deadline-office',
  'administrator',
  'county-leader',
];

/**
 * c: of an organization that calls · a: of the organization of the assignment · s: of neither. Columns: the four working
 * roles of townships and departments; 编办; deadline office. Administrators and county leaders may nothing.
 */
const TABLE: Record<Move, [working: string, listOffice: string, deadlineOffice: string]> = {
  join: ['cas', '', ''],
  // Of the working roles the leaders alone.
  approve: ['c', '', 'cas'],
  'refuse-approval': ['c', '', 'cas'],
  admit: ['', 'cas', ''],
  'refuse-admission': ['', 'cas', ''],
  sign: ['a', 'a', ''],
  answer: ['a', 'a', ''],
  return: ['a', '', ''],
  transfer: ['ca', 'c', ''],
  'add-support': ['ca', 'c', ''],
  'ask-extension': ['a', 'a', ''],
  'grant-extension': ['c', 'c', 'cas'],
  'refuse-extension': ['c', 'c', 'cas'],
  pause: ['a', 'a', ''],
  resume: ['ca', 'ca', ''],
  urge: ['c', 'c', 'cas'],
  'ask-ruling': ['ca', 'c', ''],
  rule: ['', 'cas', ''],
  'correct-ruling': ['', 'cas', ''],
  'withdraw-ruling': ['', 'cas', ''],
  'assign-lead': ['', '', 'cas'],
  note: ['ca', 'ca', ''],
  rate: ['c', 'c', ''],
  conclude: ['c', 'c', 'cas'],
  'close-unsolved': ['c', 'c', 'cas'],
  reopen: ['c', 'c', 'cas'],
  withdraw: ['c', 'c', ''],
};

const request = file('call', { support: ['县应急管理局'] });
const ORGANIZATIONS = { c: '柳林镇', a: '县水利局', s: '县审计局' } as const;

const letters = (move: Move, role: Role): string => {
  const [working, listOffice, deadlineOffice] = TABLE[move];
  if (role === 'list-office') return listOffice;
  if (role === 'deadline-office') return deadlineOffice;
  if (/approv/.test(move) && !/leader$|head/.test(role)) return '';
  return role === 'administrator' || role === 'county-leader' ? '' : working;
};

const cells = MOVES.flatMap((move) =>
  ROLES.flatMap((role) =>
    (['c', 'a', 's'] as const).map(
      (relation) => [move, role, relation, letters(move, role).includes(relation)] as const,
    ),
  ),
);

describe('the table', () => {
  it('has a row for every move', () => {
    expect(Object.keys(TABLE).sort()).toEqual([...MOVES].sort());
    expect(cells).toHaveLength(27 * 8 * 3);
  });

  it.each(cells)('%s by %s with relation %s: %s', (move, role, relation, isAllowed) => {
    const actor = makeActor(ORGANIZATIONS[relation], role);
    const [lead = null] = request.assignments;
    const said = mayDo(move, actor, request, lead);
    if (isAllowed) expect(said).toBe(true);
    else expect(said).toMatch(/须由|请联系|请由/);
  });

  it.each(MOVES)('%s needs a bound role at all', (move) => {
    for (const organization of Object.values(ORGANIZATIONS))
      expect(mayDo(move, makeActor(organization), request, null)).toContain('尚未绑定岗位');
  });

  it.each(MOVES)('%s: several roles are as good as the best of them', (move) => {
    const both = makeActor('县水利局', 'administrator', 'department-officer');
    const one = makeActor('县水利局', 'department-officer');
    expect(mayDo(move, both, request, null) === true).toBe(mayDo(move, one, request, null) === true);
  });
});

describe('relations', () => {
  it("another unit's assignment is not one's own", () => {
    const [lead = null, support = null] = request.assignments;
    expect(mayDo('sign', EMERGENCY, request, support)).toBe(true);
    expect(mayDo('sign', EMERGENCY, request, lead)).toContain('承办单位(县水利局)');
    expect(refusal(request, { kind: 'sign', assignment: 'A1' }, EMERGENCY)).toContain('县水利局');
  });

  it('a co-operating unit may not act for the lead by naming its assignment', () => {
    const signed = act(request, { kind: 'sign' }, WATER);
    const paused = act(signed, actOf('pause'), WATER);
    expect(refusal(paused, actOf('resume', 'A1'), EMERGENCY)).toContain('县水利局');
    const returned = act(signed, actOf('return'), WATER);
    for (const move of ['transfer', 'ask-ruling', 'add-support'] as const)
      expect(refusal(returned, actOf(move, 'A1'), EMERGENCY)).toContain('县水利局');
    expect(refusal(returned, actOf('note', 'A1'), EMERGENCY)).toContain('县水利局');
    expect(act(returned, actOf('transfer', 'A1'), TOWNSHIP).assignments.at(-1)?.organization).toBe(
      '县交通运输局',
    );
  });

  it('strangers, the administrator and county leaders may do nothing to a request', () => {
    for (const actor of [STRANGER, ADMINISTRATOR, COUNTY_LEADER])
      for (const move of MOVES.filter((m) => m !== 'join'))
        expect(refusal(request, actOf(move), actor)).not.toBe('');
    expect(act(request, actOf('join'), STRANGER).callers).toHaveLength(2);
    expect(refusal(request, actOf('join'), ADMINISTRATOR)).toContain('管理员');
  });

  it('a second township may rate, urge and withdraw only after it has joined', () => {
    for (const move of ['urge', 'withdraw', 'note'] as const)
      expect(refusal(request, actOf(move), NEIGHBOUR)).toContain('柳林镇');
    const joined = act(request, actOf('join'), NEIGHBOUR);
    expect(act(joined, actOf('urge'), NEIGHBOUR).events.at(-1)?.kind).toBe('urged');
  });

  it('the deadline office urges and decides on extensions, the 编办 rules, neither answers', () => {
    const asked = act(act(request, { kind: 'sign' }, WATER), actOf('ask-extension'), WATER);
    expect(act(asked, actOf('grant-extension'), DEADLINE_OFFICE).events.at(-1)?.kind).toBe(
      'extension-granted',
    );
    expect(act(request, actOf('urge'), DEADLINE_OFFICE).events.at(-1)?.kind).toBe('urged');
    for (const actor of [DEADLINE_OFFICE, LIST_OFFICE])
      expect(refusal(request, actOf('answer'), actor)).toContain('县水利局');
    expect(refusal(request, actOf('rule'), DEADLINE_OFFICE)).toContain('编办');
  });

  it('the 编办 that asks for consent has the say of a caller', () => {
    const consent = file('consent', {}, undefined, LIST_OFFICE);
    const asked = act(
      act(consent, { kind: 'sign' }, CAST.consent.lead),
      actOf('ask-extension'),
      CAST.consent.lead,
    );
    expect(act(asked, actOf('grant-extension'), LIST_OFFICE).events.at(-1)?.kind).toBe('extension-granted');
    const answered = act(asked, actOf('answer'), CAST.consent.lead);
    expect(act(answered, actOf('rate'), LIST_OFFICE).status).toBe('concluded');
    expect(act(consent, actOf('withdraw'), LIST_OFFICE).status).toBe('withdrawn');
  });

  it('a stationed team that is dispatched does not speak for its township, its sister team does not act for it', () => {
    const dispatch = file('dispatch');
    expect(isCallerSide(STATION, dispatch)).toBe(false);
    expect(isCallerSide(SQUAD, dispatch)).toBe(true);
    expect(refusal(dispatch, actOf('withdraw'), STATION)).not.toBe('');
    expect(refusal(dispatch, { kind: 'sign' }, SQUAD)).toContain('柳林镇派出所');
    expect(refusal(dispatch, { kind: 'sign' }, TOWNSHIP)).toContain('柳林镇派出所');
    expect(act(dispatch, { kind: 'sign' }, STATION).events.at(-1)?.by?.organization).toBe('柳林镇派出所');
  });
});

describe('who somebody is', () => {
  const person = {
    name: '冯某',
    organization: '县水利局',
    posts: ['联络员'],
    roles: ['department-officer'] as Role[],
    accounts: ['feishu:ou_1'],
  };
  const directory = (people: (typeof person)[]) =>
    createDirectory({ county: '青山县', organizations: [], people, posts: [] });
  const actorNow = (people: (typeof person)[], id: string): Actor | null => {
    const found = directory(people).personOf({ platform: 'feishu', id, name: '冯某' });
    return found ? actorOf(found, `feishu:${id}`, directory(people)) : null;
  };

  it('comes from the binding of the account at this moment, not from a name', () => {
    const bound = actorNow([person], 'ou_1');
    expect(bound).toMatchObject({ organization: '县水利局', roles: ['department-officer'] });
    expect(actorNow([person], 'ou_2')).toBeNull();
    if (bound) expect(act(request, { kind: 'sign' }, bound).assignments[0]?.status).toBe('signed');
  });

  it('a role that was taken away, a move to another unit and a removed binding count at once', () => {
    const without = actorNow([{ ...person, roles: [] }], 'ou_1');
    const elsewhere = actorNow([{ ...person, organization: '县审计局' }], 'ou_1');
    if (!without || !elsewhere) throw new Error('not bound');
    expect(refusal(request, { kind: 'sign' }, without)).toContain('尚未绑定岗位');
    expect(refusal(request, { kind: 'sign' }, elsewhere)).toContain('县水利局');
    expect(actorNow([{ ...person, accounts: [] }], 'ou_1')).toBeNull();
    expect(refusal(request, { kind: 'sign' }, null)).toContain('工作人员');
  });
});
