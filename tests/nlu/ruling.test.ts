import { describe, expect, it } from 'vitest';
import { parseRuling } from '../../src/nlu/ruling.js';
import { loadDirectory } from '../../src/organizations/load.js';

const { mentions } = loadDirectory('knowledge/organizations');
const [HOUSING, WATER, LAND, POLICE] = ['县住房和城乡建设局', '县水利局', '县自然资源和规划局', '县公安局'];

describe('who leads', () => {
  it.each([
    ['不属于住建局,应由自然资源局主办', LAND, [HOUSING]],
    ['不是住建局的事,归水利局', WATER, [HOUSING]],
    ['不是住建局的事 水利局牵头办', WATER, [HOUSING]],
    ['既不归住建局也不归公安局 由水利局负责', WATER, [HOUSING, POLICE]],
    ['主办不是住建局 是水利局', WATER, [HOUSING]],
    ['由水利局而不是住建局负责', WATER, [HOUSING]],
    ['主办由住建局改为水利局', WATER, [HOUSING]],
    ['住建局、公安局都不管,由水利局主办', WATER, [HOUSING, POLICE]],
    ['住建局别推了,就是水利局的活', WATER, [HOUSING]],
    ['不该住建局管,该水利局管', WATER, [HOUSING]],
    ['住建局不是责任单位,水利局是', WATER, [HOUSING]],
  ])('%s', (text, lead, denied) => {
    const ruling = parseRuling(text, mentions);
    expect(ruling.lead).toBe(lead);
    expect(ruling.denied).toEqual(denied);
    expect(ruling.support).toEqual([]);
  });
});

describe('who supports', () => {
  it.each([
    ['由住建局负责,水利局配合', HOUSING, [WATER]],
    ['水利局配合住建局', HOUSING, [WATER]],
    ['住建局主办,水利局、公安局配合', HOUSING, [WATER, POLICE]],
    ['主办单位:住建局;协办单位:水利局、公安局', HOUSING, [WATER, POLICE]],
    ['反了 水利局主办 住建局协办', WATER, [HOUSING]],
  ])('%s', (text, lead, support) => {
    expect(parseRuling(text, mentions)).toMatchObject({ lead, support, denied: [], isPlain: true });
  });
});

it.each([
  ['住建局和水利局牵头', ''],
  ['住建局主办,水利局主办', ''],
  ['不由住建局主办', ''],
  ['住建局主办,不,不由住建局主办', ''],
])('%s: nobody is named as the one that leads', (text, lead) => {
  expect(parseRuling(text, mentions)).toMatchObject({ lead, isPlain: false });
});

it('a unit whose part is not said leaves the ruling to be read back', () => {
  const ruling = parseRuling('水利局负责,住建局移交的资料为证', mentions);
  expect(ruling).toMatchObject({ lead: WATER, others: [HOUSING], isPlain: false });
});
