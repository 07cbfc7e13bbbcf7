import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dangerIn, dangerReader, loadEmergencies } from '../../src/nlu/emergencies.js';
import { useAssistant } from '../helpers/assistant.js';
import { makeFolder } from '../helpers/folder.js';
import { makeMessage } from '../helpers/context.js';

const FILE = 'knowledge/emergencies.yaml';
const emergencies = loadEmergencies(FILE);
/** As the model says where it knows nothing. */
const UNDECIDED = 0.5;

describe('signs of danger', () => {
  it.each([
    ['有人要跳楼', '110'],
    ['孩子掉井里了', '119'],
    ['厨房着火了', '119'],
    ['屋里漏气了 人叫不醒', '119'],
    ['有人觸電了', '119'],
    ['老人昏倒了 没有呼吸', '120'],
    ['大货车和面包车撞了 人卡着', '122'],
    ['渡船翻了 好几个人在水里', '12395'],
    ['山洪下来了 沟里还有人', 'duty'],
  ])('%s → %s', (text, call) => {
    expect(dangerIn(text, UNDECIDED, emergencies)).toMatchObject({ call });
  });

  it.each([
    '消防日宣传谁负责',
    '溺水防范牵头单位',
    '去年着火那家补助谁发',
    '触电事故调查归谁',
    '假如有人触电第一步做什么',
    '我要累死了',
    '手机掉河里了',
    '消防演练几点开始',
    '路灯坏了归谁管',
    '',
  ])('%s is only talk', (text) => {
    expect(dangerIn(text, UNDECIDED, emergencies)).toBeNull();
  });

  it('in a document are not looked for', () => {
    expect(dangerIn('有人掉井里了'.repeat(60), 0.9, emergencies)).toBeNull();
  });
});

describe('the file', () => {
  const broken = (change: (text: string) => string) => {
    const file = join(makeFolder(), 'emergencies.yaml');
    writeFileSync(file, change(readFileSync(FILE, 'utf8')));
    return () => loadEmergencies(file);
  };

  it('says whom to call for every sign', () => {
    expect(broken((text) => text.replace("  '12395': ", "  '12396': "))).toThrow(/没有写要说的话/);
  });

  it('with a pattern that cannot be read is refused', () => {
    expect(broken((text) => text.replace('people: ', 'people: ('))).toThrow(/people/);
  });
});

describe('signs and model together', () => {
  const assistant = useAssistant();

  it('find what no sign names, and hold on the tuning half', async () => {
    const { match, tools } = assistant();
    const dangerOf = dangerReader(tools.emergencies);
    const isDanger = async (text: string) => {
      const update = makeMessage({ text, isAddressed: true });
      const found = await match({ update, session: null });
      return found !== null && dangerOf({ update, match: found.match }) !== null;
    };
    const lines = readFileSync('tests/evaluation/danger.tune.jsonl', 'utf8').trim().split('\n');
    let missed = 0;
    let alarmed = 0;
    for (const line of lines) {
      const { text, danger } = JSON.parse(line) as { text: string; danger: boolean };
      const found = await isDanger(text);
      if (danger && !found) missed++;
      if (!danger && found) alarmed++;
    }
    expect({ missed, alarmed }).toEqual({ missed: 0, alarmed: 0 });
  });
});
