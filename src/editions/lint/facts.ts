/** What the check of the lists goes by: laws that are no longer in force, duties that moved, what the office has accepted. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readYaml } from '../../files/yaml.js';

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '须写成 2026-01-01 的样子');
const Facts = z.strictObject({
  repealed: z.array(z.strictObject({ law: z.string(), since: Day, now: z.string().optional() })).default([]),
  moved: z
    .array(z.strictObject({ words: z.string(), unit: z.string(), since: Day, why: z.string() }))
    .default([]),
  withoutRows: z.array(z.string()).default([]),
  accepted: z.array(z.strictObject({ rows: z.array(z.string()).min(1).max(2) })).default([]),
});
export type Facts = z.infer<typeof Facts>;

/** A folder without the file has no facts: then only the lists are compared with themselves. */
export const loadFacts = (file: string): Facts =>
  existsSync(file) ? readYaml(file, Facts, '对照程序自带的 knowledge/lint.yaml 改正') : Facts.parse({});
