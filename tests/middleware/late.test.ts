import { describe, expect, it } from 'vitest';
import { compose } from '../../src/core/compose.js';
import { replyCard, replyText, setSession } from '../../src/core/effects.js';
import type { Context, Effect } from '../../src/core/types.js';
import { createLateMiddleware } from '../../src/middleware/late.js';
import { actsOf, loadIntents } from '../../src/nlu/load.js';
import { makeAction, makeContext, makeMessage } from '../helpers/context.js';
import { LATE_GO, type Session } from '../../src/core/session.js';

const MINUTE = 60_000;
/** 2026-11-24 09:05 in Shanghai. */
const SENT_AT = Date.UTC(2026, 10, 24, 1, 5);
const EFFECTS = [replyText('好'), replyCard({ title: '甲', blocks: [], buttons: [] }), setSession(null)];

async function answer(
  overrides: Partial<Context>,
  acts = false,
): Promise<{ effects: Effect[]; ran: boolean }> {
  let ran = false;
  const run = compose([createLateMiddleware(() => acts)], () => {
    ran = true;
    return Promise.resolve(EFFECTS);
  });
  return { effects: await run(makeContext(overrides)), ran };
}

const sentAgo = (waitMs: number): Partial<Context> => ({
  update: makeMessage({ at: SENT_AT, text: '签收 QS-2026-000001' }),
  now: SENT_AT + waitMs,
});

describe('late answers', () => {
  it('leaves a prompt answer alone', async () => {
    expect((await answer(sentAgo(10 * MINUTE - 1))).effects).toEqual(EFFECTS);
  });

  it('says on texts and cards when the message was sent, in the office time', async () => {
    const { effects } = await answer(sentAgo(10 * MINUTE));
    const [text, card, session] = effects;
    expect(text).toMatchObject({
      reply: { text: expect.stringMatching(/^好\n\(补答:.*11月24日\(周二\)09:05/) },
    });
    expect(card).toMatchObject({ reply: { card: { blocks: [{ kind: 'source' }] } } });
    expect(session).toEqual({ kind: 'setSession', session: null });
  });
});

describe('late messages that would act', () => {
  it('act at once while they are prompt', async () => {
    expect((await answer(sentAgo(9 * MINUTE), true)).ran).toBe(true);
  });

  it('ask first, naming the message and its time, and keep it for the answer', async () => {
    const { effects, ran } = await answer(sentAgo(3 * 60 * MINUTE), true);
    expect(ran).toBe(false);
    const [question, session] = effects;
    expect(JSON.stringify(question)).toContain('签收 QS-2026-000001');
    expect(JSON.stringify(question)).toContain('11月24日(周二)09:05');
    expect(session).toMatchObject({ session: { late: { text: '签收 QS-2026-000001' } } });
  });

  it('keep the button that was pressed late', async () => {
    const update = makeAction({ id: 'req-sign', value: 'QS-2026-000001 A1' }, { at: SENT_AT });
    const { effects } = await answer({ update, now: SENT_AT + 60 * MINUTE }, true);
    expect(effects[1]).toMatchObject({
      session: { late: { action: { id: 'req-sign', value: 'QS-2026-000001 A1' } } },
    });
  });

  it('act when the person confirms, and a second press finds nothing', async () => {
    const session: Session = {
      updatedAt: SENT_AT,
      offered: ['a/1'],
      isChoosing: false,
      late: { text: '签收 QS-2026-000001' },
    };
    const update = makeAction({ id: LATE_GO, value: '' }, { at: SENT_AT + 60 * MINUTE });
    const run = compose([createLateMiddleware(() => true)], () => Promise.resolve([replyText('已签收')]));
    const effects = await run(makeContext({ update, session, now: SENT_AT + 60 * MINUTE }));
    expect(effects[0]).toEqual(replyText('已签收'));
    expect(effects[1]).toEqual(
      setSession({ updatedAt: SENT_AT + 60 * MINUTE, offered: ['a/1'], isChoosing: false }),
    );
  });
});

describe('whether it acts', () => {
  const acts = actsOf(loadIntents('intents'));
  const pressed = (action: string, intent = 'ask_responsibility') =>
    acts({ match: { ...makeContext().match, intent, via: 'action', slots: { action } } });

  it('is a matter of the button where the intent only reads: 请编办答复 files a request', () => {
    expect(pressed('ask-office')).toBe(true);
    expect(pressed('none')).toBe(false);
    expect(pressed('', 'sign_request')).toBe(true);
  });
});
