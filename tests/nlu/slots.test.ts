import { requestKindOf } from '../../src/nlu/request-kinds.js';
import { describe, expect, it } from 'vitest';
import {
  moreDaysIn,
  parsePlace,
  parseScores,
  parseUrgency,
  splitCall,
  withoutNumber,
} from '../../src/nlu/slots.js';
import { loadDirectory } from '../../src/organizations/load.js';

const { mentions } = loadDirectory('knowledge/organizations');

describe('whom and what', () => {
  it.each([
    [
      '呼叫住建局和综合执法局:人民路兴隆街口积水,今天下午五点前来人',
      ['县住房和城乡建设局', '县综合行政执法局'],
      '人民路兴隆街口积水,今天下午五点前来人',
    ],
    ['住建局:路灯坏了', ['县住房和城乡建设局'], '路灯坏了'],
    ['呼叫城管，柳树巷有人占道搭棚', ['县综合行政执法局'], '柳树巷有人占道搭棚'],
    ['派单 住建 危房 李家沟 今天内', ['县住房和城乡建设局'], '危房 李家沟 今天内'],
    ['东河排污口冒黑水', [], '东河排污口冒黑水'],
    ['急!呼叫供电公司 乡卫生院停电了', ['县供电公司'], '乡卫生院停电了'],
    ['帮我报一下,南柳村水塔漏水,找水利局', ['县水利局'], '南柳村水塔漏水'],
    ['南柳村水塔漏水,找水利局没人应', ['县水利局'], '南柳村水塔漏水,找水利局没人应'],
    ['我要报单', [], ''],
    ['我要呼叫部门', [], ''],
    ['想呼叫一下县直有关单位', [], ''],
    ['给水利局发个呼叫', ['县水利局'], ''],
    ['那就呼叫水利局吧', ['县水利局'], ''],
    ['帮我给水利局发个呼叫,干渠塌了十来米', ['县水利局'], '干渠塌了十来米'],
    ['恁给水利局发个呼叫 干渠塌了十来米', ['县水利局'], '干渠塌了十来米'],
    ['喂 帮俺跟水利局说一声,干渠塌了十来米', ['县水利局'], '干渠塌了十来米'],
    ['发个呼叫给水利局,干渠塌了十来米', ['县水利局'], '干渠塌了十来米'],
    ['另外报水利局一个事儿,干渠塌了十来米', ['县水利局'], '干渠塌了十来米'],
    ['水利局砌的护坡,塌了十来米', ['县水利局'], '水利局砌的护坡,塌了十来米'],
    ['我想跟县里反映个问题,走呼叫', [], ''],
    ['有个情况要向上面反映一下', [], ''],
    ['QS-2026-000003 水利局:堤坝渗水', ['县水利局'], '堤坝渗水'],
    ['发个呼叫给水利局吧 就说干渠塌了十来米', ['县水利局'], '干渠塌了十来米'],
    ['干渠塌了十来米 帮我写个呼叫给水利局', ['县水利局'], '干渠塌了十来米'],
    ['干渠塌了十来米,给水利局报一个呼叫吧', ['县水利局'], '干渠塌了十来米'],
    ['干渠塌了十来米 麻烦呼叫一下水利局', ['县水利局'], '干渠塌了十来米'],
  ])('of “%s”', (text, units, body) => {
    expect(splitCall(text, mentions)).toEqual({ units, body });
  });

  it('keeps the colon of a time: it names nobody', () => {
    expect(splitCall('今天14:30前请水利局来人看堤坝', mentions).body).toContain('14:30');
  });
});

describe('where', () => {
  it.each([
    ['人民路兴隆街口积水,下午五点前来人', '人民路兴隆街口'],
    ['柳树巷有人占道搭棚', '柳树巷'],
    ['录一个请求,标题:兴隆街污水外溢', '兴隆街'],
    ['事由是养老院电路老化', ''],
    ['山体滑坡堵路', ''],
    ['大坝开闸以后下游藕塘都淹了', '下游藕塘'],
    ['下雨以后南河沿岸塌了', ''],
    ['农村道路坏了', ''],
    ['东街路灯坏了三盏', '东街'],
    ['王家桥那边河里漂了好多死猪', '王家桥'],
    ['西河沟堤塌了一截', '西河沟'],
    ['有个啥促进会跑到河西村发会员证', '河西村'],
    ['就是我们湖东社区有一户收了三十来个娃娃', '湖东社区'],
  ])('of “%s” is “%s”', (text, place) => {
    expect(parsePlace(text)).toBe(place);
  });
});

it('tells the urgent by what is said of it', () => {
  expect(parseUrgency('闻到煤气味了')).toBe('urgent');
  expect(parseUrgency('两人被困')).toBe('urgent');
  expect(parseUrgency('急!卫生院停电了')).toBe('urgent');
  expect(parseUrgency('井盖没了,很急')).toBe('urgent');
  for (const text of ['路灯坏了十二盏', '这件不是很急', '急诊科门口积水', '急弯处护栏坏了'])
    expect(parseUrgency(text), text).toBe('normal');
});

it.each([
  ['发起会商', 'confer'],
  ['请编办裁定归谁管', 'ruling'],
  ['调度执法中队到现场', 'dispatch'],
  ['呼叫住建局', 'call'],
  ['就派出所长人选征求意见', 'consent'],
])('takes “%s” for %s', (text, kind) => {
  expect(requestKindOf('', text)).toBe(kind);
});

describe('scores', () => {
  it.each([
    ['5 4 3 很及时', [5, 4, 3], '很及时'],
    ['545', [5, 4, 5], ''],
    ['速度5,办理4,结果2 坑没填实', [5, 4, 2], '坑没填实'],
    ['结果1', [1, 1, 1], ''],
    ['五星', [5, 5, 5], ''],
    ['QS-2026-000119 4分', [4, 4, 4], ''],
    ['满意', [4, 4, 4], '满意'],
    ['不满意，路灯又灭了', [2, 2, 2], '不满意，路灯又灭了'],
    ['差评', [1, 1, 1], '差评'],
  ])('of “%s”', (text, [speed, handling, result] = [], words) => {
    expect(parseScores(text)).toEqual({ speed, handling, result, words });
  });

  it.each(['我要评价', '来得晚', '打九十五分', 'QS-2026-000003'])('are not in “%s”', (text) => {
    expect(parseScores(text)).toBeNull();
  });
});

it('takes numbers out of what is kept', () => {
  expect(withoutNumber('QS-2026-000123：已派人，明早修好')).toBe('已派人，明早修好');
  expect(withoutNumber('人民路88号的井盖')).toBe('人民路88号的井盖');
});

it.each([
  ['配件没到,晚三天行不行', 3],
  ['再给两天', 2],
  ['宽限一周', 7],
  ['延期5个工作日', 5],
  ['晚几天', null],
  ['晚上两点停电', null],
])('days more in “%s”: %s', (text, days) => {
  expect(moreDaysIn(text)).toBe(days);
});

it('reads three scores behind the name of the matter', () => {
  expect(parseScores('种子那件评一下,5 5 4')).toMatchObject({ speed: 5, handling: 5, result: 4 });
  expect(parseScores('王庄 3 4 5号楼')).toBeNull();
});
