/** Files of questions: a JSON object a line. */
import { existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import { BotError, errorText } from '../../src/core/errors.js';

export function readLines<T extends z.ZodType>(file: string, schema: T): z.infer<T>[] {
  if (!existsSync(file)) throw new BotError('DATA', `${file}: there is no such file`);
  const lines = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split('\n');
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    try {
      return [schema.parse(JSON.parse(line))];
    } catch (error) {
      throw new BotError('DATA', `${file} line ${i + 1}: ${errorText(error)}`, { cause: error });
    }
  });
}
