/** 明天放假,让大家别忘了 你先记着不用发: what ends so is told, and nothing of it is set, sent or registered. */
import type { Reader } from './reading.js';

/** Above what the words before it would set (readings/set-whole.ts, readings/notices.ts). */
const CERTAIN = 0.9925;
const MAX_LENGTH = 80;
const NOT = '(?:不用|不要|先别|别|甭|不必|用不着|莫|暂不|先不)';
const ENDS = /[,\uff0c。;\uff1b!\uff01~\s]+/;
/** The last clause, or the last two: to keep it, and to do nothing yet. */
const HELD = new RegExp(
  `^(?:你|您|咱|这个?|这条|就|只|也|都|心里|给我|帮我)*(?:先|暂时|暂且|现在|记着|记住|记下|留着|放着|搁着|等等|等我|知道就[行好])[\\u4e00-\\u9fff]{0,4}?${NOT}(?:急着|忙着|现在|马上|真的?|给他们|给大家|往外|往群里|对外|再|去|就)*(?:群发|发|设|定|建|推|弄)(?:出去|出来|群里|下去|通知|提醒|了|它|啊|哈|吧|呢)*$`,
);
function endsHeld(text: string): boolean {
  const clauses = text.split(ENDS).filter(Boolean);
  return [1, 2].some((n) => clauses.length > n && HELD.test(clauses.slice(-n).join('')));
}
/** 这就不用发了 of what is there is for those who take it back. */
const SETS: ReadonlySet<string> = new Set(['set_reminder', 'smalltalk', 'ask_responsibility', 'off_topic']);
/** 提醒我…先别发: what is not to be sent is what one is reminded of. */
const TOLD = /提醒(?:我|俺)(?!们)/;

export const heldBackReader: Reader = {
  name: 'held back',
  read({ text, match, session }) {
    if (match.via !== 'example' || session?.flow || text.length > MAX_LENGTH) return [];
    if (!SETS.has(match.intent) || !endsHeld(text) || TOLD.test(text)) return [];
    return [
      {
        ...{ intent: 'request_status', slots: { action: 'refrained', move: 'hold' } },
        ...{ probability: CERTAIN, why: 'told, and not to be sent yet' },
      },
    ];
  },
};
