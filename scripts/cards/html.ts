/**
 * The JSON of a Feishu card as a page, in the sizes of the documents of card JSON 2.0 (body 14 px, small print 12 px, heading
 * 16 px, buttons 36 px), 351 px wide. A picture for people and a ruler for the layout, not Feishu's own drawing. Pure.
 */
import { escapeHtml } from '../../src/adapters/telegram/render.js';

type Node = Record<string, unknown> & { tag?: string };

const PAGE_STYLE = `
* { box-sizing: border-box; margin: 0 }
body { background: #fff; font-family: 'Noto Sans CJK SC', sans-serif; width: 351px }
.card { width: 351px; border: 1px solid #dee0e3; border-radius: 8px; overflow: hidden; color: #1f2329; font-size: 14px; line-height: 22px; margin-bottom: 24px }
.header { padding: 12px; font-size: 16px; line-height: 24px; font-weight: 500 }
.tag { font-size: 12px; line-height: 18px; padding: 0 4px; border-radius: 4px; margin-left: 6px; color: #fff; font-weight: 400 }
.body { padding: 12px; display: flex; flex-direction: column; gap: 8px }
.pre { white-space: pre-wrap; overflow-wrap: anywhere }
.notation { font-size: 12px; line-height: 18px }
.grey { color: #8f959e } .own { color: #245bdb }
.row { display: flex; flex-wrap: wrap; gap: 8px }
.button { border: 1px solid #d0d3d6; border-radius: 6px; height: 36px; padding: 6px 12px; white-space: nowrap }
.primary { background: #3370ff; border-color: #3370ff; color: #fff }
.panel { border: 1px solid #dee0e3; border-radius: 6px; padding: 6px 10px }
.form { display: flex; flex-direction: column; gap: 8px; align-items: flex-start } .form > div { width: 100% } .form > .button { width: auto } .form > .field { flex: none }
.field { overflow: hidden; border: 1px solid #d0d3d6; border-radius: 6px; height: 36px; padding: 6px 12px; color: #8f959e; flex: 1 }
hr { border: 0; border-top: 1px solid #dee0e3; width: 100% }
table { border-collapse: collapse; width: 100%; table-layout: fixed } td, th { border: 1px solid #dee0e3; padding: 8px; text-align: left; vertical-align: top; overflow-wrap: anywhere } th { background: #f5f6f7 }
`;

const BACK: Readonly<Record<string, string>> = {
  ...{ blue: '#e1eaff', red: '#fde2e2', orange: '#feead2', carmine: '#fce1ec' },
  ...{ indigo: '#e0e1fc', green: '#d9f5d6' },
};
const FULL: Readonly<Record<string, string>> = {
  ...{ blue: '#3370ff', red: '#d83931', orange: '#de7802', carmine: '#b82879' },
  ...{ indigo: '#4954e6', green: '#2ea121' },
};

/** One page with all cards, each in an element of its name. @throws Error at an element that it does not know. */
export function pageOf(cards: readonly { name: string; json: string }[]): string {
  const drawn = cards.map(({ name, json }) => cardOf(name, JSON.parse(json) as Node)).join('\n');
  return `<!doctype html><meta charset="utf-8"><style>${PAGE_STYLE}</style>\n${drawn}\n`;
}

function cardOf(name: string, card: Node): string {
  const header = card['header'] as Node | undefined;
  const { elements } = card['body'] as { elements: Node[] };
  return `<div class="card" id="${name}">${header ? headerOf(header) : ''}<div class="body">${elements.map(draw).join('')}</div></div>`;
}

function headerOf({ title, template, text_tag_list: tags = [] }: Node): string {
  const drawn = (tags as Node[]).map(
    ({ color, text }) =>
      `<span class="tag" style="background:${FULL[String(color)] ?? '#646a73'}">${escapeHtml(contentOf(text))}</span>`,
  );
  return `<div class="header" style="background:${BACK[String(template)] ?? '#eff0f1'}">${escapeHtml(contentOf(title))}${drawn.join('')}</div>`;
}

const contentOf = (text: unknown): string => String((text as Node | undefined)?.['content'] ?? '');
const children = (node: Node, key = 'elements'): string => ((node[key] ?? []) as Node[]).map(draw).join('');

function draw(node: Node): string {
  switch (node.tag) {
    case 'div': {
      const text = node['text'] as Node;
      const classes = ['pre', text['text_size'], text['text_color']].filter(Boolean).join(' ');
      return `<div class="${classes}">${escapeHtml(contentOf(text))}</div>`;
    }
    case 'markdown':
      return `<div class="pre">${markdown(String(node['content']))}</div>`;
    case 'hr':
      return '<hr>';
    case 'column_set':
      return `<div class="row">${children(node, 'columns')}</div>`;
    case 'form':
      return `<div class="form">${children(node)}</div>`;
    case 'column':
      return `<div class="row">${children(node)}</div>`;
    case 'collapsible_panel':
      return `<div class="panel pre">${markdown(contentOf((node['header'] as Node)['title']))} <span class="grey">▾</span></div>`;
    case 'button': {
      const isPrimary = String(node['type']).startsWith('primary');
      return `<div class="button ${isPrimary ? 'primary' : ''}">${escapeHtml(contentOf(node['text']))}</div>`;
    }
    case 'overflow':
      return '<div class="button">···</div>';
    case 'input':
    case 'picker_datetime':
    case 'date_picker':
    case 'select_static':
    case 'select_person':
    case 'multi_select_person':
      return `<div class="field" style="height:${node['input_type'] === 'multiline_text' ? 80 : 36}px">${escapeHtml(heldBy(node))}</div>`;
    case 'table':
      return tableOf(node);
    default:
      throw new Error(`no drawing for the element “${String(node.tag)}”`);
  }
}

/** What stands in a field: what it begins with, else what it asks for. */
function heldBy(node: Node): string {
  const index = node['initial_index'];
  const chosen = typeof index === 'number' ? ((node['options'] ?? []) as Node[])[index - 1] : undefined;
  const value = node['default_value'] ?? node['initial_datetime'];
  return typeof value === 'string' ? value : contentOf(chosen ? chosen['text'] : node['placeholder']);
}

function tableOf(node: Node): string {
  const columns = node['columns'] as Node[];
  const cells = (tag: string, texts: string[]) =>
    `<tr>${texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join('')}</tr>`;
  const head = cells(
    'th',
    columns.map((it) => String(it['display_name'] ?? '')),
  );
  const widths = columns.map((it) => `<col style="width:${String(it['width'])}">`).join('');
  const rows = (node['rows'] as Node[]).map((row) =>
    cells(
      'td',
      columns.map((it) => String(row[String(it['name'])] ?? '')),
    ),
  );
  return `<table>${widths}${head}${rows.join('')}</table>`;
}

/** Bold and the blue of one's own part are all that our cards use; everything else is an entity (layout.ts). */
const markdown = (text: string): string =>
  text
    .replace(/<font color='blue'>([\s\S]*?)<\/font>/g, '<span class="own">$1</span>')
    .replace(/\*\*(.+?)\*\*/g, '<b>$1</b>');
