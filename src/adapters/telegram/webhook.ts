/** Updates at an address of ours instead of by polling: they wait here until the loop of poll.ts has kept them. */
import { createHmac } from 'node:crypto';
import type { Logger } from '../../core/ports.js';
import { isSameText, type Answer, type Door, type Knock } from '../webhook.js';
import { parseUpdateId } from './parse.js';
import { parseJson } from '../shapes.js';

export type WebhookSettings = {
  door: Door;
  /** Where Telegram reaches the door. */
  url: string;
};

/** Takes the place of getUpdates (see `Poll`): the same loop, so albums, order and tries are those of polling. */
export type Mailbox = {
  open(): Promise<void>;
  /** All that wait; resolves with none when the signal aborts. What came before `offset` was kept: Telegram is told so. */
  fetch(offset: number, signal: AbortSignal): Promise<unknown[]>;
  confirm(offset: number): Promise<void>;
  /** What was not kept is sent again. */
  close(): Promise<void>;
};

type Post = { id: number; raw: unknown; answer: (status: number) => void; answered: Promise<number> };

/** As many as getUpdates gives at once. */
const BATCH_MAX = 100;
/** Beyond it Telegram is told to come again: the store is down, or somebody holds the loop. */
const WAITING_MAX = 1_000;

/** Known to whoever knows the token alone, and the same in each process and after each start. Bot API: 1-256 of A-Z a-z 0-9 _ -. */
export function secretOf(token: string): string {
  return createHmac('sha256', token).update('webhook').digest('hex');
}

export function createMailbox({ door, token, log }: { door: Door; token: string; log: Logger }): Mailbox {
  const secret = secretOf(token);
  const posts = new Map<number, Post>();
  let handed: Post[] = [];
  let wake: () => void = () => undefined;

  async function handle({ headers, body }: Knock): Promise<Answer> {
    const given = headers['x-telegram-bot-api-secret-token'];
    if (typeof given !== 'string' || !isSameText(given, secret)) {
      log.debug({}, 'a call that is not from telegram is refused');
      return { status: 401 };
    }
    const raw = parseJson(body.toString('utf8'));
    const id = parseUpdateId(raw);
    if (id === null) return { status: 400 };
    if (!posts.has(id) && posts.size >= WAITING_MAX) return { status: 503 };
    // Sent again while the first still waits: one update, and both calls get its answer.
    const post = posts.get(id) ?? postOf(id, raw);
    posts.set(id, post);
    wake();
    return { status: await post.answered };
  }

  function settle(offset: number): void {
    for (const { id, answer } of handed.filter((post) => post.id < offset)) {
      posts.delete(id);
      answer(200);
    }
    handed = [];
  }

  return {
    open: () => door.open(handle),
    async fetch(offset, signal) {
      settle(offset);
      if (posts.size === 0 && !signal.aborted)
        await new Promise<void>((resolve) => {
          wake = () => {
            signal.removeEventListener('abort', wake);
            resolve();
          };
          signal.addEventListener('abort', wake);
        });
      if (signal.aborted) return [];
      handed = [...posts.values()].sort((a, b) => a.id - b.id).slice(0, BATCH_MAX);
      return handed.map(({ raw }) => raw);
    },
    confirm: (offset) => Promise.resolve(settle(offset)),
    close() {
      for (const { answer } of posts.values()) answer(503);
      posts.clear();
      return door.close();
    },
  };
}

function postOf(id: number, raw: unknown): Post {
  let answer: (status: number) => void = () => undefined;
  const answered = new Promise<number>((resolve) => (answer = resolve));
  return { id, raw, answer, answered };
}
