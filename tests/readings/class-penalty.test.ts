/** Whether an act may be penalised, said of a matter that stands open or by itself. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { useAssistant } from '../helpers/assistant.js';
import { startTalk, type Talk } from '../helpers/talk.js';

const assistant = useAssistant();
let talk: Talk;
beforeEach(async () => void (talk = await startTalk(assistant())));
afterEach(() => talk.close());

it.each([
  ['街边的消防栓被车撞坏了一直漏水', '拿它洗车 我们能罚不', '对损坏挪用或擅自拆除停用消防设施器材的处罚'],
  ['承包地里修了座水泥坟归谁管', '占了耕地 镇里能罚吗', '对占用耕地建窑建坟挖砂采石取土的处罚'],
  ['路灯坏了归谁管', '卖烟花没证的 镇里能罚吗', '对未经许可经营烟花爆竹的处罚'],
  ['井盖没了谁管', '在城里养猪的能罚吗', '对在城区违规饲养家畜家禽影响环境卫生的处罚'],
])('%s, %s', async (first, text, item) => {
  await talk.say('张三', first);
  expect(await talk.say('张三', text)).toContain(item);
});

it('tells of a thing that has the name of a unit in it, and of the unit', async () => {
  await talk.say('张三', '街边的消防栓被车撞坏了一直漏水');
  expect(await talk.say('张三', '损坏消防栓的，镇里能不能罚')).toContain('赋权清单中有相关事项');
  expect(await talk.say('张三', '消防能罚他吗')).toContain(':县消防救援大队】');
});

it('is asked of a matter that the lists know by who is responsible', async () => {
  expect(await talk.say('张三', '把消防栓撞断了 我们镇能罚他吗')).toContain('建设维护和使用监管:能否处罚】');
});

it('is no item where the township is asked for its work: the row of the matter says it', async () => {
  await talk.say('周己', '街上小饭馆没装净化器 我们乡能直接罚吗');
  expect(await talk.say('周己', '咱乡里做点啥')).toContain('日常巡查沿街饭馆');
});

it('gives no item as the answer that has none of the words', async () => {
  expect(await talk.say('张三', '邻居家狗咬人,能罚不')).toContain(
    '【不拴绳遛犬和犬只伤人扰民查处:能否处罚】',
  );
});

it('is allowed to a township where its own class has the same item under another number', async () => {
  await talk.say('张三', '占用公路打谷晒粮和马路市场治理归谁');
  expect(await talk.say('张三', '说了不听 镇里罚他行不')).not.toMatch(/】\s*不能/);
});

it.each(['柳林镇能不能罚这个', '那柳林能罚这种吗', '柳林镇罚得了不'])(
  'of another township, %s',
  async (text) => {
    expect(await talk.say('黄戊六', '无证经营农药的我们镇能处罚吗')).toContain(
      '对未取得农药经营许可证经营农药的处罚',
    );
    expect(await talk.say('黄戊六', text)).toMatch(/柳林镇能否处罚】\s*不能/);
    expect(await talk.say('黄戊六', text.replace(/柳林镇?/, '大王庄镇'))).not.toMatch(/】\s*不能/);
  },
);
