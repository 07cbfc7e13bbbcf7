/**
 * Slips of the input method: characters of the same or a near sound, letters instead of characters. What was written is
 * corrected towards how the lists, the directory and the intents speak, and only where they know no such pair of
 * characters as was written.
 */
import { initialOf, nearKey, soundsOf, splitLetters } from './pinyin.js';
import { EDGE, type SlipLexicon } from './slip-lexicon.js';
import { dropFillers } from './fillers.js';

/** In a longer message one slip leaves words enough. */
const MAX_LENGTH = 24;
/** Letters of a whole sentence are many. */
const MAX_LETTERS = 80;

/** Costs in nats, fitted on tests/evaluation/slips.tune.jsonl against unslipped questions. */
const COST = { same: 2, near: 3, word: 5, gain: 1.6 };
/** How much a pair that was never seen still counts. */
const BACKOFF = 0.4;
/** Characters tried for one that does not fit, whatever stands beside it. */
const MAX_CANDIDATES = 8;
/** A word that is corrected to is one that the lists and intents really use. */
const MIN_USES = 3;
/** Too common to be a slip: every wrong correction of an ordinary sentence began with one of these. */
const SURE = new Set('钱药寒暑一二两三四五六七八九十我你他她有又没不给的了是在叫让被把');
/** 甭催, 休要再催: a denial made to something else would turn round what is said. */
const DENIES = /^(?:[甭莫勿别]|休[要得再提想])/;
const HAN = /[\u4e00-\u9fff]/;
const RUNS = /[\u4e00-\u9fff]+/g;

/** The text as it was probably meant; the text itself where nothing speaks against it. */
export function correctSlips(text: string, lexicon: SlipLexicon): string {
  if (text.length > MAX_LETTERS) return text;
  const spelled = spellOut(dropFillers(text), lexicon);
  return spelled.length > MAX_LENGTH ? spelled : correctSounds(spelled, lexicon);
}

/** log P(b | a) over the corpus; what was never seen backs off to how usual `b` is. */
function fluency(a: string, b: string, { pairs, sounding }: SlipLexicon): number {
  const { singles, total } = sounding();
  const seen = pairs.all(a.charCodeAt(0), b.charCodeAt(0));
  const usual = ((singles.get(b) ?? 0) + 0.1) / (total + 1_000);
  if (seen === 0) return Math.log(BACKOFF * usual);
  return Math.log((seen + BACKOFF * usual) / ((singles.get(a) ?? 0) + 1));
}

type Option = { character: string; cost: number };
type Step = Option & { score: number; from: number };

/** The most fluent of the ways through, by the sum of fluency less what the changes cost. */
function bestWay(options: Option[][], lexicon: SlipLexicon): { text: string; score: number } {
  let last: Step[] = [{ character: EDGE, cost: 0, score: 0, from: -1 }];
  const columns: Step[][] = [];
  for (const column of [...options, [{ character: EDGE, cost: 0 }]]) {
    const steps = column.map(({ character, cost }): Step => {
      let score = -Infinity;
      let from = 0;
      for (const [i, before] of last.entries()) {
        const value = before.score + fluency(before.character, character, lexicon);
        if (value > score) [score, from] = [value, i];
      }
      return { character, cost, score: score - cost, from };
    });
    columns.push(steps);
    last = steps;
  }
  const score = last[0]?.score ?? -Infinity;
  let text = '';
  let at = 0;
  for (const steps of columns.reverse()) {
    const step = steps[at];
    if (!step) break;
    if (step.character !== EDGE) text = step.character + text;
    at = step.from;
  }
  return { text, score };
}

function correctSounds(text: string, lexicon: SlipLexicon): string {
  return text.replace(RUNS, (run) => {
    const odd = oddOnes(run, lexicon);
    if (!odd.includes(true)) return run;
    const inWord = wordsIn(run, lexicon);
    const options = [...run].map((own, i): Option[] => {
      const kept = { character: own, cost: 0 };
      if (!odd[i]) return [kept];
      const more = inWord[i] ? COST.word : 0;
      const near = alike(run, i, odd, lexicon);
      return [kept, ...near.map(({ character, cost }) => ({ character, cost: cost + more }))];
    });
    if (options.every(({ length }) => length === 1)) return run;
    const best = bestWay(options, lexicon);
    if (best.text === run) return run;
    const plain = bestWay(
      [...run].map((character) => [{ character, cost: 0 }]),
      lexicon,
    );
    if (best.score - plain.score < COST.gain) return run;
    return keepWords(run, best.text, lexicon);
  });
}

/** 南李村 is a village, and no slip of 哪里: the two characters before its kind of place are a name. */
const IN_PLACE = /^.{0,1}[村庄屯寨]/;

/** Which characters stand in a pair that is never said. */
function oddOnes(run: string, { pairs }: SlipLexicon): boolean[] {
  return [...run].map((own, i) => {
    if (SURE.has(own) || DENIES.test(run.slice(i)) || IN_PLACE.test(run.slice(i + 1))) return false;
    const isSaid = (at: number) => pairs.has(run.charCodeAt(at), run.charCodeAt(at + 1));
    return (i > 0 && !isSaid(i - 1)) || (i + 1 < run.length && !isSaid(i));
  });
}

/** Which characters stand in a word of the dictionary. */
const wordsIn = (run: string, { cut }: SlipLexicon): boolean[] =>
  cut(run).flatMap((word) => Array.from(word, () => word.length > 1));

/** A word all of whose pairs the lists and intents use; single characters are no evidence. */
const isUsed = (word: string, { pairs }: SlipLexicon): boolean =>
  [...word].every((_, i) => i === 0 || pairs.own(word.charCodeAt(i - 1), word.charCodeAt(i)) >= MIN_USES);

/** What was changed stays changed only within a word: a name that nobody knows is no slip. */
function keepWords(run: string, corrected: string, lexicon: SlipLexicon): string {
  const ends = new Set<number>([0]);
  let end = 0;
  for (const { length } of lexicon.cut(run)) ends.add((end += length));
  let at = 0;
  let kept = '';
  for (const word of lexicon.cut(corrected)) {
    const own = run.slice(at, at + word.length);
    // A word as it was written is not cut to pieces for another one.
    const isWhole = ends.has(at) && ends.has(at + word.length);
    kept += word.length > 1 && isUsed(word, lexicon) && isWhole ? word : own;
    at += word.length;
  }
  return kept;
}

function alike(run: string, at: number, odd: boolean[], lexicon: SlipLexicon): Option[] {
  const { pairs } = lexicon;
  const { sounds, bySound, byNear } = lexicon.sounding();
  const own = run.charAt(at);
  const isBeside = odd[at - 1] || odd[at + 1];
  const fits = (code: number) =>
    (at > 0 && pairs.has(run.charCodeAt(at - 1), code)) ||
    (at + 1 < run.length && pairs.has(code, run.charCodeAt(at + 1)));
  const found = new Map<string, number>();
  const look = (characters: string[] = [], cost: number) => {
    for (const [i, character] of characters.entries()) {
      if (found.has(character)) continue;
      if (fits(character.charCodeAt(0)) || (isBeside && i < MAX_CANDIDATES)) found.set(character, cost);
    }
  };
  for (const sound of sounds.get(own) ?? soundsOf(own)) {
    look(bySound.get(sound), COST.same);
    look(byNear.get(nearKey(sound)), COST.near);
  }
  found.delete(own);
  return [...found].map(([character, cost]) => ({ character, cost }));
}

/** ludeng, hbj, zh执法局: letters that nobody uses as such, read as the characters that were meant. */
function spellOut(text: string, lexicon: SlipLexicon): string {
  return text.replace(/[a-z]+(?: [a-z]+)*/g, (run: string, at: number) => {
    const words = run.split(' ');
    if (words.every((word) => lexicon.letters.has(word)) || /[0-9_@./:-]/.test(text.charAt(at + run.length)))
      return run;
    if (/[0-9_@./:-]/.test(text.charAt(at - 1))) return run;
    const name = words.length === 1 && run.length > 2 ? lexicon.sounding().names.get(run) : undefined;
    const split = words.map((word) => splitLetters(word, lexicon.sounding().syllables));
    const initials = split.reduce((sum, it) => sum + (it?.initials ?? MAX_LENGTH), 0);
    if (name && initials > 0) return name;
    if (name === '') return run;
    const parts = split.flatMap((it) => it?.parts ?? []);
    const isShort = initials > 0 && (parts.length > 4 || parts.length < 2 || !HAN.test(text));
    if (initials >= MAX_LENGTH || isShort || (parts.length < 2 && !HAN.test(text))) return run;
    const before = HAN.test(text.charAt(at - 1)) ? text.charAt(at - 1) : EDGE;
    const after = text.charAt(at + run.length);
    const options = parts.map((part): Option[] => charactersOf(part, lexicon));
    if (options.some((column) => column.length === 0)) return run;
    const whole = [
      [{ character: before, cost: 0 }],
      ...options,
      ...(HAN.test(after) ? [[{ character: after, cost: 0 }]] : []),
    ];
    const best = bestWay(before === EDGE ? whole.slice(1) : whole, lexicon).text;
    const said = best.slice(before === EDGE ? 0 : 1).slice(0, parts.length);
    const isSaid = lexicon.cut(said).every((word) => isUsed(word, lexicon));
    const isWord = initials === 0 || lexicon.cut(said).length === 1;
    return isSaid && isWord && (said.length > 1 || run.length > 2) ? said : run;
  });
}

const MAX_BY_INITIAL = 120;

function charactersOf(part: string, { sounding }: SlipLexicon): Option[] {
  const { bySound, syllables, singles } = sounding();
  if (syllables.has(part)) return (bySound.get(part) ?? []).map((character) => ({ character, cost: 0 }));
  const found = [...bySound].flatMap(([sound, own]) => (initialOf(sound).startsWith(part) ? own : []));
  return [...new Set(found)]
    .sort((a, b) => (singles.get(b) ?? 0) - (singles.get(a) ?? 0))
    .slice(0, MAX_BY_INITIAL)
    .map((character) => ({ character, cost: 0 }));
}
