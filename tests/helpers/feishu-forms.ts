/** People at Feishu's cards in groups where only what mentions the bot is delivered: they press, and fill in. */
import { expect } from 'vitest';
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import type { Bot } from '../../src/core/bot.js';
import type { Store } from '../../src/core/store.js';
import type { SampleAssistant } from './assistant.js';
import { createClock, type MovableClock } from './clock.js';
import { createLogRecorder } from './context.js';
import * as feishu from './fake-feishu.js';
import { buttonsOf } from './feishu-card.js';
import { makeFolder } from './folder.js';
import { advanceBy } from './stage.js';
import { createSampleBot } from './talk.js';

type Json = Record<string, unknown>;
type Field = { tag: string; name: string } & Json;
type Shown = { id: string; chat: string; content: Json; text: string };

export type FormStage = {
  fake: feishu.FakeFeishu;
  bot: Bot;
  store: Store;
  clock: MovableClock;
  /** Calls the bot in the group. */
  call(person: string, group: string, text: string): Promise<void>;
  press(person: string, label: string): Promise<void>;
  /** Sends the newest form that the person can see, with these values by the names of its fields. */
  fill(person: string, values: Record<string, unknown>): Promise<void>;
  /** The same form once more, as a second press that came late. */
  fillAgain(): Promise<void>;
  /** What every message shows now, oldest first. */
  shown(): Shown[];
  /** What the last step changed or said. */
  said(): string;
  close(): Promise<void>;
};

export async function startFormStage(assistant: SampleAssistant): Promise<FormStage> {
  const clock = createClock();
  const store = await openLowdbStore(makeFolder());
  const fake = await feishu.startFakeFeishu();
  const adapter = createFeishuAdapter({
    ...{ appId: feishu.APP_ID, appSecret: feishu.APP_SECRET, domain: fake.domain },
    ...{ log: createLogRecorder(), now: clock },
  });
  const bot = createSampleBot(assistant, { store, adapters: [adapter], clock });
  await adapter.start(bot.accept);
  await fake.listening();
  const idOf = (person: string): string =>
    assistant.tools.directory.personNamed(person)?.accounts[0]?.split(':')[1] ?? 'ou_nobody';
  /** `ou_p7` and its direct chat `oc_p7` are one screen. */
  const screenOf = (person: string): string => idOf(person).replace('ou_', 'oc_');
  const chats = new Map<string, string>();
  let before: string[] = [];

  const look = (): Shown[] => {
    const messages = new Map<string, Shown>();
    for (const call of fake.calls) {
      if (!['create', 'reply', 'patch', 'answer'].includes(call.method) || !call.isAnswered) continue;
      const isEdit = call.method === 'patch' || call.method === 'answer';
      const id = (isEdit ? call.messageId : call.sentId) ?? '';
      const chat =
        chats.get(id) ??
        (call.method === 'reply'
          ? (chats.get(call.messageId ?? '') ?? '')
          : String(call.body['receive_id'] ?? '').replace('ou_', 'oc_'));
      chats.set(id, chat);
      const content = JSON.parse(String(call.body['content'])) as Json;
      messages.set(id, { id, chat, content, text: textsOf(content).join('\n') });
    }
    return [...messages.values()];
  };
  const settled = async (act: () => Promise<unknown>): Promise<void> => {
    before = look().map(({ text }) => text);
    await act();
    await bot.idle();
    // The platform's pace.
    for (let i = 0; i < 30 && (await store.listOutgoing()).length > 0; i++)
      await advanceBy(bot, clock, 1_000);
    expect(fake.state.badCards, 'cards that Feishu refuses').toEqual([]);
  };
  const click = (person: string, { id, chat }: Shown, value: unknown, form_value?: Json) => {
    const event = feishu.clickEvent(value, { messageId: id, chatId: chat, operatorId: idOf(person) });
    const header = { ...event.header, create_time: String(clock() * 1_000) };
    const action = { ...event.event.action, ...(form_value && { form_value, name: 'submit' }) };
    return fake.emit({ ...event, header, event: { ...event.event, action } });
  };
  const visibleTo = (person: string, it: Shown): boolean =>
    !/^oc_p\d+$/.test(it.chat) || it.chat === screenOf(person);
  let last: (() => Promise<unknown>) | null = null;

  return {
    ...{ fake, bot, store, clock, shown: look },
    call(person, group, text) {
      const mentions = [{ key: '@_user_1', openId: feishu.BOT.open_id, name: feishu.BOT.app_name }];
      const event = feishu.messageEvent(`@_user_1 ${text}`, {
        ...{ chatType: 'group', chatId: group, senderId: idOf(person), mentions },
      });
      event.event.message.create_time = String(clock());
      chats.set(event.event.message.message_id, group);
      return settled(() => fake.publish(event));
    },
    press(person, label) {
      for (const message of look().toReversed()) {
        if (!visibleTo(person, message)) continue;
        const button = buttonsOf(message.content).find((it) => it.label.startsWith(label));
        if (button) return settled(() => click(person, message, button.value));
      }
      throw new Error(`${person} sees no button “${label}”`);
    },
    fill(person, values) {
      for (const message of look().toReversed()) {
        const form = visibleTo(person, message) && formOf(message.content);
        if (!form) continue;
        const fields = form.filter(({ tag }) => tag !== 'div' && tag !== 'button');
        const byName = new Map(fields.map((it) => [it.name.replace(/^[a-z]+_/, ''), it]));
        const form_value: Json = {};
        // What stands in a field already is sent with the rest.
        for (const { name, ...it } of fields) {
          const options = it['options'] as { value: string }[] | undefined;
          const index = it['initial_index'];
          if (it['default_value'] !== undefined) form_value[name] = it['default_value'];
          if (typeof index === 'number') form_value[name] = options?.[index - 1]?.value;
        }
        for (const [key, value] of Object.entries(values)) {
          const field = byName.get(key);
          if (!field) throw new Error(`no field ${key} among ${[...byName.keys()].join(', ')}`);
          form_value[field.name] = value;
        }
        for (const { name, required } of fields)
          if (required === true && !form_value[name]) throw new Error(`Feishu asks for ${name} first`);
        const submit = form.find(({ tag }) => tag === 'button') as unknown as {
          behaviors: { value: Json }[];
        };
        last = () => click(person, message, submit.behaviors[0]?.value, form_value);
        return settled(last);
      }
      throw new Error(`${person} sees no form`);
    },
    fillAgain: () => settled(last ?? (() => Promise.reject(new Error('nothing was filled in')))),
    said: () =>
      look()
        .map(({ text }) => text)
        .filter((text, i) => text !== before[i])
        .join('\n---\n'),
    async close() {
      await bot.idle();
      await adapter.stop();
      await fake.close();
      await store.close();
    },
  };
}

/** The elements of the form of a card. */
export function formOf(content: Json): Field[] | null {
  const { elements = [] } = (content['body'] ?? {}) as { elements?: (Json & { elements?: Field[] })[] };
  return elements.find(({ tag }) => tag === 'form')?.elements ?? null;
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [];
  if (typeof value !== 'object' || value === null) return [];
  const own = ['content', 'text'].flatMap((key) => {
    const it = (value as Json)[key];
    return typeof it === 'string' ? [it] : [];
  });
  return [...own, ...Object.values(value).flatMap(textsOf)];
}
