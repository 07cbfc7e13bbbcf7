/** The process of the simulation: the real bot on the real store, that crashes at a commit and is started again. */
import { cpSync, linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createBot, type Bot } from '../../src/core/bot.js';
import { BotError } from '../../src/core/errors.js';
import type { Adapter } from '../../src/core/ports.js';
import type { IntentMatch } from '../../src/core/types.js';
import type { HandlerDeps } from '../../src/handlers/deps.js';
import { createHandlers } from '../../src/handlers/index.js';
import type { Directory } from '../../src/organizations/directory.js';
import { openLowdbStore, type LowdbStore } from '../../src/store/lowdb/index.js';
import type { Watch } from './watch.js';
import type { Dice } from '../shared/random.js';
import type { Action, User } from '../../src/core/chat.js';
import type { Change, Outgoing, Store } from '../../src/core/store.js';
import { createTimers } from '../../src/timers/index.js';

/** One life of the process; `countdown`: so many commits until it ends, and whether the last of them is lost. */
type Life = { isOver: boolean; countdown: number | null; isLost: boolean };

type Parts = {
  dir: string;
  /** Every nth crash goes on with a copy of the folder that was taken while the old process was writing. */
  copyEvery: number;
  now: () => number;
  directory: Directory;
  deps: HandlerDeps;
  watch: Watch;
  faults: Dice;
  /** Accounts to which nothing can be sent directly. */
  blocked: ReadonlySet<string>;
  onArrival: (message: Outgoing) => void;
};

export async function startProcess(parts: Parts) {
  const { dir, copyEvery, now, directory, deps, watch } = parts;
  const problems: string[] = [];
  const log = {
    debug() {},
    info() {},
    warn() {},
    error(fields: object, message: string) {
      const text = `${message} ${JSON.stringify(fields)}`;
      if (!/process is gone|crash|delivery (?:failed|uncertain)/.test(text)) problems.push(text);
    },
  };
  let folder = join(dir, 'store-0');
  let opened = 0;
  let crashed = 0;
  let updates = 0;
  let store: LowdbStore;
  let bot: Bot;
  let life: Life;
  const arrived = new Set<string>();

  const open = async (): Promise<void> => {
    const generation = opened++;
    store = await openLowdbStore(folder, (text) => problems.push(text));
    await watch.catchUp(store);
    const own: Life = { isOver: false, countdown: null, isLost: false };
    life = own;
    let id = 0;
    bot = createBot({
      store: createMortal(store, own, watch),
      adapters: [
        createPlatform('telegram', 0, { ...parts, life: own, arrived }),
        createPlatform('feishu', 3_600_000, { ...parts, life: own, arrived }),
      ],
      match: ({ update }) =>
        Promise.resolve(update.kind === 'action' ? matchOf(update.action) : matchEdit(update.text)),
      handlers: createHandlers(deps),
      timers: createTimers(deps),
      middleware: [],
      personOf: directory.personOf,
      editionId: () => 'e',
      clock: now,
      ids: () => `g${generation}-${id++}`,
      log,
    });
  };

  const reopen = async (): Promise<void> => {
    crashed++;
    await bot.idle();
    const next = join(dir, `store-${opened}`);
    // Without a copy, what was begun ends first, as a kernel does it.
    const isCopy = crashed % copyEvery === 0;
    if (isCopy) cpSync(folder, next, { recursive: true });
    await store.settled();
    if (!isCopy) linkFolder(folder, next);
    await store.close();
    rmSync(folder, { recursive: true });
    folder = next;
    await open();
  };

  /** All that is due at this instant. After a crash it goes on in the next life. */
  const work = async (): Promise<void> => {
    for (;;) {
      await bot.runDue().catch(() => undefined);
      await bot.idle();
      if (life.isOver) {
        await reopen();
        continue;
      }
      const next = watch.wakes.peek()?.item;
      if (next === undefined || next > now()) return;
      watch.wakes.delete(String(next));
    }
  };

  /** A platform that gets no answer delivers an update again. */
  const tell = async (user: User, what: { action: Action['action'] } | { text: string }): Promise<void> => {
    const id = `u${updates++}`;
    const conversation = { platform: user.platform, chatId: user.id, isDirect: true };
    const received = { id, conversation, user, at: now(), messageId: id };
    const heard =
      'action' in what
        ? ({ kind: 'action', ...received, ...what } as const)
        : ({ kind: 'message', ...received, ...what, isAddressed: true } as const);
    for (;;) {
      const isHandled = await bot.accept(heard).then(
        () => true,
        () => false,
      );
      await bot.idle();
      if (isHandled && !life.isOver) return work();
      if (!life.isOver) throw new Error(`the bot refused ${JSON.stringify(what)}: ${problems.at(-1)}`);
      await reopen();
    }
  };

  await open();
  return {
    problems,
    work,
    store: (): Store => store,
    crashed: () => crashed,
    press: (user: User, id: string, value: string) => tell(user, { action: { id, value } }),
    say: (user: User, text: string) => tell(user, { text }),
    async commit(changes: Change[]): Promise<void> {
      await store.commit(changes);
      watch.wakeFor(changes);
      watch.follow(changes);
    },
    async restart(): Promise<void> {
      await bot.idle();
      await store.close();
      await open();
      await work();
    },
    /** At the nth commit from now; `isLost`: this one does not become durable any more. */
    crashAfter(countdown: number | null, isLost: boolean): void {
      Object.assign(life, { countdown, isLost });
    },
    close: () => store.close(),
  };
}

/** The same files under another folder: what the closing of the old one writes is written elsewhere. */
function linkFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkFolder(source, target);
    else linkSync(source, target);
  }
}

/** A store that is out of reach once the life is over. */
function createMortal(store: Store, life: Life, watch: Watch): Store {
  const dead = () => Promise.reject(new BotError('STORE', 'crash'));
  return {
    ...store,
    async commit(changes, claim) {
      if (life.isOver) return dead();
      watch.wakeFor(changes);
      if (life.countdown !== null && life.countdown-- <= 0) {
        life.isOver = true;
        if (!life.isLost) await store.commit(changes).catch(() => undefined);
        return dead();
      }
      const messages = await store.commit(changes, claim);
      watch.follow(changes);
      return messages;
    },
    keepUpdate: (...args) => (life.isOver ? dead() : store.keepUpdate(...args)),
    claimDueUpdates: (...args) => (life.isOver ? dead() : store.claimDueUpdates(...args)),
    claimDueMessages: (...args) => (life.isOver ? dead() : store.claimDueMessages(...args)),
    claimDueTimers: (...args) => (life.isOver ? dead() : store.claimDueTimers(...args)),
  };
}

type Fault = 'before' | 'limit' | 'nothing' | 'after' | null;

function faultOf(random: Dice): Fault {
  const dice = random.next();
  if (dice < 0.03) return 'before';
  if (dice < 0.05) return 'limit';
  if (dice < 0.055) return 'nothing';
  return dice < 0.065 ? 'after' : null;
}

/** So wide that nothing waits for it. */
const FREE = { burst: 1e9, everyMs: 1 };

/** A platform that fails before and after it has acted, limits, and knows people who cannot be written to. */
function createPlatform(
  name: 'telegram' | 'feishu',
  dedupeWindowMs: number,
  { life, arrived, blocked, faults, onArrival }: Parts & { life: Life; arrived: Set<string> },
): Adapter {
  return {
    name,
    dedupeWindowMs,
    appPace: [],
    pace: { direct: FREE, group: FREE },
    editWindowMs: 0,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    download: () => Promise.reject(new Error('nothing to download')),
    deliver(message) {
      if (life.isOver) throw new BotError('UNAVAILABLE', 'the process is gone');
      const { chatId, isDirect } = message.conversation;
      if (isDirect && blocked.has(`${name}:${chatId}`))
        throw new BotError('TARGET_GONE', 'bot was blocked by the user');
      const fault = faultOf(faults);
      if (fault === 'before') throw new BotError('UNAVAILABLE', 'HTTP 502');
      if (fault === 'limit') throw new BotError('RATE_LIMITED', 'HTTP 429', { retryAfterMs: 3_000 });
      if (fault === 'nothing') throw new BotError('UNCERTAIN', 'timeout, nothing happened');
      if (dedupeWindowMs === 0 || !arrived.has(message.key)) onArrival(message);
      arrived.add(message.key);
      if (fault === 'after') throw new BotError('UNCERTAIN', 'timeout after the server acted');
      return Promise.resolve({ messageId: message.key });
    },
  };
}

const matchOf = ({ id, value }: Action['action']) => {
  const intent = id === 'rem-cancel' ? 'cancel_reminder' : 'snooze_reminder';
  const match: IntentMatch = { intent, slots: { action: id, value }, score: 1, via: 'action', scores: {} };
  return { match, text: '', raw: '' };
};

/** `TX-2026-000001 每天9:05`: another time for a reminder. */
const matchEdit = (text: string) => {
  const [value = '', ...words] = text.split(' ');
  const slots = { action: 'rem-edit', value };
  const match: IntentMatch = { intent: 'snooze_reminder', slots, score: 1, via: 'action', scores: {} };
  return { match, text: words.join(' '), raw: words.join(' ') };
};
