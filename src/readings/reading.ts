/**
 * Readings: what a message may mean, given what stands open. Each reader looks at one kind of thing that a message may be
 * about and names what it finds, with how probable it is and why; the most probable reading is handled.
 */
import type { Matcher } from '../core/bot.js';
import type { Context, IntentMatch } from '../core/types.js';
import type { Session } from '../core/session.js';
import type { Calendar } from '../calendar/calendar.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { Contacts } from '../lists/answer.js';
import type { Intent } from '../nlu/load.js';
import type { SpeechModels } from '../nlu/speech.js';
import type { Policies } from '../requests/policy.js';

export type Reading = {
  intent: string;
  slots?: Record<string, string>;
  /** What the handler sees instead of what was said: a question completed, a prefix taken away. */
  text?: string;
  raw?: string;
  session?: Session | null;
  /** How it was found, where that was not the way of the message itself: a message in a dialogue that reads as another. */
  via?: IntentMatch;
  /** The session without the dialogue, where the message is none of it: everything is read again as if none stood open. */
  outside?: Session;
  /** Of `outside`: it was asked, and does nothing. */
  isAsked?: true;
  /** Estimated, 0 to 1; compared with that of the intent that the examples are nearest to. */
  probability: number;
  /** For the log and for `npm run why`: what speaks for it, in English. */
  why: string;
};

export type ReadingDeps = {
  knowledge: () => Knowledge;
  intents: Intent[];
  calendar: Calendar;
  policies: Policies;
  contacts?: Contacts;
  /** What is said of things that are there, learned from speech. */
  speech?: SpeechModels;
  /** What a message would be outside the dialogue that it is said in. */
  match?: Matcher;
};

/**
 * Pure over what it is given and what can be read. `inDialogue`: it may take a message that the bot's own question waits
 * for; the others are not asked then.
 */
export type Reader = {
  name: string;
  inDialogue?: boolean;
  /** It reads what was said, not what is left when the words of a correction are taken away. */
  isOfWhole?: boolean;
  read: (ctx: Context, deps: ReadingDeps) => Reading[] | Promise<Reading[]>;
};
