/** What the watchdog's thread looks at. */
export type WatchdogData = {
  /** Counted up by the event loop while it turns. */
  beats: Int32Array;
  lookMs: number;
  /** Looks without a beat after which the process is ended. */
  looks: number;
};
