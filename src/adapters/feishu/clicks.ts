/**
 * Clicks under way: the new card goes in the answer of the callback, or strictly after it. Feishu locks a card from the click
 * until a moment after the answer, and takes back what came before it (../README.md: Clicks).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FeishuContent } from './render.js';

export type ClickAnswer =
  /** The new card. */
  | { kind: 'card'; card: FeishuContent }
  /** Something else leaves for the same chat, or nothing came in time. */
  | { kind: 'none' };

export type Click = {
  /** What goes in the answer; at the latest after `cardTimeoutMs`. */
  answer: Promise<ClickAnswer>;
  /** The answer is made: from now on the card goes by itself. */
  close(): void;
  /** The answer has left. */
  left(): void;
};

export type Clicks = {
  /** `update` is the id of the update that the click is. */
  open(update: string, click: { messageId: string; token: string | null; chat: string }): Click;
  /** The card goes in the answer of a click that is still open on this message; resolves when that has left. Else null. */
  takeCard(update: string, messageId: string, card: FeishuContent): Promise<void> | null;
  /** Another message to the chat of the click leaves: the person sees that something happened. */
  passed(update: string, chat: string): void;
  /** Resolves when no click holds the message. Not for long: a click is answered within 3 s. */
  settled(messageId: string): Promise<void>;
  /** A token of a click on the message with which its card may be replaced; each is given twice, for half an hour. */
  takeToken(messageId: string): string | null;
};

/** How long (ms) after the answer a card may still be locked; measured by nobody, the documents only say "after". */
const LOCK_MS = 300;
/** 延时更新消息卡片: 30 minutes, 2 uses. */
const TOKEN_MS = 29 * 60_000;
const TOKEN_USES = 2;
const TOKENS_MAX = 2_000;

type Open = {
  messageId: string;
  chat: string;
  hasLeft: Promise<void>;
  decide: (answer: ClickAnswer) => void;
};

export function createClicks(cardTimeoutMs: number, now: () => number): Clicks {
  const open = new Map<string, Open>();
  const tokens = new Map<string, { token: string; until: number; uses: number }>();
  /** By message: the clicks whose answer has not left, and until when the last answer locks it, by the process's clock. */
  const locks = new Map<string, { held: Set<Promise<void>>; until: number }>();
  const forgetLocks = (): void => {
    if (locks.size < TOKENS_MAX) return;
    for (const [id, { held, until }] of locks)
      if (held.size === 0 && until < performance.now()) locks.delete(id);
  };

  return {
    open(update, { messageId, token, chat }) {
      let decide: (answer: ClickAnswer) => void = () => undefined;
      let leave: () => void = () => undefined;
      const decided = new Promise<ClickAnswer>((resolve) => (decide = resolve));
      const hasLeft = new Promise<void>((resolve) => (leave = resolve));
      forgetLocks();
      const lock = locks.get(messageId) ?? { held: new Set(), until: 0 };
      locks.set(messageId, lock);
      const isOver = hasLeft.then(() => {
        lock.held.delete(isOver);
        lock.until = performance.now() + LOCK_MS;
      });
      lock.held.add(isOver);
      open.set(update, { messageId, chat, hasLeft, decide });
      if (token !== null) {
        tokens.set(messageId, { token, until: now() + TOKEN_MS, uses: TOKEN_USES });
        if (tokens.size > TOKENS_MAX) tokens.delete([...tokens.keys()][0] ?? '');
      }
      const close = (): void => {
        open.delete(update);
        decide({ kind: 'none' });
      };
      const timer = setTimeout(close, cardTimeoutMs);
      return { answer: decided.finally(() => clearTimeout(timer)), close, left: leave };
    },
    takeCard(update, messageId, card) {
      const click = open.get(update);
      if (click?.messageId !== messageId) return null;
      open.delete(update);
      click.decide({ kind: 'card', card });
      return click.hasLeft;
    },
    passed(update, chat) {
      const click = open.get(update);
      if (click?.chat !== chat) return;
      open.delete(update);
      click.decide({ kind: 'none' });
    },
    async settled(messageId) {
      const lock = locks.get(messageId);
      while (lock) {
        await Promise.all(lock.held);
        const left = lock.until - performance.now();
        if (left <= 0 && lock.held.size === 0) return;
        if (left > 0) await sleep(left);
      }
    },
    takeToken(messageId) {
      const entry = tokens.get(messageId);
      if (!entry || entry.until < now() || entry.uses === 0) return null;
      entry.uses--;
      return entry.token;
    },
  };
}

export const cardAnswer = (content: string): object => ({
  card: { type: 'raw', data: JSON.parse(content) as object },
});

/** What the person sees over the card for a moment (../README.md: Clicks). */
export const toast = (type: 'info' | 'error', content: string): object => ({ toast: { type, content } });
