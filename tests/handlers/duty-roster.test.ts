/** 今晚谁值班, of the sample county's roster: tonight, tomorrow, another unit, a shift over midnight, nobody, and for whom. */
import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../src/core/chat.js';
import { useAssistant } from '../helpers/assistant.js';
import { startTalk } from '../helpers/talk.js';

const assistant = useAssistant();
const at = (user: string): { conversation: Conversation } => ({
  conversation: { platform: 'console', chatId: user, isDirect: true },
});
const HOUR = 3_600_000;

/** What 张三 of 柳林镇 hears `hours` after the sample's Wednesday begins, each question in turn. */
async function ask(hours: number, ...questions: string[]): Promise<string[]> {
  const talk = await startTalk(assistant());
  talk.clock.advance(Date.parse('2026-11-25T00:00:00+08:00') + hours * HOUR - talk.clock());
  const heard: string[] = [];
  for (const question of questions) heard.push(await talk.say('张三', question, at('张三')));
  await talk.close();
  return heard;
}

describe('the duty roster', () => {
  it('names who is on duty tonight in one’s own unit, with the telephone', async () => {
    const [tonight] = await ask(10, '今晚谁值班');
    expect(tonight).toContain('柳林镇 吕乙 0000-0000012(11月25日(周三)18:00至11月26日(周四)08:30)');
    expect(tonight).not.toMatch(/值守[甲乙丙]|陈丙/);
  });

  it.each(['今晚谁值班 他要是不在呢', '今晚咱镇值班的是哪个,要是联系不上咋办'])(
    'is told of all who are on duty where one might not be there: %s',
    async (question) => {
      expect((await ask(10, question))[0]).toContain('柳林镇 吕乙 0000-0000012');
    },
  );

  it('goes by the evening that is meant, and by the unit that is named', async () => {
    const [tomorrow, other, none] = await ask(10, '明晚谁值班', '应急局今天谁值班', '水利局今晚谁值班');
    expect(tomorrow).toMatch(/柳林镇 陈丙\(11月26/);
    expect(tomorrow).not.toContain('值守乙');
    expect(other).toContain('县应急管理局 值守丙 0000-0000013');
    expect(other).not.toContain('吕乙');
    expect(none).toMatch(/值班表没有县水利局.+的安排/);
  });

  it('holds a shift over midnight until it ends; then the county’s desk is asked as well', async () => {
    const [early] = await ask(26, '现在谁值班');
    expect(early).toContain('柳林镇 吕乙');
    expect(early).not.toContain('值守甲');
    expect((await ask(32.5, '现在谁值班'))[0]).toContain('值班表没有柳林镇');
  });

  it.each([
    ['25号那天咱镇谁值的班', /柳林镇 吕乙/],
    ['上周三晚上谁值班', /柳林镇 吕乙/],
    ['11月26号是哪个值班', /柳林镇 陈丙/],
    ['上周值班安排查一下', /吕乙[\s\S]*陈丙/],
    ['上个月25号各单位谁值班', /柳林镇 吕乙[\s\S]*值守甲|值守甲[\s\S]*柳林镇 吕乙/],
    ['上周四政府办谁值班', /县政府办公室 值守乙/],
    ['前天晚上我们镇值班的是谁', /值班表没有柳林镇11月29日/],
    ['陈丙哪天值班', /最近一次:柳林镇 陈丙\(11月26日/],
    ['我下次什么时候值班', /值班表没有张三接下来的安排/],
  ])('tells of days that have gone by: %s', async (question, wanted) => {
    const [heard] = await ask(6 * 24 + 9, question);
    expect(heard).toMatch(wanted);
    expect(heard).not.toMatch(/已设提醒|请确认/);
  });

  it.each([
    [
      ['咱镇今晚谁值班', '值班电话发我', '明晚呢', '他电话多少', '第二天呢'],
      [/吕乙/, /0000-0000012/, /陈丙/, /陈丙 没有登记电话/, /没有柳林镇11月27日/],
    ],
    [
      ['今天应急局谁值班', '政府办那晚上呢', '电话多少', '26号呢', '咱镇呢'],
      [/值守丙/, /值守甲/, /值守甲 0000-0000011/, /值守乙/, /陈丙/],
    ],
    [
      ['今晚谁值班', '他哪天还值班'],
      [/吕乙/, /吕乙值班:\n柳林镇 吕乙/],
    ],
  ])('goes on about it: %s', async (questions, wanted) => {
    const heard = await ask(10, ...questions);
    for (const [i, pattern] of wanted.entries()) expect(heard[i]).toMatch(pattern);
    expect(heard.join('\n')).not.toMatch(/已设提醒|请确认/);
  });

  it.each([
    '值班值守由谁负责',
    '防汛值班归哪个部门管',
    '住建局值班电话',
    '明晚谁去开会',
    '周五下午四点提醒我发下周值班表',
    '提醒吕乙今晚十一点值班',
  ])('is not what %s asks', async (text) => {
    expect((await ask(10, text))[0]).not.toMatch(/值班表没有|日\(周.\)[^\n]*值班:/);
  });

  it('leaves what comes after it to others', async () => {
    const [, set] = await ask(10, '今晚谁值班', '明天下午五点提醒我找他交接钥匙');
    expect(set).toMatch(/已设提醒[\s\S]*交接钥匙/);
  });

  it('is for those who are bound', async () => {
    const talk = await startTalk(assistant());
    expect(await talk.say('路人', '今晚谁值班', at('路人'))).not.toMatch(/吕乙|值守/);
    await talk.close();
  });
});
