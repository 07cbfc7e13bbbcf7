/** Words that were passed on: a question is answered, nothing is done. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useAssistant } from './helpers/assistant.js';
import { DIRECT, GROUP, replyToText, startTalk, type Talk } from './helpers/talk.js';
import type { Attachment, Message } from '../src/core/chat.js';

const assistant = useAssistant();
const REFUSED = '转发的内容不作为您的指令;需要办理请直接发送。';
let talk: Talk;
let count = 0;

beforeEach(async () => {
  talk = await startTalk(assistant());
});
afterEach(() => talk.close());

async function forward(id: string, text: string, more: Partial<Message> = {}): Promise<string> {
  const before = talk.delivered.length;
  await talk.bot.accept({
    ...{ kind: 'message', id: `console:f${++count}`, conversation: DIRECT, at: talk.clock() },
    ...{ user: { platform: 'console', id }, messageId: `f${count}`, text, isAddressed: true },
    isForwarded: true,
    ...more,
  });
  await talk.bot.idle();
  return talk.delivered
    .slice(before)
    .map(({ reply }) => replyToText(reply))
    .join('\n');
}

describe('a forwarded', () => {
  it('question is answered from its row, and the answer can be followed up', async () => {
    expect(await forward('张三', '路灯坏了归谁管')).toContain('第36项');
    expect(await talk.say('张三', '依据是什么')).toContain('第36项');
  });

  it.each([
    ...['签收 QS-2026-000001', '签收', '评价 QS-2026-000001 满意', '取消提醒 TX-2026-000001'],
    ...['完成提醒', '稍后', '提醒我明天九点开会', '每周一提醒我交报表', '裁定 QS-2026-000001', '批准延期'],
    ...['呼叫水利局:河堤渗水', '撤回 QS-2026-000001', '订阅 汛期巡查', '整改完成 3', '回退上一版'],
    ...['纠错 应该归城管', '问题汇总', '转办 水利局', '/sign QS-2026-000001', '办结 已处理'],
  ])('instruction “%s” is not one', async (text) => {
    expect(await forward('张三', text)).toBe(REFUSED);
    expect(await talk.store.findReminders({ isActive: true })).toEqual([]);
    const all = await talk.store.findRequests({}, { offset: 0, limit: 5 });
    expect(all.total).toBe(0);
  });

  it('picture or file is no part of what is written, nor a list to import', async () => {
    const of = (kind: Attachment['kind'], name: string): Partial<Message> => ({
      attachments: [{ platform: 'console', kind, id: 'a', name }],
    });
    expect(await forward('张三', '', of('photo', 'a.jpg'))).toBe(REFUSED);
    expect(await forward('王五', '', of('file', '清单.xlsx'))).toBe(REFUSED);
  });

  it('history without words says what to do', async () => {
    expect(await forward('张三', '')).toContain('请把那句话直接发送');
  });

  it('text answers no open dialogue, which stays open', async () => {
    expect(await talk.say('张三', '提醒我开会')).toContain('什么时候');
    expect(await forward('张三', '明天上午九点')).not.toContain('已设');
    expect(await forward('张三', '路灯坏了归谁管')).toContain('第36项');
    expect(await talk.store.findReminders({})).toEqual([]);
    await talk.say('张三', '明天上午九点');
    expect(await talk.store.findReminders({})).toHaveLength(1);
  });

  it('number is no choice', async () => {
    const offered = await talk.say('张三', '占道经营');
    if (!offered.includes('请点选')) return;
    expect(await forward('张三', '1')).not.toContain('出处');
  });

  it('text in a group is left alone, also where a dialogue waits', async () => {
    const there = { conversation: GROUP, isAddressed: false };
    await talk.say('张三', '提醒我开会', { conversation: GROUP, isAddressed: true });
    expect(await forward('张三', '明天上午九点', there)).toBe('');
    expect(await forward('张三', '签收 QS-2026-000001', there)).toBe('');
  });
});

describe('names and posts', () => {
  it('are told to bound people alone', async () => {
    for (const conversation of [DIRECT, GROUP]) {
      const at = { conversation, isAddressed: true };
      await talk.say('张三', '路灯坏了归谁管', at);
      expect(await talk.say('张三', '找谁', at)).toMatch(/李四[^]*曾乙二/);
      const answer = await talk.say('路人', '路灯坏了归谁管', at);
      const contact = await talk.say('路人', '找谁', at);
      expect(contact).toContain('县住房和城乡建设局');
      expect(contact).toContain('登记办法');
      const names = assistant().tools.directory.people.map(({ name }) => name);
      const posts = assistant().tools.directory.people.flatMap(({ posts: own }) => own);
      for (const word of [...names, ...posts]) expect(answer + contact).not.toContain(word);
    }
  });

  it('are not found out by a reminder for somebody', async () => {
    const known = await talk.say('路人', '明天九点提醒李四交报表');
    const unknown = await talk.say('路人', '明天九点提醒李某某交报表');
    expect(known).not.toContain('住房和城乡建设局');
    expect(known.replace(/李四|TX-\S+/g, '')).toBe(unknown.replace(/李某某|TX-\S+/g, ''));
  });
});
