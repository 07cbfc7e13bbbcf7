import { describe, expect, it } from 'vitest';
import { parseChoice, parseFollowUp as parseFollowUpOf } from '../../src/nlu/match.js';
import { useAssistant } from '../helpers/assistant.js';
import { START } from '../helpers/clock.js';
import { makeAction, makeMessage } from '../helpers/context.js';
import type { Message } from '../../src/core/chat.js';
import type { Session } from '../../src/core/session.js';

const assistant = useAssistant();
const parseFollowUp = (text: string) =>
  parseFollowUpOf(assistant().tools.intents, 'row', text)?.action ?? null;
const GROUP = { platform: 'console' as const, chatId: 'g', isDirect: false };

const match = (text: string, session: Session | null = null, more: Partial<Message> = {}) =>
  assistant().match({ update: makeMessage({ text, ...more }), session });
const session = (parts: Partial<Session>): Session => ({
  updatedAt: START,
  offered: [],
  isChoosing: false,
  ...parts,
});
const FOCUS = session({ focus: 'e/duty/1' });
const CHOOSING = session({ offered: ['r1', 'r2', 'r3'], isChoosing: true });

describe('commands', () => {
  it.each([
    ['/help', 'help', ''],
    ['help', 'help', ''],
    ['帮助', 'help', ''],
    ['/start', 'help', ''],
    ['/who 路灯坏了', 'ask_responsibility', '路灯坏了'],
    ['谁管 路灯坏了', 'ask_responsibility', '路灯坏了'],
    ['谁管:路灯坏了', 'ask_responsibility', '路灯坏了'],
    ['派单', 'file_request', ''],
    ['/HELP', 'help', ''],
  ])('%s is %s with “%s” behind it', async (text, intent, rest) => {
    expect(await match(text)).toMatchObject({ match: { intent, via: 'command', score: 1 }, text: rest });
  });

  // BUG src/nlu/match.ts, matchCommand: [\s::,,] names the half-width marks twice; the Chinese keyboard types ：，
  it.each(['谁管：路灯坏了', '谁管，路灯坏了'])('%s has its matter behind it', async (text) => {
    expect(await match(text)).toMatchObject({ match: { via: 'command' }, text: '路灯坏了' });
  });

  it.each(['呼叫教体局:opfenacg线杆歪了', '紧急呼叫住建局：路面塌了', '交办柳林镇:排查路灯'])(
    '%s calls whom it names before the colon',
    async (text) => {
      expect((await match(text))?.match).toMatchObject({ intent: 'file_request', via: 'command' });
    },
  );

  it.each(['QS-2026-000012', 'qs2026000012', 'QS-2026-000012?'])('%s asks how it stands', async (text) => {
    expect((await match(text))?.match).toMatchObject({ intent: 'request_status', via: 'command' });
  });

  it('are words of their own, not beginnings of others', async () => {
    for (const text of ['帮助我们把路灯修好归谁管', '谁管路灯'])
      expect((await match(text))?.match.via).toBe('example');
  });

  it('go before a choice and a follow-up', async () => {
    expect(await match('帮助', { ...CHOOSING, focus: 'x' })).toMatchObject({ match: { via: 'command' } });
  });
});

describe('buttons', () => {
  it('name the intent that owns the action, and carry its value', async () => {
    const update = makeAction({ id: 'township', value: '1a2b3c4d/duty/1' });
    expect((await assistant().match({ update, session: null }))?.match).toMatchObject({
      intent: 'ask_responsibility',
      via: 'action',
      slots: { action: 'township', value: '1a2b3c4d/duty/1' },
    });
  });

  it.each([
    ['x', ''],
    ['__proto__', ''],
    ['township', '__proto__'],
    ['late-go', '1'],
  ])('that are none of ours have an intent of their own: %s %s', async (id, value) => {
    const found = await assistant().match({ update: makeAction({ id, value }), session: null });
    expect(found?.match).toMatchObject({ intent: 'stale', slots: { action: 'button' } });
  });
});

describe('files without words', () => {
  const sent = (
    name: string,
    kind: 'file' | 'photo' = 'file',
    more: Partial<Message> = {},
    said: Session | null = null,
  ) => match('', said, { attachments: [{ platform: 'console', kind, id: '1', name }], ...more });

  it.each(['清单.xlsx', '清单.DOCX', 'a.pdf', 'a.csv', 'a.xls'])('%s may be a list', async (name) => {
    expect(await sent(name)).toMatchObject({ match: { intent: 'import_lists', slots: { value: '' } } });
  });

  it('belong to the request spoken of last, or to what is being written', async () => {
    const request = session({ request: 'QS-2026-000001' });
    expect(await sent('照片.jpg', 'photo', {}, request)).toMatchObject({
      match: { intent: 'reply_request', slots: { action: 'req-note', value: 'QS-2026-000001' } },
    });
    const writing = session({ flow: { intent: 'file_request', asks: 'text', data: {} } });
    expect(await sent('清单.xlsx', 'file', {}, writing)).toMatchObject({ match: { intent: 'file_request' } });
    expect(await sent('清单.xlsx', 'file', { conversation: GROUP })).toMatchObject({
      match: { intent: 'reply_request' },
    });
  });
});

describe('choices', () => {
  it.each([
    ['2', 2],
    ['第二个', 2],
    ['选3', 3],
    ['就第1项', 1],
    ['三', 3],
    ['２', 2],
  ])('%s picks number %d of those offered', async (text, number) => {
    expect((await match(text, CHOOSING))?.match).toMatchObject({
      via: 'flow',
      slots: { action: 'pick', value: `r${number}` },
    });
  });

  it('need an offer, and a number within it', async () => {
    for (const [text, given] of [
      ['2', null],
      ['2', FOCUS],
      ['4', CHOOSING],
      ['2', session({ offered: ['r1', 'r2'] })],
    ] as const)
      expect((await match(text, given))?.match.via).toBe('example');
  });

  it('are not read into longer texts', () => {
    for (const text of ['22', '2号路灯', '第二个路口', '12', '0', '十']) expect(parseChoice(text)).toBeNull();
  });
});

describe('follow-ups', () => {
  it.each([
    ['那镇里呢', 'township'],
    ['我们镇要做什么', 'township'],
    ['镇街要做哪些', 'township'],
    ['乡镇该负责什么', 'township'],
    ['能罚吗', 'penalty'],
    ['镇里能处罚吗', 'penalty'],
    ['我们有权执法吗', 'penalty'],
    ['依据是什么', 'basis'],
    ['有什么法律依据', 'basis'],
    ['找谁', 'contact'],
    ['具体找谁', 'contact'],
    ['那找哪位?', 'contact'],
    ['那镇里呢?', 'township'],
    ['能罚吗?', 'penalty'],
  ] as const)('%s asks for %s of the row shown last', async (text, action) => {
    expect(parseFollowUp(text)).toBe(action);
    expect((await match(text, FOCUS))?.match).toMatchObject({
      intent: 'ask_responsibility',
      via: 'flow',
      slots: { action, value: 'e/duty/1' },
    });
  });

  // BUG src/nlu/match.ts, FOLLOW_UPS: the tails read [??。!]; the full-width ？ and ！ that people type are missing.
  it.each(['那镇里呢？', '能罚吗？', '依据是什么？', '找谁？', '能罚吗！'])('%s is one', (text) => {
    expect(parseFollowUp(text)).not.toBeNull();
  });

  it('have no matter of their own', () => {
    for (const text of ['路灯坏了归谁管', '占道经营能罚吗', '镇里的路灯谁修', '找谁办低保', '罚款标准'])
      expect(parseFollowUp(text)).toBeNull();
  });

  it('without a row ask which matter is meant', async () => {
    for (const given of [null, CHOOSING])
      expect((await match('那镇里呢', given))?.match.slots).toEqual({ action: 'which' });
  });

  it.each(['下一页', '继续', '更多', '还有呢'])('%s turns the page of a listing', async (text) => {
    const listing = { filter: { lead: '县水利局' }, page: 1 };
    expect((await match(text, session({ listing })))?.match).toMatchObject({
      intent: 'list_rows',
      slots: { action: 'page', value: '2' },
    });
  });
});

describe('groups', () => {
  const quiet = { conversation: GROUP, isAddressed: false };
  const spoken = { conversation: GROUP, isAddressed: true };

  it('are met with silence unless the bot is spoken to', async () => {
    for (const text of ['路灯坏了归谁管', '帮助', '/help', '2', '', '下一页'])
      expect(await match(text, null, quiet)).toBeNull();
    expect((await match('路灯坏了归谁管', null, spoken))?.match.intent).toBe('ask_responsibility');
  });

  it('hear the choice of one who is choosing, and nothing else of theirs', async () => {
    expect((await match('2', CHOOSING, quiet))?.match.via).toBe('flow');
    for (const text of ['路灯坏了归谁管', '好的', '9', '帮助'])
      expect(await match(text, CHOOSING, quiet)).toBeNull();
  });

  it('do not hear follow-ups that are not for the bot', async () => {
    expect(await match('能罚吗', FOCUS, quiet)).toBeNull();
    expect((await match('能罚吗', FOCUS, spoken))?.match.via).toBe('flow');
  });
});

describe('examples', () => {
  it.each([
    ['马路上的路灯不亮了,归哪个单位管', 'ask_responsibility'],
    ['住建局牵头的事项有哪些', 'list_rows'],
    ['你会干什么', 'help'],
    ['谢谢你啊', 'smalltalk'],
  ])('%s is %s', async (text, intent) => {
    const found = await match(text);
    expect(found?.match).toMatchObject({ intent, via: 'example' });
    expect(found?.match.score).toBeGreaterThan(0);
    expect(found?.match.score).toBeLessThanOrEqual(1);
  });

  it('give every intent that has examples a share, one in sum', async () => {
    const scores = (await match('路灯坏了归谁管'))?.match.scores ?? {};
    const taught = assistant().tools.intents.filter(({ examples }) => examples.length > 0);
    const sum = taught.reduce((total, { id }) => total + (scores[id] ?? NaN), 0);
    expect(sum).toBeCloseTo(1, 3);
  });
});
