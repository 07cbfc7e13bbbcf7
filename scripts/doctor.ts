/**
 * `npm run doctor`: looks at settings, machine and platforms, and says what to do. `-- --json` for programs. Sends nothing to
 * anybody; a bot may be running. Exit code 0: all well, 1: it works, but; 2: something does not work; 78: a wrong setting.
 */
import { parseArgs } from 'node:util';
import { createProxyAgent } from '../src/adapters/proxy.js';
import { loadConfig, readEnv } from '../src/config.js';
import { BotError, errorText } from '../src/core/errors.js';
import { exitCodeOf, toLines } from './doctor/findings.js';
import { createCall } from './doctor/http.js';
import { checkMachine } from './doctor/local.js';
import { checkFeishu } from './doctor/feishu.js';
import { checkPeople } from './doctor/people.js';
import { checkTelegram } from './doctor/telegram.js';
import { checkWecom } from './doctor/wecom.js';
import { checkWebhook } from './doctor/webhook.js';

const USAGE = '用法:npm run doctor [-- --json]';

try {
  const { values } = parseArgs({ options: { json: { type: 'boolean' } } });
  const config = loadConfig(readEnv());
  const world = {
    call: createCall(config.proxyUrl ? createProxyAgent(config.proxyUrl) : null),
    now: Date.now(),
  };
  const { findings: people, accounts } = await checkPeople(config, world.now);
  const onFeishu = accounts.flatMap((it) => (it.startsWith('feishu:') ? [it.slice('feishu:'.length)] : []));
  const found = await Promise.all([
    checkMachine(config, world.now),
    people,
    config.feishu ? checkFeishu(config.feishu, { ...world, people: onFeishu }) : [],
    config.telegram ? checkTelegram(config.telegram, world) : [],
    config.wecom ? checkWecom(config.wecom) : [],
    checkWebhook(config, createCall(null)),
  ]);
  const findings = found.flat();
  console.log(values.json ? JSON.stringify({ findings }, null, 2) : toLines(findings).join('\n'));
  process.exitCode = exitCodeOf(findings);
} catch (reason) {
  console.error(reason instanceof BotError ? reason.message : `${errorText(reason)}\n${USAGE}`);
  process.exitCode = reason instanceof BotError && reason.code === 'CONFIG' ? 78 : 2;
}
