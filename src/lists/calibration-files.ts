/** The files of the calibration: coefficients, and questions one a line. */
import { existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import { BotError, errorText } from '../core/errors.js';
import { Calibration, FEATURES } from './decide.js';

/** Null when there is none or it was fitted for other features than this version uses. */
export function readCalibration(file: string): Calibration | null {
  if (!existsSync(file)) return null;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
  const parsed = Calibration.safeParse(value);
  return parsed.success && parsed.data.features.join() === FEATURES.join() ? parsed.data : null;
}

export function readJsonLines<T extends z.ZodType>(file: string, schema: T): z.infer<T>[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => schema.parse(JSON.parse(line)));
  } catch (cause) {
    throw new BotError('DATA', `${file}:${errorText(cause)}`, { cause });
  }
}
