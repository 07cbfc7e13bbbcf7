/** Whose urgent calls alert those who have to act. */
import { describe, expect, it } from 'vitest';
import type { Role } from '../../src/core/domain.js';
import { mayBuzz } from '../../src/requests/permissions.js';
import type { Conversation } from '../../src/core/chat.js';
import { START } from '../helpers/clock.js';
import { useAssistant } from '../helpers/assistant.js';
import { DIRECT, startTalk } from '../helpers/talk.js';

const assistant = useAssistant();

describe('an urgent call', () => {
  it.each<[Role, 'urgent' | 'normal', boolean, boolean]>([
    ['township-leader', 'urgent', false, true],
    ['department-head', 'urgent', false, true],
    ['deadline-office', 'urgent', false, true],
    ['township-cadre', 'urgent', false, false],
    ['township-cadre', 'urgent', true, true],
    ['township-leader', 'normal', false, false],
    ['township-leader', 'normal', true, false],
  ])('by %s, %s, danger %s: %s', (role, urgency, isEmergency, may) => {
    expect(mayBuzz({ roles: [role] }, { urgency, isEmergency })).toBe(may);
  });

  it.each([
    ['袁乙', true],
    ['张三', false],
  ])('of %s: those who have to act are alerted: %s', async (person, isBuzzed) => {
    const talk = await startTalk(assistant());
    const place = { conversation: { ...DIRECT, chatId: person } };
    await talk.say(person, '紧急呼叫住建局:村口路灯坏了十二盏', place);
    await talk.click(person, '提交', place);
    const cards = talk.delivered.filter(({ slot }) => slot !== undefined);
    const others = cards.filter(({ conversation }) => conversation.chatId !== person);
    expect(others.length).toBeGreaterThan(0);
    for (const { buzz, conversation } of others)
      expect(buzz).toEqual(isBuzzed ? [`console:${conversation.chatId}`] : undefined);
    expect(cards.some(({ conversation, buzz }) => conversation.chatId === person && buzz)).toBe(false);
    await talk.close();
  });

  it('alerts the people of a unit that has a work group, in the group', async () => {
    const talk = await startTalk(assistant());
    const group: Conversation = { platform: 'console', chatId: '住建群', isDirect: false };
    assistant().tools.liveDirectory.bind([
      { place: 'console:住建群', to: { unit: '县住房和城乡建设局' }, by: null, at: START },
    ]);
    const place = { conversation: { ...DIRECT, chatId: '袁乙' } };
    await talk.say('袁乙', '紧急呼叫住建局:村口路灯坏了十二盏', place);
    await talk.click('袁乙', '提交', place);
    const [card] = talk.delivered.filter(({ conversation }) => conversation.chatId === group.chatId);
    expect(card?.slot).toBeDefined();
    expect(card?.buzz?.length).toBeGreaterThan(0);
    const { people } = assistant().tools.directory;
    for (const account of card?.buzz ?? []) {
      const [owner] = people.filter(({ accounts }) => accounts.includes(account));
      expect(owner?.organization).toBe('县住房和城乡建设局');
    }
    await talk.close();
  });
});
