/** The terminal chat: the embedded default. Lines in, plain text out; buttons are chosen by their number. */
import { createInterface } from 'node:readline';
import { cardToText } from '../../core/card.js';
import { BotError, errorText } from '../../core/errors.js';
import type { Adapter, Clock } from '../../core/ports.js';
import { parseLine, type ShownButton } from './parse.js';
import type { Attachment, Conversation, Heard } from '../../core/chat.js';
import type { Outgoing } from '../../core/store.js';

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

/** Where whoever is typing speaks. A direct chat with one person has that person's name as its `chatId`. */
/** Everybody who types here has a chat of their own, as on the other platforms. */
const chatOf = (user: string): Conversation => ({ platform: 'console', chatId: user, isDirect: true });

/** A terminal has no limit. */
const PACE = { burst: 1_000, everyMs: 1 };

export function createConsoleAdapter(settings: ConsoleSettings): ConsoleAdapter {
  const { input, output, isInteractive, clock, runId, settled } = settings;
  let user = settings.user;
  /** The buttons of the card shown last. */
  let buttons: ShownButton[] = [];
  /** Numbers what is typed and what is shown alike. */
  let messages = 0;
  let isAnswering = false;
  let finish: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (finish = resolve));
  const lines = createInterface({ input, ...(isInteractive && { output }), terminal: isInteractive });
  const print = (text: string) => output.write(`${text}\n`);

  const handleLine = async (text: string, onUpdate: (update: Heard) => Promise<void>): Promise<void> => {
    const parsed = parseLine(text, buttons);
    if (parsed.kind === 'empty') return;
    if (parsed.kind === 'switch') {
      if (settings.isKnown(parsed.name)) {
        user = parsed.name;
        print(`已切换为 ${user}。`);
      } else print(`名录中没有“${parsed.name}”。示例人员:张三(柳林镇)、李四(县住建局)、王五(编办)。`);
      return;
    }
    const messageId = String(++messages);
    const received = {
      id: `console:${runId}:${messageId}`,
      conversation: chatOf(user),
      user: { platform: 'console' as const, id: user, name: user },
      at: clock(),
    };
    try {
      isAnswering = true;
      await onUpdate(
        parsed.kind === 'click'
          ? { kind: 'action', ...received, messageId: parsed.messageId, action: parsed.action }
          : { kind: 'message', ...received, messageId, text: parsed.text, isAddressed: true },
      );
      await settled();
    } catch (error) {
      print(`处理时出错,请重试:${errorText(error)}`);
    } finally {
      isAnswering = false;
    }
  };

  /** What is for somebody else is shown too, under that person's name. */
  const show = ({ conversation, reply }: Outgoing, messageId: string): void => {
    const isHere = conversation.chatId === user;
    const head = isHere ? '' : `→ ${conversation.chatId}:\n`;
    if ('attachment' in reply) {
      const { content = '', encoding } = reply.attachment;
      const shown = encoding === undefined ? content : '';
      print(`${head}${[labelOf(reply.attachment), reply.text, shown].join('\n').trim()}\n`);
    } else if ('card' in reply) {
      buttons = reply.card.buttons.map(({ id, value = '' }) => ({ messageId, action: { id, value } }));
      print(`${head}${cardToText(reply.card)}\n`);
    } else print(`${head}${reply.text}\n`);
  };

  return {
    name: 'console',
    dedupeWindowMs: 0,
    appPace: [],
    pace: { direct: PACE, group: PACE },
    // What is printed stays: the new state is printed again.
    editWindowMs: 0,
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
    deliver(message) {
      const messageId = String(++messages);
      // A reminder that comes while somebody types stands on lines of its own.
      const isUnasked = isInteractive && !isAnswering;
      if (isUnasked) print('');
      show(message, messageId);
      if (isUnasked) lines.prompt(true);
      return Promise.resolve({ messageId });
    },
    download(attachment) {
      return Promise.reject(new BotError('TARGET_GONE', `终端不收发文件,没有${labelOf(attachment)}的内容。`));
    },
  };
}

function labelOf({ kind, name }: Attachment): string {
  return `${kind === 'photo' ? '[图片]' : '[文件]'}${name ? ` ${name}` : ''}`;
}
