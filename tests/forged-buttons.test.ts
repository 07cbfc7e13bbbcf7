/** Buttons that nobody of ours made, and those of others: always an answer, never a throw, never a change. */
import { beforeEach, describe, expect, it } from 'vitest';
import { FLOWS } from '../src/handlers/index.js';
import { isOfKind } from '../src/nlu/actions.js';
import { openLowdbStore } from '../src/store/lowdb/index.js';
import { useAssistant } from './helpers/assistant.js';
import { createRecorder, type Recorder } from './helpers/adapter.js';
import { createClock, START, type MovableClock } from './helpers/clock.js';
import { makeFolder } from './helpers/folder.js';
import { FORGED } from './helpers/forged.js';
import { advanceBy } from './helpers/stage.js';
import { createSampleBot, replyToText } from './helpers/talk.js';
import { conversationKey, type Action, type Conversation, type Heard } from '../src/core/chat.js';
import type { Session } from '../src/core/session.js';
import type { Change, Store } from '../src/core/store.js';

const STALE = '按钮已失效,请重新操作。';
const DROPPED = '刚才的步骤已失效,请重新说一下。';
const DAY_MS = 86_400_000;
/** Only these are left behind by what had no effect. */
const TRACES = ['updateDone', 'record', 'outgoing', 'outgoingDone'];
const BINDING = ['request', 'reminder', 'occurrence', 'ruling', 'schedule', 'cancel'];

const assistant = useAssistant();
const direct = (user: string): Conversation => ({ platform: 'console', chatId: user, isDirect: true });
const group = (chatId: string): Conversation => ({ platform: 'console', chatId, isDirect: false });
const HOME = group('柳林镇工作群');

let store: Store;
let bot: ReturnType<typeof createSampleBot>;
let clock: MovableClock;
let adapter: Recorder;
let committed: Change[];
/** By the update that they answer. */
let answers: Map<string, string[]>;
let count = 0;

beforeEach(async () => {
  clock = createClock(START);
  const opened = await openLowdbStore(makeFolder());
  committed = [];
  answers = new Map();
  store = {
    ...opened,
    commit(changes, claim) {
      committed.push(...changes);
      for (const it of changes)
        if (it.kind === 'outgoing') {
          const { key, reply } = it.message;
          const id = key.slice(0, key.lastIndexOf('#'));
          answers.set(id, [...(answers.get(id) ?? []), replyToText(reply)]);
        }
      return opened.commit(changes, claim);
    },
  };
  adapter = createRecorder();
  bot = createSampleBot(assistant(), { store, adapters: [adapter], clock });
  return () => opened.close();
});

const received = (user: string, conversation: Conversation) => ({
  id: `console:f${++count}`,
  conversation,
  user: { platform: 'console' as const, id: user, name: user },
  at: clock(),
  messageId: `m${count}`,
});
const answersTo = (id: string): string => (answers.get(id) ?? []).join('\n\n');
const answerTo = async (update: Heard): Promise<string> => {
  await bot.accept(update);
  await bot.idle();
  return answersTo(update.id);
};
const press = (user: string, id: string, value: string, where = direct(user)) =>
  answerTo({ kind: 'action', ...received(user, where), action: { id, value } });
const say = (user: string, text: string, where = direct(user)) =>
  answerTo({ kind: 'message', ...received(user, where), text, isAddressed: true });

const actions = () => assistant().tools.intents.flatMap(({ actions: own }) => Object.entries(own));

/** All at once, each in a chat of its own. */
async function pressAll(presses: { user: string; action: Action['action']; isDirect?: boolean }[]) {
  const updates = presses.map(({ user, action, isDirect = false }): Action => ({
    kind: 'action',
    ...received(user, { ...group(`g${count}`), isDirect }),
    action,
  }));
  await Promise.all(updates.map((update) => bot.accept(update)));
  await bot.idle();
  return updates;
}

describe('a value that is none of its action', () => {
  it('is answered by one line and does nothing, whoever sends it', async () => {
    const forged = actions().flatMap(([id, kind]) =>
      [...FORGED, ''].filter((value) => !isOfKind(kind, value)).map((value) => ({ id, value })),
    );
    expect(forged.length).toBeGreaterThan(2_000);
    const users = ['张三', '王五', '路人'];
    const updates = await pressAll(
      forged.map((action, i) => ({ user: users[i % 3] ?? '', action, isDirect: i % 2 === 0 })),
    );
    expect(updates.filter(({ id }) => answersTo(id) !== STALE).map(({ action }) => action)).toEqual([]);
    expect([...new Set(committed.map(({ kind }) => kind))].sort()).toEqual([...TRACES].sort());
  }, 120_000);

  it.each(['', 'no-such', '__proto__', 'constructor', 'REM-AT', 'rem-at\n', '😀'])(
    'is that of an action that there is not as well: %j',
    async (id) => {
      for (const value of ['', '1', '__proto__']) expect(await press('张三', id, value)).toBe(STALE);
      expect([...new Set(committed.map(({ kind }) => kind))].sort()).toEqual([...TRACES].sort());
    },
  );

  it('leaves a dialogue as it is', async () => {
    await say('张三', '提醒我交低保报表');
    for (const value of ['1e300', '9'.repeat(40), 'NaN', ''])
      expect(await press('张三', 'rem-at', value)).toBe(STALE);
    expect(await say('张三', '明天上午九点')).toContain('交低保报表');
  });

  it('is not hidden in a late button', async () => {
    const key = `${conversationKey(direct('张三'))}|张三`;
    for (const action of [
      { id: 'rem-at', value: '1e300' },
      { id: '__proto__', value: '' },
      { id: 'late-go', value: 'x' },
    ]) {
      const session: Session = { updatedAt: clock(), offered: [], isChoosing: false, late: { action } };
      await store.commit([{ kind: 'session', key, session }]);
      expect(await press('张三', 'late-go', '')).toBe(STALE);
    }
  });
});

describe('what is somebody else’s', () => {
  /** One own reminder, one of the group, one request; both reminders have come. */
  async function prepare(): Promise<{ occurrences: string[]; own: string; inGroup: string }> {
    expect(await say('张三', '后天上午九点提醒我去医院拿报告')).toContain('TX-2026-000001');
    expect(await say('张三', '每个工作日上午九点提醒大家开碰头会', HOME)).toContain('TX-2026-000002');
    await say('张三', '呼叫住建局:柳河村东头路灯坏了十二盏');
    expect(await press('张三', 'draft-send', '')).toContain('QS-2026-000001');
    await advanceBy(bot, clock, 3 * DAY_MS);
    const found = await store.findOccurrences({});
    const of = (reminder: string) =>
      found.find((it) => it.reminder === reminder && it.status !== 'planned')?.id ?? '';
    const [own, inGroup] = [of('TX-2026-000001'), of('TX-2026-000002')];
    expect([own, inGroup].every((id) => isOfKind('occurrence', id))).toBe(true);
    committed = [];
    return {
      own,
      inGroup,
      occurrences: found.map(({ id }) => id).filter((id) => isOfKind('occurrence', id)),
    };
  }
  const masked = (text: string): string => text.replace(/(?:QS|TX)-2026-\d{6}/g, '#');
  const expectNothing = () => {
    expect(committed.filter(({ kind }) => BINDING.includes(kind))).toEqual([]);
    const said = committed.flatMap((it) => (it.kind === 'outgoing' ? [replyToText(it.message.reply)] : []));
    for (const secret of ['张三', '医院', '碰头会', '柳河村', '住房和城乡建设局'])
      expect(said.filter((text) => text.includes(secret))).toEqual([]);
  };

  it('cannot be told from what there is not, nor changed, by button', async () => {
    const { occurrences } = await prepare();
    const at = String(START + DAY_MS);
    const known = {
      reminder: [['TX-2026-000001', 'TX-2026-000002'], 'TX-2026-000777'],
      occurrence: [occurrences, `TX-2026-000777@${at}/0`],
      request: [['QS-2026-000001', 'QS-2026-000001 A1'], 'QS-2026-000777'],
    } as const;
    for (const [id, kind] of actions())
      if (kind === 'reminder' || kind === 'occurrence' || kind === 'request')
        for (const user of ['路人', '韩辛', '冯丙'])
          for (const where of [direct(user), group('别的群')]) {
            const [own, none] = known[kind];
            const unknown = masked(await press(user, id, none, where));
            expect(unknown, `${id} ${none}`).not.toBe('');
            for (const value of own)
              expect(masked(await press(user, id, value, where)), `${id} ${value}`).toBe(unknown);
          }
    expectNothing();
  }, 120_000);

  it('cannot be told from what there is not, nor changed, by words', async () => {
    await prepare();
    const texts = [
      ...['取消 TX-2026-@', 'TX-2026-@ 不用提醒了', '把TX-2026-@改到明天上午九点'],
      ...['QS-2026-@到期前一天提醒我', '进度 QS-2026-@', 'QS-2026-@', '签收 QS-2026-@', '催办 QS-2026-@'],
      ...[
        '答复 QS-2026-@ 已修好',
        '评价 QS-2026-@ 满意',
        '导出 QS-2026-@',
        '时限 QS-2026-@',
        '撤回 QS-2026-@ 不用了',
      ],
    ];
    for (const text of texts)
      for (const user of ['路人', '韩辛'])
        for (const where of [direct(user), group('别的群')]) {
          const unknown = masked(await say(user, text.replace('@', '000777'), where));
          expect(unknown, text).not.toBe('');
          expect(masked(await say(user, text.replace('@', '000001'), where)), text).toBe(unknown);
        }
    expectNothing();
  }, 120_000);

  it('of a group is handled in that group, and by who set it', async () => {
    const { inGroup } = await prepare();
    expect(await press('路人', 'rem-hour', inGroup, group('别的群'))).toContain('或您不能操作');
    expect(await press('路人', 'rem-hour', inGroup)).toContain('或您不能操作');
    expect(await press('冯丙', 'rem-hour', inGroup, HOME)).toContain('再提醒');
  });

  it('of one’s own is handled by oneself, once', async () => {
    const { own } = await prepare();
    expect(await press('张三', 'rem-done', own, HOME)).toContain('已标记完成');
    expect(await press('张三', 'rem-done', own)).toContain('已标记完成,不需要再操作');
  });

  it('that has not come yet is not handled', async () => {
    await prepare();
    const [planned] = await store.findOccurrences({ reminder: 'TX-2026-000002', statuses: ['planned'] });
    for (const id of ['rem-done', 'rem-hour', 'rem-morning', 'rem-other', 'rem-stop'])
      expect(await press('张三', id, planned?.id ?? ''), id).toContain('还没有到时间');
  });

  it('is not joined by its number', async () => {
    await prepare();
    await say('冯丙', '呼叫水利局:石桥村河堤渗水');
    committed = [];
    expect(await press('冯丙', 'draft-join', 'QS-2026-000001')).toContain('没有查到这件请求');
    expectNothing();
  });

  it('is not listed in a group', async () => {
    await prepare();
    const list = await say('张三', '我的提醒', HOME);
    expect(list).toContain('本群的提醒 · 1 条');
    expect(list).toContain('碰头会');
    expect(list).toContain('私聊');
    expect(list).not.toContain('医院');
    expect(await press('张三', 'rem-ics', '', HOME)).not.toContain('医院');
    expect(await say('张三', '导出日历', HOME)).not.toContain('医院');
    expect(await say('张三', '我的提醒', group('别的群'))).toContain('本群的提醒 · 0 条');
  });
});

describe('a page that there is not', () => {
  it('is the last one, and nothing is read further', async () => {
    await say('张三', '呼叫住建局:柳河村东头路灯坏了十二盏');
    await press('张三', 'draft-send', '');
    const reads: { offset: number; limit: number }[] = [];
    const { findRequests } = store;
    store.findRequests = (filter, page) => {
      // Complaints about enforcement are few and looked through one by one.
      if (filter.kind !== 'oversight') reads.push(page);
      return findRequests(filter, page);
    };
    bot = createSampleBot(assistant(), { store, adapters: [adapter], clock });
    for (const value of ['mine 9999', 'all 9999 路灯', 'todo 9999', 'overdue 1'])
      expect(await press('张三', 'req-list', value)).toMatch(/件】/);
    expect(Math.max(...reads.map(({ offset, limit }) => offset + limit))).toBeLessThanOrEqual(8);
  });
});

describe('a dialogue that cannot be read any more', () => {
  const key = `${conversationKey(direct('张三'))}|张三`;
  const keep = (intent: string, data: Record<string, unknown>, asks = 'time') =>
    store.commit([
      {
        kind: 'session',
        key,
        session: { updatedAt: clock(), offered: [], isChoosing: false, flow: { intent, asks, data } },
      },
    ]);
  const TO = [{ kind: 'person', account: 'console:张三', name: '张三', organization: '柳林镇' }];
  const BROKEN: [string, Record<string, unknown>][] = [
    ...Object.keys(FLOWS).flatMap((intent): [string, Record<string, unknown>][] => [
      [intent, {}],
      [intent, { text: 1, to: 'x', move: 'constructor', number: '__proto__', draft: null, questions: {} }],
    ]),
    ['set_reminder', { text: '开会', to: TO, said: '', when: { kind: 'once', at: 1e300 } }],
    ['set_reminder', { text: '开会', to: TO, said: '', when: { kind: 'once', at: Number('9'.repeat(40)) } }],
    [
      'set_reminder',
      {
        text: '',
        to: TO,
        said: '',
        when: { kind: 'recurring', rule: { rrule: 'x', from: '9999-99-99', times: [1e9] } },
      },
    ],
    ['snooze_reminder', { occurrence: 'TX-2026-000001@1e300/0' }],
    ['sign_request', { move: 'toString', number: 'QS-2026-000001', text: '', attachments: [] }],
    ['gone_intent', {}],
    ['constructor', {}],
  ];

  it.each(BROKEN)('of %s is dropped with a word: %j', async (intent, data) => {
    await keep(intent, data);
    expect(await say('张三', '明天上午九点')).toBe(DROPPED);
    expect((await store.getSession(key))?.flow).toBeUndefined();
    expect(await say('张三', '帮助')).not.toContain(DROPPED);
  });

  it('does not stand in the way of buttons', async () => {
    await keep('set_reminder', { text: '开会', to: TO, said: '', when: { kind: 'once', at: 1e300 } });
    expect(await press('张三', 'rem-at', String(START + DAY_MS))).toContain('这次设置已失效');
    await keep('file_request', { draft: {} }, 'lead');
    expect(await press('张三', 'draft-send', '')).toContain('这份草稿已失效');
    await keep('snooze_reminder', { reminder: '*' });
    expect(await press('张三', 'rem-pick', String(START + DAY_MS))).toContain('这次改动已失效');
  });
});
