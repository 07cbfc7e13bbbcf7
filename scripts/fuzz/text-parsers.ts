/** Every reader of what a person wrote, by name, and what must hold of its answers. */
import { requestKindOf } from '../../src/nlu/request-kinds.js';
import { loadCalendar, withPlainWeeks } from '../../src/calendar/calendar.js';
import { isInYears } from '../../src/calendar/local.js';
import { parseQuestion } from '../../src/lists/structured-parse.js';
import { makeLexicon } from '../../src/lists/structured-words.js';
import { cutText } from '../../src/text/cut.js';
import { parseTime } from '../../src/nlu/dates/parse.js';
import type { TimeReading } from '../../src/nlu/dates/types.js';
import { loadIntents } from '../../src/nlu/load.js';
import { INTENTS_DIR } from '../../src/config.js';
import { parseChoice, parseFollowUp } from '../../src/nlu/match.js';
import { normalizeText } from '../../src/text/normalize.js';
import { parsePlace, parseScores, parseUrgency, splitCall, withoutNumber } from '../../src/nlu/slots.js';
import { loadDirectory } from '../../src/organizations/load.js';
import { createMask } from '../../src/organizations/mask.js';
import { parseReminderId, readWanted } from '../../src/reminders/parse.js';
import { parseRequestNumber } from '../../src/requests/numbers.js';

export type TextParser = { name: string; parse: (text: string) => unknown };

const NOW = Date.parse('2026-11-26T09:30:00+08:00');

/** What is wrong with a reading, or null. */
export function faultOf(reading: TimeReading | null): string | null {
  if (!reading) return null;
  if (reading.kind === 'unclear') {
    const isOff = reading.candidates.some(({ at }) => !isInYears(at));
    return reading.message === '' ? 'says nothing' : isOff ? 'offers an instant out of the years' : null;
  }
  const instants = reading.kind === 'range' ? [reading.from, reading.to] : [reading.at];
  return instants.every(isInYears) ? null : `reads ${instants.join(', ')}`;
}

function checked(reading: TimeReading | null): TimeReading | null {
  const fault = faultOf(reading);
  if (fault) throw new Error(fault);
  return reading;
}

export function createTextParsers(knowledgeDir: string): TextParser[] {
  const calendar = loadCalendar(`${knowledgeDir}/calendar`);
  const directory = loadDirectory(`${knowledgeDir}/organizations`);
  const lexicon = makeLexicon(directory, [
    {
      ...{
        listId: 'a',
        number: '1',
        line: 1,
        domain: '生态环境',
        matter: '餐饮油烟整治',
        support: [],
        askedAs: [],
      },
      lead: [{ unit: '县综合行政执法局', duty: '查处油烟污染' }],
      basis: ['《中华人民共和国大气污染防治法》第八十一条'],
    },
  ]);
  const intents = loadIntents(INTENTS_DIR);
  const mask = createMask(directory.people);
  const timed = (purpose?: 'deadline' | 'reminder') => (text: string) =>
    checked(parseTime(text, { now: NOW, calendar, ...(purpose ? { purpose } : {}) }));
  // What works on a whole message gets it as match.ts cuts it.
  const understood: TextParser[] = [
    { name: 'parseQuestion', parse: (text) => parseQuestion(text, { lexicon, own: {} }) },
    { name: 'parseFollowUp', parse: (text) => parseFollowUp(intents, 'row', text) },
    { name: 'parseChoice', parse: parseChoice },
    { name: 'mentions', parse: (text) => directory.mentions(text) },
    { name: 'splitCall', parse: (text) => splitCall(text, (it) => directory.mentions(it)) },
    { name: 'parsePlace', parse: parsePlace },
    { name: 'requestKindOf', parse: (text) => requestKindOf('', text) },
    { name: 'parseUrgency', parse: parseUrgency },
    { name: 'parseScores', parse: parseScores },
    { name: 'withoutNumber', parse: withoutNumber },
    { name: 'mask', parse: mask },
    { name: 'readWanted', parse: (text) => readWanted(text, null) },
    { name: 'parseReminderId', parse: (text) => parseReminderId(text, 2026) },
  ];
  const plain = withPlainWeeks(calendar);
  return [
    { name: 'parseTime', parse: timed() },
    // As readings of requests ask for it: beyond the last year that is published as well.
    {
      name: 'parseTime by weekends',
      parse: (text) => checked(parseTime(text, { now: NOW, calendar: plain })),
    },
    { name: 'parseTime reminder', parse: timed('reminder') },
    { name: 'parseTime deadline', parse: timed('deadline') },
    { name: 'normalizeText', parse: normalizeText },
    { name: 'parseRequestNumber', parse: (text) => parseRequestNumber(text, 2026) },
    ...understood.map(({ name, parse }) => ({ name, parse: (text: string) => parse(cutText(text)) })),
  ];
}
