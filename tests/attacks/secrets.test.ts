/** Who may know what, and who may move whose reminder (issue 11, part 6). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chatIdOf } from '../../scripts/chaos-platforms.js';
import { give } from '../../scripts/fuzz/give.js';
import type { Stage } from '../../scripts/fuzz/stage.js';
import { bound, groupOf, openStage, stranger, told } from '../helpers/attacks.js';

const TEST_MS = 120_000;
let stage: Stage;
beforeAll(async () => void (stage = await openStage()), TEST_MS);
afterAll(() => stage.close());

const sentence = (text: string | null) => (text ?? '').replace(/[A-Z]{2}-[\d-]+/g, 'N');

describe.each(['telegram', 'feishu'] as const)('on %s', (platform) => {
  it(
    'a reminder of a group is neither read nor put off by a stranger',
    async () => {
      const group = groupOf(platform);
      const said = await told(stage, { place: group, text: '1分钟后提醒大家交水库值班表' });
      const id = /TX-[\d-]+/.exec(said ?? '')?.[0];
      expect(id).toBeDefined();
      const due = await stage
        .hears(group, /rem-hour/, 0, 90_000)
        .then((it) => it ?? stage.hears(group, /提醒.*交水库值班表/s, 1, 1));
      const button = due?.buttons
        .map(({ data }) =>
          typeof data === 'string'
            ? data
            : `${(data as { id: string }).id} ${(data as { value: string }).value}`,
        )
        .find((data) => data.startsWith('rem-hour'));
      expect(button).toBeDefined();
      for (const action of ['rem-hour', 'rem-done', 'rem-other', 'rem-morning', 'rem-stop']) {
        const data = `${action} ${button?.split(' ')[1]}`;
        const answer = await told(stage, { place: stranger(platform), data });
        expect(answer).not.toBeNull();
        expect(answer).not.toMatch(/水库值班表|再提醒|已标记完成|已取消/);
      }
    },
    TEST_MS,
  );

  it(
    'an account that nobody knows learns no names, posts or telephones',
    async () => {
      const place = stranger(platform);
      const answer = await told(stage, { place, text: '路灯坏了归谁管' });
      const card = stage.saidIn(place).at(-1);
      const contact = card?.buttons.find(({ label }) => label === '找谁');
      const data = contact ? contact.data : 'contact 1';
      const value =
        typeof data === 'string'
          ? data
          : `${(data as { id: string }).id} ${(data as { value: string }).value}`;
      expect(answer).toContain('住房和城乡建设局');
      const reply = await told(stage, { place, data: value });
      const asked = await told(stage, { place, text: '找谁' });
      for (const text of [reply, asked]) {
        expect(text).not.toBeNull();
        expect(text).not.toMatch(/负责人\b|住建局负责人|住建局经办/);
      }
    },
    TEST_MS,
  );

  it(
    'a stranger does not learn whether a case exists',
    async () => {
      const caller = bound(platform);
      const number = await fileRequest(caller);
      const real = await told(stage, { place: stranger(platform), text: `${number}到期前一天提醒我` });
      const none = await told(stage, { place: stranger(platform), text: 'QS-2026-999999到期前一天提醒我' });
      expect(sentence(real)).toBe(sentence(none));
      expect(await told(stage, { place: stranger(platform), text: `进度 ${number}` }).then(sentence)).toBe(
        await told(stage, { place: stranger(platform), text: '进度 QS-2026-999999' }).then(sentence),
      );
    },
    TEST_MS,
  );

  it(
    '我的提醒 in a group lists none of the private ones',
    async () => {
      const caller = bound(platform);
      await told(stage, { place: caller, text: '明天上午九点提醒我去医院复查' });
      // The person's account in the group is the account of the direct chat.
      const group = groupOf(platform);
      const said = await toldInGroup(caller, group, '我的提醒');
      expect(said).not.toBeNull();
      expect(said).not.toContain('医院复查');
    },
    TEST_MS,
  );

  it(
    'whoever tries to cancel the reminder of another learns nothing of its owner',
    async () => {
      const said = await told(stage, { place: bound(platform), text: '明天上午十点提醒我去纪委谈话' });
      const id = /TX-[\d-]+/.exec(said ?? '')?.[0] ?? 'none';
      const real = await told(stage, { place: stranger(platform), data: `rem-cancel ${id}` });
      const none = await told(stage, { place: stranger(platform), data: 'rem-cancel TX-999999' });
      expect(real).not.toBeNull();
      expect(real).not.toMatch(/干部\d|镇|乡|纪委/);
      expect(sentence(real)).toBe(sentence(none));
    },
    TEST_MS,
  );

  /** The number of a request that was filed with all its steps. */
  async function fileRequest(place: ReturnType<typeof bound>): Promise<string> {
    await told(stage, { place, text: '呼叫 住建局 东街路灯全部不亮' });
    const before = stage.saidIn(place).length;
    await give(stage, { place, data: 'draft-send' });
    const said = await stage.hears(place, /QS-\d{4}-\d{6}/, before, 5_000);
    return /QS-\d{4}-\d{6}/.exec(said?.content ?? '')?.[0] ?? 'QS-2026-000001';
  }

  async function toldInGroup(
    caller: ReturnType<typeof bound>,
    group: ReturnType<typeof groupOf>,
    text: string,
  ) {
    const now = Date.now();
    const before = stage.saidIn(group).length;
    const person = chatIdOf(caller);
    if (platform === 'telegram') {
      const { messageUpdate } = await import('../helpers/fake-telegram.js');
      const from = { id: Number(person), is_bot: false, first_name: '某' };
      const chat = { id: Number(chatIdOf(group)), type: 'supergroup' };
      stage.telegram.push(
        messageUpdate({
          text: `@qingdan_bot ${text}`,
          chat,
          from,
          messageId: 7,
          more: { date: Math.floor(now / 1_000) },
        }),
      );
    } else {
      const { BOT, messageEvent } = await import('../helpers/fake-feishu.js');
      const event = messageEvent(`@_user_1 ${text}`, {
        messageId: `om_in_group_${now}`,
        senderId: person.replace('oc_', 'ou_') + '_0',
        chatId: chatIdOf(group),
        chatType: 'group',
        mentions: [{ key: '@_user_1', openId: BOT.open_id, name: BOT.app_name }],
      });
      Object.assign(event.event.message, { create_time: String(now) });
      stage.chatOfMessage.set(`om_in_group_${now}`, chatIdOf(group));
      void stage.feishu.emit(event);
    }
    return (await stage.hears(group, /./s, before, 5_000))?.content ?? null;
  }
});
