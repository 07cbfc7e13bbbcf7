/** Questions on services: whether the right guide answers, and whether services that no guide tells are left unanswered. */
import { z } from 'zod';

/** Without `gold` no guide answers it. */
export const ServiceLine = z.object({
  q: z.string(),
  gold: z.array(z.string()).min(1).optional(),
  kind: z.string().default('service'),
  hard: z.boolean().default(false),
});
export type ServiceLine = z.infer<typeof ServiceLine>;

/** `r1`: answered by the right guide, of all that one answers; `offered`: it is among what is offered to choose from. */
export type ServicesReport = {
  n: number;
  r1: number;
  offered: number;
  wrong: number;
  outside: { n: number; falseRate: number };
  /** What was not answered as it should be. */
  misses: { q: string; got: string }[];
};

type Outcome = { answered: string | null; offered: string[] | null };

export function scoreServices(
  lines: ServiceLine[],
  outcomes: Outcome[],
  isGold: (ref: string, gold: string[]) => boolean,
): ServicesReport {
  const pairs = lines.map((line, i) => ({ line, outcome: outcomes[i] as Outcome }));
  const inside = pairs.filter(({ line }) => line.gold);
  const outside = pairs.filter(({ line }) => !line.gold);
  const isRight = ({ line, outcome }: (typeof pairs)[number]) =>
    outcome.answered !== null && isGold(outcome.answered, line.gold ?? []);
  const isOffered = ({ line, outcome }: (typeof pairs)[number]) =>
    outcome.offered?.some((ref) => isGold(ref, line.gold ?? [])) ?? false;
  const share = (count: number, total: number) =>
    total === 0 ? 0 : Math.round((count / total) * 10_000) / 10_000;
  const falsely = outside.filter(({ outcome }) => outcome.answered !== null);
  return {
    n: inside.length,
    r1: share(inside.filter(isRight).length, inside.length),
    offered: share(inside.filter(isOffered).length, inside.length),
    wrong: share(inside.filter((it) => it.outcome.answered !== null && !isRight(it)).length, inside.length),
    outside: { n: outside.length, falseRate: share(falsely.length, outside.length) },
    misses: [...inside.filter((it) => !isRight(it)), ...falsely].map(({ line, outcome }) => ({
      q: line.q,
      got: outcome.answered ?? (outcome.offered ? `offered ${outcome.offered.join(' ')}` : 'nothing'),
    })),
  };
}
