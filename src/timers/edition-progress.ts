/** How far a draft is, in one message that is edited, while somebody waits for it. */
import { conversationKey } from '../core/chat.js';
import { send } from '../core/effects.js';
import type { Effect, TimerHandler } from '../core/types.js';
import type { DraftProgress } from '../editions/editions.js';
import type { HandlerDeps } from '../handlers/deps.js';
import { PROGRESS_EVERY_MS, type ProgressWork } from '../handlers/shared/editions.js';

export const createEditionProgressTimer =
  ({ editions }: HandlerDeps): TimerHandler =>
  async ({ update: { timer }, now, read }) => {
    const { file, of, to } = timer.payload as ProgressWork;
    const slot = `edition-progress:${file}@${conversationKey(to)}`;
    const say = (text: string): Effect =>
      send(to, { card: { title: '导入清单', blocks: [{ kind: 'text', text }], buttons: [] } }, slot);
    // The draft, or the reason why there is none, is a message of its own.
    if (!(await read.getTimer(of))) return (await read.getCard(slot)) ? [say('已处理完毕,结果见下文。')] : [];
    const progress = editions?.progressOf(file);
    const again: Effect = { kind: 'schedule', timer: { ...timer, runAt: now + PROGRESS_EVERY_MS } };
    return progress ? [say(progressText(progress, now)), again] : [again];
  };

const MINUTE_MS = 60_000;

/** Cells of the bar: a card of a telephone has room for them and the per cent. */
const BAR_CELLS = 12;

/** `■■□□□□□□□□□□ 17%` and `计算语义 120/680,大约还需 20 秒`; no guess from the first few. */
function progressText({ what, done, total, begunAt }: DraftProgress, now: number): string {
  const share = Math.min(1, done / Math.max(1, total));
  const leftMs = begunAt === undefined || share < 0.02 ? 0 : ((now - begunAt) * (1 - share)) / share;
  const left =
    leftMs > MINUTE_MS
      ? `,大约还需 ${Math.ceil(leftMs / MINUTE_MS)} 分钟`
      : leftMs > 0
        ? `,大约还需 ${Math.ceil(leftMs / 10_000) * 10} 秒`
        : '';
  const full = Math.round(share * BAR_CELLS);
  const bar = `${'■'.repeat(full)}${'□'.repeat(BAR_CELLS - full)} ${Math.round(share * 100)}%`;
  return `${bar}\n正在生成草稿:${what} ${done}/${total}${left}。现行版次不受影响。`;
}
