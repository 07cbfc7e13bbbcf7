import { describe, expect, it } from 'vitest';
import {
  isUrgedAlready,
  isDone,
  isProgress,
  isQuestion,
  isThanks,
  movesDenied,
  movesIn,
  tellsOn,
  tellsProgress,
} from '../../src/requests/move-words.js';

describe('progress is no answer', () => {
  it.each([
    ...['已派人去看了,下午回话', '正在修', '明天能好', '人在路上了', '还没好 吊车后天才到'],
    ...['先去现场看看', '等配件到了再换', '马上安排', '估计下午能通', '修了一半,还差两盏'],
  ])('%s', (text) => {
    expect(isProgress(text)).toBe(true);
    expect(isDone(text)).toBe(false);
    expect(movesIn(text).find(({ side }) => side === 'assignee')?.move).not.toBe('answer');
  });
  it.each(['修好了', '弄好了 水抽干了管子也通了', '东湖那个办完了 摊子都劝进市场了'])('%s is one', (text) => {
    expect(isDone(text)).toBe(true);
  });
});

it.each([
  ...['地下通道积水归不归住建局管?', '是不是该撤回', '谁同意延期了', '机井那个催过没有', '积水那个是谁签的'],
  ...['路灯的催了没', '催没催过', '路灯那个现在归哪家办', '最晚几点签收'],
])('%s asks', (text) => {
  expect(movesIn(text)).toEqual([]);
});

it.each(['路牌撞倒了 躺那儿好几天', '下游住着人呢', '正抢修呢', '这几天没人来'])(
  '%s asks nothing',
  (text) => {
    expect(isQuestion(text)).toBe(false);
  },
);
it.each(['路灯呢', '拖了几天了', '一共几个', '那件咋样了呢'])('%s asks', (text) => {
  expect(isQuestion(text)).toBe(true);
});

it.each([
  ['先不撤', 'withdraw'],
  ['先不办结', 'conclude'],
  ['不同意延期', 'grant-extension'],
  ['先不签收', 'sign'],
])('%s is not %s', (text, move) => {
  expect(movesIn(text).map((it) => it.move)).not.toContain(move);
});

it.each(['哦那还早 不催了', '那就不催了', '不撤了 留着吧', '不签了'])('%s takes back', (text) => {
  expect(movesIn(text)).toEqual([]);
  expect(movesDenied(text)).not.toEqual([]);
});
it.each(['不催不行,催一下', '再不催就晚了 催一下', '他们老不签收,催一下'])('%s urges', (text) => {
  expect(movesIn(text).map(({ move }) => move)).toContain('urge');
});

it.each([
  ['问题没解决 不过也晓得是没钱 这件就先结了 不用他们再办', true],
  ['修不好就结了吧', true],
  ['没解决怎么就结了', false],
  ['没解决不能就这么结了', false],
])('%s closes unsolved: %s', (text, closes) => {
  expect(movesIn(text).some(({ move }) => move === 'close-unsolved')).toBe(closes);
});

it.each(['未解决结案是个啥意思', '啥情况下才能暂停啊', '什么条件下能延期', '退回和转办有啥区别'])(
  '%s asks of a term',
  (text) => {
    expect(isQuestion(text)).toBe(true);
    expect(movesIn(text)).toEqual([]);
  },
);

it.each(['行 签吧', '那我们签一下', '好,接吧', '这件签了吧'])('%s signs', (text) => {
  expect(movesIn(text)).toContainEqual({ move: 'sign', side: 'assignee', isNamed: true });
});
it.each(['先别签', '合同签了', '谁签的', '先不接'])('%s signs nothing', (text) => {
  expect(movesIn(text).filter(({ move, isDoubtful }) => move === 'sign' && !isDoubtful)).toEqual([]);
});

it.each([
  ['路灯那个我们收了', 'sign'],
  ['能催一下不', 'urge'],
  ['怎么还没人来?', 'urge'],
])('%s is %s', (text, move) => {
  expect(movesIn(text).map((it) => it.move)).toContain(move);
});

it('thanks are not long', () => {
  expect(isThanks('昨天来看过了 谢谢啊')).toBe(true);
  expect(isThanks('路灯坏了')).toBe(false);
});

it.each([
  ['货款退给买主了', 'return'],
  ['可以,就到10号,别再往后拖了', 'ask-extension'],
  ['咋还没人来', 'reopen'],
  ['等查清了再,答复', 'answer'],
  ['水退了,路也清了', 'return'],
  ['料没到,缓三天行不行', 'refuse-extension'],
  ['听说同意了是吧', 'grant-extension'],
  ['修得扎实,看过了结果也不错', 'conclude'],
  ['业务暂停半年,罚款交了', 'pause'],
  ['已责令暂停营业', 'pause'],
  ['行,就到下周一,不能再拖了', 'refuse-extension'],
  ['我们再研究研究,意见回头报', 'answer'],
  ['先不叫公安局也来', 'add-support'],
])('%s is not %s', (text, move) => {
  expect(movesIn(text).map((it) => it.move)).not.toContain(move);
});

it.each([
  ['退给镇里吧', 'return'],
  ['要等厂家发货,想往后延3个工作日', 'ask-extension'],
  ['督办一下这件,今天给个说法', 'urge'],
  ['农业局也不认,请编办定吧', 'ask-ruling'],
  ['院墙那件指定应急局主办', 'assign-lead'],
  ['坑填平了,答复一下', 'answer'],
  ['咋还有水', 'reopen'],
  ['这事就此了结', 'conclude'],
  ['先暂停,等镇里补照片', 'pause'],
  ['料没到,缓三天行不行', 'ask-extension'],
  ['让他们重新清一遍', 'reopen'],
  ['不能再拖了,群众等不了', 'refuse-extension'],
  ['我们局的意见是先修东头', 'answer'],
  ['我们这边也没什么意见', 'answer'],
  ['把水利局也加上', 'add-support'],
  ['叫公安局也来一趟吧', 'add-support'],
])('%s is %s', (text, move) => {
  expect(movesIn(text).map((it) => it.move)).toContain(move);
});

it('三台不准的秤 refuses nothing', () => {
  expect(movesIn('答复他们 三台不准的秤已经封存换新').map(({ move }) => move)).not.toContain(
    'refuse-extension',
  );
  expect(movesIn('延期不准,群众等着').map(({ move }) => move)).toContain('refuse-extension');
});

it.each(['人接到了,明天送回家,这件办完了', '老人送走了,下午家属来领,这事办好了'])(
  '%s closes a case',
  (text) => {
    expect(movesIn(text).map(({ move }) => move)).toContain('answer');
    expect(movesIn(text).map(({ move }) => move)).not.toContain('note');
  },
);
it('closes none that waits for something', () => {
  expect(movesIn('人先接到站里,等联系上家属就办完了').map(({ move }) => move)).toContain('note');
});

it.each(['受理', '这件我们受理了', '同意受理,下周核查'])('%s signs', (text) => {
  expect(movesIn(text).map(({ move }) => move)).toContain('sign');
});
it.each(['不予受理', '等局长回来再受理', '群众的申请已受理12份'])('%s signs nothing', (text) => {
  expect(
    movesIn(text)
      .filter(({ isNamed }) => isNamed)
      .map(({ move }) => move),
  ).not.toContain('sign');
});

it.each(['我还没签收呢他就打电话来骂', '这个我没签收', '俺没撤回过', '还没来得及签收', '我没退回啊'])(
  '%s tells that it was not done',
  (text) => {
    expect(movesIn(text).filter(({ isNamed, side }) => isNamed && side === 'assignee')).toEqual([]);
    expect(movesDenied(text)).not.toEqual([]);
  },
);
it('wants what was not done yet', () => {
  expect(movesIn('没签收的都签收了').map(({ move }) => move)).toContain('sign');
  expect(movesIn('还没签收,催一下').map(({ move }) => move)).toContain('urge');
});
it.each(['俺没撤回过吧', '我催过了吧', '那件签收过吧', '我报过的吧', '这算不算能投诉的'])(
  '%s asks',
  (text) => {
    expect(isQuestion(text)).toBe(true);
  },
);
it.each(['签了吧', '退回吧', '撤回吧', '报上去吧'])('%s orders', (text) => {
  expect(isQuestion(text)).toBe(false);
});

it.each([
  ...[
    '进度 专家组今天下午进场勘查',
    '进展 qs-2026-000001 旅馆停业了 鉴定机构明天进场',
    '进度:已经通知施工队了',
  ],
])('%s tells how the work goes on', (text) => {
  expect(tellsOn(text)).toBe(true);
});
it.each([
  ...['进度', '进度 qs-2026-000001', '进展 qs-2026-000001 到哪了', '进度 东门路灯', '进度 昨天报的路灯'],
  ...['进度 路灯那个', '进度 路灯修好了没', '进度 今天报的积水'],
])('%s asks for it', (text) => {
  expect(tellsOn(text)).toBe(false);
});
it('promises by when', () => {
  expect(tellsProgress('中 那就承诺12月16号下班前把这车查清爽')).toBe(true);
  expect(tellsProgress('要是承诺了周三前办不成咋整')).toBe(false);
  expect(tellsProgress('承诺书签了')).toBe(false);
});

describe('urging that is only told of', () => {
  it.each(['昨天我打电话催过李四了', '上午给水利局打过电话催了', '我刚才微信上催过一遍'])('%s', (text) => {
    expect(isUrgedAlready(text)).toBe(true);
  });
  it.each(['今天帮我把水利局催了', '昨天催过了还没来', '再催一下'])('no remark: %s', (text) => {
    expect(isUrgedAlready(text)).toBe(false);
  });
});
