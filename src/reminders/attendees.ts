/** Who is to come, where a notice says so behind what it is about: 参加人张三、李四; 明天三点部署会,张三、李四参加. Pure. */
import type { Person } from '../core/domain.js';
import type { Directory } from '../organizations/directory.js';
import { callsPeople } from './audience.js';
import { nameRuns, namesFirst } from './name-runs.js';

const COMES = '参加|参会|到会|出席|列席|与会';
const [BREAK, SPACE] = [',\\uff0c。;\\uff1b', ':\\uff1a\\s'];
/** 参加人:…, 参会人员是…: the list goes on to the end of the clause. */
const HEADED = new RegExp(
  `(?:^|[${BREAK}${SPACE}])(?:${COMES})(?:(?:的)?(?:人员|人|对象|同志|单位)(?:是|为|有|[${SPACE}]){0,3}|[:\\uff1a]\\s{0,2})(?<list>[^${BREAK}\\s]{2,80})`,
);
/** …,张三、李四参加. */
const TAILED = new RegExp(
  `(?:^|[${BREAK}${SPACE}])(?:请|由|让|叫)?(?<list>[^${BREAK}${SPACE}]{2,80}?)(?:等人?)?(?:同志|[几两三]位)?(?:都|务必|准时|按时)?(?:${COMES})(?=[${BREAK}!\\uff01\\s]|$)`,
);

/** `text` with those who come first, as if they had been called; null where nobody comes whom the directory knows. */
export function attendeesFirst(text: string, person: Person, directory: Directory): string | null {
  const found = HEADED.exec(text) ?? TAILED.exec(text);
  const list = found?.groups?.['list'];
  if (!found || list === undefined) return null;
  const at = found.index + found[0].indexOf(list);
  const end = found.index + found[0].length;
  // 沈甲 彭甲 苏甲二参加: those who stand before it, with blanks between, come as well.
  const run =
    nameRuns(text, person, directory).find(
      ({ index, length }) => index <= at && index + length >= at + list.length,
    ) ?? (HEADED.test(text) ? headedRun(text, at, person, directory) : null);
  const several = run && run.names.length > 1 ? run : null;
  const [from, to] = several
    ? [Math.min(found.index, several.index), Math.max(end, several.index + several.length)]
    : [found.index, end];
  const rest = `${text.slice(0, from)} ${text.slice(to)}`
    .replace(/^[\s,\uff0c。:\uff1a;\uff1b]{1,9}|[\s,\uff0c。;\uff1b]{1,9}$/g, '')
    .replace(/[\s,\uff0c。;\uff1b]{2,}/g, ',');
  const isKnown = directory.mentions(list)[0]?.index === 0 || callsPeople(list, person, directory);
  return isKnown ? `${several?.names.join('、') ?? list} ${rest}` : null;
}

/** 参加人:沈甲 彭甲: all who are named one after the other. */
function headedRun(text: string, at: number, person: Person, directory: Directory) {
  const run = namesFirst(text.slice(at), person, directory);
  return run && { ...run, index: at };
}
