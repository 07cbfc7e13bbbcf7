/** What follows from a change: who gets which card and which words, what is stored, timed and recorded. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Person, Shift } from '../../src/core/domain.js';
import type { Request } from '../../src/core/request.js';
import { digestOf } from '../../src/files/digest.js';
import { createDirectory } from '../../src/organizations/directory.js';
import type { Effect } from '../../src/core/types.js';
import { effectsOfChange } from '../../src/requests/effects.js';
import { nextStepAt } from '../../src/requests/ladder.js';
import type { Act, Actor } from '../../src/requests/moves.js';
import { cardsOf, WORLD as SHARED, GROUP, person, sendsOf, textsOf } from '../helpers/request-world.js';
import {
  act,
  actOf,
  apply,
  at,
  chatOf,
  file,
  HOUR,
  LIST_OFFICE,
  makeActor,
  MINUTE,
  MONDAY,
  NEIGHBOUR,
  NUMBER,
  TOWNSHIP,
  WATER,
  caseAt,
} from '../helpers/requests.js';
import { actFrom, chosen, fileWorld, worldArbitrary } from '../helpers/worlds.js';
import { conversationKey, type Conversation, type User } from '../../src/core/chat.js';

/** The actors here call from chats of their units' names: all of them are bound. */
const boundOf = ({ id }: User): Person => person('在册', /镇|局|办/.test(id) ? id : '柳林镇', []);
const { directory } = SHARED;
const WORLD = {
  ...SHARED,
  directory: { ...directory, personOf: (user: User) => directory.personOf(user) ?? boundOf(user) },
};

const photo = { platform: 'console' as const, kind: 'photo' as const, id: 'p1' };
const of = <K extends Effect['kind']>(effects: Effect[], kind: K) =>
  effects.filter((e): e is Extract<Effect, { kind: K }> => e.kind === kind);

const created = (request: Request, from: Conversation | null = null) =>
  effectsOfChange(null, request, WORLD, MONDAY, from);

/** What follows when somebody does something in a chat of its own. */
function after(before: Request, move: Act, actor: Actor | null, from: Conversation | null = null) {
  const request = act(before, move, actor);
  return { request, effects: effectsOfChange(before, request, WORLD, MONDAY, from) };
}

describe('a new request', () => {
  const request = file('call', { support: ['县应急管理局'], attachments: [photo] });
  const effects = created(request, chatOf('柳林镇'));

  it('is stored, timed and recorded in the same list of effects', () => {
    expect(of(effects, 'request')).toMatchObject([{ kind: 'request', request, expectedVersion: 0 }]);
    expect(of(effects, 'request')[0]?.request.held).toMatchObject({ 柳林镇: [expect.any(String)] });
    const [own, ...mornings] = of(effects, 'schedule');
    expect(mornings.map(({ timer }) => timer.kind)).toEqual(mornings.map(() => 'digest'));
    expect(mornings.length).toBeGreaterThan(0);
    expect([own]).toEqual([
      {
        kind: 'schedule',
        timer: {
          key: `request:${NUMBER}`,
          runAt: nextStepAt(caseAt(request)),
          kind: 'request',
          payload: { number: NUMBER },
        },
      },
    ]);
    expect(of(effects, 'record')).toEqual([
      {
        kind: 'record',
        what: 'transition',
        request: NUMBER,
        data: {
          event: 'filed',
          organization: '柳林镇',
          made: ['A1', 'A2'],
          lead: '县水利局',
          support: '县应急管理局',
          saidHash: digestOf(request.events[0]),
          stateHash: digestOf({ ...request, version: 1, held: of(effects, 'request')[0]?.request.held }),
        },
      },
    ]);
  });

  it('shows one live card to each party, and the pictures to those who work on it', () => {
    expect(cardsOf(effects)).toEqual(['柳林镇', '水甲', '水乙', '急甲']);
    expect(new Set(sendsOf(effects).map((e) => e.slot)).size).toBe(4 + 1);
    const pictures = sendsOf(effects).filter((e) => 'attachment' in e.reply);
    expect(pictures.map((e) => [e.to.chatId, 'text' in e.reply && e.reply.text])).toEqual([
      ['水甲', `${NUMBER} 附件`],
      ['水乙', `${NUMBER} 附件`],
      ['急甲', `${NUMBER} 附件`],
    ]);
    expect(textsOf(effects)).toEqual([]);
  });

  it('reaches a unit’s group where there is one, and nobody on a platform that does not run', () => {
    const highway = file('call', { lead: '县交通运输局' });
    expect(sendsOf(created(highway)).map((e) => e.to)).toEqual([chatOf('柳林镇'), GROUP]);
    const none = effectsOfChange(null, highway, { ...WORLD, platforms: new Set() }, MONDAY, null);
    expect(sendsOf(none)).toEqual([]);
  });

  it('of a 裁定 goes to those who rule', () => {
    expect(cardsOf(created(file('ruling')))).toEqual(['柳林镇', '编甲']);
  });
});

describe('what the others are told', () => {
  const signed = () => act(file('call', { support: ['县应急管理局'] }), { kind: 'sign' }, WATER);
  const answered = () => act(signed(), actOf('answer'), WATER);
  const asked = () => act(signed(), actOf('ask-extension'), WATER);
  const highway = makeActor('县交通运输局', 'department-officer');
  it.each<[string, () => Request, Act, Actor, string[]]>([
    ['signing changes the card only', () => file('call'), { kind: 'sign' }, WATER, []],
    [
      'an answer',
      signed,
      { kind: 'answer', text: '已封堵' },
      WATER,
      [
        '柳林镇: QS-2026-000123(河堤渗水,请来人查看) 县水利局已答复(协办未参加:县应急管理局(未签收)):已封堵。请核实是否解决并评价;未解决的,可重新办理。',
      ],
    ],
    ['a return', signed, actOf('return'), WATER, ['柳林镇']],
    ['a transfer', signed, actOf('transfer'), WATER, ['柳林镇']],
    ['a request for time', signed, actOf('ask-extension'), WATER, ['柳林镇']],
    ['its grant', asked, { kind: 'grant-extension' }, TOWNSHIP, ['水甲', '水乙', '急甲']],
    ['its refusal', asked, actOf('refuse-extension'), TOWNSHIP, ['水甲', '水乙', '急甲']],
    ['a pause', signed, actOf('pause'), WATER, ['柳林镇']],
    ['urging', signed, actOf('urge'), TOWNSHIP, ['水甲', '水乙', '急甲']],
    ['a note of the caller', signed, actOf('note'), TOWNSHIP, ['水甲', '水乙', '急甲']],
    ['a note of the lead', signed, actOf('note'), WATER, ['柳林镇', '急甲']],
    ['reopening', answered, actOf('reopen'), TOWNSHIP, ['水甲', '水乙', '急甲']],
    ['withdrawal', signed, actOf('withdraw'), TOWNSHIP, ['水甲', '水乙', '急甲']],
    ['a dispute', signed, actOf('ask-ruling'), WATER, ['柳林镇']],
  ])('%s', (_, build, move, actor, expected) => {
    const texts = textsOf(after(build(), move, actor).effects);
    expect(texts.map((text, i) => (expected[i]?.includes(':') ? text : text.split(':')[0]))).toEqual(
      expected,
    );
    for (const text of texts) expect(text).toMatch(/[。!?]$/);
  });

  it('a ruling is told to all and kept as a precedent', () => {
    const disputed = act(signed(), actOf('ask-ruling'), WATER);
    const { effects } = after(disputed, actOf('rule'), LIST_OFFICE);
    expect(textsOf(effects).map((t) => t.split(':')[0])).toEqual(expect.arrayContaining(['柳林镇', '水甲']));
    expect(of(effects, 'ruling')).toEqual([
      {
        kind: 'ruling',
        ruling: {
          request: NUMBER,
          at: MONDAY,
          matter: '河道堤防安全',
          lead: '县交通运输局',
          support: ['县水利局'],
          text: '涵洞属农村公路设施',
          by: 'console:县委编办',
        },
      },
    ]);
  });

  it('the chat in which somebody acts is answered there, not told', () => {
    const texts = textsOf(after(signed(), actOf('note'), TOWNSHIP, chatOf('水甲')).effects);
    expect(texts.map((t) => t.split(':')[0])).toEqual(['水乙', '急甲']);
  });

  it('of a unit whose member has signed, only that one', () => {
    const signer = { ...WATER, account: 'console:水乙' };
    const request = act(file('call'), { kind: 'sign' }, signer);
    expect(textsOf(after(request, actOf('urge'), TOWNSHIP).effects).map((t) => t.split(':')[0])).toEqual([
      '水乙',
    ]);
  });

  it('pictures of an answer go to the caller', () => {
    const move: Act = { kind: 'answer', text: '见照片', attachments: [photo] };
    const pictures = sendsOf(after(signed(), move, WATER).effects).filter((e) => 'attachment' in e.reply);
    expect(pictures.map((e) => e.to.chatId)).toEqual(['柳林镇']);
  });

  it('the cards of a new round are new messages', () => {
    const before = answered();
    const { request, effects } = after(before, actOf('reopen'), TOWNSHIP);
    const slots = sendsOf(effects).flatMap((e) => e.slot ?? []);
    const old = sendsOf(
      effectsOfChange(before, act(before, actOf('note'), TOWNSHIP), WORLD, MONDAY, null),
    ).flatMap((e) => e.slot ?? []);
    expect(slots.filter((slot) => old.includes(slot))).toEqual([]);
    const again = after(request, { kind: 'sign' }, WATER).effects;
    expect(sendsOf(again).flatMap((e) => e.slot ?? [])).toEqual(slots);
  });

  it('an end takes the timer away', () => {
    expect(of(after(signed(), actOf('withdraw'), TOWNSHIP).effects, 'cancel')).toEqual([
      { kind: 'cancel', key: `request:${NUMBER}` },
    ]);
  });

  it('a caller who left the directory is told nothing more; the unit is', () => {
    const request = signed();
    const left = request.callers.map((caller) => ({
      ...caller,
      account: 'console:走了',
      conversation: chatOf('走了'),
    }));
    const before = { ...request, callers: left };
    const chats = sendsOf(
      effectsOfChange(before, act(before, actOf('answer'), WATER), SHARED, MONDAY, null),
    ).map(({ to }) => to.chatId);
    expect(chats).not.toContain('走了');
    expect(chats).toContain('镇甲');
  });

  it('a unit that gets a part gets a card', () => {
    const { effects } = after(signed(), actOf('add-support'), WATER);
    expect(cardsOf(effects)).toContain(GROUP.chatId);
    const joined = after(signed(), actOf('join'), NEIGHBOUR).effects;
    expect(cardsOf(joined)).toContain('joiner');
    expect(after(act(signed(), actOf('transfer'), WATER), { kind: 'sign' }, highway).request.status).toBe(
      'open',
    );
  });
});

describe('every change of random requests', () => {
  it('saves once, times once, records each event without words or names, and keeps one live card per chat', () => {
    let changes = 0;
    fc.assert(
      fc.property(worldArbitrary, (world) => {
        let now = at('2026-01-05 00:00') + world.startMinutes * MINUTE;
        let request = fileWorld(world, now);
        for (const step of world.steps) {
          now += step.wait;
          const [actor, move] = chosen(step, step.move === 'tick' ? 'note' : step.move, request);
          const outcome = apply(request, actFrom(move, step.params, now), actor, now);
          if (!outcome.ok) continue;
          const effects = effectsOfChange(request, outcome.request, WORLD, now, null);
          const events = outcome.request.events.slice(request.events.length);
          request = outcome.request;
          changes++;
          expect(of(effects, 'request')).toHaveLength(1);
          const own = of(effects, 'schedule').filter(({ timer }) => timer.kind === 'request');
          expect(own.length + of(effects, 'cancel').length).toBe(1);
          const records = of(effects, 'record');
          expect(records.map((r) => r.data['event'])).toEqual(events.map((e) => e.kind));
          const recorded = JSON.stringify(records);
          for (const { by, text } of events) {
            if (by) expect(recorded).not.toContain(by.name);
            if (text && text.length > 10) expect(recorded).not.toContain(text);
          }
          const slots = sendsOf(effects).filter((e) => e.slot !== undefined);
          expect(new Set(slots.map((e) => e.slot)).size).toBe(slots.length);
          expect(new Set(slots.map((e) => conversationKey(e.to))).size).toBe(slots.length);
          // No caller is left without its card.
          const reached = slots.map((e) => conversationKey(e.to));
          for (const { conversation } of request.callers)
            expect(reached).toContain(conversationKey(conversation));
        }
      }),
      { numRuns: 150, seed: 5 },
    );
    expect(changes).toBeGreaterThan(300);
  });
});

describe('nobody unreached', () => {
  const noAccount = (name: string) => ({ ...person(name, '县水利局', ['department-officer']), accounts: [] });
  const parts = (people: Person[], roster: Shift[] = []) =>
    createDirectory({
      county: '青山县',
      organizations: directory.organizations.map((o) =>
        o.name === '县水利局' ? { ...o, dutyDesk: '0123-4567' } : o,
      ),
      people,
      posts: [],
      roster,
    });
  const others = directory.people.filter((p) => p.organization !== '县水利局');
  const head = person('水长', '县水利局', ['department-head']);
  const world = (people: Person[], roster: Shift[] = []) => ({ ...SHARED, directory: parts(people, roster) });
  const filedIn = (it: typeof SHARED) => effectsOfChange(null, file('call'), it, MONDAY, chatOf('柳林镇'));
  const unreached = (name: string): Act => ({
    kind: 'unreached',
    assignment: 'A1',
    chat: conversationKey(chatOf(name)),
    name,
  });

  it('who has no account is skipped for the head, then for 督办, then for who is on duty, and the caller is told', () => {
    const toHead = filedIn(world([...others, noAccount('水甲'), noAccount('水乙'), head]));
    expect(cardsOf(toHead)).toContain('水长');
    expect(textsOf(toHead).join()).toContain(
      '县水利局经办人员无法送达,已转县水利局负责人;县水利局值班电话 0123-4567',
    );
    const toWatch = filedIn(world([...others, noAccount('水甲')]));
    expect(cardsOf(toWatch)).toContain('督甲');
    expect(textsOf(toWatch).join()).toContain('已转督办');
    const nobody = others.filter((p) => !p.roles.includes('deadline-office'));
    const shift = { unit: '县政府办公室', name: '县长', from: MONDAY - HOUR, until: MONDAY + HOUR };
    const toDuty = filedIn(world([...nobody, noAccount('水甲')], [shift]));
    expect(cardsOf(toDuty)).toContain('县长');
    const none = filedIn(world([...nobody, noAccount('水甲')]));
    expect(textsOf(none).join()).toContain('没有可以送达的人员,请另行电话联系;县水利局值班电话 0123-4567');
  });

  it('an urgent request at night comes to who of the unit has the watch as well, by day and for an ordinary one it does not', () => {
    const night = MONDAY + 14 * HOUR;
    const watch = person('水守', '县水利局', ['department-officer']);
    const officers = Array.from({ length: 4 }, (_, i) =>
      person(`水${i}`, '县水利局', ['department-officer']),
    );
    const shift = { unit: '县水利局', name: '水守', from: MONDAY, until: MONDAY + 24 * HOUR };
    const it = world([...others, ...officers, watch], [shift]);
    const cards = (urgency: Request['urgency'], now: number) =>
      cardsOf(effectsOfChange(null, { ...file('call'), urgency }, it, now, null));
    expect(cards('urgent', night)).toEqual(expect.arrayContaining(['水0', '水守']));
    expect(cards('urgent', MONDAY)).not.toContain('水守');
    expect(cards('normal', night)).not.toContain('水守');
  });

  it('whose message did not arrive is written to no more, the next one is, and the caller hears what was done', () => {
    const it = world([...others, person('水甲', '县水利局', ['department-officer']), head]);
    const request = file('call');
    expect(
      sendsOf(effectsOfChange(null, request, it, MONDAY, null)).find((e) => e.to.chatId === '水甲'),
    ).toMatchObject({
      occurrence: `request:${NUMBER}:县水利局`,
    });
    const lost = act(request, unreached('水甲'), null, MONDAY + MINUTE);
    const effects = effectsOfChange(request, lost, it, MONDAY + MINUTE, null);
    expect(cardsOf(effects)).not.toContain('水甲');
    expect(cardsOf(effects)).toContain('水长');
    // Who called is not in the list of people: their unit hears of it.
    const said = `${NUMBER}(河堤渗水,请来人查看) 县水利局经办人员无法送达,已转县水利局负责人;县水利局值班电话 0123-4567。`;
    expect(textsOf(effects)).toEqual([`镇甲: ${said}`, `所甲: ${said}`]);
  });

  it('colleagues of who signed see the card change, and hear nothing', () => {
    const signed = act(file('call'), { kind: 'sign' }, { ...WATER, account: 'console:水甲' });
    const noted = act(signed, actOf('note'), TOWNSHIP);
    const effects = effectsOfChange(signed, noted, SHARED, MONDAY, null);
    expect(cardsOf(effects)).toEqual(expect.arrayContaining(['水甲', '水乙']));
    expect(textsOf(effects).map((text) => text.slice(0, 2))).toEqual(['水甲']);
  });

  it('a 征求意见 reaches leaders in direct chats, and never whom it speaks of', () => {
    const asked = file('consent', { text: '拟调整柳林镇派出所所甲的岗位' });
    expect(cardsOf(created(asked)).sort()).toEqual(['县公安局', '镇长'].sort());
    const ofLeader = file('consent', { text: '拟调整镇长的岗位' });
    const effects = created(ofLeader);
    expect(cardsOf(effects)).not.toContain('镇长');
    expect(JSON.stringify(sendsOf(effects).filter((e) => e.to.chatId === '镇长'))).toBe('[]');
  });
});
