/** Reminders in words and cards. */
import { describe, expect, it } from 'vitest';
import { cardToText } from '../../src/core/card.js';
import type { Occurrence, Recipient } from '../../src/core/reminder.js';
import type { Way } from '../../src/reminders/reach.js';
import {
  occurrenceReply,
  recipientsText,
  reminderCard,
  reminderListCard,
  whenText,
} from '../../src/reminders/view.js';
import {
  at,
  GROUP,
  makeOccurrence,
  makeReminder,
  makeRule,
  OTHER,
  OWNER,
  SELF,
} from '../helpers/reminders.js';
import type { Reply } from '../../src/core/chat.js';

const NOW = at('2026-03-03 09:00');
const direct = (id: string): Way => ({ conversation: { platform: 'console', chatId: id, isDirect: true } });
const GROUP_WAY: Way = { conversation: { platform: 'console', chatId: 'g', isDirect: false } };
const PLAIN = { isRecurring: false, lateFor: null, why: '' };

const reply = (
  parts: Partial<Occurrence>,
  way: Way,
  terms: Partial<{ isRecurring: boolean; lateFor: number | null; why: string }> = {},
) => occurrenceReply(makeOccurrence({ dueAt: NOW, ...parts }), OWNER, way, { ...PLAIN, ...terms }, NOW);
const textOf = (it: Reply) => ('card' in it ? cardToText(it.card) : 'text' in it ? it.text : '');
const labels = (it: Reply) => ('card' in it ? it.card.buttons.map(({ label }) => label) : []);

describe('what comes at the instant', () => {
  it('is one’s own without a word about who set it', () => {
    const own = reply({}, direct('张三'));
    expect(textOf(own)).not.toContain('设置');
    expect(labels(own)).toEqual(['完成', '1小时后', '下个工作日早上', '改时间']);
  });
  it('can be stopped when it comes again', () =>
    expect(labels(reply({}, direct('张三'), { isRecurring: true }))).toContain('不再提醒'));
  it('says who set it for others', () =>
    expect(textOf(reply({ to: OTHER }, direct('李四')))).toContain('由柳林镇 张三 设置'));
  it('says that it is late, and since when', () =>
    expect(textOf(reply({ dueAt: at('2026-03-02 15:00') }, direct('张三'), { lateFor: 1 }))).toMatch(
      /提醒\(迟到\)[\s\S]*迟到:原定3月2日\(周一\)15:00/,
    ));
  it('says why it was moved and why it comes outside of work', () => {
    const text = textOf(reply({ reason: '原定日期不是工作日' }, direct('张三'), { why: '因值班' }));
    expect(text).toContain('原定日期不是工作日,顺延至今;因值班');
  });
  it('carries its id in every button', () => {
    const own = reply({}, direct('张三'), { isRecurring: true });
    const values = 'card' in own ? own.card.buttons.map(({ value }) => value) : [];
    expect(new Set(values)).toEqual(new Set([`TX-2026-000001@${NOW}/0`]));
  });
  it('asks nobody in a group to report back', () => {
    const shown = reply({ to: GROUP }, GROUP_WAY);
    expect(shown).toEqual({ text: '提醒:交低保报表\n(由柳林镇 张三 设置)' });
  });
  it('calls in the group whom it could not reach directly', () => {
    const mention = { platform: 'console' as const, id: '李四', name: '李四' };
    const shown = reply({ to: OTHER }, { ...GROUP_WAY, mention, forWhom: '李四' });
    expect(shown).toMatchObject({ mention });
    expect(textOf(shown)).toContain('提醒(请转告李四):交低保报表');
  });
  it('asks a deputy to pass it on, without buttons', () => {
    const shown = reply({ to: OTHER }, { ...direct('钱七'), forWhom: '李四' });
    expect(textOf(shown)).toContain('请转告李四');
    expect(labels(shown)).toEqual([]);
  });
});

describe('the answer to what was set', () => {
  it('shows what, when and whom, and can be changed and taken back', () => {
    const card = reminderCard(
      makeReminder({ when: { kind: 'once', at: NOW }, nextAt: NOW }),
      '已设提醒',
      ['注'],
      NOW,
    );
    expect(cardToText(card)).toMatch(
      /已设提醒[\s\S]*交低保报表[\s\S]*3月3日\(周二\)09:00[\s\S]*您本人[\s\S]*注[\s\S]*TX-2026-000001/,
    );
    expect(card.buttons.map(({ label, value }) => [label, value])).toEqual([
      ['改时间', 'TX-2026-000001'],
      ['取消提醒', 'TX-2026-000001'],
    ]);
  });
  it('of what comes again says how it was understood and when it comes next', () => {
    const reminder = makeReminder({
      when: { kind: 'recurring', rule: makeRule() },
      said: '每天九点',
      nextAt: NOW,
    });
    expect(cardToText(reminderCard(reminder, '已设提醒', [], NOW))).toMatch(
      /每天 09:00[\s\S]*下次[\s\S]*3月3日/,
    );
    expect(whenText(reminder, NOW)).toBe('每天 09:00');
  });
});

describe('recipients', () => {
  const units = (n: number): Recipient[] =>
    Array.from({ length: n }, (_, i) => ({ kind: 'unit', organization: `第${i + 1}镇` }));
  it.each<[Recipient[], string]>([
    [[SELF], '您本人'],
    [[OTHER], '县住房和城乡建设局 李四'],
    [[GROUP], '本群'],
    [units(2), '第1镇、第2镇'],
    [units(4), '第1镇、第2镇、第3镇、第4镇'],
    [units(12), '第1镇、第2镇、第3镇、第4镇等 12 个单位'],
  ])('%#: in words', (to, text) => expect(recipientsText(to, OWNER.account)).toBe(text));
});

describe('the list', () => {
  const many = Array.from({ length: 10 }, (_, i) =>
    makeReminder({ id: `TX-2026-0000${10 + i}`, text: `第${i}件` }),
  );
  it('numbers what it shows, says how many more there are, and offers the file', () => {
    const card = reminderListCard(many, OWNER.account, NOW);
    const text = cardToText(card);
    expect(text).toContain('我的提醒 · 10 条');
    expect(text).toMatch(/1\. .*第0件/);
    expect(text).toContain('8. ');
    expect(text).not.toContain('9. ');
    expect(text).toContain('另有 2 条');
    expect(card.buttons.at(-1)?.label).toBe('导出日历');
  });
  it('has buttons only for one’s own', () => {
    const others = makeReminder({ owner: { ...OWNER, account: 'console:袁乙' } });
    const card = reminderListCard([others, makeReminder({ id: 'TX-2026-000002' })], OWNER.account, NOW);
    expect(card.buttons.map(({ label }) => label)).toEqual(['取消第2条', '导出日历']);
  });
  it('does not call a group this one: the list may be read elsewhere', () => {
    expect(cardToText(reminderListCard([makeReminder({ to: [GROUP] })], OWNER.account, NOW))).toContain(
      '(群里;',
    );
  });
  it('says what can be said when there is nothing', () => {
    const card = reminderListCard([], OWNER.account, NOW);
    expect(cardToText(card)).toContain('周五下午三点提醒我交低保报表');
    expect(card.buttons).toEqual([]);
  });
});
