/** What people and the clock can do to a request: the shapes of acts, actors and outcomes. */
import type { Notice } from './notice-lost.js';
import type { Role } from '../core/domain.js';
import type { Adoption, Evidence, Request, RequestKind, Urgency } from '../core/request.js';
import type { Attachment, Conversation } from '../core/chat.js';

export const MOVES = [
  'join',
  'approve',
  'refuse-approval',
  'admit',
  'refuse-admission',
  'sign',
  'answer',
  'return',
  'transfer',
  'add-support',
  'ask-extension',
  'grant-extension',
  'refuse-extension',
  'pause',
  'resume',
  'urge',
  'ask-ruling',
  'rule',
  'correct-ruling',
  'withdraw-ruling',
  'assign-lead',
  'note',
  'rate',
  'conclude',
  'close-unsolved',
  'reopen',
  'withdraw',
] as const;
/** What a person can do. The clock escalates and concludes; nobody else may. */
export type Move = (typeof MOVES)[number];

/** What a move is called where the kind has no word of its own. */
export const MOVE_LABELS: Readonly<Record<Move, string>> = {
  join: '加入',
  approve: '同意上报',
  'refuse-approval': '不同意上报',
  admit: '准予交办',
  'refuse-admission': '不予交办',
  sign: '签收',
  answer: '答复',
  return: '退回',
  transfer: '转办',
  'add-support': '请求协办',
  'ask-extension': '申请延期',
  'grant-extension': '同意延期',
  'refuse-extension': '不同意延期',
  pause: '暂停计时',
  resume: '恢复计时',
  urge: '催办',
  'ask-ruling': '提请裁定',
  rule: '裁定',
  'correct-ruling': '更正裁定',
  'withdraw-ruling': '撤销裁定',
  'assign-lead': '指定主办',
  note: '补充说明',
  rate: '评价',
  conclude: '办结',
  'close-unsolved': '未解决结案',
  reopen: '重新办理',
  withdraw: '撤回',
};

/** Who acts, as bound at this moment. */
export type Actor = {
  account: string;
  name: string;
  /** The department or township the person works for. */
  organization: string;
  /** `城关街道派出所`: the stationed team of the township that the person belongs to. */
  team?: string;
  /** The department that the team belongs to. */
  bureau?: string;
  /** `柳林镇便民服务中心`: the township's counter that the person works at. */
  counter?: string;
  roles: Role[];
};

/** A request that is not filed yet. */
export type Draft = {
  kind: RequestKind;
  urgency: Urgency;
  text: string;
  place: string;
  wantedAt: number | null;
  attachments: Attachment[];
  evidence: Evidence | null;
  /** Name of the organization; empty for a 裁定, which goes to the 编办. */
  lead: string;
  support: string[];
  conversation: Conversation;
  /** People are in danger: what the caller wishes for binds. */
  isEmergency?: boolean;
};

/** `assignment` is `A1` …; without it, that of the actor's own organization is meant. */
type On = { assignment?: string };
type Files = { attachments?: Attachment[] };

export type Act =
  | ({ kind: 'join'; conversation: Conversation; text?: string } & Files)
  | { kind: 'approve'; text?: string }
  | { kind: 'refuse-approval'; reason: string }
  | ({ kind: 'admit'; text?: string } & On)
  | ({ kind: 'refuse-admission'; reason: string } & On)
  | ({ kind: 'sign' } & On)
  /** `consent` is what a 征求意见 asks for, `adopted` what a 建议 does. */
  | ({ kind: 'answer'; text: string; consent?: boolean; adopted?: Adoption } & Files & On)
  /** `row` is a reference or the words that cite a row. */
  | ({ kind: 'return'; reason: string; row?: string } & On)
  | ({ kind: 'transfer'; to: string; reason: string } & On)
  | ({ kind: 'add-support'; organization: string; reason: string } & On)
  | ({ kind: 'ask-extension'; reason: string; untilAt?: number } & On)
  | ({ kind: 'grant-extension' } & On)
  | ({ kind: 'refuse-extension'; reason: string } & On)
  | ({ kind: 'pause'; reason: string } & On)
  | ({ kind: 'resume'; text: string } & Files & On)
  /** `toDesk`: 督办 is asked to look after it. */
  /** `toHead`: 督办 has the head of who is late told again (再次升级). */
  | { kind: 'urge'; text?: string; toDesk?: boolean; toHead?: boolean }
  | ({ kind: 'ask-ruling'; reason: string } & On)
  | ({ kind: 'rule'; lead: string; support: string[]; text: string } & On)
  | { kind: 'correct-ruling'; lead: string; support: string[]; text: string }
  | { kind: 'withdraw-ruling'; reason: string }
  | { kind: 'assign-lead'; to: string; reason: string }
  /** `isProgress`: how the work goes on, said by who does it; `promisedAt`: by when it is to be done. */
  | ({ kind: 'note'; text: string; isProgress?: boolean; promisedAt?: number } & Files & On)
  | { kind: 'rate'; speed: number; handling: number; result: number; words: string }
  | { kind: 'conclude'; text?: string }
  | { kind: 'close-unsolved'; reason: string }
  | { kind: 'reopen'; reason: string }
  | { kind: 'withdraw'; reason: string }
  | ClockAct;

/** By the clock: the actor is null. */
export type ClockAct =
  | { kind: 'escalate'; step: string; clock: ClockName; assignment: string }
  | { kind: 'auto-conclude' }
  /** What may be paused is used up. */
  | { kind: 'end-pause'; assignment: string }
  /**
   * A message to this chat, of this person, did not arrive. Without an assignment it was the caller's. `unit`: whose person
   * it is, where it is another unit's; `step`: the step of the ladder that it was, and `next` who was told instead.
   */
  | {
      kind: 'unreached';
      assignment?: string;
      chat: string;
      name: string;
      unit?: string;
      step?: string;
      next?: string;
      /** It was no card but this notice (notice-lost.ts). */
      notice?: Notice;
    }
  /** Whoever had signed works there no more. */
  | { kind: 'hand-over'; assignment: string };

/**
 * sign, answer: of an assignment · rate: the caller is to say whether it is solved · caller: the caller is to choose another
 * unit after a return, or to supply what a pause waits for · review: the deadline office looks into a second low rating ·
 * promise: who works on it has said by when it will be done; it binds nobody, and is asked about.
 */
export const CLOCK_NAMES = ['sign', 'answer', 'rate', 'caller', 'review', 'promise'] as const;
export type ClockName = (typeof CLOCK_NAMES)[number];

/** `reason`: why not, and what can be done instead. */
export type Outcome = { ok: true; request: Request } | { ok: false; reason: string };

/** Any of the three at or below this is a low rating. */
export const LOW_RATING = 2;

/** Step under which a second low rating stands in the log. */
export const LOW_RATING_STEP = 'low-rating';
