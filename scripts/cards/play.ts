/** A scene played through the whole bot; the card or form that its last turn shows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Button, Card } from '../../src/core/card.js';
import type { Form } from '../../src/core/form.js';
import { createBot } from '../../src/core/bot.js';
import type { Conversation, Reply } from '../../src/core/chat.js';
import type { Assistant } from '../../src/setup/assistant.js';
import type { Tools } from '../../src/setup/resources.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { createDeafAdapter } from '../shared/deaf-adapter.js';
import { SILENT } from '../shared/silent-log.js';
import type { Scene } from './scenes.js';

/** A Monday morning. */
export const SCENE_AT = Date.parse('2026-11-30T09:00:00+08:00');
const SECOND_MS = 1_000;

/** A card, or a question with its form. */
export type Shown = { card: Card } | { text: string; form: Form };
const isShown = (reply: Reply): reply is Shown =>
  'card' in reply || ('form' in reply && reply.form !== undefined);
const chatOf = (person: string): Conversation => ({ platform: 'console', chatId: person, isDirect: true });

/** @throws Error where a turn has no such button, or the card is not the one of the heading: the scene does not fit the bot any more. */
export async function playScene(scene: Scene, tools: Tools, assistant: Assistant): Promise<Shown> {
  const dir = mkdtempSync(join(tmpdir(), 'qingdan-cards-'));
  const store = await openLowdbStore(dir);
  let now = SCENE_AT;
  let ids = 0;
  const cards = new Map<string, Shown[]>();
  const bot = createBot({
    ...{
      store,
      middleware: [],
      match: assistant.match,
      handlers: assistant.handlers,
      timers: assistant.timers,
    },
    adapters: [
      {
        ...createDeafAdapter(() => undefined),
        deliver: ({ conversation, reply }) => {
          if (isShown(reply))
            cards.set(conversation.chatId, [...(cards.get(conversation.chatId) ?? []), reply]);
          return Promise.resolve({ messageId: String(++ids) });
        },
      },
    ],
    personOf: tools.directory.personOf,
    editionId: () => assistant.knowledge.edition.id,
    clock: () => now,
    ids: () => String(++ids),
    log: SILENT,
  });
  const newest = (person: string): Shown[] => (cards.get(person) ?? []).toReversed();
  try {
    for (const turn of scene.turns) {
      now += SECOND_MS;
      const received = {
        id: `scene:${++ids}`,
        conversation: chatOf(turn.as),
        user: { platform: 'console' as const, id: turn.as, name: turn.as },
        ...{ at: now, messageId: String(ids) },
      };
      if ('say' in turn) {
        await bot.accept({ kind: 'message', ...received, text: turn.say, isAddressed: true });
      } else {
        const { id, value = '' } = buttonOn(newest(turn.as), turn.press);
        await bot.accept({ kind: 'action', ...received, action: { id, value } });
      }
      await bot.idle();
    }
    const [shown] = newest(scene.on ?? scene.turns.at(-1)?.as ?? '');
    if (!shown) throw new Error('nobody is shown a card');
    const heading = 'card' in shown ? shown.card.title : shown.text;
    if (!heading.includes(scene.heading)) throw new Error(`shows “${heading}”`);
    return shown;
  } catch (cause) {
    throw new Error(`scene ${scene.name}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  } finally {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function buttonOn(cards: Shown[], label: string): Button {
  const found = cards
    .flatMap((it) => ('card' in it ? it.card.buttons : []))
    .find((it) => it.label.startsWith(label));
  if (!found) throw new Error(`no card shows a button “${label}”`);
  return found;
}
