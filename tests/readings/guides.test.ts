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
    ['当天弄得完不', '办理时限'],
    ['过多长时间必须去', '办理条件'],
    ['躺床上动不了的咋办 能去家里不', '帮办代办'],
  ])('%s', async (text, field) => {
    await talk.say('张三', '结婚登记要带什么材料');
    expect(await talk.say('张三', text)).toContain(`【结婚登记:${field}】`);
  });
});

describe('of the guide that stands open, in words of any kind', () => {
  it.each([
    ['低保怎么申请', '哪种人家够条件', '办理条件'],
    ['低保怎么申请', '急用能不能快点批', '办理时限'],
    ['优待证要交哪些东西', '多少天拿证', '办理时限'],
    ['优待证要交哪些东西', '几个月发证', '办理时限'],
    ['高龄津贴怎么办', '当月能领到不', '办理时限'],
    ['残疾证咋办', '评定收钱吗', '办理收费'],
    ['残疾证咋办', '要照片不', '申请材料'],
    ['身份证丢了怎么补', '补一个多少钱', '办理收费'],
  ])('%s, %s', async (first, text, field) => {
    await talk.say('张三', first);
    expect(await talk.say('张三', text)).toMatch(new RegExp(`^【[^】]*:${field}】`, 'm'));
  });

  it.each([
    ['结婚登记去哪办', '婚检要钱不'],
    ['低保怎么申请', '残疾证要带啥材料'],
    ['高龄津贴怎么办', '养狗要办证吗'],
    ['结婚登记去哪办', '建房审批要多少天'],
  ])('%s, %s: another thing', async (first, text) => {
    const [matter = ''] = (await talk.say('张三', first)).match(/【[^:】]+/) ?? [];
    expect(await talk.say('张三', text)).not.toContain(`${matter}:`);
  });

  it.each([
    ['身份证丢了怎么补', '那低保呢 村里替他跑一趟中不', '最低生活保障申请:帮办代办'],
    ['身份证丢了 补一个多少钱', '那低保呢', '最低生活保障申请:办理收费'],
    ['身份证丢了 补一个多少钱', '到期换的呢', '居民身份证申领换领补领:办理收费'],
  ])('%s, %s: of another service, or of another case', async (first, text, title) => {
    await talk.say('张三', first);
    expect(await talk.say('张三', text)).toContain(`【${title}】`);
  });

  it('names who carries the row that divides its work', async () => {
    await talk.say('董庚', '低保怎么申请');
    expect(await talk.say('董庚', '找乡里哪个人')).toContain('何庚');
  });

  it('is asked of the matter of a row as well', async () => {
    await talk.say('张三', '村里有家房子着火烧了没饭吃 谁救助');
    expect(await talk.say('张三', '几天能批')).toContain('【临时救助申请:办事指南】');
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

it('says who and where of what no list divides', async () => {
  expect(await talk.say('张三', '谁管结婚登记 在哪办')).toContain('办理地点:县级：县民政局婚姻登记处');
  expect(await talk.say('张三', '低保归谁管 要啥材料')).toContain('最低生活保障申请受理与初审');
});
