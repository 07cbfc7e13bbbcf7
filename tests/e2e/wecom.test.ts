/** The real assistant, bot and adapter against a WeCom on loopback: question, choice, button, and whole lives of requests. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useAssistant } from '../helpers/assistant.js';
import { playFolder } from '../helpers/dialogues.js';
import type { FakeWecom } from '../helpers/fake-wecom.js';
import type { Stage } from '../helpers/stage.js';
import { openWecomAssistant, startWecomStage, WECOM_GROUP } from '../helpers/wecom-stage.js';

const assistant = useAssistant(() => openWecomAssistant(`单位,群\n柳林镇,wecom:${WECOM_GROUP}\n`));
let stage: Stage & { fake: FakeWecom };
beforeEach(async () => {
  stage = await startWecomStage(assistant());
});
afterEach(() => stage.close());

describe('on WeCom', () => {
  it('answers a question by its own call, with words and buttons as one message', async () => {
    await stage.say('张三', '路灯坏了归谁管');
    for (const part of ['城乡路灯等照明设施管护', '县住房和城乡建设局', '第36项'])
      expect(stage.changed('张三')).toContain(part);
    expect(stage.fake.shown()).toMatchObject([
      { cmd: 'aibot_respond_msg', body: { msgtype: 'stream_with_template_card' } },
    ]);
    await stage.click('张三', '镇街要做什么');
    for (const part of ['镇街要做什么', '村内道路', '第36项']) expect(stage.changed('张三')).toContain(part);
  });

  it('answers in a group whoever calls it, and asks to be called again where it wants words', async () => {
    await stage.say('张三', '路灯坏了归谁管', { isInGroup: true });
    expect(stage.changed('柳林镇群')).toContain('第36项');
    await stage.say('张三', '我要报单', { isInGroup: true });
    expect(stage.changed('柳林镇群')).toContain('@我');
  });

  it('passes pictures on: what people sent is fetched at once and sent as a file of the bot', async () => {
    await stage.say('张三', '呼叫住建局:柳河村东头路灯坏了十二盏', { photos: [{ name: 'lamp.jpg' }] });
    await stage.click('张三', '提交');
    const files = stage.fake
      .shown()
      .flatMap(({ chat, file }) => (file ? [{ chat, bytes: String(file.bytes) }] : []));
    expect(files).not.toEqual([]);
    for (const file of files) expect(file.bytes).toBe('jpeg of a street lamp');
  });
});

for (const folder of ['requests', 'reminders', 'binding'])
  playFolder(`tests/dialogues/${folder}`, [['WeCom', (start) => startWecomStage(assistant(), start)]]);
