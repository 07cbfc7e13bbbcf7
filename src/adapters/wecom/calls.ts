/** What people said and pressed a while ago can be answered by its own call: which of them still may. */
export type Calls = {
  /** A message: one answer within a day. */
  said(update: string, reqId: string): void;
  /** A click on a card: it can be replaced for some seconds. */
  pressed(taskId: string, reqId: string): void;
  /** The call that answers the update, once; null when there is none any more. */
  takeSaid(update: string): string | null;
  takePressed(taskId: string): string | null;
};

/** 24 h, an hour left for clocks that differ. */
const SAID_MS = 23 * 3_600_000;
/** 5 s, half a second left for the way. */
const PRESSED_MS = 4_500;
const KEPT_MAX = 5_000;

type Entry = { reqId: string; until: number };

/** `now` never jumps. */
export function createCalls(now: () => number): Calls {
  const said = new Map<string, Entry>();
  const pressed = new Map<string, Entry>();
  const keep = (calls: Map<string, Entry>, key: string, entry: Entry): void => {
    calls.delete(key);
    calls.set(key, entry);
    if (calls.size > KEPT_MAX) calls.delete([...calls.keys()][0] ?? '');
  };
  const take = (calls: Map<string, Entry>, key: string): string | null => {
    const entry = calls.get(key);
    calls.delete(key);
    return entry && entry.until > now() ? entry.reqId : null;
  };
  return {
    said: (update, reqId) => keep(said, update, { reqId, until: now() + SAID_MS }),
    pressed: (taskId, reqId) => keep(pressed, taskId, { reqId, until: now() + PRESSED_MS }),
    takeSaid: (update) => take(said, update),
    takePressed: (taskId) => take(pressed, taskId),
  };
}
