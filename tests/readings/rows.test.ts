/** Follow-ups on an answered row, in words that no pattern lists. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useAssistant } from '../helpers/assistant.js';
import { startTalk, type Talk } from '../helpers/talk.js';

const assistant = useAssistant();
let talk: Talk;
beforeEach(async () => void (talk = await startTalk(assistant())));
afterEach(() => talk.close());

const LAMPS = '城乡路灯等照明设施管护';

describe('after an answer', () => {
  it.each([
    ['咱镇里头得弄点啥', '负责村内道路、背街小巷路灯'],
    ['乡里要出什么力', '负责村内道路、背街小巷路灯'],
    ['供电公司呢', '负责路灯供电电源'],
    ['公安去人不', '查处盗窃、故意损毁路灯电缆'],
    ['派出所的呢', '查处盗窃、故意损毁路灯电缆'],
    ['具体巡查些啥', '夜间巡查灭灯'],
    ['公安那头干啥', '查处盗窃、故意损毁路灯电缆'],
    ['交通上管哪一块', '负责列养县乡公路'],
    ['按哪部法来的', '城市照明管理规定'],
    ['在哪个清单 第几项', '第36项'],
    ['已经换了灯泡了 清单上是哪家的事', '县住房和城乡建设局'],
    ['谁牵头的', '县住房和城乡建设局'],
    ['还牵扯哪些单位', '县供电公司'],
    ['归不归我们管', '只负责配合'],
    ['咱们能不能罚', '能否处罚'],
    ['镇上哪个同志对口', '曾乙二'],
    ['石桥镇呢', '石桥镇'],
    ['要是灯杆被车撞坏的呢', '处理车辆撞坏灯杆事故'],
    ['公安办哪一段', '查处盗窃、故意损毁路灯电缆'],
    ['公安那截', '查处盗窃、故意损毁路灯电缆'],
    ['交警到他那儿查啥', '处理车辆撞坏灯杆事故'],
    ['除了供电公司 还有呢', '县交通运输局'],
    ['牵头这家的局长叫什么', '郑九'],
    ['出处', '城市照明管理规定'],
  ])('%s', async (text, part) => {
    await talk.say('张三', '路灯坏了归谁管');
    const said = await talk.say('张三', text);
    expect(said).toContain(part);
    expect(said).toContain(LAMPS);
  });

  it.each([
    ['双河找谁', '袁戊'],
    ['那石桥是', '石桥'],
    ['住建那头谁接头', '郑九'],
    ['咱镇谁跑这事', '曾乙二'],
  ])('%s: a person is told, not the duty again', async (text, name) => {
    await talk.say('张三', '路灯坏了归谁管');
    const said = await talk.say('张三', text);
    expect(said).toContain(`【${LAMPS}:找谁】`);
    if (text !== '那石桥是') expect(said).toContain(name);
    else expect(said).not.toContain('曾乙二');
  });

  it('the officer of another township is that township’s own', async () => {
    await talk.say('张三', '路灯坏了归谁管');
    expect(await talk.say('张三', '石桥镇呢')).not.toContain('曾乙二');
  });

  it('a matter of its own is a new question', async () => {
    await talk.say('张三', '路灯坏了归谁管');
    const said = await talk.say('张三', '秸秆焚烧归谁管');
    expect(said).toContain('秸秆露天焚烧管控');
    expect(said).not.toContain(LAMPS);
  });

  it('a unit that the row does not name is not made to have a part in it', async () => {
    await talk.say('张三', '路灯坏了归谁管');
    expect(await talk.say('张三', '水利局呢')).toContain('没有写县水利局的责任');
  });

  it('a colleague may follow up on what everybody saw, and only in a few words', async () => {
    await talk.say('张三', '路灯坏了归谁管');
    expect(await talk.say('李四', '那供电公司呢')).toContain('负责路灯供电电源');
  });
});

it('the contact of a village is told who carries it in the own township, and nowhere else', async () => {
  await talk.say('村联甲', '路灯坏了归谁管');
  expect(await talk.say('村联甲', '镇上找谁说')).toContain('曾乙二');
  const there = await talk.say('村联甲', '石桥镇找谁');
  expect(there).toContain('只向已登记的工作人员提供');
  expect(there).not.toContain('本镇街承办');
});

it.each([
  ['征收集体土地补偿归谁', '掏钱的是谁', ':县财政局】'],
  ['古树名木保护归哪个部门', '县城规划区里头的归谁', ':县住房和城乡建设局】'],
  ['地质灾害隐患点谁管', '防洪法算依据之一不', '没有写防洪法'],
])('%s, %s', async (first, text, part) => {
  await talk.say('张三', first);
  expect(await talk.say('张三', text)).toContain(part);
});

it('of what was taken back from one township: whether it was from another', async () => {
  await talk.say('张三', '订党报党刊还给镇上压数不压了');
  expect(await talk.say('张三', '石桥也收了吗')).toContain('《石桥镇上级部门收回事项清单》');
});

describe('a correction', () => {
  it.each([
    ['不对,我说的是秸秆焚烧', '秸秆露天焚烧管控'],
    ['说错了 是秸秆焚烧', '秸秆露天焚烧管控'],
    ['换个问题,秸秆焚烧归哪个管', '秸秆露天焚烧管控'],
    ['不是路灯,是秸秆焚烧', '秸秆露天焚烧管控'],
  ])('%s', async (text, matter) => {
    await talk.say('张三', '路灯坏了归谁管');
    expect(await talk.say('张三', text)).toContain(matter);
  });

  it('that names nothing is thanked for', async () => {
    await talk.say('张三', '路灯坏了归谁管');
    expect(await talk.say('张三', '不对')).toContain('感谢');
  });
});

it('whether another township may penalise it is told of its own list', async () => {
  await talk.say('张三', '城区井盖没了哪家补');
  expect(await talk.say('张三', '双河镇能罚吗')).toContain('能否处罚');
});

describe('an act of the matter in focus', () => {
  it('may be penalised or not, in the own township and then in another', async () => {
    await talk.say('张三', '路灯坏了归谁管');
    const ours = await talk.say('张三', '灯杆叫人锯了卖铁 镇里能罚他吗');
    expect(ours).toContain(`【${LAMPS}:能否处罚】`);
    expect(ours).toContain('对擅自拆改迁移或损坏城市照明设施的处罚');
    expect(await talk.say('张三', '大王庄呢 他们罚得了不')).toMatch(/^【[^】]*】\s*不能。大王庄镇/m);
  });

  it('is no act of it where the lists know it as a matter of its own', async () => {
    await talk.say('张三', '路灯坏了归谁管');
    expect(await talk.say('张三', '街上有人露天烧烤 我们能罚吗')).toContain('露天烧烤');
  });
});

it('departments are told of the row beside one that names townships alone', async () => {
  await talk.say('张三', '欠薪矛盾排查和劳动争议调解谁做');
  await talk.say('张三', '公安能做啥');
  expect(await talk.say('张三', '要是公路工程上欠下的呢')).toContain('县交通运输局');
});

describe('two rows that were answered together', () => {
  beforeEach(() => talk.say('张三', '路灯不亮归谁 还有校外培训班归谁管'));

  it.each([
    ['两件事镇上都找谁', ['曾乙二', '彭乙']],
    ['俩事都在第几项', ['第36项', '第23项']],
  ])('%s: both are told', async (text, parts) => {
    const said = await talk.say('张三', text);
    for (const part of parts) expect(said).toContain(part);
  });

  it('one is pointed at by a word of its name', async () => {
    expect(await talk.say('张三', '路灯那个公安做什么')).toContain('查处盗窃、故意损毁路灯电缆');
  });
});

it('what asks for no row is no question about the one that was answered', async () => {
  await talk.say('张三', '路灯坏了归谁管');
  expect(await talk.say('张三', '你说错了 我要问养狗的')).not.toContain(LAMPS);
});

it('another county is not answered from this county’s lists', async () => {
  const said = await talk.say('张三', '隔壁红河县的路灯归谁管');
  expect(said).toContain('本县');
  expect(said).not.toContain(LAMPS);
  expect(await talk.say('张三', '全县路灯归谁管')).toContain(LAMPS);
});

it('one matter in two lists is one card with both leads', async () => {
  const said = await talk.say('张三', '小孩子辍学归谁管');
  expect(said).toContain('履职主体 乡镇(街道)(柳林镇)');
  expect(said).toContain('主体责任 县教育和体育局');
  expect(said).toContain('义务教育控辍保学和劝返复学');
});

it.each(['井盖坏了归谁管', '狗咬人归谁管', '秸秆谁管', '路灯坏了归谁管'])(
  'a short question of its own is one: %s',
  async (text) => {
    await talk.say('张三', '路灯坏了归谁管');
    expect(await talk.say('张三', text)).not.toContain(':找谁】');
  },
);

it('a listing is a listing, whatever was answered before', async () => {
  await talk.say('张三', '路灯坏了归谁管');
  expect(await talk.say('张三', '住建局牵头的有哪些')).toContain('【县住房和城乡建设局牵头】');
});

it.each([
  ['后天下午三点提醒我交表', '已设提醒'],
  ['我的请求', '我的请求'],
  ['呼叫水利局:河堤塌了一段', '请确认:呼叫'],
  ['我明天有哪些提醒', '提醒'],
])('what has a purpose of its own is no follow-up: %s', async (text, part) => {
  await talk.say('张三', '路灯坏了归谁管');
  const said = await talk.say('张三', text);
  expect(said).toContain(part);
  expect(said).not.toContain(LAMPS);
});

describe('two units of the row in one message', () => {
  it.each(['公安和供电分别干啥', '公安跟供电各管哪截', '公安、供电怎么分的'])('%s', async (text) => {
    await talk.say('张三', '路灯坏了归谁管');
    const said = await talk.say('张三', text);
    expect(said).toContain('查处盗窃、故意损毁路灯电缆');
    expect(said).toContain('负责路灯供电电源');
  });
});

describe('whether the own people may penalise it', () => {
  it.each(['镇上执法中队可以罚吗', '咱执法队能罚不', '罚款咱们行不行', '罚款镇里中不中'])(
    '%s is asked of what stands open',
    async (text) => {
      await talk.say('张三', '二楼装修把承重墙砸了归谁管');
      expect(await talk.say('张三', text)).toMatch(/变动房屋主体和承重结构/);
    },
  );

  it.each(['卫生许可没办 镇里能罚吗', '他要没卫生许可 咱能罚?'])('%s names no unit', async (text) => {
    await talk.say('张三', '小旅馆浴室理发店等公共场所卫生监管归谁');
    expect(await talk.say('张三', text)).toMatch(/未取得卫生许可证/);
  });

  it.each(['石桥镇呢 也行?', '那石桥镇呢'])('%s is asked of the item of penalty', async (text) => {
    await talk.say('张三', '狗没打狂犬针 镇里能罚主家不');
    const said = await talk.say('张三', text);
    expect(said).toContain('石桥镇');
    expect(said).toContain('狂犬病免疫接种的处罚');
  });
});

it.each([
  ['棋牌室和农村聚众赌博查处归谁', '打鱼机那种归谁'],
  ['入河排污口排查整治和监管归谁', '找不见是谁家的 谁来查源头'],
])('who does it is no township that only reports or helps: %s, %s', async (before, text) => {
  await talk.say('张三', before);
  expect(await talk.say('张三', text)).not.toContain('镇街要做什么');
});

it.each(['还下任务吗', '以后还考核不'])('%s, of what was taken back', async (text) => {
  await talk.say('张三', '无偿献血人数指标');
  expect(await talk.say('张三', text)).toContain('取消');
});

it.each([
  ['流浪犬猫控制收容和处置归谁', '有主就是不拴绳那种呢', '不拴绳遛犬'],
  ['无偿献血人数指标', '那一人捐一百的那个呢', '慈善募捐数额'],
])('%s, %s: the row that has the very words', async (before, text, matter) => {
  await talk.say('张三', before);
  expect(await talk.say('张三', text)).toContain(matter);
});

it.each([
  ['路边通信杆歪了线耷拉着归谁管', '要是移动的杆子呢', '县工业和信息化局'],
  ['校外补课班违规收费归谁管', '钱收了人跑了 退费也归这家管不', '县教育和体育局'],
])('%s, %s: the part that has the word, or that is pointed at', async (before, text, unit) => {
  await talk.say('张三', before);
  expect(await talk.say('张三', text)).toContain(`:${unit}】`);
});

it('of a row of one township another is told what its own list says, and who carries it there', async () => {
  await talk.say('张三', '耕地撂荒归谁管');
  const who = await talk.say('张三', '石桥是谁管');
  expect(who).toContain('曹丙一');
  expect(who).not.toContain('柳林镇');
  expect(await talk.say('张三', '石桥镇呢')).toContain('《石桥镇基本履职事项清单》');
  expect(await talk.say('张三', '哪个干部管')).toMatch(/黄丙四(?![\s\S]*综合政务岗)/);
});

it('后一个呢, of two matters: what it says', async () => {
  await talk.say('张三', '想问俩问题：井盖丢了谁补，路灯不亮找谁');
  expect(await talk.say('张三', '后一个呢')).toContain(`【${LAMPS}】`);
});

it('我说的是在河里挖的, where two lists state the matter: the row of the other one', async () => {
  await talk.say('张三', '有人偷着挖沙子，归哪个局');
  expect(await talk.say('张三', '我说的是在河里挖的')).toContain('【河道非法采砂巡查与查处】');
});

it('a unit that an item of penalty does not name is asked for in the row that may be of its matter', async () => {
  await talk.say('张三', '有家厂子没手续自己打了口深井抽水，哪个部门管');
  expect(await talk.say('张三', '供电公司要配合啥')).toMatch(/【取用地下水和自备井管理:县供电公司】/);
});

it('asks by what law, whatever part of it is named', async () => {
  await talk.say('张三', '村里来了个讲课的班子 讲啥内容要不要先审一下 这归哪块');
  expect(await talk.say('张三', '讲座内容审核的依据是啥')).toContain('意识形态工作责任制实施办法');
});

it('asks for who is there in a unit that the row does not name', async () => {
  await talk.say('张三', '有个老兵门上光荣牌坏了 换新的找谁');
  expect(await talk.say('张三', '县退役军人局联系哪个')).toContain('程辛');
});
