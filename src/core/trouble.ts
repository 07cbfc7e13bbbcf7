/** Says in the chat that nothing can be stored: the one message that is not stored, since there is no place to keep it. */
import { errorText } from './errors.js';
import type { Adapter, Clock, Logger } from './ports.js';
import { conversationKey, type Heard, isForUs } from './chat.js';

/** A chat hears it once in this time. */
const AGAIN_MS = 10 * 60_000;

/** Platforms deliver again what was not accepted, though not for ever (Feishu: four times within some 7 hours). */
const TEXT =
  '机器人的数据暂时无法保存,您刚才的消息还没有处理。恢复后一般会自动补办;较急的请直接电话联系,恢复后未收到答复的请再发一次。已记入运行日志,请管理员检查磁盘空间和数据库。';

/** Never rejects: a message that does not get through leaves things as they are. */
export function createTroubleNotice({
  adapters,
  clock,
  log,
}: {
  adapters: Adapter[];
  clock: Clock;
  log: Logger;
}): (update: Heard) => Promise<void> {
  const saidAt = new Map<string, number>();
  return async (update) => {
    const { id, conversation } = update;
    // The terminal shows the error itself.
    if (!isForUs(update) || conversation.platform === 'console') return;
    const now = clock();
    for (const [key, at] of saidAt) if (now - at >= AGAIN_MS) saidAt.delete(key);
    const key = conversationKey(conversation);
    if (saidAt.has(key)) return;
    saidAt.set(key, now);
    const adapter = adapters.find(({ name }) => name === conversation.platform);
    const replyTo = update.kind === 'message' ? { replyTo: update.messageId } : {};
    try {
      await adapter?.deliver({ key: `${id}#trouble`, conversation, reply: { text: TEXT }, ...replyTo });
    } catch (error) {
      log.warn({ update: id, error: errorText(error) }, 'the chat could not be told that nothing is stored');
    }
  };
}
