/** 喊农业局来人 南河滩冲上来七八头死猪: whoever may file calls a unit in everyday words; what only speaks of a call files nothing. */
import type { Context } from '../core/types.js';
import { callIn } from './called-words.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';
import { STATUS_INTENT } from './requests-status.js';

/** Above a row in focus, a choice among rows and what urges; below what files a row that was answered (readings/filing-focus.ts). */
const SURE = 0.9955;
/** Above what the examples say, below what other readers found. */
const OUTWEIGHS = 0.906;
const MAX_LENGTH = 200;
const CALLERS: ReadonlySet<string> = new Set(['township-cadre', 'township-leader']);

export const unitCalledReader: Reader = { name: 'a unit is called', read };

function read({ raw, match, person, session }: Context, { knowledge }: ReadingDeps): Reading[] {
  if (match.via !== 'example' || session?.flow || raw.length > MAX_LENGTH) return [];
  const call = callIn(raw, knowledge().directory.mentions);
  if (!call) return [];
  if (call.kind !== 'called') return match.intent === 'file_request' ? [unfiled[call.kind]] : [];
  if (!person?.roles.some((role) => CALLERS.has(role))) return [];
  const said = `呼叫${call.unit ?? ''}:${call.told}`;
  const why = call.unit ? `calls ${call.unit}` : 'has what is told filed';
  return [
    {
      ...{ intent: 'file_request', slots: {}, probability: SURE, why },
      ...(call.unit ? { text: said, raw: said } : { text: call.told, raw: call.told }),
    },
  ];
}

const asked = (why: string): Reading => ({ intent: 'ask_responsibility', probability: OUTWEIGHS, why });
const unfiled: Readonly<Record<'asked' | 'told' | 'held', Reading>> = {
  asked: asked('asks whether a unit is called'),
  told: asked('tells of a call, and makes none'),
  held: {
    intent: STATUS_INTENT,
    slots: { action: 'refrained', move: '' },
    ...{ probability: OUTWEIGHS, why: 'says that nobody is called yet' },
  },
};
