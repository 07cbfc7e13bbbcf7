/**
 * What Feishu takes as a card, written from its documents of card JSON 2.0 (2025-06 to 2025-10): every property that a page
 * names, and no other ("传入不支持的属性将报错"). Components that the bot does not use are left out, so that they are errors.
 */
import { z } from 'zod';
import { renderEdit } from '../../src/adapters/feishu/render.js';
import type { Conversation, Reply } from '../../src/core/chat.js';

/** 30 KB a message (发送消息), 200 elements a card, five levels of containers, five tables. */
export const BYTES_MAX = 30 * 1024;
export const ELEMENTS_MAX = 200;
const DEPTH_MAX = 5;
const TABLES_MAX = 5;

const elementId = z.string().regex(/^[a-z]\w{0,19}$/i);
const px = String.raw`(?:-?\d{1,2}px|0)`;
const margin = z.string().regex(new RegExp(`^${px}(?: ${px}){0,3}$`));
const spacing = z.union([
  z.enum(['small', 'medium', 'large', 'extra_large']),
  z.string().regex(/^\d{1,2}px$/),
]);
const colour = z.string().regex(/^(?:[a-z]+(?:-\d{2,3})?|rgba\([\d., ]+\))$/);
const sizes = z.enum([
  ...['heading-0', 'heading-1', 'heading-2', 'heading-3', 'heading-4', 'heading', 'normal', 'notation'],
  ...['xxxx-large', 'xxx-large', 'xx-large', 'x-large', 'large', 'medium', 'small', 'x-small'],
] as [string, ...string[]]);
const align = z.enum(['left', 'center', 'right']);
const valign = z.enum(['top', 'center', 'bottom']);
const own = { element_id: elementId.optional(), margin: margin.optional() };
const inside = {
  direction: z.enum(['vertical', 'horizontal']).optional(),
  padding: margin.optional(),
  horizontal_spacing: spacing.optional(),
  horizontal_align: align.optional(),
  vertical_spacing: spacing.optional(),
  vertical_align: valign.optional(),
};

const plain = (max = Infinity) =>
  z.strictObject({
    tag: z.literal('plain_text'),
    element_id: elementId.optional(),
    content: z.string().refine((text) => [...text].length <= max, `more than ${max} characters`),
  });
const icon = z.strictObject({
  tag: z.enum(['standard_icon', 'custom_icon']),
  token: z.string().optional(),
  color: colour.optional(),
  img_key: z.string().optional(),
  size: z
    .string()
    .regex(/^\d{1,3}(?:px)? \d{1,3}px$/)
    .optional(),
});
const confirm = z.strictObject({ title: plain(), text: plain() });
const behaviors = z
  .array(
    z.union([
      // "开放平台 SDK 仅支持 object 类型的回传交互数据".
      z.strictObject({ type: z.literal('callback'), value: z.record(z.string(), z.unknown()) }),
      z.strictObject({
        type: z.literal('open_url'),
        default_url: z.string(),
        android_url: z.string().optional(),
        ios_url: z.string().optional(),
        pc_url: z.string().optional(),
      }),
    ]),
  )
  .min(1);
const width = z.union([z.enum(['default', 'fill']), z.string().regex(/^[1-9]\d{2,3}px$/)]);
const name = z.string().min(1);

const div = z.strictObject({
  tag: z.literal('div'),
  ...own,
  width: z.union([z.enum(['fill', 'auto']), z.string().regex(/^\d{2,3}px$/)]).optional(),
  text: z.strictObject({
    tag: z.enum(['plain_text', 'lark_md']),
    element_id: elementId.optional(),
    content: z.string(),
    text_size: sizes.optional(),
    text_color: colour.optional(),
    text_align: align.optional(),
    lines: z.int().positive().optional(),
  }),
  icon: icon.optional(),
});
const markdown = z.strictObject({
  tag: z.literal('markdown'),
  ...own,
  content: z.string(),
  text_size: sizes.optional(),
  text_align: align.optional(),
  icon: icon.optional(),
});
const hr = z.strictObject({ tag: z.literal('hr'), ...own });
const button = z.strictObject({
  tag: z.literal('button'),
  ...own,
  type: z
    .enum([
      ...['default', 'primary', 'danger', 'text', 'primary_text', 'danger_text'],
      ...['primary_filled', 'danger_filled', 'laser'],
    ] as [string, ...string[]])
    .optional(),
  size: z.enum(['tiny', 'small', 'medium', 'large']).optional(),
  width: width.optional(),
  text: plain(100).optional(),
  icon: icon.optional(),
  hover_tips: plain().optional(),
  disabled: z.boolean().optional(),
  disabled_tips: plain().optional(),
  confirm: confirm.optional(),
  behaviors,
  name: name.optional(),
  form_action_type: z.enum(['submit', 'reset']).optional(),
});
const overflow = z.strictObject({
  tag: z.literal('overflow'),
  ...own,
  width: width.optional(),
  options: z.array(z.strictObject({ text: plain(100).optional(), value: z.string().optional() })).min(1),
  behaviors: behaviors.optional(),
  confirm: confirm.optional(),
});
const pickerDatetime = z.strictObject({
  tag: z.literal('picker_datetime'),
  ...own,
  name: name.optional(),
  required: z.boolean().optional(),
  disabled: z.boolean().optional(),
  initial_datetime: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/)
    .optional(),
  placeholder: plain(100).optional(),
  width: width.optional(),
  behaviors: behaviors.optional(),
  confirm: confirm.optional(),
});
const picking = {
  ...own,
  name: name.optional(),
  required: z.boolean().optional(),
  disabled: z.boolean().optional(),
  placeholder: plain(100).optional(),
  width: width.optional(),
  // The page asks for it, its own examples leave it out of forms, where nothing comes before the whole is sent.
  behaviors: behaviors.optional(),
  confirm: confirm.optional(),
};
const datePicker = z.strictObject({
  ...{ tag: z.literal('date_picker'), ...picking },
  initial_date: z.iso.date().optional(),
});
const differing = (options: { value: string }[]): boolean =>
  new Set(options.map(({ value }) => value)).size === options.length;
const selectStatic = z.strictObject({
  ...{ tag: z.literal('select_static'), ...picking, type: z.enum(['default', 'text']).optional() },
  initial_option: z.string().optional(),
  initial_index: z.int().min(0).optional(),
  // "各选项的 value 值不可重复".
  options: z
    .array(z.strictObject({ text: plain(), icon: icon.optional(), value: z.string().min(1) }))
    .min(1)
    .refine(differing, 'two options of one value'),
});
// "当 options 数组为空,或 value 的值全部无效时,候选项展示为卡片所在会话中所有成员选项": never meant.
const persons = z
  .array(z.strictObject({ value: z.string().regex(/^ou_\w+$/) }))
  .min(1)
  .refine(differing, 'two options of one value');
const selectPerson = z.strictObject({
  ...{ tag: z.literal('select_person'), ...picking, type: z.enum(['default', 'text']).optional() },
  initial_option: z.string().optional(),
  options: persons,
});
const multiSelectPerson = z.strictObject({
  ...{ tag: z.literal('multi_select_person'), ...picking, type: z.enum(['default', 'text']).optional() },
  selected_values: z.array(z.string()).optional(),
  options: persons,
});
const input = z.strictObject({
  tag: z.literal('input'),
  ...own,
  name: name.optional(),
  required: z.boolean().optional(),
  disabled: z.boolean().optional(),
  disabled_tips: plain().optional(),
  placeholder: plain(100).optional(),
  default_value: z.string().optional(),
  width: width.optional(),
  behaviors: behaviors.optional(),
  max_length: z.int().min(1).max(1_000).optional(),
  input_type: z.enum(['text', 'multiline_text', 'password']).optional(),
  show_icon: z.boolean().optional(),
  rows: z.int().optional(),
  auto_resize: z.boolean().optional(),
  max_rows: z.int().optional(),
  label: plain().optional(),
  label_position: z.enum(['top', 'left']).optional(),
  confirm: confirm.optional(),
});
const table = z.strictObject({
  tag: z.literal('table'),
  ...own,
  page_size: z.int().min(1).max(10).optional(),
  row_height: z
    .union([z.enum(['low', 'middle', 'high', 'auto']), z.string().regex(/^\d{2,3}px$/)])
    .optional(),
  row_max_height: z
    .string()
    .regex(/^\d{2,3}px$/)
    .optional(),
  freeze_first_column: z.boolean().optional(),
  header_style: z
    .strictObject({
      text_align: align.optional(),
      text_size: z.enum(['normal', 'heading']).optional(),
      background_style: z.enum(['grey', 'none']).optional(),
      text_color: z.enum(['default', 'grey']).optional(),
      bold: z.boolean().optional(),
      lines: z.int().positive().optional(),
    })
    .optional(),
  columns: z
    .array(
      z.strictObject({
        name: z.string(),
        display_name: z.string().optional(),
        // auto, 80 to 600 px, 1 to 100 %.
        width: z
          .string()
          .regex(/^(?:auto|(?:[89]\d|[1-5]\d\d|600)px|(?:100|[1-9]\d?)%)$/)
          .optional(),
        data_type: z.enum(['text', 'lark_md', 'options', 'number', 'persons', 'date', 'markdown']),
        vertical_align: valign.optional(),
        horizontal_align: align.optional(),
      }),
    )
    .max(50),
  rows: z.array(z.record(z.string(), z.unknown())),
});

/** 图表组件: a definition of VChart, of which the properties that a bar chart of the page's examples has. */
const chart = z.strictObject({
  tag: z.literal('chart'),
  ...own,
  aspect_ratio: z.enum(['1:1', '2:1', '4:3', '16:9']).optional(),
  color_theme: z.enum(['brand', 'rainbow', 'complementary', 'converse', 'primary']).optional(),
  preview: z.boolean().optional(),
  height: z
    .string()
    .regex(/^(?:auto|\d{1,3}px)$/)
    .optional(),
  chart_spec: z.strictObject({
    type: z.literal('bar'),
    title: z.strictObject({ text: z.string() }),
    data: z.strictObject({
      values: z.array(z.strictObject({ category: z.string(), name: z.string(), value: z.number() })).min(1),
    }),
    direction: z.literal('horizontal').optional(),
    stack: z.boolean().optional(),
    xField: z.union([z.string(), z.array(z.string())]),
    yField: z.string(),
    seriesField: z.string().optional(),
    label: z.strictObject({ visible: z.boolean(), position: z.literal('inside').optional() }).optional(),
    legends: z.strictObject({ visible: z.boolean(), orient: z.literal('bottom') }).optional(),
  }),
});
/** "单张卡片建议最多放置五个图表组件". */
const CHARTS_MAX = 5;

type Node = { tag: string; elements?: Node[]; columns?: Node[]; name?: string; rows?: unknown };

const leaf = [
  ...[div, markdown, hr, button, overflow, input, chart],
  ...[pickerDatetime, datePicker, selectStatic, selectPerson],
] as const;
/** Their choice comes back by itself or with the form that they stand in. */
const FILLED_IN = [
  ...['button', 'input', 'overflow', 'picker_datetime', 'date_picker', 'select_static'],
  ...['select_person', 'multi_select_person'],
];
/** "可内嵌除表单容器(form)和表格组件(table)外的其它所有组件". */
const nested: z.ZodType = z.lazy(() => z.discriminatedUnion('tag', [...leaf, columnSet, panel]));
/** "人员选择-多选组件必须放置在表单容器中使用". */
const inForm: z.ZodType = z.lazy(() =>
  z.discriminatedUnion('tag', [...leaf, multiSelectPerson, columnSet, panel]),
);
const column = z.strictObject({
  tag: z.literal('column'),
  ...own,
  ...inside,
  background_style: colour.optional(),
  width: z.union([z.enum(['auto', 'weighted']), z.string().regex(/^\d{2,3}px$/)]).optional(),
  weight: z.int().min(1).max(5).optional(),
  elements: z.array(nested).optional(),
});
const columnSet = z.strictObject({
  tag: z.literal('column_set'),
  ...own,
  horizontal_spacing: spacing.optional(),
  horizontal_align: align.optional(),
  flex_mode: z.enum(['none', 'stretch', 'flow', 'bisect', 'trisect']).optional(),
  background_style: colour.optional(),
  columns: z.array(column).min(1),
});
const panel = z.strictObject({
  tag: z.literal('collapsible_panel'),
  ...own,
  ...inside,
  expanded: z.boolean().optional(),
  background_color: colour.optional(),
  header: z.strictObject({
    title: z.strictObject({ tag: z.enum(['plain_text', 'markdown']), content: z.string() }).optional(),
    background_color: colour.optional(),
    width: z.enum(['fill', 'auto', 'auto_when_fold']).optional(),
    vertical_align: valign.optional(),
    padding: margin.optional(),
    position: z.enum(['top', 'bottom']).optional(),
    icon: icon.optional(),
    icon_position: z.enum(['left', 'right', 'follow_text']).optional(),
    icon_expanded_angle: z.literal([-180, -90, 90, 180]).optional(),
  }),
  border: z.strictObject({ color: colour.optional(), corner_radius: z.string().optional() }).optional(),
  elements: z.array(nested).optional(),
});
const form = z
  .strictObject({
    tag: z.literal('form'),
    ...own,
    ...inside,
    name,
    elements: z.array(inForm).min(1),
  })
  .superRefine(({ elements }, ctx) => {
    const parts = (elements as Node[]).flatMap(nodesOf);
    if (!parts.some((it) => 'form_action_type' in it && it.form_action_type === 'submit'))
      ctx.addIssue('a form without a button that submits it');
    for (const part of parts)
      if (FILLED_IN.includes(part.tag) && !part.name) ctx.addIssue(`a ${part.tag} of a form without a name`);
  });

const header = z.strictObject({
  title: z.strictObject({ tag: z.enum(['plain_text', 'lark_md']), content: z.string().optional() }),
  subtitle: z
    .strictObject({ tag: z.enum(['plain_text', 'lark_md']), content: z.string().optional() })
    .optional(),
  text_tag_list: z
    .array(
      z.strictObject({
        tag: z.literal('text_tag'),
        element_id: elementId.optional(),
        text: plain().optional(),
        color: z
          .enum([
            ...['neutral', 'blue', 'turquoise', 'lime', 'orange', 'violet', 'indigo', 'wathet', 'green'],
            ...['yellow', 'red', 'purple', 'carmine'],
          ] as [string, ...string[]])
          .optional(),
      }),
    )
    .max(3)
    .optional(),
  template: z
    .enum([
      ...['blue', 'wathet', 'turquoise', 'green', 'yellow', 'orange', 'red', 'carmine', 'violet', 'purple'],
      ...['indigo', 'grey', 'default'],
    ] as [string, ...string[]])
    .optional(),
  icon: icon.optional(),
  padding: margin.optional(),
});

const cardSchema = z.strictObject({
  schema: z.literal('2.0'),
  config: z
    .strictObject({
      summary: z.strictObject({ content: z.string().optional() }).optional(),
      enable_forward: z.boolean().optional(),
      update_multi: z.literal(true).optional(),
      width_mode: z.enum(['default', 'compact', 'fill']).optional(),
      enable_forward_interaction: z.boolean().optional(),
    })
    .optional(),
  header: header.optional(),
  body: z
    .strictObject({
      ...inside,
      elements: z.array(z.discriminatedUnion('tag', [...leaf, columnSet, panel, form, table])),
    })
    .optional(),
});

/** A component or column, and all below it. */
function nodesOf(node: Node): Node[] {
  return [
    node,
    ...[...(node.elements ?? []), ...(node.columns ?? [])].filter((it) => it.tag).flatMap(nodesOf),
  ];
}

function depthOf(node: Node): number {
  const inner = [...(node.elements ?? []), ...(node.columns ?? []).flatMap(({ elements = [] }) => elements)];
  return inner.length === 0 ? 0 : 1 + Math.max(...inner.map(depthOf));
}

function countTags(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const tag = 'tag' in value ? 1 : 0;
  return Object.values(value).reduce<number>((sum, child) => sum + countTags(child), tag);
}

/** What Feishu would object to in a card, as JSON in a string; nothing where it takes it. */
export function problemsOfCard(content: string): string[] {
  const problems: string[] = [];
  const bytes = Buffer.byteLength(content);
  if (bytes > BYTES_MAX) problems.push(`${bytes} bytes`);
  const json: unknown = JSON.parse(content);
  const parsed = cardSchema.safeParse(json);
  if (!parsed.success) problems.push(z.prettifyError(parsed.error));
  const tags = countTags(json);
  if (tags > ELEMENTS_MAX) problems.push(`${tags} elements`);
  const elements = ((json as { body?: { elements?: Node[] } }).body?.elements ?? []).filter((it) => it.tag);
  const nodes = elements.flatMap(nodesOf);
  if (Math.max(0, ...elements.map(depthOf)) > DEPTH_MAX) problems.push('too deep');
  if (nodes.filter(({ tag }) => tag === 'table').length > TABLES_MAX) problems.push('too many tables');
  const outside = elements.filter(({ tag }) => tag !== 'form').flatMap(nodesOf);
  for (const it of outside)
    if (FILLED_IN.includes(it.tag) && it.tag !== 'input' && !('behaviors' in it))
      problems.push(`a ${it.tag} that does nothing`);
  if (nodes.filter(({ tag }) => tag === 'chart').length > CHARTS_MAX) problems.push('too many charts');
  const names = nodes.flatMap((it) => it.name ?? []);
  if (new Set(names).size < names.length) problems.push('a name is used twice');
  return problems;
}

const PLACES: Conversation[] = [
  { platform: 'feishu', chatId: 'oc_group', isDirect: false },
  { platform: 'feishu', chatId: 'ou_somebody', isDirect: true },
];

/** Of what a dialogue shows, wherever it was played: as a card to a group and to a person, with and without a field to answer in. */
export function problemsOfReply(reply: Reply): string[] {
  const hasCard = 'card' in reply;
  if (!hasCard && !('form' in reply && reply.form)) return [];
  const forms = PLACES.flatMap((place) => [
    renderEdit(reply, place)?.content,
    ...(hasCard ? [renderEdit(reply, place, true)?.content] : []),
  ]);
  // Most look the same in each place.
  return [...new Set(forms)].flatMap((content) =>
    content === undefined ? (hasCard ? [`too large: ${reply.card.title}`] : []) : problemsOfCard(content),
  );
}
