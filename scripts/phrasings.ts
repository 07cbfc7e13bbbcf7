/** `npm run phrasings -- export | import | generate | samples | strike | matches | share | merge | vectors`: the words people use. */
import { parseArgs } from 'node:util';
import { BotError, errorText } from '../src/core/errors.js';
import { loadConfig, readEnv } from '../src/config.js';
import { mergeBank, renewVectors } from './phrasings/bank.js';
import { exportBatches, exportSamples, matchesText, shareText } from './phrasings/out.js';
import { generate, importFiles, strikeTexts } from './phrasings/in.js';

const USAGE = [
  '用法:npm run phrasings --',
  '  export [--list 清单] [--all] [--of 版次或草稿] 文件.md|文件.xlsx    导出待生成问法的事项',
  '  import 文件… [--dry-run] [--of 版次或草稿] [--by 姓名]             读取生成的问法,形成草稿',
  '  generate [--list 清单] [--calls 次数] [--of …] [--by 姓名]         由已设置的语言模型生成(LLM_*)',
  '  samples [--of …] 文件.xlsx                                        导出生成的问法,供核对、标注',
  '  strike 清单/序号 [问法] | 文件.xlsx [--of …] [--by 姓名]            划去生成的问法',
  '  matches [--doubtful] [--of …]                                    各事项对应的通用事项',
  '  share 文件.jsonl [--of …]                                        导出可供其他县使用的问法',
  '  merge 文件.jsonl                                                 并入通用问法',
  '  vectors                                                          重新计算通用问法的向量',
].join('\n');

function readFlags(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        list: { type: 'string' },
        of: { type: 'string' },
        by: { type: 'string' },
        calls: { type: 'string' },
        all: { type: 'boolean', default: false },
        doubtful: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new BotError('CONFIG', `${errorText(cause)}\n${USAGE}`, { cause });
  }
}

export type Flags = ReturnType<typeof readFlags>['values'];

async function run(args: string[]): Promise<string> {
  const { values, positionals } = readFlags(args);
  const [command, ...rest] = positionals;
  const [first] = rest;
  const config = loadConfig(readEnv());
  if (command === 'vectors') return renewVectors(config);
  if (command === 'generate') return generate(config, values);
  if (command === 'matches') return matchesText(config, values);
  if (!first) throw new BotError('CONFIG', USAGE);
  switch (command) {
    case 'export':
      return exportBatches(config, first, values);
    case 'import':
      return importFiles(config, rest, values);
    case 'samples':
      return exportSamples(config, first, values);
    case 'strike':
      return strikeTexts(config, first, rest[1], values);
    case 'share':
      return shareText(config, first, values);
    case 'merge':
      return mergeBank(config, first);
    default:
      throw new BotError('CONFIG', USAGE);
  }
}

try {
  console.log(await run(process.argv.slice(2)));
} catch (error) {
  console.error(errorText(error));
  process.exitCode = 1;
}
