/** What follows an answer: one unit's share of the row, the same matter elsewhere, another thing, what is asked behind a danger. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useAssistant } from '../helpers/assistant.js';
import { startTalk, type Talk } from '../helpers/talk.js';

const assistant = useAssistant();
let talk: Talk;
beforeEach(async () => void (talk = await startTalk(assistant())));
afterEach(() => talk.close());

const LAMPS = '城乡路灯等照明设施管护';
const GAME = '野猪等野生动物致害防控与补偿';

describe('the share of one unit in the row that stands open', () => {
  it.each([
    ['公安插不插手', '查处盗窃、故意损毁路灯电缆'],
    ['公安伸不伸手', '查处盗窃、故意损毁路灯电缆'],
    ['公安参不参与', '查处盗窃、故意损毁路灯电缆'],
    ['供电公司提供哪些', '负责路灯供电电源'],
    ['供电公司份内是哪些', '负责路灯供电电源'],
    ['咱镇上的份内事是哪些', '负责村内道路、背街小巷路灯'],
    ['本镇份内都是啥', '负责村内道路、背街小巷路灯'],
    ['落到我们镇是谁', '曾乙二'],
    ['轮到咱镇是哪个人', '曾乙二'],
    ['消防呢', '没有写县消防救援大队的责任'],
  ])('%s', async (text, part) => {
    await talk.say('张三', '路灯坏了归谁管');
    const said = await talk.say('张三', text);
    expect(said).toContain(part);
    expect(said).toContain(LAMPS);
  });

  it.each(['供电公司牵头的有哪些', '县公安局一共多少项'])(
    '%s: rows are asked for by a word',
    async (text) => {
      await talk.say('张三', '路灯坏了归谁管');
      expect(await talk.say('张三', text)).not.toContain(LAMPS + ':');
    },
  );

  it('of the row that was chosen, whatever was offered beside it', async () => {
    await talk.say('张三', '单元楼里有人偷偷开小班补课 天天一大帮学生 找谁查');
    await talk.click('张三', '1. 校外培训');
    expect(await talk.say('张三', '消防那边看啥')).toContain('安全出口堵塞');
    expect(await talk.say('张三', '咱镇谁管这块')).toContain('【校外培训违规办学和隐形变异补课治理:找谁】');
  });

  it('is never told of another unit than the one that is named', async () => {
    await talk.say('张三', '水管子出黄汤归谁管');
    expect(await talk.say('张三', '水那件 卫健局担哪截')).toContain('县卫生健康局');
  });

  it('which bureau pays is asked of departments', async () => {
    await talk.say('张三', '野猪拱地谁赔');
    expect(await talk.say('张三', '补偿款哪个局出')).toContain(`【${GAME}:县财政局】`);
  });
});

describe('the question under another condition', () => {
  it.each([
    ['要是灯在石桥镇呢', '韩丙'],
    ['换成路灯在石桥镇那边呢', '韩丙'],
  ])('%s: the same matter in another township', async (text, name) => {
    await talk.say('张三', '路灯坏了归谁管');
    expect(await talk.say('张三', text)).toContain(name);
  });

  it('another thing has a row of its own', async () => {
    await talk.say('苏乙三', '古墓被盗挖归谁管');
    expect(await talk.say('苏乙三', '要是叫人挖走的是古树呢')).toContain('古树名木');
  });

  it('what is pointed at behind it is the part of whoever has to do with that', async () => {
    await talk.say('陈庚', '韭菜地里灌剧毒药归哪个单位管');
    expect(await talk.say('陈庚', '都卖进超市了 那头归谁')).toContain('县市场监督管理局】');
  });
});

it('the number asked for behind a penalty is that of the item that was told of', async () => {
  await talk.say('张三', '路灯坏了归谁管');
  expect(await talk.say('张三', '灯杆叫人锯了卖铁 镇里能罚他吗')).toContain('损坏城市照明设施的处罚');
  expect(await talk.say('张三', '那单子上第几项')).toContain(
    '【对擅自拆改迁移或损坏城市照明设施的处罚:出处】',
  );
});

describe('behind a danger', () => {
  const MAD = '村头那个犯病的又跑出来了 手里拎着砍柴刀撵人呢';
  const ROW = '严重精神障碍患者服务管理';

  it.each(['派出所把人制住了 往后日常管这种病人是哪家牵头', '警察来了 人送医院了 这种病人平时归谁管'])(
    '%s: asked when it is over',
    async (text) => {
      expect(await talk.say('黄庚八', MAD)).toContain('110');
      expect(await talk.say('黄庚八', text)).toContain(`【${ROW}`);
    },
  );

  it.each(['这归哪家管', '公安插不插手', '咱乡谁对口'])('%s: of what was told', async (text) => {
    await talk.say('黄庚八', MAD);
    expect(await talk.say('黄庚八', text)).toContain(ROW);
  });

  it('and not of the row that stood open before', async () => {
    await talk.say('黄庚八', '路灯坏了归谁管');
    await talk.say('黄庚八', MAD);
    expect(await talk.say('黄庚八', '这归哪家管')).not.toContain(LAMPS);
  });
});

it('how a call would go is explained, and nothing is signed', async () => {
  await talk.say('张三', '路灯坏了归谁管');
  expect(await talk.say('张三', '假如我真呼叫住建局 他们是不是得先签收')).toContain('乡呼县应这样办');
});
