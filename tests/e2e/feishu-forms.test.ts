/**
 * The whole life of requests in groups of Feishu where only mentions of the bot are delivered: after the one mention that calls
 * it everything is pressed or filled in.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useAssistant } from '../helpers/assistant.js';
import { startFormStage, type FormStage } from '../helpers/feishu-forms.js';
import { openBoundAssistant } from '../helpers/platform-stage.js';

const [TOWN, WATER] = ['oc_liulin', 'oc_shuili'];
const assistant = useAssistant(() =>
  openBoundAssistant({
    platforms: ['feishu'],
    accountOf: (_, number) => `feishu:ou_p${number}`,
    groups: `单位,群\n柳林镇,feishu:${TOWN}\n县水利局,feishu:${WATER}\n`,
  }),
);
let stage: FormStage;
beforeEach(async () => {
  stage = await startFormStage(assistant());
});
afterEach(() => stage.close());

const requests = async () => (await stage.store.findRequests({}, { offset: 0, limit: 9 })).requests;
const only = async () => (await requests())[0];
const TEXT = '南柳村东头机井边的井盖坏了,请派人来看看';

async function file(): Promise<void> {
  await stage.call('张三', TOWN, '呼叫');
  await stage.fill('张三', { text: TEXT, lead: '县水利局', place: '南柳村东头' });
  await stage.press('张三', '提交');
}

describe('by forms alone', () => {
  it('a request is filed, signed, extended, granted, answered, rated', async () => {
    await stage.call('张三', TOWN, '呼叫');
    await stage.fill('张三', { text: TEXT, lead: '县水利局', place: '南柳村东头' });
    // The draft stands where the form stood.
    expect(stage.said()).toContain('请确认');
    expect(stage.said()).toContain('南柳村东头');
    await stage.press('张三', '提交');
    expect(await only()).toMatchObject({ text: TEXT, place: '南柳村东头', status: 'open' });
    await stage.press('韩辛', '签收');
    await stage.press('韩辛', '申请延期');
    await stage.fill('韩辛', { text: '井盖要定做', until: '2026-03-11 +0800' });
    const asked = (await only())?.events.findLast(({ kind }) => kind === 'extension-asked');
    expect(asked).toMatchObject({ text: '井盖要定做' });
    expect(new Date(Number(asked?.facts?.['untilAt'])).toISOString()).toBe('2026-03-11T10:00:00.000Z');
    await stage.press('张三', '同意延期');
    await stage.press('韩辛', '答复');
    await stage.fill('韩辛', { text: '井盖已更换,现场已复核。' });
    expect(await only()).toMatchObject({ status: 'answered' });
    await stage.press('张三', '评价');
    await stage.fill('张三', { speed: '5', handling: '4', result: '5', text: '处置及时' });
    const done = await only();
    expect(done?.status).toBe('concluded');
    expect(done?.events.findLast(({ kind }) => kind === 'rated')).toMatchObject({
      facts: { speed: 5, handling: 4, result: 5 },
    });
  });

  it('one that is not theirs is given back with a reason, and goes to another unit', async () => {
    await file();
    await stage.press('韩辛', '退回');
    await stage.fill('韩辛', { text: '机井由县住房和城乡建设局管护,属地清单第36项' });
    expect((await only())?.events.at(-1)).toMatchObject({ kind: 'returned' });
  });
});

describe('a form', () => {
  it('sent twice acts once, and leaves nothing to press', async () => {
    await file();
    await stage.press('韩辛', '签收');
    await stage.press('韩辛', '答复');
    await stage.fill('韩辛', { text: '井盖已更换,现场已复核。' });
    const events = (await only())?.events.length;
    await stage.fillAgain();
    expect((await only())?.events.length).toBe(events);
    expect(stage.said()).toMatch(/已收到,没有重复|已答复/);
  });

  it('of a dialogue that is over is read back instead of lost', async () => {
    await file();
    await stage.press('韩辛', '签收');
    await stage.press('韩辛', '补充');
    stage.clock.advance(31 * 60_000);
    await stage.fill('韩辛', { text: '已经到现场,明天换井盖' });
    expect(stage.said()).toContain('请核对');
    expect((await only())?.events.at(-1)?.kind).not.toBe('noted');
    await stage.press('韩辛', '确认');
    expect((await only())?.events.findLast(({ kind }) => kind === 'noted')?.text).toContain('明天换井盖');
  });

  it('filled in by somebody else acts for that person or not at all', async () => {
    await file();
    await stage.press('韩辛', '签收');
    await stage.press('韩辛', '退回');
    const events = (await only())?.events.length;
    const shown = stage.shown().findLast(({ content }) => JSON.stringify(content).includes('"form"'));
    if (shown?.chat === WATER) await stage.fill('张三', { text: '不归我们' });
    expect((await only())?.events.length).toBe(events);
  });

  it('with a day that is over, or beyond what may be asked for, is refused with a word', async () => {
    await file();
    await stage.press('韩辛', '签收');
    for (const until of ['2020-01-01 +0800', '2027-12-31 +0800']) {
      if (until.startsWith('2020')) await stage.press('韩辛', '申请延期');
      await stage.fill('韩辛', until.startsWith('2020') ? { text: '井盖要定做', until } : { until });
      expect((await only())?.events.findLast(({ kind }) => kind === 'extension-asked')).toBeUndefined();
      expect(stage.said()).toMatch(/应晚于现在的期限|最多可以延至/);
    }
    // The words stand in the form that asks again: only the day is put right.
    await stage.fill('韩辛', { until: '2026-03-11 +0800' });
    expect((await only())?.events.findLast(({ kind }) => kind === 'extension-asked')?.text).toBe(
      '井盖要定做',
    );
  });

  it('with a unit that nobody offered asks again', async () => {
    await stage.call('张三', TOWN, '呼叫');
    await stage.fill('张三', { text: TEXT, lead: '县某某局' });
    expect(stage.said()).toContain('名录中没有查到这个单位');
    expect(await requests()).toEqual([]);
    // What was written stands in the form that asks again.
    await stage.fill('张三', { lead: '县水利局' });
    await stage.press('张三', '提交');
    expect(await only()).toMatchObject({ text: TEXT });
  });

  it('with a unit that nobody offered goes to none that the reason happens to name', async () => {
    await file();
    await stage.press('韩辛', '签收');
    await stage.call('韩辛', WATER, `转办 ${(await only())?.number ?? ''}`);
    await stage.fill('韩辛', { to: '县某某局', text: '这是县交通运输局管护的路段' });
    expect(stage.said()).toContain('名录中没有这个单位');
    expect((await only())?.events.map(({ kind }) => kind)).not.toContain('transferred');
  });

  it('with a time that is over asks again', async () => {
    await stage.call('张三', TOWN, '呼叫');
    await stage.fill('张三', { text: TEXT, lead: '县水利局', wanted: '2020-01-01 09:00 +0800' });
    expect(stage.said()).toContain('已经过去');
  });

  it('that tells of somebody in danger says whom to call first', async () => {
    await stage.call('张三', TOWN, '呼叫');
    await stage.fill('张三', { text: '机井里掉进去一个小孩,还在里面', lead: '县水利局' });
    expect(stage.said()).toContain('【紧急】');
    expect(stage.said()).toContain('请确认');
  });
});
