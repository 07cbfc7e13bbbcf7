/** Changes and shapes of the store with sensible values where a test does not care. */
import type { Request, Ruling } from '../../src/core/request.js';
import { START } from './clock.js';
import { type Message, PLATFORMS } from '../../src/core/chat.js';
import type { Session } from '../../src/core/session.js';
import type { Note } from '../../src/core/note.js';
import type { Change, ClaimedMessage, SendOutcome, RecordEntry, Timer, Claim } from '../../src/core/store.js';

export const CONFLICT = { name: 'BotError', code: 'CONFLICT' };

/** On behalf of a process that runs every platform. */
export const claimOf = (lease: string, now = START, leaseMs = 60_000): Claim => ({
  ...{ lease, now, leaseMs },
  platforms: new Set(PLATFORMS),
});

/** `u1` of conversation `c`. */
export const makeUpdate = (id: string, chatId = `of ${id}`, overrides: Partial<Message> = {}): Message => ({
  kind: 'message',
  id,
  conversation: { platform: 'console', chatId, isDirect: false },
  user: { platform: 'console', id: '张三', name: '张三' },
  at: START,
  messageId: id,
  text: `说 ${id}`,
  isAddressed: true,
  ...overrides,
});

export const makeNote = (text: string): Note => ({
  at: START,
  topic: 'no-row',
  text,
  rows: ['a/1', 'b/2'],
  edition: 'e',
});
export const note = (text: string): Change => ({ kind: 'note', note: makeNote(text) });

export const makeSession = (question: string): Session => ({
  updatedAt: START,
  question,
  focus: 'a/1',
  offered: ['a/1', 'b/2'],
  isChoosing: true,
  listing: { filter: { lead: '县住建局' }, page: 2 },
});
/** With every field that there is: all of it outlasts a restart. */
export const wholeSession: Required<Session> = {
  ...{ updatedAt: START, question: '路灯', focus: 'a/1', offered: ['a/1'], isChoosing: false },
  spoken: [{ question: '井盖', rows: ['b/2'] }],
  listing: { filter: { lead: '县住建局' }, page: 2 },
  request: 'QS-2026-000001',
  cases: { shown: ['QS-2026-000001', 'QS-2026-000002'], at: START },
  reminder: 'R1',
  reminders: { shown: ['R1', 'R2'], at: START, from: START },
  reminderBefore: {
    ...{ id: 'R1', said: '明天九点提醒我开会', text: '开会', edits: 1, made: 'R2' },
    when: { kind: 'once', at: START },
    to: [{ kind: 'person', account: 'console:张三', name: '张三', organization: '城关街道' }],
  },
  refusedReminder: { text: '开会', time: '明天九点', at: START },
  danger: { line: '请立即拨打119', at: START, told: '着火了' },
  statistics: { shown: 'all', at: START, figure: 'late' },
  roster: { units: ['县水利局'], day: '2026-12-01', part: 'night', names: ['李四'], at: START },
  flow: { intent: 'file_request', asks: 'text', data: { text: '路灯' }, isDraft: true },
  left: { flow: { intent: 'file_request', asks: 'text', data: {} }, isOffered: false },
  late: { text: '签收' },
};
export const setSession = (key: string, session: Session | null): Change => ({
  kind: 'session',
  key,
  session,
});

export const updateDone = (id: string, lease: string): Change => ({
  kind: 'updateDone',
  id,
  lease,
  at: START,
});

/** `c1#0` is a message of conversation `c1`. */
export const outgoing = (key: string, runAt = START): Change => ({
  kind: 'outgoing',
  message: {
    key,
    conversation: { platform: 'console', chatId: key.split('#')[0] ?? '', isDirect: false },
    reply: { text: `好 ${key}` },
    replyTo: 'm1',
  },
  runAt,
});
export const messageDone = (
  key: string,
  lease: string,
  outcome: SendOutcome = 'sent',
  at = START,
): Change => ({
  kind: 'outgoingDone',
  key,
  lease,
  outcome,
  at,
  ...(outcome !== 'sent' && { reason: `原因 ${key}` }),
});
export const retry = (key: string, lease: string, runAt: number): Change => ({
  kind: 'outgoingRetry',
  key,
  lease,
  runAt,
});
export const keysOf = (messages: ClaimedMessage[]): string[] => messages.map(({ message }) => message.key);

export const recordOf = (act: string, overrides: Partial<RecordEntry> = {}): Change => ({
  kind: 'record',
  entry: { at: START, kind: 'admin', actor: 'feishu:ou_1', update: 'u', data: { act }, ...overrides },
});

export const makeTimer = (key: string, runAt = START, payload: Timer['payload'] = {}): Timer => ({
  key,
  runAt,
  kind: 'request',
  payload,
});
export const schedule = (key: string, runAt = START, payload: Timer['payload'] = {}): Change => ({
  kind: 'schedule',
  timer: makeTimer(key, runAt, payload),
});

/** Filed by 柳林镇 with 县住建局, waiting to be signed. */
export function makeRequest(number: string, overrides: Partial<Request> = {}): Request {
  const by = { account: 'telegram:501', name: '张三', organization: '柳林镇人民政府' };
  return {
    number,
    version: 0,
    kind: 'call',
    urgency: 'normal',
    text: '村东头路灯坏了十二盏',
    place: '柳河村东头',
    wantedAt: null,
    attachments: [],
    callers: [
      {
        organization: by.organization,
        account: by.account,
        conversation: { platform: 'telegram', chatId: '501', isDirect: true },
        joinedAt: START,
        rating: null,
      },
    ],
    evidence: {
      ref: 'e1/territorial/12',
      title: '属地管理主体责任和配合责任清单',
      documentNumber: '县办发〔2025〕12号',
      editionLabel: '2025年版',
      number: '12',
      matter: '道路照明设施的维修',
      lead: [{ unit: '县住建局', duty: '负责维修。' }],
      support: [],
      basis: [],
    },
    status: 'open',
    assignments: [{ id: 'A1', organization: '县住建局', role: 'lead', status: 'waiting' }],
    events: [{ kind: 'filed', at: START, by, made: ['A1'] }],
    dueAt: START + 3_600_000,
    ...overrides,
  };
}
/** `expectedVersion` is the request's own version unless given. */
export const save = (request: Request, expectedVersion = request.version): Change => ({
  kind: 'request',
  request,
  expectedVersion,
});

export const makeRuling = (request: string, overrides: Partial<Ruling> = {}): Ruling => ({
  request,
  at: START,
  matter: '电动自行车充电桩的日常管理',
  lead: '县住建局',
  support: ['县消防救援大队'],
  text: '由县住建局牵头。',
  by: 'feishu:ou_9',
  ...overrides,
});
