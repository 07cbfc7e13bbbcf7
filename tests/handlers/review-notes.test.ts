/** 问题汇总 in the chat: real assistant, bot and store. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decidedOf } from '../../src/editions/remarks.js';
import { useAssistant } from '../helpers/assistant.js';
import { GROUP, startTalk, type Talk } from '../helpers/talk.js';

const OFFICE = '王五';
const assistant = useAssistant();
let talk: Talk;

beforeEach(async () => {
  talk = await startTalk(assistant());
});
afterEach(() => talk.close());

const verdicts = async () => decidedOf(await talk.notes()).map(({ verdict }) => verdict);

describe('what is kept', () => {
  it('names nobody', async () => {
    await talk.say('张三', '路灯坏了归谁管');
    await talk.say('张三', '答错了,李四说打13800138000找王大爷');
    expect((await talk.notes()).map(({ text }) => text)).toEqual(['路灯坏了归谁管 ⇒ 某某说打(电话)找某大爷']);
  });

  it('is the row that was chosen, with the one that had been answered', async () => {
    await talk.say('张三', '路灯坏了归谁管');
    await talk.click('张三', '其他候选');
    await talk.click('张三', '2.');
    const [note] = await talk.notes();
    expect(note).toMatchObject({ topic: 'chosen-instead', text: '路灯坏了归谁管' });
    expect(note?.rows).toHaveLength(2);
    expect(note?.rows[1]).toMatch(/\/36$/);
    expect(note?.rows[0]).not.toBe(note?.rows[1]);
  });

  it('is a question that the lists do not answer, once', async () => {
    await talk.say('张三', '谁管 月球基地的氧气供应');
    await talk.click('张三', '请编办答复');
    expect((await talk.notes()).map(({ topic }) => topic)).toEqual(['unanswered', 'no-row']);
    const shown = await talk.say(OFFICE, '问题汇总');
    expect(shown).toContain('1 条相近的问题,例如“月球基地的氧气供应”:没有合适的事项 1 条');
  });
});

describe('review', () => {
  const ask = async () => {
    for (const person of ['张三', '李四', '赵六']) {
      await talk.say(person, '路灯坏了归谁管');
      await talk.click(person, '不是这个');
    }
    await talk.say('张三', '谁管 月球基地的氧气供应');
  };

  it('is for the list office, in private', async () => {
    await ask();
    expect(await talk.say('张三', '问题汇总')).toContain('供编办使用');
    expect(await talk.say(OFFICE, '问题汇总', { conversation: GROUP, isAddressed: true })).toContain('私聊');
    expect(await talk.say(OFFICE, '问题汇总')).toContain(
      '3 条相近的问题,例如“路灯坏了归谁管”:不是所答的事项 3 条',
    );
  });

  it('adopts phrasings of a row, shows the next, takes back', async () => {
    await ask();
    await talk.say(OFFICE, '问题汇总');
    expect(await talk.click(OFFICE, '采纳为问法')).toContain('采纳为哪一项的问法');
    expect(await talk.click(OFFICE, '1.')).toContain('的问法:路灯坏了归谁管。');
    expect(await verdicts()).toMatchObject([{ kind: 'phrasing', phrasings: ['路灯坏了归谁管'] }]);
    expect(await talk.click(OFFICE, '继续')).toContain('问题汇总 1/1');
    expect(await talk.click(OFFICE, '不采纳')).toContain('已记为不采纳');
    expect(await talk.say(OFFICE, '问题汇总')).toContain('没有待处理的问题');
    expect(await talk.click(OFFICE, '撤回')).toContain('已撤回');
    expect(await talk.say(OFFICE, '问题汇总')).toContain('月球基地');
    expect(assistant().knowledge.edition.rows.some((row) => row.askedAs.includes('月球基地的氧气供应'))).toBe(
      false,
    );
  });

  it('adopts a name of a unit after checking it', async () => {
    await ask();
    await talk.say(OFFICE, '问题汇总');
    expect(await talk.click(OFFICE, '采纳为别名')).toContain('别名=单位');
    expect(await talk.say(OFFICE, '路灯办=县水力局')).toContain('是不是县水利局');
    expect(await talk.say(OFFICE, '公安局=县水利局')).toContain('已是县公安局的名称');
    expect(await talk.say(OFFICE, '路灯办=住建局')).toContain('已采纳“路灯办”为县住房和城乡建设局的别名');
    expect(await verdicts()).toEqual([{ kind: 'alias', unit: '县住房和城乡建设局', alias: '路灯办' }]);
  });

  it('begins a new matter, or not', async () => {
    await ask();
    await talk.say(OFFICE, '问题汇总');
    await talk.click(OFFICE, '起草新事项');
    expect(await talk.say(OFFICE, '取消')).toContain('未作任何更改');
    await talk.click(OFFICE, '起草新事项');
    expect(await talk.say(OFFICE, '短')).toContain('4至60字');
    expect(await talk.say(OFFICE, '路灯专用电表管护')).toContain('已起草新事项“路灯专用电表管护”');
    expect(await verdicts()).toMatchObject([{ kind: 'new-row', matter: '路灯专用电表管护' }]);
  });

  it('does not take a press on a card of other questions', async () => {
    await ask();
    await talk.say(OFFICE, '问题汇总');
    await talk.say(OFFICE, '路灯坏了归谁管');
    expect(await talk.click(OFFICE, '不采纳')).toContain('已经过期');
    expect(await verdicts()).toEqual([]);
  });
});
