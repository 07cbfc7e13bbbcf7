/** The embedding model, from a folder on disk only: text in, unit vector out. */
import { basename, dirname, resolve } from 'node:path';
import { Embeddings } from '@langchain/core/embeddings';
import type * as installed from '@xenova/transformers';
import type { FeatureExtractionPipeline } from '@xenova/transformers';
import { errorText } from '../core/errors.js';
import { createMemo } from './memo.js';
import { chooseModel, prepareModel } from './prepared-model.js';

/**
 * A LangChain `Embeddings`, so any chain can use it. Vectors have length 1; `dimensions` numbers each.
 * `modelHash` (12 hex digits) names the weights and the tokenizer: a cached vector is valid for one hash only.
 */
export type Encoder = Embeddings & {
  readonly modelHash: string;
  readonly dimensions: number;
  /** Texts that it embeds at the same time, each by itself; one when absent. */
  readonly lanes?: number;
};

/**
 * The part of the runtime that is used. The package named `@xenova/transformers` is `@huggingface/transformers` 4, its
 * successor (package.json); both load the same folder in the same way, and one contract holds for either.
 */
export type Runtime = Pick<typeof installed, 'env' | 'pipeline'>;

/**
 * One thread a text: a text is too short to share out, and the threads of two processes would wait for each other's
 * cores. `x64quantprecision`: a processor without VNNI instructions adds int8 products in 16 bits, which overflow: cosines of
 * 0.91 with what others compute, other answers; with it 0.9999, and faster. Others do not look at it. Version 2 knows none of
 * these names; it takes the int8 weights by itself, and a thread a core.
 */
const LOADING = {
  dtype: 'q8',
  session_options: { intraOpNumThreads: 1, extra: { session: { x64quantprecision: '1' } } },
} as const;

/** One message is embedded for its intent and again for its row, and people repeat each other's questions. */
const REMEMBERED = 256;

/** Texts are cut here before tokenizing: 512 pieces is the model's limit, one Chinese character is about one piece. */
const MAX_CHARACTERS = 1000;

/** What is asked stands in the first sentences; a long message costs by the square of its length while others wait. */
const QUERY_CHARACTERS = 200;

/** The model itself, wherever it runs. One text at a time: see `embedWith`. */
type Embed = (text: string) => Promise<number[]>;

/** An encoder around the model: cuts, remembers, one text after another. */
export const createEncoder = (embed: Embed, modelHash: string, dimensions: number, lanes = 1): Encoder =>
  new RememberingEncoder(embed, modelHash, dimensions, lanes);

class RememberingEncoder extends Embeddings {
  readonly modelHash: string;
  readonly dimensions: number;
  readonly lanes: number;
  readonly #embed: Embed;
  readonly #remembered = createMemo<number[]>(REMEMBERED);

  constructor(embed: Embed, modelHash: string, dimensions: number, lanes: number) {
    super({ maxRetries: 0 });
    this.lanes = lanes;
    this.#embed = embed;
    this.modelHash = modelHash;
    this.dimensions = dimensions;
  }

  override embedQuery(text: string): Promise<number[]> {
    return this.#remembered(text, () => this.#embed(text.slice(0, QUERY_CHARACTERS)));
  }

  override async embedDocuments(texts: string[]): Promise<number[][]> {
    const vectors: number[][] = [];
    for (const text of texts) {
      vectors.push(await this.#embed(text.slice(0, MAX_CHARACTERS)));
      // Inference is synchronous native code; let other work in between two texts.
      await new Promise((next) => setImmediate(next));
    }
    return vectors;
  }
}

/** One text at a time: dynamic int8 quantization scales by batch, so a batch would make a vector depend on its neighbours. */
const embedWith =
  (extract: FeatureExtractionPipeline): Embed =>
  async (text) =>
    Array.from((await extract(text, { pooling: 'cls', normalize: true })).data as Float32Array);

export type LoadedEncoder = { encoder: Encoder; reason: null } | { encoder: null; reason: string };

export type LoadOptions = {
  /** The installed one when absent: a thread that only asks another one for vectors does without it. */
  runtime?: Runtime;
  /** Where the model may lie as it was made ready for this machine (prepared-model.ts). */
  prepared?: string;
};

/** The encoder, or why there is none: the bot then runs on words alone and says so. */
export async function loadEncoder(
  dir: string,
  { runtime, prepared }: LoadOptions = {},
): Promise<LoadedEncoder> {
  const folder = resolve(dir);
  try {
    const { env, pipeline } = runtime ?? (await import('@xenova/transformers'));
    const { modelHash, folders } = chooseModel(folder, prepared ?? null, versionsOf(env));
    const extract = await openFirst(folders, (from) => open({ env, pipeline }, from, LOADING));
    const probe = await extract('试', { pooling: 'cls', normalize: true });
    const dimensions = probe.dims.at(-1) ?? 0;
    const norm = Math.hypot(...(probe.data as Float32Array));
    if (!(Math.abs(norm - 1) < 0.01)) throw new Error(`模型输出异常(向量长度 ${norm})`);
    return { encoder: createEncoder(embedWith(extract), modelHash, dimensions), reason: null };
  } catch (error) {
    return { encoder: null, reason: `语义模型不可用(${folder}):${errorText(error)}` };
  }
}

/** Makes the model of `dir` ready for this machine. */
export async function prepareEncoder(dir: string, prepared: string): Promise<void> {
  const { env, pipeline } = await import('@xenova/transformers');
  const folder = resolve(dir);
  await prepareModel(folder, prepared, versionsOf(env), async (file) => {
    // What one level further does depends on the very machine, and nothing of it is in such a model.
    const session_options = {
      ...LOADING.session_options,
      graphOptimizationLevel: 'extended',
      optimizedModelFilePath: file,
    } as const;
    await (await open({ env, pipeline }, folder, { ...LOADING, session_options })).dispose();
  });
}

type Loading = Parameters<Runtime['pipeline']>[2];

function open(
  { env, pipeline }: Runtime,
  folder: string,
  loading: Loading,
): Promise<FeatureExtractionPipeline> {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  env.localModelPath = dirname(folder);
  return pipeline('feature-extraction', basename(folder), loading);
}

/** The next one where one cannot be opened. */
async function openFirst<T>(folders: string[], openOne: (folder: string) => Promise<T>): Promise<T> {
  const [folder = '', ...others] = folders;
  if (others.length === 0) return openOne(folder);
  return openOne(folder).catch(() => openFirst(others, openOne));
}

/** Of the runtime's native part: another one makes a model ready otherwise. */
const versionsOf = ({ backends }: Runtime['env']): unknown =>
  (backends.onnx as { versions?: unknown } | undefined)?.versions ?? null;
