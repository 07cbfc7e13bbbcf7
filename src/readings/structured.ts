/** A structured question is recognised by its words, whatever the examples say: every character of it must be explained. */
import { parseStructured } from '../lists/structured-ask.js';
import type { Reader } from './reading.js';

export const structuredReader: Reader = {
  name: 'structured',
  read({ text, person, session }, { knowledge }) {
    const parsed = parseStructured({ text, person, session }, knowledge());
    if (!parsed || parsed.rest !== '') return [];
    const { ask = 'rows' } = parsed.question;
    return [
      {
        intent: 'list_rows',
        slots: {},
        probability: 0.995,
        why: `a structured question (${ask}${parsed.isRefinement ? ', refining the last one' : ''}), every word known`,
      },
    ];
  },
};
