/** The rules of sparing people, as a file that somebody edits by hand. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../src/reminders/rules.js';
import { makeFolder } from '../helpers/folder.js';

const GOOD = `quiet: { from: "21:30", to: "07:30" }
dailyCap: 8
lateMinutes: 10
urgentWords: [值班]
why: 说明
`;
const load = (text: string) => {
  const dir = makeFolder();
  writeFileSync(join(dir, 'rules.yaml'), text);
  return loadRules(dir);
};

it('are read in minutes', () => {
  expect(load(GOOD)).toEqual({
    quiet: { from: 1290, to: 450 },
    dailyCap: 8,
    lateMinutes: 10,
    everyMinutes: 5,
    othersEveryMinutes: 30,
    most: 100,
    mostUnbound: 0,
    notices: { again: 120, urgentAgain: 10, before: 30 },
    urgentWords: ['值班'],
    notUrgent: [],
    why: '说明',
  });
});

describe('a mistake', () => {
  it.each([
    ['a time that is none', GOOD.replace('21:30', '25:30'), 'quiet.from'],
    ['a number in words', GOOD.replace('8', '八'), 'dailyCap'],
    ['a word too much', `${GOOD}x: 1\n`, 'x'],
    ['something missing', GOOD.replace('why: 说明\n', ''), 'why'],
    ['no YAML', '[', 'rules.yaml'],
  ])('%s names file and place and says what to do', (_, text, place) => {
    expect(() => load(text)).toThrow(place);
    expect(() => load(text)).toThrow(/rules\.yaml[\s\S]*处理办法/);
  });
  it('a missing file says so', () =>
    expect(() => loadRules(makeFolder())).toThrow(/rules\.yaml[\s\S]*处理办法/));
});
