/** One way to shorten a text. Pure. */

/** At most `max` characters; what is cut shows. */
export const shorten = (text: string, max: number): string =>
  text.length > max ? `${text.slice(0, max - 1)}…` : text;
