/** 催办; 请督办, once the time is over: the office that watches is asked as well. */
import type { Handler } from '../core/types.js';
import { createAct, type MoveSpec } from './shared/move.js';
import { nothing } from './shared/act-words.js';
import type { HandlerDeps } from './deps.js';
import { caseOf } from '../requests/case.js';
import { isEscalation } from '../requests/move-table.js';
import { isByDesk } from '../requests/permissions.js';
import { askedOfDesk } from '../requests/to-desk.js';
import { watchesOf } from '../requests/watching.js';

/** 督办一下,今天下班前给个说法: what is asked of the unit, without the word that calls it. */
const OVERSEES = /^(?:请|再|麻烦)?督办(?:一?下)?(?:这件|这个|此件|本件)?[:\uff1a,\uff0c。\s]*/;

const urge: MoveSpec = {
  move: 'urge',
  isMeant: () => true,
  missing: nothing,
  make: (said, { ctx, world, request, actor }) => {
    const text = said.text.trim().replace(OVERSEES, '');
    const isWatched = () => watchesOf(caseOf(request, world, ctx.now)).length > 0;
    const isRaised = isEscalation(text) && isWatched();
    const way = isByDesk({ actor, request }) ? { toHead: true } : { toDesk: true };
    return { kind: 'urge', ...(text && { text }), ...(isRaised && way) };
  },
  done: ([act], request, { ctx, world, actor }) => {
    if (isByDesk({ actor, request }))
      return act?.kind === 'urge' && act.toHead === true
        ? '已督办,能送达的单位负责人一并收到提醒。'
        : '已督办,承办单位已收到。';
    if (act?.kind !== 'urge' || !isEscalation(act.text ?? '')) return '已催办。';
    return act.toDesk === true
      ? askedOfDesk({ ...caseOf(request, world, ctx.now), ...world })
      : '已催办。现在还没有超过时限,超过时限仍未办理的会自动转督办。';
  },
};

export const createUrgeRequest = (deps: HandlerDeps): Handler => createAct(deps, 'urge_request', [urge]);
