/** Somebody leaves while a case is open: the unit goes on with it, in working hours, and nobody is written to twice. */
import { describe, expect, it } from 'vitest';
import { conversationKey } from '../../src/core/chat.js';
import type { Person, Shift } from '../../src/core/domain.js';
import type { Request } from '../../src/core/request.js';
import type { TimerContext } from '../../src/core/types.js';
import { createDirectory } from '../../src/organizations/directory.js';
import { createHandoverTimer, handoverTimer } from '../../src/timers/handover.js';
import { emptyReader } from '../helpers/context.js';
import { cardsOf, DIRECTORY, person, textsOf, WORLD } from '../helpers/request-world.js';
import {
  act,
  at,
  caseAt,
  chatOf,
  file,
  HOUR,
  MINUTE,
  MONDAY,
  NUMBER,
  refusal,
  WATER,
} from '../helpers/requests.js';

const caller = {
  account: 'console:镇甲',
  name: '镇甲',
  organization: '柳林镇',
  roles: ['township-cadre' as const],
};
const signer = { ...WATER, account: 'console:水甲', name: '水甲' };
const call = (): Request => file('call', { conversation: chatOf('镇甲') }, MONDAY, caller);

const withPeople = (people: Person[], roster: Shift[] = []) =>
  createDirectory({ ...DIRECTORY, posts: [...DIRECTORY.posts], people, roster });
const without = (...names: string[]) =>
  withPeople(DIRECTORY.people.filter(({ name }) => !names.includes(name)));

/** `told`: chats that heard of it last. */
async function look(asked: Request, now: number, directory = DIRECTORY, told: string[] = []) {
  const keys = (isOf: boolean) =>
    told.filter((it) => it.startsWith('镇') === isOf).map((it) => conversationKey(chatOf(it)));
  const request = { ...asked, held: { 柳林镇: keys(true), 县水利局: keys(false) } };
  const { policies, calendar, platforms } = WORLD;
  const deps = { policies, calendar, platforms, knowledge: () => ({ directory }) } as never;
  const run = (payload: Record<string, unknown>) =>
    createHandoverTimer(deps)({
      update: { kind: 'timer', id: 't', at: now, timer: { ...handoverTimer(now).timer, payload } },
      now,
      read: {
        ...emptyReader,
        getRequest: async () => request,
        findRequests: async () => ({ requests: [request], total: 1 }),
      },
    } as unknown as TimerContext);
  const timers = (await run({})).flatMap((e) => (e.kind === 'schedule' ? [e.timer] : []));
  const own = timers.find(({ payload }) => payload['number'] === NUMBER);
  return { timers, own, effects: own?.runAt === now ? await run(own.payload) : [] };
}

describe('who signed is there no more', () => {
  const signed = act(call(), { kind: 'sign' }, signer);

  it('the unit and who called are told, and a colleague may sign in their stead', async () => {
    const { effects } = await look(signed, MONDAY + HOUR, without('水甲'), ['水甲', '镇甲']);
    expect(textsOf(effects)).toEqual([
      `镇甲: ${NUMBER}(河堤渗水,请来人查看) 系统提示:水甲已不在县水利局。本件由其单位继续办理,时限不变。`,
      `水乙: ${NUMBER}(河堤渗水,请来人查看) 系统提示:水甲已不在县水利局。本件由贵单位继续办理,时限不变;请确定经办人,由其点“签收”接手。`,
    ]);
    const [after] = effects.flatMap((e) => (e.kind === 'request' ? [e.request] : []));
    if (!after) throw new Error('nothing was stored');
    expect(after.dueAt).toBe(signed.dueAt);
    const taken = act(
      after,
      { kind: 'sign' },
      { ...signer, account: 'console:水乙', name: '水乙' },
      MONDAY + HOUR,
    );
    expect(refusal(taken, { kind: 'sign' }, signer, MONDAY + HOUR)).toContain('已经签收');
    const { effects: again } = await look(taken, MONDAY + 2 * HOUR, without('水甲'), ['水乙', '镇甲']);
    expect(again).toEqual([]);
  });

  it('who moved to another unit is gone from this one, and who stays is not', async () => {
    const moved = DIRECTORY.people.map((p) => (p.name === '水甲' ? { ...p, organization: '县审计局' } : p));
    const { effects } = await look(signed, MONDAY + HOUR, withPeople(moved), ['水甲', '镇甲']);
    expect(textsOf(effects).map((text) => text.slice(0, 2))).toEqual(['镇甲', '水乙']);
    expect((await look(signed, MONDAY + HOUR, DIRECTORY, ['水甲', '镇甲'])).own).toBeUndefined();
  });

  it('is looked for at once in working hours, else in the morning', async () => {
    const night = at('2026-03-02 21:00');
    const { own, timers } = await look(signed, night, without('水甲'), ['镇甲']);
    expect(own).toBeUndefined();
    expect(timers).toMatchObject([{ kind: 'handover', runAt: at('2026-03-03 08:30') }]);
  });
});

describe('who has the card is there no more', () => {
  it('colleagues get it, and 督办 where there are none', async () => {
    const left = await look(call(), MONDAY + HOUR, without('水甲', '水乙'), ['水甲', '水乙', '镇甲']);
    expect(cardsOf(left.effects)).toEqual(['水长']);
    const nobody = await look(call(), MONDAY + HOUR, without('水甲', '水乙', '水长'), ['镇甲']);
    expect(textsOf(nobody.effects)).toEqual([
      `督甲: ${NUMBER}(河堤渗水,请来人查看) 县水利局经办人员无法送达,已转督办。`,
      `镇甲: ${NUMBER}(河堤渗水,请来人查看) 县水利局经办人员无法送达,已转督办。`,
    ]);
  });

  it('who called and moved hears no more of it: the township does', async () => {
    const moved = DIRECTORY.people.map((p) => (p.name === '镇甲' ? { ...p, organization: '白马镇' } : p));
    const { effects } = await look(call(), MONDAY + HOUR, withPeople(moved), ['镇甲', '水甲']);
    expect(cardsOf(effects)).not.toContain('镇甲');
    expect(textsOf(effects).join()).toContain('原接收人员已不在岗,由贵单位继续办理');
    expect(caseAt(call()).request.callers[0]?.account).toBe('console:镇甲');
  });
});

describe('a shift that ends in the night', () => {
  const evening = at('2026-03-02 22:00');
  const change = at('2026-03-03 02:00');
  const shift = (name: string, from: number, until: number): Shift => ({
    unit: '县政府办公室',
    name,
    from,
    until,
  });
  // Nobody but who is on duty can be written to.
  const people = DIRECTORY.people
    .filter(({ organization, roles }) => organization !== '县水利局' && !roles.includes('deadline-office'))
    .concat(person('值甲', '县政府办公室', []), person('值乙', '县政府办公室', []));
  const roster = [shift('值甲', evening, change), shift('值乙', change, change + 8 * HOUR)];
  const urgent = file('call', { conversation: chatOf('镇甲'), urgency: 'urgent' }, evening, caller);

  it('is looked at when it ends, and the next shift is told once', async () => {
    const directory = withPeople(people, roster);
    const before = await look(urgent, evening + HOUR, directory, ['值甲', '镇甲']);
    expect(before.own).toBeUndefined();
    expect(before.timers).toMatchObject([{ kind: 'handover', runAt: change }]);
    const { effects } = await look(urgent, change, directory, ['值甲', '镇甲']);
    expect(cardsOf(effects)).toEqual(['值乙']);
    expect(textsOf(effects)).toEqual([
      `值乙: ${NUMBER}(河堤渗水,请来人查看) 县水利局经办人员无法送达,已转值班人员。`,
      `镇甲: ${NUMBER}(河堤渗水,请来人查看) 县水利局经办人员无法送达,已转值班人员。`,
    ]);
    const after = await look(urgent, change + MINUTE, directory, ['值乙', '镇甲']);
    expect(after.effects).toEqual([]);
  });

  it('nobody comes after it: who called is told at once', async () => {
    const directory = withPeople(people, roster.slice(0, 1));
    const { effects } = await look(urgent, change, directory, ['值甲', '镇甲']);
    expect(textsOf(effects)).toEqual([
      `镇甲: ${NUMBER}(河堤渗水,请来人查看) 县水利局没有可以送达的人员,请另行电话联系。`,
    ]);
  });
});
