/** Part of `npm ci`: embeds the sample lists and trains the intent model once, so that the first start answers at once. */
import { loadTools, openBrain } from '../src/brain.js';
import { INTENTS_DIR, loadConfig } from '../src/config.js';
import { errorText } from '../src/core/errors.js';

const config = loadConfig({});
try {
  const building = { ...config, dataDir: config.prebuiltDir };
  const tools = await loadTools(building, { intentsDir: INTENTS_DIR });
  await openBrain(building, tools, Date.now());
} catch (error) {
  // The install must not fail for a mistake in a list: the start names it and what to do.
  console.error(errorText(error));
}
