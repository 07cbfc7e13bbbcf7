/** 评价期: opened by 督办, filled in by townships, confirmed by their leaders; appeals, the end, the workbook. */
import { replyCard, replyFile, replyText, setSession } from '../core/effects.js';
import { evaluationId, type Evaluation } from '../core/evaluation.js';
import type { Effect, Handler } from '../core/types.js';
import { toLocal } from '../calendar/local.js';
import { parsePeriodToken, periodLabel, periodToken, quarterPeriod } from '../calendar/periods.js';
import { renderEvaluation } from '../evaluation/book.js';
import {
  appealScore,
  closeEvaluation,
  confirmSheet,
  decideAppeal,
  isOffice,
  missingIn,
  openEvaluation,
  rowsFor,
  scoreBody,
  seesEverySheet,
  sheetOf,
  whyNotAppeal,
  whyNotClose,
  whyNotDecide,
  type Outcome,
} from '../evaluation/machine.js';
import { howToScore, sheetCard, sheetToken, spanOf } from '../evaluation/view.js';
import { parsePeriod } from '../nlu/dates/periods.js';
import { parseScoreLine } from '../nlu/evaluation-words.js';
import { normalizeText } from '../text/normalize.js';
import type { HandlerDeps } from './deps.js';
import { isCancel } from './shared/cancel.js';
import {
  bodyIn,
  cardFor,
  currentEvaluation,
  named,
  stored,
  tellAccount,
  tellLevel,
  tellTownships,
  type Judging,
} from './shared/evaluation.js';
import { firstRound, termsOf, toldOf } from './shared/evaluation-told.js';
import { EvaluationFlow } from './shared/flow-shapes.js';
import { flowData } from './shared/flows.js';
import { byActor, currentYear, sessionOn } from './shared/requests.js';

const INTENT = 'unit_evaluation';
const NONE = '现在没有评价期。评价期由督办开启,开启后镇街可以评价派驻机构和县直部门。';
const DIRECT = '评价期的打分、申诉和结果,请在与机器人的私聊中办理和查看。';
const OUTDATED = '这张卡片已失效,请发送“评价期”查看最新情况。';

export function createUnitEvaluation(deps: HandlerDeps): Handler {
  return byActor(deps, ({ ctx, world, actor: judge }) => {
    // Scores are nothing for those who are scored to read along.
    if (!ctx.update.conversation.isDirect) return [replyText(DIRECT)];
    const judging: Judging = { ctx, world, judge };
    const { action = '', value = '' } = ctx.match.slots;
    if (ctx.update.kind === 'action') return pressed(deps, judging, action, value);
    const flow = flowData(ctx, INTENT, EvaluationFlow);
    if (flow && ctx.match.via === 'flow') return goOn(judging, flow);
    return said(deps, judging, normalizeText(ctx.update.text));
  });
}

async function said(deps: HandlerDeps, judging: Judging, text: string): Promise<Effect[]> {
  const { ctx, judge, world } = judging;
  const evaluation = await currentEvaluation(ctx);
  if (/开启|开展|启动|发起|新建|开始(?!了|没)/.test(text)) return askToOpen(deps, judging, evaluation, text);
  if (!evaluation) return [replyText(NONE)];
  if (/导出|表格|excel|打印/.test(text)) return exported(judging, evaluation);
  if (/结束|关闭|截止/.test(text) && isOffice(judge)) return askToClose(judging, evaluation);
  const sheet = judge.team === undefined ? sheetOf(evaluation, judge.organization) : null;
  const meant = sheet && bodyIn(text, sheet, world.directory);
  if (meant && /\d/.test(text)) return score(judging, evaluation, meant.body, text.replace(meant.alias, ''));
  return [replyCard(cardFor(evaluation, judging)), setSession(sessionOn(ctx, {}))];
}

function askToOpen(deps: HandlerDeps, judging: Judging, running: Evaluation | null, text: string): Effect[] {
  const { ctx, judge } = judging;
  if (!isOffice(judge)) return [replyText('评价期由督办开启。')];
  const form = deps.evaluationForm;
  if (!form)
    return [replyText('还没有评价表。请管理员在 knowledge/evaluation/form.yaml 中写上本县的评价表。')];
  if (running && running.closed === null)
    return [replyText(`${spanOf(running)}的评价期还没有结束。发送“评价期”查看,结束后再开启新的。`)];
  const today = toLocal(ctx.now).date;
  const quarter = quarterPeriod(Number(today.slice(0, 4)), Math.ceil(Number(today.slice(5, 7)) / 3));
  const period = parsePeriod(text, today)?.period ?? quarter;
  return [
    replyCard({
      title: `请确认:开启 ${periodLabel(period)} 评价期`,
      blocks: [
        { kind: 'field', label: '评价表', text: form.title },
        {
          kind: 'field',
          label: '评分项',
          text: form.dimensions.map(({ name, max }) => `${name} ${max}`).join('、'),
        },
        {
          kind: 'field',
          label: '评价对象',
          text: [form.teams ? '各镇街的派驻机构' : '', ...form.departments].filter(Boolean).join('、'),
        },
        { kind: 'text', text: '开启后通知各镇街负责人组织打分。' },
      ],
      buttons: [{ id: 'eval-open', label: '确认开启', value: periodToken(period), style: 'primary' }],
    }),
  ];
}

async function pressed(
  deps: HandlerDeps,
  judging: Judging,
  action: string,
  value: string,
): Promise<Effect[]> {
  const { ctx, judge, world } = judging;
  if (action === 'eval-open') return open(deps, judging, value);
  const [id = '', token = ''] = value.split(' ');
  const evaluation = await ctx.read.getEvaluation(id);
  if (!evaluation) return [replyText(OUTDATED)];
  const ask = (text: string, data: EvaluationFlow): Effect[] => [
    replyText(`${text}(回复“取消”可放弃)`),
    setSession(sessionOn(ctx, { flow: { intent: INTENT, asks: data.step, data } })),
  ];
  switch (action) {
    case 'eval-score': {
      const body = named(sheetOf(evaluation, judge.organization)?.bodies ?? [], token);
      return body === null
        ? [replyText(OUTDATED)]
        : ask(`给${body}打分。${howToScore(evaluation)}`, { step: 'score', id, body });
    }
    case 'eval-confirm': {
      const sheet = sheetOf(evaluation, judge.organization);
      if (sheet && sheetToken(sheet) !== token)
        return [replyText('评分已有变化,请核对后再确认。'), replyCard(sheetCard(evaluation, sheet, ctx.now))];
      return done(judging, evaluation, confirmSheet(evaluation, judge, ctx.now), 'confirm');
    }
    case 'eval-appeal': {
      const rows = rowsFor(evaluation, judge, world.directory);
      const name = named(
        rows.map(({ township, row }) => `${township}|${row.body}`),
        token,
      );
      const [township = '', body = ''] = name?.split('|') ?? [];
      const refused =
        name === null ? OUTDATED : whyNotAppeal(evaluation, { township, body }, judge, world.directory);
      if (refused !== null) return [replyText(refused)];
      return ask(`对${township}给${body}的评分提出申诉,请写明理由和事实。`, {
        step: 'appeal',
        id,
        township,
        body,
      });
    }
    case 'eval-uphold':
    case 'eval-dismiss': {
      const appeal = token.toUpperCase();
      const refused = whyNotDecide(evaluation, appeal, judge);
      if (refused !== null) return [replyText(refused)];
      const isUpheld = action === 'eval-uphold';
      const what = isUpheld ? '成立(该项评分不再计入)' : '不成立(评分保留)';
      return ask(`申诉 ${appeal} ${what}。请写明核实情况和理由。`, { step: 'decide', id, appeal, isUpheld });
    }
    case 'eval-close':
      return askToClose(judging, evaluation);
    case 'eval-end':
      return done(judging, evaluation, closeEvaluation(evaluation, judge, termsOf(judging)), 'close');
    case 'eval-export':
      return exported(judging, evaluation);
    default:
      return [replyCard(cardFor(evaluation, judging))];
  }
}

async function open(deps: HandlerDeps, { ctx, judge, world }: Judging, token: string): Promise<Effect[]> {
  const period = parsePeriodToken(token);
  const running = await currentEvaluation(ctx);
  if (!period || !deps.evaluationForm) return [replyText(OUTDATED)];
  if (running && running.closed === null) return [replyText(`${spanOf(running)}的评价期已经开启。`)];
  if (!isOffice(judge)) return [replyText('评价期由督办开启。')];
  const year = currentYear(ctx.now);
  const id = evaluationId(year, await ctx.takeNumber(`evaluation:${year}`));
  const parts = { form: deps.evaluationForm, directory: world.directory, period, id, now: ctx.now };
  const outcome = openEvaluation(parts, judge);
  if (!outcome.ok) return [replyText(outcome.reason)];
  const { evaluation } = outcome;
  const text = `${spanOf(evaluation)}评价期已开启,请组织对派驻机构和县直部门打分,由负责人确认。发送“评价期”查看评价表。`;
  const { effects, said } = tellTownships(evaluation, text, world);
  return [
    ...stored(null, evaluation, 'open', ctx),
    ...firstRound(evaluation, world),
    replyText(`已开启 ${spanOf(evaluation)} 评价期,${said}发送“评价期”查看进度。`),
    ...effects,
  ];
}

/** Stores what came of an act, or says courteously why not. */
function done(judging: Judging, before: Evaluation, outcome: Outcome, act: string): Effect[] {
  const { ctx, world } = judging;
  if (!outcome.ok)
    return [
      replyText(outcome.reason),
      { kind: 'record', what: 'refusal', data: { act: `evaluation-${act}`, evaluation: before.id } },
    ];
  const { evaluation } = outcome;
  return [
    ...stored(before, evaluation, act, ctx),
    replyCard(cardFor(evaluation, judging)),
    ...toldOf(before, evaluation, world, ctx.now),
  ];
}

function score(judging: Judging, evaluation: Evaluation, body: string, text: string): Effect[] {
  const { ctx, judge } = judging;
  const { scores, words } = parseScoreLine(
    text,
    evaluation.dimensions.map(({ name }) => name),
  );
  return done(
    judging,
    evaluation,
    scoreBody(evaluation, { body, scores, words, now: ctx.now }, judge),
    'score',
  );
}

async function goOn(judging: Judging, flow: EvaluationFlow): Promise<Effect[]> {
  const { ctx, judge, world } = judging;
  if (isCancel(ctx.text)) return [replyText('好的,已取消。'), setSession(sessionOn(ctx, {}))];
  const evaluation = await ctx.read.getEvaluation(flow.id);
  if (!evaluation) return [replyText(OUTDATED), setSession(sessionOn(ctx, {}))];
  const { now } = ctx;
  switch (flow.step) {
    case 'score':
      return score(judging, evaluation, flow.body, ctx.raw);
    case 'appeal': {
      const { township, body } = flow;
      const outcome = appealScore(
        evaluation,
        { township, body, reason: ctx.raw, now },
        judge,
        world.directory,
      );
      const text = `评价期申诉:${judge.organization}${judge.name}对${township}给${body}的评分提出申诉:${ctx.raw.trim()}。发送“评价期”决定。`;
      return [
        ...done(judging, evaluation, outcome, 'appeal'),
        ...(outcome.ok ? tellLevel('', 'deadline-office', text, world) : []),
      ];
    }
    case 'decide': {
      const { appeal: id, isUpheld } = flow;
      const outcome = decideAppeal(evaluation, { id, isUpheld, reason: ctx.raw, now }, judge);
      const appeal = evaluation.appeals.find((it) => it.id === id);
      const text = `您对${appeal?.township}给${appeal?.body}评分的申诉,督办核实后决定${isUpheld ? '成立,该项评分不计' : '不成立'}:${ctx.raw.trim()}`;
      return [
        ...done(judging, evaluation, outcome, 'decide'),
        ...(outcome.ok && appeal ? tellAccount(appeal.by.account, text, world) : []),
      ];
    }
  }
}

function askToClose(judging: Judging, evaluation: Evaluation): Effect[] {
  const refused = whyNotClose(evaluation, judging.judge, termsOf(judging));
  if (refused !== null) return [replyText(refused)];
  const open = evaluation.sheets.filter(({ confirmed }) => confirmed === null);
  const parts = open.map((it) => `${it.township}(未打分 ${missingIn(it).length})`).join('、');
  return [
    replyCard({
      title: `请确认:结束 ${spanOf(evaluation)} 评价期`,
      blocks: [
        {
          kind: 'text',
          text:
            open.length === 0
              ? '各镇街都已确认。'
              : `还有 ${open.length} 个镇街没有确认,不计入结果:${parts}。`,
        },
        { kind: 'text', text: '结束后不能再打分和申诉。' },
      ],
      buttons: [{ id: 'eval-end', label: '确认结束', value: evaluation.id }],
    }),
  ];
}

async function exported({ ctx, world, judge }: Judging, evaluation: Evaluation): Promise<Effect[]> {
  if (!seesEverySheet(judge)) return [replyText('评价表由督办、编办和县领导导出。')];
  const content = await renderEvaluation(evaluation, world.directory);
  const confirmed = evaluation.sheets.filter((it) => it.confirmed !== null).length;
  return [
    replyFile(
      ctx.update,
      { name: `评价表_${spanOf(evaluation)}.xlsx`, content },
      `${spanOf(evaluation)}评价表,已确认 ${confirmed}/${evaluation.sheets.length} 个镇街,含签字栏。`,
    ),
    { kind: 'record', what: 'admin', data: { act: 'evaluation-export', evaluation: evaluation.id } },
  ];
}
