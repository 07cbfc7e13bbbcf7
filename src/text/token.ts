import { fnv1a } from './fnv.js';

/** A short name of a text, for buttons (64 bytes hold no Chinese sentence): a hash in base 36. */
export const tokenOf = (text: string): string => fnv1a(text).toString(36);
