/** "城管打人往哪反映": who takes complaints about enforcement and how one is filed. Asking files nothing. */
import { replyCard } from '../core/effects.js';
import type { Block } from '../core/card.js';
import type { Context, Handler } from '../core/types.js';
import { fixedLeadOf } from '../requests/routing.js';
import { repliesOf, type HandlerDeps } from './deps.js';

export const ASK_COMPLAINT_REPLIES = ['how', 'danger', 'direct', 'unbound'] as const;

export function createAskComplaint(deps: HandlerDeps): Handler {
  const textOf = repliesOf(deps.intents, 'ask_complaint', ASK_COMPLAINT_REPLIES);
  return (ctx) => {
    const mayFile = ctx.person !== null || deps.oversight === 'all';
    const { isDirect } = ctx.update.conversation;
    const way = mayFile && !isDirect ? textOf('direct') : textOf(mayFile ? 'how' : 'unbound');
    const text = (it: string): Block => ({ kind: 'text', text: it });
    return [
      replyCard({
        title: '反映行政执法问题',
        blocks: [
          { kind: 'field', label: '受理单位', text: takersFor(ctx, deps).join('、') },
          text(way),
          text(textOf('danger')),
        ],
        buttons: mayFile && isDirect ? [{ id: 'complain', label: '我要投诉', style: 'primary' }] : [],
      }),
    ];
  };
}

/** The office that a complaint of this person would go to, and the county's, which oversees all. */
function takersFor({ person, text }: Context, deps: HandlerDeps): string[] {
  const { directory } = deps.knowledge();
  const { answeredBy } = deps.policies.oversight;
  const own = fixedLeadOf(answeredBy, text, person?.organization ?? '', directory) ?? '';
  const county = directory.resolve('司法局') ?? '县司法局';
  return [...new Set([own || '所在乡镇(街道)司法所', county])];
}
