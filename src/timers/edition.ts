/** The work on editions that takes longer than an answer may: reading a file, making a draft, publishing. Repeatable. */
import { send } from '../core/effects.js';
import { BotError, errorText, isPassing } from '../core/errors.js';
import type { Effect, TimerContext, TimerHandler } from '../core/types.js';
import { previewCard } from '../editions/import/preview-card.js';
import type { EditionService } from '../editions/editions.js';
import { officeChats, showDraft, showDraftToOffice, type EditionWork } from '../handlers/shared/editions.js';
import type { PhrasingsTaken } from '../editions/phrasings/service.js';
import { shorten } from '../text/shorten.js';
import type { HandlerDeps } from '../handlers/deps.js';
import type { Conversation } from '../core/chat.js';

/** Larger ones are no lists; what they inflate to is looked at by the reader (files/office/zip.ts). */
const FILE_MAX_BYTES = 32 * 1024 * 1024;

export const createEditionTimer =
  (deps: HandlerDeps): TimerHandler =>
  async (ctx) => {
    const { editions: service } = deps;
    const work = ctx.update.timer.payload as EditionWork;
    if (!service) return [];
    try {
      return await carryOut(ctx, deps, service, work);
    } catch (error) {
      // What may come back is tried again; everything else is said to whoever waits for it. The old edition stays.
      if (isPassing(error)) throw error;
      return [
        sendText(
          work.to,
          `没有完成:${errorText(error)}${isSaid(error) ? '' : '。现行版次不变,请稍后重试或告知管理员。'}`,
        ),
      ];
    }
  };

const sendText = (to: Conversation, text: string): Effect => send(to, { text });

const isSaid = (error: unknown): boolean => error instanceof BotError;

async function carryOut(
  { now, read, readAttachment }: TimerContext,
  deps: HandlerDeps,
  service: EditionService,
  work: EditionWork,
): Promise<Effect[]> {
  const { by, account, to } = work;
  switch (work.step) {
    case 'read': {
      const bytes = await readAttachment(work.attachment);
      if (bytes.byteLength > FILE_MAX_BYTES)
        return [sendText(to, '文件超过 32 MB,没有读取。处理办法:请按清单分开后重新发送。')];
      const { id, reading } = await service.preview(
        { name: work.attachment.name ?? '文件', bytes, remarks: work.remarks },
        { by, now },
      );
      return [send(to, { card: previewCard(reading, id, work.hint) })];
    }
    case 'read-again': {
      const { id, reading } = await service.previewAgain(work.remarks, { by, now });
      return [send(to, { card: previewCard(reading, id, '已按您的说明重新读取。') })];
    }
    case 'drop':
      await service.drop(work.file, by);
      return [];
    case 'draft': {
      const notes = await read.listNotes();
      const { draft, current, asked, folded } = await service.makeDraft(
        work.file,
        { by, account, now },
        notes,
      );
      if (!draft) return [sendText(to, `内容与现行版次 ${current.id} 相同,没有生成草稿。`)];
      return [
        adminRecord('make-draft', draft.id, account),
        ...showDraftToOffice(deps, service, draft, { asked, now, to }),
        ...(folded.length > 0 ? [sendText(to, folded.join('\n'))] : []),
      ];
    }
    case 'phrasings': {
      const bytes = await readAttachment(work.attachment);
      if (bytes.byteLength > FILE_MAX_BYTES)
        return [sendText(to, '文件超过 32 MB,没有读取。处理办法:请分成几个文件发送。')];
      const file = { name: work.attachment.name ?? '文件', bytes };
      const taken = await service.phrasings.take(file, { by, account, now }, await read.listNotes());
      return showTaken(deps, service, taken, { account, now, to });
    }
    case 'generate': {
      const taken = await service.phrasings.generate({ by, account, now }, await read.listNotes());
      return showTaken(deps, service, taken, { account, now, to });
    }
    case 'take-back': {
      const draft = await service.takeBack({ by, account, now });
      return [
        adminRecord('make-draft', draft.id, account),
        ...showDraftToOffice(deps, service, draft, { asked: null, now, to }),
      ];
    }
    case 'publish': {
      const draft = service.draft(work.draft);
      const { id, lists, rows } = await service.publish(work.draft, { by, account, now });
      const text = `版次 ${id} 已生效:${lists.length} 份清单,${rows.length} 项,由${draft.importedBy}提交、${by}批准。各处几秒内改用新版次;办理中的请求仍按提交时的清单。`;
      const card = {
        title: `版次 ${id} 已发布`,
        blocks: [{ kind: 'text' as const, text }],
        buttons: [{ id: 'edition-diff', label: '与上一版的差异', value: `${draft.base} ${id}` }],
      };
      const chats = new Map(
        [...officeChats(service, deps).map(({ conversation }) => conversation), to].map((it) => [
          JSON.stringify(it),
          it,
        ]),
      );
      return [
        adminRecord('publish-edition', id, account),
        ...[...chats.values()].map((chat) => showDraft(draft, chat, card)),
      ];
    }
  }
}

/** What is said of each text would fill a chat. */
const SAID_MAX = 1_500;

function showTaken(
  deps: HandlerDeps,
  service: EditionService,
  { said, report }: PhrasingsTaken,
  { account, now, to }: { account: string; now: number; to: Conversation },
): Effect[] {
  const draft = report?.draft ?? null;
  return [
    sendText(to, shorten(said, SAID_MAX)),
    ...(report && draft
      ? [
          adminRecord('make-draft', draft.id, account),
          ...showDraftToOffice(deps, service, draft, { asked: report.asked, now, to }),
        ]
      : []),
  ];
}

const adminRecord = (act: string, edition: string, by: string): Effect => ({
  kind: 'record',
  what: 'admin',
  data: { act, edition, by },
});
