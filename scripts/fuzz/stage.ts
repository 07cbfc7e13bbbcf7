/** The real program between two fake platforms: what is said to it, what it says, whether it lives. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECT_ROOT } from '../../src/config.js';
import * as feishuFake from '../../tests/helpers/fake-feishu.js';
import * as telegramFake from '../../tests/helpers/fake-telegram.js';
import { makeCounty } from '../chaos/county.js';
import { createFeishuSide, createTelegramSide, chatIdOf } from '../chaos/platforms.js';
import { startBot, type BotProcess, type LogLine } from '../chaos/process.js';
import { createData, type Data, type StoreKind } from '../chaos/store.js';
import type { Place, Shown } from '../chaos/talk.js';
import { payloadProblem } from './payloads.js';

export type Platform = Place['platform'];

/** A message that appeared in a chat, or a word over a button that was pressed there (then without an id). */
export type Said = Shown & { at: number };

export type StageOptions = {
  store?: StoreKind;
  platforms?: Platform[];
  /** Further settings of the program. */
  env?: Record<string, string>;
  nodeArgs?: string[];
  /** Goes on with the data of another stage, which outlives this one. */
  data?: Data;
  /** False: what was said is not kept (a long run). */
  keeps?: boolean;
  /** Hears everything that is said. */
  onSaid?: (said: Said) => void;
  onLog?: (line: LogLine) => void;
};

export type Stage = Awaited<ReturnType<typeof createStage>>;

const MAIN = join(PROJECT_ROOT, 'dist', 'src', 'main.js');
const KNOWLEDGE = join(PROJECT_ROOT, 'knowledge');
const START_MAX_MS = 60_000;
const STOP_MAX_MS = 30_000;
const LOOK_EVERY_MS = 10;
/** pino's `error`. */
const ERROR_LEVEL = 50;

/** Nothing runs until `start`. */
export async function createStage(options: StageOptions = {}) {
  const { store = 'lowdb', platforms = ['telegram', 'feishu'], env = {}, nodeArgs, onSaid } = options;
  const dir = mkdtempSync(join(tmpdir(), 'qingdan-fuzz-'));
  const county = join(dir, 'county');
  makeCounty(county, KNOWLEDGE);
  mkdirSync(join(dir, 'work'));
  const data = options.data ?? (await createData(store, dir));
  const chatOfMessage = new Map<string, string>();
  const chatOfQuery = new Map<string, string>();
  const said = new Map<string, Said[]>();
  /** What no platform would take, and what a program that works never writes. */
  const problems: string[] = [];
  const errors = new Map<string, number>();
  const telegramSide = createTelegramSide();
  const feishuSide = createFeishuSide((id) => chatOfMessage.get(id) ?? '');
  const state = { bot: null as BotProcess | null, messages: 1 };

  function show(shown: Shown | null): void {
    if (!shown) return;
    if (shown.messageId !== '') chatOfMessage.set(shown.messageId, shown.chatId);
    const one = { ...shown, at: performance.now() };
    onSaid?.(one);
    if (options.keeps !== false) said.set(shown.chatId, [...(said.get(shown.chatId) ?? []), one]);
  }

  function check(platform: Platform, method: string, payload: Record<string, unknown>): void {
    const problem = payloadProblem(platform, method, payload);
    if (problem)
      problems.push(`invalid ${platform} ${method}: ${problem} ${JSON.stringify(payload).slice(0, 300)}`);
  }

  const telegram = await telegramFake.startFakeTelegram({
    onAnswered({ method, payload, sentId }) {
      check('telegram', method, payload);
      const call = { method: 'POST', path: `/${method}`, body: payload };
      show(telegramSide.shown(call, { result: { message_id: sentId } }));
      if (method === 'answerCallbackQuery' && payload.text)
        show(overButton(chatOfQuery.get(String(payload.callback_query_id)) ?? '', String(payload.text)));
    },
  });
  const feishu = await feishuFake.startFakeFeishu({
    onAnswered({ method, messageId, body, sentId }) {
      check('feishu', method, body);
      if (!['create', 'reply', 'patch', 'answer'].includes(method)) return;
      const target = method === 'create' ? '' : `/${messageId}${method === 'reply' ? '/reply' : ''}`;
      const call = {
        method: method === 'patch' || method === 'answer' ? 'PATCH' : 'POST',
        path: `/open-apis/im/v1/messages${target}`,
        body,
      };
      show(feishuSide.shown(call, { code: 0, data: { message_id: sentId } }));
    },
  });

  const { PATH, HOME } = process.env;
  const settings = {
    ...(PATH && { PATH }),
    ...(HOME && { HOME }),
    ...data.env,
    DATA_DIR: dir,
    KNOWLEDGE_DIR: county,
    LOG_LEVEL: 'info',
    ...(platforms.includes('telegram') && {
      TELEGRAM_BOT_TOKEN: telegramFake.TOKEN,
      TELEGRAM_API_ROOT: telegram.apiRoot,
    }),
    ...(platforms.includes('feishu') && {
      FEISHU_APP_ID: feishuFake.APP_ID,
      FEISHU_APP_SECRET: feishuFake.APP_SECRET,
      FEISHU_DOMAIN: feishu.domain,
    }),
    ...env,
  };

  function readLog(line: LogLine): void {
    options.onLog?.(line);
    if (line.level === undefined) problems.push(`on standard error: ${line.msg.slice(0, 300)}`);
    else if (Number(line.level) >= ERROR_LEVEL) errors.set(line.msg, (errors.get(line.msg) ?? 0) + 1);
  }

  const saidIn = (place: Place): readonly Said[] => said.get(chatIdOf(place)) ?? [];

  return {
    dir,
    data,
    telegram,
    feishu,
    problems,
    /** How often each line of the level error was logged. */
    errors,
    state,
    show,
    saidIn,
    chatOfMessage,
    chatOfQuery,
    isAlive: () => state.bot?.isRunning() ?? false,
    pid: () => state.bot?.pid,

    /** False when the program ended before its platforms were connected. */
    async start(more: Record<string, string> = {}): Promise<boolean> {
      const bot = startBot(MAIN, { ...settings, ...more }, join(dir, 'work'), readLog, {
        platforms,
        ...(nodeArgs && { nodeArgs }),
      });
      state.bot = bot;
      const isStarted = await Promise.race([bot.started, sleep(START_MAX_MS, false, { ref: false })]);
      if (isStarted && platforms.includes('feishu')) await feishu.listening();
      return isStarted;
    },
    /** False when it did not end in order in time. */
    async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<boolean> {
      const { bot } = state;
      if (!bot) return true;
      bot.kill(signal);
      const ended = await Promise.race([bot.exited, sleep(STOP_MAX_MS, null, { ref: false })]);
      if (!ended) bot.kill('SIGKILL');
      await bot.exited;
      feishu.drop();
      return signal === 'SIGKILL' || ended?.code === 0;
    },
    /** The first thing said there after `from` that satisfies, or null after `maxMs`. */
    async hears(place: Place, pattern: RegExp, from = 0, maxMs = 5_000): Promise<Said | null> {
      const until = performance.now() + maxMs;
      for (;;) {
        const found = saidIn(place)
          .slice(from)
          .find(({ content }) => pattern.test(content));
        if (found) return found;
        if (performance.now() > until) return null;
        await sleep(LOOK_EVERY_MS);
      }
    },
    rssMb(): number {
      const status = readFileSync(`/proc/${state.bot?.pid}/status`, 'utf8');
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024);
    },
    /** With the program ended; keeps the folder unless told otherwise. */
    async close({ removes = true }: { removes?: boolean } = {}): Promise<void> {
      state.bot?.kill('SIGKILL');
      await state.bot?.exited;
      await Promise.all([telegram.close(), feishu.close()]);
      if (!removes) return;
      if (!options.data) await data.remove();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** What Feishu and Telegram show for a moment over the card. */
export const overButton = (chatId: string, text: string): Shown => ({
  chatId,
  messageId: '',
  head: text,
  content: text,
  isEdit: false,
  buttons: [],
});
