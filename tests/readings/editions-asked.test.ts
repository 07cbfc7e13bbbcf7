/** Of the lists as a whole, of what people remark on them, and of who stands in. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useAssistant } from '../helpers/assistant.js';
import { startTalk, type Talk } from '../helpers/talk.js';

const assistant = useAssistant();
let talk: Talk;
beforeEach(async () => void (talk = await startTalk(assistant())));
afterEach(() => talk.close());

describe('of the lists as a whole', () => {
  it.each(['现在是第几版', '现行版次是哪个', '清单啥时候发布的', '清单最近一次更新是啥时候', '啥时候发布的'])(
    '%s names the edition in force',
    async (text) => {
      expect(await talk.say('王五', text)).toMatch(/现行版次:.*项。\n生效日期:/);
    },
  );

  it.each(['我要换新清单 咋弄', '新清单怎么导入', '怎么更新清单', '清单咋换'])(
    '%s: the list office is told how, others who does it',
    async (text) => {
      expect(await talk.say('王五', text)).toContain('生成草稿');
      expect(await talk.say('张三', text)).toContain('由编办导入');
    },
  );

  it.each(['今天有没有人反映清单不对', '有啥问题反馈', '最近有人对清单提意见没', '收到哪些反馈'])(
    '%s shows what people remarked to the list office alone',
    async (text) => {
      expect(await talk.say('王五', text)).toContain('没有待处理的问题');
      expect(await talk.say('张三', text)).toContain('供编办使用');
    },
  );

  it.each(['清单哪些事项没写依据', '没有依据的有几条', '哪些事项没列依据', '有多少项没写法律依据'])(
    '%s counts the rows without a basis',
    async (text) => {
      expect(await talk.say('王五', text)).toMatch(/【没有写依据】\n共 \d+ 项/);
    },
  );
});

describe('who stands in', () => {
  it.each(['我请两天假 谁替我', '我出差了谁代我', '我的代理人是谁', '谁替我'])(
    '%s is answered from the directory',
    async (text) => {
      expect(await talk.say('李四', text)).toContain('代理人');
    },
  );
});

describe('behind what was shown', () => {
  it('哪家最慢 compares the units of the statistics, and ranks none', async () => {
    await talk.say('王五', '本月全县办结率多少');
    expect(await talk.say('王五', '哪家最慢')).toContain('各单位');
  });

  it.each(['供电公司配合啥', '供电公司要配合些什么', '那公安局协助啥'])(
    '%s is asked of the row',
    async (text) => {
      await talk.say('李四', '路灯坏了归谁管');
      expect(await talk.say('李四', text)).toContain('【城乡路灯等照明设施管护:县');
    },
  );

  it.each(['行 谢了', '麻烦你了', '中 谢谢', '今儿可真冷'])('%s says nothing of a case', async (text) => {
    await talk.say('张三', '呼叫住建局:大洼村村口路灯不亮');
    await talk.say('张三', '提交');
    const said = await talk.say('张三', text);
    expect(said).not.toMatch(/请确认|补充说明|→/);
  });
});

describe('small talk beside a case', () => {
  it.each(['中午吃啥好', '今儿可真冷', '几点下班啊'])('%s is no progress of it', async (text) => {
    await talk.say('张三', '呼叫住建局:大洼村村口路灯不亮');
    await talk.say('张三', '提交');
    await talk.say('李四', '签收');
    expect(await talk.say('李四', text)).not.toMatch(/报告进展|已补充/);
  });
});

describe('a reminder for somebody who is not named', () => {
  it('is not set for oneself', async () => {
    expect(await talk.say('张三', '提醒他周五上午九点报沿街门店底数')).not.toContain('提醒:您本人');
  });
});

describe('a reminder for the own unit', () => {
  it.each(['周五下午三点提醒局里开碰头会', '周五下午三点提醒全局开碰头会'])(
    '%s is set by its head alone',
    async (text) => {
      expect(await talk.say('李四', text)).toContain('您不能直接给本单位其他人设提醒');
      expect(await talk.say('郑九', text)).toContain('请核对');
    },
  );

  it('提醒我局里开会 is for oneself, and 郑九知道吗 is told so', async () => {
    expect(await talk.say('李四', '周五下午三点提醒我局里开会')).toContain('提醒:您本人');
    expect(await talk.say('李四', '郑九知道吗')).toContain('您本人');
  });
});
