/** Lists that are looked through whole and shown a page at a time. Pure. */

/** Items on a page of a card. */
export const PER_PAGE = 8;

/** The page that is asked for, the last one where there are not so many. Pages are counted from 0. */
export function pageOf<T>(found: readonly T[], asked: number): { page: number; last: number; shown: T[] } {
  const last = Math.max(0, Math.ceil(found.length / PER_PAGE) - 1);
  const page = Math.min(asked, last);
  return { page, last, shown: found.slice(page * PER_PAGE, (page + 1) * PER_PAGE) };
}
