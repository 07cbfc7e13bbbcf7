/** What the menu of a chat app offers: the commands that it can write, with their Chinese names. Pure. */
import type { Intent } from '../nlu/load.js';

type Command = { command: string; description: string };

/** What everybody of a group may see asked for. */
const IN_GROUPS: ReadonlySet<string> = new Set([
  ...['help', 'file_request', 'request_status', 'list_reminders', 'duty_roster', 'list_rows'],
]);

export function menuOf(intents: readonly Intent[]): { direct: Command[]; group: Command[] } {
  const commands = intents
    .filter(({ id }) => id !== 'smalltalk')
    .flatMap(({ id, commands: words }) => {
      const command = words.find((word) => /^[a-z]{1,32}$/.test(word));
      const description = words.find((word) => /^\p{Script=Han}/u.test(word));
      return command && description ? [{ id, command, description }] : [];
    });
  const plain = (them: typeof commands): Command[] =>
    them.map(({ command, description }) => ({ command, description }));
  return { direct: plain(commands), group: plain(commands.filter(({ id }) => IN_GROUPS.has(id))) };
}
