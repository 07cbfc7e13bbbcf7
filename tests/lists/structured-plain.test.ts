/** People, posts, classes and names in the words of every day; and what only looks like them. */
import { describe, expect, it } from 'vitest';
import { askPlainly } from '../../src/lists/structured-plain.js';
import { goesOn } from '../../src/lists/structured-goes-on.js';
import type { Question } from '../../src/lists/structured-question.js';
import type { Lexicon } from '../../src/lists/structured-words.js';

const names = new Map([
  ['郭庚', { type: 'person', value: '郭庚' }],
  ['便民中心', { type: 'office', value: '便民服务中心' }],
  ['工商所', { type: 'office', value: '市场监管所' }],
  ['安监局', { type: 'unit', value: '县应急管理局' }],
  ['交通局', { type: 'unit', value: '县交通运输局' }],
  ['综合政务岗', { type: 'post', value: '综合政务岗' }],
  ['大王庄', { type: 'township', value: '大王庄镇' }],
]);
const lexicon = { names, classes: ['城区街道和中心镇', '农业乡镇'], villages: [] } as unknown as Lexicon;
const own = { township: '杏花乡' };
const ask = (text: string, previous: Question | null = null) =>
  askPlainly(text, { lexicon, own, me: '吴庚', previous });

describe('a person', () => {
  it.each([
    ...[
      '郭庚是干环保的还是盖房子的',
      '郭庚?他不是便民中心的么',
      '那郭庚是管安全的吗',
      '郭庚到底是不是搞建设的',
    ],
  ])('%s is asked of the directory', (text) => {
    expect(ask(text)).toMatchObject({ ask: 'person', person: '郭庚' });
  });

  it.each(['郭庚是好人吧', '让郭庚去开会吧', '郭庚签收了吗', '提醒郭庚管安全的吧', '郭庚是交通局的吗'])(
    '%s is not read so',
    (text) => {
      expect(ask(text)).toBeNull();
    },
  );

  it.each([
    ['我这边管安全的小许全名叫啥', '许', '安全'],
    ['我们这姓李的有几个', '李', undefined],
    ['小周叫啥名字', '周', undefined],
  ])('%s goes by the surname', (text, surname, field) => {
    expect(ask(text)).toEqual({ ask: 'staff', ...own, surname, ...(field && { field }) });
  });
});

describe("one's own posts", () => {
  it.each([
    '我自己岗位上挂了几块',
    '其实是想确认下我自己岗位上挂了几块',
    '我名下有哪些',
    '俺身上担着哪几块工作',
  ])('%s are those of the asker', (text) => {
    expect(ask(text)).toEqual({ ask: 'person', person: '吴庚' });
  });

  it.each([
    ['灯杆子那一条是不是挂我名下', '灯杆子'],
    ['安全那一摊算不算我的', '安全'],
    ['路灯那块是不是归我管', '路灯'],
  ])('%s asks who carries it', (text, field) => {
    expect(ask(text)).toEqual({ ask: 'carrier', ...own, field, person: '吴庚' });
  });

  it('names a post by a part of it', () => {
    expect(ask('建设岗就我一个吧')).toEqual({ ask: 'carrier', ...own, field: '建设' });
    expect(ask('咱街道坐班盖章的那个综合政务岗是谁')).toEqual({ ask: 'post', post: '综合政务岗', ...own });
  });

  it.each(['这个归我吧', '那件事是不是挂我名下', '这单子是不是归我', '明天是不是归我值班'])(
    '%s is none',
    (text) => {
      expect(ask(text)).toBeNull();
    },
  );
});

describe('another township', () => {
  it('has somebody with the same posts', () => {
    expect(ask('隔壁大王庄对应是谁')).toEqual({ ask: 'staff', township: '大王庄镇', person: '吴庚' });
    expect(ask('大王庄那边同岗的是谁')).toEqual({ ask: 'staff', township: '大王庄镇', person: '吴庚' });
    expect(ask('大王庄谁管路灯')).toBeNull();
  });

  it('is of a class', () => {
    for (const text of ['我们算农业乡镇吧', '咱算城区那类还是农业那类'])
      expect(ask(text), text).toMatchObject({ ask: 'class', ...own });
    expect(ask('农业这类拢共几个')).toBeNull();
    expect(ask('我们农业上谁牵头')).toBeNull();
    expect(ask('跟我们一样拿到的还有哪几家', { kind: 'delegated' })).toEqual({ ask: 'townships', ...own });
    expect(ask('跟我们一样的岗还有谁', { kind: 'delegated' })).toBeNull();
  });
});

describe('a former name', () => {
  it.each([
    ['原来的安监局现在叫啥', { unit: '县应急管理局' }],
    ['安监局归并到哪', { unit: '县应急管理局' }],
    ['工商所改名叫啥了', { office: '市场监管所', ...own }],
  ])('%s is told by the directory', (text, found) => {
    expect(ask(text)).toMatchObject({ ask: 'called', ...found });
  });

  it('goes on with another name', () => {
    expect(ask('工商所嘞 我们镇的', { ask: 'called' })).toMatchObject({ office: '市场监管所', ...own });
    expect(ask('工商所嘞 我们镇的')).toBeNull();
  });

  it.each(['安监局归谁', '安监局是不是牵头', '原来安监局管的事归谁'])('%s is of its work', (text) => {
    expect(ask(text)).toBeNull();
  });
});

describe('what goes on from a list', () => {
  const listed: Question = { ask: 'document', kind: 'delegated' };

  it.each([
    ...['那个是编委发的还是政府发的', '从哪天算起', '谁印发的', '什么时候生效的', '文号呢', '哪天开始施行'],
  ])('%s is of its document', (text) => {
    expect(goesOn(listed, text)).toEqual({ ask: 'document', kind: 'delegated' });
  });

  it.each(['谁发的通知', '从哪天停水', '这个谁定的罚款', '哪天下雨'])('%s is not', (text) => {
    expect(goesOn(listed, text)).toBeNull();
  });

  it('counts against what was counted before', () => {
    const counted: Question = { ask: 'rows', kind: 'delegated', before: '{}' };
    for (const text of ['差多少', '相差几项', '那少几项'])
      expect(goesOn(counted, text), text).toEqual({ ...counted, ask: 'difference' });
    expect(goesOn({ ask: 'rows', kind: 'delegated' }, '差多少')).toBeNull();
    expect(goesOn(counted, '差多少钱')).toBeNull();
  });
});
