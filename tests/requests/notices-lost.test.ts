/** What 督办 is asked and what is ruled goes on by the next way where it does not arrive; nobody hears that somebody knows who does not. */
import { describe, expect, it } from 'vitest';
import { conversationKey } from '../../src/core/chat.js';
import type { Person, Shift } from '../../src/core/domain.js';
import type { Request } from '../../src/core/request.js';
import type { Effect, TimerContext } from '../../src/core/types.js';
import { createDirectory } from '../../src/organizations/directory.js';
import { effectsOfChange, type RequestWorld } from '../../src/requests/effects.js';
import { phoneText } from '../../src/requests/phones.js';
import { askedOfDesk } from '../../src/requests/to-desk.js';
import { createUnreachedTimer } from '../../src/timers/unreached.js';
import { DIRECTORY, person, sendsOf, textsOf, WORLD } from '../helpers/request-world.js';
import {
  act,
  actOf,
  at,
  caseAt,
  chatOf,
  DEADLINE_OFFICE,
  file,
  HOUR,
  LIST_OFFICE,
  MONDAY,
  TOWNSHIP,
  WATER,
} from '../helpers/requests.js';

const LATE = at('2026-03-20 10:00');
const DESK = '县政府办公室';
const isDesk = (p: Person) => p.roles.includes('deadline-office');

function worldOf({ people = DIRECTORY.people, roster = [], phones = {} }: Parts): RequestWorld {
  const organizations = DIRECTORY.organizations.map((o) =>
    phones[o.name] === undefined ? o : { ...o, dutyDesk: phones[o.name] as string },
  );
  return {
    ...WORLD,
    directory: createDirectory({ county: '青山县', organizations, people, posts: [], roster }),
  };
}
type Parts = { people?: Person[]; roster?: Shift[]; phones?: Record<string, string> };

const nobody = DIRECTORY.people.filter((p) => !isDesk(p));
const shift = (unit: string, name: string, telephone?: string): Shift => ({
  ...{ unit, name, from: LATE - HOUR, until: LATE + HOUR },
  ...(telephone !== undefined && { telephone }),
});

/** Each end of a sending that fails, one after the other, until nothing more is sent. */
async function lose(request: Request, effects: Effect[], world: RequestWorld, chats: readonly string[]) {
  const told: Effect[] = [];
  let now = request;
  const waiting = sendsOf(effects).filter((it) => it.occurrence !== undefined && it.slot === undefined);
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    if (!chats.includes(next.to.chatId)) continue;
    const payload = { occurrence: next.occurrence, to: conversationKey(next.to), outcome: 'failed' };
    const timer = { key: 'delivered:1', runAt: LATE, kind: 'delivered', payload };
    const { policies, calendar, directory, platforms } = world;
    const deps = { policies, calendar, platforms, knowledge: () => ({ directory }) } as never;
    const ctx = {
      update: { kind: 'timer', id: 't', at: LATE, timer },
      now: LATE,
      read: { getRequest: () => Promise.resolve(now) },
    };
    const more = await createUnreachedTimer(deps, () => [])(ctx as unknown as TimerContext);
    const stored = more.findLast((it) => it.kind === 'request');
    if (stored?.kind === 'request') now = { ...stored.request, version: now.version + 1 };
    told.push(...more);
    waiting.push(...sendsOf(more).filter((it) => it.occurrence?.includes(':::')));
  }
  return { now, texts: textsOf(told) };
}

describe('督办 that is asked to look after a request', () => {
  const before = file('call', {}, at('2026-03-02 09:00'));
  const urged = act(before, { kind: 'urge', text: '请督办', toDesk: true }, TOWNSHIP, LATE);
  const effectsIn = (world: RequestWorld) => effectsOfChange(before, urged, world, LATE, chatOf('镇甲'));
  const saidIn = (world: RequestWorld) => askedOfDesk({ ...caseAt(before, LATE), ...world });

  it('is written to, and the caller hears so', () => {
    expect(textsOf(effectsIn(WORLD)).join('\n')).toMatch(/督甲: QS-.+柳林镇请督办过问/);
    expect(saidIn(WORLD)).toBe('已催办,并已请督办过问。');
  });

  it('has whoever is on duty there in its place, who is asked to pass it on', () => {
    const world = worldOf({ people: nobody, roster: [shift(DESK, '县长')] });
    expect(textsOf(effectsIn(world)).join('\n')).toMatch(/县长: 请转告督办:QS-/);
    expect(saidIn(world)).toBe('已催办;督办人员无法送达,已请值班人员转告督办。');
  });

  it('is never said to have been asked where nobody can be written to: the caller gets its number', () => {
    const world = worldOf({ people: nobody, roster: [shift(DESK, '值守某', '0123-1')] });
    expect(textsOf(effectsIn(world)).join('\n')).not.toContain('请督办过问');
    expect(saidIn(world)).toBe(
      '已催办;督办没有可以送达的人员,请另行电话联系;县政府办公室值班 值守某 0123-1。',
    );
  });

  it('that does not get it: the next one has it, then who is on duty, and at last the caller is told', async () => {
    const people = [...DIRECTORY.people, person('督乙', DESK, ['deadline-office'])];
    const world = worldOf({ people, roster: [shift(DESK, '县长')], phones: { [DESK]: '0123-2' } });
    const one = await lose(urged, effectsIn(world), world, ['督甲']);
    expect(one.texts.filter((it) => !it.startsWith('镇甲'))).toEqual([]);
    const both = await lose(urged, effectsIn(world), world, ['督甲', '督乙']);
    expect(both.texts.filter((it) => it.includes('请转告督办'))).toHaveLength(1);
    const all = await lose(urged, effectsIn(world), world, ['督甲', '督乙', '县长']);
    expect(all.texts.at(-1)).toMatch(
      /: QS-.+督办没有可以送达的人员,请另行电话联系;县政府办公室值班电话 0123-2。$/,
    );
    expect(all.now.events.filter(({ kind }) => kind === 'unreached')).toHaveLength(3);
  });
});

describe('a second low rating', () => {
  const low = (request: Request) =>
    act(
      act(act(request, { kind: 'sign' }, WATER), actOf('answer'), WATER),
      { kind: 'rate', speed: 1, handling: 1, result: 1, words: '没有修好' },
      TOWNSHIP,
    );
  it('is listed for 督办 in truth, and its caller hears where nobody of it can be written to', () => {
    const once = low(file('call'));
    const twice = low(once);
    expect(twice.events.at(-1)?.text).toBe('再次评价较低,已列入待督办核查。');
    const texts = (world: RequestWorld) =>
      textsOf(effectsOfChange(once, twice, world, MONDAY, null)).join('\n');
    expect(texts(WORLD)).toMatch(/督甲: QS-.+已列入待督办核查。评价说明:没有修好/);
    expect(texts(worldOf({ people: nobody }))).toMatch(/镇甲: .+督办没有可以送达的人员/);
  });
});

describe('heads to whom 督办 raises a case again', () => {
  const before = act(file('call'), { kind: 'sign' }, WATER, at('2026-03-02 10:00'));
  const desk = { ...DEADLINE_OFFICE, account: 'console:督甲' };
  const raised = act(before, { kind: 'urge', text: '升级处理', toHead: true }, desk, LATE);
  const effectsIn = (world: RequestWorld) => effectsOfChange(before, raised, world, LATE, chatOf('督甲'));

  it('who do not get it have another head in their place, else 督办 hears it with the number of the unit', async () => {
    const people = [...DIRECTORY.people, person('水副', '县水利局', ['department-head'])];
    const world = worldOf({ people, phones: { 县水利局: '0123-3' } });
    const one = await lose(raised, effectsIn(world), world, ['水长']);
    expect(one.texts.filter((it) => it.startsWith('督甲'))).toEqual([]);
    const both = await lose(raised, effectsIn(world), world, ['水长', '水副']);
    expect(both.texts.filter((it) => it.startsWith('督甲'))).toEqual([
      '督甲: QS-2026-000123(河堤渗水,请来人查看) 县水利局负责人没有送达,请另行电话联系;县水利局值班电话 0123-3。',
    ]);
  });

  it('of whom there is none are not said to have been told', () => {
    const world = worldOf({ people: DIRECTORY.people.filter(({ name }) => name !== '水长') });
    expect(textsOf(effectsIn(world)).filter((it) => /督甲|再次升级/.test(it))).toEqual([
      '督甲: QS-2026-000123(河堤渗水,请来人查看) 县水利局负责人没有送达,请另行电话联系。',
    ]);
  });
});

describe('what somebody who acted hears of one that is about a person', () => {
  it('names its kind and nothing of it', () => {
    const of = (request: Request): Request => ({ ...request, kind: 'consent' });
    const before = of(act(file('call'), { kind: 'sign' }, WATER, at('2026-03-02 10:00')));
    const desk = { ...DEADLINE_OFFICE, account: 'console:督甲' };
    const raised = of(
      act({ ...before, kind: 'call' }, { kind: 'urge', text: '升级处理', toHead: true }, desk, LATE),
    );
    const world = worldOf({ people: DIRECTORY.people.filter(({ name }) => name !== '水长') });
    const texts = textsOf(effectsOfChange(before, raised, world, LATE, chatOf('督甲')));
    const told = texts.filter((it) => it.startsWith('督甲'));
    expect(told.join()).toContain('县水利局负责人没有送达');
    expect(told.join()).not.toContain('河堤渗水');
  });
});

describe('a ruling that was asked for', () => {
  it('goes to others of the unit where it does not arrive, else who asked and who ruled are told', async () => {
    const asked = file('ruling');
    const ruled = act(
      asked,
      { kind: 'rule', lead: '县水利局', support: [], text: '堤防归水利' },
      LIST_OFFICE,
      LATE,
    );
    const world = worldOf({ phones: { 县水利局: '0123-3' } });
    const effects = effectsOfChange(asked, ruled, world, LATE, null);
    const first = await lose(ruled, effects, world, ['水甲', '水乙']);
    expect(first.texts.filter((it) => it.startsWith('水长'))).toHaveLength(1);
    expect(first.texts.join()).not.toContain('没有送达县水利局');
    const all = await lose(ruled, effects, world, ['水甲', '水乙', '水长']);
    const last = all.texts.filter((it) =>
      it.includes('裁定没有送达县水利局,请另行电话告知;县水利局值班电话 0123-3'),
    );
    expect(last.map((it) => it.split(':')[0])).toContain('镇甲');
    expect(last.map((it) => it.split(':')[0])).toContain(LIST_OFFICE.account.split(':')[1]);
  });
});

describe('the number that is left', () => {
  const number = (world: RequestWorld, isOfCounty = true, request = file('call')) =>
    phoneText('县水利局', { ...caseAt(request, LATE), ...world }, isOfCounty);
  it('is of who is on duty, else of the unit’s desk, else of the office that watches', () => {
    const phones = { 县水利局: '0123-3', [DESK]: '0123-2' };
    const roster = [shift('县水利局', '水守', '139')];
    expect(number(worldOf({ roster, phones }))).toBe('县水利局值班 水守 139');
    expect(number(worldOf({ roster: [shift('县水利局', '水守')], phones }))).toBe('县水利局值班电话 0123-3');
    expect(number(worldOf({ phones: { [DESK]: '0123-2' } }))).toBe('县政府办公室值班电话 0123-2');
    expect(number(worldOf({ phones: { [DESK]: '0123-2' } }), false)).toBe('');
    // What speaks of a person is not for who has the watch.
    expect(number(worldOf({ roster, phones }), true, file('consent'))).toBe('县水利局值班电话 0123-3');
  });
});
