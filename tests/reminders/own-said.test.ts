/** What is said of one's own reminders: several at once, days that stay, pauses, what is done, what is only told. */
import { describe, expect, it } from 'vitest';
import { asksWhether } from '../../src/reminders/ask-words.js';
import { keptDaysIn, weekdaysIn } from '../../src/reminders/kept-days.js';
import { readWanted } from '../../src/reminders/parse.js';
import { pausedIn, restingIn } from '../../src/reminders/resting.js';
import { severalIn } from '../../src/reminders/several.js';
import { shiftOf } from '../../src/reminders/shift-words.js';
import { speechesOf } from '../../src/reminders/speech.js';
import { eachDay, movedAsTold } from '../../src/reminders/told-forms.js';
import { parseTime } from '../../src/nlu/dates/parse.js';
import { mendCall } from '../../src/nlu/dates/slips.js';
import { at, calendar } from '../helpers/dates.js';

const options = { now: at('2026-12-24 17:30'), calendar };
const kindsOf = (said: string) => speechesOf(said).map(({ kind }) => kind);

describe('days of a rule that stay', () => {
  it.each([
    ['周四不用叫了 光周二叫', '周二', ''],
    ['巡河的以后周四不用叫了 光周二叫', '周二', '巡河'],
    ['只周一周五提醒', '周一周五', ''],
    ['周三的不要了 光留周五', '周五', ''],
    ['周三别喊了,就周五吧', '周五', ''],
  ])('%s', (said, days, about) => {
    expect(keptDaysIn(said)).toEqual({ about, days });
    expect(kindsOf(said)[0]).toBe('drop');
  });
  it.each(['就周四吧', '改到周二', '光提醒我', '周四不用叫了'])('%s names none', (said) =>
    expect(keptDaysIn(said)).toBeNull(),
  );
  it.each([
    ['周二、四', ['TU', 'TH']],
    ['每周一和周五', ['MO', 'FR']],
    ['明天', null],
  ])('%s', (words, days) => expect(weekdaysIn(words)).toEqual(days));
});

it.each([
  '班子会这个先停停 这周忙不过来,我说恢复再恢复',
  '先停一停吧,等我说开再开',
  '空气站这个先停停 等我说了再提醒',
  '报表的提醒先停着,我出差,回来我说接着再接着',
])('%s: until further notice', (said) => expect(pausedIn(said)?.kind).toBe('pause'));

it.each(['今天的我上午已经报过啦,劳您从下周开始吧', '这周的早就交完了,麻烦您从下周一起提醒'])(
  '%s: goes on then',
  (said) => expect(restingIn(said)?.time).toMatch(/^下周/),
);

describe('what is only told leaves nothing out', () => {
  const ACTS = ['skip', 'rest', 'pause', 'cancel', 'drop'];
  const actsOf = (said: string) => kindsOf(said).filter((it) => ACTS.includes(it));
  it.each([
    '自来水下周停',
    '自来水下周停一停',
    '自来水下周停了',
    '自来水这周停,下周一恢复',
    '自来水停到下周一',
    '老王下周歇着',
    '听说周报这个月不用报了',
    '周报他说这个月不用报了',
    '领导说周报下周不用报',
    '石桥这周先不报,下周开始报',
    '石桥这周不报,下周一再报',
    '听说石桥这周不用报,下周开始报',
    '他说周报先停着',
    '听说周报以后不用提醒了',
  ])('%s', (said) => expect(actsOf(said)).toEqual([]));
  it.each([
    ['一月上旬停', 'skip'],
    ['周报的提醒下周停', 'skip'],
    ['周报的下周停一次', 'skip'],
    ['周报那个下周停', 'skip'],
    ['周报下周那次停了吧', 'skip'],
    ['周报这个月不用报了', 'skip'],
    ['三月这次跳过去', 'skip'],
    ['报表那个这周先停,下周一再来', 'rest'],
    ['报表这周先停,下周一接着提醒', 'rest'],
    ['这周先不报,下周开始报', 'rest'],
    ['人居环境那个停到月底再说', 'rest'],
    ['报表先停着', 'pause'],
    ['这周不用响 领导说不要了', 'skip'],
    ['我跟他说的那个提醒不要了', 'cancel'],
  ])('%s: %s', (said, kind) => expect(actsOf(said)).toContain(kind));
});

describe('several in one message', () => {
  it.each([
    [
      '周四上午九点党委会、周五下午三点理论学习、下周一上午九点升旗,都提前半小时提醒我',
      [
        '周四上午九点党委会 提前半小时提醒我',
        '周五下午三点理论学习 提前半小时提醒我',
        '下周一上午九点升旗 提前半小时提醒我',
      ],
    ],
    [
      '明儿个事情多,你给我记两个提醒:上午八点去送档案,下午三点例会,两件都提前二十分钟喊我',
      ['明儿个上午八点去送档案 提前二十分钟提醒我', '下午三点例会 提前二十分钟提醒我'],
    ],
    ['明天九点开会、下午三点交表,都喊我一声', ['明天九点开会 提醒我', '下午三点交表 提醒我']],
    [
      '给我设三个提醒:1、今天下午两点查加油站 2、明天上午九点写记录 3、周五下午四点报月报',
      ['今天下午两点查加油站 提醒我', '明天上午九点写记录 提醒我', '周五下午四点报月报 提醒我'],
    ],
    ['明天提醒我两件事 ①八点半交表②十点开会', ['明天八点半交表 提醒我', '明天十点开会 提醒我']],
    ['记着:1.明天九点交周报;2.后天十点交月报', ['明天九点交周报 提醒我', '后天十点交月报 提醒我']],
  ])('%s', (raw, parts) => expect(severalIn(raw)).toEqual(parts));
  it.each([
    '提醒我明天九点带:1、身份证 2、户口本',
    '提醒我两点开会,带材料',
    '周四九点开会,带U盘、合同,都提醒我一下',
  ])('%s is one', (raw) => expect(severalIn(raw)).toBeNull());
});

describe('told, in the plain form', () => {
  it.each([
    ['以后每个礼拜五都提醒吧 还是九点', '改成每个礼拜五九点'],
    ['以后每周五都叫我吧 时间不变', '改成每周五'],
    ['不是今天 明天起 天天都放', '改成明天起每天'],
    ['每周五提醒我交表', null],
    ['每周五的例会改到四点', null],
    ['改成每周一三五', null],
    ['改成每周五', null],
  ])('%s', (said, plain) => expect(eachDay(said)).toBe(plain));
  it.each([
    ['县里说要报到29号,延一下', '改到29号'],
    ['会挪到后天下午了 你也改一下', '改到后天下午'],
    ['县里说可能要报到29号,延一下', null],
    ['县里说27号改成29号,改一下', null],
    ['延一下', null],
  ])('%s: as it was told', (said, plain) => expect(movedAsTold(said, options)).toBe(plain));
});

it.each(['送档案那个不用提前,正点喊就中', '正点叫我就行 不用提前'])('%s: at its hour', (said) =>
  expect(shiftOf(said)).toMatchObject({ minutes: 0, days: 0, isLead: true }),
);
it.each(['那提前一个小时叫我 路上远', '还是提前一小时喊我'])('%s: earlier', (said) =>
  expect(shiftOf(said)).toMatchObject({ minutes: -60, isLead: true }),
);

describe('what is done and seen', () => {
  it.each(['知道了 往村部走着呢', '收到,这就去', '好的 已经在路上了'])('%s', (said) =>
    expect(kindsOf(said)).toContain('seen'),
  );
  it('knows a verb by which something is got rid of, of what its words name', () => {
    expect(speechesOf('大洼的名单报了')).toContainEqual({
      kind: 'done',
      about: '大洼的名单报了',
      isNamed: true,
    });
    expect(kindsOf('大洼的名单还没报')).not.toContain('done');
  });
});

it.each(['今天下午这回也算进去了吗', '包括今天这次吗'])('%s asks whether', (said) =>
  expect(asksWhether(said)).toBe(true),
);

it.each([
  ['后天提行我拿公章', '后天提醒我拿公章'],
  ['晌午招呼我一声 打电话', '晌午提醒我一声 打电话'],
  ['给人社打个招呼', '给人社打个招呼'],
])('%s', (said, meant) => expect(mendCall(said)).toBe(meant));

it.each([
  ['麻烦您了,每周五下午四点提醒我报警情,谢谢', '报警情'],
  ['每天下午六点提醒我报用电数,报到27号', '报用电数'],
  ['不过三点那个调解会你得叫我', '调解会'],
])('%s is about %s', (raw, text) => {
  const time = parseTime(raw, { ...options, purpose: 'reminder' });
  expect(readWanted(raw, time).text).toBe(text);
});
