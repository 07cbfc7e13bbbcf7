/** Blocks and marks of a card -> elements and header of card JSON 2.0, so that it fits a telephone. Pure. */
import { MARK_WORDS, type Block, type Card, type Mark } from '../../core/card.js';
import { CHART_HEIGHT, renderChart } from './chart.js';
import type { Element } from './element.js';

/**
 * The card of a telephone of 351 x 672 px, in the sizes of the documents (card JSON 2.0: body text 14 px, small print
 * 12 px, heading 16 px, button 36 px); `npm run cards` measures what comes of it. A character is as wide as high; Latin ones
 * take half. The height leaves a line for what the estimate is wrong by.
 */
const PHONE = { width: 325, height: 650, line: 22, small: 18, heading: 24, gap: 8, padding: 24, buttons: 44 };
/** Inside a folded field: its frame, and the arrow beside its text. */
const PANEL = { padding: 14, arrow: 48 };
const BODY_PX = 14;
const SMALL_PX = 12;
const HEADING_PX = 16;

type Field = Extract<Block, { kind: 'field' }>;

/** Title, colour and tags. The colours are those that the documents give these meanings (标题: 标题主题样式建议). */
export function renderHeader({ title, marks = [] }: Card): object {
  const [worst] = COLOURS.filter(({ mark }) => marks.includes(mark));
  // A header shows three tags at most.
  const tags = COLOURS.filter(({ mark }) => marks.includes(mark)).slice(0, 3);
  return {
    // What a tag says need not stand in the title as well.
    title: {
      tag: 'plain_text',
      content: tags.reduce((rest, { mark }) => withoutEnd(rest, ` · ${MARK_WORDS[mark]}`), title),
    },
    template: worst?.template ?? 'blue',
    ...(tags.length > 0 && {
      text_tag_list: tags.map(({ mark, tag }) => ({
        ...{ tag: 'text_tag', color: tag },
        text: { tag: 'plain_text', content: MARK_WORDS[mark] },
      })),
    }),
  };
}

const withoutEnd = (text: string, end: string): string =>
  text.endsWith(end) ? text.slice(0, -end.length) : text;

/** The worst first: it colours the header. */
const COLOURS: readonly { mark: Mark; template: string; tag: string }[] = [
  { mark: 'overdue', template: 'red', tag: 'red' },
  { mark: 'near', template: 'orange', tag: 'orange' },
  { mark: 'urgent', template: 'carmine', tag: 'carmine' },
  { mark: 'unsigned', template: 'indigo', tag: 'indigo' },
  { mark: 'running', template: 'blue', tag: 'blue' },
  { mark: 'done', template: 'green', tag: 'green' },
];

/** `begun`: folded, with the first line in sight; `closed`: the label alone is. */
type Form = 'open' | 'begun' | 'closed';

/**
 * Where the whole does not fit the telephone, fields are folded step by step until it does: the longest first, the first of the
 * card (the lead, or what was asked for) late, the reader's own last. What says where the words stand is never folded, nor is
 * a text without a label.
 */
export function renderBlocks(card: Card): Element[] {
  const blocks = card.blocks.filter((block) => block.text.trim() !== '' || block.kind === 'field');
  const forms = new Map<Block, Form>();
  const formOf = (block: Block): Form => forms.get(block) ?? 'open';
  let height = PHONE.padding + linesOf(card.title, HEADING_PX) * PHONE.heading + PHONE.padding;
  for (const block of blocks) height += heightOf(block, 'open');
  if (card.buttons.length > 0) height += PHONE.buttons;
  for (const { field, form } of foldingsOf(blocks)) {
    if (height <= PHONE.height) break;
    const saved = heightOf(field, formOf(field)) - heightOf(field, form);
    if (saved <= 0) continue;
    height -= saved;
    forms.set(field, form);
  }
  let tables = 0;
  return blocks.map((block) => {
    if (block.kind === 'table' && ++tables <= TABLES_MAX) return renderTable(block);
    const form = formOf(block);
    return block.kind === 'field' && form !== 'open' ? renderPanel(block, form) : renderBlock(block);
  });
}

/** In the order in which they are made: first lines of long fields stay in sight, and what matters most is open, as long as that suffices. */
function foldingsOf(blocks: readonly Block[]): { field: Field; form: Form }[] {
  const fields = blocks.filter((block) => block.kind === 'field');
  const worth = (field: Field): number => Number(field === fields[0]) + 2 * Number(field.isOwn ?? false);
  const inOrder = fields.toSorted((a, b) => worth(a) - worth(b) || heightOf(b, 'open') - heightOf(a, 'open'));
  const others = inOrder.filter((field) => worth(field) === 0);
  const mattering = inOrder.slice(others.length);
  return [
    ...others.map((field) => ({ field, form: 'begun' as const })),
    ...others.map((field) => ({ field, form: 'closed' as const })),
    ...mattering.map((field) => ({ field, form: 'begun' as const })),
    ...mattering.map((field) => ({ field, form: 'closed' as const })),
  ];
}

function heightOf(block: Block, form: Form): number {
  if (block.kind === 'table') return tableHeight(block);
  if (block.kind === 'chart') return PHONE.width * CHART_HEIGHT + PHONE.gap;
  if (block.kind === 'source') return linesOf(block.text, SMALL_PX) * PHONE.small + PHONE.gap;
  if (block.kind === 'text') return linesOf(block.text, BODY_PX) * PHONE.line + PHONE.gap;
  const label = linesOf(block.label, BODY_PX);
  if (form !== 'open') return (form === 'begun' ? label + 1 : label) * PHONE.line + PANEL.padding + PHONE.gap;
  const lines = isOnOneLine(block) ? 1 : label + linesOf(block.text, BODY_PX);
  return lines * PHONE.line + PHONE.gap;
}

type Table = Extract<Block, { kind: 'table' }>;
/** Card JSON 2.0, 表格: five in a card, ten rows on a page of it; the room beside a cell's text. */
const TABLES_MAX = 5;
const PAGE_MAX = 10;
const CELL = { padding: 16, max: 124 };

function tableHeight({ columns, rows }: Table): number {
  const rowOf = (cells: readonly string[]): number => {
    const lines = cells.map((cell, i) =>
      linesOf(cell, BODY_PX, ((columns[i]?.share ?? 0) * PHONE.width) / 100 - CELL.padding),
    );
    return Math.min(CELL.max, Math.max(1, ...lines) * PHONE.line + CELL.padding);
  };
  const head = PHONE.line + CELL.padding;
  return rows.slice(0, PAGE_MAX).reduce((sum, cells) => sum + rowOf(cells), head) + PHONE.gap;
}

/** Clients before 7.33 show one line of each row, and the whole of a cell at a tap. */
function renderTable({ columns, rows }: Table): Element {
  const nameOf = (i: number): string => `c${i}`;
  return {
    tag: 'table',
    page_size: Math.min(PAGE_MAX, Math.max(1, rows.length)),
    row_height: 'auto',
    row_max_height: `${CELL.max}px`,
    header_style: { background_style: 'grey', bold: true, lines: 1 },
    columns: columns.map(({ label, share, isNumber }, i) => ({
      ...{ name: nameOf(i), display_name: label, data_type: 'text', width: `${share}%` },
      ...{ vertical_align: 'top', horizontal_align: isNumber ? 'right' : 'left' },
    })),
    rows: rows.map((cells) => Object.fromEntries(columns.map((_, i) => [nameOf(i), cells[i] ?? '']))),
  };
}

/** A label and a few words stand on one line. */
const isOnOneLine = ({ label, text }: Field): boolean =>
  !text.includes('\n') && columnsOf(`${label} ${text}`) <= columnsIn(PHONE.width, BODY_PX);

/** Lines that a text takes on the telephone. */
function linesOf(text: string, px: number, width = PHONE.width): number {
  const columns = Math.max(1, columnsIn(width, px));
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(columnsOf(line) / columns)), 0);
}

const columnsIn = (width: number, px: number): number => Math.floor((width / px) * 2);

function columnsOf(line: string): number {
  let sum = 0;
  for (const character of line) sum += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
  return sum;
}

/** `plain_text` shows everything as it is: no escape needed. Only fields need markdown, for their bold label. */
function renderBlock(block: Block): Element {
  if (block.kind === 'field')
    return {
      tag: 'markdown',
      content: `${renderLabel(block)}${isOnOneLine(block) ? ' ' : '\n'}${renderOwn(block, block.text)}`,
    };
  if (block.kind === 'chart') return renderChart(block.chart);
  const smallPrint = block.kind === 'source' && { text_size: 'notation', text_color: 'grey' };
  return { tag: 'div', text: { tag: 'plain_text', content: block.text, ...smallPrint } };
}

/** Card JSON 2.0, collapsible_panel: a tap shows the whole. */
function renderPanel(field: Field, form: Form): Element {
  const beginning = form === 'begun' ? `\n${escapeMarkdown(beginningOf(field.text))}` : '';
  return {
    tag: 'collapsible_panel',
    expanded: false,
    header: {
      title: { tag: 'markdown', content: `${renderLabel(field)}${beginning}` },
      icon: { tag: 'standard_icon', token: 'down-small-ccm_outlined', size: '16px 16px' },
      icon_position: 'right',
      icon_expanded_angle: -180,
    },
    elements: [{ tag: 'markdown', content: renderOwn(field, field.text) }],
  };
}

/** As much as one line beside the arrow takes. */
function beginningOf(text: string): string {
  const columns = columnsIn(PHONE.width - PANEL.arrow, BODY_PX) - 2;
  let beginning = '';
  for (const character of text.replace(/\s+/g, ' ').trim()) {
    if (columnsOf(beginning + character) > columns) return `${beginning}…`;
    beginning += character;
  }
  return beginning;
}

const renderLabel = ({ label, isOwn }: Field): string =>
  isOwn ? `<font color='blue'>${bold(escapeMarkdown(label))}</font>` : bold(escapeMarkdown(label));

const renderOwn = ({ isOwn }: Field, text: string): string =>
  isOwn ? bold(escapeMarkdown(text)) : escapeMarkdown(text);

/** Bold runs over whole lines: beside Chinese punctuation CommonMark would not see an inner `**`. */
function bold(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `**${line}**`))
    .join('\n');
}

/**
 * Every character that Feishu's markdown could read as markup, as an HTML entity, the way its card documentation
 * asks for; also what makes a list at the start of a line. Indentation is dropped: four spaces would be code.
 */
export function escapeMarkdown(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/[\\`*_{}[\]()<>#+\-!|~$&:=^]/g, (c) => `&#${c.charCodeAt(0)};`)
        .replace(/^(\d+)\./, '$1&#46;'),
    )
    .join('\n');
}
