/** Where the bundled threads lie: what starts one may itself stand in any file of the bundle, or be run from the sources by a test. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_ROOT } from '../config.js';

export const threadFile = (name: 'drawing' | 'encoder' | 'understanding' | 'watchdog'): URL =>
  pathToFileURL(join(PROJECT_ROOT, 'dist', 'src', 'setup', `${name}-thread.js`));

/** Names the bundled program, by its sources and packages; null where it was never bundled. */
export function programKey(): string | null {
  const list = join(PROJECT_ROOT, 'dist', 'bundled.json');
  if (!existsSync(list)) return null;
  const { sources } = JSON.parse(readFileSync(list, 'utf8')) as { sources: Record<string, string> };
  return JSON.stringify(Object.entries(sources).filter(([file]) => !/^(?:scripts|tests)\//.test(file)));
}

/** Where `npm ci` puts the encoder's model as it is made ready for this machine. */
export const PREPARED_MODEL = join(PROJECT_ROOT, 'dist', 'prebuilt', 'encoder');
