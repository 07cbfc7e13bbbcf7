/** 住建、水利也一样 九点 报停复工情况; 再给水利局设一条,同一时间: others are to be reminded as those of the last reminder are. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { formatMinutes, toLocal } from '../calendar/local.js';
import type { Person } from '../core/domain.js';
import type { Reminder } from '../core/reminder.js';
import { namedIn, parseTime } from '../nlu/dates/parse.js';
import type { Directory } from '../organizations/directory.js';
import { isSupposed } from '../text/frames.js';
import { namesFirst } from './name-runs.js';
import { contentOf } from './naming.js';

type World = { person: Person; directory: Directory; now: number; calendar: Calendar };
/** `added`: to the same one; else a plain sentence that sets one of their own. */
export type Likewise = { kind: 'added'; names: string[] } | { kind: 'own'; said: string };

const MAX_LENGTH = 60;
const LEADS_IN = /^(?:那|还有|另外|再|顺便|[,\uff0c\s]){0,3}(?:给|帮|把)?/;
const ALSO =
  /^(?:那边|那儿)?[,\uff0c\s]{0,2}(?:也|同样)(?:是|要|得)?(?:一样|照样|照办|同样|这样|这么|提醒|通知|说|发|设|叫)(?:给)?(?:一?[下声条个份])?(?:弄|办|设|来)?(?=[,\uff0c\s]|$)/;
const ONE_MORE = /^(?:那边|那儿)?(?:也)?(?:设|发|定|弄|来|建|加)(?:上)?一?[条个](?:提醒)?(?=[,\uff0c\s]|$)/;
const SAME_TIME = /(?:也是)?(?:同(?:一|样)(?:个)?|一样的?)(?:时间|时候|点|日子|天)|时间(?:不变|一样|照旧)/g;
const NO_CALL = /[?\uff1f吗么]$|谁|怎么|咋|是不是|(?:不|别|甭)(?:用|要|提醒|通知|发)/;

/** `last`: the one spoken of last. Null where nobody is named so. */
export function likewiseIn(raw: string, last: Reminder, world: World): Likewise | null {
  const { person, directory, now, calendar } = world;
  if (raw.length > MAX_LENGTH || NO_CALL.test(raw) || isSupposed(raw)) return null;
  const text = unitsSpelled(raw.trim().replace(LEADS_IN, ''), directory);
  const run = namesFirst(text, person, directory);
  const behind = run ? text.slice(run.length) : '';
  const also = run && (ALSO.exec(behind) ?? (/[给帮]/.test(raw.slice(0, 6)) ? ONE_MORE.exec(behind) : null));
  if (!also) return null;
  const rest = behind.slice(also[0].length).replace(SAME_TIME, ' ');
  const time = parseTime(rest, { now, calendar, purpose: 'reminder' });
  const matter = (time ? rest.replace(time.text, ' ') : rest).replace(/[,\uff0c\s。]+/g, ' ').trim();
  const isSame = contentOf(matter).length < 2;
  if (isSame && !time) return { kind: 'added', names: run.names };
  const when = whenOf(last, time?.text ?? '', world);
  return when === null
    ? null
    : { kind: 'own', said: `${when}提醒${run.names.join('、')} ${isSame ? last.text : matter}` };
}

/** 住建 水利两家: each of them is a bureau, by the first of its words. */
const BUREAUS =
  /^(?<list>[\u4e00-\u9fff]{2,4}(?:[、\s和跟]{1,2}[\u4e00-\u9fff]{2,4}?){1,5})(?:这|那)?[两俩几三四五]家(?:单位)?/;
function unitsSpelled(text: string, { resolve }: Directory): string {
  const { 0: said = '', groups } = BUREAUS.exec(text) ?? {};
  const parts = (groups?.['list'] ?? '').split(/[、\s和跟]+/);
  const units = parts.map((it) => resolve(it) ?? resolve(`${it}局`));
  return said !== '' && units.every((it) => it !== null)
    ? `${units.join('、')}${text.slice(said.length)}`
    : text;
}

/** As it is said; the day of the last one where only an hour is, and its time where none is. */
function whenOf({ when, said }: Reminder, time: string, { now, calendar }: World): string | null {
  if (time !== '' && namedIn(time, { now, calendar }).day) return time;
  if (when.kind === 'recurring') return time === '' ? said : null;
  if (when.kind !== 'once') return null;
  const { date, minutes } = toLocal(when.at);
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日${time === '' ? formatMinutes(minutes) : time}`;
}
