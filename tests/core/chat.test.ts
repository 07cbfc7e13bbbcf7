import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { directChat, isPlatform, PLATFORMS } from '../../src/core/chat.js';
import { parseGroup } from '../../src/organizations/load.js';

describe('platforms', () => {
  it.each(PLATFORMS)('%s names accounts and groups', (platform) => {
    expect(directChat(`${platform}:a:b`)).toEqual({ platform, chatId: 'a:b', isDirect: true });
    expect(parseGroup(`${platform}:g1`)).toEqual({ platform, chatId: 'g1', isDirect: false });
    expect(isPlatform(platform)).toBe(true);
  });

  it.each(['wechat:1', 'telegram', 'telegram:', ':1', 'Feishu:1', '__proto__:1', ''])(
    '%j is nobody',
    (text) => {
      expect(directChat(text)).toBeNull();
      expect(parseGroup(text)).toBeNull();
    },
  );

  it('are listed in one place', () => {
    const lists = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .filter((name) => /console\W{1,6}telegram\W{1,6}feishu/.test(readFileSync(join('src', name), 'utf8')));
    expect(lists).toEqual([join('core', 'chat.ts')]);
  });
});
