/** Composition root: store, adapters, bot, start and stop. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pino from 'pino';
import { openPlatforms } from './adapters/platforms.js';
import { createConsoleAdapter } from './adapters/console/index.js';
import { openAssistant } from './setup/assistant.js';
import { nextYearNotice } from './calendar/calendar.js';
import { createCalendarFollower } from './calendar/follow.js';
import { INTENTS_DIR, type Config } from './config.js';
import { createBot, type Bot } from './core/bot.js';
import { BotError, errorText } from './core/errors.js';
import { createSteady } from './core/steady.js';
import type { Adapter, Logger } from './core/ports.js';
import { editionTools } from './setup/edition-tools.js';
import { createEditionService } from './editions/editions.js';
import { commandLineApproval } from './editions/drafts.js';
import { createFollower } from './editions/follow.js';
import { createGate } from './middleware/access.js';
import { isWaiting } from './nlu/match.js';
import { replayWished } from './setup/replay.js';
import { createDrawing } from './setup/drawing.js';
import type { Encoding } from './setup/encoding.js';
import { createUnderstanding } from './setup/understanding.js';
import { startWatchdog } from './setup/watchdog.js';
import { digestOf } from './files/digest.js';
import { createKeptFiles } from './files/kept.js';
import { tightenFolder } from './files/private.js';
import { createEmergencyMiddleware } from './middleware/emergency.js';
import { createForwardedMiddleware } from './middleware/forwarded.js';
import { createLateMiddleware } from './middleware/late.js';
import { createLogMiddleware } from './middleware/log.js';
import { dangerReader } from './nlu/emergencies.js';
import { actsOf, readingIntents } from './nlu/load.js';
import { createRephrase } from './nlu/rephrase.js';
import { createDirectoryFollower } from './organizations/follow.js';
import { createLiveMask, maskFields } from './organizations/mask.js';
import { isCalled } from './organizations/recipients.js';
import { openLowdbStore } from './store/lowdb/index.js';
import { PLATFORMS, type Platform } from './core/chat.js';
import type { Store } from './core/store.js';
import { loadTools } from './setup/resources.js';
import { createBindingsFollower, withBindings } from './setup/bindings.js';
import { menuOf } from './setup/commands.js';
import { programKey } from './setup/thread-file.js';
import { canTalk } from './setup/terminal.js';
import { lookWhoIsThere, startStanding } from './setup/standing.js';

/** How often due timers and waiting messages are looked for, in ms: no reminder is later than this. */
const TICK_MS = 500;
/** How often it is looked whether another edition was published or taken back, in ms. */
const LOOK_MS = 3_000;
/** As long as a request usually takes; what was passed on lies with the platform that it was passed on to. */
const ATTACHMENTS_KEPT_MS = 90 * 24 * 3_600_000;
const NOBODY_TO_TALK_TO =
  '没有设置任何平台,也没有终端可以对话。处理办法:在 .env 填写 FEISHU_APP_ID 和 FEISHU_APP_SECRET,或 TELEGRAM_BOT_TOKEN,或 WECOM_BOT_ID 和 WECOM_BOT_SECRET(见 README.md)。';
const SAMPLE_PERSON = '张三';

/** `encoding` starts while all this is loaded. Resolves when the program was asked to stop and has. */
export async function run(config: Config, encoding: Encoding): Promise<void> {
  const set = PLATFORMS.filter((name) => name !== 'console' && config[name] !== null);
  const isTerminal = set.length === 0;
  if (isTerminal && !canTalk()) throw new BotError('CONFIG', NOBODY_TO_TALK_TO);
  let mask = (text: string): string => text;
  const log = createLog(config, isTerminal, (text) => mask(text));

  const tools = await loadTools(config, {
    intentsDir: INTENTS_DIR,
    clock: Date.now,
    openEncoder: () => encoding.opening,
  });
  mask = createLiveMask(tools.directory);
  const { intents, model, encoder } = tools;
  // Its thread starts while the lists are loaded.
  const understanding = createUnderstanding({
    data: { intents, model, hasEncoder: encoder !== null },
    embed: async (text) => (encoder ? encoder.embedQuery(text) : null),
    log,
  });
  const notice = (text: string) => (isTerminal ? console.error(text) : log.warn({}, text));
  if (tools.encoderProblem) notice(`${tools.encoderProblem}。目前只按词语查找,查找效果会差一些。`);
  const editions = editionTools(config, tools);
  /** Kept up to date by the bot: other processes on the same database may run other platforms. */
  const livePlatforms = new Set<Platform>(isTerminal ? ['console'] : set);
  const adapters: Adapter[] = [];
  const program = programKey();
  const assistant = await openAssistant(config, tools, Date.now(), {
    ...(program !== null && { program }),
    contacts: config.contacts,
    oversight: config.oversight,
    editions: createEditionService(editions),
    onProgress: showProgress,
    onReadings: ({ update }, readings) =>
      log.debug(
        {
          update: update.id,
          readings: readings.map(({ intent, probability, why }) => ({ intent, probability, why })),
        },
        'read',
      ),
    platforms: livePlatforms,
    inviteLinks: (payload) => adapters.flatMap((it) => it.inviteLink?.(payload) ?? []),
    // Also what is read anew inside a dialogue is read off the event loop.
    match: understanding.match,
    rephrase: config.llm
      ? {
          ...config.llm,
          restate: createRephrase({
            ...config.llm,
            mask,
            onFailure: (reason) => log.warn({ reason }, 'no restatement'),
          }),
        }
      : null,
  });
  for (const problem of assistant.problems) notice(problem);
  const modesNotice = tightenFolder(config.dataDir);
  if (modesNotice) notice(modesNotice);
  const calendarNotice = nextYearNotice(tools.calendar, Date.now());
  if (calendarNotice) notice(calendarNotice);
  if (assistant.problems.length > 0) notice(`清单有误,仍使用上一版次 ${assistant.knowledge.edition.id}。`);

  const instance = randomUUID();
  const store = withBindings(await openStore(config, log, instance), tools.liveDirectory);
  const followBindings = createBindingsFollower(store, tools.liveDirectory, log);
  await followBindings();
  // Before the terminal listens: what is typed while something else is awaited would be lost.
  await startStanding(store, Date.now());
  let bot: Bot | null = null;
  const terminal = isTerminal
    ? createConsoleAdapter({
        input: process.stdin,
        output: process.stdout,
        isInteractive: process.stdin.isTTY,
        clock: Date.now,
        runId: randomUUID(),
        user: SAMPLE_PERSON,
        isKnown: (name) => isCalled(tools.directory, name),
        settled: async () => bot?.idle(),
      })
    : null;
  if (terminal) adapters.push(terminal);
  const agent = config.proxyUrl
    ? (await import('./adapters/proxy.js')).createProxyAgent(config.proxyUrl)
    : null;
  const moves = {
    list: () => store.listMoves('telegram'),
    add: (move: { from: string; to: string }) =>
      store.commit([{ kind: 'chatMoved', move: { platform: 'telegram', ...move } }]).then(() => undefined),
  };
  const files = createKeptFiles(join(config.dataDir, 'attachments'), {
    maxAgeMs: ATTACHMENTS_KEPT_MS,
    now: Date.now,
  });
  adapters.push(
    ...(await openPlatforms(config, {
      ...{ log, agent, moves, files },
      commands: menuOf(intents),
      count: store.takeNumber,
    })),
  );
  const steady = createSteady(await store.startTime(Date.now()), () => performance.now());
  bot = createBot({
    digest: digestOf,
    store,
    adapters,
    match: assistant.match,
    mayHear: (update, session) =>
      update.kind === 'action' || (session !== null && isWaiting(session, update)),
    gate: createGate(config),
    handlers: assistant.handlers,
    timers: assistant.timers,
    middleware: [
      createLogMiddleware(log),
      createEmergencyMiddleware(dangerReader(tools.emergencies)),
      createForwardedMiddleware(readingIntents(tools.intents)),
      createLateMiddleware(actsOf(tools.intents)),
    ],
    personOf: tools.directory.personOf,
    editionId: () => assistant.knowledge.edition.id,
    clock: Date.now,
    steady,
    livePlatforms,
    ids: () => `${instance}/${randomUUID()}`,
    log,
    draw: createDrawing(),
  });
  const { accept, runDue, idle } = bot;
  if (terminal && process.stdin.isTTY)
    console.log(
      `清单助手(${tools.directory.county},${assistant.knowledge.edition.rows.length} 项)。您现在是 ${SAMPLE_PERSON};输入 /as 姓名 换人,Ctrl+D 退出。`,
    );
  await understanding.ready;
  await Promise.all(adapters.map((adapter) => adapter.start(accept)));
  const runDueSafely = () =>
    runDue().catch((error: unknown) => log.error({ error: errorText(error) }, 'due work failed'));
  const follow = createFollower({
    dataDir: config.dataDir,
    assistant,
    check: editions.check,
    onChange(id) {
      log.info({ edition: id }, 'edition in force');
      const data = commandLineApproval(config.dataDir, id);
      const entry = { at: Date.now(), kind: 'admin' as const, actor: null, update: null };
      if (data)
        store
          .commit([{ kind: 'record', entry: { ...entry, data } }])
          .catch((error: unknown) => log.error({ error: errorText(error) }, 'approval not recorded'));
    },
    onRefused: (id, reason) =>
      notice(
        `版次 ${id} 不能使用,仍使用版次 ${assistant.knowledge.edition.id}:${reason}。处理办法:重新发布或回退。`,
      ),
  });
  const followDirectory = createDirectoryFollower({
    dir: join(config.knowledgeDir, 'organizations'),
    live: tools.liveDirectory,
    onUnits: assistant.rebuild,
    onChange() {
      log.info({}, 'directory in force');
      void lookWhoIsThere(store, Date.now()).catch(() => log.error({}, 'who left is found out tomorrow'));
    },
    onRefused: (reason) => notice(`名录有误,仍使用原有名录:\n${reason}`),
  });
  const followCalendar = createCalendarFollower({
    dir: config.calendarDir,
    live: tools.liveCalendar,
    onChange: () => log.info({}, 'calendar in force'),
    onRefused: (reason) => notice(`节假日安排有误,仍使用原有安排:${reason}`),
  });
  const looking = setInterval(() => {
    followCalendar();
    void Promise.all([follow(), followDirectory(), followBindings()]);
    void replayWished(config.dataDir, { store, steady, log });
  }, LOOK_MS);
  const tick = setInterval(() => void runDueSafely(), TICK_MS);
  await runDueSafely();
  const stopWatchdog = startWatchdog();
  log.info({ adapters: adapters.map((a) => a.name), edition: assistant.knowledge.edition.id }, 'started');

  await Promise.race([...(terminal ? [terminal.ended] : []), stopSignal()]);
  clearInterval(tick);
  clearInterval(looking);
  for (const adapter of adapters) await adapter.stop();
  await idle();
  stopWatchdog();
  await understanding.close();
  await store.close();
}

async function openStore(config: Config, log: Logger, instance: string): Promise<Store> {
  if (!config.databaseUrl)
    return openLowdbStore(join(config.dataDir, 'store'), (text) => log.error({}, text), {
      recordKey: config.recordKey,
    });
  const { openPostgresStore } = await import('./store/postgres/index.js');
  return openPostgresStore({ url: config.databaseUrl, log, instance, recordKey: config.recordKey });
}

/** Logs carry ids: what an error or a platform says passes the mask. */
function createLog(config: Config, isTerminal: boolean, mask: (text: string) => string): Logger {
  // In the terminal the answers are the output: only what goes wrong is logged, on standard error.
  const level = isTerminal && config.logLevel === 'info' ? 'error' : config.logLevel;
  const formatters = { log: (fields: object) => maskFields(fields, mask) };
  return pino({ level, formatters }, pino.destination({ dest: 2, sync: true }));
}

function showProgress(what: string, done: number, total: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r正在为${what}建立索引 ${done}/${total}${done === total ? '\n' : ''}`);
}

const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
