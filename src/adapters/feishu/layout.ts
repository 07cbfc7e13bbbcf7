/** Blocks and marks of a card -> elements and header of card JSON 2.0, so that it fits a telephone. Pure. */
import { MARK_WORDS, type Block, type Card, type Mark } from '../../core/card.js';

export type Element = { tag: string; [property: string]: unknown };

/**
 * The card of a telephone of 351 x 672 px, in the sizes of the documents (card JSON 2.0: body text 14 px, small print
 * 12 px, heading 16 px, button 36 px). A character is as wide as high; Latin ones take half.
 */
const PHONE = { width: 327, height: 672, line: 22, small: 18, heading: 24, gap: 8, header: 48, buttons: 52 };
const BODY_PX = 14;
const SMALL_PX = 12;
const HEADING_PX = 16;

/** A shorter text is not worth a tap, lines. */
const FOLDED_FROM = 4;
/** Characters of a folded text that are shown beside its label. */
const EXCERPT = 36;

type Field = Extract<Block, { kind: 'field' }>;

/** Title, colour and tags. The colours are those that the documents give these meanings (标题: 标题主题样式建议). */
export function renderHeader({ title, marks = [] }: Card): object {
  const [worst] = COLOURS.filter(({ mark }) => marks.includes(mark));
  // A header shows three tags at most.
  const tags = COLOURS.filter(({ mark }) => marks.includes(mark)).slice(0, 3);
  return {
    title: { tag: 'plain_text', content: title },
    template: worst?.template ?? 'blue',
    ...(tags.length > 0 && {
      text_tag_list: tags.map(({ mark, tag }) => ({
        ...{ tag: 'text_tag', color: tag },
        text: { tag: 'plain_text', content: MARK_WORDS[mark] },
      })),
    }),
  };
}

/** The worst first: it colours the header. */
const COLOURS: readonly { mark: Mark; template: string; tag: string }[] = [
  { mark: 'overdue', template: 'red', tag: 'red' },
  { mark: 'near', template: 'orange', tag: 'orange' },
  { mark: 'urgent', template: 'carmine', tag: 'carmine' },
  { mark: 'unsigned', template: 'indigo', tag: 'indigo' },
  { mark: 'running', template: 'blue', tag: 'blue' },
  { mark: 'done', template: 'green', tag: 'green' },
];

/**
 * Where the whole does not fit the telephone, the longest fields are folded, the reader's own last. What says where the words
 * stand is never folded, nor is a text without a label.
 */
export function renderBlocks(card: Card): Element[] {
  const blocks = card.blocks.filter((block) => block.text.trim() !== '' || block.kind === 'field');
  const folded = new Set<Block>();
  let height = PHONE.header + linesOf(card.title, HEADING_PX) * PHONE.heading;
  for (const block of blocks) height += heightOf(block);
  if (card.buttons.length > 0) height += PHONE.buttons;
  for (const field of foldable(blocks)) {
    if (height <= PHONE.height) break;
    height -= heightOf(field) - FOLDED_HEIGHT;
    folded.add(field);
  }
  return blocks.map((block) =>
    block.kind === 'field' && folded.has(block) ? renderPanel(block) : renderBlock(block),
  );
}

const FOLDED_HEIGHT = 2 * PHONE.line + PHONE.gap;

function foldable(blocks: readonly Block[]): Field[] {
  return blocks
    .filter((block): block is Field => block.kind === 'field' && linesOf(block.text, BODY_PX) >= FOLDED_FROM)
    .sort((a, b) => Number(a.isOwn ?? false) - Number(b.isOwn ?? false) || heightOf(b) - heightOf(a));
}

function heightOf(block: Block): number {
  if (block.kind === 'source') return linesOf(block.text, SMALL_PX) * PHONE.small + PHONE.gap;
  const lines = linesOf(block.text, BODY_PX) + (block.kind === 'field' ? 1 : 0);
  return lines * PHONE.line + PHONE.gap;
}

/** Lines that a text takes on the telephone. */
function linesOf(text: string, px: number): number {
  const columns = Math.floor((PHONE.width / px) * 2);
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(columnsOf(line) / columns)), 0);
}

function columnsOf(line: string): number {
  let sum = 0;
  for (const character of line) sum += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
  return sum;
}

/** `plain_text` shows everything as it is: no escape needed. Only fields need markdown, for their bold label. */
function renderBlock(block: Block): Element {
  if (block.kind === 'field')
    return { tag: 'markdown', content: `${renderLabel(block)}\n${renderOwn(block, block.text)}` };
  const smallPrint = block.kind === 'source' && { text_size: 'notation', text_color: 'grey' };
  return { tag: 'div', text: { tag: 'plain_text', content: block.text, ...smallPrint } };
}

/** Card JSON 2.0, collapsible_panel: label and beginning stay in sight, a tap shows the whole. */
function renderPanel(field: Field): Element {
  const [...characters] = field.text.replace(/\s+/g, ' ').trim();
  const beginning = escapeMarkdown(`${characters.slice(0, EXCERPT).join('')}…`);
  return {
    tag: 'collapsible_panel',
    expanded: false,
    header: {
      title: { tag: 'markdown', content: `${renderLabel(field)}\n${beginning}` },
      icon: { tag: 'standard_icon', token: 'down-small-ccm_outlined', size: '16px 16px' },
      icon_position: 'right',
      icon_expanded_angle: -180,
    },
    elements: [{ tag: 'markdown', content: renderOwn(field, field.text) }],
  };
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
