/** Settings from the environment. Every key stands in `.env.example`; a test holds the two together. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { BotError } from './core/errors.js';

/** An empty value in an .env file means "not set". */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const httpUrl = z.url({ protocol: /^https?$/, error: '应为 http:// 或 https:// 开头的地址' });

const Env = z.object({
  TELEGRAM_BOT_TOKEN: optional(
    z.string().regex(/^\d+:[\w-]{20,}$/, '格式应为“数字:字母数字”,请从 BotFather 重新复制'),
  ),
  TELEGRAM_API_ROOT: optional(httpUrl),
  TELEGRAM_WEBHOOK_URL: optional(
    z
      .url({ protocol: /^https$/, error: '应为 https:// 开头的公网地址' })
      .refine((url) => ['', '443', '80', '88', '8443'].includes(new URL(url).port), {
        error: 'Telegram 只连 443、80、88、8443 端口',
      }),
  ),
  FEISHU_APP_ID: optional(z.string().regex(/^cli_[0-9a-fA-F]{16}$/, '格式应为 cli_ 加 16 位十六进制数')),
  FEISHU_APP_SECRET: optional(z.string().min(8, '太短,请从飞书开放平台重新复制')),
  FEISHU_DOMAIN: optional(httpUrl),
  FEISHU_ENCRYPT_KEY: optional(z.string().min(8, '太短,请在飞书开发者后台“加密策略”中设置')),
  FEISHU_VERIFICATION_TOKEN: optional(z.string().min(8, '太短,请从飞书开发者后台“加密策略”重新复制')),
  FEISHU_QUOTA: optional(z.coerce.number({ error: '应为整数' }).int().min(0).max(1_000_000_000)),
  WECOM_BOT_ID: optional(z.string().min(8, '太短,请从企业微信智能机器人的“API 模式”重新复制')),
  WECOM_BOT_SECRET: optional(z.string().min(8, '太短,请从企业微信智能机器人的“API 模式”重新复制')),
  WECOM_WS_URL: optional(z.url({ protocol: /^wss?$/, error: '应为 wss:// 开头的地址' })),
  WEBHOOK_LISTEN: optional(
    z
      .string()
      .regex(/^(?:\[[\da-fA-F:]+\]|[\w.-]+):\d{1,5}$/, '应为 主机:端口,如 127.0.0.1:8787')
      .refine((text) => Number(text.split(':').at(-1)) <= 65_535, { error: '端口应在 65535 以内' }),
  ),
  PROXY_URL: optional(z.url({ protocol: /^https?$/, error: '应为 http://主机:端口' })),
  KNOWLEDGE_DIR: optional(z.string()),
  DATA_DIR: optional(z.string()),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/, error: '应为 postgres:// 开头的地址' })),
  RECORD_KEY: optional(z.string().min(32, '太短,至少 32 个字符,可用 openssl rand -hex 32 生成')),
  ENCODER_DIR: optional(z.string()),
  LLM_BASE_URL: optional(httpUrl),
  LLM_API_KEY: optional(z.string()),
  LLM_MODEL: optional(z.string()),
  CONTACTS: optional(z.enum(['bound', 'all'], { error: '可用的值:bound、all' })),
  OVERSIGHT: optional(z.enum(['bound', 'all'], { error: '可用的值:bound、all' })),
  LOG_LEVEL: optional(
    z.enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: '可用的值:debug、info、warn、error、silent',
    }),
  ),
  ALLOWED_CHATS: optional(
    z
      .string()
      .transform((text) => text.split(/[\s,\uff0c]+/).filter(Boolean))
      .pipe(
        z.array(
          z
            .string()
            .regex(
              /^(telegram:-\d+|feishu:oc_\w+|wecom:[\w-]+)$/,
              '格式应为 telegram:-100…、feishu:oc_… 或 wecom:wr…,用逗号分开',
            ),
        ),
      ),
  ),
  UNBOUND: optional(z.enum(['answer', 'refuse'], { error: '可用的值:answer、refuse' })),
  LLM_DAILY: optional(z.coerce.number({ error: '应为整数' }).int().min(0).max(1_000_000)),
  LLM_UNBOUND: optional(z.coerce.number({ error: '应为整数' }).int().min(0).max(1_000_000)),
});

export const SETTINGS = Object.keys(Env.shape);

export type Config = {
  /** With `webhookUrl`, Telegram calls that address instead of being polled. */
  telegram: { token: string; apiRoot?: string; webhookUrl?: string } | null;
  /** With `webhook`, events come to an address of ours instead of over the long connection. */
  feishu: {
    appId: string;
    appSecret: string;
    domain?: string;
    /** Calls a month; 0: no limit. */
    monthlyCalls: number;
    webhook?: { encryptKey: string; verificationToken: string };
  } | null;
  /** A 智能机器人 of WeCom with long connection. */
  wecom: { botId: string; secret: string; wsUrl?: string } | null;
  /** Where webhooks are listened for; null where no platform has one. */
  webhook: { host: string; port: number } | null;
  /** Through which the platforms are reached; null: directly. */
  proxyUrl: string | null;
  /** Null: no language model, the default. */
  llm: {
    baseUrl: string;
    apiKey: string;
    model: string;
    /** Calls a day for bound people, and for strangers all together. */
    daily: number;
    unboundDaily: number;
  } | null;
  /** `platform:id` of the groups that the bot serves; null: any. */
  allowedChats: ReadonlySet<string> | null;
  /** Whether accounts that are bound to nobody are answered at all. */
  unbound: 'answer' | 'refuse';
  /** Who is told names and posts of officials: people bound in the directory, or whoever asks. */
  contacts: 'bound' | 'all';
  /** Who may complain about enforcement. */
  oversight: 'bound' | 'all';
  knowledgeDir: string;
  dataDir: string;
  /** PostgreSQL instead of lowdb, for several processes; null by default. */
  databaseUrl: string | null;
  /** Signs the lines of the record; no copy of the store holds it. */
  recordKey: string | null;
  encoderDir: string;
  /** Questions and coefficients; the program's own where KNOWLEDGE_DIR holds only lists and organizations. */
  calibrationDir: string;
  /** The bank of phrasings. */
  phrasingsDir: string;
  calendarDir: string;
  /** Signs of danger and whom to call. */
  emergenciesFile: string;
  requestsDir: string;
  remindersDir: string;
  /** Vectors, models and editions made by `npm ci` (the `prepare` step), laid out like `dataDir`; only read. */
  prebuiltDir: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
};

/** Of the free edition of Feishu (99991403 when they are gone). */
const FREE_CALLS = 10_000;

function projectRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'package.json'))) dir = dirname(dir);
  return dir;
}
/** The folder of package.json: the same from `src/` and from any file of the bundle. */
export const PROJECT_ROOT = projectRoot();

/** The settings of this process: the environment over the `.env` file beside package.json. */
export function readEnv(): Record<string, string | undefined> {
  const file = join(PROJECT_ROOT, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
}

/** The intents belong to the program, not to the county's knowledge. */
export const INTENTS_DIR = join(PROJECT_ROOT, 'intents');
/** What is said of reminders and drafts that are there. */
export const SPEECH_DIR = join(PROJECT_ROOT, 'speech');

/** @throws BotError 'CONFIG' with one clear line for each wrong setting. */
export function loadConfig(env: Record<string, string | undefined>, root = PROJECT_ROOT): Config {
  const parsed = Env.safeParse(env);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `设置 ${issue.path.join('.')} 有误:${issue.message}`);
  const get = parsed.success ? parsed.data : {};
  if (Boolean(env['FEISHU_APP_ID']) !== Boolean(env['FEISHU_APP_SECRET']))
    problems.push('设置 FEISHU_APP_ID 与 FEISHU_APP_SECRET 须同时填写');
  if (env['TELEGRAM_API_ROOT'] && !env['TELEGRAM_BOT_TOKEN'])
    problems.push('设置了 TELEGRAM_API_ROOT,还须填写 TELEGRAM_BOT_TOKEN');
  if (Boolean(env['WECOM_BOT_ID']) !== Boolean(env['WECOM_BOT_SECRET']))
    problems.push('设置 WECOM_BOT_ID 与 WECOM_BOT_SECRET 须同时填写');
  if (env['WECOM_WS_URL'] && !env['WECOM_BOT_ID'])
    problems.push('设置了 WECOM_WS_URL,还须填写 WECOM_BOT_ID 和 WECOM_BOT_SECRET');
  problems.push(...webhookProblems(env));
  if (Boolean(env['LLM_BASE_URL']) !== Boolean(env['LLM_MODEL']))
    problems.push('设置 LLM_BASE_URL 与 LLM_MODEL 须同时填写');
  if (problems.length > 0) throw new BotError('CONFIG', problems.join('\n'));
  const knowledgeDir = resolve(root, get.KNOWLEDGE_DIR ?? 'knowledge');
  return {
    telegram: get.TELEGRAM_BOT_TOKEN
      ? {
          token: get.TELEGRAM_BOT_TOKEN,
          ...(get.TELEGRAM_API_ROOT && { apiRoot: get.TELEGRAM_API_ROOT }),
          ...(get.TELEGRAM_WEBHOOK_URL && { webhookUrl: get.TELEGRAM_WEBHOOK_URL }),
        }
      : null,
    feishu:
      get.FEISHU_APP_ID && get.FEISHU_APP_SECRET
        ? {
            appId: get.FEISHU_APP_ID,
            appSecret: get.FEISHU_APP_SECRET,
            monthlyCalls: get.FEISHU_QUOTA ?? FREE_CALLS,
            ...(get.FEISHU_DOMAIN && { domain: get.FEISHU_DOMAIN }),
            ...(get.FEISHU_ENCRYPT_KEY &&
              get.FEISHU_VERIFICATION_TOKEN && {
                webhook: {
                  encryptKey: get.FEISHU_ENCRYPT_KEY,
                  verificationToken: get.FEISHU_VERIFICATION_TOKEN,
                },
              }),
          }
        : null,
    wecom:
      get.WECOM_BOT_ID && get.WECOM_BOT_SECRET
        ? {
            botId: get.WECOM_BOT_ID,
            secret: get.WECOM_BOT_SECRET,
            ...(get.WECOM_WS_URL && { wsUrl: get.WECOM_WS_URL }),
          }
        : null,
    webhook: get.WEBHOOK_LISTEN ? listenAt(get.WEBHOOK_LISTEN) : null,
    proxyUrl: get.PROXY_URL ?? null,
    llm:
      get.LLM_BASE_URL && get.LLM_MODEL
        ? {
            baseUrl: get.LLM_BASE_URL,
            apiKey: get.LLM_API_KEY ?? 'none',
            model: get.LLM_MODEL,
            daily: get.LLM_DAILY ?? 1_000,
            unboundDaily: get.LLM_UNBOUND ?? 0,
          }
        : null,
    allowedChats: get.ALLOWED_CHATS ? new Set(get.ALLOWED_CHATS) : null,
    unbound: get.UNBOUND ?? 'answer',
    contacts: get.CONTACTS ?? 'bound',
    oversight: get.OVERSIGHT ?? 'bound',
    knowledgeDir,
    dataDir: resolve(root, get.DATA_DIR ?? 'data'),
    databaseUrl: get.DATABASE_URL ?? null,
    recordKey: get.RECORD_KEY ?? null,
    encoderDir: resolve(root, get.ENCODER_DIR ?? own(knowledgeDir, root, 'encoder')),
    calendarDir: own(knowledgeDir, root, 'calendar'),
    emergenciesFile: own(knowledgeDir, root, 'emergencies.yaml'),
    requestsDir: own(knowledgeDir, root, 'requests'),
    remindersDir: own(knowledgeDir, root, 'reminders'),
    calibrationDir: own(knowledgeDir, root, 'calibration'),
    phrasingsDir: own(knowledgeDir, root, 'phrasings'),
    prebuiltDir: join(root, 'dist', 'prebuilt'),
    logLevel: get.LOG_LEVEL ?? 'info',
  };
}

function webhookProblems(env: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  const isFeishu = Boolean(env['FEISHU_ENCRYPT_KEY']);
  const isTelegram = Boolean(env['TELEGRAM_WEBHOOK_URL']);
  if (isFeishu !== Boolean(env['FEISHU_VERIFICATION_TOKEN']))
    problems.push('设置 FEISHU_ENCRYPT_KEY 与 FEISHU_VERIFICATION_TOKEN 须同时填写');
  if (isFeishu && !env['FEISHU_APP_ID'])
    problems.push('设置了 FEISHU_ENCRYPT_KEY,还须填写 FEISHU_APP_ID 和 FEISHU_APP_SECRET');
  if (isTelegram && !env['TELEGRAM_BOT_TOKEN'])
    problems.push('设置了 TELEGRAM_WEBHOOK_URL,还须填写 TELEGRAM_BOT_TOKEN');
  if ((isFeishu || isTelegram) && !env['WEBHOOK_LISTEN'])
    problems.push('用 webhook 接收,还须填写 WEBHOOK_LISTEN(如 127.0.0.1:8787)');
  if (env['WEBHOOK_LISTEN'] && !isFeishu && !isTelegram)
    problems.push(
      '设置了 WEBHOOK_LISTEN,还须填写 TELEGRAM_WEBHOOK_URL,或 FEISHU_ENCRYPT_KEY 和 FEISHU_VERIFICATION_TOKEN',
    );
  return problems;
}

/** `host:port`; an IPv6 host stands in brackets. */
function listenAt(text: string): { host: string; port: number } {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/[[\]]/g, ''), port: Number(text.slice(colon + 1)) };
}

/** A folder or file of KNOWLEDGE_DIR, or the one that came with the program. */
function own(knowledgeDir: string, root: string, name: string): string {
  const folder = join(knowledgeDir, name);
  return existsSync(folder) ? folder : join(root, 'knowledge', name);
}
