import { describe, expect, it } from 'vitest';
import { createGate } from '../src/middleware/access.js';
import { makeMessage } from './helpers/context.js';
import { replyToText } from './helpers/talk.js';

const PERSON = { name: '张三', organization: '柳林镇' } as never;
const inChat = (chatId: string, isDirect: boolean, platform: 'telegram' | 'console' = 'telegram') =>
  makeMessage({ user: { platform, id: '7' }, conversation: { platform, chatId, isDirect } });
const answer = (effects: ReturnType<ReturnType<typeof createGate>>): string | null => {
  const [effect] = effects ?? [];
  return effect?.kind === 'reply' ? replyToText(effect.reply) : null;
};

describe('who may use the bot', () => {
  it('is everybody by default', () => {
    const gate = createGate({ allowedChats: null, unbound: 'answer' });
    expect(gate(inChat('-100', false), null)).toBeNull();
    expect(gate(inChat('7', true), null)).toBeNull();
  });

  it('are the groups that are named, and direct chats', () => {
    const gate = createGate({ allowedChats: new Set(['telegram:-100']), unbound: 'answer' });
    expect(gate(inChat('-100', false), PERSON)).toBeNull();
    expect(answer(gate(inChat('-200', false), PERSON))).toContain('尚未启用');
    expect(gate(inChat('7', true), PERSON)).toBeNull();
  });

  it('are bound people where strangers are refused; a stranger learns what to pass to the administrator', () => {
    const gate = createGate({ allowedChats: null, unbound: 'refuse' });
    expect(gate(inChat('7', true), PERSON)).toBeNull();
    expect(answer(gate(inChat('7', true), null))).toContain('telegram:7');
    expect(answer(gate(inChat('-100', false), null))).toContain('telegram:7');
    expect(gate(inChat('7', true, 'console'), null)).toBeNull();
  });

  it('what no longer can be answered is not, and a number that the platform vouches for is heard', () => {
    const gate = createGate({ allowedChats: new Set(['telegram:-100']), unbound: 'refuse' });
    const left = { ...inChat('-200', false), event: { kind: 'left', why: 'removed' } as const };
    expect(gate(left, null)).toBeNull();
    const contact = {
      ...inChat('7', true),
      event: { kind: 'contact', telephone: '1', isOwn: true } as const,
    };
    expect(gate(contact, null)).toBeNull();
  });
});
