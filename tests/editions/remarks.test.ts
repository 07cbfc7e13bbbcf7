import { describe, expect, it } from 'vitest';
import { clusterLine, clusterRemarks, decidedOf, pendingRemarks } from '../../src/editions/remarks.js';
import { START } from '../helpers/clock.js';
import type { Verdict, Note } from '../../src/core/note.js';

const MINUTE = 60_000;
let minutes = 0;
const note = (topic: Note['topic'], text: string, rows: string[] = [], edition = 'e1'): Note => ({
  ...{ at: START + minutes++ * MINUTE, topic, text, rows, edition },
});
const verdict = (text: string, it: Verdict, edition = 'e1'): Note => ({
  ...note('verdict', text, [], edition),
  verdict: it,
});
/** All in one group. */
const together = (texts: string[]) => Promise.resolve([texts.map((_, i) => i)]);
const questionsOf = (notes: Note[]) => pendingRemarks(notes).map(({ question, topic }) => [question, topic]);

describe('remarks', () => {
  it('of one message count once, as what was pressed last', () => {
    const notes = [
      note('unanswered', '狗叫'),
      note('no-row', '狗叫'),
      note('unanswered', '猫叫'),
      note('not-this-row', '路灯', ['e1/duty/1']),
      note('chosen-instead', '路灯', ['e1/duty/2', 'e1/duty/1']),
      note('not-this-row', '', ['e1/duty/1']),
    ];
    expect(questionsOf(notes)).toEqual([
      ['狗叫', 'no-row'],
      ['猫叫', 'unanswered'],
      ['路灯', 'chosen-instead'],
    ]);
  });

  it('are settled by a verdict until a later edition is said to be wrong as well', () => {
    const before = [note('unanswered', '狗叫'), note('unanswered', '猫叫')];
    const rejected = [...before, verdict('狗叫', { kind: 'rejected' })];
    expect(questionsOf(rejected)).toEqual([['猫叫', 'unanswered']]);
    const adopted = [...before, verdict('狗叫\n猫叫', { kind: 'alias', unit: '县公安局', alias: '狗办' })];
    expect(questionsOf([...adopted, note('unanswered', '狗叫')])).toEqual([]);
    expect(questionsOf([...adopted, note('unanswered', '狗叫', [], 'e2')])).toEqual([['狗叫', 'unanswered']]);
    expect(questionsOf([...rejected, note('unanswered', '狗叫', [], 'e2')])).toEqual([
      ['猫叫', 'unanswered'],
    ]);
    const withdrawn = [...adopted, verdict('狗叫\n猫叫', { kind: 'withdrawn' })];
    expect(questionsOf(withdrawn)).toHaveLength(2);
    expect(decidedOf(withdrawn)).toEqual([]);
  });

  it('are told in one line with what people chose', async () => {
    const notes = [
      note('unanswered', '猫叫'),
      note('wrong-answer', '路灯 ⇒ 应该归城管'),
      note('chosen-instead', '路灯', ['e1/duty/36']),
      note('chosen-instead', '路灯', ['e1/duty/36']),
    ];
    const [cluster] = await clusterRemarks(pendingRemarks(notes), together);
    expect(cluster).toMatchObject({
      count: 4,
      questions: ['路灯', '猫叫'],
      chosen: [{ row: 'duty/36', count: 2 }],
      said: ['应该归城管'],
    });
    expect(cluster && clusterLine(cluster, (row) => (row === 'duty/36' ? '第36项' : null))).toBe(
      '4 条相近的问题,例如“路灯”:清单未列明 1 条,指出答复有误 1 条,常被改选为第36项 2 条',
    );
  });
});
