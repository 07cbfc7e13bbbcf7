import { describe, expect, it } from 'vitest';
import { afterNotYet, draftChanges, isSend } from '../../src/nlu/draft-words.js';
import { loadDirectory } from '../../src/organizations/load.js';

const { mentions } = loadDirectory('knowledge/organizations');
const fieldsOf = (text: string) => draftChanges(text, text, mentions).map(({ field }) => field);

describe('changes of a draft', () => {
  it.each([
    ['改成水利局', ['lead']],
    ['弄错了 换成自规局', ['lead']],
    ['不是住建局,是水利局', ['lead']],
    ['那主办就写林业局', ['lead']],
    ['地点是张庄小学门口', ['place']],
    ['地点写细点 西岭老采石坑北口', ['place']],
    ['再让公安局配合一下', ['more-support']],
    ['加上应急局协办,地点改成龙泉二库', ['more-support', 'place']],
    ['不用公安局配合了', ['less-support']],
    ['内容改成 四眼井都停了,麦苗等水', ['text']],
    ['补充一句 水里有电线', ['more-text']],
    ['不光放学 早上送娃那阵也堵 加进去', ['more-text']],
    ['地点写准点 石桥镇实验小学东门', ['place']],
    ['口子改成大洞 那不是小口子', ['swap']],
    ['不是太急 让他们这周五前来就中', ['urgency', 'wanted']],
    ['日子写1月27号', ['wanted']],
    ['内容补一句,桥下是学生上学的路', ['more-text']],
    ['时间加上,都是夜里十点以后', ['more-text']],
    ['地点补上,杏花乡南岭村', ['place']],
    ['位置忘写了,三组粮库后头', ['place']],
    ['等等,桥名写错了,是石岭桥', ['name']],
    ['公安局加上,他们懂', ['more-support']],
    ['写错了 不是刘庄是柳庄', ['swap']],
    ['按紧急的报 下游住着人呢', ['urgency', 'more-text']],
    ['改成紧急吧,谢谢', ['urgency']],
    ['再添上一句:家里有两个孩子', ['more-text']],
    ['写上一条,狗没拴', ['more-text']],
    ['对了再写上,院里还拴着两头牛', ['more-text']],
    ['还有,注明晚上才有人', ['more-text']],
    ['再写上周围摊子都淹了', ['more-text']],
    ['把周围摊子都淹了也写上', ['more-text']],
    ['再加上水利局', ['more-support']],
    ['这个急,按紧急报', ['urgency', 'urgency']],
    ['明天中午前弄好', ['wanted']],
    ['希望明天上午来人', ['wanted']],
    ['最好周五能派人来看看', ['wanted']],
  ])('%s', (text, fields) => {
    expect(fieldsOf(text).filter((field, i, all) => all.indexOf(field) === i)).toEqual([...new Set(fields)]);
  });

  it.each(['路灯坏了归谁管', '我的请求', '镇里怎么办'])('%s is none', (text) => {
    expect(fieldsOf(text)).toEqual([]);
  });

  it('the command word is no part of what is added', () => {
    const said = '补充说明 主要是晚上';
    expect(draftChanges(said, said, mentions)).toEqual([{ field: 'more-text', value: '主要是晚上' }]);
  });

  it('the place that follows its correction', () => {
    expect(draftChanges('地点写错了,是李庄村口', '地点写错了,是李庄村口', mentions)).toEqual([
      { field: 'place', value: '李庄村口' },
    ]);
  });
});

it.each(['提交', '那个呼叫提交吧', '没问题 提交', '可以了 提交吧', '发吧', '行,提交'])(
  '%s sends the draft',
  (text) => {
    expect(isSend(text)).toBe(true);
  },
);
it.each(['先不提交', '别发', '等一下再提交', '我要提交一个请求', '能不能改'])('%s does not', (text) => {
  expect(isSend(text)).toBe(false);
});

it.each(['行 交吧', '那就报吧', '可以 递上去', '交上去吧'])('%s sends', (text) => {
  expect(isSend(text)).toBe(true);
});
it.each(['先别交', '材料交了', '等会交吧'])('%s does not', (text) => {
  expect(isSend(text)).toBe(false);
});

it.each([
  ['先别交 再写上周围摊子都淹了', '再写上周围摊子都淹了'],
  ['等等 先别提交,加一句水还在涨', '加一句水还在涨'],
  ['先不发', null],
  ['别发给水利局', null],
])('%s: %s is said behind what is held back', (text, rest) => {
  expect(afterNotYet(text)).toBe(rest);
});
