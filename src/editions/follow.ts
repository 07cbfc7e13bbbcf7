/** Follows the pointer of DATA_DIR: an edition that was published or taken back comes into force in a running process. */
import { statSync } from 'node:fs';
import type { Edition } from '../core/domain.js';
import { BotError, errorText } from '../core/errors.js';
import { editionFile, readEdition, readPointer } from './published.js';

export type FollowOptions = {
  dataDir: string;
  assistant: {
    readonly knowledge: { edition: Edition };
    /** Builds what answers from it beside the old one and then swaps; rejects when it cannot. */
    bringIntoForce: (edition: Edition) => Promise<void>;
  };
  /** @throws BotError 'DATA' when a process could not start with this content. */
  check: (edition: Edition) => void;
  onChange: (id: string) => void;
  /** The new edition is broken: the old one goes on answering. Said once for each state of the file. */
  onRefused: (id: string, reason: string) => void;
};

/** @returns one look, called every few seconds; a look that is still under way is not begun again. Never rejects. */
export function createFollower(options: FollowOptions): () => Promise<void> {
  const { dataDir, assistant, check, onChange, onRefused } = options;
  let isLooking = false;
  let refused = '';

  const look = async (): Promise<void> => {
    const id = readPointer(dataDir)?.id ?? '';
    if (id === '' || id === assistant.knowledge.edition.id) return void (refused = '');
    const state = `${id}@${stateOf(editionFile(dataDir, id))}`;
    if (state === refused) return;
    try {
      const stored = readEdition(editionFile(dataDir, id));
      if (stored?.edition.id !== id) throw new BotError('DATA', `${editionFile(dataDir, id)}:读不到这个版次`);
      check(stored.edition);
      await assistant.bringIntoForce(stored.edition);
      onChange(id);
    } catch (error) {
      refused = state;
      onRefused(id, errorText(error));
    }
  };

  return async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      await look();
    } catch (error) {
      // The folder itself cannot be read: perhaps a network folder that comes back.
      if (refused !== 'folder') onRefused('', errorText(error));
      refused = 'folder';
    } finally {
      isLooking = false;
    }
  };
}

/** Every writing of an edition is a new file: the time alone may be the same within a tick of the file system. */
function stateOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.ino}/${found.size}/${found.mtimeMs}` : '';
}
