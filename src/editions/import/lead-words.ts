/** What a header or a note says of which units of a column lead: the first named, or those with a mark. */

/**
 * `first`: so many of the units named first lead. `mark`: stands beside those that lead. `unseen`: said in a way that no text shows.
 * `unclear`: words that say who leads, and are not understood.
 */
export type LeadRule = { first: number } | { mark: string } | { unseen: string } | { unclear: string };

const LEADS = '(?:总?牵头|主办|主责|主体责任|总责|第一责任)';
/** 列首位的为牵头单位, 第一个单位牵头, 牵头单位排在最前. */
const FIRST = new RegExp(
  `(?:[列排居位放写](?:于|在|名)?(?:第一|第1|首|最?前)|第[一1](?:个|位|家|名|顺位|单位|部门|责任单位)|首(?:位|个|家|列|名|要)|前(?:两|二|三|四)(?:个|位|家|名)|打头)[^。;,:]{0,14}?${LEADS}|(?:[排顺次]序(?:为|在|居)?(?:第一|最?[前先])|最先(?:列出|列|排列|排|写)|(?:^|[(,;:])(?:前者|前面?的?(?:单位|部门)?(?=[为是])))[^。;,:]{0,14}?${LEADS}|${LEADS}(?:的?(?:单位|部门))?(?:均|都|一律)?[列排居位放写]?在(?:最)?[前先](?=[)。;,、及和]|配合|$)|${LEADS}(?:单位|部门)?(?:均|都|一律)?(?:[列排居位放写](?:于|在|名)?|为)(?:所列)?(?:第一(?!责任)|首位|首个|最前)`,
);
const COUNT: Record<string, number> = { 两: 2, 二: 2, 三: 3, 四: 4 };
const MARKED = new RegExp(
  `["“'‘(]?([*★☆▲△●○◆※#◎])["”'’)]?(?:号|标记|符号)?(?:的|者)?(?:单位|部门)?(?:表示|代表|为|是|即|指)?(?:该项工作|该项|本项)?(?:的)?${LEADS}`,
);
const UNSEEN = new RegExp(`(加粗|黑体|粗体|下划线|划线|红字|红色|蓝色|斜体|阴影)[^。;]{0,12}${LEADS}`);

/** What a header or a note says, or null. */
export function leadRuleIn(text: string): LeadRule | null {
  const label = text.normalize('NFKC').replace(/\s+/g, '');
  const first = FIRST.exec(label)?.[0];
  if (first !== undefined) return { first: COUNT[/前(两|二|三|四)/.exec(first)?.[1] ?? ''] ?? 1 };
  const mark = MARKED.exec(label)?.[1];
  if (mark !== undefined) return { mark };
  const unseen = UNSEEN.exec(label)?.[1];
  return unseen === undefined ? null : { unseen };
}

const SAYS = new RegExp(
  `(?:为|是|即|指)(?:该项(?:工作|任务)?的?)?${LEADS}(?:责任)?(?:单位|部门)|${LEADS}(?:责任)?(?:单位|部门)[^。;,]{0,20}(?:另行|会议|研究|临时|再)[^。;,]{0,6}(?:确定|明确|指定|商定)|以(?!单位|部门)[^。;,]{2,16}为(?:主|首)(?=[。;,]|$)`,
);
const SPEAKS = new RegExp(LEADS);
/** Words of a note, or of the bracket behind the name of a column, that say who leads in no way that is known here. */
export function unclearRuleIn(text: string, isLabel: boolean): LeadRule | null {
  const label = text.normalize('NFKC').replace(/\s+/g, '');
  const said = isLabel ? (/\(([^()]{2,60})\)$/.exec(label)?.[1] ?? '') : label;
  // 责任单位(牵头): they all lead.
  const isSaid = isLabel ? SPEAKS.test(said) && !/^.{2,4}(?:单位|部门|责任)?$/.test(said) : SAYS.test(said);
  return isSaid && leadRuleIn(label) === null ? { unclear: said } : null;
}

/** What a bracket behind the name of a column says of its units, and the column's name without it. */
export const withoutLeadRule = (label: string): string =>
  label.replace(/\([^()]{4,60}\)$/, (bracket) => (leadRuleIn(bracket) ? '' : bracket));

/** `【城市管理】牵头单位：县城管局`, `城市管理（牵头单位：县城管局）`. */
const LED =
  /^[\u3010\u3014[]?([^\u3010\u3011\u3014\u3015[\]:\uff1a(\uff08]{0,20})[\u3011\u3015\]]?\s{0,9}[(\uff08]?(?:总?牵头|主责|主办|主抓|责任|承办|归口)(?:责任)?(?:单位|部门)\s{0,3}[:\uff1a]\s{0,3}([^:\uff1a。;\uff1b]{3,80}?)[)\uff09]?$/;
/** The category and the units that lead in it, of a line that names both; empty for any other. */
export function ledIn(line: string): { name: string; owners: string } {
  const [, name = '', owners = ''] = LED.exec(line) ?? [];
  return { name, owners };
}
