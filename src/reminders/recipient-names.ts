/** Which of its recipients the words name: a person by name, a village by its name, with or without 村, or by its contact. Pure. */
import type { Recipient } from '../core/reminder.js';

/** 张湾村, 张湾, 村联丙, of `张湾村 村联丙`. */
function callsOf(it: Recipient): string[] {
  if (it.kind !== 'person') return [];
  const [village = '', contact] = it.name.split(' ');
  return contact === undefined
    ? [it.name]
    : [village, village.replace(/(?:村|社区)$/, ''), contact].filter((name) => name.length > 1);
}

/** With the name that they stand under; 李庄 within 小李庄 is not named. */
export function namedRecipients(
  to: readonly Recipient[],
  words: string,
): { recipient: Recipient; name: string }[] {
  const found = to.flatMap((recipient) => {
    const [said] = callsOf(recipient)
      .filter((name) => words.includes(name))
      .sort((a, b) => b.length - a.length);
    return said === undefined ? [] : [{ recipient, said }];
  });
  return found
    .filter(({ said }) => !found.some((other) => other.said !== said && other.said.includes(said)))
    .map(({ recipient }) => ({ recipient, name: callsOf(recipient)[0] ?? '' }));
}
