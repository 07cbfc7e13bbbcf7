/** Feishu as the contract of adapters wants it: the real SDK against the server on loopback. */
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import type { Conversation, Heard } from '../../src/core/chat.js';
import type { Facts, Shown, Wire } from '../contracts/adapter.contract.js';
import { createLogRecorder } from './context.js';
import { openDoors } from './knock.js';
import * as feishu from './fake-feishu.js';
import { buttonsOf } from './feishu-card.js';

const { BOT, messageEvent } = feishu;
const DIRECT: Conversation = { platform: 'feishu', chatId: 'ou_user', isDirect: true };
const GROUP: Conversation = { platform: 'feishu', chatId: 'oc_group', isDirect: false };
const MENTION = { key: '@_user_1', openId: BOT.open_id, name: BOT.app_name };
const waiting = (seconds: number) => ({ headers: { 'x-ogw-ratelimit-reset': String(seconds) } });

export const FEISHU_FACTS: Facts<feishu.Fault> = {
  platform: 'feishu',
  places: [GROUP, { ...GROUP, threadId: 'omt_1' }],
  ignored: [
    ['its own messages', messageEvent('自己', { senderId: BOT.open_id })],
    ['messages of other bots', messageEvent('别的机器人', { senderType: 'app' })],
    [
      'unknown kinds',
      { schema: '2.0', header: { event_type: 'im.chat.updated_v1', event_id: 'e' }, event: {} },
    ],
    [
      'malformed messages',
      { schema: '2.0', header: { event_type: 'im.message.receive_v1' }, event: { message: 7 } },
    ],
  ],
  failures: [
    ['HTTP 429 with its time', { status: 429, code: 99991400, ...waiting(7) }, 'RATE_LIMITED', 7_000],
    ['a rate code under HTTP 400', { code: 99991400 }, 'RATE_LIMITED', 1_000],
    ['a rate code under HTTP 200', { status: 200, code: 230020 }, 'RATE_LIMITED', 1_000],
    ['a rate code with its time under HTTP 400', { code: 99991400, ...waiting(12) }, 'RATE_LIMITED', 12_000],
    [
      'the limit of one chat with its time',
      { status: 200, code: 230020, ...waiting(3) },
      'RATE_LIMITED',
      3_000,
    ],
    ['HTTP 401', { status: 401, code: 4 }, 'UNAUTHORIZED'],
    ['a bot that was removed', { code: 230002 }, 'TARGET_GONE'],
    ['a person who left', { status: 200, code: 230013 }, 'TARGET_GONE'],
    ['a refused text', { code: 230001 }, 'REJECTED'],
    ['a scope that is missing', { code: 99991672 }, 'BLOCKED'],
    ['the quota of the month', { status: 429, code: 99991403 }, 'BLOCKED', 3_600_000],
    ['HTTP 404 that is no answer of the API', { status: 404, raw: 'not found' }, 'REJECTED'],
    ['HTTP 502', { status: 502, raw: '<html>' }, 'UNCERTAIN'],
    ['HTTP 500 with a code', { status: 500, code: 2200 }, 'UNCERTAIN'],
    ['HTTP 200 that is no answer of the API', { status: 200, raw: '<html>' }, 'UNAVAILABLE'],
    ['a cut connection', { kind: 'reset' }, 'UNCERTAIN'],
  ],
  uneditable: [
    ['it was withdrawn (230011)', { code: 230011 }, true],
    ['it is too old (230031)', { code: 230031 }, true],
    ['the new one is refused (230001)', { code: 230001 }, false],
  ],
  refusedCards: [230099, 230025, 200530].map((code) => [
    `${code}`,
    { code, msg: 'Failed to create card content' },
  ]),
  ...{ isRedelivering: true, hasFiles: true },
};

/** `byWebhook`: events come to an address of ours. */
export async function openFeishuWire(byWebhook = false): Promise<Wire<feishu.Fault>> {
  const fake = await feishu.startFakeFeishu();
  const doors = byWebhook ? await openDoors() : null;
  if (doors) fake.state.webhook = `${doors.url}/feishu`;
  const heard: Heard[] = [];
  let isFailing = false;
  const adapter = createFeishuAdapter({
    ...{ appId: feishu.APP_ID, appSecret: feishu.APP_SECRET, domain: fake.domain },
    log: createLogRecorder(),
    ...(doors && {
      webhook: {
        door: doors.at('/feishu'),
        ...{ encryptKey: feishu.ENCRYPT_KEY, verificationToken: feishu.VERIFICATION_TOKEN },
      },
    }),
    // No answer of a click has a card here.
    cardTimeoutMs: 0,
  });
  await adapter.start(async (update) => {
    heard.push(update);
    if (!isFailing) return;
    isFailing = false;
    throw new Error('disk full');
  });
  await fake.listening();
  /** Confirmed at once unless it could not be kept; what is dropped, too: else it would come for ever. */
  const emit = async (event: object): Promise<void> => {
    const wanted = isFailing ? '500 200' : '200';
    const codes = (await fake.publish(event)).map(({ code }) => code).join(' ');
    if (codes !== wanted) throw new Error(`confirmed with ${codes}`);
  };
  const press = (value: unknown, chatId: string) => emit(feishu.clickEvent(value, { chatId }));

  const shown = (): Shown[] => {
    let chatId = '';
    let file: Shown['file'];
    return fake.calls.flatMap((call) => {
      if (call.method === 'image' || call.method === 'file') {
        const { bytes } = (call.body['image'] ?? call.body['file']) as { bytes: Buffer };
        file = { name: String(call.body['file_name'] ?? ''), bytes };
      }
      if (call.method !== 'create' && call.method !== 'reply' && call.method !== 'patch') return [];
      if (call.method === 'create') chatId = String(call.body['receive_id']);
      const where = call.method === 'create' ? { chatId } : {};
      const content = JSON.parse(String(call.body['content'])) as Record<string, unknown>;
      const type = call.method === 'patch' ? 'interactive' : call.body['msg_type'];
      const isFile = type === 'file' || type === 'image';
      return [
        {
          ...where,
          ...(call.method === 'reply' && { replyTo: String(call.messageId) }),
          ...(call.method === 'patch' && { edited: String(call.messageId) }),
          isCard: type === 'interactive',
          ...(type === 'text' ? readText(String(content['text'])) : readCard(content)),
          buttons: buttonsOf(content).map(({ label, value }) => ({
            label,
            // A chat with one person has an id of its own, that of the person is only its address.
            press: () => press(value, chatId.startsWith('ou_') ? 'oc_direct' : chatId || GROUP.chatId),
          })),
          ...(isFile && file && { file }),
        },
      ];
    });
  };

  return {
    ...{ adapter, heard, emit, shown, direct: DIRECT, known: 'om_1' },
    say(text, place = DIRECT, isCalled = false) {
      const { threadId, chatId } = place;
      const group = { chatType: 'group', chatId, ...(threadId && { threadId }) } as const;
      const called = isCalled ? { mentions: [MENTION] } : {};
      return emit(
        messageEvent(isCalled ? `@_user_1 ${text}` : text, place.isDirect ? {} : { ...group, ...called }),
      );
    },
    failNext: () => void (isFailing = true),
    fail: (what, fault) => fake.fail(what === 'send' ? 'create' : 'patch', fault),
    async sendFile(bytes) {
      fake.addResource('om_file', 'file_1', bytes);
      const content = { file_key: 'file_1', file_name: '台账.xlsx' };
      await emit(messageEvent('', { type: 'file', messageId: 'om_file', content }));
    },
    async close() {
      await adapter.stop();
      await fake.close();
      await doors?.close();
    },
  };
}

/** A text takes `<at>` and links: both are taken apart by marks that look the same. */
const readText = (text: string) => ({
  text: text.replaceAll('＜', '<').replaceAll('] (', ']('),
  live: text.match(/<\/?at|\]\(/g) ?? [],
});

/** Plain parts show what they hold; markdown shows it without the adapter's own marks and escapes. */
function readCard(card: unknown): Pick<Shown, 'text' | 'live'> {
  const parts = partsOf(card);
  return {
    text: parts.map(({ plain, markdown }) => plain ?? unescape(ownless(markdown))).join('\n'),
    live: parts.flatMap(({ plain, markdown }) =>
      plain === undefined ? (ownless(markdown).match(/[<>*_`[\]]|^\d+\. /gm) ?? []) : [],
    ),
  };
}

const ownless = (markdown = ''): string => markdown.replace(/<\/?font[^>]*>|\*\*/g, '');
const unescape = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

function partsOf(value: unknown): { plain?: string; markdown?: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('tag' in value && (value.tag === 'button' || value.tag === 'overflow')) return [];
  if ('tag' in value && 'content' in value)
    return [
      value.tag === 'markdown' ? { markdown: String(value.content) } : { plain: String(value.content) },
    ];
  return Object.values(value).flatMap(partsOf);
}
