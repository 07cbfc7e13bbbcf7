/** "下大雪路结冰 交通局、公安局、乡镇分别干啥": units one beside the other, and what each of them does: asked, and nothing to file. */
import { askerOf } from '../lists/answer.js';
import { ownMatter } from './follow-up-words.js';
import type { IndexedRow } from '../lists/row-index.js';
import type { Reader } from './reading.js';
import { about, INTENT, NO_MATTER } from './row-asked.js';
import { takesPart } from './units-of-row.js';

/** Above whatever the examples take so many names of units for, below a side of the row in focus. */
const SURE = 0.965;
/** Above one side of the row: each of them is asked for. */
const OF_ALL = 0.98;
const LENGTH_MAX = 80;
/** Units that no name says: 镇上, and whatever else stands in the row: 供水公司, 卫健. */
const GENERIC =
  /乡镇(?:[(\uff08]街道[)\uff09]|街道)?|镇街|[镇乡](?:里|上|政府)|街道(?:上|办)?|社区|村[里上委]|(?:我|咱|俺)们?(?:镇|乡|街道|村|社区|局|单位)|(?<=[、和跟与])[\u4e00-\u9fff]{2,8}?(?=(?:各|分别|都|怎么|咋|谁))/g;

const WHICH = '(?:什么|啥子?|哪|甚|么子)';
const MODAL = '(?:的|又|都|要|该|应|需|得|来|去|是|主要|具体|到底|究竟|可以|能)*';
const WORK = '(?:负责|承担|担|负|管|干|做|弄|办|搞|出|抓|牵头|配合|职责|责任|任务|分工|活)';
const ASKED = [
  // 各查啥, 分别审哪些: whatever each of them does
  `(?:各(?:自|家)?|分别)${MODAL}[\\u4e00-\\u9fff]{1,3}?${WHICH}`,
  // 各管啥, 分别要做哪些, 都是干什么的
  `(?:各(?:自|家|方|个|部门|单位)?|分别|都|又|这?[几两三四]家)${MODAL}${WORK}(?:的|着|些|点|了)*(?:是|有)?(?:些)?${WHICH}`,
  `(?:各自?|分别)${MODAL}有?${WHICH}(?:些|个|样)*的?(?:责任|职责|任务|活|分工|事)`,
  // 怎么分, 职责咋划分
  '(?:各自?|之间|的|职责|责任|任务|活|这?[几两三四]家|都|是|该|到底)*(?:怎么|咋个?|如何|怎样)(?:个|来|样)?(?:划分|分工|分担|分清|[分划](?=[呢的啊呀吧嘛?\uff1f\s]|$))',
  // 谁干啥
  `(?:都|各自?|是|到底)*谁${MODAL}${WORK}${WHICH}`,
];
/** Behind the last unit, with the matter between or without: 在除雪上各管啥. */
const BEHIND = new RegExp(
  `^(?:[\\s,\uff0c。]|那边|这边|那头|等(?:部门|单位)?)*(?<matter>(?:在|对|就|针对|关于|遇到|碰上)[^\\s,\uff0c。]{1,14}?)?(?:${ASKED.join('|')})`,
);
/** How many rows each has is counted. */
const COUNTS = /几项|几条|多少(?:项|条|件)|哪几项|哪些(?:事项|条)|清单/;

type Place = { at: number; end: number };
const placeOf = (at: number, name: string): Place => ({ at, end: at + name.length });

/** Between two that stand one beside the other: 环保 水利 农业农村局 has one more that no name says. */
const JOINED =
  /^(?:那边|这边|那头)?(?:[\s、,\uff0c和跟与同及以还有]{0,4}|[\s、,\uff0c和跟与同][\u4e00-\u9fff]{2,4}[\s、,\uff0c和跟与同])$/;

/** 厂中厂 消防队、市监、工信: one that no name says, behind the matter and before the others. */
const FIRST_OF_THEM = /^(?<matter>.*\S[\s,\uff0c])[\u4e00-\u9fff]{2,5}[、和跟与同]$/;

/** What is said around units that stand one beside the other, each asked for its part; null where it is none of that. */
export function askedOfUnits(text: string, units: readonly Place[]): { matter: string } | null {
  const named = [...units, ...[...text.matchAll(GENERIC)].map((it) => placeOf(it.index, it[0]))].sort(
    (a, b) => b.end - a.end || a.at - b.at,
  );
  const [last] = named;
  if (!last) return null;
  let { at } = last;
  for (const it of named) if (it.end <= at && JOINED.test(text.slice(it.end, at))) at = it.at;
  at = FIRST_OF_THEM.exec(text.slice(0, at))?.groups?.['matter']?.length ?? at;
  const asked = at < last.at ? BEHIND.exec(text.slice(last.end)) : null;
  return asked && { matter: text.slice(0, at) + (asked.groups?.['matter'] ?? '') };
}

export const sharedWorkReader: Reader = {
  name: 'shared work',
  read({ text, person, session, match }, deps) {
    if (match.via !== 'example' || text.length > LENGTH_MAX || COUNTS.test(text)) return [];
    const knowledge = deps.knowledge();
    const mentions = knowledge.directory.mentions(text);
    const said = askedOfUnits(
      text,
      mentions.map(({ index, alias }) => placeOf(index, alias)),
    );
    if (!said) return [];
    const why = 'what each of several units does';
    const focus = session?.focus === undefined ? null : knowledge.index.get(session.focus);
    const asker = askerOf(person, knowledge, deps.contacts);
    const isBare = ownMatter(said.matter).length <= NO_MATTER;
    const isOpen = focus !== null && knowledge.index.isVisible(focus, asker);
    // 镇上和我们分别干什么: no unit by its name.
    const isOfFocus = (row: IndexedRow) =>
      mentions.length === 0 || mentions.some(({ unit }) => takesPart(row, unit));
    if (isBare && isOpen && isOfFocus(focus)) return about(focus, 'whole', OF_ALL, why);
    return [{ intent: INTENT, ...(isBare && { slots: { action: 'which' } }), probability: SURE, why }];
  },
};
