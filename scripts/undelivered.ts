/**
 * `npm run undelivered`: messages that did not arrive, or may not have, and updates that could not be handled.
 * `-- --text` shows what was written. `-- replay ID…` or `-- replay all`: the bot, running or at its next start, handles
 * them once more. A bot may be running.
 */
import { parseArgs } from 'node:util';
import { formatInstant } from '../src/calendar/local.js';
import { loadConfig, readEnv } from '../src/config.js';
import { BotError, errorText } from '../src/core/errors.js';
import { wishReplay } from '../src/setup/replay.js';
import { readStored } from './shared/stored.js';
import { conversationKey } from '../src/core/chat.js';
import type { Undelivered, SetAside } from '../src/core/store.js';

const USAGE = '用法:npm run undelivered [-- --text | replay 编号… | replay all]';
const OUTCOMES: Record<Undelivered['outcome'], string> = { failed: '未送达', uncertain: '不确定' };

const at = (ms: number): string => formatInstant(ms, Date.now());

function linesOf(undelivered: Undelivered[], setAside: SetAside[], isWithText: boolean): string[] {
  if (undelivered.length + setAside.length === 0) return ['没有未送达的消息,也没有未处理成功的来信。'];
  const written = ({ update }: SetAside): string =>
    update.kind === 'message' ? update.text : `按钮 ${update.action.id} ${update.action.value}`;
  return [
    ...undelivered.map(({ key, outcome, at: when, reason }) =>
      ['消息', OUTCOMES[outcome], at(when), key, reason].join('\t'),
    ),
    ...setAside.map((it) =>
      [
        ...[
          '来信',
          '未处理成功',
          at(it.at),
          it.update.id,
          conversationKey(it.update.conversation),
          it.reason,
        ],
        ...(isWithText ? [written(it).slice(0, 200)] : []),
      ].join('\t'),
    ),
    ...(setAside.length > 0 ? [`重新处理:npm run undelivered -- replay ${setAside[0]?.update.id}`] : []),
  ];
}

try {
  const { values, positionals } = parseArgs({
    options: { text: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [command, ...ids] = positionals;
  if (command !== undefined && (command !== 'replay' || ids.length === 0))
    throw new BotError('CONFIG', USAGE);
  const config = loadConfig(readEnv());
  const { undelivered, setAside } = await readStored(config);
  if (command === undefined) console.log(linesOf(undelivered, setAside, values.text === true).join('\n'));
  else {
    const known = setAside.map(({ update }) => update.id);
    const unknown = ids.filter((id) => id !== 'all' && !known.includes(id));
    if (unknown.length > 0)
      throw new BotError(
        'DATA',
        `没有这样的来信:${unknown.join('、')}。处理办法:先运行 npm run undelivered 查看编号。`,
      );
    const wanted = ids.includes('all') ? known : ids;
    for (const id of wanted) wishReplay(config.dataDir, id);
    console.log(`已登记重新处理${wanted.length}条,机器人将在几秒内(未运行的,在下次启动时)处理。`);
  }
} catch (error) {
  console.error(error instanceof BotError ? error.message : `${errorText(error)}\n${USAGE}`);
  process.exitCode = 1;
}
