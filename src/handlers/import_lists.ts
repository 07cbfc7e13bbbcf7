/** 导入清单: the list office sends a file, sees how it was understood, and makes a draft edition of it or not. */
import { LIST_KINDS, parseListKind, traitsOf } from '../core/list-kinds.js';
import { replyText, updateCard } from '../core/effects.js';
import type { Context, Handler } from '../core/types.js';
import { CORRECTION_FIELDS, parseCorrections } from '../editions/import/columns.js';
import type { Remarks } from '../editions/kept-files.js';
import { isListOffice, later, notHere, officeOnly, progressLater } from './shared/editions.js';
import type { HandlerDeps } from './deps.js';
import { createReplyRequest } from './reply_request.js';
import type { Attachment } from '../core/chat.js';

const HOW =
  '请在与机器人的私聊中直接发送清单文件(XLSX、DOCX、带文字层的 PDF 或 CSV)。机器人先给出预览,由您决定是否生成草稿;草稿由编办另一位同志批准后才生效。';
const REMARKS = {
  标题: 'title',
  发文机关: 'issuer',
  文号: 'number',
  生效日期: 'effective',
  范围: 'scope',
} as const;

export const createImportLists = (deps: HandlerDeps): Handler => {
  const asNote = createReplyRequest(deps);
  return (ctx) => {
    const { person, update, match } = ctx;
    const { action, value = '' } = match.slots;
    const attachment = fileOf(ctx);
    // A file of anybody else belongs to the request that was spoken of last.
    if (attachment && match.via === 'flow' && !isListOffice(person)) return asNote(asNoteOf(ctx));
    if (!isListOffice(person)) return officeOnly('import-lists');
    if (!deps.editions) return [notHere];
    if (!update.conversation.isDirect) return [replyText('请在与机器人的私聊中导入,以免刷屏。')];
    if (action === 'list-drop')
      return [
        updateCard(update, said('已放弃,未作任何更改。')),
        later(ctx, person, { step: 'drop', file: value }),
      ];
    if (action === 'list-draft')
      return [
        updateCard(update, said('正在生成草稿,请稍候;时间较长的会告知进度。现行版次不受影响。')),
        later(ctx, person, { step: 'draft', file: value }),
        progressLater(ctx, value),
      ];
    if (!attachment && ctx.raw.trim() === '') return [replyText(HOW)];
    const remarks = parseRemarks(ctx.raw);
    if (typeof remarks === 'string') return [replyText(remarks)];
    if (!attachment)
      return [replyText('好的,正在重新读取,请稍候。'), later(ctx, person, { step: 'read-again', remarks })];
    const name = attachment.name ? `“${attachment.name}”` : '文件';
    return [
      replyText(`已收到${name},正在读取,请稍候。`),
      later(ctx, person, { step: 'read', attachment, remarks, hint: hintOf(value) }),
    ];
  };
};

const hintOf = (request: string): string =>
  request
    ? `要作为 ${request} 的补充材料的,请先发送“补充 ${request}”,再发送文件。`
    : '栏目有误的,发送“导入清单 matter=C,leadUnit=D”改正;文件中没有写的,发送“导入清单 类型=属地管理,生效日期=2026-01-01”补充。';

const said = (text: string) => ({
  title: '导入清单',
  blocks: [{ kind: 'text' as const, text }],
  buttons: [],
});

const fileOf = ({ update }: Context): Attachment | undefined =>
  update.kind === 'message' ? update.attachments?.find(({ kind }) => kind === 'file') : undefined;

const asNoteOf = (ctx: Context): Context => ({
  ...ctx,
  match: {
    ...ctx.match,
    intent: 'reply_request',
    slots: { action: 'req-note', value: ctx.match.slots['value'] ?? '' },
  },
});

/** `类型=属地管理,生效日期=2026-01-01,matter=C`; a text says what is wrong. */
function parseRemarks(text: string): Remarks | string {
  const remarks: Remarks = { stated: {}, corrections: {} };
  for (const part of text.split(/[,\uff0c;\uff1b\n]/).map((it) => it.trim())) {
    if (part === '') continue;
    const [name = '', ...rest] = part.split(/[=\uff1d]/).map((it) => it.trim());
    const given = rest.join('=');
    const key = Object.entries(REMARKS).find(([title]) => title === name)?.[1];
    if (key === 'effective' && !/^\d{4}-\d{2}-\d{2}$/.test(given))
      return `生效日期须写成 2026-01-01 的样子,不是“${given}”。`;
    if (key && given) remarks.stated[key] = given;
    else if (name === '类型') {
      const kind = parseListKind(given);
      if (!kind)
        return `没有“${given}”这种清单。可用的类型:${LIST_KINDS.map((it) => traitsOf(it).name).join('、')}。`;
      remarks.kind = kind;
    } else {
      try {
        Object.assign(remarks.corrections, parseCorrections(part));
      } catch {
        return `“${part}”有误。补充说明写成“名称=内容”,名称可用:类型、${Object.keys(REMARKS).join('、')};改正栏目写成“栏目=列号”,栏目可用:${CORRECTION_FIELDS},列号为 A、B、C…,不要的写 -。`;
      }
    }
  }
  return remarks;
}
