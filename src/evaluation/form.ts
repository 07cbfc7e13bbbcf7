/** The county's form of evaluation as data. Reads `knowledge/evaluation/form.yaml`. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { BotError } from '../core/errors.js';
import { readYaml } from '../files/yaml.js';

const Text = z.string().min(1).max(40);
const FormFile = z.strictObject({
  title: z.string().min(1).max(60),
  dimensions: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z0-9-]{0,23}$/, '应为小写英文、数字和连字符'),
        name: Text,
        max: z.number().int().positive().max(1_000),
        about: z.string().max(200).default(''),
      }),
    )
    .min(1)
    .max(12),
  reasonBelow: z.number().min(0).max(100),
  appealDays: z.number().int().min(0).max(30).default(5),
  fillDays: z.number().int().min(1).max(60).optional(),
  teams: z.boolean(),
  departments: z.array(Text),
  signatures: z.array(Text).min(1).max(6),
});
export type Form = z.infer<typeof FormFile>;

const REMEDY = '对照 knowledge/evaluation/form.yaml 的说明改正';

/** Null where the county has none. @throws BotError 'DATA' naming file and path. */
export function loadForm(file: string, resolve: (name: string) => string | null): Form | null {
  if (!existsSync(file)) return null;
  const form = readYaml(file, FormFile, REMEDY);
  const problem = (path: string, text: string) =>
    new BotError('DATA', `${file}:${path}:${text}。处理办法:${REMEDY}。`);
  const ids = form.dimensions.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw problem('dimensions', `“${twice}”写了两次`);
  const unknown = form.departments.find((name) => resolve(name) === null);
  if (unknown !== undefined) throw problem('departments', `单位名录中没有“${unknown}”`);
  if (!form.teams && form.departments.length === 0)
    throw problem('departments', '没有评价对象:写上部门,或把 teams 改为 true');
  return { ...form, departments: [...new Set(form.departments.map((name) => resolve(name) ?? name))] };
}
