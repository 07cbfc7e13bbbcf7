/** Texts put to the bot, and what became of each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBot } from '../../src/core/bot.js';
import { conversationKey, type Conversation, type Message } from '../../src/core/chat.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { createDeafAdapter } from '../shared/deaf-adapter.js';
import { SILENT } from '../shared/silent-log.js';
import type { Subject } from './subject.js';

/** `cited`: on a guide, the row of the lists that divide work which its card names as responsible. */
export type Asked = {
  answered: string | null;
  offered: string[] | null;
  isListing: boolean;
  intent: string;
  isGuide: boolean;
  cited: string | null;
};

/** Each text as one mentioned group message, fresh: its own conversation, nothing said before. */
export async function askAll(subject: Subject, texts: string[]): Promise<Asked[]> {
  const dir = mkdtempSync(join(tmpdir(), 'qingdan-evaluate-'));
  const store = await openLowdbStore(dir);
  const adapter = createDeafAdapter(() => undefined);
  let intent = '';
  const bot = createBot({
    store,
    adapters: [adapter],
    match: subject.match,
    handlers: subject.handlers,
    timers: {},
    middleware: [
      (ctx, next) => {
        intent = ctx.match.intent;
        return next();
      },
    ],
    personOf: subject.knowledge.directory.personOf,
    editionId: () => subject.knowledge.edition.id,
    clock: Date.now,
    ids: () => Math.random().toString(36),
    log: SILENT,
  });
  const outcomes: Asked[] = [];
  for (const [i, text] of texts.entries()) {
    const conversation: Conversation = { platform: 'console', chatId: `evaluate-${i}`, isDirect: false };
    const update: Message = {
      kind: 'message',
      id: `evaluate:${i}`,
      conversation,
      user: subject.user,
      at: Date.now(),
      messageId: String(i),
      text,
      isAddressed: true,
    };
    intent = '';
    await bot.accept(update);
    await bot.idle();
    const session = await store.getSession(`${conversationKey(conversation)}|${subject.user.id}`);
    const rowOf = (ref: string | undefined) => subject.knowledge.index.get(ref ?? '')?.row;
    const isGuide = rowOf(session?.focus)?.guide !== undefined;
    const [first] = session?.offered ?? [];
    outcomes.push({
      isGuide,
      cited: isGuide && first !== undefined && !rowOf(first)?.guide ? first : null,
      answered: session?.focus ?? null,
      offered: session?.isChoosing ? session.offered : null,
      isListing: session?.listing !== undefined,
      intent,
    });
  }
  await store.close();
  rmSync(dir, { recursive: true });
  return outcomes;
}
