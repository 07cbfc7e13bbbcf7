/** What `npm run doctor` reads of a store that a bot may be using. */
import type { Binding } from '../core/binding.js';

/** `numbers`: of each series, the number that was taken last. */
export type OperatorCounts = { bindings: Binding[]; numbers: ReadonlyMap<string, number> };
