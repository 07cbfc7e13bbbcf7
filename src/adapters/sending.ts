/** A message on its way through an adapter. */
import type { Outgoing } from '../core/store.js';

/** The message, and what is told of each call that it takes. */
export type Sending = Outgoing & { onCall: () => void };

export const sendingOf = (message: Outgoing, onCall: () => void = () => undefined): Sending => ({
  ...message,
  onCall,
});
