/** Where only what is meant for the bot is delivered, a question of the bot can yet be answered in words. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import { createTelegramAdapter } from '../../src/adapters/telegram/index.js';
import { createBot, type Bot } from '../../src/core/bot.js';
import { replyCard, replyText, setSession, updateCard } from '../../src/core/effects.js';
import type { Adapter } from '../../src/core/ports.js';
import type { Context, Effect } from '../../src/core/types.js';
import type { Store } from '../../src/core/store.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { createLogRecorder, makeContext } from '../helpers/context.js';
import * as feishu from '../helpers/fake-feishu.js';
import * as telegram from '../helpers/fake-telegram.js';
import { makeFolder } from '../helpers/folder.js';

const closers: (() => unknown)[] = [];
let store: Store;
let heard: Pick<Context, 'raw' | 'update'>[];
let answer: (ctx: Context) => Effect[];
let bot: Bot;
beforeEach(async () => {
  store = await openLowdbStore(makeFolder());
  heard = [];
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await store.close();
});

const asking = setSession({
  ...{ updatedAt: 0, offered: [], isChoosing: false },
  flow: { intent: 'file_request', asks: 'place', data: {} },
});
const CARD = {
  title: '呼叫',
  blocks: [{ kind: 'text' as const, text: '地点在哪里?' }],
  buttons: [{ id: 'x', label: '取消' }],
};

async function start(adapter: Adapter): Promise<void> {
  let id = 0;
  bot = createBot({
    ...{ store, adapters: [adapter], timers: {}, middleware: [], clock: Date.now, log: createLogRecorder() },
    match: ({ update }) =>
      Promise.resolve({
        match: makeContext().match,
        text: '',
        raw: update.kind === 'message' ? update.text : update.action.id,
      }),
    mayHear: () => false,
    handlers: {
      ask_responsibility(ctx) {
        heard.push(ctx);
        return heard.length === 1 ? answer(ctx) : [replyText('已提交'), setSession(null)];
      },
    },
    personOf: () => null,
    editionId: () => '',
    ids: () => `lease-${++id}`,
  });
  await adapter.start(bot.accept);
  closers.push(
    () => bot.idle(),
    () => adapter.stop(),
  );
}

describe('in a Telegram group in privacy mode', () => {
  const { BOT, GROUP, messageUpdate, PERSON } = telegram;
  let fake: telegram.FakeTelegram;
  beforeEach(async () => {
    fake = await telegram.startFakeTelegram();
    closers.push(() => fake.close());
    await start(
      createTelegramAdapter({ token: telegram.TOKEN, apiRoot: fake.apiRoot, log: createLogRecorder() }),
    );
  });
  const FORCED = { force_reply: true, selective: true };
  const call = () => fake.push(messageUpdate({ chat: GROUP, text: `@${BOT.username} 呼叫住建局` }));
  /** What the app of the person makes of it: an answer to the bot's message, without any mention. */
  const write = (messageId: number | undefined, text: string) =>
    fake.push(
      messageUpdate({
        ...{ chat: GROUP, text, messageId: 99 },
        more: { reply_to_message: { message_id: messageId, from: BOT } },
      }),
    );

  it('a question opens the answer to it', async () => {
    answer = () => [replyText('地点在哪里?'), asking];
    call();
    const asked = await fake.nextCall('sendMessage');
    expect(asked.payload).toMatchObject({ reply_markup: FORCED, reply_parameters: { message_id: 11 } });
    write(asked.sentId, '幸福路');
    expect((await fake.nextCall('sendMessage')).payload).toMatchObject({ text: '已提交' });
    expect(heard[1]?.raw).toBe('幸福路');
  });

  it.each([
    ['a card with buttons', () => [replyCard(CARD), asking]],
    [
      'a card that changes',
      ({ update }: Context) => [updateCard({ ...update, kind: 'action' } as never, CARD), asking],
    ],
  ])('%s is followed by a line that calls the person', async (_, effects) => {
    answer = effects;
    call();
    let line = await fake.nextCall('sendMessage');
    if (JSON.stringify(line.payload).includes('inline_keyboard')) line = await fake.nextCall('sendMessage');
    expect(line.payload).toMatchObject({ parse_mode: 'HTML', reply_markup: FORCED });
    expect(line.payload.text).toContain(`tg://user?id=${PERSON.id}`);
    write(line.sentId, '幸福路');
    await fake.nextCall('sendMessage');
    expect(heard[1]?.raw).toBe('幸福路');
  });

  it('an answer that asks nothing opens nothing, nor does one in a chat with one person', async () => {
    answer = () => [replyText('住建局'), setSession(null)];
    call();
    expect((await fake.nextCall('sendMessage')).payload).not.toHaveProperty('reply_markup');
    heard = [];
    answer = () => [replyText('地点在哪里?'), asking];
    fake.push(messageUpdate({ text: '呼叫住建局' }));
    expect((await fake.nextCall('sendMessage')).payload).not.toHaveProperty('reply_markup');
  });
});

it('in a Feishu group where only mentions are delivered, a question has a form', async () => {
  const fake = await feishu.startFakeFeishu();
  closers.push(() => fake.close());
  await start(
    createFeishuAdapter({
      ...{
        appId: feishu.APP_ID,
        appSecret: feishu.APP_SECRET,
        domain: fake.domain,
        log: createLogRecorder(),
      },
    }),
  );
  await fake.listening();
  answer = () => [replyText('地点在哪里?'), asking];
  const mentions = [{ key: '@_user_1', openId: feishu.BOT.open_id, name: '清单' }];
  await fake.publish(
    feishu.messageEvent('@_user_1 呼叫住建局', { chatType: 'group', chatId: 'oc_g', mentions }),
  );
  const asked = await fake.nextCall('reply');
  const card = JSON.parse(String(asked.body['content'])) as {
    body: { elements: { tag: string; elements: object[] }[] };
  };
  const form = card.body.elements.at(-1);
  expect(form).toMatchObject({
    tag: 'form',
    elements: [
      { tag: 'input', name: 'words', required: true },
      { tag: 'button', form_action_type: 'submit' },
    ],
  });
  const { behaviors } = form?.elements[1] as { behaviors: { value: object }[] };
  const click = feishu.clickEvent(behaviors[0]?.value, { messageId: asked.sentId ?? '', chatId: 'oc_g' });
  const submit = (words: string) =>
    fake.emit({
      ...click,
      event: { ...click.event, action: { ...click.event.action, name: 'say-words', form_value: { words } } },
    });
  await submit(' 幸福路 ');
  await bot.idle();
  expect(heard[1]).toMatchObject({
    raw: '幸福路',
    update: {
      kind: 'message',
      isAddressed: true,
      isFromCard: true,
      conversation: { chatId: 'oc_g', isDirect: false },
    },
  });
  // In place of the form: nobody fills it in twice.
  const [shown] = fake.callsOf('answer');
  expect(shown).toMatchObject({ messageId: asked.sentId });
  expect(shown?.body['content']).toContain('已提交');
  expect(shown?.body['content']).not.toContain('"form"');
});
