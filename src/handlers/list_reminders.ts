/** 我的提醒: what is set for the person or the group, and the same as a calendar file. */
import { replyFile } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import { icsOf } from '../reminders/ics.js';
import { listCardIn, remindersIn } from './shared/reminders.js';

export const createListReminders = (): Handler => async (ctx) => {
  const reminders = await remindersIn(ctx);
  const isExport =
    ctx.match.slots['action'] === 'rem-ics' ||
    (ctx.update.kind === 'message' && /导出|日历|ics/i.test(ctx.update.text));
  if (!isExport || reminders.length === 0) return [listCardIn(ctx, reminders)];
  return [
    replyFile(
      ctx.update,
      { name: '提醒.ics', content: icsOf(reminders, ctx.now) },
      `共 ${reminders.length} 条提醒。用手机打开文件可加入日历;按工作日、节日计算的只含最近一次。`,
    ),
  ];
};
