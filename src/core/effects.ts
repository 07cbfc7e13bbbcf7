/** Constructors of effects: data, nothing happens here. */
import type { Card } from './card.js';
import type { Chart } from './chart.js';
import type { RowRef } from './domain.js';
import type { Form } from './form.js';
import type { Effect } from './types.js';
import type { Conversation, Heard, Reply } from './chat.js';
import type { Session } from './session.js';
import type { NoteTopic, Verdict } from './note.js';

export const replyText = (text: string): Effect => ({ kind: 'reply', reply: { text } });
/** A question, and the form in which it is answered where there are forms. */
export const replyForm = (text: string, form: Form): Effect => ({ kind: 'reply', reply: { text, form } });
export const replyCard = (card: Card): Effect => ({ kind: 'reply', reply: { card } });
/** Replaces the card that was clicked; an answer to a message is a message of its own. */
export const updateCard = (update: Heard, card: Card): Effect =>
  update.kind === 'action' ? { kind: 'edit', messageId: update.messageId, reply: { card } } : replyCard(card);
export const setSession = (session: Session | null): Effect => ({ kind: 'setSession', session });
/** `unit`: who leads the row instead, in the eyes of who says so. */
export const note = (topic: NoteTopic, text: string, rows: RowRef[], unit?: string): Effect => ({
  kind: 'note',
  topic,
  text,
  rows,
  ...(unit && { unit }),
});
/** Of the 编办, on these questions. */
export const noteVerdict = (questions: string[], verdict: Verdict): Effect => ({
  kind: 'note',
  topic: 'verdict',
  text: questions.join('\n'),
  rows: [],
  verdict,
});
/** To another place; with a slot, in place of the card shown there under that name. */
export const send = (to: Conversation, reply: Reply, slot?: string): Effect => ({
  kind: 'send',
  to,
  reply,
  ...(slot !== undefined && { slot }),
});
/** A file that the bot made: `content` is its text, or its bytes. */
export const replyFile = (
  { conversation: { platform } }: Heard,
  { name, content }: { name: string; content: string | Uint8Array },
  text: string,
): Effect => {
  const file = { platform, kind: 'file', id: name, name } as const;
  const attachment =
    typeof content === 'string'
      ? { ...file, content }
      : { ...file, content: Buffer.from(content).toString('base64'), encoding: 'base64' as const };
  return { kind: 'reply', reply: { attachment, text } };
};
const replyPhoto = (
  { conversation: { platform } }: Heard,
  name: string,
  made: { content: string; encoding: 'base64' | 'charts' },
  text: string,
): Effect => ({
  kind: 'reply',
  reply: { attachment: { ...{ platform, kind: 'photo', id: name, name }, ...made }, text },
});
/** A picture that the bot made. */
export const replyPicture = (heard: Heard, name: string, bytes: Uint8Array, text: string): Effect =>
  replyPhoto(heard, name, { content: Buffer.from(bytes).toString('base64'), encoding: 'base64' }, text);
/** A picture of charts: drawn when it leaves. */
export const replyCharts = (heard: Heard, name: string, charts: readonly Chart[], text: string): Effect =>
  replyPhoto(heard, name, { content: JSON.stringify(charts), encoding: 'charts' }, text);
/** Leaves before broadcasts. */
export const urgently = (effect: Effect): Effect =>
  effect.kind === 'send' ? { ...effect, isUrgent: true } : effect;
/** Alerts people beyond the message itself, by accounts. */
export const buzzing = (effect: Effect, accountsIn: (to: Conversation) => string[]): Effect => {
  const buzz = effect.kind === 'send' ? accountsIn(effect.to) : [];
  return effect.kind === 'send' && buzz.length > 0 ? { ...effect, buzz } : effect;
};
/** The message of an occurrence, which learns how the sending ended. */
export const remind = (to: Conversation, reply: Reply, occurrence: string): Effect => ({
  kind: 'send',
  to,
  reply,
  occurrence,
});
