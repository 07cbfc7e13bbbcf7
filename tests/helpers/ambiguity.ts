/**
 * Whether a repeated group of a pattern can match one text in two ways, as `(?:刚|刚刚)*` and `(?:件|事|件)*` do: each further word then doubles
 * what a text costs that does not fit in the end. Exact for groups of words (test of Sardinas and Patterson for codes); what is written with
 * wide classes, references or further repetition is left to `recheck`.
 */
import { RegExpParser, type AST } from '@eslint-community/regexpp';

/** A group repeated fewer times than this costs no more than a text can bear. */
const OFTEN = 10;
const MOST_WORDS = 20_000;
const WIDE_CLASS = 40;
const WIDE_COUNT = 6;
/** One of each will do: two classes that share a character then share this. */
const SPACES = [' ', '\n'];
const DIGITS = [...'0123456789'];

/** Words once for each way in which they come about; null where they are too many or not finite. */
type Words = string[] | null;

const oneAfterOther = (all: readonly Words[]): Words => {
  let whole: string[] = [''];
  for (const part of all) {
    if (part === null || whole.length * part.length > MOST_WORDS) return null;
    whole = whole.flatMap((before) => part.map((after) => before + after));
  }
  return whole;
};

function ofClass(node: AST.CharacterClass): Words {
  if (node.negate || node.unicodeSets) return null;
  const found = new Set<string>();
  for (const element of node.elements) {
    if (element.type === 'Character') found.add(String.fromCodePoint(element.value));
    else if (element.type === 'CharacterClassRange') {
      if (element.max.value - element.min.value > WIDE_CLASS) return null;
      for (let code = element.min.value; code <= element.max.value; code++)
        found.add(String.fromCodePoint(code));
    } else {
      const words = ofElement(element as AST.Element);
      if (words === null) return null;
      for (const word of words) found.add(word);
    }
  }
  return [...found];
}

function ofElement(node: AST.Element): Words {
  switch (node.type) {
    case 'Character':
      return [String.fromCodePoint(node.value)];
    case 'CharacterSet':
      if (node.kind === 'space' && !node.negate) return SPACES;
      return node.kind === 'digit' && !node.negate ? DIGITS : null;
    case 'CharacterClass':
      return ofClass(node);
    case 'Group':
    case 'CapturingGroup':
      return ofAlternatives(node.alternatives);
    case 'Quantifier': {
      const words = ofElement(node.element);
      if (words === null || node.max > WIDE_COUNT) return null;
      const times = Array.from({ length: node.max - node.min + 1 }, (_, more) =>
        oneAfterOther(Array.from({ length: node.min + more }, () => words)),
      );
      return times.some((of) => of === null) ? null : times.flatMap((of) => of ?? []);
    }
    // What a look around forbids is not taken into account: `recheck` has the last word on what is found.
    case 'Assertion':
      return [''];
    default:
      return null;
  }
}

function ofAlternatives(all: readonly AST.Alternative[]): Words {
  const each = all.map(({ elements }) => oneAfterOther(elements.map(ofElement)));
  return each.includes(null) ? null : each.flatMap((words) => words ?? []);
}

/** What is left of each longer word behind a shorter one that begins it. */
const tails = (longer: Iterable<string>, shorter: Iterable<string>): string[] =>
  [...longer].flatMap((word) =>
    [...shorter]
      .filter((head) => head !== word && word.startsWith(head))
      .map((head) => word.slice(head.length)),
  );

/** A text that `words`, one after the other, make in two ways; the rest that shows it. */
function ambiguity(words: readonly string[]): string | null {
  const all = new Set<string>();
  for (const word of words.filter(Boolean)) {
    if (all.has(word)) return word;
    all.add(word);
  }
  const seen = new Set<string>();
  let open = tails(all, all);
  while (open.length > 0) {
    const next: string[] = [];
    for (const rest of open) {
      if (all.has(rest)) return rest;
      if (seen.has(rest)) continue;
      seen.add(rest);
      next.push(...tails(all, [rest]), ...tails([rest], all));
    }
    open = next;
  }
  return null;
}

export type Repeated = { group: string; shows: string | null; isFinite: boolean };

/** Every group of `pattern` that may be repeated {@link OFTEN} times or more and has something behind it, at which it can fail. */
export function repeatedGroups({ source, flags }: RegExp): Repeated[] {
  const found: Repeated[] = [];
  const visitAll = (all: readonly AST.Alternative[], isFollowed: boolean): void => {
    for (const { elements } of all)
      elements.forEach((element, at) => {
        visit(element, isFollowed || at < elements.length - 1);
      });
  };
  const visit = (node: AST.Element, isFollowed: boolean): void => {
    if (node.type === 'Quantifier') {
      const isGroup = node.element.type === 'Group' || node.element.type === 'CapturingGroup';
      if (isGroup && isFollowed && node.max >= OFTEN) {
        const words = ofElement(node.element);
        const shows = words === null ? null : ambiguity(words);
        found.push({ group: node.raw, shows, isFinite: words !== null });
      }
      visit(node.element, isFollowed || node.max > 1);
    } else if ('alternatives' in node) visitAll(node.alternatives, isFollowed);
  };
  const unicode = flags.includes('u');
  visitAll(new RegExpParser().parsePattern(source, 0, source.length, { unicode }).alternatives, false);
  return found;
}
