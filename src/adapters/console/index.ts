/** The terminal chat: the embedded default. Lines in, plain text out; buttons are chosen by their number. */
import { createInterface } from 'node:readline';
import { cardToText, type Button } from '../../core/card.js';
import { errorText } from '../../core/errors.js';
import type { Adapter, Clock } from '../../core/ports.js';
import type { Conversation, Update } from '../../core/types.js';
import { parseLine } from './parse.js';

export type ConsoleSettings = {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  /** A terminal gets a prompt; piped lines do not. */
  isInteractive: boolean;
  clock: Clock;
  /** Makes update ids unique over restarts. */
  runId: string;
  /** Whose account speaks first. */
  user: string;
  /** Names that `/as` accepts. */
  isKnown: (name: string) => boolean;
  /** Resolves when everything that was said has been answered. */
  settled: () => Promise<void>;
};

export type ConsoleAdapter = Adapter & {
  /** Resolves when the input has ended and every line was answered. */
  ended: Promise<void>;
};

const CONVERSATION: Conversation = { platform: 'console', chatId: 'terminal', isDirect: true };

export function createConsoleAdapter(settings: ConsoleSettings): ConsoleAdapter {
  const { input, output, isInteractive, clock, runId, settled } = settings;
  let user = settings.user;
  /** The buttons of the card shown last. */
  let buttons: Button[] = [];
  let line = 0;
  let finish: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (finish = resolve));
  const lines = createInterface({ input, ...(isInteractive && { output }), terminal: isInteractive });
  const print = (text: string) => output.write(`${text}\n`);

  const handleLine = async (text: string, onUpdate: (update: Update) => Promise<void>): Promise<void> => {
    const parsed = parseLine(text, buttons);
    if (parsed.kind === 'empty') return;
    if (parsed.kind === 'switch') {
      if (settings.isKnown(parsed.name)) {
        user = parsed.name;
        print(`已切换为 ${user}。`);
      } else print(`名录中没有“${parsed.name}”。示例人员:张三(柳林镇)、李四(县住建局)、王五(编办)。`);
      return;
    }
    line++;
    const received = {
      id: `console:${runId}:${line}`,
      conversation: CONVERSATION,
      user: { platform: 'console' as const, id: user, name: user },
      at: clock(),
      messageId: String(line),
    };
    try {
      await onUpdate(
        parsed.kind === 'click'
          ? {
              kind: 'action',
              ...received,
              action: { id: parsed.button.id, value: parsed.button.value ?? '' },
            }
          : { kind: 'message', ...received, text: parsed.text, isAddressed: true },
      );
      await settled();
    } catch (error) {
      print(`处理时出错,请重试:${errorText(error)}`);
    }
  };

  return {
    name: 'console',
    dedupeWindowMs: 0,
    ended,
    start(onUpdate) {
      // One line is answered before the next is read, so that piped lines get their answers in order.
      let tail = Promise.resolve();
      if (isInteractive) {
        lines.setPrompt('> ');
        lines.prompt();
      }
      lines.on('line', (text) => {
        tail = tail
          .then(() => handleLine(text, onUpdate))
          .then(() => {
            if (isInteractive) lines.prompt();
          });
      });
      lines.on('close', () => void tail.then(finish));
      return Promise.resolve();
    },
    stop() {
      lines.close();
      return Promise.resolve();
    },
    deliver({ reply }) {
      if ('card' in reply) {
        buttons = reply.card.buttons;
        print(`${cardToText(reply.card)}\n`);
      } else print(`${reply.text}\n`);
      return Promise.resolve();
    },
  };
}
