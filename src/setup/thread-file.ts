/** Where the bundled threads lie: what starts one may itself stand in any file of the bundle, or be run from the sources by a test. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_ROOT } from '../config.js';

export const threadFile = (name: 'drawing' | 'encoder' | 'understanding' | 'watchdog'): URL =>
  pathToFileURL(join(PROJECT_ROOT, 'dist', 'src', 'setup', `${name}-thread.js`));

/** Where `npm ci` puts the encoder's model as it is made ready for this machine. */
export const PREPARED_MODEL = join(PROJECT_ROOT, 'dist', 'prebuilt', 'encoder');
