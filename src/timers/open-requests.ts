/** All requests that are not at an end, for timers that look through them. */
import type { Request } from '../core/request.js';
import type { StoreReader } from '../core/store.js';

/** Requests that are read at once. */
const PAGE = 200;

export async function openRequests(read: StoreReader): Promise<Request[]> {
  const found: Request[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { requests } = await read.findRequests({ isOpen: true }, { offset, limit: PAGE });
    found.push(...requests);
    if (requests.length < PAGE) return found;
  }
}
