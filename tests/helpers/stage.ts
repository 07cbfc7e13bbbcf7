/** People at their screens: what each chat shows, what changed in it last, its buttons. The platform behind it may differ. */
import type { Bot } from '../../src/core/bot.js';
import { BotError } from '../../src/core/errors.js';
import { replyToText } from './talk.js';
import { createRecorder } from './adapter.js';
import type { SampleAssistant } from './assistant.js';
import { createClock, type MovableClock } from './clock.js';
import { makeFolder } from './folder.js';
import { createSampleBot } from './talk.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { conversationKey, type Conversation } from '../../src/core/chat.js';
import type { Store } from '../../src/core/store.js';

/** A message on a screen. */
export type Seen = {
  id: string;
  text: string;
  buttons: { label: string; press: (person: string) => Promise<void> }[];
};

export type Photo = { name: string };
export type SentFile = { name: string; bytes: Uint8Array };

export type Stage = {
  bot: Bot;
  store: Store;
  clock: MovableClock;
  /** With `isInGroup`, to the bot in the group of GROUP_OF. */
  say(
    person: string,
    text: string,
    options?: { photos?: Photo[]; file?: SentFile; isInGroup?: boolean },
  ): Promise<void>;
  /** Presses the newest button of this label (or label beginning) in the person's chat; `by` somebody else. */
  click(person: string, label: string, by?: string): Promise<void>;
  /** Lets time pass; due work is done at each of its instants up to then. */
  advance(ms: number): Promise<void>;
  /** The bot is down so long: what is due is looked at only then. */
  down(ms: number): Promise<void>;
  /** The person cannot be written to directly from now on. */
  block(person: string): void;
  /** What the last step changed in the person's chat, as text. */
  changed(person: string): string;
  /** Buttons of the newest message of the person's chat that has any. */
  buttons(person: string): string[];
  close(): Promise<void>;
};

/** The group of a unit; its screen bears this name. */
export const GROUP_OF = { unit: '柳林镇', name: '柳林镇群' };

/** The largest jump between two looks at what is due. */
const STEP_MS = 10 * 60_000;

export async function advanceBy(bot: Bot, clock: MovableClock, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= STEP_MS) {
    clock.advance(Math.min(left, STEP_MS));
    await bot.runDue();
    await bot.idle();
  }
}

/** Until what is due, and what follows from it, is done. */
export async function advanceAtOnce(bot: Bot, clock: MovableClock, ms: number): Promise<void> {
  clock.advance(ms);
  for (let i = 0; i < 8; i++) {
    await bot.runDue();
    await bot.idle();
  }
}

/** What time does on a platform: what was seen before is forgotten, the clock moves, and the chats are looked at. */
export const passing = (
  { bot, clock }: { bot: Bot; clock: MovableClock },
  screens: { forget(): void },
  look: () => void,
): Pick<Stage, 'advance' | 'down'> => ({
  async advance(ms) {
    screens.forget();
    await advanceBy(bot, clock, ms);
    look();
  },
  async down(ms) {
    screens.forget();
    await advanceAtOnce(bot, clock, ms);
    look();
  },
});

export function createScreens() {
  const screens = new Map<string, Seen[]>();
  const changes = new Map<string, string[]>();
  return {
    show(chat: string, seen: Seen, replaces?: string): void {
      const screen = screens.get(chat) ?? [];
      const at = replaces === undefined ? -1 : screen.findIndex(({ id }) => id === replaces);
      if (at >= 0) screen[at] = seen;
      else screen.push(seen);
      screens.set(chat, screen);
      changes.set(chat, [...(changes.get(chat) ?? []), seen.text]);
    },
    forget: () => changes.clear(),
    changed: (chat: string) => (changes.get(chat) ?? []).join('\n\n'),
    withButtons: (chat: string) => (screens.get(chat) ?? []).findLast(({ buttons }) => buttons.length > 0),
    find(chat: string, label: string) {
      const button = (screens.get(chat) ?? [])
        .toReversed()
        .flatMap(({ buttons }) => buttons)
        .find((b) => b.label.startsWith(label));
      if (!button)
        throw new Error(
          `${chat} shows no button “${label}” but ${JSON.stringify((screens.get(chat) ?? []).slice(-2).map(({ text, buttons }) => [text, buttons.map((b) => b.label)]))}`,
        );
      return button;
    },
  };
}

/** Everybody in a direct chat on the console, all in one process and without a wire. */
export async function startConsoleStage(assistant: SampleAssistant, start?: number): Promise<Stage> {
  const clock = createClock(start);
  const store = await openLowdbStore(makeFolder());
  const screens = createScreens();
  let count = 0;
  const chatOf = (person: string): Conversation => ({
    platform: 'console',
    chatId: person,
    isDirect: person !== GROUP_OF.name,
  });
  const blocked = new Set<string>();
  const files = new Map<string, Uint8Array>();
  const received = (person: string, messageId: string, isInGroup = false) => ({
    id: `console:${++count}`,
    conversation: chatOf(isInGroup ? GROUP_OF.name : person),
    user: { platform: 'console' as const, id: person, name: person },
    at: clock(),
    messageId,
  });
  let shown = 0;
  const adapter = createRecorder({
    deliver({ conversation, reply, editMessageId }) {
      if (blocked.has(conversation.chatId))
        return Promise.reject(new BotError('TARGET_GONE', 'bot was blocked by the user'));
      const id = editMessageId ?? `m${++shown}`;
      const buttons = 'card' in reply ? reply.card.buttons : [];
      screens.show(
        conversationKey(conversation),
        {
          id,
          text: replyToText(reply),
          buttons: buttons.map(({ label, id: action, value = '' }) => ({
            label,
            press: (person) =>
              handled(() =>
                bot.accept({
                  kind: 'action',
                  ...received(person, id),
                  conversation,
                  action: { id: action, value },
                }),
              ),
          })),
        },
        editMessageId,
      );
      return Promise.resolve({ messageId: id });
    },
    download: ({ id }) => Promise.resolve(files.get(id) ?? Uint8Array.of(1)),
  });
  const bot = createSampleBot(assistant, { store, adapters: [adapter], clock });
  const handled = async (task: () => Promise<void>): Promise<void> => {
    screens.forget();
    await task();
    await bot.idle();
  };
  const keyOf = (person: string) => conversationKey(chatOf(person));
  return {
    bot,
    store,
    clock,
    say: (person, text, { photos = [], file, isInGroup } = {}) => {
      if (file) files.set(file.name, file.bytes);
      const sent = [
        ...photos.map(({ name }) => ({
          platform: 'console' as const,
          kind: 'photo' as const,
          id: name,
          name,
        })),
        ...(file
          ? [{ platform: 'console' as const, kind: 'file' as const, id: file.name, name: file.name }]
          : []),
      ];
      return handled(() =>
        bot.accept({
          kind: 'message',
          ...received(person, `u${count}`, isInGroup),
          text,
          isAddressed: true,
          ...(sent.length > 0 && { attachments: sent }),
        }),
      );
    },
    click: (person, label, by = person) => screens.find(keyOf(person), label).press(by),
    async advance(ms) {
      screens.forget();
      await advanceBy(bot, clock, ms);
    },
    async down(ms) {
      screens.forget();
      await advanceAtOnce(bot, clock, ms);
    },
    block: (person) => void blocked.add(person),
    changed: (person) => screens.changed(keyOf(person)),
    buttons: (person) => screens.withButtons(keyOf(person))?.buttons.map(({ label }) => label) ?? [],
    close: () => store.close(),
  };
}
