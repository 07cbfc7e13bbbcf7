/** Contexts, updates and loggers with sensible values where a test does not care. */
import type { Logger } from '../../src/core/ports.js';
import type { Context } from '../../src/core/types.js';
import { START } from './clock.js';
import type { Action, Message } from '../../src/core/chat.js';
import type { StoreReader } from '../../src/core/store.js';

export function makeMessage(overrides: Partial<Message> = {}): Message {
  return {
    kind: 'message',
    id: 'console:1',
    conversation: { platform: 'console', chatId: 'terminal', isDirect: true },
    user: { platform: 'console', id: '张三', name: '张三' },
    at: START,
    messageId: '1',
    text: '路灯坏了归谁管',
    isAddressed: true,
    ...overrides,
  };
}

export function makeAction(action: Action['action'], overrides: Partial<Action> = {}): Action {
  const { id, conversation, user, at, messageId } = makeMessage();
  return { kind: 'action', id, conversation, user, at, messageId, action, ...overrides };
}

export function makeContext(overrides: Partial<Context> = {}): Context {
  return {
    update: makeMessage(),
    text: '路灯坏了归谁管',
    person: null,
    match: { intent: 'ask_responsibility', slots: {}, score: 1, via: 'example', scores: {} },
    session: null,
    now: START,
    waitedMs: overrides.now === undefined ? 0 : Math.max(0, overrides.now - (overrides.update?.at ?? START)),
    raw: overrides.text ?? '路灯坏了归谁管',
    read: emptyReader,
    takeNumber: () => Promise.reject(new Error('no series here')),
    ...overrides,
  };
}

/** A store in which there is nothing. */
export const emptyReader: StoreReader = {
  getSession: () => Promise.resolve(null),
  getRequest: () => Promise.resolve(null),
  findRequests: () => Promise.resolve({ requests: [], total: 0 }),
  listFiled: () => Promise.resolve([]),
  listRulings: () => Promise.resolve([]),
  getEvaluation: () => Promise.resolve(null),
  listEvaluations: () => Promise.resolve([]),
  getReminder: () => Promise.resolve(null),
  findReminders: () => Promise.resolve([]),
  getOccurrence: () => Promise.resolve(null),
  findOccurrences: () => Promise.resolve([]),
  getCard: () => Promise.resolve(null),
  getTimer: () => Promise.resolve(null),
  listRecord: () => Promise.resolve([]),
  getRecordHead: () => Promise.resolve(null),
  listNotes: () => Promise.resolve([]),
  listBindings: () => Promise.resolve([]),
  listUndelivered: () => Promise.resolve([]),
  listSetAside: () => Promise.resolve([]),
};

/** A logger that keeps its lines: `error message given up {"key":…}`. */
export function createLogRecorder(): Logger & { lines: string[] } {
  const lines: string[] = [];
  const line = (level: string) => (fields: object, message: string) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  return { lines, debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}
