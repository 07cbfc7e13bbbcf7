import * as installed from '@xenova/transformers';
import { expect, it } from 'vitest';
import { loadEncoder, type Runtime } from '../../src/text/encoder.js';
import { encoderContract } from '../contracts/encoder.contract.js';

encoderContract('the installed runtime', (dir) => loadEncoder(dir, { runtime: installed }));

/**
 * The version before, 230 MB that nothing else needs, is not installed by `npm ci`. To test it as well:
 * `npm install --no-save transformers-2@npm:@xenova/transformers@2.17.2`
 */
const BEFORE = 'transformers-2';
const before = await import(BEFORE).then(
  (runtime: Runtime) => runtime,
  () => null,
);
if (before) encoderContract('version 2', (dir) => loadEncoder(dir, { runtime: before }));
else it.skip(`the encoder on version 2: ${BEFORE} is not installed`, () => expect(before).not.toBeNull());
