/** Which step of which talk a message answers. Pure. */
import { chatIdOf } from './platforms.js';
import { fill, type PlayedTalk, type Shown, type Turn } from './talk.js';

/** `expect` null: somebody pressed once more than was needed, and this says so. */
export type Match = { turn: Turn; expect: number | null };

/** Presses that have no answer yet, beyond the one that worked. */
const isOwed = ({ updates, needless }: Turn): boolean => updates.length > needless + 1;

/**
 * The expectation that the message meets: of those still open the one that says most of it (a card with a note is also one that was
 * signed, which may never have been seen); one that was met already only when nothing else explains the message.
 */
export function meant(shown: Shown, candidates: readonly PlayedTalk[]): Match | null {
  const met = candidates.flatMap(({ turns, number }) =>
    turns
      .filter(({ state }) => state !== 'waiting' && state !== 'skipped')
      .flatMap((turn) =>
        turn.expects.flatMap(({ place, form, head, contains }, expect) =>
          chatIdOf(place) === shown.chatId &&
          (form === 'card' || (form === 'edit') === shown.isEdit) &&
          shown.head.endsWith(fill(head, number)) &&
          shown.content.includes(fill(contains, number))
            ? [{ turn, expect }]
            : [],
        ),
      ),
  );
  const open = met.filter(({ turn, expect }) => turn.seen[expect]?.length === 0);
  const saidOf = ({ turn, expect }: (typeof met)[number]) => turn.expects[expect]?.contains.length ?? 0;
  const [first] = open.sort((a, b) => saidOf(b) - saidOf(a));
  if (first) return first;
  const pressed = needlessOf(shown, candidates);
  // Shown once more: a card with a note is also one that was signed, so the latest of what it meets.
  return pressed ? { turn: pressed, expect: null } : (met.at(-1) ?? null);
}

/** The step whose button was pressed once more than was needed, when the message says so. */
function needlessOf(shown: Shown, candidates: readonly PlayedTalk[]): Turn | null {
  for (const { turns, number } of candidates)
    for (const turn of turns)
      if (
        isOwed(turn) &&
        chatIdOf(turn.place) === shown.chatId &&
        turn.again?.some((end) => shown.head.endsWith(end)) &&
        (!turn.place.isGroup || (number !== null && shown.content.includes(number)))
      )
        return turn;
  return null;
}
