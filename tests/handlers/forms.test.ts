/** Forms as they come from a platform that has them: what was picked is looked at again, whatever the client let through. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../src/core/chat.js';
import type { Filled, Form } from '../../src/core/form.js';
import { useAssistant } from '../helpers/assistant.js';
import { FORGED } from '../helpers/forged.js';
import { DIRECT, replyToText, startTalk, type Talk } from '../helpers/talk.js';

const assistant = useAssistant();
let talk: Talk;
let count = 0;
beforeEach(async () => {
  talk = await startTalk(assistant());
  return () => talk.close();
});

const direct = (user: string): Conversation => ({ ...DIRECT, chatId: user });
const place = (user: string) => ({ conversation: direct(user) });
/** The newest form that the person was shown. */
const formFor = (user: string): Form => {
  const shown = talk.delivered
    .filter(({ conversation }) => conversation.chatId === user)
    .flatMap(({ reply }) => ('form' in reply && reply.form ? [reply.form] : []))
    .at(-1);
  if (!shown) throw new Error(`${user} was shown no form`);
  return shown;
};
async function send(
  user: string,
  { id, value = '' }: Pick<Form, 'id' | 'value'>,
  filled: Filled,
): Promise<string> {
  const seen = talk.delivered.length;
  await talk.bot.accept({
    kind: 'action',
    ...{ id: `console:form-${++count}`, conversation: direct(user), messageId: `form-${count}` },
    ...{ user: { platform: 'console', id: user, name: user }, at: talk.clock() },
    action: { id, value, filled },
  });
  await talk.bot.idle();
  return talk.delivered
    .slice(seen)
    .map(({ reply }) => replyToText(reply))
    .join('\n');
}
const fill = (user: string, filled: Filled) => send(user, formFor(user), filled);
const reminders = () => talk.store.findReminders({});
const AT = String(Date.parse('2026-03-03T09:00:00+08:00'));
const account = (person: string) => assistant().tools.directory.personNamed(person)?.accounts[0] ?? '';

describe('a reminder', () => {
  it('is set by one form, for oneself', async () => {
    await talk.say('张三', '设提醒', place('张三'));
    expect(await fill('张三', { text: '交低保报表', at: AT })).toContain('已设提醒');
    expect(await reminders()).toMatchObject([{ text: '交低保报表', to: [{ account: account('张三') }] }]);
  });

  it('in the past is asked for again, with what was written', async () => {
    await talk.say('张三', '设提醒', place('张三'));
    const past = String(Date.parse('2020-01-01T09:00:00+08:00'));
    expect(await fill('张三', { text: '交低保报表', at: past })).toContain('已经过去');
    expect(formFor('张三').fields[0]).toMatchObject({ value: '交低保报表' });
    expect(await reminders()).toEqual([]);
  });

  it.each([
    ['a stranger', 'console:nobody'],
    ['somebody of another unit', 'console:韩辛'],
  ])('for %s whom nobody offered is refused', async (_, stranger) => {
    await talk.say('张三', '设提醒', place('张三'));
    expect(await fill('张三', { text: '交表', at: AT, to: stranger })).toMatch(/不在人员名录|须由/);
    expect(await reminders()).toEqual([]);
  });

  it('for more than are called at once says so', async () => {
    const head = assistant().tools.directory.people.find(({ roles }) => roles.includes('county-leader'));
    const many = assistant().tools.directory.people.flatMap(({ accounts }) => accounts.slice(0, 1));
    const user = head?.accounts[0]?.replace('console:', '') ?? '';
    await talk.say(user, '设提醒', place(user));
    const said = await fill(user, { text: '交表', at: AT, to: [...new Set(many)].slice(0, 21).join(' ') });
    expect(said).toContain('一次最多提醒 20 人');
    expect(await reminders()).toEqual([]);
  });

  it('sent twice is set once', async () => {
    await talk.say('张三', '设提醒', place('张三'));
    const form = formFor('张三');
    await send('张三', form, { text: '交表', at: AT });
    expect(await send('张三', form, { text: '交表', at: AT })).toContain('没有重复设置');
    expect(await reminders()).toHaveLength(1);
  });
});

describe('a binding', () => {
  it('asks for unit and name at once, and binds nobody by itself', async () => {
    await talk.say('生人', '绑定', place('生人'));
    const form = formFor('生人');
    expect(form.fields.map(({ name }) => name)).toEqual(['unit', 'name']);
    expect(await fill('生人', { unit: '柳林镇', name: '查无此人' })).toContain('没有查到');
    expect(await fill('生人', { unit: '柳林镇', name: '张三' })).toMatch(/已请|没有可以|核对/);
    expect(assistant().tools.directory.personOf({ platform: 'console', id: '生人' })).toBeNull();
  });
});

it('values that none of our forms can hold do nothing, whatever the form', async () => {
  await talk.say('张三', '设提醒', place('张三'));
  const { intents } = assistant().tools;
  const forms = intents.flatMap((it) => Object.entries(it.forms));
  expect(forms.length).toBeGreaterThan(12);
  for (const [id, fields] of forms)
    for (const name of [...Object.keys(fields), 'constructor', '__proto__', 'nothing'])
      for (const forged of FORGED.slice(0, 20)) {
        const said = await send('张三', { id, value: '' }, { [name]: forged });
        expect(said.trim(), `${id} ${name} ${forged}`).not.toBe('');
      }
  expect(await reminders()).toEqual([]);
  expect((await talk.store.findRequests({}, { offset: 0, limit: 9 })).total).toBe(0);
}, 60_000);

it('a button that is no form takes no fields, and a form none without', async () => {
  const [plain, form] = await Promise.all([
    send('张三', { id: 'draft-send', value: '' }, { text: 'x' }),
    talk.press('张三', 'form-reminder', '', place('张三')),
  ]);
  for (const said of [plain, form]) expect(said).toContain('按钮已失效');
});
