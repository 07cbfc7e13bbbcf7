/** A short name of a text, for buttons: 64 bytes hold no Chinese sentence. Pure. */
import { fnv1a } from './fnv.js';

export const tokenOf = (text: string): string => fnv1a(text).toString(36);
