/** What is said of reminders: which reading it has, which reminder is meant, and what becomes of it. */
import { describe, expect, it } from 'vitest';
import type { Reminder } from '../../src/core/reminder.js';
import { changed } from '../../src/reminders/change.js';
import { named } from '../../src/reminders/naming.js';
import { lengthAgain, onceMoreAt } from '../../src/readings/reminder-interval.js';
import { callOfHim } from '../../src/readings/reminded-shown.js';
import { severalIn } from '../../src/reminders/several.js';
import { calledThen } from '../../src/reminders/told-forms.js';
import { changeOf, speechesOf } from '../../src/reminders/speech.js';
import { at, calendar, show } from '../helpers/dates.js';

const now = at('2026-11-30 09:00');
const options = { now, calendar };

function reminder(id: number, text: string, when: string): Reminder {
  const instant = at(when);
  return {
    ...{ id: `TX-2026-00000${id}`, version: 1, source: 'own', text, to: [], said: '', late: 'send' },
    ...{ isUrgent: false, channel: 'message', status: 'active', edits: 0, createdAt: id },
    owner: { account: 'console:1', name: '张三', organization: '柳林镇' },
    when: { kind: 'once', at: instant },
    ...{ nextAt: instant, ruleAt: instant },
  } as Reminder;
}

const MEETING = reminder(1, '参加普法会', '2026-12-02 10:00');
const REPORT = reminder(2, '交统计报表', '2026-12-03 16:40');
const WELL = reminder(3, '看井盖', '2026-11-30 17:00');
const MINE = [MEETING, REPORT, WELL];

describe('which kind of words', () => {
  it.each([
    ['那个交报表的改到下午', 'retime'],
    ['推迟半小时', 'shift'],
    ['提前一天', 'shift'],
    ['内容改成去县里开会', 'reword'],
    ['不是周三是周四', 'swap'],
    ['都取消', 'cancel'],
    ['那个交报表的几点', 'ask'],
    ['下一次什么时候', 'ask'],
    ['知道了', 'seen'],
    ['完成了', 'done'],
    ['周末不用提醒', 'workdays'],
    ['值班表那个先停一停,我去培训', 'pause'],
    ['这周住院,报表的提醒歇几天', 'pause'],
    ['出院了,报表接着提醒', 'resume'],
    ['算了 不用每周 就这周四', 'once'],
    ['只要这周四那一次', 'once'],
    ['就这一次 以后不用了', 'once'],
    ['改成一次性的,就这周四', 'once'],
    ['不用重复了', 'once'],
    ['发过了 弄完了', 'done'],
    ['弄好了 发群里了', 'done'],
    ['打错字了 是李庄', 'swap'],
    ['1月20号到25号先停', 'rest'],
    ['这个提醒到哪天完', 'ask'],
    ['水利局那边就算了', 'person'],
    ['再加上商务局', 'person'],
  ])('%s: %s', (text, kind) => expect(speechesOf(text)[0]?.kind).toBe(kind));
  it.each(['路灯坏了归谁管', '周五下午三点提醒我交表', '呼叫住建局'])('%s: no change', (text) =>
    expect(changeOf(text)).toBeNull(),
  );
});

describe('what it is done with, and whom it is for', () => {
  const sent = { ...REPORT, text: '给政府办送发文稿' };
  const textAfter = (words: string) => {
    const change = changeOf(words);
    const outcome = change && changed(sent, change, options);
    return outcome?.kind === 'changed' ? outcome.text : outcome?.kind;
  };
  it.each([
    ['内容改下 送的是会议纪要', '给政府办送会议纪要'],
    ['不对 送的是会议纪要', '给政府办送会议纪要'],
    ['送的不是发文稿 是批示件', '给政府办送批示件'],
  ])('%s', (words, text) => expect(textAfter(words)).toBe(text));
  it.each(['错了 不是提醒我 是提醒李四', '是提醒李四 不是提醒我'])('%s: whom', (words) =>
    expect(changeOf(words)).toEqual({ kind: 'person', about: '', words: '李四', how: 'instead' }),
  );
});

describe('which reminder', () => {
  const ids = (words: string) => {
    const found = named(words, MINE, options);
    return found.kind === 'found' ? found.reminders.map(({ text }) => text) : found.kind;
  };
  it.each([
    ['那个交报表的', ['交统计报表']],
    ['五点那个', ['看井盖']],
    ['周三那个', ['参加普法会']],
    ['第二个', ['交统计报表']],
    ['开会那个', ['参加普法会']],
    ['看井那个', ['看井盖']],
    ['交表那个', ['交统计报表']],
    ['普会那个', ['参加普法会']],
    ['打疫苗那个', 'unknown'],
    ['这个', 'any'],
  ])('%s', (words, texts) => expect(ids(words)).toEqual(texts));
});

describe('what becomes of it', () => {
  const after = (words: string, it: Reminder = MEETING) => {
    const change = changeOf(words);
    const outcome = change && changed(it, change, options);
    if (outcome?.kind !== 'changed') return outcome?.kind ?? '-';
    return outcome.when.kind === 'once' ? `${show(outcome.when.at)} ${outcome.text}` : outcome.when.kind;
  };
  it.each([
    ['改到下午三点', '2026-12-02 15:00 参加普法会'],
    ['改到周四', '2026-12-03 10:00 参加普法会'],
    ['推迟半小时', '2026-12-02 10:30 参加普法会'],
    ['提前一天', '2026-12-01 10:00 参加普法会'],
    ['不是周三是周四', '2026-12-03 10:00 参加普法会'],
    ['内容改成参加禁毒会', '2026-12-02 10:00 参加禁毒会'],
    ['打错了 是普发会', '2026-12-02 10:00 参加普发会'],
    ['改成每周五', 'recurring'],
    ['提前三天', 'problem'],
  ])('%s: %s', (words, expected) => expect(after(words)).toBe(expected));
});

it('several reminders in one message are told apart', () => {
  expect(severalIn('明早九点提醒我带合同,周四下午提醒我还车')).toHaveLength(2);
  expect(severalIn('周五下午三点提醒我交表')).toBeNull();
});

it('takes what is asked with for words of the reminder where several fit', () => {
  const mine = [reminder(1, '陪客人看房', '2026-12-02 10:00'), reminder(2, '交房租', '2026-12-02 11:00')];
  const found = named('看房那个', mine, options);
  expect(found.kind === 'found' && found.reminders.map(({ text }) => text)).toEqual(['陪客人看房']);
});

it('leaves out today, or begins tomorrow', () => {
  for (const said of ['今天的就算了,从明天开始', '从明儿开始吧,今儿的就算了', '今天不算,从明天起'])
    expect(changeOf(said)).toMatchObject({ kind: 'rest', time: expect.stringMatching(/^明天$/) });
  expect(changeOf('今天的就算了')).toMatchObject({ kind: 'skip', time: '今天' });
  expect(changeOf('水位表2月那次跳过')).toMatchObject({ kind: 'skip', about: '水位表', time: '2月' });
});

it('finds what is written with another character of the same sound', () => {
  const found = named('交台账那个', [reminder(1, '交脱贫户台帐', '2026-12-02 10:00')], options);
  expect(found.kind).toBe('found');
});

it('one day of several that goes is no rest until the other', () => {
  expect(changeOf('周三的就算了,周五照常')?.kind).not.toBe('rest');
  expect(changeOf('今天不用报了 从后天开始吧')).toMatchObject({ kind: 'rest', time: '后天' });
  expect(changeOf('三月的别报了')).toMatchObject({ kind: 'skip', time: '三月' });
});

it('takes the hour beside the call where it is told what was moved', () => {
  expect(calledThen('开会改到十点了,你九点半叫我')).toBe('改到九点半');
  expect(calledThen('县里通知评审改到周五十点,你还是九点提醒我')).toBe('评审改到周五九点');
  expect(calledThen('开会改到十点了')).toBeNull();
});

it('reads who gives way to whom', () => {
  expect(changeOf('把王五换成提醒赵六')).toMatchObject({ kind: 'person', from: '王五', words: '赵六' });
  expect(changeOf('换成提醒赵六')).toMatchObject({ kind: 'person', words: '赵六', how: 'instead' });
});

describe('so long before what it is about', () => {
  const GONE_BY = {
    ...reminder(4, '要去市里开表彰会', '2026-12-04 08:30'),
    ...{ said: '周五上午九点半', createdAt: now },
  };
  const timeAfter = (words: string, of = GONE_BY) => {
    const change = changeOf(words);
    const after = change && changed(of, change, options);
    return after?.kind === 'changed' && after.when.kind === 'once' ? show(after.when.at) : after;
  };
  it.each([
    ['改成提前半小时吧,路近', '2026-12-04 09:00'],
    ['换成提前两个小时', '2026-12-04 07:30'],
    ['提前一刻钟叫我就行', '2026-12-04 09:15'],
    ['再提前半小时', '2026-12-04 08:00'],
    ['推迟半小时', '2026-12-04 09:00'],
  ])('%s', (words, time) => expect(timeAfter(words)).toBe(time));
  it('of one that comes at its own hour', () =>
    expect(timeAfter('改成提前半小时', { ...GONE_BY, said: '周五上午八点半' })).toBe('2026-12-04 08:00'));
});

it.each([
  ['提醒他周五九点报底数', true],
  ['明天九点通知他开会', true],
  ['你周五九点催他报底数,别让他忘了', true],
  ['提醒他周五九点报底数,别忘了', true],
  ['别忘了提醒他周五九点报底数', true],
  ['不用提醒他周五九点报底数', false],
  ['别通知他明天九点开会', false],
  ['先甭催他周五报底数', false],
  ['我昨天提醒他周五九点报底数了', false],
  ['已经通知他明天九点开会', false],
  ['刚才催他周五报底数', false],
  ['我忘了提醒他周五九点报底数', false],
  ['听说要提醒他周五九点报底数', false],
  ['书记说通知他明天九点开会', false],
  ['要是忙就提醒他周五九点报底数', false],
  ['没提醒他周五九点报底数', false],
])('%s orders a call: %s', (text, ordered) => expect(callOfHim(text) !== null).toBe(ordered));

it.each([
  ['三个工作日', '三个工作日'],
  ['改成三天', '三天'],
  ['不对,是五天', '五天'],
  ['半个小时', '半个小时'],
  ['一个半小时后吧', '一个半小时'],
  ['应该是两周', '两周'],
  ['改成三个月吧', '三个月'],
  ['改成15日', null],
  ['是15日', null],
  ['15日', null],
  ['改成三月吧', null],
  ['三月', null],
  ['不是三天', null],
  ['是三天吧', null],
  ['应该是三天吧', null],
])('%s is as long: %s', (text, length) => expect(lengthAgain(text)).toBe(length));

it.each([
  ['过一刻钟再喊我一遍', '过一刻钟'],
  ['明天九点再提醒吧', '明天九点'],
  ['下午再催', null],
  ['下午再催一遍', null],
  ['明天再说吧', null],
  ['八点又响一次', null],
  ['八点又提醒我一遍', null],
])('%s rings again: %s', (text, time) => expect(onceMoreAt(text)).toBe(time));
