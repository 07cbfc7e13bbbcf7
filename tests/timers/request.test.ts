/** The clock's messages: to whom, why at night, not too many, and nothing when there is nothing to do. */
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/core/request.js';
import type { DueTimer, Effect } from '../../src/core/types.js';
import type { HandlerDeps } from '../../src/handlers/deps.js';
import { createRequestTimer } from '../../src/timers/request.js';
import { timerKey } from '../../src/requests/effects.js';
import { emptyReader } from '../helpers/context.js';
import { WORLD, DIRECTORY, textsOf } from '../helpers/request-world.js';
import { act, actOf, at, DAY, file, MINUTE, MONDAY, NUMBER, WATER } from '../helpers/requests.js';

const deps = { ...WORLD, knowledge: () => ({ directory: DIRECTORY }) } as unknown as HandlerDeps;
const update: DueTimer = {
  kind: 'timer',
  id: 'timer:1',
  at: 0,
  timer: { key: timerKey(NUMBER), runAt: 0, kind: 'request', payload: { number: NUMBER } },
};
const ring = async (request: Request | null, now: number): Promise<Effect[]> =>
  createRequestTimer(deps)({
    update,
    now,
    read: { ...emptyReader, getRequest: () => Promise.resolve(request) },
    isRead: () => Promise.resolve(null),
    accountsOf: () => Promise.resolve(new Map()),
    readAttachment: () => Promise.reject(new Error('no attachments here')),
  });
const chats = (effects: Effect[]) => textsOf(effects).map((t) => t.split(':')[0]);
const saved = (effects: Effect[]) => effects.find((e) => e.kind === 'request')?.request;

describe('a request’s timer', () => {
  it('reminds the person, then the deputy, then the head', async () => {
    const signer = { ...WATER, account: 'console:水乙' };
    const request = act(file('call'), { kind: 'sign' }, signer);
    const soon = await ring(request, at('2026-03-09 08:30'));
    // The morning's summary names it.
    expect(textsOf(soon)).toEqual([]);
    const today = await ring(saved(soon) ?? null, at('2026-03-09 14:00'));
    expect(textsOf(today)).toEqual([
      '水乙: 提醒:呼叫 QS-2026-000123(河堤渗水,请来人查看)应于3月9日(周一)18:00前答复。',
    ]);
    const due = await ring(saved(today) ?? null, at('2026-03-10 08:30'));
    // Who called hears of it as well.
    expect(chats(due)).toEqual(['水长', '镇甲', '所甲']);
    expect(textsOf(due).slice(0, 1)).toEqual([
      '水长: 提醒:呼叫 QS-2026-000123(河堤渗水,请来人查看)答复时限为3月9日(周一)18:00,现已超过。承办单位:县水利局。',
    ]);
    const unsigned = await ring(file('call'), at('2026-03-02 15:00'));
    expect(chats(unsigned)).toEqual(['水甲', '水乙']);
  });

  it('says why it comes at night', async () => {
    const start = at('2026-03-07 22:00');
    const effects = await ring(file('call', { urgency: 'urgent' }, start), start + 30 * MINUTE);
    const toUnit = textsOf(effects).filter((t) => t.startsWith('水'));
    expect(toUnit.length).toBeGreaterThan(0);
    expect(toUnit.every((t) => t.endsWith('本件为紧急呼叫,故在非工作时间提醒。'))).toBe(true);
    expect(textsOf(effects).length).toBeGreaterThan(0);
  });

  it('after a week without the bot each is told once', async () => {
    const effects = await ring(file('call'), MONDAY + 7 * DAY);
    const told = chats(effects);
    expect(new Set(told).size).toBe(told.length);
    expect(told).toEqual(expect.arrayContaining(['水甲', '水长', '督甲']));
    const escalated = saved(effects)?.events.filter((e) => e.kind === 'escalated') ?? [];
    // Several steps of one level are one message.
    expect(escalated.length).toBeGreaterThan(new Set(escalated.map((e) => e.facts?.['to'])).size);
    expect(textsOf(await ring(saved(effects) ?? null, MONDAY + 7 * DAY))).toEqual([]);
  });

  it('too early, or for a request that is not there, changes nobody’s card', async () => {
    expect(await ring(null, MONDAY)).toEqual([]);
    const effects = await ring(file('call'), MONDAY + MINUTE);
    expect(effects.map((e) => e.kind)).toEqual(['schedule']);
  });

  it('concludes what nobody rated, without a reminder', async () => {
    const effects = await ring(act(file('call'), actOf('answer'), WATER), MONDAY + 8 * DAY);
    expect(saved(effects)?.status).toBe('concluded');
    expect(textsOf(effects)).toEqual([]);
    expect(effects.filter((e) => e.kind === 'cancel')).toHaveLength(1);
  });
});
