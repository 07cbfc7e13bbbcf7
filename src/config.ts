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
  FEISHU_APP_ID: optional(z.string().regex(/^cli_[0-9a-fA-F]{16}$/, '格式应为 cli_ 加 16 位十六进制数')),
  FEISHU_APP_SECRET: optional(z.string().min(8, '太短,请从飞书开放平台重新复制')),
  FEISHU_DOMAIN: optional(httpUrl),
  PROXY_URL: optional(z.url({ protocol: /^https?$/, error: '应为 http://主机:端口' })),
  KNOWLEDGE_DIR: optional(z.string()),
  DATA_DIR: optional(z.string()),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/, error: '应为 postgres:// 开头的地址' })),
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
            .regex(/^(telegram:-\d+|feishu:oc_\w+)$/, '格式应为 telegram:-100… 或 feishu:oc_…,用逗号分开'),
        ),
      ),
  ),
  UNBOUND: optional(z.enum(['answer', 'refuse'], { error: '可用的值:answer、refuse' })),
  LLM_DAILY: optional(z.coerce.number({ error: '应为整数' }).int().min(0).max(1_000_000)),
  LLM_UNBOUND: optional(z.coerce.number({ error: '应为整数' }).int().min(0).max(1_000_000)),
});

export const SETTINGS = Object.keys(Env.shape);

export type Config = {
  telegram: { token: string; apiRoot?: string } | null;
  feishu: { appId: string; appSecret: string; domain?: string } | null;
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

/** The folder of package.json: the same from `src/` and from the compiled `dist/src/`. */
function projectRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'package.json'))) dir = dirname(dir);
  return dir;
}

/** The settings of this process: the environment over the `.env` file beside package.json. */
export function readEnv(): Record<string, string | undefined> {
  const file = join(projectRoot(), '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
}

/** The intents belong to the program, not to the county's knowledge. */
export const INTENTS_DIR = join(projectRoot(), 'intents');
/** What is said of reminders and drafts that are there. */
export const SPEECH_DIR = join(projectRoot(), 'speech');

/** @throws BotError 'CONFIG' with one clear line for each wrong setting. */
export function loadConfig(env: Record<string, string | undefined>, root = projectRoot()): Config {
  const parsed = Env.safeParse(env);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `设置 ${issue.path.join('.')} 有误:${issue.message}`);
  const get = parsed.success ? parsed.data : {};
  if (Boolean(env['FEISHU_APP_ID']) !== Boolean(env['FEISHU_APP_SECRET']))
    problems.push('设置 FEISHU_APP_ID 与 FEISHU_APP_SECRET 须同时填写');
  if (env['TELEGRAM_API_ROOT'] && !env['TELEGRAM_BOT_TOKEN'])
    problems.push('设置了 TELEGRAM_API_ROOT,还须填写 TELEGRAM_BOT_TOKEN');
  if (Boolean(env['LLM_BASE_URL']) !== Boolean(env['LLM_MODEL']))
    problems.push('设置 LLM_BASE_URL 与 LLM_MODEL 须同时填写');
  if (problems.length > 0) throw new BotError('CONFIG', problems.join('\n'));
  const knowledgeDir = resolve(root, get.KNOWLEDGE_DIR ?? 'knowledge');
  return {
    telegram: get.TELEGRAM_BOT_TOKEN
      ? { token: get.TELEGRAM_BOT_TOKEN, ...(get.TELEGRAM_API_ROOT && { apiRoot: get.TELEGRAM_API_ROOT }) }
      : null,
    feishu:
      get.FEISHU_APP_ID && get.FEISHU_APP_SECRET
        ? {
            appId: get.FEISHU_APP_ID,
            appSecret: get.FEISHU_APP_SECRET,
            ...(get.FEISHU_DOMAIN && { domain: get.FEISHU_DOMAIN }),
          }
        : null,
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

/** A folder or file of KNOWLEDGE_DIR, or the one that came with the program. */
function own(knowledgeDir: string, root: string, name: string): string {
  const folder = join(knowledgeDir, name);
  return existsSync(folder) ? folder : join(root, 'knowledge', name);
}
