/** "打老婆那事妇联能干啥", "乱拉网线 我们局算牵头还是配合", "传销那条第几项": a matter, and one thing that is asked of its row. */
import { askerOf } from '../lists/answer.js';
import { decisionOn } from '../lists/decision.js';
import { rowWithUnit } from '../lists/part-elsewhere.js';
import type { Context } from '../core/types.js';
import type { Directory } from '../organizations/directory.js';
import { isTownshipUnit } from '../organizations/names.js';
import { BARE_SOURCE, ownMatter } from './follow-up-words.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';
import { INTENT, NO_MATTER } from './row-asked.js';
import { OWN_UNIT } from './unit-of-focus.js';

/** Above a listing of all that the unit does. */
const SURE = 0.994;
/** Above what the examples say, below a side of the row that stands open. */
const OF_MATTER = 0.96;

const FRAME =
  /^(?<matter>[^\s,\uff0c]{2,14}?)(?:的|这|那|这个|那个)(?:事儿?|情况|问题)?[\s,\uff0c]*(?<unit>[\u4e00-\u9fff]{2,12}?)(?:那边|那头|这边)?(?:能|要|该|得|都|是|还)?(?:干|做|管|负责|配合|担|出)(?:点|些)?(?:什么|啥|哪块|哪段|哪些)/;
const LEADS = '(?:牵头|主责|主办|主管|主体责任|打头|挑头)(?:的|单位|部门|那家)?';
const HELPS = '(?:配合|协办|协助|打下手|搭把手)(?:的|单位|部门)?';
/** 算牵头还是算配合. */
const WHICH_SIDE = new RegExp(
  `(?:那边|那头|这边|到底|究竟|在里头|里头|又|该|应该){0,3}(?:算|是|属于?|当|做)?(?:${LEADS}还是(?:算|是|属于?|当|做)?${HELPS}|${HELPS}还是(?:算|是|属于?|当|做)?${LEADS})[呢啊呀]?[?\uff1f。]?$`,
);
const WHERE =
  /^(?<matter>[^\s,\uff0c]{2,16}?)(?:的?[那这]一?(?:条|项|个|件|块|事))?[\s,\uff0c]*(?<asked>(?:(?:又|都|到底)*[是在排]|第几|哪一?[批份]|[文序编]号).*)$/;
const POINTS = /^(?:那|这|它|上面|刚才|其中|里头|最后|前|后)/;

export const matterUnitReader: Reader = {
  name: 'matter and unit',
  async read(ctx, deps) {
    return (
      (await whatItDoes(ctx, deps)) ?? (await whichSide(ctx, deps)) ?? (await whereItStands(ctx, deps)) ?? []
    );
  },
};

async function whatItDoes({ text, person, match }: Context, deps: ReadingDeps): Promise<Reading[] | null> {
  const { matter, unit: said } = FRAME.exec(text)?.groups ?? {};
  if (!matter || !said) return null;
  const knowledge = deps.knowledge();
  const unit = knowledge.directory.resolve(said);
  if (!unit || isTownshipUnit(unit) || knowledge.directory.mentions(matter).length > 0) return null;
  const asker = askerOf(person, knowledge, deps.contacts);
  const decision = await decisionOn(matter, match, knowledge, asker);
  if (decision.kind === 'abstain') return null;
  const entry = await rowWithUnit(matter, unit, knowledge, asker);
  if (!entry) return null;
  const slots = { action: 'unit', value: entry.ref, unit };
  return [{ intent: INTENT, slots, probability: SURE, why: `what ${unit} does in “${matter}”` }];
}

/** The part of that unit says on which side it stands; where no row has it, who has the matter is the answer. */
async function whichSide({ text, person, match }: Context, deps: ReadingDeps): Promise<Reading[] | null> {
  const said = WHICH_SIDE.exec(text);
  if (!said) return null;
  const knowledge = deps.knowledge();
  const before = text.slice(0, said.index);
  const unit = unitAtEnd(before, person, knowledge.directory);
  const matter = unit?.rest ?? '';
  // 我们局是牵头还是配合 is asked of what stands open.
  if (!unit || isTownshipUnit(unit.name) || ownMatter(matter).length <= NO_MATTER) return null;
  const asker = askerOf(person, knowledge, deps.contacts);
  const entry = await rowWithUnit(matter, unit.name, knowledge, asker);
  const decision = entry && (await decisionOn(matter, match, knowledge, asker));
  const why = `on which side ${unit.name} is in “${matter}”`;
  if (!entry || !decision || decision.kind === 'abstain')
    return [{ intent: INTENT, text: matter, probability: OF_MATTER, why }];
  const slots = { action: 'unit', value: entry.ref, unit: unit.name };
  return [{ intent: INTENT, slots, probability: SURE, why }];
}

/** 我们工信局, 我们局: the unit that stands last, and what was said before it. */
function unitAtEnd(text: string, person: Context['person'], { mentions, townshipOf }: Directory) {
  const named = mentions(text).find(({ index, alias }) => index + alias.length === text.length);
  const tail = /(?:这个?事儿?|那个?事儿?|的事儿?|这块|那块|这个|那个)?[\s,\uff0c]{0,2}(?:我们|咱们|俺们)?$/;
  if (named) return { name: named.unit, rest: text.slice(0, named.index).replace(tail, '') };
  const own = OWN_UNIT.exec(text);
  const isLast = own && own.index + own[0].length === text.length;
  return isLast && person && !townshipOf(person)
    ? { name: person.organization, rest: text.slice(0, own.index).replace(tail, '') }
    : null;
}

/** 传销那条是第几批第几项: by its matter, with nothing open that would be pointed at. */
async function whereItStands({ text, person, match }: Context, deps: ReadingDeps): Promise<Reading[] | null> {
  const { matter, asked } = WHERE.exec(text)?.groups ?? {};
  if (!matter || !asked || match.via !== 'example' || !BARE_SOURCE.test(asked) || POINTS.test(matter))
    return null;
  const knowledge = deps.knowledge();
  if (ownMatter(matter).length <= NO_MATTER || knowledge.directory.mentions(matter).length > 0) return null;
  const asker = askerOf(person, knowledge, deps.contacts);
  const decision = await decisionOn(matter, match, knowledge, asker);
  if (decision.kind === 'abstain') return null;
  const why = `where “${matter}” is written`;
  if (decision.kind === 'ask') return [{ intent: INTENT, text: matter, probability: OF_MATTER, why }];
  const slots = { action: 'source', value: decision.best.entry.ref };
  return [{ intent: INTENT, slots, probability: OF_MATTER, why }];
}
