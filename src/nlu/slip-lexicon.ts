/** What slips of the input method are corrected against: which characters stand beside each other, and how each sounds. */
import { once } from '../text/once.js';
import { createPairCounts, type PairCounts } from '../text/pair-counts.js';
import { nearKey, soundsOf } from './pinyin.js';

/** How often a name counts as said. */
const NAME_USES = 20;

export type Corpus = {
  /** Of the lists and intents: what is corrected to. */
  texts: Iterable<string>;
  /** Other sentences: what they say is known as well. */
  others: Iterable<string>;
  /** Short names that people abbreviate by their initials: units and commands. */
  names: Iterable<string>;
  /** Cuts a run of characters into the words of a dictionary. */
  cut: (run: string) => string[];
};

export type SlipLexicon = {
  pairs: PairCounts;
  letters: Set<string>;
  cut: (run: string) => string[];
  /** Most messages hold nothing that is never said: worked out for the first that does. */
  sounding: () => Sounding;
};

type Sounding = {
  singles: Map<string, number>;
  total: number;
  bySound: Map<string, string[]>;
  byNear: Map<string, string[]>;
  syllables: Set<string>;
  sounds: Map<string, string[]>;
  names: Map<string, string>;
};

const LETTERS = /[a-z]+/g;
/** Before the first character of a run and behind the last. */
export const EDGE = '^';
const EDGE_CODE = EDGE.charCodeAt(0);
const FIRST_HAN = 0x4e00;
const LAST_HAN = 0x9fff;

/** Built once for an edition and a directory. */
export function createSlipLexicon({ texts, others, names, cut }: Corpus): SlipLexicon {
  const pairs = createPairCounts();
  const letters = new Set<string>();
  const add = (text: string, weight: number, isOwn = true) => {
    let before = EDGE_CODE;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const isHan = code >= FIRST_HAN && code <= LAST_HAN;
      if (isHan || before !== EDGE_CODE) pairs.add(before, isHan ? code : EDGE_CODE, weight, isOwn);
      before = isHan ? code : EDGE_CODE;
    }
    if (before !== EDGE_CODE) pairs.add(before, EDGE_CODE, weight, isOwn);
    if (/[a-z]/i.test(text)) for (const [word] of text.toLowerCase().matchAll(LETTERS)) letters.add(word);
  };
  for (const text of texts) add(text, 1);
  for (const text of others) add(text, 1, false);
  const all = [...names];
  for (const name of all) add(name, NAME_USES);
  return { pairs, letters, cut, sounding: once(() => soundingOf(pairs, all)) };
}

function soundingOf(pairs: PairCounts, said: readonly string[]): Sounding {
  const singles = new Map<string, number>();
  let total = 0;
  const names = new Map<string, string>();
  const sounds = new Map<string, string[]>();
  const bySound = new Map<string, string[]>();
  const byNear = new Map<string, string[]>();
  const soundsIn = (character: string): string[] => {
    const found = sounds.get(character) ?? soundsOf(character);
    sounds.set(character, found);
    return found;
  };
  for (const name of said) {
    if (!/^[\u4e00-\u9fff]{2,6}$/.test(name)) continue;
    const key = [...name].map((it) => (soundsIn(it)[0] ?? '').charAt(0)).join('');
    // Two of the same initials: nobody knows which is meant.
    names.set(key, names.has(key) && names.get(key) !== name ? '' : name);
  }
  const push = (map: Map<string, string[]>, key: string, character: string) => {
    const known = map.get(key);
    if (!known) map.set(key, [character]);
    else if (!known.includes(character)) known.push(character);
  };
  pairs.forEach((code, all) => {
    const character = String.fromCharCode(code);
    singles.set(character, (singles.get(character) ?? 0) + all);
    total += all;
  });
  const byUse = [...singles].sort((a, b) => b[1] - a[1]);
  for (const [character] of byUse) {
    if (character === EDGE) continue;
    for (const sound of soundsIn(character)) {
      push(bySound, sound, character);
      push(byNear, nearKey(sound), character);
    }
  }
  return { ...{ singles, total, bySound, byNear, sounds, names }, syllables: new Set(bySound.keys()) };
}
