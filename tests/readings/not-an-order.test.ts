/**
 * A word of a move in a question, a state, a plan, a condition, a report or a denial does nothing, whoever says it; the same word as
 * an order of the one who may does it. Every form with every move is judged by requests/order.ts, over whose word no reader goes;
 * through the whole bot goes what it leaves to others, and one in {@link EVERY} of the rest (all of them with `FORMS=all`).
 */
import { afterAll, describe, expect, it } from 'vitest';
import type { Move as MoveId } from '../../src/requests/moves.js';
import { unorderedAs } from '../../src/requests/order.js';
import { useAssistant } from '../helpers/assistant.js';
import { startTalk, type Talk } from '../helpers/talk.js';

const assistant = useAssistant();
const CASE = 'QS-2026-000001';
const EVERY = process.env['FORMS'] === 'all' ? 1 : 7;

type State = 'filed' | 'signed' | 'answered' | 'disputed';
/** `orders`: what must still be done, or be read back, when it is said. */
type Move = { id: MoveId; who: string; state: State; verbs: readonly string[]; orders: readonly string[] };

const MOVES: Record<string, Move> = {
  sign: {
    id: 'sign',
    who: '李四',
    state: 'filed',
    verbs: ['签收', '签', '接单'],
    orders: [
      ...[
        '签收',
        '签收吧',
        '签了',
        '那就签收',
        '我们局签收了',
        '路灯那件签收',
        '签收 马上派人去',
        '好的 签收',
      ],
      ...[
        '问过了 签收吧',
        '请帮我签收',
        '先签收',
        '签收了,明天上午去看',
        '待签收的那件我签了',
        '没签的我都签了',
      ],
      ...['签收一下', '收到,签收', '接单'],
    ],
  },
  return: {
    id: 'return',
    who: '李四',
    state: 'signed',
    verbs: ['退回', '退'],
    orders: [
      ...['退回,村内路灯属于镇里管', '这件退回,灯杆是供电公司的', '退了吧', '把这件退回去,不是我们局建的灯'],
      ...['请退回,村内路灯属于镇里管'],
    ],
  },
  transfer: {
    id: 'transfer',
    who: '李四',
    state: 'signed',
    verbs: ['转办', '转'],
    orders: ['转给水利局,灯在河堤上', '转办水利局,灯在河堤上归他们', '这件转给水利局办,灯在河堤上'],
  },
  answer: {
    id: 'answer',
    who: '李四',
    state: 'signed',
    verbs: ['答复', '回复'],
    orders: ['答复:三盏灯已经换好,今晚能亮', '三盏灯都换好了', '答复 灯头已换,都亮了', '路灯修好了,答复一下'],
  },
  extend: {
    id: 'ask-extension',
    who: '李四',
    state: 'signed',
    verbs: ['延期'],
    orders: ['延期到下周三,缺灯头', '申请延期三天,缺灯头'],
  },
  pause: {
    id: 'pause',
    who: '李四',
    state: 'signed',
    verbs: ['暂停'],
    orders: ['暂停,请镇里补灯杆编号', '先暂停,等镇里补灯杆编号'],
  },
  urge: {
    id: 'urge',
    who: '张三',
    state: 'filed',
    verbs: ['催办', '催'],
    orders: ['催一下', '催办', '帮我催催', '再催一次'],
  },
  withdraw: {
    id: 'withdraw',
    who: '张三',
    state: 'filed',
    verbs: ['撤回', '撤'],
    orders: ['撤回', '撤了吧', '把路灯那件撤了', '那就撤回'],
  },
  conclude: {
    id: 'conclude',
    who: '张三',
    state: 'answered',
    verbs: ['办结', '结案'],
    orders: ['办结', '办结吧', '可以结案了'],
  },
  rate: {
    id: 'rate',
    who: '张三',
    state: 'answered',
    verbs: ['评价', '打分', '评'],
    orders: ['给5分', '评价 5分', '打五分'],
  },
  rule: {
    id: 'rule',
    who: '王五',
    state: 'disputed',
    verbs: ['裁定'],
    orders: ['裁定由住建局主办', '裁定住建局主办,水利局配合'],
  },
};

type Forms = Record<string, (verb: string) => string>;
const forms = (lines: string): Forms =>
  Object.fromEntries(lines.split('|').map((it) => [it, (verb: string) => it.replaceAll('V', verb)]));

const QUESTIONS = forms(
  '有啥要V的|有啥V的|哪些要V的|哪几件没V|有几件要V|有没有要V的|还有没有没V的|没V的有吗|V了哪些|V的是哪件|谁V的|啥时候V的|咋V|V要写些啥|V在哪点|都V了没|要不要V|该V了吧|V过了吗|V了算谁的|啥时候V合适|能V吗|这件V了不|今天V了几件|V完之后呢|V之后谁来看',
);
const STATES = forms(
  '待V|待V的|要V的|没V的|未V|未V的|需V的|该V的|等着V的|V的|已V的|待V列表|V情况|V记录|待我V|待我V的|看看要V的|列一下没V的|还没V的件|可以V的|需要我V的',
);
const PLANS = forms(
  '我先问下科里再V|等会儿V|等会儿再V|明天再V|一会儿再V|回头V|商量完再V|先问问领导,再V|下午再V|晚点V|我准备V|过会儿再V|等我看完再V|得先看看再V|后天V|下班前V|不急,看完材料V|请示了领导才能V|我琢磨琢磨要V',
);
const CONDITIONS = forms(
  '要是他们催就V|要是我V了|只要材料齐就V|除非局长同意才V|不V的话会咋样|材料齐了才V|V的话我再说|万一V了|实在不行才V',
);
const REPORTS = forms(
  '局长说V|他们让我V|人家已经V了|有人叫我V|系统里显示已V|上次那件V了|上个月V了|昨天他们V过了|镇里喊我V|同事帮着V了|听说V了',
);
const DENIALS = forms(
  '不V|没V|还没V|我可没V|谁让V的|先不V|V不了|不能V|别急着V|不是我V的|没人V|忘了V|没说V|没打算V|我不想V|暂时不V|V不V都行|不该V',
);

async function inState(state: State): Promise<Talk> {
  const talk = await startTalk(assistant());
  await talk.say('张三', '呼叫住建局:兴隆街路灯坏了三盏');
  await talk.say('张三', '提交');
  if (state !== 'filed') await talk.say('李四', `签收 ${CASE}`);
  if (state === 'answered') await talk.say('李四', `答复 ${CASE} 三盏灯已更换灯头,今天上午已亮,李四办理`);
  if (state === 'disputed') {
    await talk.say('李四', `提请裁定 ${CASE} 灯杆是供电公司立的,请编办明确由谁管`);
    await talk.say('王五', `进度 ${CASE}`);
  }
  return talk;
}

/** What was done to the case; progress and remarks bind nobody. */
const doneTo = async ({ store }: Talk): Promise<string> => {
  const request = await store.getRequest(CASE);
  return JSON.stringify(request?.events.map(({ kind }) => kind).filter((it) => it !== 'noted'));
};

/** Whether something stands open behind it. */
const asksBack = (heard: string): boolean => /确认|取消|请|[?\uff1f]/.test(heard);

describe('a word of a move', () => {
  const talks: Talk[] = [];
  afterAll(() => Promise.all(talks.map((it) => it.close())));
  const start = async (state: State): Promise<Talk> => {
    const talk = await inState(state);
    talks.push(talk);
    return talk;
  };

  const check = async ({ id, who, state, verbs }: Move, said: Forms) => {
    const texts = verbs.flatMap((verb) => Object.values(said).map((say) => say(verb)));
    const tried = texts.filter(
      (text, i) => unorderedAs(text, id) === null || i % EVERY === id.length % EVERY,
    );
    let talk = await start(state);
    const done: string[] = [];
    for (const text of tried) {
      const before = await doneTo(talk);
      const heard = await talk.say(who, text);
      if (process.env['SHOW']) console.log(`${who}: ${text} → ${heard.replace(/\s+/g, ' ').slice(0, 90)}`);
      if ((await doneTo(talk)) !== before) {
        done.push(`${text} → ${heard.slice(0, 60)}`);
        talk = await start(state);
      } else if (asksBack(heard)) await talk.say(who, '取消');
    }
    expect(done).toEqual([]);
  };

  describe.each(Object.entries(MOVES))('%s', (_, move) => {
    it.each(Object.entries({ QUESTIONS, STATES, PLANS, CONDITIONS, REPORTS, DENIALS }))(
      'does nothing in %s',
      (_name, said) => check(move, said),
      60_000,
    );

    it.each(move.orders)('does it, or reads it back: %s', async (text) => {
      const talk = await start(move.state);
      const before = await doneTo(talk);
      const heard = await talk.say(move.who, text);
      const isDone = (await doneTo(talk)) !== before;
      expect(isDone || /将[^。]+。?[^。]*确认\?|理由|原因|依据|到什么时候/.test(heard), heard).toBe(true);
    });
  });
});
