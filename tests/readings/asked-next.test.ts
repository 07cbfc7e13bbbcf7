/** What is asked next of a row, in words that make another case of it; and matters that are asked for one thing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useAssistant } from '../helpers/assistant.js';
import { startTalk, type Talk } from '../helpers/talk.js';

const assistant = useAssistant();
let talk: Talk;
beforeEach(async () => void (talk = await startTalk(assistant())));
afterEach(() => talk.close());

const LIDS = '窨井盖没了归谁';
const QUACKS = '赶集有人摆摊给人拔牙归谁管';
const POPPIES = '菜园子里种了几棵大烟';
const COAL = '散煤归谁查';

describe('a condition that makes a crime of it is the part of the police', () => {
  it.each([
    [LIDS, '叫人偷了呢 归谁', '打击盗窃'],
    [LIDS, '要是让人偷着卖了呢', '打击盗窃'],
    [LIDS, '有团伙专门偷这个的话 找谁', '打击盗窃'],
    [QUACKS, '把人拔出大事了呢', '严重后果'],
    [QUACKS, '要是出人命了呢', '严重后果'],
  ])('%s %s', async (first, next, part) => {
    await talk.say('张三', first);
    const said = await talk.say('张三', next);
    expect(said).toContain(part);
    expect(said).toContain(':县公安局】');
  });

  it('leaves other conditions alone', async () => {
    await talk.say('张三', LIDS);
    expect(await talk.say('张三', '要是上头印着移动俩字呢 找谁')).toContain('通信');
  });
});

describe('one kind of what stands open, and whether a unit sees to it', () => {
  it.each(['林子里头的 林业局管不管', '山上的 林业局管吗', '林区的 林业局归不归管'])('%s', async (text) => {
    await talk.say('张三', POPPIES);
    expect(await talk.say('张三', text)).toContain('护林员');
  });
});

describe('what a unit or a township has to do, while a row stands open', () => {
  it.each(['我们镇要弄些啥', '那咱镇要干些啥', '我们镇具体要做什么', '镇里头咱们该弄点啥'])(
    '%s',
    async (text) => {
      await talk.say('张三', LIDS);
      expect(await talk.say('张三', text)).toContain('网格员');
    },
  );

  it.each(['那我们分局的活是啥', '我们分局干啥', '我们分局到底负责啥'])('%s', async (text) => {
    await talk.say('郑辛', COAL);
    expect(await talk.say('郑辛', text)).toContain('禁燃区');
  });

  it('电梯这事咱镇里呢: behind a word of its name', async () => {
    await talk.say('张三', '加装电梯供电公司管啥');
    expect(await talk.say('张三', '电梯这事咱镇里呢')).toContain('征询意见');
  });
});

describe('on which side a unit stands', () => {
  it.each([
    '乱拉网线这事 我们工信局算牵头还是算配合',
    '通信线乱拉 工信局是牵头还是配合',
    '乱拉网线工信局是配合还是牵头',
    '乱拉网线这事我们局算主责还是算协办',
  ])('%s', async (text) => {
    const said = await talk.say('吴辛', text);
    expect(said).toContain('通信杆线');
    expect(said).toContain('主体责任');
  });
});

describe('where a matter is written', () => {
  it.each(['传销那条是第几批第几项', '传销是第几项', '打击传销那条在哪一批'])('%s', async (text) => {
    const said = await talk.say('张三', text);
    expect(said).toContain('第三批');
    expect(said).toContain('第5项');
  });
});

describe('what is to be brought, of the matter of a row', () => {
  it.each([
    ['独苗没了的那种老两口 平时归哪家照应', '他们要申请扶助金 带哪些东西', '死亡证明'],
    ['大棚里头装修成饭馆了 归谁查', '正经种菜的想备个案 交哪几样', '协议'],
  ])('%s %s', async (first, next, part) => {
    await talk.say('张三', first);
    expect(await talk.say('张三', next)).toContain(part);
  });

  it('is another matter where the words lie near to no such guide', async () => {
    await talk.say('张三', COAL);
    expect(await talk.say('张三', '出国护照要带啥')).not.toContain('散煤');
  });
});

describe('of a guide that stands open', () => {
  it.each(['镇里哪儿收', '乡里在哪收', '镇上哪个窗口收'])('%s', async (text) => {
    await talk.say('张三', '请不起律师 有免费的没');
    expect(await talk.say('张三', text)).toContain('司法所');
  });

  it('我们镇司法所是谁来着: asks for a person', async () => {
    await talk.say('张三', '请不起律师 有免费的没');
    expect(await talk.say('张三', '我们镇司法所是谁来着')).toContain('徐丙五');
  });
});

describe('two matters', () => {
  const BOTH = '野猪把苞谷拱完了 还有人在林子里下夹子逮兔子 这俩都归谁';
  it('what is set for animals is no danger', async () => {
    expect(await talk.say('张三', BOTH)).not.toContain('【紧急】');
  });

  it('下夹子那个公安干啥: the other matter is meant by its words', async () => {
    await talk.say('郑庚二', BOTH);
    expect(await talk.say('郑庚二', '下夹子那个公安干啥')).toContain('非法狩猎');
  });

  it('加装电梯那个供电公司管啥: its words name the row', async () => {
    await talk.say('张三', '小区物业光收钱不干活 还有栋楼装电梯一楼死活不签 分别找哪');
    expect(await talk.say('张三', '加装电梯那个供电公司管啥')).toContain('用电报装');
  });
});

describe('people', () => {
  it.each([
    ['县里督办是哪个', '赵六'],
    ['督办的同志是谁', '赵六'],
    ['负责督办的是哪位', '赵六'],
    ['清单写得不对跟哪个同志说', '王五'],
    ['清单上写错了找谁改', '王五'],
    ['清单内容有误 该向谁反映', '王五'],
  ])('%s', async (text, name) => {
    expect(await talk.say('张三', text)).toContain(name);
  });

  it('哦不是 我想问石桥镇的民政: the same field elsewhere', async () => {
    await talk.say('张三', '咱镇民政这摊是谁');
    expect(await talk.say('张三', '哦不是 我想问石桥镇的民政')).toContain('冯丙');
    expect(await talk.say('张三', '杏花乡的民政呢')).toContain('杏花乡');
  });

  it('消防大队第一批呢: unit and batch take the places of those before', async () => {
    await talk.say('王五', '综合执法局第二批牵头几个');
    expect(await talk.say('王五', '消防大队第一批呢')).toContain('共 4 项');
  });
});
