/** The update of an index: the same for the same seed, whatever happened before. */
import type { Place } from '../chaos/talk.js';
import { createDice, pick } from '../shared/random.js';
import { createRandom, type Random } from '../../src/text/random.js';
import { callerOf, DEPARTMENTS } from '../chaos/county.js';
import { chatIdOf } from '../chaos/platforms.js';
import { updateOf, type Deed } from './give.js';
import { ordinaryText, type Vocabulary } from './sentences.js';
import type { Platform } from './stage.js';
import { hostileTexts } from './texts.js';
import { forgedValue, mutated, wrongValue } from './values.js';

export type FuzzUpdate = {
  index: number;
  platform: Platform;
  chatId: string;
  /** What sort it is, for counts. */
  kind: string;
  /** Whoever sent it must be told something. */
  isOwed: boolean;
  /** What Telegram's getUpdates or Feishu's frame holds. */
  update: object;
};

/** Callers below this number ask plain questions only; the others make trouble. */
export const INNOCENTS = 20;
const TROUBLEMAKERS = 380;
const STRANGERS = 2_000;
const STRANGERS_FROM = 5_000_000;
const GROUPS = 120;
const GROUPS_FROM = 2_000;
const GROUP_MEMBERS = 5;
/** Of messages and clicks; those of innocents have the numbers below. */
const FIRST_ID = 1_000_000;
export const idOf = (index: number): number => FIRST_ID + index;
/** So many updates ago something was given under the same number. */
const AGAIN = 50;

/** Telegram takes about twice as many messages of an app as Feishu. */
const WEIGHT: Readonly<Record<Platform, number>> = { telegram: 2, feishu: 1 };

export const innocentOf = (platform: Platform, number: number): Place =>
  callerOf(platform, number % INNOCENTS);

const between = (random: Random, from: number, count: number): number => from + Math.floor(random() * count);

function placeOf(random: Random, platform: Platform): Place {
  const at = random();
  if (at < 0.6) return callerOf(platform, between(random, INNOCENTS, TROUBLEMAKERS));
  if (at < 0.65)
    return pick(
      random,
      DEPARTMENTS.filter(({ head }) => head.platform === platform).map((d) => d.head),
    );
  const isGroup = at > 0.95;
  const number = isGroup ? between(random, GROUPS_FROM, GROUPS) : between(random, STRANGERS_FROM, STRANGERS);
  return { platform, number, isGroup };
}

/** `now` is only written into the update. */
export function fuzzUpdate(
  seed: number,
  index: number,
  now: number,
  { vocabulary, platforms }: { vocabulary: Vocabulary; platforms: readonly Platform[] },
): FuzzUpdate {
  const random = createRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const platform = pick(
    random,
    platforms.flatMap((it) => Array<Platform>(WEIGHT[it]).fill(it)),
  );
  const asked = placeOf(random, platform);
  const at = random();
  const isMalformed = at >= 0.75;
  // What they are told of a malformed update may go to another chat, and once told they are told no more.
  const isApart = isMalformed && asked.number >= STRANGERS_FROM;
  const place = isApart ? { ...asked, number: asked.number + STRANGERS } : asked;
  const user = place.isGroup ? between(random, 0, GROUP_MEMBERS) : 0;
  const common = { index, platform, chatId: chatIdOf(place) };
  const id = idOf(index);
  const make = (deed: Partial<Deed>): object => unwrap(updateOf({ place, user, ...deed } as Deed, id, now));
  if (at < 0.3)
    return {
      ...common,
      kind: 'hostile text',
      isOwed: true,
      update: make({ text: hostileTexts(createDice(random)).next().value }),
    };
  if (at < 0.5)
    return {
      ...common,
      kind: 'ordinary text',
      isOwed: true,
      update: make({ text: ordinaryText(random, vocabulary) }),
    };
  if (!isMalformed) {
    const data = `${pick(random, vocabulary.actions)} ${forgedValue(random)}`.trimEnd();
    return {
      ...common,
      kind: 'forged button',
      isOwed: true,
      update: make({ data: platform === 'telegram' ? cut(data) : data }),
    };
  }
  const deed =
    random() < 0.3 ? { data: pick(random, vocabulary.actions) } : { text: ordinaryText(random, vocabulary) };
  const plain = make(deed);
  if (at < 0.92)
    return { ...common, kind: 'wrong field', isOwed: false, update: broken(random, platform, plain) };
  return { ...common, kind: 'odd shape', isOwed: false, update: odd(random, platform, plain, index) };
}

const unwrap = (made: ReturnType<typeof updateOf>): object => ('event' in made ? made.event : made);

/** Telegram gives back no more than 64 bytes. */
const cut = (data: string): string => {
  let text = data;
  while (Buffer.byteLength(text) > 64) text = text.slice(0, -1);
  return text;
};

type Json = Record<string, unknown>;

/** The platform's own numbering stays, else nothing behind it would ever be given. */
function broken(random: Random, platform: Platform, update: object): object {
  if (platform === 'telegram') {
    const { update_id, ...rest } = update as Json;
    return { update_id, ...mutated(random, rest) };
  }
  const { header, event, ...rest } = update as Json;
  if (random() < 0.02) return { header: mutated(random, header as object), event, ...rest };
  const changed = mutated(random, event as object) as Json;
  const message = changed['message'] as Json | undefined;
  // Its content is JSON inside JSON.
  if (message && typeof message['content'] === 'string' && random() < 0.3)
    message['content'] = random() < 0.5 ? '{"text":' : JSON.stringify({ text: wrongValue(random) });
  return { header, event: changed, ...rest };
}

/** Kinds that no handler knows, doubled numbers, offsets beyond the text, albums, edits, forwarded texts, other chats. */
function odd(random: Random, platform: Platform, update: object, index: number): object {
  const more = (fields: Json): object => {
    const copy = structuredClone(update) as Json;
    const holder = platform === 'telegram' ? copy : (copy['event'] as Json);
    if (typeof holder['message'] === 'object') Object.assign(holder['message'] as Json, fields);
    return copy;
  };
  if (platform === 'feishu') {
    const { header, event } = update as { header: Json; event: Json };
    return pick(random, [
      () => ({
        ...update,
        header: { ...header, event_type: pick(random, ['im.chat.updated_v1', 'x', '', '__proto__']) },
      }),
      () =>
        more({
          message_type: pick(random, ['sticker', 'audio', 'merge_forward', 'interactive', 'x', 'post']),
        }),
      () => more({ chat_type: 'topic_group' }),
      () => more({ create_time: pick(random, ['0', '-1', '9'.repeat(40), 'x', '1e300']) }),
      () => more({ message_id: `om_in_${idOf(Math.max(0, index - AGAIN))}` }),
      () =>
        more({
          mentions: Array.from({ length: 500 }, (_, i) => ({
            key: `@_user_${i}`,
            id: null,
            name: '名'.repeat(99),
          })),
        }),
      () => ({
        ...update,
        event: { ...event, sender: { sender_id: { open_id: 'ou_bot' }, sender_type: 'app' } },
      }),
      () => ({ schema: '1.0', type: 'event_callback', event }),
    ])();
  }
  const { update_id, ...rest } = update as Json;
  const content = (rest['message'] ?? rest['callback_query']) as Json;
  const entities = (offset: number, length: number) => [
    { type: 'mention', offset, length },
    { type: 'bot_command', offset: -length, length: offset },
    { type: 'text_mention', offset, length, user: { id: 7000 } },
  ];
  return pick(random, [
    () => ({
      update_id,
      [pick(random, ['edited_message', 'channel_post', 'poll', 'my_chat_member', 'x', '__proto__x'])]:
        content,
    }),
    () => ({ ...rest, update_id: -AGAIN }),
    () =>
      more({
        entities: entities(pick(random, [-5, 0, 3, 2 ** 31, 1e300]), pick(random, [-1, 0, 1e9, 1e300])),
      }),
    () => more({ media_group_id: '1', photo: [{ file_id: 'f', width: 1e300, height: -1 }], text: undefined }),
    () =>
      more({
        document: { file_id: 'f'.repeat(5_000), file_name: '../../x\u0000.csv' },
        text: undefined,
        caption: '导入清单',
      }),
    () => more({ forward_origin: { type: 'user', sender_user: { id: 1 } }, forward_date: 1 }),
    () => more({ chat: { id: pick(random, [-1, 0, -1e15, 2 ** 53, 1e300]), type: 'supergroup' } }),
    () => more({ chat: { id: 5, type: pick(random, ['channel', 'sender', '', 'PRIVATE']) } }),
    () => more({ date: pick(random, [0, -1, 1e12, 1e300, 2 ** 31]) }),
    () => more({ sticker: { file_id: 's' }, text: undefined, entities: undefined }),
    // In a group a right number would be Telegram's own word: what is due there goes to the other chat from then on.
    () =>
      more({
        migrate_to_chat_id:
          ((content['chat'] as { id: number } | undefined)?.id ?? 0) < 0 ? 1e300 : -1e15 - index,
      }),
    () => more({ is_topic_message: true, message_thread_id: pick(random, [0, -1, 1e300]) }),
  ])();
}
