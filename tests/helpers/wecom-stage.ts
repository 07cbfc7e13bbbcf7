/** Everybody on WeCom: the real SDK against the fake server, which enforces the platform's rules. */
import { createWecomAdapter } from '../../src/adapters/wecom/index.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import type { SampleAssistant } from './assistant.js';
import { createClock } from './clock.js';
import { createLogRecorder } from './context.js';
import * as wecom from './fake-wecom.js';
import { makeFolder } from './folder.js';
import { openBoundAssistant } from './platform-stage.js';
import { advanceBy, createScreens, GROUP_OF, passing, type Stage } from './stage.js';
import { createSampleBot } from './talk.js';
import { readCall } from './wire-wecom.js';

export const WECOM_GROUP = 'wrgroup';
const STRANGER = 'stranger';
/** At six messages and then one in 7.5 s, people see the last one so many seconds later at most. */
const PACED_SECONDS = 60;

export const openWecomAssistant = (groups?: string): Promise<SampleAssistant> =>
  openBoundAssistant({ platforms: ['wecom'], accountOf: (_, number) => `wecom:p${number}`, groups });

export async function startWecomStage(
  assistant: SampleAssistant,
  start?: number,
): Promise<Stage & { fake: wecom.FakeWecom }> {
  const clock = createClock(start);
  const store = await openLowdbStore(makeFolder());
  const log = createLogRecorder();
  const fake = await wecom.startFakeWecom({ clock });
  const adapter = createWecomAdapter({
    ...{ botId: wecom.BOT_ID, secret: wecom.SECRET, wsUrl: fake.wsUrl, log, now: clock },
  });
  const bot = createSampleBot(assistant, { store, adapters: [adapter], clock });
  const screens = createScreens();
  const handledWaiters: (() => void)[] = [];
  await adapter.start(async (update) => {
    try {
      await bot.accept(update);
    } finally {
      handledWaiters.shift()?.();
    }
  });

  /** The first one: whose it is may change, the person's telephone stays the same. */
  const ids = new Map<string, string>();
  const idOf = (person: string): string => {
    const { accounts = [] } = assistant.tools.directory.personNamed(person) ?? {};
    const id = ids.get(person) ?? accounts[0]?.split(':')[1] ?? STRANGER;
    ids.set(person, id);
    return id;
  };
  const chatIdOf = (person: string): string => (person === GROUP_OF.name ? WECOM_GROUP : idOf(person));
  const chatOf = (chat: string): wecom.Chat => ({ id: chat, isDirect: chat !== WECOM_GROUP });
  // Else the bot may not write to them.
  fake.open(wecom.EVERYBODY);
  let seenCalls = 0;
  let count = 0;

  const look = (): void => {
    for (const call of fake.shown().slice(seenCalls)) {
      const chat = call.chat ?? '';
      const { text, buttons, taskId, isEdit } = readCall(call);
      const id = taskId ?? `${call.reqId}`;
      const seen = {
        ...{ id, text },
        buttons: buttons.map(({ label, key }) => ({
          label,
          press: (person: string) => {
            // Somebody else presses what was passed on: in a chat of their own.
            const place = chatOf(chat === WECOM_GROUP ? chat : idOf(person));
            return settled(() => fake.press(place, idOf(person), key, taskId ?? ''), place.id === chat);
          },
        })),
      };
      screens.show(chat, seen, isEdit ? id : undefined);
    }
    seenCalls = fake.shown().length;
  };

  /** `isHeard` false: the adapter drops it, and nothing is handled. */
  const settled = async (act: () => unknown, isHeard = true): Promise<void> => {
    screens.forget();
    const handled = isHeard ? new Promise<void>((resolve) => handledWaiters.push(resolve)) : null;
    await act();
    await handled;
    await bot.idle();
    for (let i = 0; i < PACED_SECONDS && (await store.listOutgoing()).length > 0; i++)
      await advanceBy(bot, clock, 1_000);
    look();
  };

  return {
    ...{ bot, store, clock, fake },
    say(person, text, { photos = [], file, isInGroup = false } = {}) {
      count += 1;
      const more = { create_time: Math.floor(clock() / 1_000) };
      if (isInGroup) {
        const content = `@${wecom.NAME} ${text}`;
        const group = chatOf(WECOM_GROUP);
        return settled(() => fake.say(group, idOf(person), { msgtype: 'text', text: { content } }, more));
      }
      const chat = chatOf(idOf(person));
      const tell = (content: Record<string, unknown>) =>
        settled(() => fake.say(chat, chat.id, content, more));
      if (file) return tell({ msgtype: 'file', file: fake.addFile(file.name, Buffer.from(file.bytes)) });
      if (photos.length === 0) return tell({ msgtype: 'text', text: { content: text } });
      const pictures = photos.map(({ name }) => ({
        msgtype: 'image',
        image: fake.addFile(`${name}-${count}`, Buffer.from('jpeg of a street lamp')),
      }));
      return tell({
        msgtype: 'mixed',
        mixed: { msg_item: [{ msgtype: 'text', text: { content: text } }, ...pictures] },
      });
    },
    click: (person, label, by = person) => screens.find(chatIdOf(person), label).press(by),
    ...passing({ bot, clock }, screens, look),
    block: (person) => fake.block(chatIdOf(person)),
    changed: (person) => screens.changed(chatIdOf(person)),
    buttons: (person) => screens.withButtons(chatIdOf(person))?.buttons.map(({ label }) => label) ?? [],
    async close() {
      await adapter.stop();
      await bot.idle();
      await store.close();
      await fake.close();
    },
  };
}
