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
  it('names who is on duty tonight in one’s own unit and at the county’s desk, with their telephones', async () => {
    const [tonight] = await ask(10, '今晚谁值班');
    expect(tonight).toContain('柳林镇 吕乙 0000-0000012(11月25日(周三)18:00至11月26日(周四)08:30)');
    expect(tonight).toContain('县政府办公室 值守甲 0000-0000011');
    expect(tonight).not.toMatch(/值守丙|陈丙/);
  });

  it('goes by the evening that is meant, and by the unit that is named', async () => {
    const [tomorrow, other, none] = await ask(10, '明晚谁值班', '应急局今天谁值班', '水利局今晚谁值班');
    expect(tomorrow).toMatch(/柳林镇 陈丙\(11月26日/);
    expect(tomorrow).toContain('值守乙');
    expect(other).toContain('县应急管理局 值守丙 0000-0000013');
    expect(other).not.toContain('吕乙');
    expect(none).toMatch(/值班表没有县水利局.+的安排/);
  });

  it('holds a shift over midnight until it ends', async () => {
    expect((await ask(26, '现在谁值班'))[0]).toContain('柳林镇 吕乙');
    expect((await ask(32.5, '现在谁值班'))[0]).toContain('值班表没有柳林镇、县政府办公室');
  });

  it('is for those who are bound', async () => {
    const talk = await startTalk(assistant());
    expect(await talk.say('路人', '今晚谁值班', at('路人'))).not.toMatch(/吕乙|值守/);
    await talk.close();
  });
});
