import { describe, expect, it } from 'vitest';
import { compose } from '../../src/core/compose.js';
import { replyText, setSession } from '../../src/core/effects.js';
import type { Session } from '../../src/core/session.js';
import type { Context, Effect } from '../../src/core/types.js';
import { createEmergencyMiddleware } from '../../src/middleware/emergency.js';
import { makeContext } from '../helpers/context.js';

const DANGER = { line: '请立即拨打119。', isActing: false, isSure: true };
const session = (parts: Partial<Session> = {}): Session => ({
  updatedAt: 1,
  offered: [],
  isChoosing: false,
  ...parts,
});
const ROW = [replyText('一项'), setSession(session({ focus: 'e/list/1' }))];
const match = (intent: string, via: Context['match']['via']): Context['match'] => ({
  ...{ intent, via, slots: {}, score: 1, scores: {} },
});

const answer = (
  overrides: Partial<Context>,
  danger: typeof DANGER | null = DANGER,
  effects: Effect[] = ROW,
): Promise<Effect[]> =>
  compose([createEmergencyMiddleware(() => danger)], () => Promise.resolve(effects))(makeContext(overrides));

const REMEMBERED = {
  kind: 'setSession',
  session: expect.objectContaining({
    danger: { line: DANGER.line, at: expect.any(Number), told: expect.any(String) },
  }),
};
const WARNING = { kind: 'reply', reply: { text: expect.stringMatching(/^【紧急】请立即拨打119。/) } };

describe('people in danger', () => {
  it('come first, and nothing is done because of it', async () => {
    expect(await answer({ match: match('file_request', 'example') })).toEqual([WARNING, REMEMBERED]);
    expect(await answer({ match: match('smalltalk', 'example') })).toEqual([WARNING, REMEMBERED]);
  });

  it('do not swallow what is reported of a case', async () => {
    const flow = { intent: 'reply_request', asks: 'confirm', data: {} };
    const readBack = [
      replyText('将作为正式答复提交'),
      setSession(session({ request: 'QS-2026-000001', flow })),
    ];
    const ctx = { match: match('ask_policy', 'example') };
    expect(await answer(ctx, DANGER, readBack)).toEqual([WARNING, ...readBack]);
  });

  it('are not what is spoken of: nothing changes', async () => {
    expect(await answer({}, null)).toEqual(ROW);
  });

  it('stand before the row that answers; a choice among rows is left out', async () => {
    const ctx = { match: match('ask_responsibility', 'example') };
    expect(await answer(ctx)).toEqual([WARNING, ...ROW]);
    const choice = [setSession(session({ focus: 'e/list/1', isChoosing: true }))];
    expect(await answer(ctx, DANGER, choice)).toEqual([WARNING, REMEMBERED]);
  });

  it('stand before whatever is answered where it is not sure that somebody is in danger', async () => {
    const ctx = { match: match('off_topic', 'example') };
    expect(await answer(ctx, { ...DANGER, isSure: false })).toEqual([WARNING, ...ROW]);
  });

  it('stand before what a command or a request does', async () => {
    const acting = { ...DANGER, isActing: true };
    expect(await answer({ match: match('file_request', 'example') }, acting)).toEqual([WARNING, ...ROW]);
    expect(await answer({ match: match('file_request', 'command') })).toEqual([WARNING, ...ROW]);
  });

  it('stand before the next step of a dialogue, which goes on with what was told', async () => {
    const flow = { intent: 'file_request', asks: 'place', data: { text: '路灯' } };
    const ctx = { match: match('file_request', 'flow'), session: session({ flow }) };
    expect(await answer(ctx)).toEqual([WARNING, ...ROW]);
  });

  describe('and what is to be done is asked again', () => {
    const told = (text: string) => {
      const { now } = makeContext({});
      const danger = { line: DANGER.line, at: now };
      return answer({ text, match: match('help', 'example'), session: session({ danger }) }, null);
    };

    it.each([...['你别跟我讲谁牵头 就讲现在干啥', '现在该怎么办', '那先做什么', '打哪个电话', '眼下咋弄']])(
      '%s repeats it',
      async (text) => {
        expect(await told(text)).toEqual([WARNING]);
      },
    );

    it.each([...['打了打了 救护车在路上 现在干啥', '人没事了 该怎么办', '平时归谁管', '水利局现在几项']])(
      '%s does not',
      async (text) => {
        expect(await told(text)).toEqual(ROW);
      },
    );
  });
});
