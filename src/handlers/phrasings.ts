/** 导出问法, 生成问法: the list office has phrasings written by a language model, and sends back what it answered. */
import { replyFile, replyText } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import type { HandlerDeps } from './deps.js';
import { createReplyRequest } from './reply_request.js';
import { accountText } from './shared/requests.js';
import { isListOffice, labelOf, later, notHere, officeOnly, reasonOf } from './shared/editions.js';

export const createPhrasings = (deps: HandlerDeps): Handler => {
  const asNote = createReplyRequest(deps);
  return (ctx) => {
    const { person, update, match } = ctx;
    const attachment =
      update.kind === 'message' ? update.attachments?.find(({ kind }) => kind === 'file') : undefined;
    // A file of anybody else belongs to the request that was spoken of last.
    if (attachment && match.via === 'flow' && !isListOffice(person)) {
      const slots = { action: 'req-note', value: match.slots['value'] ?? '' };
      return asNote({ ...ctx, match: { ...match, intent: 'reply_request', slots } });
    }
    if (!isListOffice(person)) return officeOnly('phrasings');
    const { editions: service } = deps;
    if (!service) return [notHere];
    if (!update.conversation.isDirect) return [replyText('请在与机器人的私聊中办理,以免刷屏。')];
    if (attachment)
      return [
        replyText('已收到,正在核对问法,约需一分钟,请稍候。现行版次不受影响。'),
        later(ctx, person, { step: 'phrasings', attachment }),
      ];
    if (update.kind === 'message' && /^\/?生成/.test(update.text.trim()))
      return service.phrasings.canGenerate
        ? [
            replyText('正在请语言模型生成问法,约需几分钟,请稍候。现行版次不受影响。'),
            later(ctx, person, { step: 'generate' }),
          ]
        : [
            replyText(
              '没有设置语言模型,不能在此生成。请发送“导出问法”,用任意一个语言模型生成后,把文件发回。',
            ),
          ];
    try {
      const file = service.phrasings.batches({ by: labelOf(person), account: accountText(ctx) });
      if (!file) return [replyText('各事项都已有足够的问法。')];
      return [
        replyFile(
          update,
          file,
          `待生成问法的事项 ${file.rows} 项。请按文件中的说明交给任意一个语言模型,把回答粘贴在各批末尾,再把文件发回。`,
        ),
      ];
    } catch (error) {
      return [replyText(reasonOf(error))];
    }
  };
};
