/** What the main thread and the encoder's thread say to each other. */
export type EncoderData = { dir: string; prepared: string };
/** `end`: finishes what it is at and ends. */
export type EncodeAsk = { id: number; text: string } | 'end';
export type EncodeTold =
  | { kind: 'loaded'; modelHash: string; dimensions: number }
  | { kind: 'absent'; reason: string }
  | { kind: 'vector'; id: number; vector: number[] }
  | { kind: 'failed'; id: number; reason: string };
