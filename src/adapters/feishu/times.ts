/** Instants as the pickers of cards write them. Pure. */

/** China has one zone and no summer time. */
const OFFSET_MS = 8 * 3_600_000;

/** `2026-11-27 15:00 +0800` as ms since the epoch in a string; empty for anything else, other centuries among it: nobody picks them. */
export function instantOf(option: string): string {
  const [, date, time, hours, minutes] =
    /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) ([+-]\d{2})(\d{2})$/.exec(option) ?? [];
  const at = Date.parse(`${date}T${time}:00${hours}:${minutes}`);
  return Number.isNaN(at) || !/^20/.test(date ?? '') ? '' : String(at);
}

/** `2026-11-27 15:00` in China. */
export const formatLocal = (at: number): string =>
  new Date(at + OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
