/** Others are to be reminded, whom, when and what in any order, or as those of the last reminder are: in its plain form. */
import type { Context } from '../core/types.js';
import { callSaid } from '../reminders/call-said.js';
import { inFocus, isOwner, remindersIn } from '../reminders/concerned.js';
import { likewiseIn } from '../reminders/likewise.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

/** Above a request, statistics and what is said of reminders that are there. */
const CERTAIN = 0.99;

export const calledOthersReader: Reader = {
  name: 'others called',
  read: async (ctx, deps) => {
    const { text, person, update, match, now } = ctx;
    if (match.via !== 'example' || !person || !update.conversation.isDirect) return [];
    const world = { person, directory: deps.knowledge().directory, now, calendar: deps.calendar };
    const said = callSaid(text, world);
    if (said !== null) return [sets(said, 'others are to be reminded, whom, when and what in any order')];
    const also = await likewise(ctx, deps);
    return also ? [also] : [];
  },
};

const sets = (said: string, why: string): Reading => ({
  ...{ intent: 'set_reminder', slots: {}, text: said, raw: said, probability: CERTAIN, why },
});

/** Of the one for others that was spoken of last. */
async function likewise(ctx: Context, { knowledge, calendar }: ReadingDeps): Promise<Reading | null> {
  const { text, person, now, session } = ctx;
  if (!person || session?.reminders === undefined) return null;
  const mine = (await remindersIn(ctx)).filter((it) => isOwner(ctx, it) && it.source === 'own');
  const last = inFocus(ctx, mine);
  if (!last?.to.some((it) => it.kind !== 'person' || it.name !== person.name)) return null;
  const also = likewiseIn(text, last, { person, directory: knowledge().directory, now, calendar });
  if (!also) return null;
  if (also.kind === 'own') return sets(also.said, `others as those of ${last.id}`);
  const form = `也提醒${also.names.join('、')}`;
  return {
    ...{ intent: 'snooze_reminder', slots: { action: 'rem-change', value: last.id } },
    ...{ text: form, raw: form, probability: CERTAIN, why: `as those of ${last.id}` },
  };
}
