import { appendFileSync, cpSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadEncoder, prepareEncoder, type Encoder } from '../../src/text/encoder.js';
import { chooseModel, prepareModel, WEIGHTS } from '../../src/text/prepared-model.js';
import { encoderContract } from '../contracts/encoder.contract.js';
import { makeFolder } from '../helpers/folder.js';

const FOLDER = 'knowledge/encoder';
const prepared = join(makeFolder(), 'encoder');
beforeAll(() => prepareEncoder(FOLDER, prepared));

encoderContract('a model made ready for this machine', (dir) => loadEncoder(dir, { prepared }));

it('gives the same vectors to the last bit as the model that it was made of', async () => {
  const open = async (options: { prepared?: string }): Promise<Encoder> => {
    const { encoder, reason } = await loadEncoder(FOLDER, options);
    if (!encoder) throw new Error(reason);
    return encoder;
  };
  const [own, made] = [await open({}), await open({ prepared })];
  for (const text of ['路灯坏了归谁管', '', '垃圾'.repeat(60), 'abc 12345', '㙟村的路😂'])
    expect(await made.embedQuery(text)).toEqual(await own.embedQuery(text));
});

describe('chooseModel', () => {
  let dir: string;
  let made: string;
  const RUNTIME = { node: '1' };
  beforeEach(async () => {
    [dir, made] = [join(makeFolder(), 'own'), join(makeFolder(), 'made')];
    cpSync(FOLDER, dir, { recursive: true });
    await prepareModel(dir, made, RUNTIME, async (file) => writeFileSync(file, 'made'));
  });
  const choose = (runtime = RUNTIME) => chooseModel(dir, made, runtime);
  const modelHash = 'a70f8d820ca7';

  it('takes what was made of these weights, else the weights, under the same name', () => {
    expect(choose()).toEqual({ modelHash, folders: [made, dir] });
    expect(chooseModel(dir, null, RUNTIME)).toEqual({ modelHash, folders: [dir] });
    expect(chooseModel(dir, join(made, 'none'), RUNTIME)).toEqual({ modelHash, folders: [dir] });
  });

  it('takes it also for weights that were only copied', () => {
    utimesSync(join(dir, WEIGHTS), 1, 1);
    expect(choose()).toEqual({ modelHash, folders: [made, dir] });
  });

  it('takes none of other weights, another tokenizer or another runtime', () => {
    expect(choose({ node: '2' }).folders).toEqual([dir]);
    const tokenizer = join(dir, 'tokenizer_config.json');
    const text = readFileSync(tokenizer, 'utf8');
    writeFileSync(tokenizer, `${text} `);
    expect(choose().folders).toEqual([dir]);
    writeFileSync(tokenizer, text);
    expect(choose().folders).toEqual([made, dir]);
    appendFileSync(join(dir, WEIGHTS), 'x');
    const other = choose();
    expect(other.folders).toEqual([dir]);
    expect(other.modelHash).not.toBe(modelHash);
  });

  it('takes none that is not whole', () => {
    truncateSync(join(made, WEIGHTS), 3);
    expect(choose().folders).toEqual([dir]);
    writeFileSync(join(made, 'made-of.json'), '{');
    expect(choose().folders).toEqual([dir]);
  });
});
