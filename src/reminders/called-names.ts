/** Names behind 提醒 that the directory's people are not: a village, several without a comma, a name nobody has. Pure. */
import type { Person } from '../core/domain.js';
import { personRecipient, type PersonRecipient } from '../core/reminder.js';
import type { Directory } from '../organizations/directory.js';
import { SURNAMES } from '../organizations/mask.js';
import { calledFirst } from '../organizations/recipients.js';
import { audienceOf } from './audience.js';

const CALL = '(?:提醒|通知|告诉|告知|转告|知会|叫|喊|给|帮)(?:一下|一声)?\\s{0,2}@?';

export type CalledVillage = { name: string; rest: string; to: PersonRecipient | null; township: string };

const ITS_PEOPLE =
  /^(?:的)?(?:村?委会|村?支部(?!书记)|党支部书记|支部书记|支书|书记|村?主任|负责人|联络员|联系人|(?:两委)?干部|的人|那边|那里)/;
/** 河西村的路灯: something of the village is the matter. */
const OF_IT = /^(?:的|那(?:个|条|边的)|村民|委会的)/;

/**
 * 提醒河西村…: its contact is meant where it stands right behind the verb; a village of the own township before others of its name.
 * `isJoined`: behind somebody else who is called.
 */
export function villageFirst(
  text: string,
  { raw, person, directory }: { raw: string; person: Person; directory: Pick<Directory, 'villages'> },
  isJoined: boolean,
): CalledVillage | null {
  const [village] = directory.villages
    .filter(
      ({ name }) =>
        text.startsWith(name) &&
        (isJoined || new RegExp(`${CALL}(?:${name.replace(VILLAGE_LAST, '')})`).test(raw)),
    )
    .sort(
      (a, b) =>
        b.name.length - a.name.length ||
        Number(b.township === person.organization) - Number(a.township === person.organization),
    );
  if (!village) return null;
  const { name, township, contact, accounts } = village;
  const behind = text.slice(name.length);
  const theirs = ITS_PEOPLE.exec(behind)?.[0] ?? '';
  if (theirs === '' && OF_IT.test(behind)) return null;
  const after = behind.slice(theirs.length).trim();
  const rest = contact !== '' && after.startsWith(contact) ? after.slice(contact.length).trim() : after;
  return {
    ...{ name, township, rest },
    to: personRecipient({ name: `${name} ${contact}`, organization: township, accounts }),
  };
}

/** By its name or its contact's. */
export const callsVillage = (said: string, { contact, name }: Directory['villages'][number]): boolean =>
  (contact.length > 1 && said.startsWith(contact)) || said.startsWith(name);

const TOGETHER_MOST = 20;
/** They end where the time stood, or with who of them is meant. */
const ENDS = /^(?:\s|$)/;
const ENDS_NAME = /^(?:\s|$|[、,\uff0c和跟与]|[到来在去](?!了)|(?:都|各自|务必|请)?(?:参加|准备|报|交|把))/;

/**
 * 通知应急局气象局水利局, 通知吕乙 陈丙 徐丙五: those who stand together or apart by a space, with a comma between them; `isCalled`: whatever
 * follows, people are called.
 */
export function apart(text: string, person: Person, directory: Directory, isCalled: boolean): string {
  const villages = villagesTogether(text, person, directory);
  if (villages !== null) return villages;
  const names: string[] = [];
  let rest = text;
  while (names.length < TOGETHER_MOST) {
    const next = names.length === 0 ? rest : rest.trimStart();
    const name = nameFirst(next, person, directory);
    // 通知李四 王五的材料到了: behind the space stands what it is about.
    if (name === '' || (next !== rest && !ENDS_NAME.test(next.slice(name.length)))) break;
    names.push(name);
    rest = next.slice(name.length);
  }
  return names.length > 1 && (isCalled || ENDS.test(rest)) ? `${names.join('、')}${rest}` : text;
}

/** 大洼村河西村, 大洼、河西两个村: of the own township, with nothing or a mark between; how many they are may end them. */
function villagesTogether(text: string, { organization }: Person, { villages }: Directory): string | null {
  const own = villages.filter(({ township }) => township === organization);
  const found: { name: string; isWhole: boolean }[] = [];
  let rest = text;
  while (found.length < TOGETHER_MOST) {
    const next = found.length === 0 ? rest : rest.replace(/^[、,\uff0c和]/, '');
    const [one] = own
      .flatMap(({ name }) => [name, name.replace(VILLAGE_LAST, '')].map((said) => ({ name, said })))
      .filter(({ said }) => said.length > 1 && next.startsWith(said))
      .sort((a, b) => b.said.length - a.said.length);
    if (!one) break;
    found.push({ name: one.name, isWhole: one.said === one.name });
    rest = next.slice(one.said.length);
  }
  const count = /^(?:这|那)?[两俩几三四五六七八九十]个?村(?:的)?/.exec(rest)?.[0] ?? '';
  const isSure = count !== '' || (found.every(({ isWhole }) => isWhole) && !OF_IT.test(rest));
  const then = rest.slice(count.length).trimStart();
  return found.length > 1 && isSure
    ? `${found.map(({ name }) => name).join('、')}${ITS_PEOPLE.test(then) ? '' : ' '}${then}`.trimEnd()
    : null;
}
const VILLAGE_LAST = /(?:村|社区)$/;

export function nameFirst(text: string, person: Person, directory: Directory): string {
  const office = audienceOf(text, person, directory);
  if (office) return office.called;
  const [unit] = directory.mentions(text);
  if (unit?.index === 0) return unit.alias;
  return (
    calledFirst(text, directory, person.organization)?.name ??
    directory.villages.find(({ name }) => text.startsWith(name))?.name ??
    ''
  );
}

const TITLE =
  '(?:书记|主任|[局镇乡所站科股队院校县部处]长|主席|经理|总|工|姐|哥|叔|师傅|老师|医生|大夫|会计|支书)';
const NICKNAME = `[小老阿大][${SURNAMES}]`;
const TITLED = `[${SURNAMES}]${TITLE}`;
const FULL = `[${SURNAMES}][\\u4e00-\\u9fff]{1,2}`;
/** 方案, 任务表, 例会 begin like names. */
const NO_NAME = /[表会务案工费册单款额考试卡证课训练检查报台账书件网路村组区校期日号天点分年月人员生们]$/;
/** What somebody is to do. */
const DOES = '[交报送带去来把给到开写填看查找签参打发取拿收办催做上下回领准值别记]';
/** 河东村, which is nowhere. */
const VILLAGE = '(?![本全各我咱驻下进到去回每这那])[\\u4e00-\\u9fff]{2,4}(?:村|社区)';
const BEHIND = new RegExp(
  `(?:提醒|通知|告诉|告知|转告|知会|让|叫|喊)(?:一下|一声)?\\s{0,2}@?(?:(?<form>${NICKNAME}|${TITLED})(?=(?:一声|一下)?(?<then>$|[\\s,\uff0c\\u0000]|${DOES})?)|(?<full>(?:${FULL}?|${VILLAGE})(?=\\u0000)))`,
);

/** 提醒小崔明天…: the form of a name that nobody of the directory has; `time` is where the time stands in the message. */
export function unknownName(raw: string, time: { text: string; index: number } | null): string | null {
  const said = time ? `${raw.slice(0, time.index)}\u0000${raw.slice(time.index + time.text.length)}` : raw;
  const { form, full, then } = BEHIND.exec(said)?.groups ?? {};
  if (form !== undefined) return then !== undefined ? form : null;
  return full !== undefined && (/(?:村|社区)$/.test(full) || !NO_NAME.test(full)) ? full : null;
}
