/** Acts on requests as effects: what is allowed is saved, what is not is refused with a reason, and both are on the record. */
import { describe, expect, it } from 'vitest';
import { REQUEST_KINDS, type Request } from '../../../src/core/request.js';
import type { Effect } from '../../../src/core/types.js';
import { actorIn, carryOut } from '../../../src/handlers/shared/requests.js';
import { MOVES, type Actor } from '../../../src/requests/moves.js';
import { makeContext, makeMessage } from '../../helpers/context.js';
import { WORLD, person } from '../../helpers/request-world.js';
import {
  act,
  actOf,
  ADMINISTRATOR,
  at,
  CAST,
  COUNTY_LEADER,
  DEADLINE_OFFICE,
  EMERGENCY,
  file,
  LIST_OFFICE,
  MONDAY,
  NEIGHBOUR,
  NUMBER,
  STRANGER,
  TOWNSHIP,
  WATER,
} from '../../helpers/requests.js';

const acting = (actor: Actor, now: number) => ({ ctx: makeContext({ now }), world: WORLD, actor });

const PEOPLE: Actor[] = [
  ADMINISTRATOR,
  COUNTY_LEADER,
  DEADLINE_OFFICE,
  EMERGENCY,
  LIST_OFFICE,
  NEIGHBOUR,
  STRANGER,
  TOWNSHIP,
  WATER,
];
const kinds = (effects: Effect[]) => new Set(effects.map((e) => e.kind));

describe.each(REQUEST_KINDS)('%s', (kind) => {
  const { lead, caller } = CAST[kind];
  const signed = () => act(file(kind), { kind: 'sign' }, lead);
  const states: [string, () => Request][] = [
    ['new', () => file(kind)],
    ['signed', signed],
    ['withdrawn', () => act(signed(), actOf('withdraw'), caller)],
  ];

  it.each(states)('%s: every act of everybody is saved or refused, and recorded', (_, build) => {
    const request = build();
    let refused = 0;
    for (const actor of [...PEOPLE, lead, caller])
      for (const move of MOVES) {
        const effects = carryOut(acting(actor, MONDAY), request, [actOf(move)], '已办理。');
        const records = effects.filter((e) => e.kind === 'record');
        if (kinds(effects).has('request')) {
          expect(records.every((r) => r.what === 'transition')).toBe(true);
          expect(records.length).toBeGreaterThan(0);
          continue;
        }
        refused++;
        const [reply, record, session, ...rest] = effects;
        expect(reply).toMatchObject({
          kind: 'reply',
          reply: { text: expect.stringMatching(/[\u4e00-\u9fff]{4}/) as string },
        });
        expect(record).toEqual({
          kind: 'record',
          what: 'refusal',
          request: NUMBER,
          data: { act: move, organization: actor.organization },
        });
        expect(session?.kind).toBe('setSession');
        expect(rest).toEqual([]);
      }
    expect(refused).toBeGreaterThan(150);
  });
});

describe('late in the year, without the next calendar', () => {
  it('nothing is refused: the deadline is reckoned with plain weeks', () => {
    const now = at('2026-12-29 09:00');
    const request = file('call', {}, at('2026-12-22 09:00'));
    const effects = carryOut(acting(WATER, now), request, [actOf('answer')], '已答复。');
    expect(kinds(effects).has('request')).toBe(true);
    expect(JSON.stringify(effects)).not.toContain('2027.yaml');
  });

  it('an act that can be carried out is', () => {
    const now = at('2026-12-29 09:00');
    const request = file('call', {}, at('2026-12-24 09:00'));
    const signed = carryOut(acting(WATER, now), request, [{ kind: 'sign' }], '已签收。');
    expect(kinds(signed).has('request')).toBe(true);
    const concluded = carryOut(acting(TOWNSHIP, now), request, [{ kind: 'conclude' }], '已办结。');
    expect(kinds(concluded).has('request')).toBe(true);
  });
});

it('who acts is the bound person of the account', () => {
  const update = makeMessage({ user: { platform: 'console', id: '水甲', name: '局长' } });
  expect(actorIn({ update, person: null }, WORLD)).toBeNull();
  const bound = person('所甲', '柳林镇', ['township-cadre'], '派出所');
  expect(actorIn({ update, person: bound }, WORLD)).toEqual({
    account: 'console:水甲',
    name: '所甲',
    organization: '柳林镇',
    team: '柳林镇派出所',
    roles: ['township-cadre'],
  });
});
