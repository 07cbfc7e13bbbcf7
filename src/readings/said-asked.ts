/** What is said to the question of how a sentence is to be noted of a case (handlers/said_of_case.ts): 确认, 第二个, 作为答复, 都不是. */
import { z } from 'zod';
import { parseChoice } from '../nlu/match.js';
import { MOVE_LABELS, MOVES, type Move } from '../requests/moves.js';
import { isYes } from '../requests/yes-no.js';
import type { Reader } from './reading.js';

const INTENT = 'said_of_case';
const Asked = z.object({
  isLikely: z.boolean().optional(),
  options: z.array(z.object({ move: z.enum([...MOVES, 'status']), number: z.string() })).min(1),
});
const MAX_LENGTH = 12;
const NONE = /^(?:都|全)?(?:不是|不对)(?:的|啊|这件|这个)?[。!\uff01]?$|^不是[,\uff0c]?查清单$/;
const AROUND =
  /^(?:就|那|先|请)?(?:记|写|算|当|作|是)?(?:为|成|作|个|是)?|(?:吧|的|了|就行|一下)?[。!\uff01]?$/g;
/** As the buttons call them, and shorter. */
const WORDS: Partial<Record<Move | 'status', RegExp>> = {
  answer: /^(?:正式)?答复$/,
  note: /^(?:进展|进度|补充(?:说明)?|说明)$/,
  status: /^(?:看)?进度$/,
};

export const saidAskedReader: Reader = {
  name: 'said of a case, asked',
  read({ session, update, match, text }) {
    const flow = session?.flow;
    if (flow?.intent !== INTENT || update.kind !== 'message' || match.via === 'command') return [];
    const asked = Asked.safeParse(flow.data).data;
    if (!asked || text.length > MAX_LENGTH) return [];
    const { options, isLikely } = asked;
    const chosen = parseChoice(text);
    if (NONE.test(text) || chosen === options.length + 1)
      return [
        { intent: INTENT, slots: { action: 'case-not' }, probability: 1, why: 'none of what was asked' },
      ];
    const bare = text.replace(AROUND, '');
    const option =
      (chosen !== null ? options[chosen - 1] : undefined) ??
      (isLikely === true && isYes(text) ? options[0] : undefined) ??
      options.find(({ move }) => isCalled(move, bare));
    return option
      ? [
          {
            intent: INTENT,
            slots: { action: 'case-as', value: `${option.number} ${option.move}` },
            probability: 1,
            why: `chosen: ${option.move}`,
          },
        ]
      : [];
  },
};

const isCalled = (move: Move | 'status', said: string): boolean =>
  WORDS[move]?.test(said) ?? (move !== 'status' && MOVE_LABELS[move] === said);
