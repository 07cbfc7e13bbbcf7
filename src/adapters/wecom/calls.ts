/** What people said and pressed a while ago can be answered by its own call: which of them still may. */
export type Calls = {
  /** A message: one answer within a day, in its own conversation. */
  said(update: string, call: Said): void;
  /** A click on a card of a message: that card can be replaced for some seconds. */
  pressed(messageId: string, click: Click): void;
  /** The call that answers the update in this conversation, once; null when there is none any more. */
  takeSaid(update: string, conversation: string): string | null;
  takePressed(messageId: string): Click | null;
};

/** `conversation` is its key: what the update leads to elsewhere is no answer. */
export type Said = { reqId: string; conversation: string };
export type Click = { reqId: string; taskId: string };

/** 24 h, an hour left for clocks that differ. */
const SAID_MS = 23 * 3_600_000;
/** 5 s, half a second left for the way. */
const PRESSED_MS = 4_500;
const KEPT_MAX = 5_000;

type Entry<T> = { call: T; until: number };

/** `now` never jumps. */
export function createCalls(now: () => number): Calls {
  const said = new Map<string, Entry<Said>>();
  const pressed = new Map<string, Entry<Click>>();
  const keep = <T>(calls: Map<string, Entry<T>>, key: string, entry: Entry<T>): void => {
    calls.delete(key);
    calls.set(key, entry);
    if (calls.size > KEPT_MAX) calls.delete([...calls.keys()][0] ?? '');
  };
  const take = <T>(calls: Map<string, Entry<T>>, key: string): T | null => {
    const entry = calls.get(key);
    calls.delete(key);
    return entry && entry.until > now() ? entry.call : null;
  };
  return {
    said: (update, call) => keep(said, update, { call, until: now() + SAID_MS }),
    pressed: (messageId, click) => keep(pressed, messageId, { call: click, until: now() + PRESSED_MS }),
    takeSaid: (update, conversation) =>
      said.get(update)?.call.conversation === conversation ? (take(said, update)?.reqId ?? null) : null,
    takePressed: (messageId) => take(pressed, messageId),
  };
}
