/** 整改导入: the table of measures, pasted as it is copied out of a spreadsheet, while the bot runs. */
import { replyText, setSession } from '../core/effects.js';
import { reminderId } from '../core/reminder.js';
import type { Handler } from '../core/types.js';
import { problemText } from '../files/problem.js';
import { readMeasures } from '../reminders/measure-table.js';
import { countsText } from '../reminders/measure-view.js';
import { importEffects, storedMeasures } from '../reminders/measures.js';
import { MAY } from '../reminders/permissions.js';
import { currentYear, sessionOn } from './shared/requests.js';
import { reminderWorldOf, type HandlerDeps } from './deps.js';
import { unboundText } from './shared/duties.js';

const NAME = '粘贴的表格';
const PROBLEMS_SHOWN = 10;
const HOW =
  '请在“整改导入”之后换行粘贴整张表格(可从电子表格中复制),第一行是列名:编号、方面、措施、责任单位、责任人(可空)、时限、进度(可空)。';

export const createImportMeasures =
  (deps: HandlerDeps): Handler =>
  async (ctx) => {
    const { person, now, update } = ctx;
    if (!person) return [replyText(unboundText(ctx))];
    if (!person.roles.some((role) => MAY['import-measures'].includes(role)))
      return [replyText('整改措施由督办或编办导入。发送“整改”可查看本单位的措施。')];
    if (!update.conversation.isDirect) return [replyText('请在与机器人的私聊中导入,以免刷屏。')];
    if (ctx.raw.trim() === '') return [replyText(HOW)];
    const world = reminderWorldOf(deps);
    const existing = await storedMeasures(ctx.read);
    const table = readMeasures(NAME, new TextEncoder().encode(ctx.raw), {
      directory: world.directory,
      existing,
      now,
    });
    if (table.problems.length > 0) {
      const shown = table.problems.slice(0, PROBLEMS_SHOWN).map(problemText);
      const more = table.problems.length - shown.length;
      return [
        replyText(
          [
            `表格有 ${table.problems.length} 处问题,没有导入:`,
            ...shown,
            ...(more > 0 ? [`……另有 ${more} 处`] : []),
          ].join('\n'),
        ),
      ];
    }
    const year = currentYear(now);
    const { effects, counts } = await importEffects(table.rows, {
      existing,
      read: ctx.read,
      takeId: async () => reminderId(year, await ctx.takeNumber(`reminder:${year}`)),
      office: deps.policies.call.deadlineOffice,
      by: `${person.organization} ${person.name}`,
      world,
      now,
    });
    return [
      ...effects,
      { kind: 'record', what: 'admin', data: { act: 'import-measures', ...counts } },
      replyText(
        [`已导入整改措施:${countsText(counts)}。`, ...table.warnings.map((it) => `${it}。`)].join('\n'),
      ),
      setSession(sessionOn(ctx, {})),
    ];
  };
