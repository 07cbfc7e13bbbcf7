/** "没证还卖 咱镇自己罚得了不", "云岭能罚卖纸人纸马的吗": an act, and a township that may have been given the penalty or not. */
import type { Context } from '../core/types.js';
import { askerOf } from '../lists/answer.js';
import { actPenalty, classPenalty } from '../lists/class-penalty.js';
import { decisionOn } from '../lists/decision.js';
import type { Knowledge } from '../lists/knowledge.js';
import type { IndexedRow } from '../lists/row-index.js';
import type { Asker } from '../lists/row-parts.js';
import { sameMatterRows } from '../lists/same-matter.js';
import { lexiconOf, scan } from '../lists/structured-words.js';
import type { Question } from '../lists/structured-question.js';
import { conditionOf } from './follow-up-words.js';
import { namedUnit, takesPart } from './units-of-row.js';
import { actOf, asksPenalty } from './penalty-words.js';
import type { Reader, Reading } from './reading.js';

/** Above what the examples and the row in focus say. */
const SURE = 0.975;

const MATTER_MIN = 2;
/** 那咱柳林呢, after another township. */
const ELSEWHERE =
  /^.{1,10}(?:呢|行不|能不能|可以不|吗)(?:[\s,\uff0c]*也?(?:行|中|成|能罚?|可以|一样)[吗么不]?)?[?\uff1f]?$/;
const OURS = /我们|咱|俺|本镇|本乡|镇里|乡里/;

export const classPenaltyReader: Reader = {
  name: 'class penalty',
  async read({ text, person, session, match }, deps) {
    const before = session?.listing?.filter as Question | undefined;
    const knowledge = deps.knowledge();
    const focus = session?.focus === undefined ? null : knowledge.index.get(session.focus);
    // Of an item of penalty nothing else is asked of another township.
    const item = focus?.list.kind === 'delegated' && !session?.isChoosing ? focus.row.matter : null;
    const field = before?.ask === 'penalty' ? (before.field ?? '') : item;
    const isOn = field !== null && ELSEWHERE.test(text);
    if (!isOn && !asksPenalty(text)) return [];
    const asker = askerOf(person, knowledge, deps.contacts);
    const named = scan(text, lexiconOf(knowledge)).find(({ type }) => type === 'township');
    const township = named?.value ?? asker.township;
    const said = actOf(text.replace(named?.text ?? '', ''));
    const matter = isOn ? field : said;
    if (isOn && !named && !OURS.test(text)) return [];
    if (township === undefined) return [];
    const asked: Asked = { said, township, text, match, knowledge, asker };
    if (focus && !focus.row.guide && focus.list.kind !== 'delegated') {
      const found = await (isOn ? onFocus(focus, matter, asked) : ofAct(focus, asked));
      if (found) return found;
    }
    if (matter.length < MATTER_MIN) return [];
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

type Asked = {
  said: string;
  township: string;
  text: string;
  match: Context['match'];
  knowledge: Knowledge;
  asker: Asker;
};

/** The act is one of the matter in focus, unless the lists know it as a matter of its own. */
async function ofAct(focus: IndexedRow, asked: Asked): Promise<Reading[] | null> {
  const { said, text, match, knowledge, asker } = asked;
  // 公安能罚他不: what that unit does.
  const unit = namedUnit(text, focus, knowledge.directory)?.unit;
  if (unit && takesPart(focus, unit)) return null;
  if (said.length < MATTER_MIN) return onFocus(focus, focus.row.matter, asked);
  const alone = await decisionOn(text, match, knowledge, asker);
  const own = alone.kind === 'answer' ? alone.best.entry : null;
  const isOfFocus =
    conditionOf(text) !== null ||
    own === null ||
    own === focus ||
    sameMatterRows(focus, knowledge, asker).some(({ ref }) => ref === own.ref);
  return isOfFocus ? onFocus(focus, `${focus.row.matter} ${said}`, asked) : null;
}

async function onFocus(focus: IndexedRow, field: string, asked: Asked): Promise<Reading[] | null> {
  const { township, knowledge, asker } = asked;
  const found = await actPenalty(field, township, knowledge, asker);
  if (!found) return null;
  return [
    {
      intent: 'ask_responsibility',
      slots: { action: 'penalty', value: focus.ref, item: found.entry.ref, township, field },
      probability: SURE,
      why: `“${field}” may ${found.isGiven ? '' : 'not '}be penalised by ${township}`,
    },
  ];
}
