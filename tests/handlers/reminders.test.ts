/** What people say about reminders: which one is meant, what is refused, what is asked. */
import { describe, expect, it } from 'vitest';
import { reminderId, type Reminder } from '../../src/core/reminder.js';
import { createDirectory } from '../../src/organizations/directory.js';
import { START } from '../helpers/clock.js';
import { startReminderBot, type ReminderBot } from '../helpers/reminder-bot.js';
import { at, GROUP, makePerson, makeReminder, makeRule, OTHER, SELF } from '../helpers/reminders.js';
import type { Change } from '../../src/core/store.js';

const group = GROUP.kind === 'group' ? GROUP.conversation : undefined;

async function keep(bot: ReminderBot, ...reminders: Partial<Reminder>[]): Promise<void> {
  const changes = reminders.map((parts, i): Change => {
    const reminder = makeReminder({
      id: `TX-2026-00000${i + 1}`,
      createdAt: START + i,
      nextAt: START + 3_600_000,
      ruleAt: START + 3_600_000,
      ...parts,
    });
    return { kind: 'reminder', reminder, expectedVersion: 0 };
  });
  await bot.store.commit(changes);
}

/** In the list the newest is the first. */
const THREE: Partial<Reminder>[] = [
  { text: '交低保报表', said: '周五下午三点' },
  { text: '带公章', said: '明天上午九点' },
  { text: '巡河签到', said: '每天早上七点', when: { kind: 'recurring', rule: makeRule() } },
];

describe('which reminder is meant', () => {
  it.each([
    ['第二条', '带公章'],
    ['把第3个提醒删了', '交低保报表'],
    ['删第一个', '巡河签到'],
    ['2', '带公章'],
    ['TX-2026-000001', '交低保报表'],
    ['tx3', '巡河签到'],
    ['取消周五那个提醒', '交低保报表'],
    ['删掉低保报表的提醒', '交低保报表'],
    ['别再提醒巡河了', '巡河签到'],
    ['公章的不用了', '带公章'],
    ['请取消每天早上的提醒', '巡河签到'],
    ['交低保', '交低保报表'],
  ])('%s', async (words, text) => {
    const bot = await startReminderBot();
    await keep(bot, ...THREE);
    expect(await bot.say('张三', 'cancel_reminder', words)).toContain(`已取消提醒“${text}”`);
    const left = await bot.store.findReminders({ isActive: true });
    expect(left.map((it) => it.text).sort()).toEqual(
      THREE.map((it) => it.text)
        .filter((it) => it !== text)
        .sort(),
    );
  });

  it.each([['取消提醒'], ['取消那三个提醒'], ['取消提醒养老院']])(
    'is asked by the list where the words do not say: %s',
    async (words) => {
      const bot = await startReminderBot();
      await keep(bot, ...THREE);
      const answer = await bot.say('张三', 'cancel_reminder', words);
      expect(answer).toContain('我的提醒 · 3 条');
      expect(await bot.store.findReminders({ isActive: true })).toHaveLength(3);
    },
  );

  it('are all of them only once that is confirmed', async () => {
    const bot = await startReminderBot();
    await keep(bot, ...THREE);
    expect(await bot.say('张三', 'cancel_reminder', '全部清空')).toContain('确认取消 3 条提醒');
    expect(await bot.store.findReminders({ isActive: true })).toHaveLength(3);
    for (const words of ['算了', '取消', '先留着']) {
      await bot.say('张三', 'cancel_reminder', '全部清空');
      await bot.say('张三', 'cancel_reminder', words);
      expect(await bot.store.findReminders({ isActive: true })).toHaveLength(3);
    }
  });

  it('is the only one where there is no other', async () => {
    const bot = await startReminderBot();
    await keep(bot, { text: '交低保报表' });
    expect(await bot.say('张三', 'cancel_reminder', '取消提醒')).toContain('已取消提醒“交低保报表”');
  });

  it('is the one spoken of last', async () => {
    const bot = await startReminderBot();
    await keep(bot, ...THREE);
    await bot.say('张三', 'set_reminder', '明天上午十点提醒我回电话');
    expect(await bot.say('张三', 'cancel_reminder', '取消')).toContain('已取消提醒“回电话”');
  });

  it('is said to be missing by its place or number', async () => {
    const bot = await startReminderBot();
    await keep(bot, ...THREE);
    expect(await bot.say('张三', 'cancel_reminder', '第八条')).toContain('只有 3 条提醒,没有第 8 条');
    expect(await bot.say('张三', 'cancel_reminder', 'TX-2026-000077')).toContain(
      '没有找到这条提醒,或您不能操作',
    );
  });

  it('of others is not told', async () => {
    const bot = await startReminderBot();
    await keep(bot, { text: '私事', status: 'cancelled' });
    const answer = await bot.say('沈乙', 'cancel_reminder', 'TX-2026-000001');
    expect(answer).toBe(await bot.say('沈乙', 'cancel_reminder', 'TX-2026-000077'));
    for (const part of ['私事', '张三', '柳林镇']) expect(answer).not.toContain(part);
  });
});

describe('the list', () => {
  it('holds one’s own, what one gets and what the unit gets, and in a group what that group gets alone', async () => {
    const bot = await startReminderBot();
    const leader = { account: 'console:袁乙', name: '袁乙', organization: '柳林镇' };
    await keep(
      bot,
      { text: '自己的' },
      { text: '别人给我的', owner: leader },
      { text: '给单位的', owner: leader, to: [{ kind: 'unit', organization: '柳林镇' }] },
      { text: '给群里的', owner: leader, to: [GROUP] },
      { text: '与我无关的', owner: leader, to: [OTHER] },
      { text: '已取消的', status: 'cancelled' },
    );
    const direct = await bot.say('张三', 'list_reminders', '我的提醒');
    expect(direct).toContain('我的提醒 · 3 条');
    for (const text of ['自己的', '别人给我的', '给单位的']) expect(direct).toContain(text);
    const inGroup = await bot.say('张三', 'list_reminders', '我的提醒', { in: group });
    for (const text of ['本群的提醒 · 1 条', '给群里的', '私聊']) expect(inGroup).toContain(text);
    for (const text of ['别人给我的', '给单位的', '1. 自己的']) expect(inGroup).not.toContain(text);
    for (const text of ['与我无关的', '已取消的']) expect(direct + inGroup).not.toContain(text);
  });

  it('is given as a calendar file when that is asked for', async () => {
    const bot = await startReminderBot();
    await keep(bot, ...THREE);
    for (const shown of [
      await bot.say('张三', 'list_reminders', '导出日历'),
      await bot.press('张三', 'rem-ics', ''),
    ]) {
      expect(shown).toContain('[file] BEGIN:VCALENDAR');
      expect(shown).toContain('共 3 条提醒');
    }
  });

  it('is no file when there is nothing in it', async () => {
    const bot = await startReminderBot();
    expect(await bot.say('张三', 'list_reminders', '导出日历')).toContain('目前没有提醒');
  });
});

describe('setting', () => {
  it('is refused when somebody has very many', async () => {
    const bot = await startReminderBot();
    await bot.store.commit(
      Array.from({ length: 200 }, (_, i): Change => ({
        kind: 'reminder',
        reminder: makeReminder({ id: reminderId(2026, 1_000 + i) }),
        expectedVersion: 0,
      })),
    );
    expect(await bot.say('张三', 'set_reminder', '明天上午九点提醒我带公章')).toContain('您已有 200 条提醒');
  });

  it.each([
    ['张三', '明天上午九点提醒我防汛值班', false],
    ['张三', '明天上午九点提醒我交报表', false],
    ['张三', '明天上午九点提醒我紧急核对物资', false],
    ['袁乙', '明天上午九点提醒我紧急核对物资', true],
  ])(
    'takes from the words and from who says them whether it is urgent: %s %s',
    async (who, words, isUrgent) => {
      const bot = await startReminderBot();
      await bot.say(who, 'set_reminder', words);
      expect(await bot.store.findReminders({})).toMatchObject([
        { isUrgent, to: [{ name: who }], source: 'own' },
      ]);
    },
  );

  it('names a unit only where it is called, not where it belongs to the matter', async () => {
    const bot = await startReminderBot();
    await bot.say('郑九', 'set_reminder', '明天上午九点提醒石桥镇报名单');
    await bot.say('郑九', 'set_reminder', '明天上午九点提醒我给石桥镇回电话');
    const found = await bot.store.findReminders({});
    expect(found.map(({ to, text }) => [to[0]?.kind, text])).toEqual([
      ['person', '给石桥镇回电话'],
      ['unit', '报名单'],
    ]);
  });

  it('says that somebody without an account cannot be reached', async () => {
    const bot = await startReminderBot();
    const answer = await bot.say('郑九', 'set_reminder', '明天上午九点提醒梁丙交表');
    expect(answer).toContain('石桥镇 梁丙 还没有绑定账号');
    expect(await bot.store.findReminders({})).toEqual([]);
  });

  it.each([
    ['明天上午九点提醒张伟交表', 'console:伟1', '交表'],
    ['明天上午九点提醒张伟民交表', 'console:伟民', '交表'],
    ['明天上午九点提醒@张伟 交表', 'console:伟1', '交表'],
  ])('means the longest name, and the colleague of two: %s', async (words, account, text) => {
    const person = (name: string, organization: string, id: string) =>
      makePerson(name, organization, { accounts: [`console:${id}`], roles: ['township-leader'] });
    const people = [
      person('袁乙', '柳林镇', '袁乙'),
      person('张伟', '石桥镇', '伟2'),
      person('张伟', '柳林镇', '伟1'),
      person('张伟民', '柳林镇', '伟民'),
    ];
    const own = createDirectory({ county: '青山县', organizations: [], people, posts: [] });
    const bot = await startReminderBot({ directory: own });
    await bot.say('袁乙', 'set_reminder', words);
    expect(await bot.store.findReminders({})).toMatchObject([{ text, to: [{ account }] }]);
  });

  it('for every township reaches each of them once', async () => {
    const bot = await startReminderBot();
    await bot.say('郑九', 'set_reminder', '明天上午九点提醒各镇报表');
    expect(await bot.store.findReminders({})).toMatchObject([
      {
        text: '报表',
        to: [
          { kind: 'unit', organization: '柳林镇' },
          { kind: 'unit', organization: '石桥镇' },
        ],
      },
    ]);
  });

  it('gives two people who set at once two numbers', async () => {
    const bot = await startReminderBot();
    await Promise.all(
      ['张三', '沈乙', '傅乙'].map((name) => bot.say(name, 'set_reminder', '明天上午九点提醒我带公章')),
    );
    const ids = (await bot.store.findReminders({})).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  it('cuts a text that is a whole document', async () => {
    const bot = await startReminderBot();
    await bot.say('张三', 'set_reminder', `明天上午九点提醒我${'看'.repeat(600)}`);
    expect((await bot.store.findReminders({}))[0]?.text).toHaveLength(300);
  });
});

describe('another time', () => {
  it('drops what was planned and plans anew, under other ids', async () => {
    const bot = await startReminderBot();
    await bot.say('张三', 'set_reminder', '每天上午十点提醒我看水位');
    await bot.press('张三', 'rem-edit', 'TX-2026-000001');
    expect(await bot.say('张三', 'help', '每天下午三点')).toContain('已改提醒');
    expect(await bot.store.findOccurrences({})).toMatchObject([
      { id: `TX-2026-000001@${at('2026-03-02 10:00')}/0`, status: 'skipped', reason: '已改期' },
      { id: `TX-2026-000001@${at('2026-03-02 15:00')}/0e1`, status: 'planned' },
    ]);
    await bot.pass(7 * 3_600_000);
    expect(bot.arrived.filter(({ text }) => text.startsWith('【提醒】')).map((it) => it.at)).toEqual([
      at('2026-03-02 15:00'),
    ]);
  });

  it('and back again is planned as well', async () => {
    const bot = await startReminderBot();
    await bot.say('张三', 'set_reminder', '每天上午十点提醒我看水位');
    for (const time of ['每天下午三点', '每天上午十点']) {
      await bot.press('张三', 'rem-edit', 'TX-2026-000001');
      await bot.say('张三', 'help', time);
    }
    await bot.pass(3_600_000);
    expect((await bot.store.findOccurrences({ statuses: ['sent'] })).map(({ id }) => id)).toEqual([
      `TX-2026-000001@${at('2026-03-02 10:00')}/0e2`,
    ]);
  });

  it('leaves alone what somebody has put off', async () => {
    const bot = await startReminderBot();
    await bot.say('张三', 'set_reminder', '每天上午十点提醒我看水位');
    await bot.pass(3_600_000);
    await bot.press('张三', 'rem-hour', `TX-2026-000001@${at('2026-03-02 10:00')}/0`);
    await bot.press('张三', 'rem-edit', 'TX-2026-000001');
    await bot.say('张三', 'help', '每天下午三点');
    expect(await bot.pass(3_600_000)).toContain('看水位');
  });

  it('is for who set it', async () => {
    const bot = await startReminderBot();
    await keep(bot, { to: [SELF, OTHER] });
    expect(await bot.press('李四', 'rem-edit', 'TX-2026-000001')).toContain('您不能操作');
  });

  it('of one that has ended is refused', async () => {
    const bot = await startReminderBot();
    await keep(bot, { status: 'ended', nextAt: null });
    expect(await bot.press('张三', 'rem-edit', 'TX-2026-000001')).toContain('已结束,请重新设置');
  });

  it('that is unclear is asked again, and may be given up', async () => {
    const bot = await startReminderBot();
    await keep(bot, {});
    await bot.press('张三', 'rem-edit', 'TX-2026-000001');
    expect(await bot.say('张三', 'help', '明天六点')).toContain('请回复时间');
    expect(await bot.say('张三', 'help', '取消')).toContain('不作改动');
  });
});

describe('an answer to what came', () => {
  const came = async (text = '上午十点提醒我交报表'): Promise<ReminderBot> => {
    const bot = await startReminderBot();
    await bot.say('张三', 'set_reminder', text);
    await bot.pass(3_600_000);
    return bot;
  };
  const status = async (bot: ReminderBot) => (await bot.store.findOccurrences({})).map((it) => it.status);

  it.each([
    ['完成了', ['done']],
    ['已办', ['done']],
    ['收到', ['acknowledged']],
    ['知道了', ['acknowledged']],
    ['半小时后再提醒我', ['snoozed', 'planned']],
    ['还没办完,下午四点再说', ['snoozed', 'planned']],
    ['知道了,下午三点再提醒', ['snoozed', 'planned']],
    ['未完成,明天上午九点再提醒', ['snoozed', 'planned']],
  ])('%s', async (words, expected) => {
    const bot = await came();
    await bot.say('张三', 'snooze_reminder', words);
    expect(await status(bot)).toEqual(expected);
  });

  it('without a time is asked for one', async () => {
    const bot = await came();
    expect(await bot.say('张三', 'snooze_reminder', '先放一放')).toContain('改到什么时候');
    expect(await bot.say('张三', 'help', '下午四点')).toContain('3月2日(周一)16:00再提醒');
  });

  it('from somebody to whom nothing came says so', async () => {
    const bot = await came();
    expect(await bot.say('沈乙', 'snooze_reminder', '半小时后')).toContain('目前没有可以推迟的提醒');
  });

  it('cannot make one that was put off come again and again', async () => {
    const bot = await came();
    await bot.say('张三', 'snooze_reminder', '半小时后再提醒我');
    expect(await bot.say('张三', 'snooze_reminder', '每天上午九点')).toContain('目前没有可以推迟的提醒');
  });
});
