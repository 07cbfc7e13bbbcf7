/** What the clock does to reminders: sent once, late ones, several missed, moved, capped, without a calendar. */
import { describe, expect, it } from 'vitest';
import { createCalendar, type Calendar } from '../../src/calendar/calendar.js';
import { toLocal } from '../../src/calendar/local.js';
import { BotError } from '../../src/core/errors.js';
import { reminderId, type Occurrence, type Reminder } from '../../src/core/reminder.js';
import { planEffects } from '../../src/reminders/planning.js';
import { startReminderBot, type ReminderBot } from '../helpers/reminder-bot.js';
import {
  at,
  calendar,
  GROUP,
  makeReminderWorld,
  makeReminder,
  makeRule,
  OTHER,
  SELF,
} from '../helpers/reminders.js';
import type { Change, Outgoing } from '../../src/core/store.js';

const HOUR_MS = 3_600_000;

/** Stores the reminder as it was planned at `now`. */
async function plan(to: ReminderBot, reminder: Reminder): Promise<void> {
  const now = to.clock();
  const { effects } = planEffects(reminder, now, makeReminderWorld(), now);
  const changes = effects.flatMap((effect): Change[] =>
    effect.kind === 'reminder' || effect.kind === 'occurrence' || effect.kind === 'schedule' ? [effect] : [],
  );
  await to.store.commit(changes);
}

const daily = (parts: Partial<Reminder> = {}, rule = makeRule()): Reminder =>
  makeReminder({ when: { kind: 'recurring', rule }, said: '每天上午九点', ...parts });

/** `03-03 09:00 sent` */
const ledger = async (bot: ReminderBot): Promise<string[]> =>
  (await bot.store.findOccurrences({})).map(({ dueAt, status, reason }: Occurrence) => {
    const { date, minutes } = toLocal(dueAt);
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    return [date.slice(5), time, status, ...(reason ? [reason] : [])].join(' ');
  });

/** 2026-03-02 is a Monday. */
const MONDAY = at('2026-03-02 08:00');

describe('a reminder', () => {
  it('comes once at its instant and is noted as sent', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, makeReminder({ when: { kind: 'once', at: at('2026-03-02 09:00') } }));
    expect(await bot.pass(59 * 60_000)).toBe('');
    expect(await bot.pass(60_000)).toContain('交低保报表');
    expect(await bot.pass(HOUR_MS)).toBe('');
    expect(await ledger(bot)).toEqual(['03-02 09:00 sent']);
    const [sent] = await bot.store.findOccurrences({});
    expect(sent?.hops).toMatchObject([{ to: 'console:d:%E5%BC%A0%E4%B8%89', outcome: 'sent' }]);
    expect(await bot.store.getReminder('TX-2026-000001')).toMatchObject({ status: 'ended', nextAt: null });
    expect(await bot.store.getTimer('reminder:TX-2026-000001')).toBeNull();
  });

  it('that comes again is planned again with each coming', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, daily());
    await bot.jump(at('2026-03-02 09:00'));
    await bot.jump(at('2026-03-03 09:00'));
    expect(bot.arrived).toHaveLength(2);
    expect(await ledger(bot)).toEqual(['03-02 09:00 sent', '03-03 09:00 sent', '03-04 09:00 planned']);
  });

  it('comes late and says so', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, makeReminder({ when: { kind: 'once', at: at('2026-03-02 09:00') } }));
    expect(await bot.jump(at('2026-03-02 09:11'))).toMatch(/提醒\(迟到\)[\s\S]*原定3月2日\(周一\)09:00/);
  });

  it('says nothing about some minutes', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, makeReminder({ when: { kind: 'once', at: at('2026-03-02 09:00') } }));
    expect(await bot.jump(at('2026-03-02 09:09'))).not.toContain('迟到');
  });

  it('comes once after several were missed, and the others say why not', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, daily());
    await bot.jump(at('2026-03-05 10:00'));
    expect(bot.arrived).toHaveLength(1);
    expect(bot.arrived[0]?.text).toContain('3月5日');
    const replaced = 'skipped 已错过,由其后一次代替';
    expect(await ledger(bot)).toEqual([
      `03-02 09:00 ${replaced}`,
      `03-03 09:00 ${replaced}`,
      `03-04 09:00 ${replaced}`,
      '03-05 09:00 sent',
      '03-06 09:00 planned',
    ]);
    expect(bot.log.lines.filter((line) => line.includes('timer failed'))).toEqual([]);
  });

  it('of several times that quiet hours move to one instant comes once', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, daily({ to: [OTHER] }, makeRule({ times: [22 * 60, 23 * 60] })));
    await bot.jump(at('2026-03-03 07:30'));
    expect(bot.arrived).toHaveLength(1);
    await bot.jump(at('2026-03-04 07:30'));
    expect(bot.arrived).toHaveLength(2);
    expect(bot.log.lines.filter((line) => line.includes('timer failed'))).toEqual([]);
  });

  it.each([
    ['skip', 0, ['03-02 09:00 skipped 机器人停机错过,按设置不再补发']],
    ['merge', 0, ['03-02 09:00 claimed']],
    ['send', 1, ['03-02 09:00 sent']],
  ] as const)('that is late does what it is set to: %s', async (late, count, expected) => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, makeReminder({ late, when: { kind: 'once', at: at('2026-03-02 09:00') } }));
    await bot.jump(at('2026-03-02 11:00'));
    expect(bot.arrived).toHaveLength(count);
    expect(await ledger(bot)).toEqual(expected);
  });

  it('that is merged stands in the summary of the next working morning', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, makeReminder({ late: 'merge', when: { kind: 'once', at: at('2026-03-06 18:30') } }));
    await bot.jump(at('2026-03-06 20:00'));
    expect(await bot.jump(at('2026-03-08 12:00'))).toBe('');
    expect(await bot.jump(at('2026-03-09 08:31'))).toMatch(/今日提要[\s\S]*提醒 1 条[\s\S]*交低保报表/);
  });

  it('for a group is not merged: there is no summary of a group', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(
      bot,
      makeReminder({ to: [GROUP], late: 'merge', when: { kind: 'once', at: at('2026-03-02 09:00') } }),
    );
    expect(await bot.jump(at('2026-03-02 11:00'))).toContain('交低保报表');
  });

  it.each([
    ['in the night', '2026-03-02 15:00', '2026-03-03 02:00', '2026-03-03 07:30'],
    ['on a day off', '2026-03-06 15:00', '2026-03-07 11:00', '2026-03-09 11:00'],
  ])('for others waits when the bot comes back %s', async (_, due, back, then) => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, makeReminder({ to: [OTHER], when: { kind: 'once', at: at(due) } }));
    await plan(
      bot,
      makeReminder({ id: 'TX-2026-000002', text: '自己的', when: { kind: 'once', at: at(due) } }),
    );
    expect(await bot.jump(at(back))).toMatch(/^(?![\s\S]*交低保报表)[\s\S]*自己的/);
    expect(await bot.jump(at(then) - 1)).toBe('');
    expect(await bot.jump(at(then))).toMatch(/迟到[\s\S]*交低保报表/);
  });

  it('of the summary waits for the next working morning as well', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    const once = { kind: 'once' as const, at: at('2026-03-05 17:00') };
    await plan(bot, makeReminder({ channel: 'digest', when: once }));
    await bot.jump(at('2026-03-05 17:00'));
    expect(await bot.jump(at('2026-03-07 10:00'))).toBe('');
    expect(await bot.jump(at('2026-03-09 08:31'))).toContain('今日提要');
  });

  it('that was cancelled or has nothing due does nothing', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, makeReminder({ when: { kind: 'once', at: at('2026-03-02 09:00') } }));
    await bot.press('张三', 'rem-cancel', 'TX-2026-000001');
    expect(await bot.jump(at('2026-03-02 10:00'))).toBe('');
    expect(await ledger(bot)).toEqual(['03-02 09:00 skipped 已取消']);
  });
});

describe('the daily cap', () => {
  const forOther = (n: number, parts: Partial<Reminder> = {}) =>
    makeReminder({
      id: reminderId(2026, n),
      to: [OTHER],
      text: `第${n}件事`,
      when: { kind: 'once', at: at('2026-03-02 09:00') },
      ...parts,
    });

  it('holds for what is due at the same instant', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    for (let n = 1; n <= 12; n++) await plan(bot, forOther(n));
    await bot.pass(2 * HOUR_MS);
    expect(bot.arrived).toHaveLength(8);
    expect(await bot.jump(at('2026-03-03 08:31'))).toContain('提醒 4 条');
  });

  it('holds over the day and begins anew the next', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    for (let n = 1; n <= 10; n++)
      await plan(bot, forOther(n, { when: { kind: 'once', at: at('2026-03-02 09:00') + n * 60_000 } }));
    await plan(bot, forOther(11, { when: { kind: 'once', at: at('2026-03-03 09:00') } }));
    await bot.pass(HOUR_MS + 11 * 60_000);
    expect(bot.arrived).toHaveLength(8);
    await bot.jump(at('2026-03-03 09:00'));
    expect(bot.arrived.map(({ text }) => text).filter((text) => text.includes('第11件事'))).toHaveLength(1);
  });

  it('leaves out what one has set for oneself, and the summary', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    for (let n = 1; n <= 12; n++) await plan(bot, forOther(n, { to: [SELF] }));
    await plan(
      bot,
      forOther(13, {
        to: [SELF],
        owner: { account: 'console:袁乙', name: '袁乙', organization: '柳林镇' },
        when: { kind: 'once', at: at('2026-03-02 10:00') },
      }),
    );
    await bot.pass(3 * HOUR_MS);
    expect(bot.arrived).toHaveLength(13);
  });

  it('leaves out what is urgent', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    for (let n = 1; n <= 12; n++) await plan(bot, forOther(n, { isUrgent: true }));
    await bot.pass(2 * HOUR_MS);
    expect(bot.arrived).toHaveLength(12);
  });
});

/** 2026 alone, until `file` is put into its place. */
function growingCalendar(): { calendar: Calendar; add: () => void } {
  let isThere = false;
  const next = createCalendar(
    [
      {
        year: 2027,
        source: '通知',
        holidays: { 元旦: { from: '2027-01-01', to: '2027-01-03' } },
        workdays: [],
      },
    ],
    calendar.hours,
  );
  const of = (year: number) => (isThere && year === 2027 ? next : calendar);
  return {
    calendar: {
      day: (date) => of(Number(date.slice(0, 4))).day(date),
      holidays: (year) => of(year).holidays(year),
      hasYear: (year) => of(year).hasYear(year),
      hours: calendar.hours,
    },
    add: () => (isThere = true),
  };
}

describe('a year without a calendar', () => {
  it('goes on from Monday to Friday, but for days off by law', async () => {
    const { calendar: growing } = growingCalendar();
    const bot = await startReminderBot({ start: at('2026-12-31 08:00'), calendar: growing });
    await plan(bot, daily({ to: [OTHER] }));
    for (const day of ['2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04'])
      await bot.jump(at(`${day} 09:00`));
    expect(await ledger(bot)).toEqual([
      '12-31 09:00 sent',
      '01-01 09:00 skipped 1月1日(周五)不是工作日',
      '01-02 09:00 skipped 1月2日(周六)不是工作日',
      '01-03 09:00 skipped 1月3日(周日)不是工作日',
      '01-04 09:00 sent',
      '01-05 09:00 planned',
    ]);
  });

  it('goes by the days off that were published since it was planned', async () => {
    const { calendar: growing, add } = growingCalendar();
    const bot = await startReminderBot({ start: at('2026-12-31 08:00'), calendar: growing });
    await plan(bot, daily({ to: [OTHER] }));
    await bot.jump(at('2026-12-31 09:00'));
    add();
    expect(await bot.jump(at('2027-01-01 09:00'))).toBe('');
    await bot.jump(at('2027-01-04 09:00'));
    expect(await ledger(bot)).toEqual([
      '12-31 09:00 sent',
      '01-01 09:00 skipped 1月1日(周五)不是工作日',
      '01-02 09:00 skipped 1月2日(周六)不是工作日',
      '01-03 09:00 skipped 1月3日(周日)不是工作日',
      '01-04 09:00 sent',
      '01-05 09:00 planned',
    ]);
  });

  it('does not stop own and urgent ones', async () => {
    const { calendar: growing } = growingCalendar();
    const bot = await startReminderBot({ start: at('2026-12-31 08:00'), calendar: growing });
    await plan(bot, daily());
    await plan(bot, daily({ id: 'TX-2026-000002', to: [OTHER], isUrgent: true, text: '值班' }));
    await bot.jump(at('2026-12-31 09:00'));
    const said = await bot.jump(at('2027-01-01 09:00'));
    expect(said).toContain('交低保报表');
    expect(said).toContain('值班');
  });

  it('sends what cannot be merged because no next working morning is known', async () => {
    const { calendar: growing } = growingCalendar();
    const bot = await startReminderBot({ start: at('2026-12-31 08:45'), calendar: growing });
    const once = { kind: 'once' as const, at: at('2026-12-31 09:00') };
    await plan(bot, makeReminder({ channel: 'digest', when: once }));
    expect(await bot.jump(at('2026-12-31 09:00'))).toContain('交低保报表');
  });
});

describe('ways to a person', () => {
  const refusing =
    (...keys: string[]) =>
    ({ conversation }: Outgoing) =>
      keys.includes(conversation.chatId)
        ? Promise.reject(new BotError('TARGET_GONE', 'bot was blocked by the user'))
        : Promise.resolve({ messageId: 'm' });
  const leader = { account: 'console:袁乙', name: '袁乙', organization: '柳林镇' };
  const forZhang = (parts: Partial<Reminder> = {}) =>
    makeReminder({ owner: leader, when: { kind: 'once', at: at('2026-03-02 09:00') }, ...parts });

  it.each([
    ['the direct chat', [], ['console:d:张三']],
    ['the group with a call', ['张三'], ['console:g:liulin']],
    ['a deputy', ['张三', 'liulin'], ['console:d:沈乙']],
    ['the next deputy', ['张三', 'liulin', '沈乙'], ['console:d:傅乙']],
  ])('lead to %s', async (_, gone, expected) => {
    const bot = await startReminderBot({ start: MONDAY, deliver: refusing(...gone) });
    await plan(bot, forZhang());
    await bot.pass(HOUR_MS + 60_000);
    expect(bot.arrived.map(({ to }) => decodeURIComponent(to))).toEqual(expected);
    const [occurrence] = await bot.store.findOccurrences({});
    expect(occurrence).toMatchObject({ status: 'sent' });
    expect(occurrence?.hops.map(({ outcome }) => outcome)).toEqual([...gone.map(() => 'failed'), 'sent']);
    if (gone.length > 0) expect(bot.arrived[0]?.text).toContain('请转告张三');
  });

  it('end with a word to who set it', async () => {
    const bot = await startReminderBot({
      start: MONDAY,
      deliver: refusing('张三', 'liulin', '沈乙', '傅乙'),
    });
    await plan(bot, forZhang());
    expect(await bot.pass(HOUR_MS + 60_000)).toMatch(/没有送达张三/);
    expect(await ledger(bot)).toEqual(['03-02 09:00 failed 各种途径都没有送达']);
    expect(bot.arrived.map(({ to }) => decodeURIComponent(to))).toEqual(['console:d:袁乙']);
  });

  it('are not gone further when it is uncertain whether the first one worked', async () => {
    const bot = await startReminderBot({
      start: MONDAY,
      deliver: () => Promise.reject(new BotError('UNCERTAIN', 'timeout')),
    });
    await plan(bot, forZhang());
    await bot.pass(2 * HOUR_MS);
    expect(await ledger(bot)).toEqual(['03-02 09:00 uncertain 平台没有答复是否送达']);
  });

  it('may be none at all', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    const nobody = { kind: 'person' as const, account: 'feishu:ou_1', name: '谁', organization: '无' };
    await plan(bot, forZhang({ to: [nobody] }));
    await bot.pass(HOUR_MS + 60_000);
    expect(await ledger(bot)).toEqual(['03-02 09:00 failed 找不到可以送达的群或账号']);
  });

  it('show a deputy no buttons that only the person may press', async () => {
    const shown: Outgoing[] = [];
    const bot = await startReminderBot({
      start: MONDAY,
      deliver: (message) => {
        shown.push(message);
        return refusing('张三', 'liulin')(message);
      },
    });
    await plan(bot, forZhang());
    await bot.pass(HOUR_MS + 60_000);
    expect(shown.at(-1)?.conversation.chatId).toBe('沈乙');
    expect(shown.at(-1)?.reply).not.toHaveProperty('card');
  });
});

describe('a summary that does not arrive', () => {
  const lonely = { kind: 'person' as const, account: 'console:生人', name: '', organization: '' };
  const merged = makeReminder({
    owner: { account: 'console:生人', name: '', organization: '' },
    to: [lonely],
    channel: 'digest',
    when: { kind: 'once', at: at('2026-03-02 09:00') },
  });

  it('takes what it gathered along into the ledger', async () => {
    const bot = await startReminderBot({
      start: MONDAY,
      deliver: () => Promise.reject(new BotError('TARGET_GONE', 'bot was blocked by the user')),
    });
    await plan(bot, merged);
    await bot.jump(at('2026-03-02 09:00'));
    await bot.jump(at('2026-03-03 08:31'));
    expect(await ledger(bot)).toEqual([
      '03-02 09:00 skipped 早间汇总没有送达',
      '03-03 08:31 failed 各种途径都没有送达',
    ]);
  });

  it('because there is no way to the person, does so as well', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, { ...merged, to: [{ ...lonely, account: 'feishu:ou_1' }] });
    await bot.jump(at('2026-03-02 09:00'));
    await bot.jump(at('2026-03-03 08:31'));
    expect(await ledger(bot)).toEqual([
      '03-02 09:00 skipped 早间汇总没有送达',
      '03-03 08:31 failed 找不到可以送达的账号',
    ]);
  });
});

describe('several recipients', () => {
  it('each get theirs, and who leaves takes nobody else along', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    const leader = { account: 'console:袁乙', name: '袁乙', organization: '柳林镇' };
    const person = (name: string) =>
      ({ kind: 'person', account: `console:${name}`, name, organization: '柳林镇' }) as const;
    await plan(bot, daily({ owner: leader, to: ['张三', '沈乙', '傅乙'].map(person) }));
    await bot.pass(HOUR_MS + 60_000);
    expect(bot.arrived.map(({ to }) => decodeURIComponent(to)).sort()).toEqual(
      ['张三', '沈乙', '傅乙'].map((name) => `console:d:${name}`).sort(),
    );
    await bot.press('张三', 'rem-stop', `TX-2026-000001@${at('2026-03-02 09:00')}/0`);
    bot.arrived.splice(0);
    await bot.jump(at('2026-03-03 09:00'));
    await bot.jump(at('2026-03-04 09:00'));
    const arrived = bot.arrived.map(({ to }) => decodeURIComponent(to));
    expect(arrived.sort()).toEqual(
      ['沈乙', '傅乙', '沈乙', '傅乙'].map((name) => `console:d:${name}`).sort(),
    );
  });
});

describe('what is due when the reminder is changed', () => {
  const leader = { account: 'console:袁乙', name: '袁乙', organization: '柳林镇' };
  const person = (name: string) =>
    ({ kind: 'person', account: `console:${name}`, name, organization: '柳林镇' }) as const;

  it('still comes to the others when one of them leaves in the night after a downtime', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, daily({ owner: leader, to: ['张三', '沈乙'].map(person) }));
    await bot.jump(at('2026-03-03 02:00'));
    expect(bot.arrived).toEqual([]);
    await bot.press('张三', 'rem-cancel', 'TX-2026-000001');
    bot.arrived.splice(0);
    await bot.jump(at('2026-03-03 07:30'));
    expect(bot.arrived.map(({ to }) => decodeURIComponent(to))).toEqual(['console:d:沈乙']);
    await bot.jump(at('2026-03-03 09:00'));
    expect(bot.arrived).toHaveLength(2);
    expect(await ledger(bot)).toEqual([
      '03-02 09:00 skipped 本人不再接收',
      '03-02 09:00 sent',
      '03-03 09:00 sent',
      '03-04 09:00 planned',
    ]);
  });

  it('still comes when its time is changed for later', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, daily({ owner: leader, to: [person('沈乙')], late: 'skip' }));
    await plan(bot, daily({ id: 'TX-2026-000002', owner: leader, to: [person('沈乙')] }));
    await bot.jump(at('2026-03-03 02:00'));
    for (const id of ['TX-2026-000001', 'TX-2026-000002']) {
      await bot.press('袁乙', 'rem-edit', id);
      await bot.say('袁乙', 'help', '每天下午三点');
    }
    bot.arrived.splice(0);
    await bot.jump(at('2026-03-03 07:30'));
    expect(bot.arrived.map(({ to }) => decodeURIComponent(to))).toEqual(['console:d:沈乙']);
    expect((await ledger(bot)).slice(0, 2)).toEqual([
      '03-02 09:00 skipped 机器人停机错过,按设置不再补发',
      '03-02 09:00 sent',
    ]);
  });
});

describe('putting off', () => {
  it('two of one reminder to the same morning keeps both', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, daily({}, makeRule({ times: [540, 600] })));
    await bot.jump(at('2026-03-02 09:00'));
    await bot.jump(at('2026-03-02 10:00'));
    for (const time of ['09:00', '10:00'])
      expect(
        await bot.press('张三', 'rem-morning', `TX-2026-000001@${at(`2026-03-02 ${time}`)}/0`),
      ).toContain('3月3日(周二)08:30');
    bot.arrived.splice(0);
    await bot.jump(at('2026-03-03 08:30'));
    expect(bot.arrived).toHaveLength(2);
  });

  it('an hour and then again an hour', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, makeReminder({ when: { kind: 'once', at: at('2026-03-02 09:00') } }));
    await bot.pass(HOUR_MS);
    const first = `TX-2026-000001@${at('2026-03-02 09:00')}/0`;
    expect(await bot.press('张三', 'rem-hour', first)).toContain('10:00');
    expect(await bot.press('张三', 'rem-hour', first)).toContain('已推迟');
    expect(await bot.pass(HOUR_MS)).toContain('交低保报表');
    const [again] = await bot.store.findOccurrences({ statuses: ['sent'] });
    expect(await bot.press('张三', 'rem-hour', again?.id ?? '')).toContain('11:00');
    expect(await bot.pass(HOUR_MS)).toContain('交低保报表');
  });

  it('to the next working morning is to the next weekday where no calendar says which', async () => {
    const { calendar: growing } = growingCalendar();
    const bot = await startReminderBot({ start: at('2026-12-31 08:30'), calendar: growing });
    await plan(bot, makeReminder({ when: { kind: 'once', at: at('2026-12-31 09:00') } }));
    await bot.jump(at('2026-12-31 09:00'));
    const id = `TX-2026-000001@${at('2026-12-31 09:00')}/0`;
    expect(await bot.press('张三', 'rem-morning', id)).toContain('1月4日(周一)08:30');
  });

  it('is for whom it came to', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    await plan(bot, makeReminder({ when: { kind: 'once', at: at('2026-03-02 09:00') } }));
    await bot.pass(HOUR_MS);
    const id = `TX-2026-000001@${at('2026-03-02 09:00')}/0`;
    expect(await bot.press('沈乙', 'rem-hour', id)).toContain('您不能操作');
  });

  it('works from the other account of the same person', async () => {
    const bot = await startReminderBot({ start: MONDAY });
    const to = { kind: 'person' as const, account: 'telegram:7', name: '罗丙', organization: '石桥镇' };
    await plan(bot, makeReminder({ to: [to], when: { kind: 'once', at: at('2026-03-02 09:00') } }));
    await bot.pass(HOUR_MS);
    const id = `TX-2026-000001@${at('2026-03-02 09:00')}/0`;
    expect(await bot.press('罗丙', 'rem-done', id)).toContain('已标记完成');
  });
});
