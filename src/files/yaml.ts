/**
 * Reads a file of `knowledge/` that people edit; what is wrong with it is said in Chinese, with the place and the remedy.
 * By js-yaml, eight times as fast as the package yaml (93 files of the start: 89 and 727 ms), which writes and reads scripts' files.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { CORE_SCHEMA, loadAll, YAMLException } from 'js-yaml';
import { z } from 'zod';
import { BotError, errorText } from '../core/errors.js';

const { localeError } = z.locales.zhCN();

type YamlRead<T> = { data: T } | { problem: string; cause: unknown };

/** For a caller that gathers problems: what is wrong, without file and remedy. */
export function tryYaml<T extends z.ZodType>(file: string, schema: T): YamlRead<z.infer<T>> {
  let value: unknown;
  try {
    value = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    return { problem: readProblem(cause), cause };
  }
  const parsed = schema.safeParse(value, { error: localeError });
  if (parsed.success) return { data: parsed.data };
  const lines = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || '(整个文件)'}:${halfWidth(message)}`,
  );
  return { problem: lines.join('; '), cause: parsed.error };
}

/** `remedy` ends the message: 对照其他文件改正. @throws BotError 'DATA' naming file, path and remedy. */
export function readYaml<T extends z.ZodType>(file: string, schema: T, remedy: string): z.infer<T> {
  const read = tryYaml(file, schema);
  if ('data' in read) return read.data;
  throw new BotError('DATA', `${file}:${read.problem}。处理办法:${remedy}。`, { cause: read.cause });
}

const hashOf = (text: string): string => createHash('sha1').update(text).digest('base64');

/** What texts were read as by another process, by their hashes. */
let kept = new Map<string, unknown>();
/** What this process reads, where it is to be kept. */
let noted: Map<string, unknown> | null = null;

/** Texts that were read before are not read again: a tenth of the time. */
export function useParsed(file: string): void {
  if (!existsSync(file)) return;
  try {
    kept = new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>));
  } catch {
    // It spares time and nothing else: a torn one must not keep the program from starting.
  }
}

/** From now on what is read is noted. @returns all of it for a file of `useParsed`, without what JSON cannot say. */
export function noteParsed(): () => string {
  const all = (noted = new Map<string, unknown>());
  const isSayable = (value: unknown) => isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value);
  return () => JSON.stringify(Object.fromEntries([...all].filter(([, value]) => isSayable(value))));
}

function parse(text: string): unknown {
  if (kept.size === 0 && !noted) return parseAnew(text);
  const hash = hashOf(text);
  const isKnown = kept.has(hash);
  const value = isKnown ? kept.get(hash) : parseAnew(text);
  // Whoever reads it has it for himself.
  kept.delete(hash);
  noted?.set(hash, structuredClone(value));
  return value;
}

/** Null where nothing is written. The core schema knows no dates: 2026-12-01 stays the text that it is. */
function parseAnew(text: string): unknown {
  const [value = null, ...others] = loadAll(text, { schema: CORE_SCHEMA });
  if (others.length > 0) throw new YAMLException('more than one document');
  return value;
}

function readProblem(cause: unknown): string {
  if (cause instanceof YAMLException) {
    const line = cause.mark && cause.mark.line + 1;
    return `${line === undefined ? '' : `第${line}行`}不符合 YAML 的写法(检查缩进、括号、引号和重复的名称)`;
  }
  return isMissing(cause) ? '没有这个文件' : `读不出来(${errorText(cause)})`;
}

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';

/** The house writes commas and colons in one width; the library's words have the other. */
const halfWidth = (text: string): string => text.replaceAll('\uff1a', ':').replaceAll('\uff0c', ',');
