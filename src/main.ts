/** The process: its settings, the thread that takes longest to start, and beside it the program. */
import { TIME_ZONE } from './calendar/local.js';
import { loadConfig, readEnv } from './config.js';
import { BotError, errorText } from './core/errors.js';
import { openEncoderThread, type Encoding } from './setup/encoding.js';

/** EX_CONFIG of sysexits.h: a supervisor must not restart the process, a person must change something. */
const EXIT_CONFIG = 78;

let encoding: Encoding | null = null;
try {
  const config = loadConfig(readEnv());
  // Also what libraries make of the clock, wherever the machine stands.
  process.env['TZ'] = TIME_ZONE;
  encoding = openEncoderThread(config.encoderDir);
  const { run } = await import('./run.js');
  await run(config, encoding);
  await encoding.close();
  // A stalled HTTP answer may hold a timer for minutes (src/adapters/README.md: Telegraf); everything is committed by now.
  process.exit(0);
} catch (error) {
  console.error(error instanceof BotError ? error.message : errorText(error));
  await encoding?.close();
  process.exit(
    error instanceof BotError && (error.code === 'CONFIG' || error.code === 'DATA') ? EXIT_CONFIG : 1,
  );
}
