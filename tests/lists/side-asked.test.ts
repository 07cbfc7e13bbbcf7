/** 县级由谁…: a question for one side is not answered by a row in which only the other stands. */
import { expect, it } from 'vitest';
import { useAssistant } from '../helpers/assistant.js';
import { DIRECT, startTalk } from '../helpers/talk.js';

const assistant = useAssistant();

async function ask(question: string): Promise<string> {
  const talk = await startTalk(assistant());
  const heard = await talk.say('张三', question, { conversation: DIRECT });
  await talk.close();
  return heard;
}

it.each([
  ['冰雹砸坏了庄稼和屋瓦，县级由谁核灾报数、分配救助款？', /主体责任 县应急管理局/],
  ['下冰雹房顶砸漏了，县里哪个部门管核灾救助', /主体责任 县应急管理局/],
  ['网格员管理县里谁牵头', /主体责任 县委政法委/],
  ['大洼村有俩娃 爹妈在广东打工好几年没露面 县里这块谁牵头', /主体责任 县民政局/],
])('%s is answered by a row that the county leads', async (question, lead) => {
  expect(await ask(question)).toMatch(lead);
});

it.each([
  ['冰雹砸坏了庄稼和屋瓦，由谁核灾报数', /受灾群众灾情核查/],
  // No list gives the county a part in it.
  ['党务公开县里哪个部门管', /党务公开/],
  ['露天矿山镇里要做些什么', /配合责任 乡镇\(街道\)|镇街职责/],
])('%s is answered as before', async (question, row) => {
  expect(await ask(question)).toMatch(row);
});

it.each(['住房公积金想提出来装修 到哪儿办', '村里老张炒股亏了 闹着要赔 找谁'])(
  '%s is offered no rows, for none is plausible',
  async (question) => {
    expect(await ask(question)).not.toContain('【请确认您问的是哪一项】');
  },
);

it('what only a guide says is offered with the guides first', async () => {
  const heard = await ask('村里一个小伙二十 没单位 想交居民养老 带啥去');
  expect(heard).toMatch(/1\. 城乡居民基本养老保险[\s\S]*2\. 城乡居民基本养老保险参保登记/);
});
