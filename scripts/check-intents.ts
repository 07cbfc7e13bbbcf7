/** `npm run check-intents`: reads `intents/` as the bot does at start and says what is wrong, or how many there are. */
import { INTENTS_DIR } from '../src/config.js';
import { errorText } from '../src/core/errors.js';
import { HANDLERS, REPLIES } from '../src/handlers/index.js';
import { checkBinding, loadIntents } from '../src/nlu/load.js';

try {
  const intents = loadIntents(INTENTS_DIR);
  checkBinding(intents, HANDLERS, REPLIES);
  const examples = intents.reduce((sum, intent) => sum + intent.examples.length, 0);
  console.log(`${intents.length} intents, ${examples} examples: all right`);
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
