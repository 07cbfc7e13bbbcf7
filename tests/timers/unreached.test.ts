/** The end of a sending comes back: the next way is taken, the caller told; what arrived says nothing. */
import { describe, expect, it } from 'vitest';
import { conversationKey, type Conversation } from '../../src/core/chat.js';
import { isToldBack } from '../../src/core/outbox.js';
import type { Request } from '../../src/core/request.js';
import type { TimerContext } from '../../src/core/types.js';
import { createUnreachedTimer } from '../../src/timers/unreached.js';
import { cardsOf, textsOf, WORLD } from '../helpers/request-world.js';
import {
  act,
  actOf,
  at,
  chatOf,
  file,
  MINUTE,
  MONDAY,
  NUMBER,
  TOWNSHIP,
  WATER,
} from '../helpers/requests.js';

const { policies, calendar, directory, platforms } = WORLD;
const deps = { policies, calendar, platforms, knowledge: () => ({ directory }) } as never;

const run = async (
  request: Request | null,
  to: Conversation,
  occurrence = `request:${NUMBER}:县应急管理局`,
  now = MONDAY + MINUTE,
) => {
  const payload = { occurrence, to: conversationKey(to), outcome: 'failed', reason: '被屏蔽' };
  const timer = { key: 'delivered:1', runAt: MONDAY, kind: 'delivered', payload };
  const ctx = {
    update: { kind: 'timer', id: 'timer:1', at: MONDAY, timer },
    now,
    read: { getRequest: async () => request },
  } as unknown as TimerContext;
  return createUnreachedTimer(deps, () => [{ kind: 'cancel', key: 'of reminders' }])(ctx);
};

describe('a request that did not arrive', () => {
  it('goes to the next, and who called is told', async () => {
    const effects = await run(file('call', { lead: '县应急管理局' }), chatOf('急甲'));
    expect(cardsOf(effects)).toContain('督甲');
    expect(textsOf(effects).join()).toContain('县应急管理局经办人员无法送达,已转督办');
    const [stored] = effects.flatMap((e) => (e.kind === 'request' ? [e.request] : []));
    expect(stored?.events.at(-1)).toMatchObject({ kind: 'unreached', text: '急甲没有送达', by: null });
    expect(await run(stored ?? null, chatOf('急甲'))).toEqual([]);
  });

  it('a step of the ladder goes on by the next way, in its own words, once nobody of its level is left', async () => {
    const late = at('2026-03-10 08:30');
    const escalate = { kind: 'escalate', step: 'answer-due', clock: 'answer', assignment: 'A1' } as const;
    const before = act(file('call', { lead: '县水利局' }), escalate, null, late);
    const step = `request:${NUMBER}:县水利局:A1:answer:answer-due`;
    const effects = await run(before, chatOf('水长'), step, late);
    expect(textsOf(effects)).toEqual([
      `镇甲: ${NUMBER}(河堤渗水,请来人查看) 县水利局水长没有送达,已送督办。`,
      `所甲: ${NUMBER}(河堤渗水,请来人查看) 县水利局水长没有送达,已送督办。`,
      `督甲: 提醒:呼叫 ${NUMBER}(河堤渗水,请来人查看)答复时限为3月9日(周一)18:00,现已超过。承办单位:县水利局。`,
    ]);
    // An end that has moved since is not spoken of any more.
    const answered = act(before, actOf('answer'), WATER, late);
    expect(textsOf(await run(answered, chatOf('水长'), step, late))).toEqual([]);
  });

  it('a step that nobody is left for says that of the unit, of which the caller may have heard that 督办 has it', async () => {
    const late = at('2026-03-10 08:30');
    const [lost] = (await run(file('call', { lead: '县应急管理局' }), chatOf('急甲'))).flatMap((e) =>
      e.kind === 'request' ? [e.request] : [],
    );
    const escalate = { kind: 'escalate', step: 'answer-due', clock: 'answer', assignment: 'A1' } as const;
    const before = act(lost ?? file('call'), escalate, null, late);
    const step = `request:${NUMBER}:县应急管理局:A1:answer:answer-due`;
    const effects = await run(before, chatOf('督甲'), step, late);
    expect(textsOf(effects)[0]).toBe(
      `镇甲: ${NUMBER}(河堤渗水,请来人查看) 县政府办公室督甲没有送达,县应急管理局没有可以送达的人员,请另行电话联系。`,
    );
  });

  it('is of no account once the part has ended, and reminders have their own way', async () => {
    const ended = act(file('call', { lead: '县应急管理局' }), actOf('withdraw'), TOWNSHIP);
    expect(await run(ended, chatOf('急甲'))).toEqual([]);
    expect(await run(null, chatOf('急甲'))).toEqual([]);
    expect(await run(null, chatOf('急甲'), 'TX-2026-000001@1/0')).toEqual([
      { kind: 'cancel', key: 'of reminders' },
    ]);
    expect(isToldBack('request:x', 'sent')).toBe(false);
    expect(isToldBack('request:x', 'failed')).toBe(true);
    expect(isToldBack('TX-1', 'sent')).toBe(true);
    expect(isToldBack(undefined, 'failed')).toBe(false);
  });
});
