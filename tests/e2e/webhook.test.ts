/** The real assistant and bot with both platforms at webhooks: question, button, edited card, and whole lives of requests. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useAssistant } from '../helpers/assistant.js';
import { playFolder } from '../helpers/dialogues.js';
import { openPlatformAssistant, startPlatformStage } from '../helpers/platform-stage.js';
import type { Stage } from '../helpers/stage.js';

const assistant = useAssistant(() => openPlatformAssistant());
const start = (at?: number) => startPlatformStage(assistant(), at, { byWebhook: true });

describe('by webhook', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await start();
  });
  afterEach(() => stage.close());

  it.each([
    ['Telegram', '张三'],
    ['Feishu', '李四'],
  ])('answers on %s with a card whose button shows the rest', async (_, person) => {
    await stage.say(person, '路灯坏了归谁管');
    for (const part of ['城乡路灯等照明设施管护', '县住房和城乡建设局', '第36项'])
      expect(stage.changed(person)).toContain(part);
    await stage.click(person, '镇街要做什么');
    for (const part of ['镇街要做什么', '村内道路', '第36项']) expect(stage.changed(person)).toContain(part);
  });

  it('replaces the card that was pressed', async () => {
    await stage.say('张三', '呼叫住建局:柳河村东头路灯坏了十二盏');
    await stage.click('张三', '提交');
    await stage.click('李四', '签收');
    expect(stage.changed('李四')).toContain('办理中');
    expect(stage.buttons('李四')).not.toContain('签收');
  });
});

playFolder('tests/dialogues/requests', [['Telegram and Feishu by webhook', start]], ['call.yaml']);
