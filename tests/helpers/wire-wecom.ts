/** WeCom as the contract of adapters wants it: the real SDK against the server on loopback. */
import { createWecomAdapter, type WecomSettings } from '../../src/adapters/wecom/index.js';
import type { Conversation, Heard } from '../../src/core/chat.js';
import type { Facts, Shown, Wire } from '../contracts/adapter.contract.js';
import { createLogRecorder } from './context.js';
import * as wecom from './fake-wecom.js';

export const PERSON: wecom.Chat = { id: 'zhangsan', isDirect: true };
export const GROUP: wecom.Chat = { id: 'wrgroup', isDirect: false };
const placeOf = ({ id, isDirect }: wecom.Chat): Conversation => ({ platform: 'wecom', chatId: id, isDirect });

const message = (body: object) => ({ cmd: 'aibot_msg_callback', headers: { req_id: 'r' }, body });
const event = (content: object) => ({
  cmd: 'aibot_event_callback',
  headers: { req_id: 'r' },
  body: { msgid: 'e', chattype: 'single', from: { userid: 'zhangsan' }, msgtype: 'event', event: content },
});
const from = { msgid: 'm', chattype: 'single', from: { userid: 'zhangsan' } };

export const WECOM_FACTS: Facts<wecom.Fault> = {
  platform: 'wecom',
  places: [placeOf(GROUP)],
  ignored: [
    ['unknown kinds', message({ ...from, msgtype: 'location', location: { x: 1 } })],
    ['the refresh of a stream', message({ ...from, msgtype: 'stream', stream: { id: 's' } })],
    ['malformed messages', message({ msgtype: 'text', text: 7 })],
    [
      'a group without an id',
      message({ ...from, chattype: 'group', msgtype: 'text', text: { content: '@清单 你好' } }),
    ],
    ['somebody who opens the chat', event({ eventtype: 'enter_chat' })],
    [
      'what people think of an answer',
      event({ eventtype: 'feedback_event', feedback_event: { id: 'f', type: 1 } }),
    ],
    [
      'a click on a card of another chat',
      event({
        eventtype: 'template_card_event',
        template_card_event: { card_type: 'button_interaction', event_key: 'row.show 1', task_id: 'other-1' },
      }),
    ],
  ],
  failures: [
    ['an unknown chat', { code: 93006 }, 'TARGET_GONE'],
    ['a group that it is not in', { code: 93008 }, 'TARGET_GONE'],
    ['a person out of sight', { code: 60011 }, 'TARGET_GONE'],
    ['too much in one conversation', { code: 45009 }, 'RATE_LIMITED', 60_000],
    ['empty words', { code: 44004 }, 'REJECTED'],
    ['no right to call', { code: 48002 }, 'BLOCKED'],
    ['a wrong secret', { code: 853000 }, 'UNAUTHORIZED'],
    ['a busy system', { code: -1 }, 'UNAVAILABLE'],
    ['a connection that WeCom has forgotten', { code: 846609 }, 'UNAVAILABLE'],
    ['a cut connection', { kind: 'drop' }, 'UNCERTAIN'],
  ],
  uneditable: [],
  refusedCards: [],
  ...{ isRedelivering: true, hasFiles: true, hearsOnlyCalls: true, replacesOnlyPressed: true },
};

export async function openWecomWire(settings: Partial<WecomSettings> = {}) {
  const fake = await wecom.startFakeWecom();
  const heard: Heard[] = [];
  const log = createLogRecorder();
  let isFailing = false;
  let kept = 0;
  const waiters: (() => void)[] = [];
  const adapter = createWecomAdapter({
    ...{ botId: wecom.BOT_ID, secret: wecom.SECRET, wsUrl: fake.wsUrl, log },
    ...{ now: () => 1_790_000_123_456, wait: () => Promise.resolve() },
    ...settings,
  });
  await adapter.start(async (update) => {
    heard.push(update);
    if (isFailing) {
      isFailing = false;
      throw new Error('disk full');
    }
    kept += 1;
    for (const wake of waiters.splice(0)) wake();
    return Promise.resolve();
  });
  for (const { id } of [PERSON, GROUP]) fake.open(id);
  /** Resolves when one more update is kept. */
  const heardOne = async (act: () => void): Promise<void> => {
    const before = kept;
    act();
    while (kept === before) await new Promise<void>((resolve) => waiters.push(resolve));
  };
  const chatOf = (place?: Conversation): wecom.Chat =>
    place ? { id: place.chatId, isDirect: place.isDirect } : PERSON;

  const shown = (): Shown[] =>
    readShown(fake, (chat, key, taskId) => heardOne(() => fake.press(chat, PERSON.id, key, taskId)));
  const wire: Wire<wecom.Fault> = {
    ...{ adapter, heard, shown, direct: placeOf(PERSON), known: 'known' },
    emit: (frame) => Promise.resolve(fake.emit(frame)),
    say(text, place, isCalled = false) {
      const chat = chatOf(place);
      // Only what calls the bot comes from a group.
      if (!chat.isDirect && !isCalled) return Promise.resolve();
      const content = chat.isDirect ? text : `@${wecom.NAME} ${text}`;
      return heardOne(() => fake.say(chat, PERSON.id, { msgtype: 'text', text: { content } }));
    },
    failNext: () => void (isFailing = true),
    fail: (what, fault) => fake.fail(what === 'send' ? 'words' : 'update', fault),
    sendFile: (bytes) =>
      heardOne(() =>
        fake.say(PERSON, PERSON.id, { msgtype: 'file', file: fake.addFile('台账.xlsx', bytes) }),
      ),
    async close() {
      await adapter.stop();
      await fake.close();
    },
  };
  return { ...wire, fake, log, heardOne };
}

type Press = (chat: wecom.Chat, key: string, taskId: string) => Promise<void>;
type Card = {
  main_title?: { title?: string; desc?: string };
  sub_title_text?: string;
  horizontal_content_list?: { keyname: string; value: string }[];
  quote_area?: { quote_text: string };
  button_list?: { text: string; key: string }[];
  action_menu?: { action_list: { text: string; key: string }[] };
  task_id: string;
};

/** One call as a person sees it. */
export function readCall({ cmd, body, file }: wecom.Call) {
  const card = body['template_card'] as Card | undefined;
  const words = (body['markdown'] ?? body['stream']) as { content: string } | undefined;
  const written = words?.content ?? '';
  const isCard = card !== undefined || written.startsWith('**');
  const own = isCard ? ownless(written) : written;
  return {
    ...{ isCard, live: liveIn(own), taskId: card?.task_id },
    isEdit: cmd === 'aibot_respond_update_msg',
    /** The card stands below words that were sent before it. */
    isBelow: card !== undefined && !words && (card.main_title?.desc ?? '').startsWith('请选择'),
    text: file
      ? `[${body['msgtype'] === 'image' ? 'photo' : 'file'}] ${file.name}`
      : words
        ? read(own)
        : card
          ? textOf(card)
          : '',
    buttons: [...(card?.button_list ?? []), ...(card?.action_menu?.action_list ?? [])].map(
      ({ text, key }) => ({ label: text, key }),
    ),
    ...(file && { file }),
  };
}

/** Words and the card with their buttons are one message to whoever reads them. */
function readShown(fake: wecom.FakeWecom, press: Press): Shown[] {
  const all: Shown[] = [];
  for (const call of fake.shown()) {
    const id = call.chat ?? '';
    const seen = readCall(call);
    const buttons = seen.buttons.map(({ label, key }) => ({
      label,
      press: () => press({ id, isDirect: id !== GROUP.id }, key, seen.taskId ?? ''),
    }));
    const before = all.at(-1);
    if (seen.isBelow && before?.chatId === id) {
      Object.assign(before, { buttons: [...before.buttons, ...buttons], isCard: true });
      continue;
    }
    const { isCard, text, live, file } = seen;
    const edited = seen.isEdit ? { edited: seen.taskId ?? '' } : {};
    all.push({ chatId: id, ...edited, isCard, text: file ? '' : text, live, buttons, ...(file && { file }) });
  }
  return all;
}

const textOf = (card: Card): string =>
  [
    ...[card.main_title?.title, card.sub_title_text],
    ...(card.horizontal_content_list ?? []).map(({ keyname, value }) => `${keyname}:${value}`),
    card.quote_area?.quote_text,
  ]
    .filter((it) => it !== undefined)
    .join('\n');

/** The adapter's own bold lines and quotes. */
const ownless = (words: string): string => words.replace(/^\*\*(.*?)\*\*/gm, '$1').replace(/^> /gm, '');
/** What looks the same is read as what it stands for. */
const read = (words: string): string =>
  words
    .replaceAll('\u200b', '')
    .replaceAll('＊', '*')
    .replaceAll('｀', '`')
    .replaceAll('＜', '<')
    .replaceAll('] (', '](');
const liveIn = (words: string): string[] =>
  words.match(/[*`]|\]\(|<(?=[a-z/!@])|^ {0,3}(?:[#>|+=-]|\d+[.)])|^ {4}/gim) ?? [];
