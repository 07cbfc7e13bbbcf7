/** Binding: what the platform vouches for, who may confirm, links for a unit; groups bound, lost and told of. */
import { describe, expect, it } from 'vitest';
import type { ChatEvent, Conversation, User } from '../../src/core/chat.js';
import type { Outgoing } from '../../src/core/store.js';
import { unitToken } from '../../src/handlers/shared/binding.js';
import { bindOver, telephoneKey } from '../../src/organizations/bindings.js';
import { openLowdbStore } from '../../src/store/lowdb/index.js';
import { createRecorder } from '../helpers/adapter.js';
import { openSampleAssistant, useAssistant } from '../helpers/assistant.js';
import { createClock } from '../helpers/clock.js';
import { makeFolder } from '../helpers/folder.js';
import { createSampleBot, replyToText } from '../helpers/talk.js';

const assistant = useAssistant(() => openSampleAssistant());
const GROUP: Conversation = { platform: 'console', chatId: '大群', isDirect: false };
const direct = (person: string): Conversation => ({ platform: 'console', chatId: person, isDirect: true });

/** 张三 has a telephone number here. */
async function open(numbers: Record<string, string> = {}) {
  const clock = createClock();
  const store = await openLowdbStore(makeFolder());
  const sent: Outgoing[] = [];
  const adapter = createRecorder({
    deliver: (message) => Promise.resolve({ messageId: `m${sent.push(message)}` }),
  });
  const { liveDirectory } = assistant().tools;
  const source = liveDirectory.source();
  liveDirectory.replace({
    ...source,
    tenures: source.tenures.map((it) => {
      const telephone = numbers[it.person.name];
      return telephone === undefined ? it : { ...it, person: { ...it.person, telephone } };
    }),
  });
  const bot = createSampleBot(assistant(), { store, adapters: [adapter], clock });
  let count = 0;
  const give = async (
    user: User,
    conversation: Conversation,
    parts: { text?: string; event?: ChatEvent },
  ) => {
    const before = sent.length;
    await bot.accept({
      kind: 'message',
      ...{ id: `console:e${++count}`, conversation, user, at: clock(), messageId: `u${count}` },
      ...{ text: '', isAddressed: true, ...parts },
    });
    await bot.idle();
    await bot.runDue();
    await bot.idle();
    return sent
      .slice(before)
      .map((it) => ({ to: it.conversation.chatId, text: replyToText(it.reply), reply: it.reply }));
  };
  const press = async (person: string, conversation: Conversation, id: string, value = '') => {
    const before = sent.length;
    await bot.accept({
      kind: 'action',
      ...{ id: `console:e${++count}`, conversation, user: userOf(person), at: clock(), messageId: 'm1' },
      action: { id, value },
    });
    await bot.idle();
    return sent.slice(before).map((it) => ({ to: it.conversation.chatId, text: replyToText(it.reply) }));
  };
  const close = async () => {
    liveDirectory.replace(source);
    liveDirectory.bind([]);
    await store.close();
  };
  return { give, press, store, close, directory: assistant().tools.directory };
}

const userOf = (id: string): User => ({ platform: 'console', id });
const NEW = userOf('新同志');

describe('a telephone number that the platform vouches for', () => {
  it('binds whoever has it in the directory, at once', async () => {
    const { give, close, directory, store } = await open({ 邓乙: '138 0000 1111' });
    const event: ChatEvent = { kind: 'contact', telephone: '+8613800001111', isOwn: true };
    expect(await give(NEW, direct('新同志'), { event })).toMatchObject([
      { text: expect.stringContaining('已绑定:柳林镇 邓乙') as string },
    ]);
    expect(directory.personOf(NEW)?.name).toBe('邓乙');
    expect(await store.listBindings()).toMatchObject([{ place: 'console:新同志', by: null }]);
    await close();
  });

  it.each<[string, Record<string, string>, boolean, string]>([
    ['of somebody else', { 邓乙: '13800001111' }, false, '不是您本人的号码'],
    ['that nobody has', {}, true, '没有登记这个手机号'],
    ['that several have', { 邓乙: '13800001111', 傅乙: '13800001111' }, true, '没有登记这个手机号'],
  ])('%s binds nobody', async (_, numbers, isOwn, words) => {
    const { give, close, store } = await open(numbers);
    const event: ChatEvent = { kind: 'contact', telephone: '13800001111', isOwn };
    expect((await give(NEW, direct('新同志'), { event }))[0]?.text).toContain(words);
    expect(await store.listBindings()).toEqual([]);
    await close();
  });

  it('is known without the code of the country and without marks', () => {
    expect(telephoneKey('+86 138-0000-1111')).toBe('13800001111');
    expect(telephoneKey('008613800001111')).toBe('13800001111');
    expect(telephoneKey('0731-1234567')).toBe('07311234567');
  });
});

describe('who may confirm', () => {
  it('are leaders of the unit and administrators, nobody else, and it is done once', async () => {
    const { give, press, close, directory } = await open();
    await give(NEW, direct('新同志'), { text: '绑定 柳林镇 邓乙' });
    const place = 'console:新同志';
    expect((await press('张三', direct('张三'), 'bind-ok', place))[0]?.text).toContain(
      '由柳林镇负责人或管理员确认',
    );
    expect((await press('新同志', direct('新同志'), 'bind-ok', place))[0]?.text).toContain(
      '由柳林镇负责人或管理员确认',
    );
    expect(directory.personOf(NEW)).toBeNull();
    expect((await press('孙八', direct('孙八'), 'bind-ok', place))[0]?.text).toContain('已同意');
    expect(directory.personOf(NEW)?.name).toBe('邓乙');
    expect((await press('袁乙', direct('袁乙'), 'bind-no', place))[0]?.text).toContain('已经处理过');
    await close();
  });

  it('nothing is asked of anybody by a forged button', async () => {
    const { press, close, store } = await open();
    expect((await press('孙八', direct('孙八'), 'bind-ok', 'console:张三'))[0]?.text).toContain('已经处理过');
    expect(await store.listBindings()).toEqual([]);
    await close();
  });
});

describe('from the first contact to being bound', () => {
  type Step = { text: string } | { event: ChatEvent };
  const entered = (payload?: string): Step => ({
    event: { kind: 'entered', ...(payload !== undefined && { payload }) },
  });
  const ownContact: Step = { event: { kind: 'contact', telephone: '13800001111', isOwn: true } };

  it.each<[string, Step[], number]>([
    ['by the link or code of the unit', [entered(unitToken('柳林镇')), { text: '邓乙' }], 1],
    ["by one's own telephone number", [entered(), ownContact], 0],
    ['by words', [{ text: '绑定 柳林镇 邓乙' }], 1],
  ])('%s takes at most three steps and one approval', async (_, steps, approvals) => {
    expect(steps.length).toBeLessThanOrEqual(3);
    const { give, press, close, directory } = await open({ 邓乙: '13800001111' });
    for (const step of steps) await give(NEW, direct('新同志'), step);
    for (let i = 0; i < approvals; i++) {
      expect(directory.personOf(NEW)).toBeNull();
      await press('袁乙', direct('袁乙'), 'bind-ok', 'console:新同志');
    }
    expect(directory.personOf(NEW)?.name).toBe('邓乙');
    await close();
  });
});

describe('an invitation', () => {
  it('names the unit, and only the name is asked for', async () => {
    const { give, close } = await open();
    const event: ChatEvent = { kind: 'entered', payload: unitToken('柳林镇') };
    expect((await give(NEW, direct('新同志'), { event }))[0]?.text).toContain('您受邀以柳林镇工作人员身份');
    const told = await give(NEW, direct('新同志'), { text: '邓乙' });
    expect(told.map(({ to }) => to).sort()).toEqual(['新同志', '袁乙'].sort());
    await close();
  });

  it('of no unit is a first contact like others', async () => {
    const { give, close } = await open();
    const event: ChatEvent = { kind: 'entered', payload: 'u-nonsense' };
    const [told] = await give(NEW, direct('新同志'), { event });
    expect(told?.text).toContain('您可以');
    expect(told?.reply).toMatchObject({ asksContact: true });
    await close();
  });
});

describe('a group', () => {
  it('is told what the bot can do, and bound by who may confirm', async () => {
    const { give, press, close, directory } = await open();
    const told = await give(userOf('张三'), GROUP, { event: { kind: 'joined' } });
    expect(told.map(({ text }) => text).join('\n')).toMatch(/您可以[\s\S]*本群是柳林镇的工作群吗/);
    const asked = await press('张三', GROUP, 'group-bind');
    expect(asked.find(({ to }) => to === '袁乙')?.text).toContain('绑定为柳林镇的工作群');
    expect(directory.groupsOf('柳林镇')).toEqual([]);
    const done = await press('袁乙', direct('袁乙'), 'bind-ok', 'console:大群');
    expect(done.find(({ to }) => to === '大群')?.text).toContain('已绑定为柳林镇的工作群');
    expect(directory.groupsOf('柳林镇')).toEqual([GROUP]);
    expect((await give(userOf('张三'), GROUP, { text: '绑定本群' }))[0]?.text).toContain('已绑定为柳林镇');
    await close();
  });

  it('is bound at once where a leader presses', async () => {
    const { press, close, directory } = await open();
    await press('袁乙', GROUP, 'group-bind');
    expect(directory.groupsOf('柳林镇')).toEqual([GROUP]);
    await close();
  });

  it('that is lost is no way any more: people and 督办 are told', async () => {
    const { give, press, close, directory } = await open();
    await press('袁乙', GROUP, 'group-bind');
    const told = await give(userOf('张三'), GROUP, { event: { kind: 'left', why: 'removed' } });
    expect(directory.groupsOf('柳林镇')).toEqual([]);
    expect(told.map(({ to }) => to)).toContain('赵六');
    expect(told.every(({ to }) => to !== '大群')).toBe(true);
    expect(told[0]?.text).toContain('改为直接发给柳林镇的人员');
    expect(await give(userOf('张三'), GROUP, { event: { kind: 'left', why: 'disbanded' } })).toEqual([]);
    await close();
  });

  it('a person who blocks the bot: 督办 is told', async () => {
    const { give, close } = await open();
    const told = await give(userOf('张三'), direct('张三'), { event: { kind: 'left', why: 'blocked' } });
    expect(told).toMatchObject([
      { to: '赵六', text: expect.stringContaining('柳林镇 张三停用了机器人') as string },
    ]);
    expect(await give(NEW, direct('新同志'), { event: { kind: 'left', why: 'blocked' } })).toEqual([]);
    await close();
  });
});

describe('what is no sentence', () => {
  it.each<[ChatEvent, string]>([
    [{ kind: 'edited' }, '请重新发送'],
    [{ kind: 'anonymous' }, '切换为本人身份'],
    [{ kind: 'unsupported', what: 'voice' }, '听不懂语音'],
    [{ kind: 'unsupported', what: 'other' }, '看不懂'],
  ])('%j is answered with what is possible', async (event, words) => {
    const { give, close } = await open();
    expect((await give(userOf('张三'), direct('张三'), { event }))[0]?.text).toContain(words);
    await close();
  });

  it('a pin fills the place of the draft, else it is asked what it is for', async () => {
    const { give, close } = await open();
    const pin = { text: '柳林镇文化广场(北纬28.1,东经113.2)', event: { kind: 'place' as const } };
    expect((await give(userOf('张三'), direct('张三'), pin))[0]?.text).toContain('请再说明是什么事');
    await give(userOf('张三'), direct('张三'), { text: '呼叫住建局:路灯坏了十二盏' });
    expect((await give(userOf('张三'), direct('张三'), pin))[0]?.text).toContain(
      '地点:柳林镇文化广场(北纬28.1,东经113.2)',
    );
    await close();
  });

  it('what is recalled matters to who is in the middle of something', async () => {
    const { give, close } = await open();
    expect(await give(userOf('张三'), direct('张三'), { event: { kind: 'recalled' } })).toEqual([]);
    await give(userOf('张三'), direct('张三'), { text: '呼叫住建局:路灯坏了十二盏' });
    const told = await give(userOf('张三'), direct('张三'), { event: { kind: 'recalled' } });
    expect(told[0]?.text).toContain('请核对后再提交');
    await close();
  });
});

describe('bindings over the files', () => {
  it('move an account, release it, and say nothing of people who are not there', () => {
    const source = assistant().tools.liveDirectory.source();
    const bind = (to: { unit: string; name?: string } | null) =>
      bindOver(source, [{ place: 'console:张三', to, by: null, at: 1 }]);
    const holders = (from: typeof source) =>
      from.tenures.flatMap(({ person }) => (person.accounts.includes('console:张三') ? [person.name] : []));
    expect(new Set(holders(bind({ unit: '柳林镇', name: '邓乙' })))).toEqual(new Set(['邓乙']));
    expect(holders(bind(null))).toEqual([]);
    expect(holders(bind({ unit: '柳林镇', name: '查无此人' }))).toEqual([]);
    expect(bindOver(source, [])).toBe(source);
  });
});
