/** "云岭能罚卖纸人纸马的吗": an act, and a township whose class may not have been given the penalty. */
import { askerOf } from '../lists/answer.js';
import { classPenalty } from '../lists/class-penalty.js';
import { lexiconOf, scan } from '../lists/structured-words.js';
import type { Question } from '../lists/structured-question.js';
import type { Reader } from './reading.js';

/** Above what the examples and the row in focus say. */
const SURE = 0.975;

const MAY =
  /(?:能不能|能否|可不可以|可以|有没有权|有权|[能可准敢])(?:直接|自己|够)?(?:去|来|对)?(?:处?罚|没收)|罚(?:得了|得动|得着)(?:不|吗|么)?|(?:处?罚)(?:款)?(?:得)?(?:行|中|成)不(?:行|中|成)?/;
const FRAME =
  /能不能|能否|可不可以|可以|有没有权|有权|[能可准敢]|直接|自己|处?罚(?:得[了动着])?(?:款)?|没收|(?:的)?(?:吗|么|不|呢|嘛|没|吧)[?\uff1f]?$|[\s,\uff0c?\uff1f]|(?:我们?|咱们?|俺们?)(?:镇|乡|街道)?|那边?|换成?/g;
const MATTER_MIN = 2;
/** 那咱柳林呢, after another township. */
const ELSEWHERE = /^.{1,10}(?:呢|行不|能不能|可以不|吗)[?\uff1f]?$/;
const OURS = /我们|咱|俺|本镇|本乡|镇里|乡里/;

export const classPenaltyReader: Reader = {
  name: 'class penalty',
  async read({ text, person, session, match }, deps) {
    const before = session?.listing?.filter as Question | undefined;
    const isOn = before?.ask === 'penalty' && ELSEWHERE.test(text);
    if (!isOn && !MAY.test(text)) return [];
    const knowledge = deps.knowledge();
    const asker = askerOf(person, knowledge, deps.contacts);
    const named = scan(text, lexiconOf(knowledge)).find(({ type }) => type === 'township');
    const township = named?.value ?? asker.township;
    const said = text.replace(named?.text ?? '', '').replace(FRAME, '');
    const matter = isOn ? (before.field ?? '') : said;
    if (isOn && !named && !OURS.test(text)) return [];
    if (township === undefined || matter.length < MATTER_MIN) return [];
    const isOther = township !== asker.township;
    const found = await classPenalty(matter, township, { match, knowledge, asker });
    // What the own township may penalise is answered from its own lists.
    if (!found || (found.isGiven && !isOther && !isOn)) return [];
    return [
      {
        intent: 'list_rows',
        slots: {
          action: found.isGiven ? 'given' : 'not-given',
          value: found.entry.ref,
          township,
          field: matter,
        },
        probability: SURE,
        why: `“${matter}” may ${found.isGiven ? '' : 'not '}be penalised by ${township}`,
      },
    ];
  },
};
