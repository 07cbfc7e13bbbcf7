/** A driver of whole conversations: the real bot, assistant and store, and an adapter that only records. */
import { cardToText, type Button } from '../../src/core/card.js';
import { createBot, type Bot } from '../../src/core/bot.js';
import type { Adapter } from '../../src/core/ports.js';
import { digestOf } from '../../src/files/digest.js';
import { createEmergencyMiddleware } from '../../src/middleware/emergency.js';
import { createForwardedMiddleware } from '../../src/middleware/forwarded.js';
import { createLateMiddleware } from '../../src/middleware/late.js';
import { expect } from 'vitest';
import { problemsOfReply } from './feishu-card-schema.js';
import { isOfKind } from '../../src/nlu/actions.js';
import { dangerReader } from '../../src/nlu/emergencies.js';
import { actsOf, readingIntents } from '../../src/nlu/load.js';
import { withBindings } from '../../src/setup/bindings.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import type { SampleAssistant } from './assistant.js';
import { createClock, type MovableClock } from './clock.js';
import { createLogRecorder } from './context.js';
import { createRecorder } from './adapter.js';
import { makeFolder } from './folder.js';
import type { Conversation, Heard, Reply } from '../../src/core/chat.js';
import type { Note } from '../../src/core/note.js';
import type { Outgoing, Store } from '../../src/core/store.js';

export const DIRECT: Conversation = { platform: 'console', chatId: 'direct', isDirect: true };
export const GROUP: Conversation = { platform: 'console', chatId: 'group', isDirect: false };

export type Place = { conversation?: Conversation; isAddressed?: boolean };

export type Talk = {
  bot: Bot;
  store: Store;
  clock: MovableClock;
  delivered: Outgoing[];
  /** What the bot delivers because of this message, as text; empty when it stays silent. */
  say(user: string, text: string, place?: Place): Promise<string>;
  /** Presses the button of this label (or label beginning) on the newest card of the conversation that has it. */
  click(user: string, label: string, place?: Place): Promise<string>;
  /** Presses what may never have been a button of ours. */
  press(user: string, action: string, value: string, place?: Place): Promise<string>;
  notes(): Promise<Note[]>;
  close(): Promise<void>;
};

export const replyToText = (reply: Reply): string =>
  'card' in reply
    ? cardToText(reply.card)
    : 'attachment' in reply
      ? `[${reply.attachment.kind}] ${[reply.attachment.content, reply.text].filter(Boolean).join('\n')}`
      : reply.text;

/** Whatever the bot says in any dialogue of any test: each of its buttons can be pressed. */
function checkingButtons(store: Store, { tools }: SampleAssistant): Store {
  const kinds = new Map(tools.intents.flatMap(({ actions }) => Object.entries(actions)));
  const isDead = ({ id, value = '' }: Button): boolean => {
    const kind = kinds.get(id);
    return kind === undefined || !isOfKind(kind, value);
  };
  const forms = new Map(tools.intents.flatMap(({ forms: own }) => Object.entries(own)));
  /** Whatever is offered in a form comes through the schema of its field. */
  const deadFieldsOf = (reply: Reply): string[] => {
    if (!('form' in reply) || !reply.form) return [];
    const { id, value = '', fields } = reply.form;
    const kind = kinds.get(id);
    if (kind === undefined || !isOfKind(kind, value)) return [`${id} ${value}`];
    return fields.flatMap((field): string[] => {
      const own = forms.get(id)?.[field.name];
      if (own === undefined) return [`${id}.${field.name}`];
      const values = field.kind === 'choice' ? field.options.map((it) => it.value) : [];
      return values.filter((it) => !isOfKind(own, it)).map((it) => `${id}.${field.name}=${it}`);
    });
  };
  return {
    ...store,
    commit(changes, claim) {
      const dead = changes
        .flatMap((it) =>
          it.kind === 'outgoing' && 'card' in it.message.reply ? it.message.reply.card.buttons : [],
        )
        .filter(isDead);
      // Soft: what a timer sends is tried again where it throws.
      expect.soft(dead, 'buttons that their own schema refuses').toEqual([]);
      const replies = changes.flatMap((it) => (it.kind === 'outgoing' ? [it.message.reply] : []));
      expect.soft(replies.flatMap(deadFieldsOf), 'fields that their own form refuses').toEqual([]);
      expect.soft(replies.flatMap(problemsOfReply), 'cards that Feishu refuses').toEqual([]);
      return store.commit(changes, claim);
    },
  };
}

/** A bot with the assistant, wired as main.ts does it. */
export function createSampleBot(
  assistant: SampleAssistant,
  parts: { store: Store; adapters: Adapter[]; clock: MovableClock },
): Bot {
  let id = 0;
  // Of an earlier test with the same assistant.
  assistant.tools.liveDirectory.bind([]);
  return createBot({
    ...parts,
    digest: digestOf,
    // What a picture looks like is looked at in tests/charts.
    draw: (charts) => Promise.resolve(Buffer.from(charts.map(({ title }) => title).join('\n'))),
    store: withBindings(checkingButtons(parts.store, assistant), assistant.tools.liveDirectory),
    match: assistant.match,
    handlers: assistant.handlers,
    timers: assistant.timers,
    middleware: [
      createEmergencyMiddleware(dangerReader(assistant.tools.emergencies)),
      createForwardedMiddleware(readingIntents(assistant.tools.intents)),
      createLateMiddleware(actsOf(assistant.tools.intents)),
    ],
    personOf: assistant.tools.directory.personOf,
    editionId: () => assistant.knowledge.edition.id,
    ids: () => `lease-${id++}`,
    log: createLogRecorder(),
  });
}

export async function startTalk(assistant: SampleAssistant): Promise<Talk> {
  const clock = createClock();
  const store = await openLowdbStore(makeFolder());
  const adapter = createRecorder();
  const bot = createSampleBot(assistant, { store, adapters: [adapter], clock });
  const { delivered } = adapter;
  let count = 0;

  const received = (user: string, conversation: Conversation) => {
    count++;
    const from = { platform: 'console' as const, id: user, name: user };
    return { id: `console:${count}`, conversation, user: from, at: clock(), messageId: String(count) };
  };
  const handle = async (update: Heard): Promise<string> => {
    const before = delivered.length;
    await bot.accept(update);
    await bot.idle();
    return delivered
      .slice(before)
      .map((message) => replyToText(message.reply))
      .join('\n\n');
  };
  const findButton = (conversation: Conversation, label: string): Button => {
    const cards = delivered
      .filter((message) => message.conversation.chatId === conversation.chatId)
      .flatMap(({ reply }) => ('card' in reply ? [reply.card] : []));
    const button = cards
      .reverse()
      .flatMap((card) => card.buttons)
      .find((b) => b.label.startsWith(label));
    if (!button) throw new Error(`no card shows a button “${label}”`);
    return button;
  };

  return {
    bot,
    store,
    clock,
    delivered,
    say: (user, text, { conversation = DIRECT, isAddressed = conversation.isDirect } = {}) =>
      handle({ kind: 'message', ...received(user, conversation), text, isAddressed }),
    click: (user, label, { conversation = DIRECT } = {}) => {
      const { id, value = '' } = findButton(conversation, label);
      return handle({ kind: 'action', ...received(user, conversation), action: { id, value } });
    },
    press: (user, id, value, { conversation = DIRECT } = {}) =>
      handle({ kind: 'action', ...received(user, conversation), action: { id, value } }),
    notes: () => store.listNotes(),
    close: () => store.close(),
  };
}
