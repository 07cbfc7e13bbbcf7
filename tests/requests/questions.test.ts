import { describe, expect, it } from 'vitest';
import { caseQuestion, reasonsAsked, toldKinds } from '../../src/requests/questions.js';

describe('sides of a case asked for in everyday words', () => {
  it.each([
    ['那边哪个收到了', 'who'],
    ['现在到谁手里了', 'who'],
    ['这件落到谁头上了', 'who'],
    ['局里谁接的单', 'who'],
    ['通知到谁了', 'who'],
    ['主办的是哪个单位来着', 'unit'],
    ['谁报的', 'unit'],
    ['是谁报上来的', 'unit'],
    ['我投的这个是投给哪个单位的', 'unit'],
    ['我报的报到哪家了', 'unit'],
    ['那他们哪天之前得回', 'due'],
    ['他们几号前得签', 'due'],
    ['啥时候之前要答复', 'due'],
    ['哪家的', 'unit'],
    ['都是哪几个镇报的', 'unit'],
    ['分别给谁了', 'unit'],
    ['有没有协办', 'unit'],
    ['我手上这件还剩多久', 'due'],
    ['他们申请延到几号', 'due'],
    ['是哪个单位的', 'unit'],
    ['最后定给哪家了', 'unit'],
    ['这个派给哪个局了', 'unit'],
    ['那这件最晚啥时候', 'due'],
    ['大慨哪天能有个说法', 'due'],
    ['估计几号能给回话', 'due'],
    ['他们说拖到哪天', 'due'],
    ['我就随便问问 他们一般多久得签收', 'due'],
    ['要等到啥时候才有结果', 'due'],
    ['为啥要往后拖', 'why'],
    ['他们凭啥子退回', 'why'],
    ['为什么给转走了', 'why'],
    ['延期的理由是啥', 'why'],
    ['两家都咋回的', 'answers'],
    ['各家啥意见', 'answers'],
    ['几家都同意了没', 'answers'],
    ['要是我签收了 是不是时间就从这会儿算', 'starts'],
    ['时限是从哪天起算', 'starts'],
    ['要我补啥', 'told'],
    ['还要我们补什么材料', 'told'],
    ['补的啥内容', 'told'],
    ['他们补了些啥', 'told'],
    ['答复里说拉走了几车', 'told'],
    ['答复里头写的啥', 'told'],
    ['答复是怎么说的', 'told'],
    ['评了几分', 'told'],
    ['打了多少分', 'told'],
    ['督查那边有说法没', 'told'],
    ['督办那边给啥意见了', 'told'],
    ['都在哪些单位手里', 'who'],
    ['在哪个局手上', 'who'],
    ['都是哪个乡镇报的', 'unit'],
    ['交上去了吧 到谁手里了', 'who'],
  ] as const)('%s: %s, and nothing else', (text, aspect) => {
    expect(caseQuestion(text)).toEqual({ aspect, rest: '' });
  });

  it.each([
    ['面包车那事最后定给哪家了', 'unit', '面包车'],
    ['人社那边为啥要往后拖', 'why', '人社'],
    ['市监局咋回的', 'answers', '市监局'],
    ['城管局怎么答复的', 'answers', '城管局'],
    ['水利局说哪天来', 'answers', '水利局'],
    ['住建局讲几号派人', 'answers', '住建局'],
    ['闸板那个谁在办', 'who', '闸板'],
    ['村牌那个他们说拖到哪天', 'due', '村牌'],
    ['消火栓没水那个给谁了', 'unit', '消火栓没水'],
  ] as const)('%s: %s of %s', (text, aspect, rest) => {
    expect(caseQuestion(text)).toEqual({ aspect, rest });
  });

  it.each([
    '路灯归谁管',
    '这事谁负责',
    '垃圾清运谁在管',
    '河滩倒渣土谁牵头',
    '哪家的狗咬人了归谁管',
    '为啥要交水费',
    '啥时候发低保',
    '找谁办',
    '签收',
    '不催了',
    '把这件转给水利局',
  ])('no question of a case alone: %s', (text) => {
    const question = caseQuestion(text);
    expect(question === null || question.rest !== '').toBe(true);
  });

  it('knows which events tell the reason', () => {
    expect(reasonsAsked('为啥要往后拖')).toContain('extension-asked');
    expect(reasonsAsked('凭啥退')).toEqual(['returned']);
    expect(reasonsAsked('为啥')).toEqual([]);
  });
});

it.each([
  ['要我补啥', 'paused'],
  ['龙泉补的啥内容', 'resumed'],
  ['答复里说拉走了几车', 'answered'],
  ['聚赌那件评了几分', 'rated'],
  ['督查那边有说法没', 'urged'],
] as const)('%s: told by what was %s', (text, kind) => {
  expect(toldKinds(text)).toContain(kind);
});

it.each(['应急局那件谁报的', '渣土那件是哪个镇报的'])('%s names a case', (text) => {
  expect(caseQuestion(text)).toMatchObject({ aspect: 'unit' });
  expect(caseQuestion(text)?.rest).not.toBe('');
});

it.each(['该给几分合适', '答复 拉走了六车', '补充:二标段,3号井', '督办这件'])(
  '%s asks nothing of what was said',
  (text) => {
    expect(caseQuestion(text)?.aspect).not.toBe('told');
  },
);
