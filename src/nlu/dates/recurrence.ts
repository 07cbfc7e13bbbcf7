/** Placeholder until recurrences are read (issue 6). */
import type { Scope, TimeReading } from './types.js';

export const readRecurrence = (_folded: string, _original: string, _scope: Scope): TimeReading | null => null;
