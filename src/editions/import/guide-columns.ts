/** Columns of a service guide: what its labels announce, and the cells of a matter under them. */
import { GUIDE_FIELDS, type Guide, type GuideField } from '../../core/guide.js';
import type { Slots } from '../../files/spans.js';

export type GuideColumn = { field: GuideField; index: number; label: string };

const LABELS: readonly (readonly [GuideField, RegExp])[] = [
  ['agency', /帮办|代办/],
  [
    'materials',
    /^(?:申请|办理|所需|申报|提交|需?提供|需要|受理)*的?(?:材料|资料|要件)(?:名称|清单|目录)?$|^[要需得]?带(?:什么|啥|哪些)(?:材料|东西|证件|手续)?$/,
  ],
  ['condition', /^(?:申请|办理|受理|准入|享受|申报)?(?:条件|资格)$/],
  ['target', /^(?:服务|办理|申请|受理|适用|面向|申报)?对象$/],
  [
    'steps',
    /^(?:办理|办事|申请|申办|业务|服务)?(?:流程|程序|步骤)图?$|^(?:办理|服务|受理|申请|申办)(?:方式|形式|途径)$/,
  ],
  [
    'place',
    /^(?:办理|受理|办公|服务|申请|申办)(?:地点|地址|窗口|场所)$|^地点$|^[去到在]?哪(?:里|儿)?[能可去]?以?办$/,
  ],
  [
    'days',
    /^(?:法定|承诺)?(?:办理|办结|办事|服务|受理)?(?:时限|期限)$|^办理时间$|^(?:几天|多久|多长时间)[能可]?以?(?:办[好完成结理]?|出证|拿证)$/,
  ],
  [
    'fee',
    /^(?:是否)?收费(?:标准|依据|情况|项目|及标准|标准及依据)?$|^(?:办理)?费用$|^(?:要不要|收不收|花不花|用不用)[交花]?[钱费]$|^(?:要|收|花)?多少[钱费]$/,
  ],
  ['phone', /^(?:咨询|联系|办公|服务|窗口|监督|办理)?电话(?:号码)?$|^联系方式$/],
];

/** `办理地点/村`: a group and the column below it. */
export function guideFieldOf(label: string): GuideField | null {
  const parts = label.replace(/\([^()]{0,40}\)$/, '').split('/');
  for (const part of [...parts].reverse()) {
    const found = LABELS.find(([, pattern]) => pattern.test(part));
    if (found) return found[0];
  }
  return null;
}

/** Fewer do not make a guide: a duty list may have a telephone or a deadline beside its duties. */
const LEAST = 2;

/**
 * The columns of a guide, or none where the table is none: it tells materials or steps, and one thing more.
 * @param isService the title says so: then whatever it tells of a service is its guide
 */
export function guideColumns(
  columns: readonly Pick<GuideColumn, 'index' | 'label'>[],
  isService = false,
): GuideColumn[] {
  const found = columns.flatMap(({ index, label }) => {
    const field = guideFieldOf(label);
    return field ? [{ field, index, label }] : [];
  });
  const fields = new Set(found.map(({ field }) => field));
  const isGuide =
    (isService && found.length > 0) ||
    (fields.size >= LEAST && (fields.has('materials') || (fields.has('steps') && fields.has('place'))));
  return isGuide ? found : [];
}

/** Cells as printed; several columns of one field (村, 镇, 县) are told apart by their labels. */
export function readGuide(parts: readonly Slots[], columns: readonly GuideColumn[]): Guide {
  const guide: Guide = {};
  for (const { field, index, label } of columns) {
    const texts: string[] = [];
    const seen = new Set<string>();
    for (const part of parts) {
      const slot = part.at(index);
      const key = `${slot?.row}:${slot?.column}`;
      if (!slot || slot.text.trim() === '' || seen.has(key)) continue;
      seen.add(key);
      texts.push(slot.text.trim());
    }
    const text = texts.join('\n');
    if (text === '') continue;
    const isOne = columns.filter((it) => it.field === field).length === 1;
    const said = isOne ? text : `${label.split('/').at(-1)}:${text}`;
    guide[field] = guide[field] === undefined ? said : `${guide[field]}\n${said}`;
  }
  return guide;
}

/** What `--map` calls the columns, by their Chinese names. */
export const GUIDE_FLAGS: Record<string, GuideField> = Object.fromEntries(
  (Object.entries(GUIDE_FIELDS) as [GuideField, string][]).map(([field, name]) => [name, field]),
);
