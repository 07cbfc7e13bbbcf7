/** 望湖巷这件让钱七去弄: who of the own unit is to do it. A case is sent to units, so nobody is assigned; that is said. */
import type { Context } from '../core/types.js';
import { isActive } from '../requests/log.js';
import { isQuestion } from '../requests/move-words.js';
import type { Actor } from '../requests/moves.js';
import { actsFor } from '../requests/permissions.js';
import { isTakenBack } from '../text/denial.js';
import type { Reading, ReadingDeps } from './reading.js';
import { referenceOf, spokenOf, type World } from './requests-world.js';

const PUTS = /(?:让|叫|派|安排|交给|转给|由|给|请|喊|归|指派|分给|派给)$/;
const WORK = /^(?:去|来|负责)?(?:弄|办|处理|跟|盯|负责|管|跑|看|签|接|落实|对接|搞|修|查|吧|$)/;

/** Who is to do it, of those who work where the speaker works. */
function colleagueIn({ text, person }: Context, actor: Actor, deps: ReadingDeps): string | null {
  if (isQuestion(text)) return null;
  const found = deps.knowledge().directory.people.find(({ name, organization }) => {
    const at = name.length > 1 && organization === actor.organization ? text.indexOf(name) : -1;
    if (at < 0 || name === person?.name) return false;
    const before = text.slice(0, at);
    const puts = PUTS.exec(before);
    return (
      puts !== null &&
      !isTakenBack(before, puts.index, puts[0].length) &&
      WORK.test(text.slice(at + name.length))
    );
  });
  return found?.name ?? null;
}

export const namesColleague = (ctx: Context, actor: Actor, deps: ReadingDeps): boolean =>
  colleagueIn(ctx, actor, deps) !== null;

export function assignedOf(ctx: Context, world: World): Reading | null {
  const name = colleagueIn(ctx, world.actor, world.deps);
  if (name === null) return null;
  const mine = world.requests.filter(({ assignments }) =>
    assignments.some((part) => isActive(part) && actsFor(world.actor, part.organization)),
  );
  const { basis, matches } = referenceOf('sign', ctx, { ...world, requests: mine });
  const one = spokenOf(ctx, basis === 'named' ? matches : mine);
  return one
    ? {
        intent: 'request_status',
        slots: { action: 'to-person', value: one.number, name },
        probability: 0.98,
        why: `${one.number} is to be done by a colleague`,
      }
    : null;
}
