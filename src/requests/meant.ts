/** Which requests a message shares words with, however it says them: what was filed, and what was said of it since. Pure. */
import type { Request } from '../core/request.js';

/** Words of moves, of people and of time, which say nothing of a matter. */
const SAYS_NOTHING =
  /已经?|正在|马上|现在|刚刚?|刚才|今[天早晚]|昨[天晚]|前天|明[天早晚]|后天|上午|下午|中午|晚上|夜里|早上|周[一二三四五六日天]|[一二两三四五六七八九十\d]{1,4}[天点号个件次]|我们|你们|他们|她们|人家|咱们?|俺们?|这个|那个|这件|那件|一下|一个|没有|还没|什么|怎么|时候|处理|办理|办完|办好|弄好|修好|情况|反映|派[了出]?[人车]|出发|到场|安排|答复|签收|催办|退回|转给|撤回|评价|满意|门口|路口|路边|旁边|附近|地方|里面|外面|上面|下面|请|让|叫|给|把|将|被|就|都|也|又|还|再|很|太/g;
/** Characters that stand in any sentence. */
const COMMON = new Set('的了是在有不没人和与对到来去上下里外个这那一二三两几多大小么吗呢吧啊好得着过们');
const [PAIR, PART, LATER] = [1, 0.4, 0.6];
/** The best must share as much, and others at most this part of it. */
const [LEAST, SURELY] = [0.9, 1.7];
const FAR_BEHIND = 0.55;

export type Shared = { request: Request; score: number };

/** Best first; those that share nothing are left out. */
export function sharing(text: string, requests: readonly Request[]): Shared[] {
  const pairs = new Set(pieces(text));
  const own = requests.map((request) => ({
    request,
    filed: `${request.text} ${request.place}`,
    later: request.events.map((event) => event.text ?? '').join(' '),
  }));
  const weightIn = (pair: string, { filed, later }: (typeof own)[number]): number =>
    filed.includes(pair) ? 1 : later.includes(pair) ? LATER : 0;
  const scored = own.map((it) => {
    let score = 0;
    for (const pair of pairs) {
      const weight = weightIn(pair, it);
      if (weight === 0) continue;
      const others = own.filter((other) => weightIn(pair, other) > 0).length;
      const isPart = [...pair].some((char) => COMMON.has(char));
      score += ((isPart ? PART : PAIR) * weight) / others;
    }
    return { request: it.request, score };
  });
  return scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
}

/** The one that shares clearly more than the others; `isSure`: more than one word. Null where none does. */
export function clearlyMeant(
  text: string,
  requests: readonly Request[],
): { request: Request; isSure: boolean } | null {
  const [first, second] = sharing(text, requests);
  if (!first || first.score < LEAST || (second && second.score > first.score * FAR_BEHIND)) return null;
  return { request: first.request, isSure: first.score >= SURELY };
}

/** Pairs of characters that stand beside each other and are not both common. */
function pieces(text: string): string[] {
  const runs = text.replace(SAYS_NOTHING, ' ').match(/[\u4e00-\u9fff]{2,}/g) ?? [];
  return runs.flatMap((run) => {
    const characters = [...run];
    return characters
      .slice(1)
      .map((char, i) => `${characters[i] ?? ''}${char}`)
      .filter((pair) => [...pair].some((char) => !COMMON.has(char)));
  });
}
