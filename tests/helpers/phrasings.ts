/** Three rows, good phrasings of each, and what checks phrasings of them with an encoder that counts characters. */
import type { Edition, Row } from '../../src/core/domain.js';
import { createTakePhrasings } from '../../src/editions/phrasings/take.js';
import type { Calibration } from '../../src/lists/decide.js';
import { createKnowledge, type Knowledge } from '../../src/lists/knowledge.js';
import { createTokenizer } from '../../src/text/bm25.js';
import { createVectorCache } from '../../src/text/vectors.js';
import { makeFolder } from './folder.js';
import { createFakeEncoder, makeList, makeRow } from './lists.js';
import { DIRECTORY } from './request-world.js';

export const STALLS = makeRow();
export const LAMPS = makeRow({
  ...{ number: '2', domain: '住建', matter: '城乡路灯照明管护' },
  lead: [{ unit: '县住房和城乡建设局', duty: '路灯维修' }],
});
export const DOGS = makeRow({
  ...{ number: '3', domain: '公安', matter: '流浪犬只收容' },
  lead: [{ unit: '县公安局', duty: '捕捉犬只' }],
});
export const CONTENT = { lists: [makeList()], rows: [STALLS, LAMPS, DOGS] };

export const GOOD: [Row, string[]][] = [
  [
    STALLS,
    [
      '占道经营的摊贩天天占道',
      '摊贩占道经营没有整治',
      '占道摊贩查处了又来占道',
      '经营占道谁来劝导摊贩',
      '整治占道经营要劝导多久',
    ],
  ],
  [
    LAMPS,
    [
      '路灯照明坏了没人维修',
      '城乡路灯不照明要维修',
      '照明路灯管护到底归谁',
      '维修路灯的照明管护',
      '城乡照明路灯谁管护',
    ],
  ],
  [
    DOGS,
    [
      '流浪犬只到处跑没人收容',
      '犬只流浪咬人要捕捉',
      '捕捉流浪犬只收容在哪',
      '收容犬只的流浪犬怎么办',
      '流浪的犬只谁来捕捉',
    ],
  ],
];

export const jsonOf = (rows: [Row, string[]][]): string =>
  JSON.stringify({
    rows: rows.map(([row, texts]) => ({
      序号: `${row.listId}/${row.number}`,
      事项: row.matter,
      问法: texts,
    })),
  });

export function takeWorld(dataDir = makeFolder(), content = CONTENT) {
  const encoder = createFakeEncoder(undefined, 512);
  const openKnowledge = (edition: Edition): Promise<Knowledge> =>
    createKnowledge({
      ...{ edition, encoder, directory: DIRECTORY, calibration: {} as Calibration },
      vectors: createVectorCache(encoder, 'rows', [dataDir]),
      tokenize: createTokenizer([]),
    });
  const tools = { dataDir, directory: DIRECTORY, openKnowledge };
  return { dataDir, content, tools, take: createTakePhrasings(tools, content) };
}
