/** The kinds of requests as data: who files, who answers, how long it may take, whom the ladder tells. Reads `knowledge/requests/`. */
import { join } from 'node:path';
import { z } from 'zod';
import { BotError } from '../core/errors.js';
import { REQUEST_KINDS, REQUEST_STATUSES, type RequestKind } from '../core/request.js';
import { readYaml } from '../files/yaml.js';
import { CLOCK_NAMES, MOVES } from './moves.js';
import { LEVELS } from '../organizations/recipients.js';

const Count = z.number().int().positive();
const Duration = z.union(
  [
    z.strictObject({ minutes: Count }),
    z.strictObject({ hours: Count }),
    z.strictObject({ workingHours: Count }),
    z.strictObject({ workingDays: Count }),
  ],
  '应为 {minutes: 30}、{hours: 24}、{workingHours: 4}、{workingDays: 5} 之一,数值为正整数',
);
const WorkingTime = z.union(
  [z.strictObject({ workingHours: Count }), z.strictObject({ workingDays: Count })],
  '应为 {workingHours: 4}、{workingDays: 5} 之一,数值为正整数',
);
/** minutes and hours go on at night; workingHours and workingDays do not. */
export type Duration = z.infer<typeof Duration>;

const Role = z.enum([
  'township-cadre',
  'township-leader',
  'department-officer',
  'department-head',
  'list-office',
  'deadline-office',
]);

const Step = z.strictObject({
  id: z
    .string()
    .max(24)
    .regex(/^[a-z][a-z0-9-]*$/, '应为小写英文、数字和连字符'),
  clock: z.enum(CLOCK_NAMES),
  at: z.union(
    [z.literal('due'), z.strictObject({ before: Duration }), z.strictObject({ after: Duration })],
    '应为 due、{before: 时长}、{after: 时长} 之一',
  ),
  to: z.enum(LEVELS),
  isUrgentOnly: z.boolean().optional(),
  /** Not a message of its own: the next morning's summary names the request. Urgent ones are told at once. */
  via: z.literal('digest').optional(),
});
export type Step = z.infer<typeof Step>;

/**
 * Who of the calling unit has to agree before it goes out (同意上报), within which time; `urgent: skip` lets urgent ones go at
 * once. People in danger are never waited with, nor what one of them files.
 */
const Approval = z.strictObject({
  by: z.array(z.enum(['township-leader', 'department-head'])).min(1),
  within: Duration,
  urgent: z.enum(['skip', 'ask']),
});

const Clocks = z.strictObject({ sign: Duration, answer: Duration });
const Text = z.string().min(1);
const MoveName = z.enum(MOVES);

const PolicyFile = z.strictObject({
  id: z.enum(REQUEST_KINDS),
  name: Text,
  summary: Text,
  filedBy: z.array(Role).min(1),
  answeredBy: z.enum(['department', 'township', 'team', 'list-office', 'counter', 'oversight']),
  concludes: z.enum(['lead', 'all']),
  approval: Approval.optional(),
  clocks: z.strictObject({ normal: Clocks, urgent: Clocks }),
  /** For the 编办, where a request waits for its admission or ruling. */
  officeClocks: Clocks,
  /** For the caller to choose or supply, and for the deadline office to review. */
  waits: z.strictObject({ caller: Duration, review: Duration }),
  /** How often and for how much working time one assignment may stand still; null: never. */
  pauses: z.strictObject({ count: Count, total: WorkingTime }).nullable(),
  extension: Duration.nullable(),
  moves: z.array(MoveName).min(1),
  /** always: steps of the ladder do not wait for working hours even when the request is not urgent. */
  outOfHours: z.enum(['urgent', 'always']),
  ladder: z.array(Step),
  /** What nobody acts on after the last step goes to the deadline office again and again, so often. */
  again: Duration,
  autoConclude: Duration,
  reopenWithin: Duration,
  urgeEvery: Duration,
  texts: z.strictObject({
    /** What to write; asked step by step. */
    ask: Text,
    lead: Text,
    support: Text,
    /** Said on the card when it is filed. */
    filed: Text,
    /** Why an urgent one comes outside working hours. */
    why: Text,
    labels: z.partialRecord(MoveName, Text),
    status: z.partialRecord(z.enum(REQUEST_STATUSES), Text),
    /** Why the kind does not have a move, and what can be done instead. */
    notAllowed: z.partialRecord(MoveName, Text),
  }),
});
const OfficesFile = z.strictObject({ listOffice: Text, deadlineOffice: Text });

/** `listOffice` and `deadlineOffice` are names of the directory. */
export type Policy = z.infer<typeof PolicyFile> & z.infer<typeof OfficesFile>;
export type Policies = Readonly<Record<RequestKind, Policy>>;

const REMEDY = '对照其他类型的文件改正';

/** @throws BotError 'DATA' naming file and path. */
export function loadPolicies(dir: string): Policies {
  const offices = readYaml(
    join(dir, 'offices.yaml'),
    OfficesFile,
    '写明 listOffice 和 deadlineOffice 两个单位的名称',
  );
  const load = (kind: RequestKind): Policy => {
    const file = join(dir, `${kind}.yaml`);
    const policy = readYaml(file, PolicyFile, REMEDY);
    checkPolicy(file, kind, policy);
    return { ...policy, ...offices };
  };
  return Object.fromEntries(REQUEST_KINDS.map((kind) => [kind, load(kind)])) as Policies;
}

type PolicyFile = z.infer<typeof PolicyFile>;

/** What the shape alone does not say. */
function checkPolicy(file: string, kind: RequestKind, policy: PolicyFile): void {
  const problem = (path: string, text: string) =>
    new BotError('DATA', `${file}:${path}:${text}。处理办法:${REMEDY}。`);
  if (policy.id !== kind) throw problem('id', `文件名是 ${kind},里面写的是 ${policy.id}`);
  const repeated = <T>(items: T[]): T | undefined => items.find((item, i) => items.indexOf(item) !== i);
  const move = repeated(policy.moves);
  if (move) throw problem('moves', `“${move}”写了两次`);
  const step = repeated(policy.ladder.map((s) => s.id));
  if (step) throw problem('ladder', `步骤“${step}”写了两次`);
  const has = new Set(policy.moves);
  if ((policy.pauses !== null) !== has.has('pause')) throw problem('pauses', '与 moves 中有无 pause 不一致');
  if ((policy.extension !== null) !== has.has('ask-extension'))
    throw problem('extension', '与 moves 中有无 ask-extension 不一致');
  if (has.has('pause') && !has.has('resume')) throw problem('moves', '有 pause 就要有 resume');
  if (has.has('ask-extension') && !(has.has('grant-extension') && has.has('refuse-extension')))
    throw problem('moves', '有 ask-extension 就要有 grant-extension 和 refuse-extension');
  const isApproved = has.has('approve') && has.has('refuse-approval');
  if ((policy.approval !== undefined) !== isApproved || has.has('approve') !== has.has('refuse-approval'))
    throw problem('approval', '与 moves 中有无 approve 和 refuse-approval 不一致');
  if (policy.approval && (policy.answeredBy === 'list-office' || kind === 'task' || kind === 'ruling'))
    throw problem('approval', '送编办的和交办不设本单位审批');
  const isTold = (to: Step['to']) => policy.ladder.some((it) => it.clock === 'answer' && it.to === to);
  if (policy.approval && !(isTold('head') && isTold('caller')))
    throw problem('ladder', '设本单位审批的,answer 要有提醒负责人(head)和告知请求单位(caller)的步骤');
  // A returned request needs a way on, and its second return goes to the 编办 by itself.
  if (has.has('return') && !(has.has('transfer') && has.has('ask-ruling') && has.has('rule')))
    throw problem('moves', '有 return 就要有 transfer、ask-ruling 和 rule');
  for (const lack of missingSteps(policy)) throw problem('ladder', lack);
  if (!has.has('conclude') || !has.has('withdraw')) throw problem('moves', '要有 conclude 和 withdraw');
}

/** Nobody who called is left to find out by asking that a part is late, or that what was promised has not come. */
function* missingSteps({ ladder, moves }: PolicyFile): Generator<string> {
  const tells = (clock: Step['clock'], isMeant: (to: Step['to']) => boolean): boolean =>
    ladder.some(
      (step) =>
        step.clock === clock &&
        isMeant(step.to) &&
        step.isUrgentOnly !== true &&
        step.via === undefined &&
        (step.at === 'due' || 'after' in step.at),
    );
  const isCaller = (to: Step['to']): boolean => to === 'caller';
  if (!tells('sign', isCaller)) yield '没有超时未签收时告诉请求单位的步骤(clock: sign, to: caller)';
  if (!tells('answer', isCaller)) yield '没有超时未答复时告诉请求单位的步骤(clock: answer, to: caller)';
  if (!moves.includes('note')) return;
  if (!tells('promise', (to) => !isCaller(to))) yield '有 note 就要有到时询问承诺的步骤(clock: promise)';
  if (!tells('promise', isCaller))
    yield '有 note 就要有承诺没有兑现时告诉请求单位的步骤(clock: promise, to: caller)';
}
