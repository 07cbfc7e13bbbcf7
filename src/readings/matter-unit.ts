/** "打老婆那事妇联能干啥": a matter, and what one unit has to do in it. */
import { askerOf } from '../lists/answer.js';
import { decisionOn } from '../lists/decision.js';
import { rowWithUnit } from '../lists/part-elsewhere.js';
import { isTownshipUnit } from '../organizations/names.js';
import type { Reader } from './reading.js';

/** Above a listing of all that the unit does. */
const SURE = 0.994;

const FRAME =
  /^(?<matter>[^\s,\uff0c]{2,14}?)(?:的|这|那|这个|那个)(?:事儿?|情况|问题)?[\s,\uff0c]*(?<unit>[\u4e00-\u9fff]{2,12}?)(?:那边|那头|这边)?(?:能|要|该|得|都|是|还)?(?:干|做|管|负责|配合|担|出)(?:点|些)?(?:什么|啥|哪块|哪段|哪些)/;

export const matterUnitReader: Reader = {
  name: 'matter and unit',
  async read({ text, person, match }, deps) {
    const { matter, unit: said } = FRAME.exec(text)?.groups ?? {};
    if (!matter || !said) return [];
    const knowledge = deps.knowledge();
    const unit = knowledge.directory.resolve(said);
    if (!unit || isTownshipUnit(unit) || knowledge.directory.mentions(matter).length > 0) return [];
    const asker = askerOf(person, knowledge, deps.contacts);
    const decision = await decisionOn(matter, match, knowledge, asker);
    if (decision.kind === 'abstain') return [];
    const entry = await rowWithUnit(matter, unit, knowledge, asker);
    if (!entry) return [];
    return [
      {
        intent: 'ask_responsibility',
        slots: { action: 'unit', value: entry.ref, unit },
        probability: SURE,
        why: `what ${unit} does in “${matter}”`,
      },
    ];
  },
};
