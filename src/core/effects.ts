/** Constructors of effects: data, nothing happens here. */
import type { Card } from './card.js';
import type { RowRef } from './domain.js';
import type { Effect, NoteTopic, Session } from './types.js';

export const replyText = (text: string): Effect => ({ kind: 'reply', reply: { text } });
export const replyCard = (card: Card): Effect => ({ kind: 'reply', reply: { card } });
export const editCard = (messageId: string, card: Card): Effect => ({
  kind: 'edit',
  messageId,
  reply: { card },
});
export const setSession = (session: Session | null): Effect => ({ kind: 'setSession', session });
export const note = (topic: NoteTopic, text: string, rows: RowRef[]): Effect => ({
  kind: 'note',
  topic,
  text,
  rows,
});
