/** 版次: what is in force and what came before, drafts, differences; approval by a second person, the way back. */
import { replyCard, replyFile, replyText, updateCard } from '../core/effects.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { diffCard, diffFile, draftCard, listCard } from '../editions/edition-card.js';
import type { EditionService } from '../editions/editions.js';
import { isListOffice, isOwnDraft, later, notHere, officeOnly, reasonOf } from './shared/editions.js';
import type { HandlerDeps } from './deps.js';

const IDS = /[0-9a-f]{8}|现行|current/g;

export const createListEditions =
  (deps: HandlerDeps): Handler =>
  (ctx) => {
    const { editions: service } = deps;
    const { action, value = '' } = ctx.match.slots;
    const isAsked = action === 'in-force';
    if (isAsked || (!service && !action)) return [inForce(deps), ...(service ? [listed(ctx, service)] : [])];
    if (!service) return [notHere];
    try {
      switch (action) {
        case 'edition-draft':
          return showDraft(ctx, service, value);
        case 'edition-diff':
          return compare(ctx, service, value, false);
        case 'edition-full':
          return compare(ctx, service, value, true);
        case 'edition-go':
          return approve(ctx, service, value);
        case 'edition-back':
          return takeBack(ctx, service, value);
      }
      if (ctx.update.kind === 'message' && /^\/?回退/.test(ctx.update.text.trim()))
        return takeBack(ctx, service, '');
      if (/^差异/.test(ctx.text)) return compare(ctx, service, ctx.text, false);
      if (/^草稿/.test(ctx.text)) return showDraft(ctx, service, ctx.text.match(IDS)?.[0] ?? '');
      return [listed(ctx, service)];
    } catch (error) {
      return [replyText(reasonOf(error))];
    }
  };

const listed = (ctx: Context, service: EditionService): Effect =>
  replyCard(listCard(service.list(), isAtOffice(ctx), ctx.now));

/** What answers are read from, whatever runs here. */
function inForce({ knowledge }: HandlerDeps): Effect {
  const { lists, rows, id } = knowledge().edition;
  const labels = [...new Set(lists.map(({ editionLabel }) => editionLabel))].join('、');
  const from = [...new Set(lists.map(({ effective }) => effective))].sort().join('、');
  const documents = [...new Set(lists.map(({ documentNumber }) => documentNumber))].join('、');
  return replyText(
    `现行版次:${labels}(编号 ${id}),${lists.length} 份清单,${rows.length} 项。\n生效日期:${from}\n文号:${documents}`,
  );
}

/** Drafts are nothing for a group, also not where somebody of the office asks. */
const isAtOffice = ({ person, update }: Context): boolean =>
  isListOffice(person) && update.conversation.isDirect;

function showDraft(ctx: Context, service: EditionService, id: string): Effect[] {
  const { person, now } = ctx;
  if (!isListOffice(person) || !isAtOffice(ctx)) return officeOnly('see-draft');
  const draft = service.draft(id);
  const isOwn = isOwnDraft(draft, person);
  const current = service.content('current');
  const next = isOwn ? '草稿由您提交,须编办另一位同志批准。' : '请核对。批准后立即在各处生效。';
  return [replyCard(draftCard({ ...{ draft, current, now, next }, asked: null, mayApprove: !isOwn }))];
}

function compare(ctx: Context, service: EditionService, text: string, isWhole: boolean): Effect[] {
  const [a, b] = text.match(IDS) ?? [];
  if (!a || !b)
    return [replyText('请写明两个版次,例如“版次 差异 1a2b3c4d 现行”。发送“版次”可查看各版次的编号。')];
  const [before, after] = [a, b].map((id) => contentFor(ctx, service, id));
  if (!before || !after) return officeOnly('see-draft');
  if (!isWhole) return [replyCard(diffCard(before.id, after.id, before, after))];
  const file = diffFile(before.id, after.id, before, after);
  return [replyFile(ctx.update, file, `版次 ${before.id} → ${after.id} 的完整差异`)];
}

/** Null for a draft, and for what there is not, where nobody may see drafts: the one is told from the other by nobody. */
function contentFor(
  ctx: Context,
  service: EditionService,
  id: string,
): ReturnType<EditionService['content']> | null {
  if (isAtOffice(ctx)) return service.content(id);
  try {
    const content = service.content(id);
    return content.isDraft ? null : content;
  } catch (error) {
    reasonOf(error);
    return null;
  }
}

function approve(ctx: Context, service: EditionService, id: string): Effect[] {
  const { person, update } = ctx;
  if (!isListOffice(person) || !isAtOffice(ctx)) return officeOnly('publish-edition');
  const draft = service.draft(id);
  if (isOwnDraft(draft, person))
    return [
      replyText(`草稿 ${id} 由您提交,须由编办另一位同志批准。`),
      { kind: 'record', what: 'refusal', data: { act: 'publish-edition', edition: id } },
    ];
  if (service.list().current === id) return [replyText(`版次 ${id} 已在使用。`)];
  return [
    updateCard(update, said(`已批准草稿 ${id},正在发布,请稍候。`)),
    { kind: 'record', what: 'admin', data: { act: 'approve-edition', edition: id } },
    later(ctx, person, { step: 'publish', draft: id }),
  ];
}

/** `seen`: the edition that was in force when the button was shown; an old card must not turn a newer one back. */
function takeBack(ctx: Context, service: EditionService, seen: string): Effect[] {
  const { person } = ctx;
  if (!isListOffice(person) || !isAtOffice(ctx)) return officeOnly('take-back-edition');
  const { current, previous } = service.list();
  if (!previous) return [replyText('没有可以退回的版次。发送“版次”可查看已发布的版次。')];
  if (seen && seen !== current) return [replyText(`现行版次已是 ${current}。请发送“版次”,核对后再回退。`)];
  return [
    { kind: 'record', what: 'admin', data: { act: 'ask-take-back', edition: previous } },
    later(ctx, person, { step: 'take-back' }),
    replyText(`正在准备回退到版次 ${previous},请稍候。`),
  ];
}

const said = (text: string) => ({ title: '版次', blocks: [{ kind: 'text' as const, text }], buttons: [] });
