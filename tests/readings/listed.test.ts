/** Which of the rows listed is meant, what another class was given, and that what is named beats what was spoken of. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useAssistant } from '../helpers/assistant.js';
import { startTalk, type Talk } from '../helpers/talk.js';

const assistant = useAssistant();
let talk: Talk;
beforeEach(async () => void (talk = await startTalk(assistant())));
afterEach(() => talk.close());

/** What is answered to the last of several lines that one person says. */
async function answered(name: string, ...lines: string[]): Promise<string> {
  let said = '';
  for (const line of lines) said = await talk.say(name, line);
  return said;
}

describe('of the rows listed', () => {
  it.each([
    ['里面路灯那条找谁', '照明设施管护'],
    ['第二项我们要干啥', '沈乙'],
    ['最后一个谁牵头', '乡村建设工匠培训'],
  ])('%s asks of one', async (text, part) => {
    expect(await answered('张三', '我们镇配合住建局的有哪些', text)).toContain(part);
  });

  it('is meant the one that speaks of it, and of it the own part', async () => {
    const said = await answered('黄壬', '我们公司要配合的有几项', '下冻雨那项 让我们干啥');
    expect(said).toContain('线路覆冰');
  });
});

it('is the first of what was counted last', async () => {
  const said = await answered(
    '程甲',
    '赋权给我们街道的处罚一共几项',
    '住房城乡建设类的几项',
    '这一类头一个是啥',
  );
  expect(said).toContain('【对擅自挖掘城市道路的处罚】');
  expect(await talk.say('程甲', '清水乡赋权的是几项')).toContain('共 40 项');
});

describe('a penalty that another class was given', () => {
  it('is clearly denied, and allowed where it was given', async () => {
    expect(await answered('张三', '云岭能罚卖纸人纸马的吗')).toMatch(/不能。云岭乡属于“农业乡镇”/);
    expect(await answered('张三', '云岭能罚卖纸人纸马的吗', '那咱柳林呢')).toContain('柳林镇可以');
  });
});

describe('a matter and a unit', () => {
  it('is the part of the unit, not all that it does', async () => {
    expect(await answered('张三', '打老婆那事妇联能干啥')).toContain('受理妇女儿童投诉求助');
  });
});

describe('what is named', () => {
  it('beats what was spoken of', async () => {
    const said = await answered('张三', '坟地乱建归谁管', '水利局局长叫啥');
    expect(said).toContain('冯十');
    expect(said).not.toContain('郭辛一');
  });
});

describe('a row of the page shown', () => {
  it.each([
    ['第三个展开说说', '出租厂房“厂中厂”安全生产监管'],
    ['第3条细说', '出租厂房“厂中厂”安全生产监管'],
    ['打开第二个', '工贸企业有限空间作业安全监管'],
    ['第五项是啥内容', '居民区非法生产储存危险化学品窝点整治'],
    ['看看最后一个', '【'],
  ])('%s opens it', async (text, matter) => {
    expect(await answered('张三', '咱镇一共配合多少项', text)).toContain(`【${matter.replace('【', '')}`);
  });

  it('is counted on the page that is shown', async () => {
    const said = await answered('张三', '咱镇一共配合多少项', '下一页', '第三个展开说说');
    expect(said).toContain('【市政消火栓建设维护和使用监管】');
  });
});
