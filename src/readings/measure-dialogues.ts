/** What is said while a measure is registered or read back, and answers none of it. */
import { withoutFlow } from '../core/session.js';
import { parseTime } from '../nlu/dates/parse.js';
import { isQuestion } from '../requests/move-words.js';
import { CONFIRM, isNo, isYes } from '../requests/yes-no.js';
import { isSupposed } from '../text/frames.js';
import { normalizeText } from '../text/normalize.js';
import { ASKS, MEASURE_INTENTS } from './measures.js';
import type { Reader } from './reading.js';

/** What answers a dialogue about a measure: yes, no, a name, a day, a number; anything else is answered beside it. */
const ANSWERS =
  /^(?:取消|算了|放弃|不用了|第?[一二三四五六七八九1-9]?[条个项]?$)|责任人|负责|牵头|时限|期限|改(?:成|到|为)|措施|问题/;

/** Longer than this is no answer to the question which one. */
const CHOICE_MAX = 16;

export const measureDialogueReader: Reader = {
  name: 'dialogues about measures',
  inDialogue: true,
  read: async (ctx, deps) => {
    const { match, update, session } = ctx;
    const flow = session?.flow;
    if (update.kind !== 'message' || !flow || !MEASURE_INTENTS.has(flow.intent)) return [];
    if (match.via !== 'flow' || match.slots['action'] !== 'said' || !deps.match) return [];
    // What the handler cannot read back it drops with a word (shared/flows.ts).
    if (!Array.isArray(flow.data['ids']) && typeof flow.data['problem'] !== 'string') return [];
    const text = normalizeText(update.text);
    if (isYes(text) || isNo(text) || ANSWERS.test(text)) return [];
    const isAsked = isQuestion(text) || (ASKS.test(text) && text.includes('整改'));
    const isWords = flow.intent === 'register_measure' && flow.asks !== CONFIRM && !isAsked;
    const isNamed = deps.knowledge().directory.people.some(({ name }) => text.includes(name));
    const isDay = parseTime(text, { now: ctx.now, calendar: deps.calendar, purpose: 'deadline' }) !== null;
    if (isWords || (flow.intent === 'register_measure' && (isNamed || isDay) && !isAsked)) return [];
    if (flow.asks === 'which' && text.length <= CHOICE_MAX && !isAsked && !isSupposed(text)) return [];
    const outside = withoutFlow(ctx);
    const found = await deps.match({ update, session: outside });
    if (!found) return [];
    const { match: via, text: said, raw } = found;
    return [
      {
        ...{ intent: via.intent, slots: via.slots, text: said, raw, via, outside },
        ...{ probability: 1.5, why: 'something else while a measure is read back' },
      },
    ];
  },
};
