/** Service guides asked for and asked on in everyday words. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fieldOfOpenGuide } from '../../src/lists/guide-words.js';
import { ownMatter } from '../../src/readings/follow-up-words.js';
import { useAssistant } from '../helpers/assistant.js';
import { startTalk, type Talk } from '../helpers/talk.js';

const assistant = useAssistant();
let talk: Talk;
beforeEach(async () => void (talk = await startTalk(assistant())));
afterEach(() => talk.close());

describe('of the guide that stands open', () => {
  it.each([
    ['她本人来不了行不', '帮办代办'],
    ['村干部替着跑一趟成不', '帮办代办'],
    ['在乡里能办不', '办理地点'],
    ['啥时候能拿到证', '办理时限'],
    ['打哪个电话问', '咨询电话'],
    ['得交几块钱', '办理收费'],
    ['要收多少钱', '办理收费'],
  ])('%s', async (text, field) => {
    await talk.say('张三', '结婚登记要带什么材料');
    expect(await talk.say('张三', text)).toContain(`【结婚登记:${field}】`);
  });
});

describe('a few words without a matter', () => {
  it.each([['帮他代办一下'], ['车坏了走不了 路也堵了归哪管'], ['那个低保户'], ['']])(
    '%s asks nothing of it',
    (text) => expect(fieldOfOpenGuide(text, ownMatter)).toBeNull(),
  );
});

it.each([
  ['娃考上大学 想在老家贷点学费', '生源地信用助学贷款'],
  ['想给老人办个优待证', '老年人优待证办理'],
])('%s: who wants a service is told of it where no row says as much', async (text, guide) => {
  expect(await talk.say('张三', text)).toContain(`【${guide}`);
});

it.each([
  ['身份证丢了补一个呢', '居民身份证申领换领补领'],
  ['社保卡掉了补一张呢', '社会保障卡补领换领'],
])('%s: what would be turned away is told where a guide surely is meant', async (text, guide) => {
  expect(await talk.say('张三', text)).toContain(`【${guide}`);
});
