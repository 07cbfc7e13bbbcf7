/** What is asked, supposed, quoted, told, joked or denied does nothing: every move in every such form, through the whole bot. */
import { afterAll, describe, expect, it } from 'vitest';
import type { Request } from '../../src/core/request.js';
import { useAssistant } from '../helpers/assistant.js';
import { startTalk, type Talk } from '../helpers/talk.js';

const assistant = useAssistant();
const [LAMPS, WELL] = ['QS-2026-000001', 'QS-2026-000002'] as const;

type State = 'filed' | 'signed' | 'answered' | 'extension';
type Case = { who: string; state: State; phrases: readonly string[] };

/** Each phrase alone does something, or is read back, in that state. */
const MOVES: Record<string, Case> = {
  urge: { who: '张三', state: 'filed', phrases: ['催一下', '催办', '催催住建局'] },
  withdraw: { who: '张三', state: 'filed', phrases: ['撤回', '把路灯那件撤了'] },
  'close-unsolved': { who: '张三', state: 'answered', phrases: ['按未解决结案'] },
  conclude: { who: '张三', state: 'answered', phrases: ['办结'] },
  rate: { who: '张三', state: 'answered', phrases: ['给5分', '评5分'] },
  reopen: { who: '张三', state: 'answered', phrases: ['重新办', '让他们返工'] },
  grant: { who: '张三', state: 'extension', phrases: ['同意延期'] },
  refuse: { who: '张三', state: 'extension', phrases: ['不同意延期,群众等不了'] },
  sign: { who: '李四', state: 'filed', phrases: ['签收', '接单'] },
  answer: { who: '李四', state: 'signed', phrases: ['修好了', '路灯全换好了'] },
  return: { who: '李四', state: 'signed', phrases: ['退回,村内路灯属于镇里管', '退回去'] },
  transfer: { who: '李四', state: 'signed', phrases: ['转给供电公司,灯杆是他们的'] },
  support: { who: '李四', state: 'signed', phrases: ['请公安局协办,现场要封路'] },
  extend: { who: '李四', state: 'signed', phrases: ['延期到下周三,缺灯头'] },
  pause: { who: '李四', state: 'signed', phrases: ['暂停,等镇里补灯杆编号'] },
};

const FORMS: Record<string, (phrase: string) => string> = {
  'asked whether': (it) => `${it}了吗`,
  'asked whether, with a mark': (it) => `是不是${it}了?`,
  'asked who': (it) => `谁说要${it}的?`,
  'asked what it would do': (it) => `${it}的话对方能看到吗`,
  'asked what it means': (it) => `${it}是个啥意思`,
  'asked when it may be': (it) => `啥情况下才能${it}啊`,
  'asked on what terms': (it) => `${it}要什么条件`,
  'on a condition': (it) => `要是明天还不行就${it}`,
  'on a condition, in two clauses': (it) => `如果下午还没动静,就${it}`,
  'should it be needed': (it) => `万一不行再${it}`,
  'once something has happened': (it) => `等他们回话了再${it}`,
  'as a threat': (it) => `再不来人我就${it}`,
  'in a quotation': (it) => `群里有人发“${it}”`,
  'not yet': (it) => `先不${it}`,
  'not at all': (it) => `别${it}`,
  'no need': (it) => `不用${it}`,
  'as a joke': (it) => `哈哈,${it}`,
  intended: (it) => `我打算过两天${it}`,
  perhaps: (it) => `可能要${it}`,
};
/** As orders are taken back in dialects, before them and behind. */
const DENIED: Record<string, (phrase: string) => string> = {
  莫: (it) => `先莫${it}`,
  甭: (it) => `甭${it}`,
  休要: (it) => `休要${it}`,
  白: (it) => `白${it}`,
  不忙: (it) => `先不忙${it}`,
  用不着: (it) => `用不着${it}`,
  'not said yet': (it) => `我还没说要${it}啊`,
  'not told to': (it) => `没让你${it}`,
  'not needed, behind it': (it) => `${it}就不必了`,
  'put off, behind it': (it) => `${it}的事先放一放`,
  'not its time': (it) => `还没到${it}的时候`,
};
/** Of what callers say themselves the words of others are a reason. */
const TOLD: Record<string, (phrase: string) => string> = {
  'as heard': (it) => `听说${it}`,
  'as others say': (it) => `师傅说${it}`,
  'as a leader says': (it) => `领导说${it}`,
};
/** It names what is not there. */
const OF_ANOTHER: Record<string, (phrase: string) => string> = {
  'of a number that is not there': (it) => `QS-2026-000999 ${it}`,
  'of another matter': (it) => `垃圾填埋场那件${it}`,
  'of another township': (it) => `石桥镇报的那件${it}`,
};

/** Whoever asks, and whatever words of moves stand in it: forty of these did something once. */
const QUESTIONS =
  '哪几件还没人签|今天到期的有几件|谁还没答复|住建局那边签了没|是不是该催一下了|这个要不要转给应急局|能退回不|超期了会怎样|还没签收的要紧不|这件归不归水利局|延期能延几天|谁同意的延期|撤回了还能再提吗|办结了算完吗|还有谁没评价|这事签收了算谁的|退回几次就裁定|催过几回了|哪家老是超期|该给几分合适|要是不签收咋办|转办要不要理由|还没到时限吧|不签收行不行|签收了会咋样|是谁退回的|哪个单位答复得最慢|转给水利局合适不|重新办要多久|不满意咋评|为啥暂停了|能不能催|修好没|去看了没|派人没有|未解决结案是个啥意思|啥情况下才能暂停啊|停了还算时间不|谁来 出发没|是哪个单位的|退回和转办有啥区别|什么条件才给延期|那件撤掉没 QS-2026-000001|催办会不会得罪人啊|老催人家会不会不好意思|签收了会不会算我们的责任|退回会不会扣分啊|办结了会不会再打回来|转出去会不会没人管|催了管用不|催一催有影响没|延期了用不用跟镇里说|能延期不啊|签了没呀|撤回合适不啊|评低了会不会得罪他们'.split(
    '|',
  );

async function inState(state: State): Promise<Talk> {
  const talk = await startTalk(assistant());
  await talk.say('张三', '呼叫住建局:兴隆街路灯坏了三盏');
  await talk.say('张三', '提交');
  await talk.say('张三', '呼叫水利局:河西村机井坏了浇不上地');
  await talk.say('张三', '提交');
  if (state !== 'filed') await talk.say('李四', `签收 ${LAMPS}`);
  if (state === 'answered') await talk.say('李四', `答复 ${LAMPS} 三盏灯已更换灯头,今天上午已亮,李四办理`);
  if (state === 'extension') await talk.say('李四', `延期 ${LAMPS} 到12月8日,缺灯头`);
  // What was spoken of last.
  await talk.say('张三', `进度 ${LAMPS}`);
  return talk;
}

const storedIn = async ({ store }: Talk): Promise<string> => {
  const requests = await Promise.all([LAMPS, WELL].map((it) => store.getRequest(it)));
  return JSON.stringify(requests.map((it: Request | null) => it?.events.length));
};

/** Whether something stands open behind it. */
const asksBack = (heard: string): boolean => /确认|取消|请|[?\uff1f]/.test(heard);

describe('what is said and not meant to be done', () => {
  const talks: Talk[] = [];
  afterAll(() => Promise.all(talks.map((it) => it.close())));

  const check = async ({ who, state, phrases }: Case, forms: Record<string, (phrase: string) => string>) => {
    let talk = await inState(state);
    talks.push(talk);
    const done: string[] = [];
    for (const phrase of phrases)
      for (const [form, say] of Object.entries(forms)) {
        const before = await storedIn(talk);
        const text = say(phrase);
        const heard = await talk.say(who, text);
        if ((await storedIn(talk)) !== before) {
          done.push(`${form}: ${text} → ${heard.slice(0, 60)}`);
          talk = await inState(state);
          talks.push(talk);
        } else if (asksBack(heard)) await talk.say(who, '取消');
      }
    expect(done).toEqual([]);
  };

  describe.each(Object.entries(MOVES))('%s', (name, move) => {
    it(
      'is not made when it is asked about, supposed, quoted, denied or a joke',
      () => check(move, FORMS),
      60_000,
    );
    // That work is done is no order.
    it.runIf(name !== 'answer')(
      'is not made when a dialect denies it',
      () => check({ ...move, phrases: move.phrases.map((it) => it.replace(/,.*/, '')) }, DENIED),
      60_000,
    );
    it('is not made on what is not there', () => check(move, OF_ANOTHER), 60_000);
  });

  describe.each(Object.entries(MOVES).filter(([, { who }]) => who === '李四'))('%s', (_, move) => {
    it('is read back when others are said to say so', () => check(move, TOLD), 60_000);
  });

  describe.each(['filed', 'signed'] as const)('a question, %s,', (state) => {
    it.each(['张三', '李四', '赵六', '王五'])(
      'of %s does nothing',
      (who) => check({ who, state, phrases: QUESTIONS }, { 'as it stands': (it) => it }),
      60_000,
    );
  });

  it.each(['谢谢', '辛苦了', '哈哈', '好的', '知道了', '嗯嗯', '收到,谢谢', '[表情]', '👍'])(
    '%s from the caller does nothing',
    (text) => check({ who: '张三', state: 'signed', phrases: [text] }, { 'as it stands': (it) => it }),
  );
});
