/** One typed line: an empty one, a change of person, the number of a button, or a message. */
import type { Action } from '../../core/chat.js';

/** A button as it stands under a card that was shown. */
export type ShownButton = Pick<Action, 'action' | 'messageId'>;

export type ConsoleLine =
  | { kind: 'empty' }
  | { kind: 'switch'; name: string }
  | ({ kind: 'click' } & ShownButton)
  | { kind: 'message'; text: string };

/** `buttons` are those of the card shown last; `2` or `[2]` presses the second. */
export function parseLine(line: string, buttons: ShownButton[]): ConsoleLine {
  const text = line.trim();
  if (text === '') return { kind: 'empty' };
  const person = /^\/as\s+(\S+)$/.exec(text)?.[1];
  if (person) return { kind: 'switch', name: person };
  const number = /^\[?(\d{1,2})\]?$/.exec(text)?.[1];
  const button = number ? buttons[Number(number) - 1] : undefined;
  return button ? { kind: 'click', ...button } : { kind: 'message', text };
}
