/** What ordinary people say: the intents' own examples, their commands, and answers that dialogues wait for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { TOPICS } from '../chaos/questions.js';
import { pick } from '../shared/random.js';
import type { Random } from '../../src/text/random.js';

type IntentWords = { examples: string[]; commands: string[]; actions: Record<string, string> };
export type Vocabulary = { examples: string[]; commands: string[]; actions: string[] };

/** Given out of order: nobody asked. */
const ANSWERS = [
  ...[
    '1',
    '2',
    '3',
    '0',
    '99',
    '提交',
    '取消',
    '算了',
    '确认',
    '是',
    '不是',
    '紧急',
    '一般',
    '改地点',
    '改内容',
    '好的',
  ],
  ...[
    '明天上午九点',
    '半小时后',
    '每月',
    '住建局',
    '水利局 交通局',
    '柳林镇东街',
    '不需要',
    '收到',
    '已办',
    '都不是',
    '全镇',
  ],
  ...[
    '退回 不属于我局职责',
    '签收',
    '答复 已修复',
    '延期三天',
    '那镇里呢',
    '依据是什么',
    '下一页',
    '满意',
    '五星',
    '没办完',
  ],
];

export function loadVocabulary(intentsDir: string): Vocabulary {
  const intents = readdirSync(intentsDir)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => parse(readFileSync(join(intentsDir, name), 'utf8')) as Partial<IntentWords>);
  const all = (key: 'examples' | 'commands') => intents.flatMap((intent) => intent[key] ?? []);
  const actions = intents.flatMap((intent) => Object.keys(intent.actions ?? {}));
  return { examples: all('examples'), commands: all('commands'), actions };
}

export function ordinaryText(random: Random, { examples, commands }: Vocabulary): string {
  const at = random();
  if (at < 0.4) return pick(random, examples);
  if (at < 0.6) return pick(random, TOPICS)[0];
  if (at < 0.8) return pick(random, ANSWERS);
  const command = (at < 0.9 ? '/' : '') + pick(random, commands);
  return random() < 0.4 ? command : `${command} ${pick(random, [...ANSWERS, ...examples])}`;
}
