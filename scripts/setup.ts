/**
 * `npm run setup`: what to enter on each platform, to paste. `-- feishu` makes or completes the app by a link that an administrator
 * opens or scans; `-- telegram` takes the bot's token from the input and looks whether it works; `-- wecom` takes the bot's id and
 * secret and looks at their shape. All write to `.env`.
 * Exit code 0: done, 1: not done, 64: called wrongly.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { defaultHttpInstance, registerApp } from '@larksuiteoapi/node-sdk';
import { createProxyAgent } from '../src/adapters/proxy.js';
import { PROJECT_ROOT, readEnv } from '../src/config.js';
import { errorText } from '../src/core/errors.js';
import { replaceFile } from '../src/files/replace.js';
import { createCall } from './doctor/http.js';
import { checkWecom } from './doctor/wecom.js';
import { goThrough, setupFeishu } from './setup/feishu.js';
import { pasteList } from './setup/paste.js';
import { setupTelegram } from './setup/telegram.js';
import { setupWecom } from './setup/wecom.js';
import { withSettings } from './setup/env-file.js';

const USAGE = '用法:npm run setup [-- feishu | telegram | wecom]';

const say = (text: string): void => console.log(text);
const file = join(PROJECT_ROOT, '.env');
const keep = async (values: Record<string, string>): Promise<void> => {
  const old = existsSync(file) ? file : join(PROJECT_ROOT, '.env.example');
  await replaceFile(file, withSettings(readFileSync(old, 'utf8'), values));
  say(`已写入 .env:${Object.keys(values).join('、')}。请运行 npm run doctor 逐项检查。`);
};

const [what, ...more] = process.argv.slice(2);
try {
  const env = readEnv();
  const proxy = env['PROXY_URL'];
  const agent = proxy ? createProxyAgent(proxy) : null;
  if (more.length > 0 || (what !== undefined && !['feishu', 'telegram', 'wecom'].includes(what))) {
    console.error(USAGE);
    process.exitCode = 64;
  } else if (what === 'feishu') {
    if (agent) goThrough(defaultHttpInstance, agent);
    const [appId, domain] = [env['FEISHU_APP_ID'], env['FEISHU_DOMAIN']];
    await setupFeishu({ register: registerApp, appId, domain, say, keep });
  } else if (what === 'telegram') {
    const input = createInterface({ input: process.stdin, output: process.stderr });
    const token = (await input.question('请粘贴 BotFather 给的令牌,回车:')).trim();
    input.close();
    const call = createCall(agent);
    const isDone = await setupTelegram({ token, apiRoot: env['TELEGRAM_API_ROOT'], call, say, keep });
    if (!isDone) process.exitCode = 1;
  } else if (what === 'wecom') {
    const input = createInterface({ input: process.stdin, output: process.stderr });
    const botId = (await input.question('请粘贴智能机器人的 Bot ID,回车:')).trim();
    const secret = (await input.question('请粘贴 Secret,回车:')).trim();
    input.close();
    const { WECOM_WS_URL: wsUrl } = env;
    const check = (it: { botId: string; secret: string }) => checkWecom({ ...it, ...(wsUrl && { wsUrl }) });
    if (!(await setupWecom({ botId, secret, check, say, keep }))) process.exitCode = 1;
  } else say(pasteList());
} catch (reason) {
  console.error(errorText(reason));
  process.exitCode = 1;
}
