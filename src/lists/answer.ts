/** Rows as cards. Every sentence that names a responsible unit is read from a row and shows where it stands. */
import type { Block, Button, Card } from '../core/card.js';
import type { Person } from '../core/domain.js';
import { isTownshipUnit, withoutOffice } from '../organizations/names.js';
import { RELATED_PENALTY, SAME_MATTER } from './decide.js';
import { guideCard } from './guide-cards.js';
import { perhapsDividing, sameMatterBlocks, sameMatterRows } from './same-matter.js';
import { type Asker, sourceOf, duties, leadLabel, isOwnPart } from './row-parts.js';
import type { Knowledge } from './knowledge.js';
import { rowsAsNear } from './near-rows.js';
import type { IndexedRow } from './row-index.js';

/** Who is told names and posts of officials: bound people alone, or whoever asks. */
export type Contacts = 'bound' | 'all';

export function askerOf(person: Person | null, knowledge: Knowledge, contacts: Contacts = 'bound'): Asker {
  const township = knowledge.directory.townshipOf(person);
  return {
    person,
    seesPeople: person !== null || contacts === 'all',
    county: knowledge.directory.county,
    township: township?.name,
    townshipClass: township?.townshipClass,
  };
}

/** The whole row: lead, the township's own part first among the co-operating, powers, basis, source. */
export function answerCard(entry: IndexedRow, knowledge: Knowledge, asker: Asker): Card {
  const { row } = entry;
  if (row.guide) return guideCard(entry, null);
  const support = [...row.support].sort((a, b) => Number(isOwnPart(b, asker)) - Number(isOwnPart(a, asker)));
  const blocks: Block[] = [
    ...powerBlocks(entry, asker),
    ...row.lead.map((part) => duties(leadLabel(entry), part, asker)),
    ...support.map((part) => duties('配合责任', part, asker)),
    ...relatedBlocks(entry, knowledge, asker),
    ...(row.basis.length > 0
      ? [{ kind: 'field', label: '依据', text: row.basis.join('、') } satisfies Block]
      : []),
    ...sameMatterBlocks(entry, knowledge, asker),
    ...carrierBlocks(entry, knowledge, asker),
    { kind: 'source', text: sourceOf(entry) },
  ];
  return { title: row.matter, blocks, buttons: answerButtons(entry) };
}

/** What a row of a delegated list says: the townships of its class may penalise. */
function powerBlocks({ list }: IndexedRow, asker: Asker): Block[] {
  if (list.kind !== 'delegated') return [];
  const who = list.scope.townshipClass ? `“${list.scope.townshipClass}”类镇街` : '乡镇(街道)';
  return [
    {
      kind: 'field',
      label: '赋权',
      text: `本项行政处罚权已赋予${who}${asker.township ? `,${asker.township}可以以自己的名义依法实施` : ''}。`,
      isOwn: true,
    },
  ];
}

function answerButtons({ ref }: IndexedRow): Button[] {
  return [
    { id: 'township', label: '镇街要做什么', value: ref },
    { id: 'not-this', label: '不是这个', value: ref },
    { id: 'others', label: '其他候选', value: ref },
    { id: 'file', label: '提交呼叫', value: ref, style: 'primary' },
  ];
}

/** The nearest visible row of a kind that states the same matter as `entry`. */
export function relatedRow(
  entry: IndexedRow,
  kind: 'delegated' | 'reclaimed' | 'cooperative',
  knowledge: Knowledge,
  asker: Asker,
): IndexedRow | null {
  if (entry.list.kind === kind) return entry;
  // A penalty item names one act and a matter many: they lie farther apart than two statements of one matter.
  const least = kind === 'delegated' ? RELATED_PENALTY : SAME_MATTER;
  const [best] = rowsAsNear(entry, knowledge, asker, { least, accepts: ({ list }) => list.kind === kind });
  return best?.other ?? null;
}

function relatedBlocks(entry: IndexedRow, knowledge: Knowledge, asker: Asker): Block[] {
  const blocks: Block[] = [];
  const penalty = relatedRow(entry, 'delegated', knowledge, asker);
  if (penalty && penalty !== entry)
    blocks.push({
      kind: 'field',
      label: '相关赋权事项',
      text: `${penalty.row.matter}(《${penalty.list.title}》第${penalty.row.number}项)`,
    });
  const reclaimed = relatedRow(entry, 'reclaimed', knowledge, asker);
  if (reclaimed && reclaimed !== entry)
    blocks.push({
      kind: 'field',
      label: '上级收回',
      text: `${reclaimed.row.matter},由${reclaimed.row.lead.map((l) => l.unit).join('、')}承担(《${reclaimed.list.title}》第${reclaimed.row.number}项)`,
    });
  return blocks;
}

function carrierBlocks(entry: IndexedRow, knowledge: Knowledge, asker: Asker): Block[] {
  return carrierLines(entry, knowledge, asker).map((text) => ({ kind: 'field', label: '本镇街承办', text }));
}

/** Of the row, else of rows of other lists on its matter: posts carry those of the county's lists. */
function carriersOfMatter(entry: IndexedRow, knowledge: Knowledge, asker: Asker): string[] {
  const own = carrierLines(entry, knowledge, asker);
  const rows = own.length > 0 ? [] : sameMatterRows(entry, knowledge, asker);
  return [...new Set([...own, ...rows.flatMap((other) => carrierLines(other, knowledge, asker))])];
}

/** Of rows that may be of its matter, each beside that row: of a penalty item that no row divides surely, of a guide. */
const perhapsCarriers = (rows: readonly IndexedRow[], knowledge: Knowledge, asker: Asker): Block[] =>
  rows.flatMap((other) =>
    carrierLines(other, knowledge, asker).map((text): Block => ({
      kind: 'field',
      label: '本镇街承办',
      text: `${text}(承办相近事项:${other.row.matter},${other.list.batch ?? `《${other.list.title}》`}第${other.row.number}项)`,
    })),
  );

/** `民生服务办公室 · 民政救助岗 · 张三`, one line a post, for the township that is asked as; for bound people only, whatever township a question names. */
export function carrierLines({ row }: IndexedRow, knowledge: Knowledge, asker: Asker): string[] {
  if (!asker.township || !(asker.seesPeople || asker.seesCarriers)) return [];
  return knowledge.directory
    .carriers(row, asker.township)
    .map(({ post, people }) =>
      [post.office, post.name, people.map((p) => p.name).join('、')].filter(Boolean).join(' · '),
    );
}

/** What the township must do by this row; `asked` is the penalty item of its matter where that was asked about. */
export function townshipCard(
  entry: IndexedRow,
  knowledge: Knowledge,
  asker: Asker,
  asked: IndexedRow = entry,
): Card {
  const own = [...entry.row.lead, ...entry.row.support].filter((part) => isTownshipUnit(part.unit));
  const powers = powerBlocks(asked, asker);
  const blocks: Block[] = [...powers, ...own.map((part) => duties('镇街职责', part, asker))];
  if (blocks.length === 0) {
    blocks.push({ kind: 'text', text: '该事项没有列明乡镇(街道)的职责。' });
    // What was taken back says there what the township does no more, and what is left to it.
    if (entry.list.kind === 'reclaimed')
      blocks.push(...entry.row.lead.map((part) => duties(leadLabel(entry), part, asker)));
  }
  return {
    title: `${entry.row.matter}:镇街要做什么`,
    blocks: [...blocks, ...carrierBlocks(entry, knowledge, asker), { kind: 'source', text: sourceOf(entry) }],
    buttons: [],
  };
}

/** A row of one township's list, asked of another that has nothing like it. */
export function notThereCard(entry: IndexedRow, township: string): Card {
  return {
    title: `${entry.row.matter}:${township}`,
    blocks: [
      {
        kind: 'text',
        text: `本项只适用于${entry.list.scope.township ?? ''},${township}适用的清单没有列明同一事项。`,
      },
      { kind: 'source', text: sourceOf(entry) },
    ],
    buttons: [],
  };
}

/** 防洪法算依据之一不. */
const ASKED_LAW =
  /^(?:那|这|[\s,\uff0c])*(?<law>[\u4e00-\u9fff]{2,10}?(?:法|条例|办法|规定))(?:算不算|是不是|算|也算|也是)[^\s,\uff0c]{0,6}依据/;

export function basisCard(entry: IndexedRow, said = ''): Card {
  const law = ASKED_LAW.exec(said)?.groups?.['law'];
  const isMissing = law !== undefined && entry.row.basis.every((it) => !it.includes(law));
  const found = entry.row.basis.length > 0 ? entry.row.basis.join('\n') : '清单中该事项没有写明依据。';
  const text = isMissing ? `清单的这一项没有写${law}。写明的依据:\n${found}` : found;
  return {
    title: `${entry.row.matter}:依据`,
    blocks: [
      { kind: 'text', text },
      { kind: 'source', text: sourceOf(entry) },
    ],
    buttons: [],
  };
}

export const BOUND_ONLY =
  '经办岗位和人员只向已登记的工作人员提供。登记办法:私聊机器人发送“绑定”,把显示的账号告知管理员。';

/** Of those who lead and of the asker's township; of one co-operating unit where `unit` names it. `duty`: the row that divides the work of a guide. */
export function contactCard(
  entry: IndexedRow,
  knowledge: Knowledge,
  asker: Asker,
  { unit, duty }: { unit?: string | undefined; duty?: IndexedRow | null } = {},
): Card {
  const { lead, support } = entry.row;
  const leading = unit === undefined ? lead : lead.filter((part) => part.unit === unit);
  const helping = leading.length > 0 ? [] : support.filter((part) => part.unit === unit);
  const asked = [
    ...leading.map((part) => ({ part, label: leadLabel(entry) })),
    ...helping.map((part) => ({ part, label: '配合责任' })),
  ];
  const lines = carriersOfMatter(entry, knowledge, asker);
  const isItem = entry.list.kind === 'delegated';
  const perhaps = isItem ? perhapsDividing(entry, knowledge, asker) : duty ? [duty] : [];
  const staffOf = (unit: string) => {
    const outer = withoutOffice(unit);
    const office = unit.slice(outer.length + 1, -1);
    const staff = knowledge.directory.people.filter((p) => p.organization === outer);
    return outer === unit ? staff : staff.filter((p) => p.office === office);
  };
  const whoOf = (unit: string): string[] =>
    asker.seesPeople
      ? staffOf(unit).map((p) => `${p.posts.join('、')} ${p.name}`.trim())
      : [...new Set(staffOf(unit).flatMap(({ office }) => office ?? []))];
  return {
    title: `${entry.row.matter}:找谁`,
    blocks: [
      ...asked.map(({ part, label }): Block => ({
        kind: 'field',
        label,
        // Who carries it of a township says more than all who work there.
        text: [part.unit, ...(lines.length > 0 && isTownshipUnit(part.unit) ? [] : whoOf(part.unit))].join(
          ' · ',
        ),
      })),
      ...lines.map((text): Block => ({ kind: 'field', label: '本镇街承办', text })),
      ...(lines.length === 0 && unit === undefined ? perhapsCarriers(perhaps, knowledge, asker) : []),
      ...(asker.seesPeople || (asker.seesCarriers && lines.length > 0)
        ? []
        : [{ kind: 'text', text: BOUND_ONLY } satisfies Block]),
      { kind: 'source', text: sourceOf(entry) },
    ],
    buttons: [],
  };
}

/** One line that tells candidates apart. */
const shortRow = ({ row, list }: IndexedRow): string => {
  const units = [...new Set(row.lead.map((l) => l.unit))].join('、');
  return `${row.matter}${units ? `(${units})` : ''}——《${list.title}》第${row.number}项`;
};

/** Rows to choose from; the number typed or the button pressed picks one. */
export function choiceCard(title: string, intro: string, entries: IndexedRow[], extra: Button[] = []): Card {
  return {
    title,
    blocks: [
      { kind: 'text', text: intro },
      ...entries.map((entry, i): Block => ({ kind: 'text', text: `${i + 1}. ${shortRow(entry)}` })),
    ],
    buttons: [
      ...entries.map((entry, i): Button => ({
        id: 'pick',
        label: `${i + 1}. ${entry.row.matter}`.slice(0, 24),
        value: entry.ref,
      })),
      ...extra,
    ],
  };
}

/** `question` is the token of what was asked. The lists do not say: the nearest rows are called nearest, and what differs is left to the reader to see. */
export function notListedCard(nearest: IndexedRow[], editionLabel: string, question: string): Card {
  return {
    title: '清单未列明',
    blocks: [
      {
        kind: 'text',
        text: `现行清单(${editionLabel})没有查到与您所问相符的事项,不能据此认定责任单位。您可以换一种说法再问。`,
      },
      ...(nearest.length > 0
        ? [
            { kind: 'text', text: '最接近的事项(仅供参考,内容与您所问不同):' } satisfies Block,
            ...nearest.map((entry): Block => ({ kind: 'text', text: `· ${shortRow(entry)}` })),
          ]
        : []),
    ],
    buttons: [{ id: 'ask-office', label: '请编办答复', value: question }],
  };
}
