/** What was filled into a form, as slots beside the others. Pure. */
import type { Filled } from '../core/form.js';
import type { IntentMatch } from '../core/types.js';

/** No slot that is read from words is called so. */
const PREFIX = 'filled:';

export const slotsOfForm = (filled: Filled): IntentMatch['slots'] =>
  Object.fromEntries(Object.entries(filled).map(([name, value]) => [`${PREFIX}${name}`, value]));

/** Each value is of the kind that the intent names for its field. */
export const filledIn = ({ slots }: Pick<IntentMatch, 'slots'>): Filled =>
  Object.fromEntries(
    Object.entries(slots).flatMap(([key, value]) =>
      key.startsWith(PREFIX) ? [[key.slice(PREFIX.length), value]] : [],
    ),
  );
