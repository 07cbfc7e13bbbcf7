/** The people of a chaos run: who says what next, and which answer belongs to it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FakeFeishu } from '../tests/helpers/fake-feishu.js';
import type { FakeTelegram } from '../tests/helpers/fake-telegram.js';
import type { Expected } from './chaos-oracle.js';
import { chatIdOf, feishuEvent, telegramUpdate, type Shown } from './chaos-platforms.js';
import { createDialogue, pick, type Dialogue, type Random, type Step } from './chaos-talk.js';

const ACTIVE_DIALOGUES = 24;
/** More unanswered steps than this: the bot is given time. */
const UNANSWERED_MAX = 60;
const STEP_EVERY_MS = 60;
/** Feishu waits 3 s for an acknowledgement; a killed process is noticed at once. */
const ACK_TIMEOUT_MS = 3_000;
const REDELIVERY_MS = 300;
const DUPLICATE_SHARE = 0.08;
const DUPLICATE_WITHIN_MS = 3_000;
const FIRST_MESSAGE = 10_000;

type Turn = Step & {
  state: 'waiting' | 'given' | 'accepted' | 'unacknowledged' | 'skipped';
  key: string;
  seenAt: number[];
  card: Shown | null;
};

type Chat = Omit<Dialogue, 'steps'> & { turns: Turn[]; next: number; isBusy: boolean };

export type People = ReturnType<typeof createPeople>;

export function createPeople(parts: {
  random: Random;
  telegram: FakeTelegram;
  feishu: FakeFeishu;
  /** Keys that the bot reported: nobody waits for those answers. */
  reported: ReadonlySet<string>;
  /** Feishu has handed an event over; the bot has not acknowledged it. */
  onHandover: () => void;
}) {
  const { random, telegram, feishu, reported } = parts;
  const chats: Chat[] = [];
  const chatById = new Map<string, Chat>();
  const chatOfMessage = new Map<string, string>();
  const strays: string[] = [];
  const pushed: { update_id: number }[] = [];
  const counts = { duplicates: 0, redelivered: 0 };
  let isTalking = true;
  let isClosed = false;
  let seen = 0;
  let messages = FIRST_MESSAGE;
  let feishuWork = 0;
  let connectionLost = lostSignal();

  function lostSignal() {
    let tell: () => void = () => undefined;
    const promise = new Promise<void>((resolve) => (tell = resolve));
    return { promise, tell };
  }

  function open(dialogue: Dialogue): Chat {
    const turns = dialogue.steps.map((step): Turn => ({
      ...step,
      state: 'waiting',
      key: '',
      seenAt: [],
      card: null,
    }));
    const chat = { place: dialogue.place, turns, next: 0, isBusy: false };
    chats.push(chat);
    chatById.set(chatIdOf(dialogue.place), chat);
    return chat;
  }

  const isSettled = (turn: Turn) => turn.seenAt.length > 0 || reported.has(turn.key);
  const unanswered = () =>
    chats
      .flatMap((chat) => chat.turns)
      .filter((turn) => (turn.state === 'given' || turn.state === 'accepted') && !isSettled(turn));

  /** False when the next step must wait for an answer. */
  function giveNext(chat: Chat): boolean {
    const turn = chat.turns[chat.next];
    if (!turn || chat.isBusy) return false;
    const on = turn.click && chat.turns[turn.click.on];
    if (on && !on.card) {
      const isHopeless = reported.has(on.key) || on.state === 'skipped';
      if (!isHopeless) return false;
      turn.state = 'skipped';
      chat.next += 1;
      return true;
    }
    chat.next += 1;
    const id = messages++;
    turn.state = 'given';
    if (chat.place.platform === 'feishu') {
      void giveFeishu(chat, turn, id, on?.card ?? null);
      return true;
    }
    const content = telegramUpdate(chat.place, turn, id, on?.card ?? null, Date.now());
    const update = { update_id: id, ...content };
    turn.key = `telegram:${id}#0`;
    // Telegram keeps an update until the bot confirms it.
    turn.state = 'accepted';
    pushed.push(update);
    telegram.push(update);
    return true;
  }

  /** The steps of one chat are given one after the other; those of other chats overtake. */
  async function giveFeishu(chat: Chat, turn: Turn, id: number, card: Shown | null): Promise<void> {
    const { event, updateId } = feishuEvent(chat.place, turn, id, card, Date.now());
    turn.key = `feishu:${updateId}#0`;
    chatOfMessage.set(updateId, chatIdOf(chat.place));
    chat.isBusy = true;
    feishuWork += 1;
    try {
      let isAccepted = await emit(event);
      // Clicks are not given again (PLATFORMS.md, A2): the person sees an error and goes on.
      while (!isAccepted && !turn.click && !isClosed) {
        await sleep(REDELIVERY_MS * random());
        counts.redelivered += 1;
        isAccepted = await emit(event);
      }
      turn.state = isAccepted ? 'accepted' : 'unacknowledged';
      if (isAccepted && isTalking && random() < DUPLICATE_SHARE) void emitLater(event);
    } finally {
      chat.isBusy = false;
      feishuWork -= 1;
    }
  }

  async function emit(event: object): Promise<boolean> {
    await Promise.race([feishu.listening(), sleep(ACK_TIMEOUT_MS)]);
    const lost = connectionLost.promise.then(() => null);
    const late = sleep(ACK_TIMEOUT_MS, null, { ref: false });
    try {
      const acknowledged = feishu.emit(event);
      parts.onHandover();
      const ack = await Promise.race([acknowledged, lost, late]);
      return ack?.code === 200;
    } catch {
      // Nobody listens.
      return false;
    }
  }

  /** "May repeat even after success" (PLATFORMS.md, A2). */
  async function emitLater(event: object): Promise<void> {
    await sleep(DUPLICATE_WITHIN_MS * random());
    if (isClosed) return;
    counts.duplicates += 1;
    await emit(event);
  }

  return {
    counts,
    chats,
    strays,
    chatOfMessage: (messageId: string) => chatOfMessage.get(messageId) ?? '',
    unanswered,

    /** Says something every STEP_EVERY_MS until `stopTalking`. */
    async talk(): Promise<void> {
      while (isTalking) {
        await sleep(STEP_EVERY_MS * 2 * random());
        const active = chats.filter((chat) => chat.next < chat.turns.length);
        if (active.length < ACTIVE_DIALOGUES) active.push(open(createDialogue(random, chats.length + 1)));
        if (unanswered().length < UNANSWERED_MAX) giveNext(pick(random, active));
      }
    },
    stopTalking(): void {
      isTalking = false;
    },
    /** Two more dialogues, one on each platform, step by step; resolves when their steps are given. */
    async talkOnce(signal: AbortSignal): Promise<void> {
      const first = [createDialogue(random, chats.length + 1), createDialogue(random, chats.length + 2)];
      const [telegramOne, feishuOne] = first;
      if (telegramOne) telegramOne.place.platform = 'telegram';
      if (feishuOne) feishuOne.place.platform = 'feishu';
      const opened = first.map(open);
      while (!signal.aborted && opened.some((chat) => chat.next < chat.turns.length || chat.isBusy)) {
        for (const chat of opened) giveNext(chat);
        await sleep(STEP_EVERY_MS);
      }
    },
    /** Telegram's updates come again after a restart when they were not confirmed; some confirmed ones too. */
    repeatTelegram(): void {
      const recent = pushed.slice(-20);
      if (recent.length === 0 || random() > DUPLICATE_SHARE * 4) return;
      counts.duplicates += 1;
      telegram.push(pick(random, recent));
    },
    connectionIsLost(): void {
      connectionLost.tell();
      connectionLost = lostSignal();
    },
    show(shown: Shown): void {
      seen += 1;
      const chat = chatById.get(shown.chatId);
      const turn = chat?.turns.find(
        (each) =>
          each.state !== 'waiting' &&
          each.isEdit === shown.isEdit &&
          shown.head.endsWith(each.head) &&
          shown.content.includes(each.contains),
      );
      if (!turn) return void strays.push(`${shown.chatId} ${shown.head}`);
      turn.seenAt.push(seen);
      turn.card ??= shown;
      chatOfMessage.set(shown.messageId, shown.chatId);
    },
    /** Everything was taken over by the bot, and every answer that can be waited for was seen. */
    isDrained: () => feishuWork === 0 && telegram.pending().length === 0 && unanswered().length === 0,
    given: () => chats.flatMap((chat) => chat.turns).filter((turn) => turn.state !== 'waiting').length,
    expected: (): Expected[][] =>
      chats.map((chat) =>
        chat.turns
          .filter((turn) => turn.state !== 'waiting' && turn.state !== 'skipped')
          .map((turn) => ({
            key: turn.key,
            // A message that Feishu could not hand over until the end counts as accepted: it would come again.
            isAccepted: turn.state !== 'unacknowledged' || !turn.click,
            isEdit: turn.isEdit,
            seenAt: turn.seenAt,
            ...(turn.noteToken !== undefined && { noteToken: turn.noteToken }),
          })),
      ),
    close(): void {
      isTalking = false;
      isClosed = true;
      connectionLost.tell();
    },
  };
}
