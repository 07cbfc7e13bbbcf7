/** What was answered is filed, and what is sent where no draft is left. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useAssistant } from '../helpers/assistant.js';
import { startTalk, type Talk } from '../helpers/talk.js';

const assistant = useAssistant();
let talk: Talk;
beforeEach(async () => void (talk = await startTalk(assistant())));
afterEach(() => talk.close());

const LAMP = '路灯坏了归谁管';

/** What is answered to the last of several lines that one person says. */
async function answered(...lines: string[]): Promise<string> {
  let said = '';
  for (const line of lines) said = await talk.say('张三', line);
  return said;
}

describe('an answer that is to be filed', () => {
  it.each([
    '帮我报给他们吧',
    '那就报上去',
    '给他们提一个',
    '帮我呼叫一下他们',
    '那我上报一下',
    '你帮我转给他们呗',
    '把这事反映给县里',
    '起草个单子吧',
    '帮我跟他们说一声',
    '报给他们行不行',
  ])('%s opens the draft of the row', async (text) => {
    const said = await answered(LAMP, text);
    expect(said).toContain('主办单位:县住房和城乡建设局');
    expect(said).toContain('第36项');
    expect(said).not.toContain('QS-');
  });

  it.each(['我报上去了', '他们会不会报上去', '那就不报了', '中 我先跟他说一声 你可别替我往上报啊'])(
    '%s opens none',
    async (text) => {
      expect(await answered(LAMP, text)).not.toContain('【请确认:呼叫】');
    },
  );

  it.each([
    ['是县道边上 我们修不了 替我报上去', '我们修不了'],
    ['那帮我报给他们 大洼村村口黑了三盏', '三盏'],
  ])('%s: tells more of it', async (text, told) => {
    expect(await answered(LAMP, text)).toMatch(new RegExp(`内容:[^\n]*${told}`));
  });

  it('goes to the unit that is named', async () => {
    const said = await answered(LAMP, '替我报给供电公司 变压器那边没电');
    expect(said).toContain('主办单位:县供电公司');
    expect(said).toContain('变压器那边没电');
  });

  it('is told and completed in the draft', async () => {
    expect(await answered(LAMP, '帮我报给他们吧', '地点是大洼村村口')).toContain('地点:大洼村村口');
    const said = await talk.say('张三', '再加一句 已经摔了两个骑车的');
    expect(said).toContain('已经摔了两个骑车的');
    expect(said).not.toContain('【紧急】');
  });

  it('is not filed twice', async () => {
    await answered(LAMP, '帮我报给他们吧', '地点是大洼村村口', '提交');
    expect(await talk.say('张三', '那就报上去')).toContain('QS-');
    expect(await talk.say('张三', '提交')).not.toContain('没有待提交');
  });
});

describe('a draft', () => {
  it.each(['先放着', '先放一放吧', '先留着', '先放着 我去看一眼'])('is kept at %s', async (text) => {
    expect(await answered(LAMP, '帮我报上去', text)).toContain('草稿保留着');
    expect(await talk.say('张三', '回来了 刚才那个草稿给我看看')).toContain('【请确认:呼叫】');
  });

  it.each(['提交刚才那个', '好 刚才那个提交', '算了 发吧'])('is sent by %s', async (text) => {
    expect(await answered(LAMP, '帮我报上去', '地点是大洼村村口', '先放着', text)).toContain('已提交');
  });

  it.each(['提交', '发吧', '算了 发吧', '报上去吧', '提交刚才那个'])(
    'that is not there is not sent by %s',
    async (text) => {
      expect(await answered(text)).toContain('没有待提交的草稿');
    },
  );
});
