/** The people of a chaos run: who says what next, and which message belongs to it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SET_ASIDE } from '../../src/core/inbox.js';
import type { FakeFeishu } from '../../tests/helpers/fake-feishu.js';
import type { FakeTelegram } from '../../tests/helpers/fake-telegram.js';
import { meant } from './match.js';
import { adoptEarlier, createOutlook, isFinished, type Talking } from './outlook.js';
import { chatIdOf, feishuEvent, telegramUpdate, type Given } from './platforms.js';
import {
  isClockTurn,
  type Place,
  type PlayedTalk,
  type Seen,
  type Shown,
  type TalkKind,
  type Turn,
} from './talk.js';
import { pick } from '../shared/random.js';
import type { Random } from '../../src/text/random.js';

/** More unanswered steps than this: the bot is given time. */
const UNANSWERED_MAX = 40;
const STEP_EVERY_MS = 60;
/** Feishu waits 3 s for an acknowledgement; a killed process is noticed at once. */
const ACK_TIMEOUT_MS = 3_000;
const REDELIVERY_MS = 300;
/** A person who sees nothing happen presses again. */
const PATIENCE_MS = 12_000;
const DUPLICATE_SHARE = 0.08;
const DUPLICATE_WITHIN_MS = 3_000;
const FIRST_MESSAGE = 10_000;
/** Ten minutes after an urgent notice whoever has not answered is called once more, and its sender told how it stands: nothing is doubled. */
const CALLED_AGAIN_MS = 9 * 60_000;
/** Numbers below are of the county (chaos/county.ts). */
const FIRST_TALK = 1_000;

export type People = ReturnType<typeof createPeople>;

export function createPeople(parts: {
  random: Random;
  kinds: readonly TalkKind[];
  telegram: FakeTelegram;
  feishu: FakeFeishu;
  /** Keys that the bot reported: nobody waits for those messages. */
  reported: ReadonlySet<string>;
  /** Feishu has handed an event over; the bot has not acknowledged it. */
  onHandover: () => void;
}) {
  const { random, kinds, telegram, feishu, reported } = parts;
  const talks: Talking[] = [];
  const firstSeen = new WeakMap<Seen[], number>();
  const beganAt = ({ turns }: PlayedTalk): number =>
    Math.min(...turns.flatMap(({ seen: each }) => each.map((times) => firstSeen.get(times) ?? Infinity)));
  const talksOfChat = new Map<string, Talking[]>();
  const chatOfMessage = new Map<string, string>();
  const strays: string[] = [];
  const asideTold: string[] = [];
  const pushed: { update_id: number }[] = [];
  const counts = {
    'duplicates injected': 0,
    'feishu redeliveries': 0,
    'pressed again': 0,
    'needless presses answered': 0,
  };
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

  function open(kind: TalkKind, platform?: Place['platform']): Talking {
    const { steps, ...talk } = kind.create(random, FIRST_TALK + talks.length, platform);
    const turns = steps.map((step): Turn => ({
      ...step,
      state: 'waiting',
      updates: [],
      seen: step.expects.map(() => []),
      needless: 0,
    }));
    const opened = {
      ...talk,
      kind: kind.name,
      turns,
      number: null,
      unprompted: [],
      next: 0,
      isBusy: false,
    };
    talks.push(opened);
    const places = [...turns.flatMap((turn) => turn.expects.map((e) => e.place)), ...(talk.watches ?? [])];
    for (const chat of new Set(places.map(chatIdOf)))
      talksOfChat.set(chat, [...(talksOfChat.get(chat) ?? []), opened]);
    return opened;
  }

  const { isSettled, outlook, seenOf } = createOutlook(reported);
  const isOpen = ({ state }: Turn) => state === 'given' || state === 'accepted';
  const unanswered = () =>
    talks.flatMap((talk) => talk.turns.filter((turn) => isOpen(turn) && !isSettled(talk, turn)));

  /** False when the next step must wait for an answer. */
  function giveNext(talk: Talking): boolean {
    const turn = talk.turns[talk.next];
    const next = outlook(talk);
    if (!turn || next === 'wait') return false;
    talk.next += 1;
    if (next === 'never') turn.state = 'skipped';
    else if (isClockTurn(turn)) {
      turn.state = 'accepted';
      adoptEarlier(talk, turn);
    } else give(talk, turn);
    return true;
  }

  function give(talk: Talking, turn: Turn): void {
    const given = () => {
      const card = turn.click ? (seenOf(talk, turn.click.on)[0]?.shown ?? null) : null;
      return { id: messages++, card, number: talk.number, now: Date.now() };
    };
    turn.state = 'given';
    if (turn.place.platform === 'feishu') return void giveFeishu(talk, turn, given);
    const now = given();
    const update = { update_id: now.id, ...telegramUpdate(turn, now) };
    turn.updates.push(`telegram:${now.id}`);
    // Telegram keeps an update until the bot confirms it.
    turn.state = 'accepted';
    pushed.push(update);
    telegram.push(update);
  }

  /** The steps of one talk are given one after the other; those of other talks overtake. */
  async function giveFeishu(talk: Talking, turn: Turn, given: () => Given): Promise<void> {
    talk.isBusy = true;
    feishuWork += 1;
    try {
      for (;;) {
        const { event, updateId } = feishuEvent(turn, given());
        turn.updates.push(`feishu:${updateId}`);
        chatOfMessage.set(updateId, chatIdOf(turn.place));
        let isAccepted = await emit(event);
        // Clicks are not given again (src/adapters/README.md: Clicks): the person goes on, or presses again.
        while (!isAccepted && !turn.click && !isClosed) {
          await sleep(REDELIVERY_MS * random());
          counts['feishu redeliveries'] += 1;
          isAccepted = await emit(event);
        }
        turn.state = isAccepted ? 'accepted' : 'unacknowledged';
        if (isAccepted && isTalking && random() < DUPLICATE_SHARE) void emitLater(event);
        if (isAccepted || !turn.again || isClosed) return;
        const until = performance.now() + PATIENCE_MS;
        while (performance.now() < until && !isSettled(talk, turn)) await sleep(STEP_EVERY_MS);
        if (isSettled(talk, turn) || isClosed) return;
        counts['pressed again'] += 1;
      }
    } finally {
      talk.isBusy = false;
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
      // A word over the card says that the click is not stored, or not yet.
      return ack?.code === 200 && !(ack.data as { toast?: object } | undefined)?.toast;
    } catch {
      // Nobody listens.
      return false;
    }
  }

  /** "May repeat even after success" (src/adapters/README.md: Events). */
  async function emitLater(event: object): Promise<void> {
    await sleep(DUPLICATE_WITHIN_MS * random());
    if (isClosed) return;
    counts['duplicates injected'] += 1;
    await emit(event);
  }

  const openOf = (kind: string) => talks.filter((talk) => talk.kind === kind && !isFinished(talk));

  return {
    counts,
    talks: talks as readonly PlayedTalk[],
    strays,
    /** For each word that a message was set aside, its chat. */
    asideTold: asideTold as readonly string[],
    chatOfMessage: (messageId: string) => chatOfMessage.get(messageId) ?? '',
    unanswered,

    /** Says something every STEP_EVERY_MS; after `stopTalking` only what talks that were begun still need. */
    async talk(): Promise<void> {
      while (!isClosed) {
        await sleep(STEP_EVERY_MS * 2 * random());
        if (isTalking) for (const kind of kinds) if (openOf(kind.name).length < kind.atOnce) open(kind);
        const ready = talks.filter(
          (talk) => !isFinished(talk) && (isTalking || talk.isFollowed) && outlook(talk) !== 'wait',
        );
        if (ready.length > 0 && unanswered().length < UNANSWERED_MAX) giveNext(pick(random, ready));
      }
    },
    stopTalking(): void {
      isTalking = false;
    },
    /** One more talk of each kind on each platform; resolves when their steps are given. */
    async talkOnce(signal: AbortSignal): Promise<void> {
      const opened = kinds.flatMap((kind) => [open(kind, 'telegram'), open(kind, 'feishu')]);
      while (!signal.aborted && opened.some((talk) => !isFinished(talk) || talk.isBusy)) {
        for (const talk of opened) giveNext(talk);
        await sleep(STEP_EVERY_MS);
      }
    },
    /** Telegram's updates come again after a restart when they were not confirmed; some confirmed ones too. */
    repeatTelegram(): void {
      const recent = pushed.slice(-20);
      if (recent.length === 0 || random() > DUPLICATE_SHARE * 4) return;
      counts['duplicates injected'] += 1;
      telegram.push(pick(random, recent));
    },
    connectionIsLost(): void {
      connectionLost.tell();
      connectionLost = lostSignal();
    },
    show(shown: Shown): void {
      seen += 1;
      chatOfMessage.set(shown.messageId, shown.chatId);
      const candidates = talksOfChat.get(shown.chatId) ?? [];
      const [, number = null] = /(QS-\d{4}-\d{6})/.exec(shown.head) ?? [];
      for (const talk of candidates)
        if (talk.token !== undefined && shown.content.includes(talk.token)) talk.number ??= number;
      const found = meant(shown, candidates);
      const times = found && found.expect !== null ? found.turn.seen[found.expect] : undefined;
      const owner = candidates.find((talk) => talk.isUnprompted?.(shown, talk.number));
      if (times?.length && owner && performance.now() - beganAt(owner) > CALLED_AGAIN_MS)
        return void owner.unprompted.push({ at: seen, shown });
      if (times) {
        if (times.length === 0) firstSeen.set(times, performance.now());
        return void times.push({ at: seen, shown });
      }
      if (found) {
        found.turn.needless += 1;
        counts['needless presses answered'] += 1;
        return;
      }
      if (shown.head === SET_ASIDE) return void asideTold.push(shown.chatId);
      if (owner) owner.unprompted.push({ at: seen, shown });
      else strays.push(`${shown.chatId} ${shown.isEdit ? 'edit' : 'new'} ${shown.head}`);
    },
    /** Everything was taken over by the bot, every talk that goes on is at its end, and every message was seen. */
    isDrained: () =>
      feishuWork === 0 &&
      telegram.pending().length === 0 &&
      talks.every((talk) => !talk.isFollowed || isFinished(talk)) &&
      unanswered().length === 0,
    /** What is still waited for, for people. */
    open: (): string[] => [
      ...unanswered().map(
        (turn) =>
          `${turn.updates.join() || 'the clock'} in ${chatIdOf(turn.place)}: ${turn.expects
            .filter((_, i) => turn.seen[i]?.length === 0)
            .map(({ place, head, contains }) => `${chatIdOf(place)} ${head} ${contains}`)
            .join('; ')}`,
      ),
      ...talks
        .filter((talk) => talk.isFollowed && !isFinished(talk))
        .map((talk) => `${talk.token ?? ''} ${talk.number ?? ''} is at step ${talk.next}, ${outlook(talk)}`),
      ...telegram.pending().map((id) => `telegram update ${id} is not taken`),
    ],
    given: () => talks.flatMap((talk) => talk.turns).filter((turn) => turn.updates.length > 0).length,
    close(): void {
      isTalking = false;
      isClosed = true;
      connectionLost.tell();
    },
  };
}
