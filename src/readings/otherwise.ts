/** What a message in an open dialogue on requests is without it. */
import type { Context } from '../core/types.js';
import type { Reading, ReadingDeps } from './reading.js';

/** Questions of who is responsible, and of how things stand. */
export const OTHERS =
  /归谁|归哪|谁管|谁负责|谁牵头|谁来管|哪(?:个|家|些)?(?:部门|单位|局|科室).{0,4}(?:管|负责|牵头|主管)|哪家(?:管|负责|牵头)|找(?:谁|哪)|我的(?:请求|提醒|待办)|待我办理|进度|有哪些|有多少|电话|提醒我|提醒一下|到点叫我|什么依据|有啥依据|怎么用/;
/** Sure enough of another intent to leave the question. */
const SURE = 0.8;

/** What the matcher takes `said` for, as if no dialogue stood open; null where it cannot be told. */
export async function matchedOutside({ update, session }: Context, { match }: ReadingDeps, said: string) {
  if (!match || !session || update.kind !== 'message') return null;
  const { flow: _flow, ...outside } = session;
  const found = await match({ update: { ...update, text: said }, session: outside });
  return found && { ...found, outside };
}

/** What the message is without the dialogue, where that is clear. */
export async function otherwise(
  ctx: Context,
  deps: ReadingDeps,
  { said, isLeft, isClear }: { said: string; isLeft: boolean; isClear?: boolean },
): Promise<Reading[]> {
  const found = await matchedOutside(ctx, deps, said);
  if (!found) return [];
  const { match, text, raw, outside } = found;
  if (!isClear && match.via === 'example' && match.score < SURE && !OTHERS.test(text)) return [];
  if (match.intent === ctx.session?.flow?.intent && !isClear) return [];
  return [
    {
      intent: match.intent,
      slots: match.slots,
      text,
      raw,
      via: match,
      outside,
      ...(isLeft && { session: outside }),
      probability: 1,
      why: `in a dialogue, but reads as ${match.intent}`,
    },
  ];
}
