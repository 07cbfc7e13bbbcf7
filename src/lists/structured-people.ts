/** Posts, offices and persons, both ways, and their telephones: read from the directory, names for bound people only. */
import type { Block, Card } from '../core/card.js';
import { rowKey, type Organization, type Person, type Post, type Role } from '../core/domain.js';
import { BOUND_ONLY } from './answer.js';
import { type Asker } from './row-parts.js';
import type { Knowledge } from './knowledge.js';
import type { IndexedRow } from './row-index.js';
import type { Question } from './structured-question.js';

const text = (line: string): Block => ({ kind: 'text', text: line });
/** Lines of people on one card. */
export const SHOWN = 15;

const phoneOf = ({ telephone }: Pick<Person, 'telephone'>): string =>
  telephone ? ` · 电话 ${telephone}` : '';

const ROLE_WORDS: Partial<Record<Role, string>> = {
  'list-office': '编办(清单管理)',
  'deadline-office': '督办',
  'department-head': '部门负责人',
  'township-leader': '乡镇领导',
  'county-leader': '县领导',
  administrator: '系统管理员',
};

/** 吕乙 · 平安法治办公室 · 安全监管岗. */
export const personLine = (person: Person): string =>
  [person.name, person.office, person.posts.join('、')].filter(Boolean).join(' · ') + phoneOf(person);

export const boundOnly = (asker: Asker): Block[] => (asker.seesPeople ? [] : [text(BOUND_ONLY)]);

/** By the office written beside the person, or by a post that is one of that office: who holds two posts has two. Several are joined by `|`. */
export function isOfOffice(
  person: Person,
  office: string | undefined,
  { posts }: Pick<Knowledge['directory'], 'posts'>,
): boolean {
  if (!office) return true;
  const named = office.split('|');
  return (
    named.includes(person.office ?? '') ||
    posts.some(
      (post) =>
        post.organization === person.organization &&
        named.includes(post.office) &&
        person.posts.includes(post.name),
    )
  );
}

/** Posts and people that the question means, in the township that it means. */
export type Holders = { posts: Post[]; people: Person[]; where: string };

export function holdersOf(
  { post, office, township, unit }: Question,
  { directory }: Knowledge,
  asker: Asker,
): Holders {
  // Several, joined by `|`.
  const names = post?.split('|');
  const isOffice = (name: string | undefined) => !office || office.split('|').includes(name ?? '');
  const isPost = (it: Post) => (!names || names.includes(it.name)) && isOffice(it.office);
  const isHolder = (it: Person) =>
    (!names || names.some((name) => it.posts.includes(name))) && isOfOffice(it, office, directory);
  const meant = township ?? unit ?? asker.township;
  const isThere = (organization: string) => meant?.split('|').includes(organization) === true;
  const posts = directory.posts.filter((it) => isPost(it) && isThere(it.organization));
  const people = directory.people.filter((it) => isHolder(it) && isThere(it.organization));
  if (meant !== undefined && (township !== undefined || posts.length + people.length > 0))
    return { posts, people, where: meant.replaceAll('|', '、') };
  return { posts: directory.posts.filter(isPost), people: directory.people.filter(isHolder), where: '' };
}

export const postsOfPerson = (person: Person, { directory }: Knowledge): Post[] =>
  directory.posts.filter(
    (post) => post.organization === person.organization && person.posts.includes(post.name),
  );

/** Rows that the posts carry, each once. */
export function carriedRows(posts: readonly Post[], rows: readonly IndexedRow[]): IndexedRow[] {
  return rows.filter(({ row }) => posts.some(({ carries }) => carries.has(rowKey(row))));
}

export function postIntro({ people, where }: Holders, question: Question, asker: Asker): Block[] {
  const name = [where, question.office, question.post].filter(Boolean).join(' · ').replaceAll('|', '、');
  if (!asker.seesPeople) return [text(`${name}。`), ...boundOnly(asker)];
  if (people.length === 0) return [text(`${name}:名录中没有登记人员。`)];
  return people
    .slice(0, SHOWN)
    .map((person) =>
      text(`${where === '' || where.includes('、') ? `${person.organization} · ` : ''}${personLine(person)}`),
    );
}

export function personIntro(people: readonly Person[], { unit, township }: Question, asker: Asker): Block[] {
  if (!asker.seesPeople) return boundOnly(asker);
  const place = unit ?? township;
  const isThere = people.some(({ organization }) => organization === place);
  const said =
    place === undefined
      ? []
      : [text(isThere ? `是,登记在${place}。` : `不是。名录中登记的单位不是${place}:`)];
  return [
    ...said,
    ...people.map((person) => {
      const roles = person.roles.flatMap((role) => ROLE_WORDS[role] ?? []);
      return text([person.organization, personLine(person), ...roles].join(' · '));
    }),
  ];
}

const source: Block = { kind: 'source', text: '来源:县机构和人员名录' };
export const directorySource = source;

/** Who in a township carries the rows found for a matter. */
export function carriersCard(
  { matter, township }: { matter: string; township: string },
  rows: readonly IndexedRow[],
  knowledge: Knowledge,
  asker: Asker,
): Card | null {
  const carried = rows.flatMap((entry) =>
    knowledge.directory.carriers(entry.row, township).map(({ post, people }) => ({ entry, post, people })),
  );
  if (carried.length === 0) return null;
  const byPost = new Map(carried.map(({ post, people }) => [post, people]));
  return {
    title: `${township} · ${matter}:谁管`,
    blocks: [
      ...[...byPost].map(([post, people]): Block => ({
        kind: 'field',
        label: '承办',
        text: [
          post.office,
          post.name,
          ...(asker.seesPeople ? people.map((it) => it.name + phoneOf(it)) : []),
        ].join(' · '),
      })),
      ...boundOnly(asker),
      ...[...new Set(carried.map(({ entry }) => entry))].map(({ row, list }) =>
        text(`· ${row.matter}(${list.batch ?? list.title} 第${row.number}项)`),
      ),
      source,
    ],
    buttons: [],
  };
}

const unitPhones = ({ telephone, dutyDesk }: Organization): string[] => [
  ...(telephone ? [`电话 ${telephone}`] : []),
  ...(dutyDesk ? [`值班电话 ${dutyDesk}`] : []),
];

/** Whose numbers are asked for: units by name, an office of a township, people. */
export type PhoneOf = { units: string[]; office?: string | undefined; people: Person[] };

export function phoneCard({ units, office, people }: PhoneOf, { directory }: Knowledge, asker: Asker): Card {
  const title = [
    [...units, office].filter(Boolean).join('、') || people.map(({ name }) => name).join('、'),
    '电话',
  ].join(':');
  if (!asker.seesPeople)
    return { title, blocks: [text(`电话只向已登记的工作人员提供。${BOUND_ONLY}`), source], buttons: [] };
  const organizations = directory.organizations.filter(({ name, parent }) =>
    office === undefined
      ? parent === undefined && units.includes(name)
      : name === office && units.includes(parent ?? ''),
  );
  const known = organizations.flatMap((it) => {
    const phones = unitPhones(it);
    return phones.length > 0 ? [text(`${it.parent ?? ''}${it.name} · ${phones.join(' · ')}`)] : [];
  });
  const reachable = people.filter(({ telephone }) => telephone);
  const blocks = [
    ...known,
    ...reachable.map((person) => text(`${person.organization} · ${personLine(person)}`)),
  ];
  if (blocks.length > 0) return { title, blocks: [...blocks, source], buttons: [] };
  return {
    title,
    blocks: [
      text('名录中没有登记电话,请管理员在名录中补充。'),
      ...(people.length > 0 ? [text('可以联系的人员:')] : []),
      ...people.slice(0, SHOWN).map((person) => text(`· ${person.organization} · ${personLine(person)}`)),
      source,
    ],
    buttons: [],
  };
}
