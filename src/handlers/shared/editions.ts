/** What the handlers of editions share: who may, what is remembered of whom, who is told. */
import type { Card } from '../../core/card.js';
import type { Person } from '../../core/domain.js';
import { replyText, send } from '../../core/effects.js';
import { BotError } from '../../core/errors.js';
import type { Context, Effect } from '../../core/types.js';
import { draftCard } from '../../editions/edition-card.js';
import type { EditionService } from '../../editions/editions.js';
import type { StoredDraft } from '../../editions/drafts.js';
import type { Remarks } from '../../editions/kept-files.js';
import { accountText } from './requests.js';
import type { HandlerDeps } from '../deps.js';
import { conversationKey, directChat, type Attachment, type Conversation } from '../../core/chat.js';

export type EditionTask =
  | { step: 'read'; attachment: Attachment; remarks: Remarks; hint: string }
  | { step: 'read-again'; remarks: Remarks }
  | { step: 'draft' | 'drop'; file: string }
  | { step: 'publish'; draft: string }
  | { step: 'phrasings'; attachment: Attachment }
  | { step: 'generate' }
  | { step: 'take-back' };

/** The payload of a timer of the kind `edition`: what to do, and for whom. */
export type EditionWork = EditionTask & { by: string; account: string; to: Conversation };

export const isListOffice = (person: Person | null): person is Person =>
  person?.roles.includes('list-office') ?? false;

/** How a person is named in drafts: 县委编办王五. */
export const labelOf = ({ organization, name }: Person): string => organization + name;

/** Also when the draft was made at the command line under the bare name. */
export const isOwnDraft = ({ importedBy }: Pick<StoredDraft, 'importedBy'>, person: Person): boolean =>
  importedBy === labelOf(person) || importedBy === person.name;

export const notHere = replyText('现在不能导入或发布清单。处理办法:请管理员检查机器人的运行方式。');
export const officeOnly = (act: string): Effect[] => [
  replyText('清单由编办导入、批准和发布。发送“版次”可查看现行版次。'),
  { kind: 'record', what: 'refusal', data: { act } },
];

/** Takes seconds or minutes: done by a timer, which a crash does not lose. One for each update. */
export const later = (ctx: Pick<Context, 'update' | 'now'>, person: Person, task: EditionTask): Effect => ({
  kind: 'schedule',
  timer: {
    key: `edition:${ctx.update.id}`,
    runAt: ctx.now,
    kind: 'edition',
    payload: {
      ...task,
      by: labelOf(person),
      account: accountText(ctx),
      to: ctx.update.conversation,
    },
    // The file is fetched from where it was sent.
    platform: ctx.update.conversation.platform,
  },
});

/** The payload of a timer of the kind `edition-progress`: what is waited for, by the key of its timer. */
export type ProgressWork = { file: string; of: string; to: Conversation };

/** Who waits for a draft is told how far it is, first after some seconds and then at each of these. */
export const PROGRESS_EVERY_MS = 10_000;

/** Stands beside `later` with a draft. */
export const progressLater = ({ update, now }: Pick<Context, 'update' | 'now'>, file: string): Effect => ({
  kind: 'schedule',
  timer: {
    key: `edition-progress:${update.id}`,
    runAt: now + PROGRESS_EVERY_MS,
    kind: 'edition-progress',
    payload: { file, of: `edition:${update.id}`, to: update.conversation } satisfies ProgressWork,
    platform: update.conversation.platform,
  },
});

/** The reason of a refusal to a person; anything else is thrown on. */
export function reasonOf(error: unknown): string {
  if (error instanceof BotError && (error.code === 'DATA' || error.code === 'CONFLICT')) return error.message;
  throw error;
}

/** Direct chats of everybody in the list office, each once, on the platforms that run. */
export const officeChats = (
  { people }: EditionService,
  { platforms }: HandlerDeps,
): { person: Person; conversation: Conversation }[] =>
  people.filter(isListOffice).flatMap((person) =>
    person.accounts.flatMap((account) => {
      const conversation = directChat(account);
      return conversation && platforms.has(conversation.platform) ? [{ person, conversation }] : [];
    }),
  );

/** One live card of a draft in each chat: later states replace it. */
export const showDraft = (
  draft: Pick<StoredDraft, 'id' | 'importedAt'>,
  to: Conversation,
  card: Card,
): Effect => send(to, { card }, `edition:${draft.id}:${draft.importedAt}@${conversationKey(to)}`);

/** The draft to everybody of the office; only others than who made it may approve. */
export function showDraftToOffice(
  deps: HandlerDeps,
  service: EditionService,
  draft: StoredDraft,
  { asked, now, to }: { asked: number | null; now: number; to: Conversation },
): Effect[] {
  const current = service.content('current');
  const chats = officeChats(service, deps);
  const others = chats.filter(({ person }) => !isOwnDraft(draft, person));
  const names = [...new Set(others.map(({ person }) => person.name))].join('、');
  const next = names
    ? `已送${names},由其中一位核对后点“批准并发布”。`
    : '编办没有登记另一位可以联系到的同志,草稿须由另一人批准。处理办法:请管理员登记后,由其发送“版次”查看草稿并批准。';
  const view = { draft, current, asked, now };
  return [
    showDraft(draft, to, draftCard({ ...view, mayApprove: false, next })),
    ...others
      .filter(({ conversation }) => conversationKey(conversation) !== conversationKey(to))
      .map(({ conversation }) =>
        showDraft(
          draft,
          conversation,
          draftCard({ ...view, mayApprove: true, next: '请核对。批准后立即在各处生效。' }),
        ),
      ),
  ];
}
