/** 执法监督: the unit that is complained of learns nothing anywhere before the office that oversees says so. */
import { describe, expect, it } from 'vitest';
import { useAssistant } from '../helpers/assistant.js';
import { GROUP, startTalk } from '../helpers/talk.js';
import { readableFor } from '../../src/requests/confidential.js';
import { maySee } from '../../src/requests/permissions.js';
import { act, file, JUSTICE, SQUAD, TOWNSHIP } from '../helpers/requests.js';
import type { Conversation } from '../../src/core/chat.js';

const assistant = useAssistant();
const at = (user: string): { conversation: Conversation } => ({
  conversation: { platform: 'console', chatId: user, isDirect: true },
});

const WORDS = '执法队昨天在集上乱罚款,没开收据,我要投诉';
/** Of the team that is meant, of its bureau, of the township, of its leader, of the list office, of the county's leaders. */
const OTHERS = ['周丙', '邓乙', '袁乙', '王五'];

async function complain() {
  const talk = await startTalk(assistant());
  const drafted = await talk.say('张三', WORDS, at('张三'));
  const sent = await talk.click('张三', '提交', at('张三'));
  const number = /QS-\d{4}-\d{6}/.exec(sent)?.[0] ?? '';
  return { talk, drafted, sent, number };
}

describe('a complaint about enforcement', () => {
  it('goes to the 司法所 of the township and is told to nobody else', async () => {
    const { talk, drafted, sent, number } = await complain();
    expect(drafted).toContain('柳林镇司法所');
    expect(sent).toContain('保密');
    expect(number).not.toBe('');
    const chats = new Set(talk.delivered.map(({ conversation }) => conversation.chatId));
    expect([...chats].sort()).toEqual(['张三', '徐丙五'].sort());
    await talk.close();
  });

  it('is in no list, no search and behind no number of anybody else', async () => {
    const { talk, number } = await complain();
    for (const user of OTHERS)
      for (const said of [
        '待我办理',
        '我的请求',
        '全部请求',
        '逾期',
        '进度 集上 罚款',
        `进度 ${number}`,
        `导出 ${number}`,
        `经过 ${number}`,
      ]) {
        const heard = await talk.say(user, said, at(user));
        expect(heard, `${user}: ${said}`).not.toMatch(/乱罚款|执法监督 QS|没开收据/);
        if (!said.includes(number)) expect(heard, `${user}: ${said}`).not.toContain(number);
      }
    expect(await talk.say('周丙', `进度 ${number}`, at('周丙'))).toContain('没有查到');
    expect(await talk.press('周丙', 'req-sign', `${number} A1`, at('周丙'))).toContain('没有查到');
    await talk.close();
  });

  it('is seen by who filed it and by who oversees', async () => {
    const { talk, number } = await complain();
    expect(await talk.say('张三', '我的请求', at('张三'))).toContain(number);
    expect(await talk.say('徐丙五', '待我办理', at('徐丙五'))).toContain(number);
    await talk.close();
  });

  it('reaches the unit when the office asks it for its part, without the name of who complained', () => {
    const filed = act(file('oversight'), { kind: 'sign' }, JUSTICE);
    expect(maySee(SQUAD, filed)).toBe(false);
    const asked = {
      kind: 'add-support',
      organization: '柳林镇综合行政执法中队',
      reason: '说明情况',
    } as const;
    const released = act(filed, asked, JUSTICE);
    expect(maySee(SQUAD, released)).toBe(true);
    const read = JSON.stringify(readableFor(released, '柳林镇综合行政执法中队', false));
    expect(read).toContain('反映人(保密)');
    expect(read).not.toContain(TOWNSHIP.account);
    expect(readableFor(released, '柳林镇司法所', false)).toEqual(released);
  });
});

describe('in a group', () => {
  it('is not filed: it has to be said to the bot alone', async () => {
    const talk = await startTalk(assistant());
    await talk.say('张三', WORDS, { conversation: GROUP, isAddressed: true });
    expect(await talk.click('张三', '提交', { conversation: GROUP, isAddressed: true })).toContain('单聊');
    await talk.close();
  });
});
