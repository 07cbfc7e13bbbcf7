/** One way to shorten a text. Pure. */
import { cutText } from './cut.js';

/** At most `max` characters; what is cut shows. */
export const shorten = (text: string, max: number): string =>
  text.length > max ? `${cutText(text, max - 1)}…` : text;
