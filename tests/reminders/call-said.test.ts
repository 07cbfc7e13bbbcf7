/** Others are to be reminded, or called to a meeting, whatever stands first: the plain form, or nothing. */
import { describe, expect, it } from 'vitest';
import { loadCalendar } from '../../src/calendar/calendar.js';
import { loadDirectory } from '../../src/organizations/load.js';
import { callSaid } from '../../src/reminders/call-said.js';
import { meetingSaid } from '../../src/reminders/meeting-said.js';
import { at } from '../helpers/reminders.js';

const directory = loadDirectory('knowledge/organizations');
const calendar = loadCalendar('knowledge/calendar');
const by = (read: typeof callSaid, text: string, name = '袁乙') => {
  const person = directory.personNamed(name);
  return person && read(text, { person, directory, calendar, now: at('2026-12-14 09:00') });
};

describe('a call in any order', () => {
  it.each([
    [
      '冬灌面积县里下周一要数，你下周一上午八点半给各村都提醒一下，九点以前把数报给林丙',
      '下周一上午八点半提醒各村 冬灌面积县里下周一要数,九点以前把数报给林丙',
    ],
    ['明天早上七点半再提醒他们几个村一遍，下地看看棚倒没倒', '明天早上七点半提醒各村 下地看看棚倒没倒'],
    ['农综中心的人天天找不着！十一点整提醒他们全到二楼来', '十一点整提醒农综中心的人 到二楼来'],
    [
      '林丙那儿给弄个例行的呗，每个月25号上午九点催他把水费表报上来',
      '每个月25号上午九点提醒林丙 把水费表报上来',
    ],
    [
      '平安办咋回事 台账又没交 明天上午九点提醒他们交隐患台账 别让我说第二遍',
      '明天上午九点提醒平安办 交隐患台账',
    ],
    ['镇里林丙和陈丙明天八点四十集合去工地 到时提醒一下他俩', '明天八点四十提醒林丙、陈丙 集合去工地'],
    ['从明年起每月20号上午，提醒林丙把数据核一遍', '从明年起每月20号上午提醒林丙 把数据核一遍'],
    ['每周五报农情，下午3点提醒林丙', '每周五下午3点提醒林丙 报农情'],
    ['林丙，后天上午把单子给张三送过去，九点提醒他', '12月16日上午九点提醒林丙 后天上午把单子给张三送过去'],
    [
      '明天八点半发给林丙和陈丙：“请于1月19日前报检查台账。”',
      '明天八点半提醒林丙、陈丙 请于1月19日前报检查台账。',
    ],
    [
      '麻烦你明天上午九点提醒一下住建局的郑九局长，让他在局里等，别出去了',
      '明天上午九点提醒郑九 在局里等,别出去了',
    ],
  ])('%s', (text, plain) => expect(by(callSaid, text)).toBe(plain));

  it.each([
    '林丙昨天三点提醒过陈丙了',
    '我明天下午三点要去找林丙对账，提醒我带合同',
    '书记让林丙明天三点叫陈丙去开会',
    '别提醒林丙了，他明天三点自己去',
    '要是明天下雨，三点提醒林丙收麦子',
    '明天上午九点催一下住建局路灯的事',
    '陈丙的表谁催的，三点还是四点',
    '林丙那边水费还没收齐，催他一下',
  ])('%s: nothing', (text) => expect(by(callSaid, text)).toBeNull());
});

describe('a meeting in any order', () => {
  it.each([
    [
      '这样哈，咱们镇周三也就是16号上午十点在一楼大会议室开推进会，经发办和便民中心的同志都得来，你帮我把会议通知发下去',
      '会议通知 经发办、便民中心:周三也就是16号上午十点,地点:一楼大会议室,开推进会',
    ],
    [
      '明早八点半全镇干部到二楼小会议室碰个头说迎检的事你给大家发个会议通知',
      '会议通知 全镇干部:明早八点半,地点:二楼小会议室,开会,碰个头说迎检的事',
    ],
    ['会议通知 下午3点 二楼 年货市场 林丙 陈丙', '会议通知 林丙、陈丙:下午3点,地点:二楼,开会,年货市场'],
    [
      '后天上午九点半在一楼大会议室开信访会 通知林丙 陈丙 张三都来',
      '会议通知 林丙、陈丙、张三:后天上午九点半,地点:一楼大会议室,开信访会',
    ],
    [
      '明天上午 哦不 明天下午两点吧 在四楼 开个推进会 让经发办的都来啊',
      '会议通知 经发办:明天下午两点,地点:四楼,开推进会',
    ],
    [
      '下周一上午九点路灯会，林丙陈丙一个都不能少，给他们发会议通知',
      '会议通知 林丙、陈丙:下周一上午九点,开路灯会',
    ],
    ['喊各村书记后天上午十点来镇里三楼开秋收会', '会议通知 各村书记:后天上午十点,地点:镇里三楼,开秋收会'],
    ['下午三点二楼开会 陈丙必须来', '会议通知 陈丙:下午三点,地点:二楼,开会'],
  ])('%s', (text, plain) => expect(by(meetingSaid, text)).toBe(plain));

  it.each([
    '昨天通知林丙来开会了',
    '明天的会通知林丙了没',
    '李书记让林丙明天三点来开会',
    '派林丙明天去县里参加防汛会',
    '要是明天不下雨，通知林丙三点来开会',
    '提醒我通知林丙明天开会',
    '【县民政局】定于1月18日14:30开调度会,请林丙参加',
    '明天三点林丙参加县农业局的会',
  ])('%s: nothing', (text) => expect(by(meetingSaid, text)).toBeNull());
});
