/** Whom a reminder in the making is for. */
import { personRecipient, type PersonRecipient, type Recipient } from '../../core/reminder.js';
import type { Context } from '../../core/types.js';
import { beginsWithName } from '../../organizations/mask.js';
import type { Directory } from '../../organizations/directory.js';
import {
  calledByName,
  calledFirst,
  recipientsOf as recipientsOfUnit,
  type Callee,
} from '../../organizations/recipients.js';
import { villageOf } from '../../organizations/village-contact.js';
import { OF_VILLAGE } from '../../reminders/permissions.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import { attendeesFirst } from '../../reminders/attendees.js';
import { isSameRecipient } from '../../reminders/callees.js';
import { apart, callsVillage, unknownName, villageFirst } from '../../reminders/called-names.js';
import { audienceOf, saysWhere, OF_OWN_UNIT } from '../../reminders/audience.js';
import {
  CALLS,
  callsThem,
  groupCalled,
  groupFirst,
  OFFICE_HOLDERS,
  SENT,
  TELLS_ALL,
  THEM_LAST,
  THIS_ONE,
} from '../../reminders/group-words.js';
import { isMeetingNotice } from '../../reminders/notice.js';
import { isEveryTownship, type Wanted } from '../../reminders/parse.js';
import type { ReminderFlow } from './flow-shapes.js';
import { namedLater } from './reminder-person.js';
import { isForSpeaker, selfIn } from './reminders.js';

const ONLY_SELF =
  '您的账号尚未绑定人员,只能给自己设提醒,请写明“提醒我”。需要给别人设的,请把账号告知管理员登记后再试。';

/** `whole`: the one word that called several; `unbound`: those of them who have no account. */
type Called = {
  to: Recipient[];
  text: string;
  problem?: string;
  whole?: string;
  unbound?: string[];
  /** The name of somebody whom nobody knows. */
  unknown?: string;
};

/** In a group the group is meant unless 我 is said; in a direct chat oneself, unless others are named. */
export function recipientsOf(ctx: Context, world: ReminderWorld, given: Wanted): Called {
  const found = calledIn(ctx, world, given);
  const called = { ...found, text: tidied(found.text) };
  return isMeetingNotice(ctx.raw) && called.to.some(({ kind }) => kind === 'unit')
    ? inPerson(called, world.directory)
    : called;
}

/** 会议通知:…开会:,二楼: what is left where the kind, the time and the people stood. */
const tidied = (text: string): string =>
  text
    .replace(SENT, '')
    .replace(THIS_ONE, '')
    .replace(/^(?:以后|往后|今后)\s{1,3}/, '')
    .replace(/^(?:会议|紧急|加急)?\s?[:\uff1a]\s{0,2}/, '')
    .replace(/^[,\uff0c:\uff1a\s]{0,3}地点[:\uff1a][^\s,\uff0c]{2,20}[,\uff0c]/, '')
    .replace(/[:\uff1a]\s{0,2}(?=[,\uff0c。;\uff1b]|$)/g, '')
    .replace(/^[,\uff0c。\s]{1,4}/, '')
    .replace(THEM_LAST, '');

/** 通知住建局、水利局开会: a notice is answered by somebody, so who takes the unit's messages gets it, one of each unit. */
function inPerson(called: Called, directory: Directory): Called {
  const contacts = called.to.map((it) => (it.kind === 'unit' ? contactOf(it.organization, directory) : it));
  const missing = called.to.flatMap((it, i) => (it.kind === 'unit' && !contacts[i] ? [it.organization] : []));
  const to = contacts.filter((it) => it !== null);
  const unbound = [...(called.unbound ?? []), ...missing];
  return {
    ...called,
    to,
    ...(unbound.length > 0 && { unbound }),
    ...(to.length === 0 && {
      problem: `${missing.join('、')}没有登记账号的人员,收不到通知。请管理员登记后再发,或者用其他方式告知。`,
    }),
  };
}

/** 提醒我和李四去看积水, of somebody who may not remind him: one's own, and he stays in the words. Null: it is not for oneself. */
export function ownAlone(data: ReminderFlow, ctx: Context): ReminderFlow | null {
  const own = data.to.filter((it) => isForSpeaker(ctx, it) && it.kind === 'person');
  const others = data.to.flatMap((it) => (own.includes(it) || it.kind !== 'person' ? [] : [it.name]));
  if (own.length === 0 || others.length === 0 || own.length + others.length < data.to.length) return null;
  const { whole: _whole, unbound: _unbound, notice: _notice, ...plain } = data;
  return { ...plain, to: own, text: `和${others.join('、')}${data.text}` };
}

/** Who takes the messages of a unit. */
export const contactOf = (unit: string, directory: Directory): PersonRecipient | null =>
  [...recipientsOfUnit(unit, directory, 'person'), ...recipientsOfUnit(unit, directory, 'head')]
    .map(personRecipient)
    .find((it) => it !== null) ?? null;

function calledIn(ctx: Context, world: ReminderWorld, given: Wanted): Called {
  const { conversation } = ctx.update;
  const wanted = withCommas(ctx, world, withNamesFirst(ctx, world, withAttendees(ctx, world, given)));
  const self = selfIn(ctx);
  if (wanted.whom === 'self')
    return conversation.isDirect && ctx.person
      ? withOthers({ to: [self], text: wanted.text }, ctx, world)
      : { to: [self], text: wanted.text };
  if (!conversation.isDirect) return { to: [{ kind: 'group', conversation }], text: wanted.text };
  const { directory } = world;
  const called = WHOLE.test(wanted.called ?? '') ? (wanted.called ?? '') : '';
  // 紧急通知全镇干部: the word for all of them stood with the verb, its kind before it.
  const whole = wholeFirst(`${called}${called ? wanted.text.replace(OF_KIND, '') : wanted.text}`, ctx, world);
  if (whole) return withOthers(whole, ctx, world);
  // 通知大家 is for others, and nobody has said who that is.
  if (wanted.whom === 'all' && ctx.person && TELLS_ALL.test(ctx.raw))
    return { to: [], text: wanted.text, unknown: wanted.called ?? '' };
  if (isEveryTownship(wanted.text) && !calledFirst(wanted.text, directory, ctx.person?.organization)) {
    const townships = directory.organizations.filter(({ kind }) => kind === 'township');
    const text = wanted.text.replace(/^(?:给)?各(?:个)?(?:乡镇|镇街|镇|乡|街道)(?:\(街道\)|、街道)?/, '');
    return {
      to: townships.map(({ name }) => ({ kind: 'unit', organization: name })),
      text: text.trim() || wanted.text,
    };
  }
  const unknown = OFFICE_HOLDERS.exec(wanted.text)?.[0];
  if (unknown !== undefined && ctx.person && callsThem(ctx.raw, unknown))
    return {
      ...{ to: [], text: wanted.text },
      problem: `名录里没有“${unknown}”这一类,不知道要告诉哪些人,没有设置。请写明姓名或办公室,如“通知张三、李四…”。`,
    };
  // Only who is named first is called; a unit further on belongs to the matter: 提醒我给住建局回电话.
  const said = wanted.text.replace(OF_KIND, '');
  const unit = unitFirst(said, world);
  if (unit) return withOthers(personOrUnit(unit, ctx, world), ctx, world);
  // Whoever is bound to nobody is not told by the answer whom the directory knows: only the form of a name counts.
  if (!ctx.person) {
    const village = villageOf({ person: null, user: ctx.update.user }, directory); // 提醒村联甲… by another one
    const isOther = village !== null && directory.villages.some((it) => callsVillage(said, it));
    return beginsWithName(said) || isOther
      ? { ...{ to: [], text: wanted.text }, problem: village ? OF_VILLAGE : ONLY_SELF }
      : { to: [self], text: wanted.text };
  }
  const bare = said.replace(CALLS, '');
  const named =
    personFirst(bare, ctx, world) ??
    personFirst(bare.replace(OF_OWN_UNIT, ''), ctx, world) ??
    namedLater(bare, ctx, world);
  if (named && named.person !== ctx.person) return withOthers(reached(named), ctx, world);
  const village = villageCalled(bare, ctx, world);
  if (village) return withOthers(village, ctx, world);
  const group = named ? '' : groupCalled(ctx.raw, wanted.time ?? null);
  if (group !== '') return { to: [self], text: wanted.text, unknown: group.slice(0, UNKNOWN_MAX) };
  const own: Called = { to: [self], text: named?.rest || wanted.text };
  const nobody = named ? null : unknownName(ctx.raw, wanted.time ?? null);
  return nobody !== null && bare.startsWith(nobody) ? { ...own, unknown: nobody } : own;
}

/** 应急局气象局水利局: heard, names that follow each other have no comma. */
function withCommas({ raw, person, update }: Context, { directory }: ReminderWorld, wanted: Wanted): Wanted {
  if (!person || !update.conversation.isDirect || wanted.whom !== null) return wanted;
  const kind = OF_KIND.exec(wanted.text)?.[0] ?? '';
  const text = apart(wanted.text.slice(kind.length), person, directory, isMeetingNotice(raw));
  return { ...wanted, text: `${kind}${text}` };
}

/** 提醒河西村: whoever is its contact, in the own township. */
function villageCalled(
  text: string,
  ctx: Context,
  { directory }: ReminderWorld,
  isJoined = false,
): Called | null {
  const { raw, person } = ctx;
  const village = person && villageFirst(text, { raw, person, directory }, isJoined);
  if (!village) return null;
  const { name, township, to, rest } = village;
  const problem =
    township !== person.organization
      ? `没有提醒${name}:${name}属${township},只能给本镇街的村设提醒。`
      : `${name}没有登记账号的联系人,收不到提醒。请管理员登记后再设,或者用其他方式告知。`;
  return to && township === person.organization ? { to: [to], text: rest } : { to: [], text: rest, problem };
}

/** 会议通知 … 参加人张三、李四: they are called, though they stand last. */
function withAttendees(
  { raw, person, update }: Context,
  { directory }: ReminderWorld,
  wanted: Wanted,
): Wanted {
  if (!person || !update.conversation.isDirect || wanted.whom !== null || !isMeetingNotice(raw))
    return wanted;
  const text = attendeesFirst(wanted.text, person, directory);
  return text === null ? wanted : { ...wanted, text };
}

/** 整改台账九号上午提醒张三、李四: they are called, though the matter stands first. */
function withNamesFirst({ raw, person }: Context, { directory }: ReminderWorld, wanted: Wanted): Wanted {
  const said = raw.trim().replace(/[。!\uff01]$/, '');
  const { before = '', names = '' } = LAST_CALLED.exec(said)?.groups ?? {};
  const matter = wanted.text.endsWith(names) ? wanted.text.slice(0, -names.length) : '';
  if (wanted.whom !== null || names === '' || before === '' || matter.trim() === '') return wanted;
  const known = new Set(calledByName(directory, person?.organization).map(({ name }) => name));
  if (!names.split(BETWEEN).every((name) => known.has(name))) return wanted;
  return { ...wanted, text: `${names} ${matter.replace(/[\s,\uff0c]{1,4}$/, '')}` };
}
const LAST_CALLED =
  /^(?<before>.{2,120}?)(?:提醒|通知|告诉|知会|转告)(?:一下|一声)?[@\s]{0,2}(?<names>[\u4e00-\u9fff、和]{2,40})$/s;
const BETWEEN = /[、和]/;

/** 全镇干部, 我们局的人: the word stands with the verb. */
const WHOLE = /^(?:全镇|全体|所有人|(?:我们|咱们?|俺们)(?:镇|乡|街道|局|单位))/;
/** What kind of word it is stands before whom it is for. */
const OF_KIND = /^(?:紧急|加急|特急|会议|请)[,\uff0c:\uff1a\s]*/;
const [MOST, UNKNOWN_MAX] = [300, 12];

/** An office, the township, all villages, a post. */
function wholeFirst(said: string, ctx: Context, { directory }: ReminderWorld): Called | null {
  const found = ctx.person && audienceOf(said.replace(OF_KIND, ''), ctx.person, directory);
  if (!found || (saysWhere(said) && !/提醒|通知|告[诉知]|转告|知会|[叫喊]/.test(ctx.raw))) return null;
  const { to, rest, called, unbound } = found;
  const problem =
    to.length === 0
      ? `${called}没有登记账号的人员,收不到提醒。请管理员登记后再设,或者用其他方式告知。`
      : to.length > MOST
        ? `${called}有 ${to.length} 人,一次最多通知 ${MOST} 人。请分单位设置。`
        : undefined;
  const text = rest.replace(/^[,\uff0c:\uff1a\s]+/, '');
  return { to, text, whole: called, unbound, ...(problem !== undefined && { problem }) };
}

type Unit = { to: Recipient; rest: string };
function unitFirst(text: string, { directory }: ReminderWorld): Unit | null {
  const [first] = directory.mentions(text);
  return first?.index === 0
    ? { to: { kind: 'unit', organization: first.unit }, rest: text.slice(first.alias.length).trim() }
    : null;
}

/** 水利局韩辛: the unit says whose he is. */
function personOrUnit({ to, rest }: Unit, ctx: Context, world: ReminderWorld): Called {
  const named = ctx.person ? personFirst(rest, ctx, world) : null;
  return named && to.kind === 'unit' && named.person.organization === to.organization
    ? reached(named)
    : { to: [to], text: rest };
}

type NamedPerson = { person: Callee; rest: string };

function personFirst(text: string, ctx: Context, { directory }: ReminderWorld): NamedPerson | null {
  const person = calledFirst(text, directory, ctx.person?.organization);
  return person ? { person, rest: text.slice(person.name.length).trim() } : null;
}

function reached({ person, rest }: NamedPerson): Called {
  const to = personRecipient(person);
  if (to) return { to: [to], text: rest };
  const { name, organization } = person;
  const problem = `${organization} ${name} 还没有绑定账号,收不到提醒。请管理员登记后再设,或者用其他方式告知。`;
  return { to: [], text: rest, problem };
}

const AND = /^(?:和|跟|与|及|以及|还有|、|,|\uff0c)\s{0,2}@?/;
/** 提醒李四和钱七对接: what is done with the second, who is not called. */
const WITH =
  /^(?:对接|对(?=[\u4e00-\u9fff]{2})|联系|商量|沟通|见|碰|核对|说|谈|交接|对账|衔接|对一下|核一下|汇报|协商|签|聊|通话|换|确认)/;

/** 李四和钱七来我办公室: all who are named one after the other. */
function withOthers(called: Called, ctx: Context, world: ReminderWorld): Called {
  const joined = AND.exec(called.text)?.[0];
  const isFull = called.whole === undefined && called.to.length >= RECIPIENTS_MOST;
  const alone = { ...called, text: called.text.replace(/^[,\uff0c:\uff1a、\s]+/, '') };
  if (called.problem !== undefined || joined === undefined || isFull) return alone;
  const after = called.text.slice(joined.length);
  const whole = wholeFirst(after, ctx, world);
  const unit = whole ? null : unitFirst(after, world);
  const person = unit || whole ? null : personFirst(after, ctx, world);
  const next: Called | null =
    whole ??
    (unit
      ? personOrUnit(unit, ctx, world)
      : person
        ? reached(person)
        : villageCalled(after, ctx, world, true));
  const other = next ? '' : groupFirst(after);
  // 提醒李四和他们科室的人: those who are not known are not left out in silence.
  if (other !== '') return { ...alone, unknown: other.slice(0, UNKNOWN_MAX) };
  if (!next || (/[和跟与]/.test(joined) && WITH.test(next.text))) return alone;
  if (next.text === '') return alone;
  const names = [called.whole, next.whole].filter((it) => it !== undefined);
  const joinedUp: Called = {
    ...next,
    to: [...called.to, ...next.to.filter((it) => !called.to.some((other) => isSameRecipient(it, other)))],
    ...(names.length > 0 && { whole: names.join('、') }),
    unbound: [...(called.unbound ?? []), ...(next.unbound ?? [])],
  };
  return withOthers(joinedUp, ctx, world);
}
export const RECIPIENTS_MOST = 20;
