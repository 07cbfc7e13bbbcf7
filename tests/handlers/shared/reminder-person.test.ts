/** Whom a reminder is to go to: who is named behind the call, and what the answer to 请问…替换哪一位 makes of it. */
import { describe, expect, it } from 'vitest';
import { answeredForm, keepsAll, namedLater } from '../../../src/handlers/shared/reminder-person.js';
import { loadDirectory } from '../../../src/organizations/load.js';
import { makeContext } from '../../helpers/context.js';
import { makeReminder, makeReminderWorld, OWNER } from '../../helpers/reminders.js';

const directory = loadDirectory('knowledge/organizations');
const world = { ...makeReminderWorld(), directory };
const person = directory.personNamed('陈丙') ?? null;

describe('named behind the call', () => {
  const later = (raw: string, text: string) =>
    namedLater(text, makeContext({ raw, text: raw, person }), world)?.person.name ?? null;
  it.each([
    ['今年起,提醒袁乙报表', '今年起 袁乙报表', '袁乙'],
    ['明天九点催袁乙交表', '催袁乙交表', null],
    ['周五上午记得催袁乙报表', '催袁乙报表', null],
    ['周五上午去催一下袁乙', '去催一下袁乙', null],
    ['明天九点催催袁乙的台账', '催催袁乙的台账', null],
  ])('%s', (raw, text, name) => expect(later(raw, text)).toBe(name));
});

describe('who gives way', () => {
  const to = ['林丙', '唐己'].map((name) => ({ ...OWNER, kind: 'person' as const, name, account: name }));
  const reminder = makeReminder({ to });
  const form = (raw: string) =>
    answeredForm(makeContext({ raw, text: raw, person }), world, reminder, '换上袁乙');
  it.each([
    ['林丙', '把林丙换成提醒袁乙'],
    ['换林丙', '把林丙换成提醒袁乙'],
    ['都换', '改成提醒袁乙'],
    ['全部换掉吧', '改成提醒袁乙'],
    ['都', '改成提醒袁乙'],
    ['都不换', null],
    ['都先别换了', null],
    ['全都留着', null],
    ['林丙不换', null],
    ['不换林丙', null],
    ['林丙留着', null],
    ['除了林丙都换', null],
    ['都行', null],
    ['都换了谁去', null],
    ['都换吗', null],
    ['要是都换呢', null],
  ])('%s', (raw, expected) => expect(form(raw)).toBe(expected));
  it.each([
    ['都不换', true],
    ['都先别换了', true],
    ['全都留着', true],
    ['算了 不换了', true],
    ['林丙不换', false],
    ['换林丙', false],
    ['除了林丙都不换', false],
    ['都不换吗', false],
  ])('%s keeps all: %s', (raw, kept) => expect(keepsAll(raw, to)).toBe(kept));
});
