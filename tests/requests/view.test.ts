/** Cards and lists: every field is there, nothing too long for a platform, nothing that is nobody's business. */
import { describe, expect, it } from 'vitest';
import { renderCard as renderFeishu } from '../../src/adapters/feishu/render.js';
import { renderReply as renderTelegram } from '../../src/adapters/telegram/render.js';
import { cardToText, encodeButton, type Card } from '../../src/core/card.js';
import { REQUEST_KINDS, type Request } from '../../src/core/request.js';
import { whyNot } from '../../src/requests/guards.js';
import { situationOf } from '../../src/requests/situation.js';
import type { Actor, Move } from '../../src/requests/moves.js';
import { listCard, requestLine } from '../../src/requests/list-view.js';
import { draftCard, requestCard, timelineCard } from '../../src/requests/view.js';
import {
  act,
  actOf,
  at,
  CAST,
  chatOf,
  DAY,
  EMERGENCY,
  EVIDENCE,
  file,
  HOUR,
  LIST_OFFICE,
  makeActor,
  makeDraft,
  MONDAY,
  NEIGHBOUR,
  NUMBER,
  POLICIES,
  TOWNSHIP,
  unitOf,
  WATER,
  caseAt,
} from '../helpers/requests.js';

const viewerOf = (actor: Actor) => ({ organization: unitOf(actor), roles: actor.roles });
const cardFor = (request: Request, actor: Actor, now = MONDAY): Card =>
  requestCard(caseAt(request, now), viewerOf(actor));
const textFor = (request: Request, actor: Actor, now = MONDAY) => cardToText(cardFor(request, actor, now));
const labels = (card: Card) => card.buttons.map((b) => b.label);
const photo = {
  platform: 'console' as const,
  kind: 'photo' as const,
  id: 'photo-secret-id',
  name: '渗水.jpg',
};

describe('the card of a request', () => {
  const request = act(
    file('call', {
      urgency: 'urgent',
      support: ['县应急管理局'],
      wantedAt: at('2026-03-02 17:00'),
      attachments: [photo],
    }),
    actOf('join'),
    NEIGHBOUR,
  );

  it('has every field', () => {
    expect(textFor(request, TOWNSHIP).split('\n').slice(0, -1)).toEqual([
      '【紧急呼叫 QS-2026-000123 · 待签收】',
      '请求单位:柳林镇、白马镇',
      '内容:河堤渗水,请来人查看',
      '地点:柳林镇三里村',
      '希望:3月2日(周一)17:00前',
      '附件:1 个',
      '主办 县水利局:待签收,应于3月2日(周一)09:30前签收',
      '协办 县应急管理局:待签收,应于3月2日(周一)09:30前签收',
      '3月2日(周一)09:00 柳林镇 柳林某 提交 送县水利局、县应急管理局(附件 1 个)',
      '3月2日(周一)09:00 白马镇 白马某 加入',
      '依据:《青山县属地管理主体责任和配合责任清单》 · 2026年版 · 青编发〔2026〕1号 · 第12项“河道堤防安全”',
    ]);
  });

  it('leaves out what nobody said', () => {
    const text = textFor(file('call', { place: '', evidence: null }), TOWNSHIP);
    for (const label of ['地点', '希望', '附件', '依据']) expect(text).not.toContain(`${label}:`);
  });

  it('shows no account, chat or file id', () => {
    for (const actor of [TOWNSHIP, WATER, LIST_OFFICE])
      expect(JSON.stringify(cardFor(request, actor))).not.toMatch(/console:|photo-secret-id|chatId/);
    expect(JSON.stringify(timelineCard(request, POLICIES.call, MONDAY))).not.toMatch(
      /console:|photo-secret-id/,
    );
  });

  it('says plainly what is late, paused, returned, answered and reviewed', () => {
    const signed = act(file('call'), { kind: 'sign' }, WATER);
    const late = at('2026-03-10 09:00');
    expect(textFor(signed, TOWNSHIP, late)).toContain('县水利局:办理中,答复时限3月9日(周一)18:00已过');
    expect(textFor(act(signed, actOf('pause'), WATER), TOWNSHIP)).toContain(
      '县水利局:等待补充材料,答复计时已暂停',
    );
    const returned = act(signed, actOf('return'), WATER);
    expect(textFor(returned, TOWNSHIP)).toContain('已退回,待另选单位');
    expect(textFor(returned, TOWNSHIP)).toContain('应于3月4日(周三)18:00前由请求单位另选单位或补充材料。');
    const answered = act(signed, actOf('answer'), WATER);
    expect(textFor(answered, TOWNSHIP)).toContain('柳林镇应于3月9日(周一)18:00前评价。');
  });

  it('marks the reader’s own part, and is without buttons for nobody', () => {
    const own = cardFor(request, EMERGENCY).blocks.filter((b) => b.kind === 'field' && b.isOwn);
    expect(own).toMatchObject([{ label: '协办 县应急管理局' }]);
    expect(requestCard(caseAt(request), null).buttons).toEqual([]);
  });
});

describe('the buttons', () => {
  it.each([
    [
      'the lead before signing',
      () => file('call'),
      WATER,
      ['签收', '答复', '转办', '退回', '请求协办', '提请裁定'],
    ],
    ['the caller', () => file('call'), TOWNSHIP, ['催办', '补充说明', '撤回']],
    ['a stranger', () => file('call'), CAST.consent.caller, []],
    [
      'the caller of an answered one',
      () => act(file('call'), actOf('answer'), WATER),
      TOWNSHIP,
      ['评价', '重新办理', '办结', '未解决结案', '补充说明'],
    ],
    ['the 编办 that has to rule', () => file('ruling'), LIST_OFFICE, ['签收', '作出裁定', '补充说明']],
    [
      'the 编办 that has to admit',
      () => file('task', { evidence: null }),
      LIST_OFFICE,
      ['签收', '准予交办', '不予交办', '补充说明'],
    ],
  ] as const)('of %s', (_, build, actor, expected) => {
    const card = cardFor(build(), actor);
    expect(labels(card)).toEqual([...expected, '办理经过', '时限怎么算']);
  });

  it('all fit, are few, and do what they say when the reader presses them', () => {
    const moves: Record<string, Move> = {
      'req-no-admit': 'refuse-admission',
      'req-no-approve': 'refuse-approval',
      'req-support': 'add-support',
      'req-extend': 'ask-extension',
      'req-grant': 'grant-extension',
      'req-refuse': 'refuse-extension',
    };
    let pressed = 0;
    for (const kind of REQUEST_KINDS) {
      const { lead, caller } = CAST[kind];
      const signed = act(file(kind), { kind: 'sign' }, lead);
      for (const request of [file(kind), signed, act(signed, actOf('note'), caller)])
        for (const actor of [lead, caller, LIST_OFFICE]) {
          const { buttons } = cardFor(request, actor);
          expect(buttons.length).toBeLessThanOrEqual(8);
          for (const button of buttons) {
            expect(encodeButton(button).length).toBeLessThanOrEqual(64);
            if (/timeline|why-due/.test(button.id)) continue;
            const move = moves[button.id] ?? (button.id.replace('req-', '') as Move);
            const id = /A\d+/.exec(button.value ?? '')?.[0];
            const situation = situationOf(move, id, actor, caseAt(request));
            expect(typeof situation === 'string' ? situation : whyNot(move, situation), button.id).toBeNull();
            pressed++;
          }
        }
    }
    expect(pressed).toBeGreaterThan(100);
  });

  it('are still shown in December without the next year’s calendar', () => {
    const now = at('2026-12-23 09:00');
    const concluded = act(
      act(file('call', {}, now), actOf('answer'), WATER, now),
      actOf('conclude'),
      TOWNSHIP,
      now,
    );
    expect(labels(cardFor(concluded, TOWNSHIP, now))).toEqual(['重新办理', '办理经过']);
  });
});

describe('the longest request', () => {
  const long = '水'.repeat(2000);
  const busy = (): Request => {
    const support = Array.from({ length: 8 }, (_, i) => `县第${i + 1}应急管理和综合协调事务中心`);
    let request = file('call', { text: long, place: '柳林镇'.repeat(40), support });
    for (let i = 0; i < 12; i++)
      request = act(
        request,
        { kind: 'join', conversation: chatOf(`c${i}`) },
        makeActor(`第${i}镇人民政府办事处`, 'township-cadre'),
      );
    for (let round = 0; round < 6; round++) {
      request = act(request, { kind: 'note', text: long }, TOWNSHIP);
      request = act(request, { kind: 'answer', text: long }, WATER);
      request = act(request, { kind: 'reopen', reason: long }, TOWNSHIP);
    }
    return request;
  };

  it('is one message on each platform, so that its card can be replaced in place', () => {
    const card = cardFor(busy(), TOWNSHIP);
    expect(renderTelegram({ card })).toHaveLength(1);
    expect(renderFeishu(card, chatOf('x'))).not.toBeNull();
    expect(cardToText(card)).toContain('…');
  });

  it('is told whole by its timeline', () => {
    const card = timelineCard(busy(), POLICIES.call, MONDAY);
    expect(card.blocks[0]).toEqual({ kind: 'field', label: '内容', text: long });
    expect(card.blocks.length).toBe(1 + busy().events.length);
  });
});

describe('the timeline', () => {
  it('tells who did what when, in words', () => {
    let request = act(file('call'), { kind: 'sign' }, WATER, MONDAY + HOUR);
    request = act(
      request,
      { kind: 'add-support', organization: '县应急管理局', reason: '调沙袋' },
      WATER,
      MONDAY + HOUR,
    );
    request = act(
      request,
      { kind: 'escalate', step: 'answer-due', clock: 'answer', assignment: 'A1' },
      null,
      at('2026-03-10 08:30'),
    );
    request = act(request, { kind: 'answer', text: '已封堵' }, WATER, at('2026-03-10 09:00'));
    request = act(
      request,
      { kind: 'rate', speed: 4, handling: 5, result: 3, words: '基本解决' },
      TOWNSHIP,
      at('2026-03-10 10:00'),
    );
    expect(
      timelineCard(request, POLICIES.call, MONDAY + DAY)
        .blocks.slice(1)
        .map((b) => b.text),
    ).toEqual([
      '3月2日(周一)09:00 柳林镇 柳林某 提交 送县水利局',
      '3月2日(周一)10:00 县水利局 县水某 签收',
      '3月2日(周一)10:00 县水利局 县水某 请求协办 县应急管理局:调沙袋',
      '3月10日(周二)08:30 系统 提醒 单位负责人',
      '3月10日(周二)09:00 县水利局 县水某 答复(已超过时限) (协办未参加:县应急管理局(未签收)):已封堵',
      '3月10日(周二)10:00 柳林镇 柳林某 评价 速度4分 办理5分 结果3分:基本解决',
      '3月10日(周二)10:00 系统 办结:请求单位均已评价。',
    ]);
  });
});

describe('lists', () => {
  it('give one line for each, with the time that counts', () => {
    const request = file('call', { text: '河堤'.repeat(20) });
    const line = requestLine(request, POLICIES.call, MONDAY);
    expect(line).toBe(`${NUMBER} 柳林镇→县水利局 待签收 ${'河堤'.repeat(11)}河…(3月2日(周一)15:00前)`);
    expect(requestLine(request, POLICIES.call, MONDAY + DAY)).toContain('(时限3月2日(周一)15:00已过)');
    const page = { page: 1, total: 12, perPage: 10 };
    expect(cardToText(listCard('逾期', [request], page, POLICIES, MONDAY))).toMatch(
      /^【逾期 · 12 件】\n.*\n第 2\/2 页$/,
    );
    expect(cardToText(listCard('逾期', [], { page: 0, total: 0, perPage: 10 }, POLICIES, MONDAY))).toContain(
      '目前没有',
    );
  });
});

it.each(REQUEST_KINDS)('the card of a draft of a %s lets every field be changed', (kind) => {
  const draft = makeDraft(kind, { urgency: 'urgent', evidence: EVIDENCE, attachments: [photo] });
  const card = draftCard(draft, POLICIES[kind], MONDAY, { organization: '柳林镇', note: '请核对' });
  const ids = card.buttons.map((b) => b.id);
  const units = POLICIES[kind].answeredBy === 'list-office' ? [] : ['draft-lead', 'draft-support'];
  expect(ids).toEqual([
    'draft-send',
    ...units,
    'draft-text',
    'draft-place',
    'draft-wanted',
    'draft-urgency',
    'draft-photos',
    'draft-kind',
    'draft-drop',
  ]);
  const text = cardToText(card);
  for (const part of [
    '请求单位:柳林镇',
    '内容:河堤渗水',
    '地点:柳林镇三里村',
    '希望:按规定时限',
    '紧急程度:紧急',
    '附件:1 个',
    '请核对',
    '第12项',
  ])
    expect(text).toContain(part);
  expect(renderFeishu(card, chatOf('x'))).not.toBeNull();
});
