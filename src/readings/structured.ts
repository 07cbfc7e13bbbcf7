/** A structured question is recognised by its words, whatever the examples say: every character of it must be explained. */
import { parseStructured } from '../lists/structured-ask.js';
import type { Reader } from './reading.js';

const SURE = 0.995;
/** 这条几家配合, 都有谁配合. */
const ROW_PARTIES =
  /^(?:那|这)?(?:一?(?:条|项|件|个)|事)?(?:一共|总共|都|里)?(?:有|是|由|归)?(?:几家|几个(?:单位|部门)|哪几家|哪些(?:单位|部门)|谁|哪家)(?:牵头|配合|协助|参与)的?[呢?\uff1f]?$/;

export const structuredReader: Reader = {
  name: 'structured',
  read({ text, person, session }, { knowledge }) {
    const parsed = parseStructured({ text, person, session }, knowledge());
    if (session?.focus && ROW_PARTIES.test(text))
      return [
        {
          intent: 'ask_responsibility',
          slots: { action: 'whole', value: session.focus },
          probability: SURE,
          why: 'who leads and co-operates in the row in focus',
        },
      ];
    if (!parsed || parsed.rest !== '' || parsed.isGuess) return [];
    const { ask = 'rows' } = parsed.question;
    return [
      {
        intent: 'list_rows',
        slots: {},
        probability: SURE,
        why: `a structured question (${ask}${parsed.isRefinement ? ', refining the last one' : ''}), every word known`,
      },
    ];
  },
};
