/** 整改进度, 整改完成, 整改重开, 改期: the responsible unit reports and ends a measure; who registered it and the deadline office open it again. */
import { formatDate, isDate } from '../calendar/local.js';
import type { Card } from '../core/card.js';
import type { Person } from '../core/domain.js';
import { replyCard, replyText, send, setSession } from '../core/effects.js';
import type { Progress } from '../core/reminder.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { parseChoice } from '../nlu/match.js';
import { nextText } from '../reminders/duty-view.js';
import { measuresNamed } from '../reminders/measure-named.js';
import { oneLine } from '../reminders/measure-view.js';
import {
  allMeasures,
  endEffects,
  isImported,
  isRegisteredBy,
  personsOf,
  answeredBy,
  postponedEffects,
  reassignedEffects,
  unitsOf,
  type MeasureReminder,
} from '../reminders/measures.js';
import { waysTo } from '../reminders/reach.js';
import { CONFIRM, isNo, isYes } from '../requests/yes-no.js';
import { tokenOf } from '../text/token.js';
import { isCancel } from './shared/cancel.js';
import { AGAIN, flowData } from './shared/flows.js';
import { MEASURE_ACTS, MeasureFlow } from './shared/flow-shapes.js';
import { sessionOn } from './shared/requests.js';
import { reminderWorldOf, type HandlerDeps } from './deps.js';
import { unboundText } from './shared/duties.js';
import { refusalOf, type Act, type Acting, type Wanted } from './shared/measure-refusals.js';
import { numberedIn } from './shared/measures.js';
import { planOrWait } from '../reminders/planning.js';
import { untoldOf } from '../reminders/ledger.js';
import { cutText } from '../text/cut.js';

const INTENT = 'update_measure';
const LABELS: Record<Act, string> = {
  progress: '整改进度',
  done: '整改完成',
  reopen: '整改重开',
  deadline: '整改改期',
  person: '整改换责任人',
};
const TEXT_MAX = 200;

export function createUpdateMeasure(deps: HandlerDeps): Handler {
  return async (ctx) => {
    const { person, raw } = ctx;
    if (!person) return [replyText(unboundText(ctx))];
    const acting = { ctx, person, deps };
    const flow = flowData(ctx, INTENT, MeasureFlow);
    const { action = '', value = '' } = ctx.match.slots;
    if (action === 'measure-go') return pressed(acting, flow, value);
    if (flow && (ctx.match.via === 'flow' || action === AGAIN || action === 'said'))
      return answered(acting, flow, action === AGAIN);
    const act = actIn(ctx);
    if (value !== '') return meant(acting, flowOf(ctx, act, value));
    const label = LABELS[act];
    // Of all, so that who may not is told so, and not that there is no such number.
    const found = numberedIn(raw, await allMeasures(ctx.read));
    const given = /\d+/.exec(raw)?.[0];
    if (!found && given !== undefined)
      return [replyText(`没有找到编号为 ${given} 的整改措施。可发送“整改”查看编号。`)];
    if (!found)
      return [
        replyText(
          `请写明编号,例如“${label} 3${act === 'done' ? '' : ' 已完成两项,剩一项'}”。可发送“整改”查看编号。`,
        ),
      ];
    const wanted = { act, measure: found.measure, text: cutText(found.rest, TEXT_MAX) };
    // What ends it or opens it again, understood from words, is read back.
    const isSure = ctx.match.via === 'command' || act === 'progress';
    return isSure ? carryOut(acting, wanted) : readBack(acting, wanted);
  };
}

const flowOf = ({ match: { slots }, raw }: Context, act: Act, value: string): MeasureFlow => ({
  act,
  ids: value.split(','),
  text: cutText(raw, TEXT_MAX),
  ...(slots['deadline'] && { deadline: slots['deadline'] }),
  ...(slots['person'] && { person: slots['person'] }),
});

/** One of them is read back; of several it is asked which. */
async function meant(acting: Acting, flow: MeasureFlow): Promise<Effect[]> {
  const { ctx } = acting;
  const all = await allMeasures(ctx.read);
  const measures = flow.ids.flatMap((id) => all.filter((it) => it.id === id));
  const [one, second] = measures;
  if (!one) return [replyText('没有找到这条整改措施。可发送“整改”查看。'), setSession(sessionOn(ctx, {}))];
  if (!second) return readBack(acting, { ...flow, measure: one });
  const shown = measures.slice(0, SHOWN);
  const lines = shown.map((it, i) => `${i + 1}. ${oneLine(it, ctx.now)}`);
  const text = [`请问是哪一条整改措施?可回复序号,或说其中的字。(回复“取消”可放弃)`, ...lines].join('\n');
  return [replyText(text), flowEffect(ctx, { ...flow, ids: shown.map(({ id }) => id) }, 'which')];
}
const SHOWN = 9;

const flowEffect = (ctx: Context, data: MeasureFlow, asks: string): Effect =>
  setSession(sessionOn(ctx, { flow: { intent: INTENT, asks, data } }));

async function answered(acting: Acting, flow: MeasureFlow, isAgain: boolean): Promise<Effect[]> {
  const { ctx } = acting;
  if (isAgain) return meant(acting, flow);
  const isToConfirm = ctx.session?.flow?.asks === CONFIRM;
  if (isCancel(ctx.text) || (isToConfirm && isNo(ctx.text)))
    return [replyText('好的,已取消,没有改动。'), setSession(sessionOn(ctx, {}))];
  const measures = (await allMeasures(ctx.read)).filter(({ id }) => flow.ids.includes(id));
  const [one] = measures;
  if (isToConfirm)
    return one && isYes(ctx.text) ? carryOut(acting, { ...flow, measure: one }) : meant(acting, flow);
  const choice = parseChoice(ctx.text);
  const chosen = choice === null ? undefined : flow.ids[choice - 1];
  const named = measuresNamed(ctx.text, measures).map(({ id }) => id);
  const ids = chosen !== undefined ? [chosen] : named.length > 0 ? named : flow.ids;
  return meant(acting, { ...flow, ids });
}

async function pressed(acting: Acting, flow: MeasureFlow | null, value: string): Promise<Effect[]> {
  const { ctx } = acting;
  const measure = (await allMeasures(ctx.read)).find(
    ({ id }) => flow?.ids.length === 1 && id === flow.ids[0],
  );
  const wanted = flow && measure && { ...flow, measure };
  return wanted && ctx.session?.flow?.asks === CONFIRM && value === tokenOf(sentenceOf(wanted, ctx.now))
    ? carryOut(acting, wanted)
    : [replyText('这一步已失效,没有改动。请重新说一下。')];
}

/** What cannot be done is said at once. */
function readBack(acting: Acting, wanted: Wanted): Effect[] {
  const { ctx } = acting;
  const refused = refusalOf(acting, wanted);
  if (refused !== null) return refusedEffects(acting, wanted, refused);
  const { act, measure, text, deadline, person } = wanted;
  const sentence = sentenceOf(wanted, ctx.now);
  const card: Card = {
    title: `请核对:${LABELS[act]}`,
    blocks: [{ kind: 'text', text: `${sentence}(回复“取消”可放弃)` }],
    buttons: [{ id: 'measure-go', label: '确认', value: tokenOf(sentence), style: 'primary' }],
  };
  const data: MeasureFlow = {
    act,
    ids: [measure.id],
    text,
    ...(deadline !== undefined && { deadline }),
    ...(person !== undefined && { person }),
  };
  return [replyCard(card), flowEffect(ctx, data, CONFIRM)];
}

function sentenceOf({ act, measure, text, deadline = '', person = '' }: Wanted, now: number): string {
  const name = oneLine(measure, now);
  const said = text === '' ? '' : `(${text})`;
  switch (act) {
    case 'progress':
      return `将给整改措施${name}记一条进度:${text}。确认?`;
    case 'done':
      return `将把整改措施${name}登记为完成${said},今后不再提醒。确认?`;
    case 'reopen':
      return `将重新打开整改措施${name},并告知责任单位${said}。确认?`;
    case 'deadline':
      return `将把整改措施${name}的时限改为${isDate(deadline) ? formatDate(deadline, now) : ''}。确认?`;
    case 'person':
      return `将把整改措施${name}的责任人改为${person},并告知${[...personsOf(measure), person].join('、')}。确认?`;
  }
}

const recordOf = (
  what: 'refusal' | 'transition',
  { act, measure }: Wanted,
  { organization }: Person,
): Effect => ({ kind: 'record', what, data: { act: LABELS[act], measure: measure.reference, organization } });

const refusedEffects = ({ ctx, person }: Acting, wanted: Wanted, refused: string): Effect[] => [
  replyText(refused),
  recordOf('refusal', wanted, person),
  ...(ctx.session?.flow?.intent === INTENT ? [setSession(sessionOn(ctx, {}))] : []),
];

async function carryOut(acting: Acting, wanted: Wanted): Promise<Effect[]> {
  const { ctx, person } = acting;
  const refused = refusalOf(acting, wanted);
  if (refused !== null) return refusedEffects(acting, wanted, refused);
  const by = `${person.organization} ${person.name}`;
  return [
    ...(await effectsOf(acting, wanted, { at: ctx.now, by, text: wanted.text })),
    recordOf('transition', wanted, person),
    setSession(sessionOn(ctx, { reminder: wanted.measure.id })),
  ];
}

function actIn({ update, match }: Context): Act {
  const { action } = match.slots;
  const said = MEASURE_ACTS.find((it) => it === action);
  if (said) return said;
  const text = update.kind === 'message' ? update.text.trim() : '';
  if (/^\/?整改完成/.test(text)) return 'done';
  return /^\/?整改重开/.test(text) ? 'reopen' : 'progress';
}

async function effectsOf(
  { ctx, person, deps }: Acting,
  { act, measure: stored, deadline = '', person: next = '' }: Wanted,
  entry: Progress,
): Promise<Effect[]> {
  const { now } = ctx;
  const world = reminderWorldOf(deps);
  const { reference } = stored;
  const tell = (text: string, those = stored.to): Effect[] =>
    those
      .flatMap((to) => waysTo(to, world.directory, world.platforms).slice(0, 1))
      .map(({ conversation }) => send(conversation, { text }));
  const withEntry = (text: string, doneAt: number | null): MeasureReminder => ({
    ...stored,
    measure: { ...stored.measure, progress: [...stored.measure.progress, { ...entry, text }], doneAt },
  });
  switch (act) {
    case 'progress':
      return [
        {
          kind: 'reminder',
          reminder: withEntry(entry.text, null),
          expectedVersion: stored.version,
        },
        replyText(`已登记整改措施${reference}的进度:${entry.text}(时限${stored.when.date})。`),
      ];
    case 'done': {
      const done = withEntry(['已完成', entry.text].filter(Boolean).join(':'), now);
      return [
        ...endEffects(done, await untoldOf(ctx.read, stored.id), now),
        replyText(`整改措施${reference}已登记完成,今后不再提醒。${checkedBy(stored)}核查后可重开。`),
      ];
    }
    case 'reopen': {
      const who = isRegisteredBy(stored, person) ? person.name : '督办';
      const opened = withEntry(`${who}重开:${entry.text}`, null);
      const { reminder, effects } = planOrWait(
        { ...opened, status: 'active', edits: stored.edits + 1 },
        world,
        now,
      );
      const text = `整改措施${reference}已由${who}重开:${entry.text}。时限${stored.when.date},办结后请发送“整改完成 ${reference}”。`;
      return [
        ...effects,
        ...tell(text),
        replyText(
          `整改措施${reference}已重开,已告知${unitsOf(stored).join('、')};${nextText(reminder, now)}。`,
        ),
      ];
    }
    case 'deadline': {
      const day = formatDate(deadline, now);
      const before = formatDate(stored.when.date, now);
      const untold = await untoldOf(ctx.read, stored.id);
      const moved = { deadline, entry: { ...entry, text: `时限由${before}改为${day}` } };
      return [
        ...postponedEffects(stored, moved, untold, { world, now }),
        ...(personsOf(stored).includes(person.name)
          ? []
          : tell(`整改措施${reference}的时限由${before}改为${day}(${entry.by}):${stored.measure.text}。`)),
        replyText(`整改措施${reference}的时限已由${before}改为${day},已告知${unitsOf(stored).join('、')}。`),
      ];
    }
    case 'person': {
      const before = personsOf(stored);
      const to = answeredBy(stored, next);
      const what = `责任人${before.length > 0 ? `由${before.join('、')}` : ''}改为${next}`;
      const moved = { person: next, entry: { ...entry, text: what } };
      const told = `整改措施${reference}的责任人改为${next}(${entry.by})`;
      return [
        ...reassignedEffects(stored, moved, await untoldOf(ctx.read, stored.id), { world, now }),
        ...(before.length > 0 ? tell(`${told}:${stored.measure.text}。`) : []),
        ...tell(`${told},由您负责:${stored.measure.text}。时限${formatDate(stored.when.date, now)}。`, to),
        replyText(`${told},已告知${[...before, next].join('、')}。`),
      ];
    }
  }
}

const checkedBy = ({ owner }: MeasureReminder): string => (isImported({ owner }) ? '督办' : owner.name);
