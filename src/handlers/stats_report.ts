/** 统计: figures over requests, the cases behind each of them, the workbook. What a person may see decides what is counted. */
import { pageOf, PER_PAGE } from './shared/pages.js';
import { replyCard, replyCharts, replyFile, replyText, setSession, updateCard } from '../core/effects.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { isPictured } from '../core/chat.js';
import { figureLabel, FIGURES, type FigureName } from '../core/figures.js';
import { toLocal } from '../calendar/local.js';
import { periodBefore, periodLabel } from '../calendar/periods.js';
import { normalizeText } from '../text/normalize.js';
import { readStatisticsAsk } from '../nlu/statistics-ask.js';
import { teamsOf } from '../organizations/recipients.js';
import { seesAll } from '../requests/permissions.js';
import { casesOf, statisticsOf } from '../requests/statistics.js';
import { chartsCaption, chartsCard, chartsOf, trendPeriod } from '../requests/statistics-charts.js';
import { renderStatistics } from '../requests/statistics-book.js';
import {
  casesTitle,
  figuresCard,
  statisticsCard,
  unitsCard,
  type Shown,
} from '../requests/statistics-view.js';
import {
  listToken,
  parseListToken,
  parseScopeToken,
  scopeToken,
  type ListAsked,
  type Scope,
} from '../requests/statistics-token.js';
import { listCard } from '../requests/list-view.js';
import { repliesOf, type HandlerDeps } from './deps.js';
import { judgedSpan } from './shared/evaluation.js';
import { byActor, listedIn, sessionOn, type Acting } from './shared/requests.js';
import type { Request } from '../core/request.js';
import {
  byUnits,
  casesFor,
  countIn,
  isToCome,
  ownUnit,
  scopeIn,
  sectionsOf,
  seesWhole,
  topicIn,
  unitsOf,
  type Counted,
} from './shared/statistics.js';

export const STATS_REPLIES = [
  'noRanking',
  'noUnits',
  'ofQuestions',
  'direct',
  'toCome',
  'outdated',
  'noTopic',
  'allInstead',
  'noEvaluation',
] as const;
const OF_STATISTICS = /统计|报表|汇总|数据|[周月季年日]报|请求|呼叫|单|件|办|签收|答复|逾期|超期|评价|满意/;
/** Some matter is named by such words. */
const OF_MATTER = /类|关于|问题|方面|的事/;
/** Said of the bot itself: who asks how much is not counted. */
const OF_QUESTIONS = /提问|问答|问得|问的|问了|没答上|答不上|回答了|用你|在用|提醒功能|热点/;

type Told = { deps: HandlerDeps; acting: Acting; reply: (key: (typeof STATS_REPLIES)[number]) => string };

export function createStatsReport(deps: HandlerDeps): Handler {
  const reply = repliesOf(deps.intents, 'stats_report', STATS_REPLIES);
  return byActor(deps, (acting) => {
    const { ctx } = acting;
    const told: Told = { deps, acting, reply };
    const { action = '', value = '' } = ctx.match.slots;
    if (ctx.update.kind === 'action') return pressed(told, action, value);
    return said(told, ctx.update.text);
  });
}

async function pressed(told: Told, action: string, value: string): Promise<Effect[]> {
  const { acting, reply } = told;
  const units = unitsOf(acting.world);
  if (action === 'stats-list') {
    const asked = parseListToken(value, units);
    return asked ? showCases(told, asked) : [replyText(reply('outdated'))];
  }
  const scope = parseScopeToken(value, units);
  if (!scope) return [replyText(reply('outdated'))];
  const refused = refusalOf(told, scope);
  if (refused) return refused;
  switch (action) {
    case 'stats-more':
      return [replyCard(figuresCard(await shownOf(told, scope, null, ''))), remembered(acting.ctx, scope)];
    case 'stats-units':
      return showUnits(told, scope, []);
    case 'stats-export':
      return exported(told, scope);
    case 'stats-chart':
      return drawn(told, scope, '');
    default:
      return show(told, scope, null, '');
  }
}

async function said(told: Told, words: string): Promise<Effect[]> {
  const { acting, reply } = told;
  const { ctx, world, actor } = acting;
  const text = normalizeText(words);
  if (OF_QUESTIONS.test(text)) return [replyText(reply('ofQuestions'))];
  const teams = teamsOf(world.directory).map(({ name }) => name);
  const judged = await judgedSpan(ctx, text);
  if (judged === 'none') return [replyText(reply('noEvaluation'))];
  const said = judged ? text.replace(judged.text, ' ') : text;
  const found = readStatisticsAsk(said, toLocal(ctx.now).date, { ...world.directory, teams });
  const ask = judged ? { ...found, period: judged.period } : found;
  const { base, figure: counted = '' } = ctx.match.slots;
  const listed = await listedBehind(told, base ?? '', figureNamed(counted));
  if (listed) return listed;
  const meant = scopeIn(ask, acting, base === undefined ? null : parseScopeToken(base, unitsOf(world)));
  if (isToCome(meant, ctx.now)) return [replyText(reply('toCome').replace('{}', periodLabel(meant.period)))];
  const mayCompare = seesAll(actor);
  const isComparison = ask.isOfUnits && !ask.isFile && !ask.isOfCases;
  if (isComparison && !ctx.update.conversation.isDirect) return [replyText(reply('noRanking'))];
  const isBeyond = meant.unit === null && !mayCompare;
  const refusedNote = isBeyond || (isComparison && !mayCompare) ? reply('noUnits') : '';
  const whose = isBeyond ? { ...meant, unit: ownUnit(actor) } : meant;
  const topic = ask.words.length > 0 ? topicIn(ask.words, await casesFor(acting, whose)) : '';
  const [word] = ask.words;
  const isMissed = word !== undefined && topic === '';
  // A matter that no request speaks of, and no word of statistics beside it: it was something else that was asked.
  if (isMissed && !OF_STATISTICS.test(text)) return [replyText(reply('noTopic').replace('{}', word))];
  const isTopic = isMissed && OF_MATTER.test(text);
  const note = [refusedNote, judged?.note ?? '', isTopic ? reply('allInstead').replace('{}', word) : '']
    .filter(Boolean)
    .join('');
  const scope = { ...whose, topic };
  if (ask.isFile) return exported(told, scope);
  // Comparing some named units shows these.
  if (isComparison && mayCompare)
    return showUnits(told, { ...scope, unit: null }, ask.units.length > 1 ? ask.units : []);
  if (ask.isChart) return drawn(told, scope, note);
  if (ask.figure && (ask.isOfCases || ctx.match.slots['list'] === 'yes')) {
    const side = await onlySide(told, scope, ask.figure);
    if (side) return showCases(told, { scope, side, figure: ask.figure, page: 0 });
  }
  return show(told, scope, ask.figure, note);
}

/** 都是哪几件: the cases behind the figure shown last; null where it is of both sides. */
async function listedBehind(told: Told, base: string, figure: FigureName | null): Promise<Effect[] | null> {
  const scope = figure && parseScopeToken(base, unitsOf(told.acting.world));
  const side = scope && (await onlySide(told, scope, figure));
  return scope && side ? showCases(told, { scope, side, figure, page: 0 }) : null;
}

const figureNamed = (name: string): FigureName | null =>
  Object.hasOwn(FIGURES, name) ? (name as FigureName) : null;

/** The side of which a figure counts anything, where that is one. */
async function onlySide(told: Told, scope: Scope, figure: FigureName): Promise<ListAsked['side'] | null> {
  const counted = await countedIn(told, scope);
  const sides = counted.filter(({ cases }) => casesOf(cases, figure).length > 0).map((it) => it.section.side);
  if (sides.length === 1) return sides[0] ?? null;
  return counted.length === 1 ? (counted[0]?.section.side ?? null) : null;
}

/** An old card, or somebody else's: what it showed its owner this person may not see. */
function refusalOf({ acting: { actor }, reply }: Told, { unit }: Scope): Effect[] | null {
  return unit === null && !seesAll(actor) ? [replyText(reply('noUnits'))] : null;
}

async function countedIn({ deps, acting }: Told, scope: Scope): Promise<Counted[]> {
  const requests = await casesFor(acting, scope);
  return sectionsOf(scope.unit)
    .map((section) => countIn(requests, section, deps, acting))
    .filter(({ cases }) => cases.length > 0);
}

/** `县水利局`; for who sees not all of its cases, which those are. */
function whoseOf({ acting: { actor, world } }: Told, { unit }: Scope): string {
  const name = unit ?? world.directory.county;
  return seesWhole(actor, unit) ? name : `${name}(${ownUnit(actor)}参与的)`;
}

async function shownOf(told: Told, scope: Scope, asked: FigureName | null, note: string): Promise<Shown> {
  const sections = await countedIn(told, scope);
  return { scope, whose: whoseOf(told, scope), sections, asked, note, now: told.acting.ctx.now };
}

async function show(told: Told, scope: Scope, asked: FigureName | null, note: string): Promise<Effect[]> {
  const { ctx, actor } = told.acting;
  const card = statisticsCard(await shownOf(told, scope, asked, note));
  const before = { ...scope, period: periodBefore(scope.period) };
  const buttons = [
    ...card.buttons,
    ...(scope.unit === null && seesAll(actor) && ctx.update.conversation.isDirect
      ? [{ id: 'stats-units', label: '各单位', value: scopeToken(scope) }]
      : []),
    ...(before.period.from >= '2000-01-01' && periodLabel(scope.period) !== '累计'
      ? [{ id: 'stats-show', label: `看${periodLabel(before.period)}`, value: scopeToken(before) }]
      : []),
  ];
  return [replyCard({ ...card, buttons }), remembered(ctx, scope, asked)];
}

/** What is drawn is the unit's or the county's own, never one unit beside another. */
async function drawn(told: Told, scope: Scope, note: string): Promise<Effect[]> {
  const { ctx } = told.acting;
  const counted = await countedIn(told, scope);
  const whole = await countedIn(told, { ...scope, period: trendPeriod(scope.period, ctx.now) });
  const sections = whole.map(({ section, cases }) => ({
    ...{ section, cases },
    statistics: counted.find((it) => it.section.side === section.side)?.statistics ?? statisticsOf([]),
  }));
  const charts = chartsOf(scope, sections, ctx.now);
  if (charts.length === 0) return show(told, scope, null, note);
  const whose = whoseOf(told, scope);
  const said = note ? [replyText(note)] : [];
  const shown = isPictured(ctx.update.conversation.platform)
    ? replyCharts(ctx.update, `${whose}统计图.png`, charts, chartsCaption(scope, whose, ctx.now))
    : replyCard(chartsCard(scope, whose, charts, ctx.now));
  return [...said, shown, remembered(ctx, scope)];
}

/** No ranking, and nothing of it where others read along. */
async function showUnits(told: Told, scope: Scope, only: string[]): Promise<Effect[]> {
  const { deps, acting, reply } = told;
  const { ctx, actor } = acting;
  if (!ctx.update.conversation.isDirect) return [replyText(reply('noRanking'))];
  if (!seesAll(actor)) return [replyText(reply('noUnits'))];
  const units = byUnits(await casesFor(acting, scope), deps, acting, only);
  const shown = { scope, whose: whoseOf(told, scope), note: '', now: ctx.now };
  return [replyCard(unitsCard(shown, units)), remembered(ctx, scope)];
}

async function showCases(told: Told, asked: ListAsked): Promise<Effect[]> {
  const { acting } = told;
  const { scope, side, figure } = asked;
  const { ctx, world } = acting;
  const refused = refusalOf(told, scope);
  if (refused) return refused;
  const requests = await casesFor(acting, scope);
  const { cases } = countIn(requests, { side, unit: scope.unit }, told.deps, acting);
  const found = casesOf(cases, figure).reverse();
  const { page, last, shown: onPage } = pageOf(found, asked.page);
  const shown = onPage.map(({ request }) => request);
  const name = figure.startsWith('d:') ? (found[0]?.domain ?? '') : figureLabel(figure);
  const title = casesTitle(whoseOf(told, scope), side, figure, { scope, name });
  const card = listCard(
    title,
    shown,
    { page, total: found.length, perPage: PER_PAGE },
    world.policies,
    ctx.now,
  );
  const buttons = [
    ...shown.map(({ number }) => ({ id: 'req-show', label: number, value: number })),
    ...(page < last
      ? [{ id: 'stats-list', label: '下一页', value: listToken({ ...asked, page: page + 1 }) }]
      : []),
  ];
  const show = page > 0 ? updateCard(ctx.update, { ...card, buttons }) : replyCard({ ...card, buttons });
  return [show, remembered(ctx, scope, null, shown)];
}

async function exported(told: Told, scope: Scope): Promise<Effect[]> {
  const { deps, acting, reply } = told;
  const { ctx, world, actor } = acting;
  if (!ctx.update.conversation.isDirect) return [replyText(reply('direct'))];
  const sections = await countedIn(told, scope);
  const whose = whoseOf(told, scope);
  const units =
    scope.unit === null && seesAll(actor) ? byUnits(await casesFor(acting, scope), deps, acting) : [];
  const { policies } = world;
  const content = await renderStatistics({ scope, whose, sections, units, policies, now: ctx.now });
  const name = `统计_${whose}_${periodLabel(scope.period)}${scope.topic && `_${scope.topic}`}.xlsx`;
  const count = sections.reduce((sum, { cases }) => sum + cases.length, 0);
  return [
    replyFile(
      ctx.update,
      { name, content },
      `${whose} ${periodLabel(scope.period)}统计,共 ${count} 件,含每项数字的明细。`,
    ),
    { kind: 'record', what: 'admin', data: { act: 'export-statistics', scope: scopeToken(scope), count } },
    remembered(ctx, scope),
  ];
}

/** “看逾期的那几件”, “上个月呢” go on from these. */
function remembered(
  ctx: Context,
  scope: Scope,
  figure: FigureName | null = null,
  listed: readonly Request[] = [],
): Effect {
  const { request: _request, ...session } = { ...sessionOn(ctx, {}), ...listedIn(ctx, listed) };
  const statistics = { shown: scopeToken(scope), at: ctx.now, ...(figure && { figure }) };
  return setSession({ ...session, statistics });
}
