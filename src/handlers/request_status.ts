/** 我的请求, 待我办理, 逾期, one request by its number, search by words; timeline, the counting of a deadline, the evidence file. */
import { fromLocal } from '../calendar/local.js';
import { parsePeriodToken, periodLabel } from '../calendar/periods.js';
import type { Card } from '../core/card.js';
import { replyCard, replyText, setSession, updateCard } from '../core/effects.js';
import type { Request } from '../core/request.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { PAGE_MAX, REQUEST_SCOPES, type RequestScope } from '../nlu/actions.js';
import { normalizeText } from '../text/normalize.js';
import { withoutNumber } from '../nlu/slots.js';
import { caseOf } from '../requests/case.js';
import type { Actor } from '../requests/moves.js';
import { readableBy } from '../requests/confidential.js';
import { isHiddenFrom, seesAll, unitsOf } from '../requests/permissions.js';
import { dueCard, whyDueCard } from '../requests/explain.js';
import { listCard } from '../requests/list-view.js';
import { requestCard, timelineCard } from '../requests/view.js';
import {
  assignmentIn,
  byActor,
  numberIn,
  sessionBehind,
  sessionOn,
  unknownRequest,
  viewerOf,
  visibleRequest,
  type Acting,
} from './shared/requests.js';
import { tellAspect, tellMay } from './shared/case-aspects.js';
import { exportRequest } from './shared/export-request.js';
import { heldBack, laterIn, refrained, toPerson } from './shared/said-not-done.js';
import { PER_PAGE } from './shared/pages.js';
import { ruledToUnit } from './shared/ruled-to-unit.js';
import { showUnsigned } from './shared/unsigned.js';
import { showWatched } from './shared/watching.js';
import type { HandlerDeps } from './deps.js';
import type { RequestFilter } from '../core/filters.js';

/** Characters of a button's value: as many of the widest fit beside its id. */
const TOKEN_MAX = 16;

/** The lists that can be asked for, and how the words of a message call them. */
const SCOPES = {
  watch: {
    title: '待督办',
    words: /待督办|(?:[要该得]|[等待]着)(?:我们?|咱们?)?督办|需要?督办|督办哪[几些]|督办清单/,
  },
  todo: {
    title: '待我办理',
    words:
      /手[上头里]|(?:要|该)办|待我|待办|待签|我要办|要我们?办|该我们?|分给|派给我|我们的待办|(?:等|轮到|归)着?(?:我|俺|咱)|(?:啥|什么|哪些|几件).{0,4}[等候]着/,
  },
  overdue: {
    title: '逾期请求',
    words: /逾期|超期|超时|过期|到期没|到[点期]了?(?:还)?[没未]|过点|过了(?:点|时限|期限)/,
  },
  unsigned: { title: '还没有签收的请求', words: /(?:没|未)(?:有)?(?:人)?签收?的/ },
  // Of a span, by its button alone (readings/cases-asked.ts).
  own: { title: '您本人提交的请求', words: /(?!)/ },
  mine: {
    title: '我的请求',
    words:
      /我的请求|我提的|我发的|(?:我|俺|咱)们?镇?(?:提|报|发|交|呼叫)(?:上去)?(?:过|了)(?:哪|多少|几|啥|什么)|(?:我们?|咱们?)镇?(?:提交|发起|[报交](?:上去)?)的|[我咱俺]们?镇的|本镇|^(?:[我咱俺]们?)?(?:这)?(?:两|三|四|几|些)[个件]/,
  },
  all: { title: '全部在办请求', words: /全部|所有|在办/ },
} as const satisfies Record<RequestScope, { title: string; words: RegExp }>;
type Scope = RequestScope;

export function createRequestStatus(deps: HandlerDeps): Handler {
  return byActor(deps, async (acting) => {
    const { ctx, actor } = acting;
    const { action = '', value = '' } = ctx.match.slots;
    if (action === 'req-list') return showList(acting, readToken(value));
    if (action === 'aspect') return tellAspect(acting);
    if (action === 'may') return tellMay(acting);
    if (action === 'held') return [heldBack(ctx.match.slots['move'] ?? '', value)];
    if (action === 'to-person') return [toPerson(ctx.match.slots['name'] ?? '', value)];
    if (action === 'refrained')
      return [refrained(ctx.match.slots['move'] ?? '', laterIn(ctx, acting.world.calendar))];
    const number = numberIn(ctx);
    // A command word is part of what is said: “逾期”, “时限 QS-…”.
    const said = ctx.update.kind === 'message' ? normalizeText(ctx.update.text) : '';
    if (number === null && action === '' && actionOf(said) === 'req-show') {
      const wanted = scopeOf(said);
      if (wanted) return showList(acting, { scope: wanted, page: 0, words: [] });
      const words = searchWords(ctx.text);
      if (words.length > 0) return showList(acting, { scope: 'all', page: 0, words });
    }
    const request = await visibleRequest(ctx, actor, number ?? ctx.session?.request ?? '');
    if (!request) {
      if (number !== null) return [unknownRequest(number, said)];
      return showList(acting, { scope: defaultScope(actor), page: 0, words: [] });
    }
    return [
      ...(await showOne(acting, request, action || actionOf(said), value)),
      setSession(sessionOn(ctx, { request: request.number })),
    ];
  });
}

/** The words of a message for what the buttons of a card do. */
function actionOf(text: string): string {
  if (/导出|证据|卷宗/.test(text)) return 'req-export';
  if (COURSE.test(text)) return 'req-timeline';
  if (OF_DAYS_OFF.test(text)) return 'req-why-due';
  if (/为何|为什么|(?:怎么|咋|如何)(?:个)?(?:算|来的)|时限/.test(text)) return 'req-why-due';
  return DUE.test(text) && !/哪[些几]|[几多]少?[件个单]/.test(text) ? 'req-due' : 'req-show';
}

/** 元旦放那三天算不算进去. */
const OF_DAYS_OFF =
  /(?:元旦|春节|国庆|五一|清明|端午|中秋|放假|假期|周末|双休|节假日|周[六日天]|星期[六日天]).{0,10}(?:算不算|计不计|算(?:不|进去|在内|在里头))/;

/** Who did what, how often, and why: 水利局哪个签的, 为啥给退了, 催过几次. */
const COURSE =
  /经过|过程|时间线|记录|流程|(?:谁|哪个|哪位|何人)(?:给)?(?:办|签|答复|接|受理|退|转)|(?:为啥|为何|为什么|咋|怎么|凭啥)(?:又|给|就|要)*(?:退|转|延|改|换|指定|派)|(?:退|转|延|改).{0,4}(?:理由|原因|为啥|为什么)|(?:理由|原因)(?:是|写)|(?:催|转|退|延)(?:过|了)?(?:几|多少)[次回手]/;
/** 最晚哪天得答复, 还有几天到期, 截止是几号. */
const DUE =
  /(?:停|暂停).{0,6}(?:算|计|走|记)|(?:时间|钟|表|天数).{0,4}(?:走|算|停|计)|最[晚迟后].{0,5}(?:[哪几啥什]|期限|得|签|答|办)|截止|到期|(?:还有|还剩|剩下?|剩余)(?:几|多少|多久|多长)|期限|几[天号点日](?:之?[前内])?.{0,3}(?:答复|签|办完|回)|超(?:期|时)?(?:了)?(?:几|多少|没)/;

async function showOne(
  { ctx, world, actor }: Acting,
  given: Request,
  action: string,
  value: string,
): Promise<Effect[]> {
  const { request } = readableBy(given, actor);
  const on = caseOf(request, world, ctx.now);
  const { policy } = on;
  switch (action) {
    case 'req-timeline':
      return [replyCard(timelineCard(request, policy, ctx.now))];
    case 'req-due':
      return [replyCard(dueCard(on))];
    case 'req-why-due':
      return [replyCard(whyDueCard(on, assignmentIn(value)))];
    case 'req-export':
      return exportRequest(ctx, given, (it) => readableBy(it, actor).request, policy);
    default:
      return [replyCard(requestCard(on, viewerOf(given, actor)))];
  }
}

const scopeOf = (text: string): Scope | null =>
  REQUEST_SCOPES.find((scope) => SCOPES[scope].words.test(text)) ?? null;

const defaultScope = (actor: Actor): Scope =>
  seesAll(actor) ? 'all' : actor.roles.some((role) => role.startsWith('township')) ? 'mine' : 'todo';

/** Words that stand for what is sought, without those that only ask. */
function searchWords(text: string): string[] {
  return withoutNumber(text)
    .replace(
      /请问|查一?下|查询|看一?下|进度|进展|情况|怎么样了?|到哪一?步了?|办得?|处理|了吗|没有|那个|这个|那件|单子?|请求|事|的|吗|呢|了|谁|有没有|现在|(?:催|签|退|转|派|评|答复?|撤)过?(?:了|没)?/g,
      ' ',
    )
    .split(/[\s,\uff0c。?\uff1f!\uff01、]+/)
    .filter((word) => word.length >= 2);
}

type Listing = { scope: Scope; page: number; words: string[] };

/** `todo 1 积水 人民路`; the words are cut so that a button holds them. */
const tokenOfList = ({ scope, page, words }: Listing): string =>
  spanIn(words) ? [scope, page, ...words].join(' ') : cut({ scope, page, words });
const spanIn = ([word = '']: readonly string[]) => parsePeriodToken(word);
const cut = ({ scope, page, words }: Listing): string =>
  [...[scope, String(page), ...words.map((w) => [...w].slice(0, 4).join(''))].join(' ')]
    .slice(0, TOKEN_MAX)
    .join('')
    .trim();

/** What has passed the schema of `request-list`. */
function readToken(token: string): Listing {
  const [named, page = '0', ...words] = token.split(' ');
  const scope = REQUEST_SCOPES.find((it) => it === named) ?? 'mine';
  return { scope, page: Math.min(Number(page) || 0, PAGE_MAX), words: words.filter(Boolean) };
}

async function showList({ ctx, world, actor }: Acting, listing: Listing): Promise<Effect[]> {
  const { scope } = listing;
  const span = spanIn(listing.words);
  const words = span ? [] : listing.words;
  if (scope === 'watch') return showWatched({ ctx, world, actor }, listing.page);
  if (scope === 'unsigned')
    return showUnsigned({ ctx, world, actor }, filtersOf(scope, actor, ctx.now), listing.page);
  const filters = filtersOf(scope, actor, ctx.now).map((filter): RequestFilter => ({
    ...filter,
    without: ['oversight'],
    ...(words.length > 0 && { words }),
    ...(span && { from: fromLocal(span.from), to: fromLocal(span.to) }),
  }));
  const confidential = await confidentialOf(ctx, actor, filters);
  // An old or made-up page is the last one there is: nothing is read further than what there is to read.
  const counted = await Promise.all(
    filters.map((filter) => ctx.read.findRequests(filter, { offset: 0, limit: PER_PAGE })),
  );
  const most = counted.reduce((sum, { total }) => sum + total, confidential.length);
  const page = Math.max(0, Math.min(listing.page, Math.ceil(most / PER_PAGE) - 1));
  // Several units of one person (a township and its stationed team) are read up to the page and merged.
  const until = (page + 1) * PER_PAGE;
  const found =
    page === 0
      ? counted
      : await Promise.all(
          filters.map((filter) => ctx.read.findRequests(filter, { offset: 0, limit: until })),
        );
  const all = new Map(found.flatMap(({ requests }) => requests).map((r) => [r.number, r]));
  const seen = [...all.values()].filter((r) => !isHiddenFrom(actor, r));
  const hidden = all.size - seen.length;
  const others = confidential.map((it) => readableBy(it, actor).request);
  const requests = [...seen, ...others].sort((a, b) => (a.number < b.number ? 1 : -1));
  const total =
    confidential.length +
    (found.length === 1
      ? (found[0]?.total ?? 0) - hidden
      : Math.max(seen.length, ...found.map((f) => f.total)));
  // 水利局哪个签的, asked by who has nothing to do with any case.
  if (total === 0 && COURSE.test(ctx.text)) return [replyText(NOT_TOLD), setSession(sessionOn(ctx, {}))];
  if (total === 0 && words.length > 0) return [replyText(noneWith(words)), setSession(sessionOn(ctx, {}))];
  const named = words.length > 0 ? `含“${words.join('、')}”的请求` : SCOPES[scope].title;
  const title = span ? `${named}(${periodLabel(span)})` : named;
  const shown = requests.slice(page * PER_PAGE, until);
  const card: Card = listCard(title, shown, { page, total, perPage: PER_PAGE }, world.policies, ctx.now);
  const buttons = [
    ...shown.map((r) => ({ id: 'req-show', label: r.number, value: r.number })),
    ...(until < total && page < PAGE_MAX
      ? [
          {
            id: 'req-list',
            label: '下一页',
            value: tokenOfList({ scope, page: page + 1, words: listing.words }),
          },
        ]
      : []),
  ];
  const ruled = scope === 'todo' && page === 0 ? await ruledToUnit({ ctx, world, actor }) : [];
  const blocks = [...card.blocks, ...ruled];
  return [updateCard(ctx.update, { ...card, blocks, buttons }), setSession(sessionBehind(ctx, requests))];
}

const NOT_TOLD =
  '您单位没有提出或承办的请求。谁签收、怎么办的,只有这件请求的提出单位、承办单位和编办、督办看得到,请向他们了解;有编号的,可以带上编号问。';

const noneWith = (words: string[]): string =>
  `没有查到与“${words.join('、')}”有关的乡呼县应请求。可发送“我的请求”查看已提交的;需要提交的,请说明事由,例如:“呼叫住建局:某村路灯不亮”。`;

/** Confidential ones that are read for one listing. */
const CONFIDENTIAL_MAX = 200;

/** What the person filed, what is addressed to the person's office, and what 督办 watches: of confidential ones nothing else is even counted. */
async function confidentialOf(ctx: Context, actor: Actor, filters: RequestFilter[]): Promise<Request[]> {
  const asked = filters.map(({ calledBy: _calledBy, without: _without, ...filter }): RequestFilter => ({
    ...filter,
    kind: 'oversight',
  }));
  const found = await Promise.all(
    asked.map((filter) => ctx.read.findRequests(filter, { offset: 0, limit: CONFIDENTIAL_MAX })),
  );
  const seen = found.flatMap(({ requests }) => requests).filter((it) => !isHiddenFrom(actor, it));
  return [...new Map(seen.map((it) => [it.number, it])).values()];
}

/** Everything the person may see of a scope; words search all that concerns the person's unit. */
function filtersOf(scope: Scope, actor: Actor, now: number): RequestFilter[] {
  const units = unitsOf(actor);
  const own = (): RequestFilter[] => [
    { calledBy: actor.organization, isOpen: true },
    ...units.map((unit): RequestFilter => ({ everAssignedTo: unit, isOpen: true })),
  ];
  switch (scope) {
    case 'todo':
      return units.map((unit) => ({ assignedTo: unit }));
    case 'own':
      return [{ account: actor.account }];
    case 'mine':
      return [{ calledBy: actor.organization }];
    case 'overdue':
      return seesAll(actor)
        ? [{ isOpen: true, dueUntil: now }]
        : own().map((filter) => ({ ...filter, dueUntil: now }));
    case 'watch':
    case 'unsigned':
    case 'all':
      return seesAll(actor) ? [{ isOpen: true }] : own();
  }
}
