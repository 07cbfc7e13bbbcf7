/** Who is the head of a unit, who of it has a field, who works there: read from the directory, for bound people only. */
import type { Block, Card } from '../core/card.js';
import { rowKey, type Person, type Post, type Role } from '../core/domain.js';
import { isTownshipUnit, pairsOf } from '../organizations/names.js';
import type { Asker } from './row-parts.js';
import type { Knowledge } from './knowledge.js';
import { domainsMeant, sameField } from './structured-domains.js';
import { boundOnly, directorySource, isOfOffice, personLine, SHOWN } from './structured-people.js';
import type { Question } from './structured-question.js';

const text = (line: string): Block => ({ kind: 'text', text: line });
const HEADS: readonly Role[] = ['department-head', 'township-leader'];
/** Whoever is first in a unit, whatever the post is called. */
const FIRST = /^(?:一把手|头头|头儿|(?:单位|部门|主要)?(?:负责人|领导))$/;

/** Who holds an office of the county's by role, whatever the post is called. */
const DESKS: Readonly<Record<string, Role>> = { 督办: 'deadline-office', 清单管理: 'list-office' };

const isHead = ({ roles }: Person): boolean => roles.some((role) => HEADS.includes(role));

/** 党委书记 is a 书记; 副县长 is no 县长. */
function holdsTitle({ posts }: Person, title: string): boolean {
  const bare = title.replace(/^(?:县委|县政府|党委|党工委|党组|纪委)/, '');
  return posts.some((post) => post.endsWith(bare) && !post.slice(0, -bare.length).endsWith('副'));
}

/** What people say of a field that no list and no post is called by: 盖房子的, 调架的. */
const PLAINLY: readonly (readonly [RegExp, string])[] = [
  [/盖房|建房|修房|盖楼|修路|工地/, '建设'],
  [/种地|庄稼|种田|养殖|养猪/, '农业'],
  [/吵架|调解|纠纷|打官司|说和/, '调解'],
  [/打架|抓贼|小偷/, '治安'],
  [/吃低保|孤寡|五保|要饭/, '救助'],
  [/看病|上学|教书|娃娃读书/, '卫健文教'],
  [/摆摊|市容|扫大街/, '城市管理'],
  [/支部|党员|发展党员/, '党建'],
];
const plainly = (field: string): string[] =>
  PLAINLY.flatMap(([words, name]) => (words.test(field) ? [name] : []));

/** Some two characters of what was said, or of another word for it, stand in the name of the post. */
const isOfField = (posts: readonly string[], field: string): boolean =>
  posts.some((post) =>
    [...sameField(field), ...plainly(field)].some((word) =>
      pairsOf(word).some((pair) => post.includes(pair)),
    ),
  );

/** The units that are meant: named, or those that lead the row that was answered. Empty: whichever of the county. */
function unitsMeant({ unit, township, ref }: Question, { index }: Knowledge, asker: Asker): string[] {
  const entry = ref ? index.get(ref) : null;
  const leads = entry?.row.lead.map((part) =>
    isTownshipUnit(part.unit) ? (asker.township ?? part.unit) : part.unit,
  );
  return [
    ...new Set([unit, ...(township?.split('|') ?? []), ...(leads ?? [])].flatMap((name) => name ?? [])),
  ];
}

export function staffCard(question: Question, knowledge: Knowledge, asker: Asker): Card {
  const { title, field, office } = question;
  const { directory } = knowledge;
  const units = unitsMeant(question, knowledge, asker);
  const where =
    [units.join('、'), office?.replaceAll('|', '、')].filter(Boolean).join(' · ') || directory.county;
  const card = (blocks: Block[]): Card => ({
    title: `${where}:${title ?? '人员'}`,
    blocks: [...(asker.seesPeople ? blocks : boundOnly(asker)), directorySource],
    buttons: [],
  });
  const all = directory.people.filter(
    (person) =>
      (units.length === 0
        ? office !== undefined || directory.townshipNamed(person.organization) === null
        : units.includes(person.organization)) && isOfOffice(person, office, directory),
  );
  const { surname } = question;
  if (surname !== undefined) return card(calledSo(surname, all, question));
  const alike =
    question.person === undefined
      ? null
      : directory.people.filter(({ name }) => name === question.person).flatMap(({ posts }) => posts);
  if (all.length === 0) return card([text(`名录中没有登记${where}的人员。`)]);
  const desk = title === undefined ? undefined : DESKS[title];
  const meant = desk
    ? all.filter(({ roles }) => roles.includes(desk))
    : title
      ? all.filter((person) => (FIRST.test(title) ? isHead(person) : holdsTitle(person, title)))
      : field
        ? all.filter(({ posts }) => isOfField(posts, field))
        : alike
          ? all.filter(({ posts }) => posts.some((post) => alike.includes(post)))
          : all;
  if (meant.length > 0) return card(linesOf(meant, units.length !== 1));
  const others = title
    ? all.filter(units.length === 0 ? ({ posts }) => isOfField(posts, title) : isHead)
    : all;
  const shown = others.length > 0 || units.length === 0 ? others : all;
  return card([
    text(
      `名录中没有登记${where}的${title ?? `“${field ?? alike?.join('、') ?? ''}”岗位`}${shown.length > 0 ? ',登记的有:' : '。'}`,
    ),
    ...linesOf(shown, units.length !== 1),
  ]);
}

/** Of those with the surname whoever has the field, where one of them has. */
function calledSo(surname: string, all: readonly Person[], { field }: Question): Block[] {
  const named = all.filter(({ name }) => name.startsWith(surname));
  const ofField = field ? named.filter(({ posts }) => isOfField(posts, field)) : [];
  if (named.length === 0) return [text(`名录中没有登记姓${surname}的人员。`)];
  return linesOf(ofField.length > 0 ? ofField : named, false);
}

const linesOf = (people: readonly Person[], isFarAndWide: boolean): Block[] => [
  ...people
    .slice(0, SHOWN)
    .map((person) => text(`· ${isFarAndWide ? `${person.organization} · ` : ''}${personLine(person)}`)),
  ...(people.length > SHOWN ? [text(`共 ${people.length} 人,其余请按岗位或机构询问。`)] : []),
];

/**
 * Posts of a township that have a field: by their names (环保 → 生态环保岗), else those that carry rows of the domain that
 * is called so (消防 → 安全监管岗). Empty where neither is known.
 */
export function postsOfField(field: string, township: string, { directory, index }: Knowledge): Post[] {
  const posts = directory.posts.filter(({ organization }) => organization === township);
  const named = posts.filter(({ name }) => isOfField([name], field));
  if (named.length > 0) return named;
  const { meant } = domainsMeant(
    field,
    index.entries.map(({ row }) => row),
  );
  const keys = new Set(index.entries.flatMap(({ row }) => (meant.includes(row.domain) ? [rowKey(row)] : [])));
  return posts.filter(({ carries }) => [...carries].some((key) => keys.has(key)));
}

export function fieldCard(
  { field = '', township = '' }: Question,
  posts: readonly Post[],
  { directory }: Knowledge,
  asker: Asker,
): Card {
  return {
    title: `${township} · ${field}:谁管`,
    blocks: [
      ...posts.map((post): Block => {
        const people = directory.people.filter(
          (person) => person.organization === township && person.posts.includes(post.name),
        );
        return text(
          `· ${[post.office, post.name, ...(asker.seesPeople ? people.map(({ name }) => name) : [])].join(' · ')}`,
        );
      }),
      ...boundOnly(asker),
      directorySource,
    ],
    buttons: [],
  };
}
