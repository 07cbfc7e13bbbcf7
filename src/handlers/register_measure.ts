/** 整改登记: a measure in words; what is missing is asked once, and it is read back, because it binds somebody else. */
import { formatDate, toLocal } from '../calendar/local.js';
import type { Card } from '../core/card.js';
import type { Person } from '../core/domain.js';
import { replyCard, replyText, send, setSession } from '../core/effects.js';
import { reminderId } from '../core/reminder.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { isQuiet } from '../reminders/plan.js';
import { nextText } from '../reminders/duty-view.js';
import { measureSaid, registrationAt, type SaidMeasure } from '../reminders/measure-said.js';
import { registerEffects } from '../reminders/measures.js';
import { MAY } from '../reminders/permissions.js';
import { waysTo } from '../reminders/reach.js';
import { CONFIRM, isNo, isYes } from '../requests/yes-no.js';
import { cutText } from '../text/cut.js';
import { tokenOf } from '../text/token.js';
import { reminderWorldOf, type HandlerDeps } from './deps.js';
import { isCancel } from './shared/cancel.js';
import { unboundText } from './shared/duties.js';
import { AGAIN, flowData } from './shared/flows.js';
import { RegisterFlow } from './shared/flow-shapes.js';
import { currentYear, sessionOn } from './shared/requests.js';

const INTENT = 'register_measure';
const PART_MAX = 200;
const HOW =
  '请说明问题、整改措施、责任人和完成期限,例如“登记整改措施:消防栓没水,换管子试压,责任人张三,1月8日前”。';

type Acting = { ctx: Context; person: Person; deps: HandlerDeps };

export function createRegisterMeasure(deps: HandlerDeps): Handler {
  return async (ctx) => {
    const { person } = ctx;
    if (!person) return [replyText(unboundText(ctx))];
    const acting = { ctx, person, deps };
    const flow = flowData(ctx, INTENT, RegisterFlow);
    const { action = '', value = '' } = ctx.match.slots;
    if (action === 'measure-set')
      return flow && ctx.session?.flow?.asks === CONFIRM && value === tokenOf(told(flow))
        ? store(acting, flow)
        : [replyText('这次登记已失效,没有登记。请重新说一下。')];
    if (flow && action === AGAIN) return goOn(acting, flow);
    if (flow && (ctx.match.via === 'flow' || action === 'said')) return answered(acting, flow);
    const isCommand = ctx.match.via === 'command';
    const raw = isCommand ? ctx.raw : saidIn(ctx);
    if (raw.trim() === '') return [replyText(HOW)];
    const at = isCommand ? null : registrationAt(raw, true);
    const said = read(acting, raw, at);
    // Nothing is asked of whoever may not register it.
    const refused = whyNot(person, said.unit || person.organization, deps);
    if (refused !== null) return [replyText(refused), setSession(sessionOn(ctx, {}))];
    return goOn(acting, { ...partsOf(said), isAsked: false }, said.unclear);
  };
}

const saidIn = ({ update, raw }: Context): string => (update.kind === 'message' ? update.text.trim() : raw);

const read = (
  { ctx, person, deps }: Acting,
  raw: string,
  at: { from: number; to: number } | null,
): SaidMeasure =>
  measureSaid(raw, at, {
    now: ctx.now,
    calendar: deps.calendar,
    directory: deps.knowledge().directory,
    organization: person.organization,
  });

const partsOf = ({ problem, action, person, unit, deadline }: SaidMeasure) => ({
  problem: cutText(problem, PART_MAX),
  action: cutText(action, PART_MAX),
  ...{ person, unit, deadline },
});

function answered(acting: Acting, flow: RegisterFlow): Promise<Effect[]> | Effect[] {
  const { ctx } = acting;
  const isToConfirm = ctx.session?.flow?.asks === CONFIRM;
  if (isCancel(ctx.text) || (isToConfirm && isNo(ctx.text)))
    return [replyText('好的,已取消,没有登记。'), setSession(sessionOn(ctx, {}))];
  if (isToConfirm && isYes(ctx.text)) return store(acting, flow);
  const said = read(acting, saidIn(ctx), null);
  const words = [said.problem, said.action].filter(Boolean).join(',');
  // To what was read back only whom and when are said otherwise; of the words nothing is guessed.
  const action = !isToConfirm && flow.action === '' ? cutText(words, PART_MAX) : flow.action;
  const who =
    said.unit === '' ? { person: flow.person, unit: flow.unit } : { person: said.person, unit: said.unit };
  return goOn(acting, { ...flow, ...who, action, deadline: said.deadline ?? flow.deadline }, said.unclear);
}

/** What is missing is asked for together; of the words one of the two is enough when it has been asked once. */
function goOn(acting: Acting, data: RegisterFlow, unclear: string[] = []): Effect[] {
  const { ctx, person, deps } = acting;
  const refused = data.unit === '' ? null : whyNot(person, data.unit, deps);
  if (refused !== null)
    return [
      replyText(refused),
      { kind: 'record', what: 'refusal', data: { act: '整改登记', organization: person.organization } },
      setSession(sessionOn(ctx, {})),
    ];
  const isPast = data.deadline !== null && data.deadline < toLocal(ctx.now).date;
  const hasWords = data.action !== '' || (data.isAsked && data.problem !== '');
  const missing = [
    ...(hasWords ? [] : [data.problem === '' ? '问题和整改措施' : '整改措施(怎么改)']),
    ...(data.unit === '' ? ['责任人'] : []),
    ...(data.deadline === null || isPast ? ['完成期限'] : []),
  ];
  if (missing.length === 0) return [replyCard(cardOf(data, ctx.now)), flowEffect(ctx, data, CONFIRM)];
  const known = linesOf(data, ctx.now);
  const text = [
    ...(isPast ? ['这个期限已经过了。'] : []),
    ...unclear.map((it) => `${it.replace(/[。?\uff1f]$/, '')}。`),
    `请补充:${missing.join('、')}。(回复“取消”可放弃)`,
    ...(known.length > 0 ? ['已记下:', ...known.map(([label, value]) => `${label}:${value}`)] : []),
  ].join('\n');
  return [
    replyText(text),
    flowEffect(ctx, { ...data, deadline: isPast ? null : data.deadline, isAsked: true }, 'parts'),
  ];
}

const flowEffect = (ctx: Context, data: RegisterFlow, asks: string): Effect =>
  setSession(sessionOn(ctx, { flow: { intent: INTENT, asks, data } }));

/** Who imports measures registers them for everybody, who leads a unit for its people. */
function whyNot(person: Person, unit: string, { policies, knowledge }: HandlerDeps): string | null {
  const may = (roles: readonly string[]) => person.roles.some((role) => roles.includes(role));
  if (may(MAY['import-measures'])) return null;
  const isOwn = unit === person.organization || unit === knowledge().directory.unitOf(person);
  if (isOwn && may(MAY['register-measure'])) return null;
  return isOwn
    ? '整改措施须由本单位负责人登记,没有登记。您可以报告进度,例如“整改进度 3 已完成两项”。'
    : `给其他单位登记整改措施,由督办或编办办理,没有登记。请联系${policies.call.deadlineOffice}。`;
}

const wordsOf = ({ problem, action }: RegisterFlow): string => [problem, action].filter(Boolean).join(':');

const linesOf = (data: RegisterFlow, now: number): [string, string][] =>
  (
    [
      ['问题', data.problem],
      ['措施', data.action],
      ['责任人', data.person],
      ['责任单位', data.unit],
      ['时限', data.deadline === null ? '' : formatDate(data.deadline, now)],
    ] satisfies [string, string][]
  ).filter(([, value]) => value !== '');

const told = (data: RegisterFlow): string =>
  JSON.stringify([data.problem, data.action, data.person, data.unit, data.deadline]);

const cardOf = (data: RegisterFlow, now: number): Card => ({
  title: '请核对:整改措施',
  blocks: [
    ...linesOf(data, now).map(([label, text]) => ({ kind: 'field' as const, label, text })),
    {
      kind: 'text',
      text: '确认后登记,并告知责任人。要改责任人或时限,直接说即可。(回复“取消”可放弃)',
    },
  ],
  buttons: [{ id: 'measure-set', label: '确认', value: tokenOf(told(data)), style: 'primary' }],
});

async function store(acting: Acting, data: RegisterFlow): Promise<Effect[]> {
  const { ctx, person, deps } = acting;
  const { now } = ctx;
  const { deadline, unit } = data;
  // What was read back may have become untrue meanwhile: the person, the role, the day.
  if (deadline === null || unit === '' || deadline < toLocal(now).date || whyNot(person, unit, deps) !== null)
    return goOn(acting, data);
  const world = reminderWorldOf(deps);
  const year = currentYear(now);
  const { measure, effects } = await registerEffects(
    {
      n: await ctx.takeNumber('measure'),
      text: wordsOf(data),
      units: [unit],
      deadline,
      ...(data.person !== '' && { person: data.person }),
    },
    person,
    { takeId: async () => reminderId(year, await ctx.takeNumber(`reminder:${year}`)), world, now },
  );
  const number = measure.reference ?? '';
  const day = formatDate(deadline, now);
  const text = `${person.organization} ${person.name} 登记了由您负责的整改措施${number}:${wordsOf(data)}。时限${day}。有进展请发送“整改进度 ${number} 进展”,办结请发送“整改完成 ${number} 怎么改的”。`;
  const isOwn = data.person === person.name && unit === person.organization;
  const isNight = isQuiet(toLocal(now).minutes, deps.rules);
  const [way] =
    isOwn || isNight ? [] : measure.to.flatMap((to) => waysTo(to, world.directory, world.platforms));
  const whom = data.person || unit;
  const toldText = isOwn
    ? ''
    : way
      ? `,已告知${whom}`
      : isNight
        ? `;现在是夜间,没有打扰${whom}`
        : `;${whom}联系不上,请另行告知`;
  return [
    ...effects,
    {
      kind: 'record',
      what: 'transition',
      data: { act: '整改登记', measure: number, organization: person.organization },
    },
    ...(way ? [send(way.conversation, { text })] : []),
    replyText(
      `已登记整改措施${number}:${wordsOf(data)}。责任${data.person === '' ? '单位' : '人'}${whom},时限${day}${toldText}。${nextText(measure, now)}。`,
    ),
    setSession(sessionOn(ctx, { reminder: measure.id })),
  ];
}
