import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dangerReader, loadEmergencies, toldBeforeAsking } from '../../src/nlu/emergencies.js';
import { useAssistant } from '../helpers/assistant.js';
import { makeFolder } from '../helpers/folder.js';
import { makeMessage } from '../helpers/context.js';

const FILE = 'knowledge/emergencies.yaml';

describe('danger', () => {
  const assistant = useAssistant();
  const dangerOf = async (text: string) => {
    const { match, tools } = assistant();
    const update = makeMessage({ text, isAddressed: true });
    const found = await match({ update, session: null });
    return found && dangerReader(tools.emergencies)({ update, match: found.match });
  };

  it.each([
    ['有人要跳楼', '110'],
    ['孩子掉井里了', '119'],
    ['厨房着火了', '119'],
    ['煤气漏了 满屋都是味', '119'],
    ['有人觸電了', '119'],
    ['饭馆后厨气罐炸了', '119'],
    ['老人昏倒了 没有呼吸', '120'],
    ['大货车和面包车撞了 人卡着', '122'],
    ['渡船翻了 好几个人在水里', '12395'],
    ['山洪下来了 沟里还有人', 'duty'],
    ['呼叫应急局:柳林镇砖窑塌了 底下压着俩人', '119'],
    ['老粮库冒黑烟了 快叫消防大队来人', '119'],
    ['有人拿刀捅人 人抓住了 能处罚不', '110'],
    ['推他下河的逮着了 能罚不 他还没上来', '110'],
  ])('%s → %s', async (text, call) => {
    expect(await dangerOf(text)).toMatchObject({ call });
  });

  it.each([
    '消防日宣传谁负责',
    '扔的人逮着了 咱镇能罚不',
    '野沟里叫人撂了好多铁桶 淌黑油 味儿冲鼻子 哪家来处置',
    '半夜有车往河滩倒了几十桶废油 臭得很 找谁',
    '溺水防范牵头单位',
    '去年着火那家补助谁发',
    '触电事故调查归谁',
    '假如有人触电第一步做什么',
    '我要累死了',
    '后山半夜有人开挖机采石头',
    '手机掉河里了',
    '他今年多大了',
    '消防演练几点开始',
    '路灯坏了归谁管',
    '桥栏杆断了',
    '有人掉井里了'.repeat(60),
  ])('%s is only talk', async (text) => {
    expect(await dangerOf(text)).toBeNull();
  });

  /** Sentences by somebody who had seen none of the file; nothing was fitted on them but the threshold. */
  it('is found in sentences that were not learned', async () => {
    const lines = readFileSync('tests/evaluation/danger.tune.jsonl', 'utf8').trim().split('\n');
    const found = { danger: 0, talk: 0, told: 0, alarmed: 0 };
    for (const line of lines) {
      const { text, danger } = JSON.parse(line) as { text: string; danger: boolean };
      const isTold = (await dangerOf(text)) !== null;
      found[danger ? 'danger' : 'talk'] += 1;
      if (isTold) found[danger ? 'told' : 'alarmed'] += 1;
    }
    expect(found.told / found.danger).toBeGreaterThanOrEqual(0.98);
    expect(found.alarmed / found.talk).toBeLessThanOrEqual(0.06);
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

  it('with a kind of sentence that nobody knows is refused', () => {
    expect(broken((text) => `${text}\nsigns: []\n`)).toThrow(/signs/);
  });
});

it.each([
  ['挖地基刨出个炮弹 几个工人还拿锹撬呢 归哪个收', '挖地基刨出个炮弹 几个工人还拿锹撬呢'],
  ['河边淹了人还没上来 该找谁', '河边淹了人还没上来'],
  ['有人在林子边上坟烧纸 归哪个管', null],
  ['几个工人还拿锹撬呢', null],
])('%s: what goes on is told before it is asked whose it is', (text, told) => {
  expect(toldBeforeAsking(text)).toBe(told);
});
