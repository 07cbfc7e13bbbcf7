/** 导出: what was changed outside the moves is never given out as what the record vouches for. */
import { expect, it } from 'vitest';
import type { Request } from '../../src/core/request.js';
import type { Conversation } from '../../src/core/chat.js';
import { sha256 } from '../../src/files/digest.js';
import { useAssistant } from '../helpers/assistant.js';
import { startTalk } from '../helpers/talk.js';

const assistant = useAssistant();
const at = (user: string): { conversation: Conversation } => ({
  conversation: { platform: 'console', chatId: user, isDirect: true },
});

it('says that words were changed at the top of the document, and calls no such document genuine', async () => {
  const talk = await startTalk(assistant());
  await talk.say('张三', '呼叫水利局 柳林镇东河桥头河堤渗水', at('张三'));
  const sent = await talk.click('张三', '提交', at('张三'));
  const number = /QS-\d{4}-\d{6}/.exec(sent)?.[0] ?? '';
  const exportNow = async () => {
    const heard = await talk.say('张三', `导出 ${number}`, at('张三'));
    const reply = talk.delivered.at(-1)?.reply;
    const content = reply && 'attachment' in reply ? String(reply.attachment.content) : '';
    const lines = (await talk.store.listRecord(number)).filter(({ data }) => data['act'] === 'export');
    return { heard, content, data: lines.at(-1)?.data };
  };
  const sound = await exportNow();
  expect(sound.content).toMatch(/办理经过 \d+ 条与台账一致/);
  expect(sound.data).toEqual({ act: 'export', document: sha256(sound.content) });

  const request = (await talk.store.getRequest(number)) as Request;
  const forged = { ...request, text: '河堤没有渗水', place: '别处' };
  await talk.store.commit([{ kind: 'request', request: forged, expectedVersion: request.version }]);
  const { heard, content, data } = await exportNow();
  expect(content).toMatch(/^# .+\n\n\*\*核对:正文、地点.+与台账不符,内容被改动过,本件不作凭据。\*\*/);
  expect(content).not.toContain('一致');
  expect(heard).toContain('不作凭据');
  expect(data).not.toHaveProperty('document');
  await talk.close();
});
