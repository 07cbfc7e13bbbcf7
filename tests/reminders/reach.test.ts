/** The ways to a recipient, best first. */
import { describe, expect, it } from 'vitest';
import type { Recipient } from '../../src/core/reminder.js';
import { userOf, waysTo } from '../../src/reminders/reach.js';
import { createDirectory } from '../../src/organizations/directory.js';
import { directory, GROUP, makePerson } from '../helpers/reminders.js';
import { conversationKey, type Platform } from '../../src/core/chat.js';

const person = (name: string, organization: string, account = `console:${name}`): Recipient => ({
  kind: 'person',
  account,
  name,
  organization,
});
const ways = (to: Recipient, ...platforms: Platform[]) =>
  waysTo(to, directory, new Set(platforms.length > 0 ? platforms : ['console'])).map((way) =>
    [
      decodeURIComponent(conversationKey(way.conversation)),
      ...(way.mention ? [`@${way.mention.id}`] : []),
      ...(way.forWhom ? [`for ${way.forWhom}`] : []),
    ].join(' '),
  );

describe('a person', () => {
  it('is reached directly, in the group by a call, through two colleagues who are not the leader', () => {
    expect(ways(person('张三', '柳林镇'))).toEqual([
      'console:d:张三',
      'console:g:liulin @张三 for 张三',
      'console:d:沈乙 for 张三',
      'console:d:傅乙 for 张三',
    ]);
  });

  it('is not called in a group of a platform on which the person has no account', () => {
    expect(ways(person('张三', '柳林镇'), 'console', 'feishu')).toEqual([
      'console:d:张三',
      'console:g:liulin @张三 for 张三',
      'feishu:g:oc_liulin for 张三',
      'console:d:沈乙 for 张三',
      'console:d:傅乙 for 张三',
    ]);
  });

  it('with two accounts is tried at the one that was used, then at the other', () => {
    const account = 'telegram:7';
    const found = ways(person('罗丙', '石桥镇', account), 'console', 'telegram');
    expect(found.slice(0, 2)).toEqual(['telegram:d:7', 'console:d:罗丙']);
  });

  it('is reached only on platforms that run', () => {
    expect(ways(person('罗丙', '石桥镇', 'telegram:7'), 'feishu')).toEqual([]);
  });

  it('is stood in for by those of the same office first', () => {
    const offices = ['经济办', '党政办', '经济办', '经济办'];
    const own = createDirectory({
      county: '青山县',
      organizations: [{ name: '石桥镇', kind: 'township', aliases: [] }],
      people: offices.map((office, i) => makePerson(`人${i}`, '石桥镇', { office })),
      posts: [],
    });
    const found = waysTo(person('人2', '石桥镇'), own, new Set(['console']));
    expect(found.map(({ conversation }) => conversation.chatId)).toEqual(['人2', '人0', '人3']);
  });

  it('is stood in for by the named deputy before all others', () => {
    const own = createDirectory({
      county: '青山县',
      organizations: [{ name: '石桥镇', kind: 'township', aliases: [] }],
      people: ['党政办', '经济办', '经济办', '党政办'].map((office, i) =>
        makePerson(`人${i}`, '石桥镇', { office, ...(i === 2 && { deputy: '人3' }) }),
      ),
      posts: [],
    });
    const found = waysTo(person('人2', '石桥镇'), own, new Set(['console']));
    expect(found.map(({ conversation }) => conversation.chatId)).toEqual(['人2', '人3', '人1']);
  });

  it('whom nobody knows is reached directly or not at all', () => {
    expect(ways(person('生人', '', 'console:生人'))).toEqual(['console:d:生人']);
    expect(ways(person('生人', '', 'nonsense'))).toEqual([]);
  });
});

describe('a unit', () => {
  it('is reached in its group, else through those who do its work, one after the other', () => {
    expect(ways({ kind: 'unit', organization: '柳林镇' })).toEqual([
      'console:g:liulin',
      ...['张三', '沈乙', '傅乙', '彭乙'].map((name) => `console:d:${name}`),
    ]);
  });
  it('without a group is reached through its people', () => {
    expect(ways({ kind: 'unit', organization: '石桥镇' })).toEqual(['console:d:罗丙']);
    expect(ways({ kind: 'unit', organization: '县住房和城乡建设局' })).toEqual(['console:d:李四']);
  });
  it('that is not known is not reached', () =>
    expect(ways({ kind: 'unit', organization: '无此镇' })).toEqual([]));
});

describe('a group', () => {
  it('is itself, on a platform that runs', () => {
    expect(ways(GROUP)).toEqual(['console:g:group']);
    expect(ways(GROUP, 'telegram')).toEqual([]);
  });
});

it.each([
  ['telegram:7', { platform: 'telegram', id: '7' }],
  ['console:a:b', { platform: 'console', id: 'a:b' }],
  ['nothing', null],
  [':x', null],
])('the account %s', (account, user) => expect(userOf(account)).toEqual(user));
