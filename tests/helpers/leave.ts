/** The sample kinds, of which 建议 waits for the leave of one's own leaders (同意上报): as shipped, none does. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeLastingFolder } from './folder.js';

/** As its comment says that it is set. */
export const askingLeave = (text: string): string =>
  text
    .replace('# approval:', 'approval:')
    .replace('  - join\n', '  - join\n  - approve\n  - refuse-approval\n');

export function kindsWithLeave(dir: string): string {
  cpSync('knowledge/requests', dir, { recursive: true });
  const file = join(dir, 'advice.yaml');
  writeFileSync(file, askingLeave(readFileSync(file, 'utf8')));
  return dir;
}

/** One for all files of a worker. */
export const KINDS_WITH_LEAVE = kindsWithLeave(join(makeLastingFolder(), 'requests'));
