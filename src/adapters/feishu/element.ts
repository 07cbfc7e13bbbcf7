/** An element of a card: every one has a tag. */
export type Element = { tag: string; [property: string]: unknown };
