/** Requests as the bench of the store needs them: many, plausible, about 1.8 KB of JSON each. */
import { requestNumber, type Request, type RequestEvent } from '../../src/core/request.js';
import type { Change } from '../../src/core/store.js';

const HOUR_MS = 3_600_000;
export const BENCH_START = Date.UTC(2026, 2, 2, 1);

const DEPARTMENTS = 30;
const TOWNSHIPS = 20;
const MATTERS = [
  '道路照明设施损坏的维修',
  '农村生活垃圾清运',
  '违法建设的查处',
  '河道非法采砂的查处',
  '窨井盖缺失的处置',
];

/** The n-th request of the bench; the same every time. */
export function makeRequest(n: number, options: { isOpen?: boolean; at?: number } = {}): Request {
  const { isOpen = true, at = BENCH_START + n * 1_000 } = options;
  const township = `第${n % TOWNSHIPS}镇人民政府`;
  const lead = `县第${n % DEPARTMENTS}局`;
  const support = `县第${(n * 7 + 3) % DEPARTMENTS}局`;
  const matter = MATTERS[n % MATTERS.length] ?? '';
  const by = { account: `feishu:ou_${n % 500}`, name: '张三', organization: township };
  const officer = { account: `feishu:ou_d${n % 300}`, name: '李四', organization: lead };
  const events: RequestEvent[] = [
    { kind: 'filed', at, by, made: ['A1', 'A2'] },
    { kind: 'signed', at: at + HOUR_MS, by: officer, assignment: 'A1' },
    { kind: 'signed', at: at + 2 * HOUR_MS, by: { ...officer, organization: support }, assignment: 'A2' },
    {
      kind: 'answered',
      at: at + 20 * HOUR_MS,
      by: officer,
      assignment: 'A1',
      text: '已安排养护队到现场查看,线路老化,明日更换灯头三盏并检修控制箱,请知悉。',
    },
    ...(isOpen ? [] : [{ kind: 'concluded' as const, at: at + 40 * HOUR_MS, by }]),
  ];
  return {
    number: requestNumber(2026, n + 1),
    version: 1,
    kind: 'call',
    urgency: n % 20 === 0 ? 'urgent' : 'normal',
    text: `${township}第${n % 37}村村口到学校一段夜间没有照明,群众出行不便,请${lead}派人查看并尽快处理。现场照片见附件。`,
    place: `第${n % 37}村村口`,
    wantedAt: null,
    attachments: [{ platform: 'feishu', kind: 'photo', id: `img_v3_${n}`, messageId: `om_${n}` }],
    callers: [
      {
        organization: township,
        account: by.account,
        conversation: { platform: 'feishu', chatId: `oc_${n % 200}`, isDirect: false },
        joinedAt: at,
        rating: isOpen
          ? null
          : { speed: 5, handling: 4, result: 5, words: '处理及时', at: at + 40 * HOUR_MS },
      },
    ],
    evidence: {
      ref: `0a1b2c3d/territorial/${n % 98}`,
      title: '属地管理主体责任和配合责任清单',
      documentNumber: '县办发〔2025〕12号',
      editionLabel: '2025年版',
      number: String(n % 98),
      matter,
      lead: [{ unit: lead, duty: '负责设施的日常巡查、维修和养护,受理报修并在规定时限内办结。' }],
      support: [{ unit: support, duty: '配合现场处置,提供管线资料。' }],
      basis: ['《城市道路管理条例》第二十一条'],
    },
    status: isOpen ? 'open' : 'concluded',
    assignments: [
      { id: 'A1', organization: lead, role: 'lead', status: isOpen ? 'signed' : 'answered' },
      { id: 'A2', organization: support, role: 'support', status: isOpen ? 'signed' : 'closed' },
    ],
    events,
    dueAt: isOpen ? at + 72 * HOUR_MS : null,
  };
}

const messageTo = (n: number, i: number, to: number): Change => ({
  kind: 'outgoing',
  message: {
    key: `bench:${n}:${i}#${to}`,
    conversation: { platform: 'feishu', chatId: `oc_${(n + to) % 200}`, isDirect: false },
    reply: { text: `呼叫 ${requestNumber(2026, n + 1)} 待签收,应于3月3日(周二)12:00前签收。` },
    slot: `${requestNumber(2026, n + 1)}|${to}`,
  },
  runAt: BENCH_START,
});

const around = (n: number, i: number): Change[] => {
  const number = requestNumber(2026, n + 1);
  const timer = { key: `request:${number}`, runAt: BENCH_START + i, kind: 'request', payload: { number } };
  const data = { event: 'filed', organization: `县第${n % 30}局`, assignment: 'A1' };
  const entry = { at: BENCH_START, actor: `feishu:ou_${n % 500}`, update: `feishu:${i}`, request: number };
  const session = { updatedAt: BENCH_START, offered: [], isChoosing: false, request: number };
  return [
    { kind: 'session', key: `feishu:d:oc_${n % 500}|ou_${n % 500}`, session },
    { kind: 'schedule', timer },
    { kind: 'record', entry: { ...entry, kind: 'transition', data } },
    {
      kind: 'record',
      entry: { ...entry, kind: 'answer', data: { intent: 'request_create', via: 'action' } },
    },
    messageTo(n, i, 0),
    messageTo(n, i, 1),
  ];
};

/** All that the commit of a filing holds: the request, its timer, two cards, two lines of the record, the session. */
export const changesOfFiling = (n: number, i: number): Change[] => [
  { kind: 'request', request: makeRequest(n), expectedVersion: 0 },
  ...around(n, i),
];

/** The same of a later step, from the given version on. */
export const changesOfMove = (n: number, version: number, i: number): Change[] => [
  { kind: 'request', request: { ...makeRequest(n), version }, expectedVersion: version },
  ...around(n, i),
];
