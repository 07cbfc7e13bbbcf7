/** From the first contact to being bound on Feishu, with its look-up of telephone numbers and e-mail addresses. */
import { afterEach, describe, expect, it } from 'vitest';
import { createFeishuAdapter } from '../../src/adapters/feishu/index.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { openSampleAssistant, useAssistant } from '../helpers/assistant.js';
import { createClock } from '../helpers/clock.js';
import { createLogRecorder } from '../helpers/context.js';
import { buttonsOf } from '../helpers/feishu-card.js';
import * as fakeOf from '../helpers/fake-feishu.js';
import { makeFolder } from '../helpers/folder.js';
import { createSampleBot } from '../helpers/talk.js';

const assistant = useAssistant(() => openSampleAssistant({}, ['feishu']));
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Registered = { telephone?: string; email?: string };

/** 袁乙 leads 柳林镇 as ou_leader; 邓乙 of it has no account; `registered` is what the directory has of people. */
async function open(
  registered: Record<string, Registered>,
  harm: (fake: fakeOf.FakeFeishu) => void = () => undefined,
) {
  const clock = createClock();
  const fake = await fakeOf.startFakeFeishu();
  harm(fake);
  const log = createLogRecorder();
  const store = await openLowdbStore(makeFolder());
  const adapter = createFeishuAdapter({
    ...{ appId: fakeOf.APP_ID, appSecret: fakeOf.APP_SECRET, domain: fake.domain, log, now: clock },
  });
  const bot = createSampleBot(assistant(), { store, adapters: [adapter], clock });
  const { liveDirectory } = assistant().tools;
  const source = liveDirectory.source();
  liveDirectory.replace({
    ...source,
    tenures: source.tenures.map(({ person, ...dates }) => ({
      ...dates,
      person: {
        ...person,
        accounts: person.name === '袁乙' ? ['feishu:ou_leader'] : [],
        ...registered[person.name],
      },
    })),
  });
  await adapter.start((update) => bot.accept(update));
  await fake.listening();
  closers.push(async () => {
    liveDirectory.replace(source);
    liveDirectory.bind([]);
    await adapter.stop();
    await fake.close();
    await store.close();
  });
  /** What the person does, and what is due then. */
  const after = async (event: object): Promise<string> => {
    const before = fake.calls.length;
    await fake.publish(event);
    for (let i = 0; i < 3; i += 1) {
      await bot.idle();
      clock.advance(1_500);
      await bot.runDue();
    }
    await bot.idle();
    return fake.calls
      .slice(before)
      .flatMap(({ method, body }) => (/create|reply|patch|answer/.test(method) ? [JSON.stringify(body)] : []))
      .join('\n');
  };
  return { fake, store, after, clock, directory: assistant().tools.directory };
}

const NEW = { platform: 'feishu', id: 'ou_new' } as const;
const entered = {
  schema: '2.0',
  header: {
    event_id: 'ev_entered',
    event_type: 'im.chat.access_event.bot_p2p_chat_entered_v1',
    create_time: '1764000000000',
  },
  event: { chat_id: 'oc_new', operator_id: { open_id: NEW.id } },
};
let count = 0;
const says = (text: string, senderId: string = NEW.id) =>
  fakeOf.messageEvent(text, { senderId, chatId: 'oc_new', messageId: `om_${++count}` });
const MOBILE = '13800001111';

describe('on Feishu a person of the directory', () => {
  it.each<[string, Registered, string]>([
    ['by the own mobile number', { telephone: '138 0000 1111' }, MOBILE],
    ['by the own e-mail address', { email: 'Deng@example.org' }, 'deng@example.org'],
  ])('is bound at first contact, %s, without a tap and without an approval', async (_, own, contact) => {
    const { fake, after, directory, store } = await open({ 邓乙: own });
    fake.state.contacts.set(contact, NEW.id);
    const told = await after(entered);
    expect(told).toContain('已绑定:柳林镇 邓乙');
    expect(directory.personOf(NEW)?.name).toBe('邓乙');
    expect(await store.listBindings()).toMatchObject([{ place: 'feishu:ou_new', by: null }]);
  });

  it('asks the platform once for all, in fifties, and not again for the next stranger of the day', async () => {
    const names = [...new Set(assistant().tools.directory.people.map(({ name }) => name))].slice(0, 120);
    const registered = Object.fromEntries(
      names.map((name, i) => [name, { telephone: `139${String(i).padStart(8, '0')}` }]),
    );
    const { fake, after } = await open(registered);
    await after(entered);
    const asked = fake.callsOf('contact').length;
    expect(asked).toBeGreaterThanOrEqual(2);
    for (const { body } of fake.callsOf('contact'))
      expect((body['mobiles'] as string[]).length).toBeLessThanOrEqual(50);
    const other = { ...entered.event, operator_id: { open_id: 'ou_other' } };
    await after({ ...entered, header: { ...entered.header, event_id: 'ev_other' }, event: other });
    expect(fake.callsOf('contact')).toHaveLength(asked);
  });

  it.each<[string, Record<string, Registered>]>([
    ['a number of several', { 邓乙: { telephone: MOBILE }, 傅乙: { telephone: MOBILE } }],
    ['a number of nobody', {}],
  ])('is bound by nobody through %s', async (_, registered) => {
    const { fake, after, directory } = await open(registered);
    fake.state.contacts.set(MOBILE, NEW.id);
    expect(await after(entered)).not.toContain('已绑定');
    expect(directory.personOf(NEW)).toBeNull();
  });

  it('is not bound where number and address belong to different accounts', async () => {
    const { fake, after, directory } = await open({ 邓乙: { telephone: MOBILE, email: 'deng@example.org' } });
    fake.state.contacts.set(MOBILE, 'ou_somebody').set('deng@example.org', NEW.id);
    await after(entered);
    expect(directory.personOf(NEW)).toBeNull();
  });

  it.each<[string, (fake: fakeOf.FakeFeishu) => void, boolean]>([
    ['the own number: nobody approves', (fake) => fake.state.contacts.set(MOBILE, NEW.id), true],
    ["another's number: the leader approves", (fake) => fake.state.contacts.set(MOBILE, 'ou_x'), false],
    ['no scope: the leader approves', (fake) => fake.state.scopes.delete('contact:user.id:readonly'), false],
  ])('is bound by saying who it is, with %s', async (_, harm, isOwn) => {
    const { after, directory, fake, clock } = await open({ 邓乙: { telephone: MOBILE } }, harm);
    // One message is all that the person does.
    const told = await after(says('绑定 柳林镇 邓乙'));
    expect(told).toContain('正在核对');
    expect(directory.personOf(NEW)?.name).toBe(isOwn ? '邓乙' : undefined);
    if (isOwn) return expect(told).toContain('已绑定:柳林镇 邓乙');
    const card = fake.callsOf('create').find(({ body }) => body['receive_id'] === 'ou_leader');
    expect(JSON.stringify(card?.body)).toContain('请确认:绑定账号');
    const agree = buttonsOf(JSON.parse(String(card?.body['content']))).find(({ label }) => label === '同意');
    const place = { messageId: card?.sentId ?? '', operatorId: 'ou_leader', chatId: 'oc_leader' };
    const click = fakeOf.clickEvent(agree?.value, place);
    await after({ ...click, header: { ...click.header, create_time: String(clock() * 1_000) } });
    expect(directory.personOf(NEW)?.name).toBe('邓乙');
  });
});
