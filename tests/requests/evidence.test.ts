/** The evidence file: complete, in order, with what is needed to check it. */
import { describe, expect, it } from 'vitest';
import { EVENT_KINDS, type Request } from '../../src/core/request.js';
import { eventLine } from '../../src/requests/events.js';
import { checkOf, evidenceDocument } from '../../src/requests/evidence.js';
import {
  act,
  actOf,
  DAY,
  file,
  HOUR,
  LIST_OFFICE,
  MONDAY,
  NUMBER,
  POLICIES,
  TOWNSHIP,
  WATER,
} from '../helpers/requests.js';
import type { RecordLine } from '../../src/core/store.js';

const photo = { platform: 'telegram' as const, kind: 'photo' as const, id: 'AgAC1', name: '渗水.jpg' };
const busy = (): Request => {
  let request = act(file('call', { attachments: [photo] }), { kind: 'sign' }, WATER, MONDAY + HOUR);
  request = act(request, actOf('return'), WATER, MONDAY + 2 * HOUR);
  request = act(request, actOf('ask-ruling'), TOWNSHIP, MONDAY + 3 * HOUR);
  request = act(
    request,
    { kind: 'rule', lead: '县水利局', support: [], text: '堤防归水利' },
    LIST_OFFICE,
    MONDAY + DAY,
  );
  request = act(request, { kind: 'answer', text: '已封堵' }, WATER, MONDAY + 2 * DAY);
  return act(
    request,
    { kind: 'rate', speed: 4, handling: 5, result: 4, words: '解决了' },
    TOWNSHIP,
    MONDAY + 3 * DAY,
  );
};
const line = (seq: number, event: string): RecordLine =>
  ({
    seq,
    at: MONDAY + seq,
    kind: 'transition',
    request: NUMBER,
    data: { event },
    prev: 'f'.repeat(64),
    hash: String(seq).repeat(64),
  }) as unknown as RecordLine;

describe('the evidence file', () => {
  const text = evidenceDocument(
    busy(),
    checkOf(busy(), [line(1, 'filed'), line(2, 'signed')]),
    MONDAY + 4 * DAY,
    POLICIES.call,
  );

  it('has the request, the row as it stood, the parts, the course, the ratings', () => {
    for (const part of [
      '# 呼叫 QS-2026-000123',
      '- 状态:已办结',
      '- 请求单位:柳林镇',
      '- 内容:河堤渗水,请来人查看',
      '- 附件:渗水.jpg(telegram:AgAC1)',
      '依据:《青山县属地管理主体责任和配合责任清单》 · 2026年版 · 青编发〔2026〕1号 · 第12项“河道堤防安全”',
      '- 主体责任:县水利局——组织堤防除险',
      '- 配合责任:乡镇(街道)——巡查上报',
      '- 法律依据:《中华人民共和国防洪法》',
      '- A1 县水利局(主办):已退回',
      '- A3 县水利局(主办):已答复',
      '2026年3月3日(周二)09:00 县委编办 县委某 裁定 县水利局主办:堤防归水利',
      '- 评价(柳林镇):速度4分 办理5分 结果4分 解决了',
      `- 1 2026年3月2日(周一)09:00 transition filed ${'1'.repeat(64)}`,
      'npm run verify-log',
      '导出时间:2026年3月6日(周五)09:00',
    ])
      expect(text).toContain(part);
  });

  it('has a line for every event, in order, with its year', () => {
    const request = busy();
    const lines = text.split('\n').filter((l) => /^- 2026年.*(柳林镇|县水利局|县委编办|系统) /.test(l));
    expect(lines).toHaveLength(request.events.length);
    expect(lines).toEqual(request.events.map((e) => `- ${eventLine(request, e, POLICIES.call, 0)}`));
  });

  it('says when there was no row and no record', () => {
    const plain = file('call', { evidence: null, place: '' });
    const bare = evidenceDocument(plain, checkOf(plain, []), MONDAY, POLICIES.call);
    expect(bare).toContain('提交时没有引用清单事项。');
    expect(bare).toContain('台账中没有这件请求的记录。');
    expect(bare).not.toContain('地点');
    // Nothing vouches for it, and nothing is certified.
    expect(bare).toContain('未经核对');
    expect(bare).not.toContain('一致');
  });
});

it('every kind of event has words', () => {
  const request = file('call');
  const by = { account: 'a', name: '某人', organization: '柳林镇' };
  for (const kind of EVENT_KINDS) {
    const words = eventLine(request, { kind, at: MONDAY, by }, POLICIES.call, MONDAY);
    expect(words, kind).toMatch(/^3月2日\(周一\)09:00 柳林镇 某人 [\u4e00-\u9fff]{2}/);
  }
});
