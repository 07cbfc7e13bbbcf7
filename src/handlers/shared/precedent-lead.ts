/** A request that the lists route to nobody goes where the 编办 has ruled on a matter like it; the reason is shown. */
import type { Context } from '../../core/types.js';
import { isTownshipUnit } from '../../organizations/names.js';
import type { Actor } from '../../requests/moves.js';
import { shorten } from '../../text/shorten.js';
import type { HandlerDeps } from '../deps.js';
import type { Drafted } from './request-draft.js';

export async function withPrecedent(
  drafted: Drafted,
  ctx: Context,
  { policies, precedents }: Pick<HandlerDeps, 'policies' | 'precedents'>,
  actor: Actor,
): Promise<Drafted> {
  const { draft, note } = drafted;
  if (draft.lead !== '' || draft.text === '' || policies[draft.kind].answeredBy !== 'department')
    return drafted;
  const ruling = await precedents.find(draft.text, await ctx.read.listRulings());
  // Down to a township a call does not go.
  if (!ruling || ruling.lead === actor.organization || isTownshipUnit(ruling.lead)) return drafted;
  const support = ruling.support.filter((unit) => unit !== actor.organization && !isTownshipUnit(unit));
  const reason = `主办单位按相近事项的裁定填写,请核对:“${shorten(ruling.matter, 40)}”由${ruling.lead}主办。${shorten(ruling.text, 60)}(编办裁定,${ruling.request})`;
  return { draft: { ...draft, lead: ruling.lead, support }, note: [note, reason].filter(Boolean).join('\n') };
}
