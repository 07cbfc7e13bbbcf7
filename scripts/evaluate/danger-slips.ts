/** How much danger is noticed, and whether slips of the input method lead where the words that were meant lead. */
import { z } from 'zod';
import type { Matcher } from '../../src/core/bot.js';
import type { Message } from '../../src/core/chat.js';
import { dangerReader, type Emergencies } from '../../src/nlu/emergencies.js';

export const DangerLine = z.object({ text: z.string(), danger: z.boolean(), call: z.string().optional() });
export const SlipLine = z.object({ said: z.string(), meant: z.string() });

const share = (part: number, whole: number) => (whole === 0 ? 1 : Math.round((part / whole) * 1_000) / 1_000);

/** Each text as a message of its own in a direct chat. */
export async function scoreDanger(
  lines: z.infer<typeof DangerLine>[],
  match: Matcher,
  emergencies: Emergencies,
) {
  const dangerOf = dangerReader(emergencies);
  const missed: string[] = [];
  const falseAlarms: string[] = [];
  const otherCalls: string[] = [];
  for (const [i, { text, danger, call }] of lines.entries()) {
    const update: Message = {
      kind: 'message',
      id: `danger:${i}`,
      conversation: { platform: 'console', chatId: `danger-${i}`, isDirect: true },
      user: { platform: 'console', id: 'somebody' },
      at: 0,
      messageId: String(i),
      text,
      isAddressed: true,
    };
    const matched = await match({ update, session: null });
    const found = matched && dangerOf({ update, match: matched.match });
    if (danger && !found) missed.push(text);
    if (!danger && found) falseAlarms.push(text);
    if (danger && found && call !== undefined && found.call !== call)
      otherCalls.push(`${text} (${call}, said ${found.call})`);
  }
  const dangers = lines.filter((it) => it.danger).length;
  return {
    n: lines.length,
    recall: share(dangers - missed.length, dangers),
    falseAlarms: share(falseAlarms.length, lines.length - dangers),
    sameCall: share(dangers - missed.length - otherCalls.length, dangers - missed.length),
    ...{ missed, alarmed: falseAlarms, otherCalls },
  };
}

type Outcome = { answered: string | null; offered: string[] | null; intent: string };

export function scoreSlips<T extends Outcome>(
  lines: z.infer<typeof SlipLine>[],
  { said, meant }: { said: T[]; meant: T[] },
) {
  const isSame = (a: T | undefined, b: T | undefined) =>
    a?.intent === b?.intent && a?.answered === b?.answered && a?.offered?.[0] === b?.offered?.[0];
  const wrong = lines.filter((_, i) => !isSame(said[i], meant[i]));
  return {
    n: lines.length,
    same: share(lines.length - wrong.length, lines.length),
    wrong: wrong.map((line) => `${line.said} (${line.meant})`),
  };
}
