/** The shape of evaluations as the lowdb store keeps them. */
import { z } from 'zod';
import type { Evaluation as CoreEvaluation } from '../../core/evaluation.js';

const Signer = z.object({ account: z.string(), name: z.string(), organization: z.string() });
const Signed = z.object({ by: Signer, at: z.number() }).nullable();

export const Evaluation = z.object({
  id: z.string(),
  version: z.number(),
  title: z.string(),
  dimensions: z.array(z.object({ id: z.string(), name: z.string(), max: z.number(), about: z.string() })),
  reasonBelow: z.number(),
  signatures: z.array(z.string()),
  appealDays: z.number().optional(),
  fillDays: z.number().optional(),
  from: z.string(),
  to: z.string(),
  openedBy: Signer,
  openedAt: z.number(),
  closed: Signed,
  sheets: z.array(
    z.object({
      township: z.string(),
      bodies: z.array(z.string()),
      rows: z.array(
        z.object({
          body: z.string(),
          values: z.record(z.string(), z.number()),
          words: z.string(),
          by: Signer,
          at: z.number(),
        }),
      ),
      confirmed: Signed,
    }),
  ),
  appeals: z.array(
    z.object({
      id: z.string(),
      township: z.string(),
      body: z.string(),
      reason: z.string(),
      by: Signer,
      at: z.number(),
      decision: z
        .object({ isUpheld: z.boolean(), reason: z.string(), by: Signer, at: z.number() })
        .nullable(),
    }),
  ),
}) satisfies z.ZodType<CoreEvaluation>;
