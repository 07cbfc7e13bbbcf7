/** 疫苗表已经送过去了, before its hour: the reminder whose words are in it is not needed any more. */
import { toLocal } from '../calendar/local.js';
import { isNotice, type Reminder } from '../core/reminder.js';
import type { Context } from '../core/types.js';
import { isOwner, remindersIn } from '../reminders/concerned.js';
import { NOT_YET } from '../reminders/speech.js';
import { isQuestion } from '../requests/move-words.js';
import { isIntended, isSupposed } from '../text/frames.js';
import { alike } from '../text/alike.js';
import { sharedPiece } from '../text/shared-piece.js';
import type { Reading } from './reading.js';

/** Below what the grammar takes apart whole. */
const [LIKELY, SURELY] = [0.93, 0.96];
/** Said of whatever is done, and of whatever is to be done. */
const ANY =
  /已经?|刚刚?|早就|都|过去|过来|上去|下去|下来|出去|回来|回去|[做办弄搞整]?[完好妥齐](?:了|毕)?|搞定|完成|提醒|今天|明天|[上下]午|那个|这个|材料|情况|工作/g;

/** 今天锁过了, of 锁仓库: one verb, of the one of today that begins with it. */
const DONE_ALONE =
  /^(?:今天|今儿|刚才?|已经?|我|俺|早就?)*(?<verb>[^今刚已我俺早做办弄搞干忙好完说看来去不没])(?:过|完|好|上|掉)了?(?:了|啦)?[。!\uff01]?$/;
const BEGINS = /^(?:去|到|把|给)?([\u4e00-\u9fff])/;
const isToday = ({ nextAt }: Pick<Reminder, 'nextAt'>, now: number): boolean =>
  nextAt !== null && toLocal(nextAt).date === toLocal(now).date;

/** 大洼的名单报了, of 报独居老人名单: the same is done with the same. */
const SAID_DONE =
  /^[^,\uff0c\s没未不谁]{2,12}(?<verb>[报交送发填写签寄办领取开去])了(?:[,\uff0c\s].{0,10})?[。!\uff01]?$/;
export function saysDone(said: string, text: string): boolean {
  const verb = SAID_DONE.exec(said.trim())?.groups?.['verb'];
  return (
    verb !== undefined &&
    text.includes(verb) &&
    sharedLength(said, text) > 1 &&
    !isQuestion(said) &&
    !isSupposed(said)
  );
}

export const isDone = (value: string): Reading => ({
  ...{ intent: 'snooze_reminder', slots: { action: 'rem-done', value } },
  ...{ probability: SURELY, why: `done: ${value}` },
});

/** Null where none or several fit. Of what comes again the coming time alone is left out, where it is today's. */
export async function earlyOf(ctx: Context, said: string): Promise<Reading | null> {
  if (
    NOT_YET.test(said) ||
    isQuestion(said) ||
    isSupposed(said) ||
    isIntended(said.replace(/准备(?=[好完齐妥])/, ''))
  )
    return null;
  const mine = (await remindersIn(ctx)).filter(
    (it) => isOwner(ctx, it) && it.source === 'own' && !isNotice(it) && it.pausedAt === undefined,
  );
  const alone = DONE_ALONE.exec(said.trim())?.groups?.['verb'];
  if (alone !== undefined) {
    const [one, other] = mine.filter((it) => isToday(it, ctx.now) && BEGINS.exec(it.text)?.[1] === alone);
    return one && !other ? doneEarly(one, ctx.now) : null;
  }
  const words = said.replace(ANY, ' ');
  const scored = mine
    .map((it) => ({ it, n: sharedLength(words, it.text) }))
    .filter(({ it, n }) => n > 1 && isItsDoing(words, it.text));
  const most = Math.max(0, ...scored.map(({ n }) => n));
  const best = scored.filter(({ n }) => n === most).map(({ it }) => it);
  const [only, second] = best;
  if (!only) return null;
  // 提前一天也说一声 made two of it: which of them, or both, is asked.
  if (second)
    return best.every(({ text }) => text === only.text)
      ? {
          ...{
            intent: 'cancel_reminder',
            slots: { action: 'which', value: best.map(({ id }) => id).join(',') },
          },
          ...{ probability: LIKELY, why: 'done, but which of several' },
        }
      : null;
  return doneEarly(only, ctx.now);
}

export function doneEarly({ id, when, nextAt }: Reminder, now: number): Reading | null {
  const why = `done before it came: ${id}`;
  if (when.kind === 'once')
    return { intent: 'cancel_reminder', slots: { action: 'early', value: id }, probability: LIKELY, why };
  const skip = '跳过这次';
  return isToday({ nextAt }, now)
    ? {
        ...{ intent: 'snooze_reminder', slots: { action: 'rem-change', value: id } },
        ...{ text: skip, raw: skip, probability: LIKELY, why },
      }
    : null;
}

/** 排完了 of 积水 is not 查积水点: what was done is what was to be done, done by somebody, or said without a verb of its own. */
function isItsDoing(words: string, text: string): boolean {
  const piece = sharedPiece(words, text, (it) => !/\s/.test(it));
  const rest = words
    .replace(piece, '')
    .replace(/[我俺你您他她它们把将给就了的来去到上下出回过刚早全也\s,\uff0c。!]/g, '');
  return rest === '' || /[办弄做搞让托替]/.test(rest) || [...rest].some((char) => text.includes(char));
}

/** Characters of the longest piece that stands in both. */
export const sharedLength = (said: string, text: string): number =>
  [...sharedPiece(alike(said), alike(text), (piece) => !/\s/.test(piece))].length;
