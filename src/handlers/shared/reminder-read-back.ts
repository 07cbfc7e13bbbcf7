/** What is to be set for several, read back with everybody it goes to; a notice with its hour and place. Pure. */
import { isByOffice, type Speaker } from '../../reminders/permissions.js';
import { readWanted } from '../../reminders/parse.js';
import { contentOf } from '../../reminders/naming.js';
import { changeOf } from '../../reminders/speech.js';
import { normalizeText } from '../../text/normalize.js';
import { formatInstant } from '../../calendar/local.js';
import type { Card } from '../../core/card.js';
import type { Notice } from '../../core/reminder.js';
import type { Context } from '../../core/types.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import { placeIn, recallAt } from '../../reminders/notice.js';
import { namesText, noticeFields, titleOf } from '../../reminders/notice-view.js';
import { mayDisturb, NOT_DISTURBED } from '../../reminders/urgency.js';
import { recipientsText, whenText } from '../../reminders/view.js';
import { accountText } from './requests.js';
import { tokenOf } from '../../text/token.js';
import type { ReminderFlow } from './flow-shapes.js';
import { urgencyOf } from './reminder-planned.js';

/** The notice that is meant; undefined for a reminder like any other. */
export const noticeOf = ({ notice, when }: ReminderFlow): Notice | undefined =>
  notice && when?.kind === 'once'
    ? {
        ...{ kind: notice.kind, place: notice.place, answers: [], calledAt: null },
        startsAt: notice.isTimed ? when.at : null,
        ...(notice.before !== undefined && { before: notice.before }),
      }
    : undefined;

/** All that is set; the button is of this and of nothing else. */
export const toldIn = ({ text, to, when, notice }: ReminderFlow): string =>
  JSON.stringify([text, to, when, notice]);

/** What comes again is no meeting that is answered. */
export const withoutNotice = ({ notice: _notice, ...data }: ReminderFlow): ReminderFlow => data;

/** Several by one word, a notice, what only says that something will be, and what goes to several by the right of an office. */
export const isToBeRead = ({ whole, notice, isBare, to }: ReminderFlow, speaker: Speaker): boolean =>
  whole !== undefined || notice !== undefined || isBare === true || isByOffice(to, speaker);

export function toldCard(data: ReminderFlow, ctx: Context, world: ReminderWorld): Card {
  const notice = noticeOf(data);
  const own = ctx.person?.organization ?? '';
  const when = data.when ? whenText({ when: data.when, said: data.said }, ctx.now) : '';
  const unbound = data.unbound ?? [];
  return {
    title: `请核对:${notice ? titleOf(notice) : '提醒'}`,
    blocks: [
      ...(notice
        ? noticeFields({ text: data.text, notice }, ctx.now)
        : [
            { kind: 'field' as const, label: '内容', text: data.text },
            { kind: 'field' as const, label: '时间', text: when },
          ]),
      {
        kind: 'field',
        label: notice ? '通知' : '提醒',
        text: data.isBare
          ? recipientsText(data.to, accountText(ctx), '本群')
          : `${namesText(data.to, own)}${calledSo(data)}`,
      },
      ...(unbound.length > 0
        ? [{ kind: 'text' as const, text: `没有登记账号、收不到的:${unbound.join('、')}。` }]
        : []),
      ...(isKept(data, ctx, world) ? [{ kind: 'text' as const, text: NOT_DISTURBED }] : []),
      {
        kind: 'text',
        text: `${notice ? afterNotice(notice, ctx.now, world) : data.isBare ? '需要到时候提醒吗?确认后设置。' : '确认后设置。'}${notice?.kind === 'meeting' && notice.place === '' ? '还没有写地点,可以直接说,例如“在二楼会议室”。' : ''}(回复“取消”可放弃)`,
      },
    ],
    buttons: [
      {
        id: 'rem-set',
        label: notice ? '确认发出' : '确认',
        value: tokenOf(toldIn(data)),
        style: 'primary',
      },
    ],
  };
}

/** 罗甲四(平安办): by what word they were called. */
const calledSo = ({ whole = '' }: ReminderFlow): string => {
  const words = whole.split('、').map((it) => it.replace(/都$/, '').replace(ITS_PEOPLE, ''));
  return whole === '' ? '' : `,即${words.join('、')}`;
};
const ITS_PEOPLE = /(?<=[所办站队室心科股])的(?:人|同志)$/;

/** Said to be urgent by who may not disturb others at night and on days off: known before it is confirmed. */
const isKept = (data: ReminderFlow, ctx: Context, world: ReminderWorld): boolean =>
  data.notice?.kind === 'urgent'
    ? !mayDisturb(ctx.person, world.directory, [ctx.now])
    : urgencyOf(data, ctx, world) === 'barred';

function afterNotice({ kind, startsAt, before }: Notice, now: number, { rules }: ReminderWorld): string {
  const asks = kind === 'meeting' ? '请各人回复参加、请假或派人' : '请各人回复收到';
  if (startsAt === null) return `确认后立即发出,${asks}。`;
  const at = recallAt({ startsAt, before }, now, rules);
  return `确认后立即发出,${asks};${formatInstant(at, now)}再提醒一次。`;
}

/** 在我办公室: where a meeting is held, told to those who come: 袁乙办公室. */
export function atPlace(raw: string, data: ReminderFlow, { person }: Context): ReminderFlow | null {
  const place = data.notice?.kind === 'meeting' ? placeIn(raw) : null;
  return data.notice && place !== null
    ? { ...data, notice: { ...data.notice, place: place.replace(OF_SPEAKER, person?.name ?? '') } }
    : null;
}
const OF_SPEAKER = /^(?:我|俺)(?![们镇乡局])的?/;

/** 昨天他还提醒我低保的事, to what nobody asked for: no answer, though a time is in it. */
export const isBeside = (raw: string): boolean => changeOf(raw.trim()) === null && contentOf(raw).length > 8;

/** 发吧, 确认发出, 行 就这么发出去吧. */
export const GO =
  /^(?:(?:确认|确定|好的?|嗯{1,4}|行|可以|对|没错|没问题|中)[,\uff0c\s]{0,2}){0,3}(?:就|都|那就?|直接|赶紧|这么|这样){0,3}(?:发|设)(?:吧|出去?|下去|给他们|了|上|好){0,3}[。!\uff01]?$/;
export const STOP = /不(?:设|发|用|要|弄)了?|别(?:设|发)|先放|等会儿?|等一?[下等]|再(?:说|想|看)/;
const NOT_SO =
  /^(?:等一?下|等等|慢着|不对|哎|诶)?[,\uff0c。\s]{0,2}(?:先)?(?:别|莫|甭|不要|不)(?:急着|忙着)?(?:发|设|通知)(?:出去|了)?[,\uff0c。\s]{1,3}/;
/** 先别发,时间换成后天: what it is to be instead of as it is; null where it is only stopped. */
export function notSo(ctx: Context): Context | null {
  const raw = ctx.raw.trim();
  const rest = raw.replace(NOT_SO, '');
  return rest === raw || rest === '' || STOP.test(rest)
    ? null
    : { ...ctx, raw: rest, text: normalizeText(rest) };
}

/** 嗯 提醒我, to 需要到时候提醒吗. */
export const WANTS_IT =
  /^(?:嗯|好的?|行|中|对|可以|是的?|那|就|要|得|需要|[,\uff0c\s]){0,4}(?:到时候?)?(?:提醒|叫|喊)(?:我|俺)?(?:一[下声])?(?:吧|啊|哈|嘛)?[。!]?$/;

/** 提醒的内容是交问卷 says 交问卷. */
export function contentIn(raw: string): string {
  const change = changeOf(raw.trim());
  if (change?.kind === 'reword') return change.text;
  return readWanted(raw, null).text || raw;
}
