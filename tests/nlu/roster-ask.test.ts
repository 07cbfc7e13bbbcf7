/** Which sentences ask of the duty roster; what else has 值班 in it is for the lists. */
import { describe, expect, it } from 'vitest';
import { rosterAsked } from '../../src/nlu/roster-ask.js';
import { loadDirectory } from '../../src/organizations/load.js';

const directory = loadDirectory('knowledge/organizations');
const now = Date.parse('2026-12-01T09:00:00+08:00');
const asked = (text: string) => rosterAsked(text, { now, directory, before: undefined });

describe('the duty roster', () => {
  it.each([
    '今晚谁值班',
    '值班的是哪一位来着',
    '看下次哪天轮到我值班',
    '咱镇明天谁轮值夜班',
    '那个人值班电话是几',
    '今晚带班的电话号码给我发一下',
  ])('is asked by %s', (text) => {
    expect(asked(text)).not.toBeNull();
  });

  it.each(['值班值守由谁负责', '值班室漏水归谁修', '下次开会哪天'])('is not asked by %s', (text) => {
    expect(asked(text)).toBeNull();
  });

  it('costs a text its length and no more', () => {
    // A pattern that read 那 in two ways took twice as long for each further one: no end for these.
    expect(asked(`今晚值班${'那个'.repeat(17)}x`)).toBeNull();
    expect(asked(`今晚值班${'没有'.repeat(17)}x`)).toBeNull();
  });
});
