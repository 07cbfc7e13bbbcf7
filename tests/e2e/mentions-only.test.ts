/**
 * The whole life of a request in a group that delivers nothing but what calls the bot (Telegram in privacy mode, WeCom
 * always): both sides stay in the group, every message is a mention, and nobody opens a chat of their own. Feishu's is
 * feishu-forms.test.ts.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { useAssistant } from '../helpers/assistant.js';
import { openBoundAssistant, startPlatformStage, TELEGRAM_GROUP } from '../helpers/platform-stage.js';
import { GROUP_OF, type Stage } from '../helpers/stage.js';
import { openWecomAssistant, startWecomStage, WECOM_GROUP } from '../helpers/wecom-stage.js';

const HOUR = 3_600_000;
const GROUP = GROUP_OF.name;

const onTelegram = useAssistant(() =>
  openBoundAssistant({
    platforms: ['telegram'],
    accountOf: (_, number) => `telegram:${500_000 + number}`,
    groups: `单位,群\n柳林镇,telegram:${TELEGRAM_GROUP}\n`,
  }),
);
const onWecom = useAssistant(() => openWecomAssistant(`单位,群\n柳林镇,wecom:${WECOM_GROUP}\n`));

let stage: Stage;
afterEach(() => stage.close());

const STAGES: [string, () => Promise<Stage>][] = [
  ['Telegram', () => startPlatformStage(onTelegram())],
  ['WeCom', () => startWecomStage(onWecom())],
];

describe.each(STAGES)('in a group of %s where only mentions are delivered', (_, start) => {
  const call = (person: string, text: string) => stage.say(person, text, { isInGroup: true });
  const request = async () => (await stage.store.findRequests({}, { offset: 0, limit: 2 })).requests[0];
  const kinds = async () => (await request())?.events.map(({ kind }) => kind) ?? [];

  it('a request is asked for step by step, filed, signed, extended, answered and rated', async () => {
    stage = await start();
    await call('张三', '我要报单');
    await call('张三', '柳河村东头的机井井盖坏了,请派人来看看');
    await call('张三', '县水利局');
    await stage.click(GROUP, '提交', '张三');
    expect(await request()).toMatchObject({
      status: 'open',
      text: expect.stringContaining('井盖坏了') as string,
    });
    await call('韩辛', '签收');
    await stage.advance(HOUR);
    await call('韩辛', '已派人去看了');
    await call('韩辛', '申请延期两天,井盖要定做');
    await call('张三', '同意延期');
    await stage.click(GROUP, '确认', '张三');
    await call('韩辛', '答复:井盖已更换,现场已复核');
    expect(await request()).toMatchObject({ status: 'answered' });
    await call('张三', '评价 5 4 5');
    await stage.click(GROUP, '确认', '张三');
    expect(await kinds()).toEqual(
      expect.arrayContaining(['signed', 'noted', 'extension-granted', 'answered', 'rated']),
    );
    expect((await request())?.events.findLast(({ kind }) => kind === 'rated')).toMatchObject({
      facts: { speed: 5, handling: 4, result: 5 },
    });
    expect(await request()).toMatchObject({ status: 'concluded' });
  });

  it('one is returned with a reason and withdrawn with another, each asked for where it is missing', async () => {
    stage = await start();
    await call('张三', '呼叫县水利局:柳河村东头的机井井盖坏了,请派人来看看');
    await stage.click(GROUP, '提交', '张三');
    await call('韩辛', '退回');
    await call('韩辛', '机井由县住房和城乡建设局管护');
    expect((await request())?.events.at(-1)).toMatchObject({
      kind: 'returned',
      text: expect.stringContaining('管护') as string,
    });
    await call('张三', '撤回');
    await call('张三', '改报县住房和城乡建设局');
    await stage.click(GROUP, '确认', '张三');
    expect((await request())?.status).toBe('withdrawn');
  });
});
