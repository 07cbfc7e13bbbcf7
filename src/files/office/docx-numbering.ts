/** Automatic numbers of paragraphs (word/numbering.xml, word/styles.xml): printed by Word, absent from the text. */
import { printedNumber } from './docx-numbers.js';
import { parseXml } from './xml.js';

type Level = { start: number; format: string; text: string; styleId?: string; isLegal?: true };
type Instance = { abstractId: string; starts: Map<number, number> };
type NumberReference = { numId?: string; level?: number };
type Style = NumberReference & { basedOn?: string; isHidden?: boolean };

export type Numbering = {
  abstracts: Map<string, { levels: Map<number, Level>; styleLink?: string; numStyleLink?: string }>;
  instances: Map<string, Instance>;
};
export type Styles = Map<string, Style>;
type Pieces = AsyncIterable<Uint8Array>;

/** An on-off property: present without a value means on. */
export const isOn = (attributes: Record<string, string>): boolean =>
  !['0', 'false', 'off'].includes(attributes.val ?? '');

export async function parseNumbering(pieces: Pieces): Promise<Numbering> {
  const numbering: Numbering = { abstracts: new Map(), instances: new Map() };
  let abstract: { levels: Map<number, Level>; styleLink?: string; numStyleLink?: string } | undefined;
  let instance: Instance | undefined;
  let level: Level | undefined;
  let overrideOf = -1;
  await parseXml(pieces, {
    open(name, attributes) {
      const value = attributes.val ?? '';
      if (name === 'abstractNum')
        numbering.abstracts.set(attributes.abstractNumId ?? '', (abstract = { levels: new Map() }));
      else if (name === 'num') {
        abstract = undefined;
        instance = { abstractId: '', starts: new Map() };
        numbering.instances.set(attributes.numId ?? '', instance);
      } else if (name === 'abstractNumId' && instance) instance.abstractId = value;
      else if (name === 'lvlOverride') overrideOf = Number(attributes.ilvl);
      else if (name === 'startOverride') instance?.starts.set(overrideOf, Number(value));
      else if (name === 'styleLink' && abstract) abstract.styleLink = value;
      else if (name === 'numStyleLink' && abstract) abstract.numStyleLink = value;
      else if (name === 'lvl') {
        level = { start: 0, format: 'decimal', text: '' };
        abstract?.levels.set(Number(attributes.ilvl), level);
      } else if (name === 'start' && level) level.start = Number(value);
      // Own formats stand in mc:AlternateContent as "custom" first, their fallback follows.
      else if (name === 'numFmt' && level && value !== 'custom') level.format = value;
      else if (name === 'lvlText' && level) level.text = value;
      else if (name === 'pStyle' && level) level.styleId = value;
      else if (name === 'isLgl' && level && isOn(attributes)) level.isLegal = true;
    },
  });
  return numbering;
}

export async function parseStyles(pieces: Pieces): Promise<Styles> {
  const styles: Styles = new Map();
  let style: Style | undefined;
  await parseXml(pieces, {
    open(name, attributes) {
      if (name === 'style') styles.set(attributes.styleId ?? '', (style = {}));
      else if (!style) return;
      else if (name === 'basedOn') style.basedOn = attributes.val ?? '';
      else if (name === 'numId') style.numId = attributes.val ?? '';
      else if (name === 'ilvl') style.level = Number(attributes.val);
      else if (name === 'vanish') style.isHidden = isOn(attributes);
    },
    close(name) {
      if (name === 'style') style = undefined;
    },
  });
  return styles;
}

/** The first style on the way to the root that has the property. */
function inherited<T>(
  styles: Styles,
  styleId: string | undefined,
  property: (style: Style) => T | undefined,
): { value: T; styleId: string } | undefined {
  const seen = new Set<string>();
  for (let id = styleId; id !== undefined && !seen.has(id); id = styles.get(id)?.basedOn) {
    seen.add(id);
    const style = styles.get(id);
    const value = style && property(style);
    if (value !== undefined) return { value, styleId: id };
  }
  return undefined;
}

export const isHiddenStyle = (styles: Styles, styleId: string | undefined): boolean =>
  inherited(styles, styleId, (style) => style.isHidden)?.value ?? false;

export type NumberedParagraph = NumberReference & { styleId?: string };

/** Counts paragraphs in the order of the document; gives the printed number of each, or an empty string. */
export function createNumberPrinter(numbering: Numbering, styles: Styles) {
  /** Lists of one abstract numbering go on counting together; the values of levels 0 to 8. */
  const counters = new Map<string, number[]>();
  const started = new Set<string>();

  function levelsOf(numId: string) {
    const abstractId = numbering.instances.get(numId)?.abstractId ?? '';
    const abstract = numbering.abstracts.get(abstractId);
    if (!abstract?.numStyleLink) return { abstractId, levels: abstract?.levels };
    const linked = [...numbering.abstracts].find(([, { styleLink }]) => styleLink === abstract.numStyleLink);
    return { abstractId: linked?.[0] ?? abstractId, levels: linked?.[1].levels };
  }

  function levelOf(paragraph: NumberedParagraph): { numId: string; at: number } | null {
    const own = paragraph.numId;
    const style = inherited(styles, paragraph.styleId, (s) => s.numId);
    const numId = own ?? style?.value;
    if (numId === undefined || numId === '0') return null;
    const linked = [...(levelsOf(numId).levels ?? [])].find(([, level]) => level.styleId === style?.styleId);
    const inStyle = inherited(styles, paragraph.styleId, (s) => s.level)?.value;
    return { numId, at: paragraph.level ?? (own === undefined ? (linked?.[0] ?? inStyle) : undefined) ?? 0 };
  }

  return function next(paragraph: NumberedParagraph): string {
    const found = levelOf(paragraph);
    if (!found) return '';
    const { numId, at } = found;
    const { abstractId, levels } = levelsOf(numId);
    const level = levels?.get(at);
    if (!levels || !level) return '';
    const values = counters.get(abstractId) ?? [];
    counters.set(abstractId, values);
    const startOf = (index: number) =>
      numbering.instances.get(numId)?.starts.get(index) ?? levels.get(index)?.start ?? 1;
    const mark = `${numId}/${at}`;
    const isRestarted = !started.has(mark) && (numbering.instances.get(numId)?.starts.has(at) ?? false);
    started.add(mark);
    for (let above = 0; above < at; above++) values[above] ??= startOf(above);
    const before = values[at];
    values[at] = before === undefined || isRestarted ? startOf(at) : before + 1;
    values.length = at + 1;
    if (level.format === 'bullet') return '';
    return level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const index = Number(digit) - 1;
      const format = level.isLegal && index < at ? 'decimal' : (levels.get(index)?.format ?? 'decimal');
      return printedNumber(values[index] ?? startOf(index), format);
    });
  };
}
