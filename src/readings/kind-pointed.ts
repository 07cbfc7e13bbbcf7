/** `这种没证的店平时谁查`: the kind of place or thing that was told of, said again in general. */
import { about, LIKELY, type Asked } from './row-asked.js';
import type { Reading } from './reading.js';

const KIND =
  /^(?:那么?|像|平时|平常|平日|以后|往后|[,\uff0c\s])*[这那](?:种|类|号|样的?)(?:[\u4e00-\u9fff]{0,8}?的)?(?<kind>[\u4e00-\u9fff]{1,4}?)(?=平时|平常|平日|日常|往常|一般|以后|今后|往后|该|应|都|又|到底|归|由|是|找|谁|哪|有没有|[呢\s,\uff0c])/;
/** 这种人, 这种事: of anything. */
const ANYTHING = /[事人的情况题儿]$/;

/**
 * By itself its words lie near to whatever has them (没证的店 to trade without a licence); with what was told before they lie
 * nearest to the row that was answered.
 */
export async function onKind({ ctx, entry, knowledge, asker }: Asked): Promise<Reading[] | null> {
  const kind = KIND.exec(ctx.text)?.groups?.['kind'];
  const told = ctx.session?.question ?? '';
  if (!kind || ANYTHING.test(kind) || !told.includes(kind.slice(-1))) return null;
  const [best] = await knowledge.search(`${told} ${ctx.text}`, asker);
  return best?.entry === entry ? about(entry, 'whole', LIKELY, `“${kind}” of what was told`) : null;
}
