import { describe, expect, it } from 'vitest';
import { compose } from '../src/core/compose.js';
import { replyCard, replyText, setSession } from '../src/core/effects.js';
import type { Effect } from '../src/core/types.js';
import { createLateMiddleware } from '../src/middleware/late.js';
import { makeContext, makeMessage } from './helpers/context.js';

const MINUTE = 60_000;

async function answerAfter(waitMs: number): Promise<Effect[]> {
  const sentAt = Date.UTC(2026, 10, 24, 1, 5);
  const effects = [replyText('好'), replyCard({ title: '甲', blocks: [], buttons: [] }), setSession(null)];
  const run = compose([createLateMiddleware('Asia/Shanghai')], () => Promise.resolve(effects));
  return run(makeContext({ update: makeMessage({ at: sentAt }), now: sentAt + waitMs }));
}

describe('late answers', () => {
  it('leaves a prompt answer alone', async () => {
    expect(await answerAfter(10 * MINUTE - 1)).toEqual(await answerAfter(0));
  });

  it('says on texts and cards when the message was sent, in the office time', async () => {
    const [text, card, session] = await answerAfter(10 * MINUTE);
    expect(text).toMatchObject({ reply: { text: expect.stringMatching(/^好\n\(补答:.*11\/24 09:05/) } });
    expect(card).toMatchObject({ reply: { card: { blocks: [{ kind: 'source' }] } } });
    expect(session).toEqual({ kind: 'setSession', session: null });
  });
});
