/** "柳林镇编制多少人", "水利局还空几个编", "今年用编计划": of the staffing table, not of the lists. */
import type { Context } from '../core/types.js';
import { asksWho } from '../lists/guide-words.js';
import type { Knowledge } from '../lists/knowledge.js';
import { lexiconOf } from '../lists/structured-words.js';
import type { Reader, Reading } from './reading.js';

/** Above a structured question (readings/structured.ts), which would count rows of the unit. */
const SURE = 0.996;
const MAX_LENGTH = 40;
/** 编制 is also what is done with plans and rules (编制应急预案): only what follows it here makes it a noun. */
const NOUN =
  /编制(?:人?数|总[数量]|情况|名额|指标|现在|目前|一共|总共|多少|几|[是有还空缺超满够紧剩]|[?\uff1f。]?$)|(?:核定|行政|事业|工勤)编制?|[在用空缺超满核]编|实有[^,\uff0c]{0,6}核定|核定[^,\uff0c]{0,6}实有|(?:几|多少)个?(?:人的)?编(?![写辑排号组成织码])|编[上里内](?:的[?\uff1f。]?$|头?(?:还|现在|一共|有|差|缺|空))|进人计划/;
const ASKS =
  /多少|几|空|缺|差|超|满|剩|情况|计划|够不够|紧不紧|怎么样|有没有|核定|实有|名额|指标|查|[?\uff1f吗]$|编制$/;
/** Of matters that the lists divide, of reminders, of what is drawn up. */
const OTHER = /提醒|预案|规划|方案|清单|预算|报告|教材|归|牵头|配合|投诉|举报|吃空饷|违规|怎么办理/;

export const asksStaffing = (text: string): boolean =>
  text.length <= MAX_LENGTH && NOUN.test(text) && ASKS.test(text) && !OTHER.test(text) && !asksWho(text);

/** 空着几个, 超没超, 行政的呢, 白马镇呢 after the table was asked. */
const GOES_ON =
  /^(?:那么?|现在|目前|还|一共|总共|到底|的|乡镇|镇街|街道|部门|县直|机关|里头?|里面|那边|行政|事业|工勤|编制?|[,\uff0c\s])*(?:(?:空|缺|超|差|余|剩)(?:着|了|编)*(?:几|多少)(?:个|名|人)*编?|([空缺超满够])编?[没不]\1编?|(?:是不是|是否|有没有|有无)[空缺超满]编?(?:着|了|出)?|[空缺超满]编?(?:着|了)?(?=[没吗不])[没不]?|(?:也?就|是)*不[空缺超]编?人?(?:了|呗|咯|喽)|有(?:没有)?[空缺]编?|[超满]编?(?:了)?(?=[没吗])没?|(?:实有|在岗|在编|核定|用编计划)(?:的|人数)?(?:是|有)?(?:几|多少)?(?:个|名|人)*|(?:是|有)?(?:几|多少)(?:个|名|人)*)?[呢啊呀吗呗吧?\uff1f]*$/;
const OF_GROUP = /乡镇|镇街|街道|部门|县直|机关/;
const OF_TABLE = /乡镇|镇街|街道|部门|县直|机关|[空缺超满差余剩够编]|实有|在岗|核定|行政|事业|工勤/;

/** 这个数是截到哪天的, 哪来的数: the card says it. */
const OF_WHEN =
  /^(?:那|这|这个|这些|上面|您|你|的|[,\uff0c\s])*(?:数|数据|数字|编制|表|口径)?(?:是|截|接|到|至|更新|统计|依据|的|从){0,4}(?:(?:哪|几|啥|什么)(?:一)?(?:天|日|号|月|年|时候|时间)|哪(?:里|儿)?来|(?:啥|什么|哪个)(?:文件|依据|文号)|多会儿?)(?:的|为止|来的|数|定的|更新的|[呢啊呀])*[?\uff1f。]?$/;

/** What is asked next of the table, with the unit, the kind of posts and the year that were asked of before; null for anything else. */
function goesOn({ text: said, session }: Context, knowledge: Knowledge): string | null {
  const { mentions } = knowledge.directory;
  const { question = '', focus, isChoosing } = session ?? {};
  if (focus !== undefined || isChoosing || !asksStaffing(question)) return null;
  // As it was said: 数据 is also what is left of a bureau's name.
  if (OF_WHEN.test(said)) return question;
  const text = spellUnit(said, knowledge);
  const named = mentions(text);
  const rest = named.reduce((left, { alias }) => left.replaceAll(alias, ''), text);
  if (!GOES_ON.test(rest.replace(/^的?呢[\s,\uff0c]/, '')) || (named.length === 0 && !OF_TABLE.test(rest)))
    return null;
  const units = named.length > 0 ? [] : mentions(question).map(({ unit }) => unit);
  const kind = /行政|事业|工勤/.exec(text)?.[0] ?? /行政|事业|工勤/.exec(question)?.[0] ?? '';
  const year = /20\d{2}年|[去今]年/.exec(question)?.[0] ?? '';
  // 部门里头呢 after the townships that have more than they may.
  const over = OF_GROUP.test(text)
    ? (/实有.{0,4}核定.{0,4}多|比核定.{0,3}多|超/.exec(question)?.[0] ?? '')
    : '';
  return [text, ...new Set(units), year, over, `${kind}编制`].filter(Boolean).join(' ');
}

/** 人社呢 空着没, 石桥的呢: a bureau or a township by what is left of its name, where nothing but the table is asked of. */
function spellUnit(said: string, knowledge: Knowledge): string {
  const { names } = lexiconOf(knowledge);
  const start = /^(?:那么?|哦|嗯|[\s,\uff0c])*/.exec(said)?.[0].length ?? 0;
  for (const length of [5, 4, 3, 2]) {
    const name = names.get(said.slice(start, start + length));
    if (name?.type !== 'unit' && name?.type !== 'township') continue;
    // 医保局的呢: its whole name, of which 医保 is the beginning.
    if (!name.isShort) return said;
    return `${said.slice(0, start)}${name.value}${said.slice(start + length)}`;
  }
  return said;
}

const reading = (why: string, text?: string, probability = SURE): Reading[] => [
  { intent: 'ask_staffing', slots: {}, ...(text !== undefined && { text }), probability, why },
];

export const staffingReader: Reader = {
  name: 'staffing',
  read(ctx, { knowledge }) {
    const { via } = ctx.match;
    if ((via !== 'example' && via !== 'flow') || ctx.session?.flow) return [];
    if (via === 'example' && asksStaffing(ctx.text)) return reading('asks of the staffing table');
    const next = goesOn(ctx, knowledge());
    if (next === null) return [];
    // 乡镇呢 is else of a row, and none stands open.
    return reading('goes on about the staffing table', next, via === 'flow' ? 1 : SURE);
  },
};
