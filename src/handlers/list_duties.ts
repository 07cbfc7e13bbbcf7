/** 职责提醒: the recurring duties, which of them the own organization subscribes to, and buttons for its leaders. */
import { replyCard, replyText } from '../core/effects.js';
import type { Handler } from '../core/types.js';
import type { HandlerDeps } from './deps.js';
import { cardOf, leadersText, maySubscribe, subscriptionsOf, unboundText } from './shared/duties.js';

export const createListDuties =
  (deps: HandlerDeps): Handler =>
  async (ctx) => {
    const { person } = ctx;
    if (!person) return [replyText(unboundText(ctx))];
    const head = maySubscribe(person)
      ? '点选可为本单位订阅或退订,也可以发送“订阅 汛期巡查”“退订 汛期巡查”。'
      : `订阅和退订由${leadersText(person, deps)}办理。`;
    const subscriptions = await subscriptionsOf(ctx.read, person.organization);
    return [replyCard(cardOf({ ctx, person, deps, subscriptions }, head))];
  };
