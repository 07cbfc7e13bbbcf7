/** What is said to words that name a move and do nothing. */
import type { Calendar } from '../../calendar/calendar.js';
import { replyText } from '../../core/effects.js';
import type { Context, Effect } from '../../core/types.js';
import { parseTime } from '../../nlu/dates/parse.js';
import { MOVE_LABELS, MOVES, type Move } from '../../requests/moves.js';

/** 先别催: what is said not to be done is not done. */
export function refrained(move: string, when = ''): Effect {
  if (move === 'hold') return replyText('好的,先不动。');
  const label = labelOf(move) || '提交';
  // 下午催一下: nothing waits until then, but who says it may be called.
  const later = when === '' ? '' : `到时不会自动${label};要到时提醒您的,可以说“${when}提醒我${label}”。`;
  return replyText(`好的,没有${label}。${later}`);
}

/** 下午催一下: when, as it was said; 晚点 names no time. */
export function laterIn({ text, now }: Context, calendar: Calendar): string {
  const time = parseTime(text, { now, calendar, purpose: 'reminder' });
  if (time?.kind === 'instant') return time.text;
  return /^(?:等|过)?(?:晚点|回头|待会|一会|过会|等会|过几天|改天)/.test(text) ? '下午三点' : '';
}

/** 望湖巷这件让钱七去弄: a case is its unit's. */
export const toPerson = (name: string, number: string): Effect =>
  replyText(
    `没有指派:请求送到单位,不指派到个人。${number} 可由${name}签收、答复;要提醒${name},可以说“明天上午9点提醒${name}办理 ${number}”。`,
  );

/** '' for what is no move. */
const labelOf = (move: string): string => (MOVES.some((it) => it === move) ? MOVE_LABELS[move as Move] : '');

/** 要是还没修好就催一下: nothing waits for that to happen; how it is done now, and how one is reminded. */
export function heldBack(move: string, number: string): Effect {
  const label = labelOf(move);
  const how = [label, number].filter(Boolean).join(' ');
  return replyText(
    `没有办理:这句话像是假设、转述或玩笑,不会到时自动${label}。现在就要${label}的,请说“${how}”;想到时再看的,可以说“明天上午9点提醒我${label}”。`,
  );
}
