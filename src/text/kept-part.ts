/** What a county's rows are found by, kept on disk: a restart neither cuts them to words nor asks for their vectors. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { arraysFromBytes, arraysToBytes, type Arrays } from '../files/arrays.js';
import { makePrivateFolder } from '../files/private.js';
import { replaceFile } from '../files/replace.js';
import type { Postings } from './bm25.js';
import type { Matrix } from './matrix.js';
import { COMPUTED } from './vectors.js';

/** Raise it when rows are cut to words or their numbers are made otherwise. */
const VERSION = 1;

/** Of the rows themselves, of their own phrasings behind each other, and of the middle of each row's. */
export type PartNumbers = { rows: Matrix; asked: Matrix; middles: Matrix; words: Postings };

export type KeptParts = {
  /** `texts` are all that the numbers depend on besides encoder and dictionary. */
  of(texts: string[][], make: () => Promise<PartNumbers>): Promise<PartNumbers>;
};

/**
 * From the first folder that has it, else made and stored in `folders[0]`, where it takes the place of what was there before
 * this start. `depends`: the encoder, and the words that rows are cut to.
 */
export function createKeptParts(depends: unknown, folders: readonly string[]): KeptParts {
  const used = new Set<string>();
  const [own] = folders;
  return {
    async of(texts, make) {
      const key = createHash('sha256')
        .update(JSON.stringify([VERSION, COMPUTED, depends, texts]))
        .digest('hex')
        .slice(0, 16);
      const file = `part-${key}.bin`;
      used.add(file);
      for (const folder of folders) {
        const kept = read(join(folder, file));
        if (kept) return kept;
      }
      const made = await make();
      if (own) {
        makePrivateFolder(own);
        await replaceFile(join(own, file), encode(made));
        for (const name of readdirSync(own))
          if (/^part-[0-9a-f]+\.bin$/.test(name) && !used.has(name)) rmSync(join(own, name), { force: true });
      }
      return made;
    },
  };
}

type About = { tokens: string; documents: number } & Record<Part, Size>;
type Part = 'rows' | 'asked' | 'middles';
type Size = Pick<Matrix, 'count' | 'dimensions'>;

function encode({ rows, asked, middles, words }: PartNumbers): Buffer {
  const size = ({ count, dimensions }: Matrix): Size => ({ count, dimensions });
  const about: About = {
    tokens: words.tokens.join(' '),
    documents: words.documents,
    ...{ rows: size(rows), asked: size(asked), middles: size(middles) },
  };
  return arraysToBytes({
    about,
    floats: { rows: rows.data, asked: asked.data, middles: middles.data, pairs: words.pairs },
    counts: { starts: words.starts },
  });
}

/** Another process may take it away between two looks; what cannot be read is made anew. */
function arraysIn(file: string): Arrays | null {
  try {
    return arraysFromBytes(readFileSync(file));
  } catch {
    return null;
  }
}

function read(file: string): PartNumbers | null {
  const found = arraysIn(file);
  if (!found) return null;
  const about = found.about as About;
  const none = new Float32Array();
  const matrix = (name: Part): Matrix => ({ ...about[name], data: found.floats[name] ?? none });
  return {
    ...{ rows: matrix('rows'), asked: matrix('asked'), middles: matrix('middles') },
    words: {
      documents: about.documents,
      tokens: about.tokens === '' ? [] : about.tokens.split(' '),
      starts: found.counts['starts'] ?? new Uint32Array(),
      pairs: found.floats['pairs'] ?? none,
    },
  };
}
