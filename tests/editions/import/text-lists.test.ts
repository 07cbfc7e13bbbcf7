import { describe, expect, it } from 'vitest';
import { listOfText } from '../../../src/editions/import/text-lists.js';

const isKnown = (name: string): boolean => /局$/.test(name);
const MATTER = ['2.废旧农膜回收处置', '主体责任单位:县农业农村局', '主体责任:布设回收网点。'];

describe('labels that are said again within a matter', () => {
  it('are of one unit after the other', () => {
    const grid = listOfText(
      [
        '1.餐饮油烟扰民整治',
        '主体责任单位:县综合行政执法局',
        '主体责任:查处超标排放。',
        '配合责任单位:县生态环境局',
        '配合责任:监测。',
        '配合责任单位:县公安局',
        '配合责任:维护秩序。',
        ...MATTER,
      ],
      isKnown,
    );
    const said = JSON.stringify(grid);
    expect(said).toContain('县生态环境局\\n县公安局');
    expect(said).toContain('监测。\\n维护秩序。');
  });

  it('are not read where one unit has no duty', () => {
    expect(
      listOfText(
        [
          '1.餐饮油烟扰民整治',
          '主体责任单位:县综合行政执法局',
          '主体责任:查处超标排放。',
          '配合责任单位:县生态环境局',
          '配合责任单位:县公安局',
          '配合责任:维护秩序。',
          ...MATTER,
        ],
        isKnown,
      ),
    ).toBeNull();
  });
});
