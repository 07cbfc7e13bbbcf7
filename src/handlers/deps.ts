/** What handlers are made with. */
import type { Calendar } from '../calendar/calendar.js';
import type { RowRef } from '../core/domain.js';
import { note } from '../core/effects.js';
import type { Effect } from '../core/types.js';
import type { Contacts } from '../lists/answer.js';
import type { GroupTexts } from '../editions/clusters.js';
import type { Form } from '../evaluation/form.js';
import type { EditionService } from '../editions/editions.js';
import type { Precedents } from '../lists/precedents.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { Intent } from '../nlu/load.js';
import type { Restating } from '../nlu/rephrase.js';
import { createMask } from '../organizations/mask.js';
import type { ReminderWorld } from '../reminders/deps.js';
import type { Duty } from '../reminders/duties.js';
import type { Rules } from '../reminders/rules.js';
import type { Policies } from '../requests/policy.js';
import type { Embed } from '../requests/same-matter.js';
import type { Platform } from '../core/chat.js';
import type { NoteTopic } from '../core/note.js';

/** Characters: a question, not a document. */
const REMARK_MAX = 300;

export type HandlerDeps = {
  /** The edition in force at the moment of the question. */
  knowledge: () => Knowledge;
  intents: Intent[];
  /** Null without a language model. */
  rephrase: Restating | null;
  calendar: Calendar;
  policies: Policies;
  precedents: Precedents;
  /** Puts remarks together that mean the same. */
  groupTexts: GroupTexts;
  /** How reminders spare people. */
  rules: Rules;
  /** Recurring duties that a unit may subscribe to. */
  duties: Duty[];
  /** The county's form for 评价期; null where there is none. */
  evaluationForm?: Form | null;
  /** Platforms that run: nobody can be reached on the others. */
  platforms: ReadonlySet<Platform>;
  /** Whether a text tells of people in danger. */
  isDanger?: (text: string) => Promise<boolean>;
  /** A unit vector of a text, or null without an encoder. */
  embed?: Embed;
  /** Who is told names and posts of officials; bound people alone when absent. */
  contacts?: Contacts;
  /** Links by which people come to the bot, with a payload where the platform hands one on. */
  inviteLinks?: (payload: string) => string[];
  /** Who may complain about enforcement; bound people alone when absent. */
  oversight?: 'bound' | 'all';
  /** Editions made and published in chat; absent where nothing can be published. */
  editions?: EditionService;
};

export const reminderWorldOf = (deps: HandlerDeps): ReminderWorld => ({
  calendar: deps.calendar,
  directory: deps.knowledge().directory,
  rules: deps.rules,
  platforms: deps.platforms,
});

/** A remark for the list office, which names nobody. */
export const remark = (
  deps: HandlerDeps,
  topic: NoteTopic,
  text: string,
  rows: RowRef[],
  unit?: string,
): Effect => note(topic, remarkText(deps, text), rows, unit);

export const remarkText = ({ knowledge }: HandlerDeps, text: string): string =>
  createMask(knowledge().directory.everybody)(text)
    .replace(/\s+/g, (blanks) => (blanks.includes('\n') ? ' ' : blanks))
    .slice(0, REMARK_MAX);

/**
 * The reply texts of an intent file, by the keys that its handler declares; `checkBinding` compares them with the file at
 * start (`REPLIES` of handlers/index.ts), so that none is missing when it is wanted.
 */
export const repliesOf =
  <Key extends string>(intents: Intent[], id: string, _keys: readonly Key[]): ((key: Key) => string) =>
  (key) => {
    const text = intents.find((intent) => intent.id === id)?.replies[key];
    if (text === undefined) throw new Error(`intents/${id}.yaml has no reply "${key}"`);
    return text;
  };
