/** 问题汇总: what people marked as wrong or missing, put together by meaning, for the list office to decide on. */
import { rowKey, type Person } from '../core/domain.js';
import { noteVerdict, replyText, setSession, updateCard } from '../core/effects.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { clusterCard, rowChoiceCard, verdictCard } from '../editions/remark-view.js';
import { clusterRemarks, decidedOf, pendingRemarks, type Cluster } from '../editions/remarks.js';
import type { IndexedRow } from '../lists/row-index.js';
import { tokenOf } from '../text/token.js';
import { isMasked } from '../organizations/mask.js';
import { sessionOn } from './shared/requests.js';
import { isCancel } from './shared/cancel.js';
import { ReviewFlow } from './shared/flow-shapes.js';
import { flowData } from './shared/flows.js';
import { repliesOf, type HandlerDeps } from './deps.js';
import type { Verdict } from '../core/note.js';

const ROWS_OFFERED = 3;
/** Of one group: a row that is asked in too many words draws other questions to it. */
const PHRASINGS = 5;

export const REVIEW_NOTES_REPLIES = [
  ...(['not-yours', 'direct', 'none', 'outdated', 'no-candidates'] as const),
  ...(['ask-alias', 'ask-matter', 'bad-matter', 'cancelled'] as const),
] as const;
type ReviewReply = (typeof REVIEW_NOTES_REPLIES)[number];

const textIn = ({ intents }: HandlerDeps) => repliesOf(intents, 'review_notes', REVIEW_NOTES_REPLIES);

export function createReviewNotes(deps: HandlerDeps): Handler {
  const textOf = textIn(deps);
  const reply = (key: ReviewReply) => replyText(textOf(key));
  return async (ctx) => {
    if (!ctx.person?.roles.includes('list-office')) return [reply('not-yours')];
    if (!ctx.update.conversation.isDirect) return [reply('direct')];
    const { action, value = '' } = ctx.match.slots;
    if (!action) return showCluster(ctx, deps, 0);
    if (action === 'review-next') return showCluster(ctx, deps, Number(value) || 0);
    if (action === 'adopt-undo') {
      const decided = decidedOf(await ctx.read.listNotes()).find((it) => keyOf(it) === value);
      return decided ? decide(ctx, decided, { kind: 'withdrawn' }) : [reply('outdated')];
    }
    const shown = flowData(ctx, 'review_notes', ReviewFlow);
    const [named = '', row = ''] = value.split(' ');
    if (!shown || (action !== 'said' && named !== keyOf(shown))) return [reply('outdated')];
    switch (action) {
      case 'adopt-phrasing': {
        const entries = await rowsFor(shown, deps);
        if (entries.length === 0) return [reply('no-candidates')];
        return [
          updateCard(ctx.update, rowChoiceCard(shown.questions[0] ?? '', entries, named)),
          remember(ctx, shown),
        ];
      }
      case 'adopt-row': {
        const { index, edition } = deps.knowledge();
        const entry = index.get(`${edition.id}/${row}`);
        if (!entry) return [reply('outdated')];
        const { listId, number, matter } = entry.row;
        const phrasings = phrasingsOf(shown);
        return decide(ctx, shown, { kind: 'phrasing', row: rowKey({ listId, number }), matter, phrasings });
      }
      case 'adopt-unit': {
        const [proposed] = shown.units;
        const { index, edition } = deps.knowledge();
        const entry = proposed && index.get(`${edition.id}/${proposed.row}`);
        if (!proposed || !entry) return [reply('outdated')];
        return decide(ctx, shown, { kind: 'unit', ...proposed, matter: entry.row.matter });
      }
      case 'adopt-alias':
        return [reply('ask-alias'), remember(ctx, shown, 'alias')];
      case 'adopt-new':
        return [reply('ask-matter'), remember(ctx, shown, 'matter')];
      case 'adopt-none':
        return decide(ctx, shown, { kind: 'rejected' });
      default:
        return hear(ctx, deps, shown, reply);
    }
  };
}

async function showCluster(ctx: Context, deps: HandlerDeps, at: number): Promise<Effect[]> {
  const clusters = await clusterRemarks(pendingRemarks(await ctx.read.listNotes()), deps.groupTexts);
  const cluster: Cluster | undefined = clusters[at] ?? clusters[0];
  if (!cluster) return [replyText(textIn(deps)('none'))];
  const { index, edition } = deps.knowledge();
  const shown: ReviewFlow = {
    questions: cluster.questions,
    chosen: cluster.chosen.map(({ row }) => row),
    units: cluster.units.map(({ row, unit }) => ({ row, unit })),
  };
  const card = clusterCard(
    cluster,
    { at: clusters.indexOf(cluster), total: clusters.length },
    keyOf(shown),
    (key) => {
      const entry = index.get(`${edition.id}/${key}`);
      return entry ? `第${entry.row.number}项“${entry.row.matter}”` : null;
    },
  );
  return [updateCard(ctx.update, card), remember(ctx, shown)];
}

/** A short name of the questions, for buttons. */
const keyOf = ({ questions }: Pick<ReviewFlow, 'questions'>): string => tokenOf(questions.join('\n'));

const remember = (ctx: Context, shown: ReviewFlow, asks = ''): Effect =>
  setSession(sessionOn(ctx, { flow: { intent: 'review_notes', asks, data: shown } }));

/** Those that people chose themselves, then those that the first question finds. */
async function rowsFor({ questions, chosen }: ReviewFlow, deps: HandlerDeps): Promise<IndexedRow[]> {
  const { index, edition, search } = deps.knowledge();
  const found = (await search(questions[0] ?? '', {})).map((candidate) => candidate.entry);
  const own = chosen.flatMap((key) => index.get(`${edition.id}/${key}`) ?? []);
  return [...new Set([...own, ...found])].slice(0, ROWS_OFFERED);
}

const phrasingsOf = ({ questions }: ReviewFlow): string[] => {
  const clean = questions.filter((question) => !isMasked(question));
  return (clean.length > 0 ? clean : questions).slice(0, PHRASINGS);
};

function decide(ctx: Context, shown: Pick<ReviewFlow, 'questions'>, verdict: Verdict): Effect[] {
  return [
    noteVerdict(shown.questions, verdict),
    {
      kind: 'record',
      what: 'admin',
      data: { act: 'review-notes', verdict: verdict.kind, organization: (ctx.person as Person).organization },
    },
    updateCard(ctx.update, verdictCard(verdict, keyOf(shown))),
    setSession(sessionOn(ctx, {})),
  ];
}

/** The answer to what the card asked for. */
function hear(
  ctx: Context,
  deps: HandlerDeps,
  shown: ReviewFlow,
  reply: (key: ReviewReply) => Effect,
): Effect[] {
  const asks = ctx.session?.flow?.asks ?? '';
  const text = ctx.raw.trim();
  if (isCancel(text)) return [reply('cancelled'), remember(ctx, shown)];
  if (asks === 'matter') {
    const matter = text.replace(/\s+/g, '');
    if (matter.length < 4 || matter.length > 60) return [reply('bad-matter'), remember(ctx, shown, asks)];
    const listId = listIdOf(shown, deps);
    return decide(ctx, shown, { kind: 'new-row', listId, matter, phrasings: phrasingsOf(shown) });
  }
  const parsed = parseAlias(text, deps);
  if (typeof parsed === 'string') return [replyText(parsed), remember(ctx, shown, asks)];
  return decide(ctx, shown, parsed);
}

/** The list in which people found the nearest row, else none: the office says it in the file. */
const listIdOf = ({ chosen }: ReviewFlow, deps: HandlerDeps): string =>
  chosen[0]?.split('/')[0] ?? deps.knowledge().edition.lists.find((l) => l.kind === 'territorial')?.id ?? '';

/** `路灯办=县住建局` as a verdict, or why not. */
function parseAlias(text: string, deps: HandlerDeps): Verdict | string {
  const { directory } = deps.knowledge();
  const [, alias = '', named = ''] = /^(\S{2,20}?)\s*[=\uff1d]\s*(\S+)$/.exec(text) ?? [];
  if (!alias) return textIn(deps)('ask-alias');
  const unit = directory.resolve(named);
  if (!unit) {
    const nearest = directory.nearest(named);
    return `名录中没有“${named}”${nearest.length > 0 ? `,是不是${nearest.join('、')}` : ''}。请重新发送“别名=单位”;不办理的,发送“取消”。`;
  }
  const owner = directory.resolve(alias);
  if (owner) return `“${alias}”已是${owner}的名称。请重新发送“别名=单位”;不办理的,发送“取消”。`;
  return { kind: 'alias', unit, alias };
}
