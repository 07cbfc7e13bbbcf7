/** How what a person does reaches the program: as an update of its platform, given again as the platform gives it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeButton } from '../../src/core/card.js';
import { accountOf, chatIdOf, feishuEvent, telegramUpdate, type Given } from '../chaos/platforms.js';
import type { Place, Shown, Step } from '../chaos/talk.js';
import { overButton, type Stage } from './stage.js';

/** What was said, or the value of the button that was pressed (`data` as Telegram has it: `id value`). */
/** `who`: a person, by the direct chat, who does it in a group. */
export type Deed = { place: Place; user?: number; who?: Place } & ({ text: string } | { data: string });

/** Feishu waits 3 s for an acknowledgement and gives a message again at most four times (src/adapters/README.md: Events). */
const ACK_MAX_MS = 3_000;
const AGAIN_MS = 1_000;
const AGAIN_MAX = 4;
const FIRST_UPDATE = 10_000;
const PRESSED: Pick<Shown, 'messageId' | 'head' | 'content' | 'isEdit'> = {
  messageId: '300',
  head: '',
  content: '',
  isEdit: false,
};
const LABEL = 'pressed';

/** The update of a well-behaved client; `id` is another one for each. */
export function updateOf(deed: Deed, id: number, now: number): { update_id: number } | { event: object } {
  const { place, user = 0 } = deed;
  const [isPress, words] = 'data' in deed ? [true, deed.data] : [false, deed.text];
  const step: Step = {
    place,
    user,
    expects: [],
    ...(isPress ? { click: { label: LABEL, on: { step: 0, expect: 0 } } } : { text: words }),
  };
  const data = place.platform === 'telegram' ? words : feishuValue(words, place, user);
  // On Feishu an answer names the message that it answers, and its chat must be known by it.
  const messageId = place.platform === 'telegram' ? PRESSED.messageId : `om_in_${id}`;
  const buttons = [{ label: LABEL, data }];
  const card = isPress ? { ...PRESSED, messageId, chatId: chatIdOf(place), buttons } : null;
  const given: Given = { id, card, number: null, now };
  if (place.platform === 'telegram') {
    const made = { update_id: id, ...telegramUpdate(step, given) };
    return deed.who
      ? signed(made, (key) => key === 'from', { id: Number(chatIdOf(deed.who)), is_bot: false })
      : made;
  }
  const { event } = feishuEvent(step, given);
  return {
    event: deed.who ? signed(event, (key) => key === 'open_id', openIdOf(deed.who, 0), ['mentions']) : event,
  };
}

/** A copy in which everything under these keys is this, but for what stands under `kept`. */
function signed<T extends object>(
  update: T,
  isKey: (key: string) => boolean,
  value: unknown,
  kept: string[] = [],
): T {
  const entries = Object.entries(update).map(([key, old]: [string, unknown]) => {
    if (isKey(key)) return [key, value];
    const isInner = typeof old === 'object' && old !== null && !Array.isArray(old) && !kept.includes(key);
    return [key, isInner ? signed(old, isKey, value, kept) : old];
  });
  return Object.fromEntries(entries) as T;
}

const openIdOf = (place: Place, user: number): string => accountOf(place, user).replace('feishu:', '');

/** As `renderButton` of the adapter makes it. */
function feishuValue(data: string, place: Place, user: number): object {
  const to = openIdOf(place, user);
  return { ...decodeButton(data), ...(place.isGroup ? { chat: chatIdOf(place), direct: false } : { to }) };
}

/**
 * Telegram counts its updates upwards, whoever they come from; a number below zero stands for one that was given that
 * many updates ago.
 */
export function numbered(stage: Stage, update: object): { update_id: number } {
  const wanted = (update as { update_id?: unknown }).update_id;
  const isAgain = typeof wanted === 'number' && wanted < 0;
  const update_id =
    FIRST_UPDATE + (isAgain ? Math.max(1, stage.state.messages + wanted) : stage.state.messages++);
  return { ...update, update_id };
}

/** Resolves when Telegram holds it, or Feishu's event was acknowledged or given up. */
export async function give(stage: Stage, deed: Deed, now = Date.now()): Promise<void> {
  const id = FIRST_UPDATE + stage.state.messages;
  const made = updateOf(deed, id, now);
  const chatId = chatIdOf(deed.place);
  if ('update_id' in made) {
    stage.chatOfQuery.set(`query-${id}`, chatId);
    stage.telegram.push(numbered(stage, made));
    return;
  }
  stage.state.messages += 1;
  stage.chatOfMessage.set(`om_in_${id}`, chatId);
  await giveEvent(stage, made.event, chatId, 'data' in deed ? 0 : AGAIN_MAX);
}

/** True when it was acknowledged. A click is given once. */
export async function giveEvent(
  stage: Stage,
  event: object,
  chatId: string,
  again: number,
): Promise<boolean> {
  for (let tries = 0; ; tries++) {
    const ack = await emit(stage, event);
    const toast = (ack?.data as { toast?: { content: string } } | undefined)?.toast;
    if (toast) stage.show(overButton(chatId, toast.content));
    if (ack?.code === 200) return true;
    if (tries >= again) return false;
    await sleep(AGAIN_MS);
  }
}

async function emit(stage: Stage, event: object): Promise<{ code: number; data?: unknown } | null> {
  const late = sleep(ACK_MAX_MS, null, { ref: false });
  try {
    await Promise.race([stage.feishu.listening(), late]);
    return await Promise.race([stage.feishu.emit(event), late]);
  } catch {
    // Nobody listens.
    return null;
  }
}
