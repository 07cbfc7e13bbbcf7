/**
 * 下午四点喊我跟王五对一下清单, 12月10号一早再喊我去回访: a time, 提醒我 and what is to be done, in this order, set a reminder. What is to be done may name
 * a person, hold a question, or stand beside a reminder that is there: neither is asked about, nor is that one changed.
 */
import { toLocal } from '../calendar/local.js';
import type { Reminder } from '../core/reminder.js';
import type { Context } from '../core/types.js';
import { parseTime } from '../nlu/dates/parse.js';
import { pairsOf } from '../organizations/names.js';
import { calledFirst } from '../organizations/recipients.js';
import { dueFor, inFocus, isOnReminders, remindersIn } from '../reminders/concerned.js';
import { contentOf } from '../reminders/naming.js';
import { changeOf, speechesOf } from '../reminders/speech.js';
import { isSupposed } from '../text/frames.js';
import type { Reader, ReadingDeps } from './reading.js';

const MAX_LENGTH = 60;
/** Above what the examples say to such words, and what a grammar of other things makes of a part of them. */
const CERTAIN = 0.975;

/** `lead`: what stands beside the time before the call. */
const WHOLE =
  /^(?<before>.{2,30}?)(?:提醒|题醒|叫|喊)(?:我|俺)(?!们)(?:一下|一声)?[,\uff0c:\uff1a\s]?(?<what>\S.{1,40})$/;
/** 明天上午叫张三和林丙到我办公室来: a colleague's name behind the call. */
const OTHERS = /^(?<before>.{2,30}?)(?:提醒|题醒|叫|喊|通知|告诉|转告)(?:一下|一声)?@?(?<what>\S.{4,60})$/;
/** 上午通知张三去现场了, 通知李四的事谁负责: told or asked. */
const TOLD =
  /[了过][。.!\uff01]?$|谁|哪|怎么|多少|[吗呢?\uff1f]$|^[\u4e00-\u9fff]{2,4}的(?:事|时候)|没有?[^,\uff0c]{0,4}$/;
/** 喊河西村明天上午来领化肥: whom, when, what. */
const WHOM_FIRST =
  /^(?:再|也|还|请|麻烦|帮我){0,2}(?:提醒|题醒|叫|喊)(?:一下)?@?(?<whom>[\u4e00-\u9fff].{4,60})$/;
/** 三点那个调解会你得叫我: the call comes last, and says that it must. */
const CALLED_LAST =
  /^(?<said>.{4,40}?)[,\uff0c\s]?(?:到时候?|到点)?(?:你|您)?(?:到时候?|到点)?(?:可)?(?:得|要|记得|记着|一定|务必|千万|别忘了?)(?:要|得)?(?:提醒|题醒|叫|喊)(?:我|俺)(?:一?[声下])?(?:啊|哈|哦|呀|嗷)?$/;
const ITS_PEOPLE = /^(?:的)?(?:村?(?:支书|书记|主任|干部)|联系人|联络员|负责人|的?人|那边)?(?:都)?/;
const BESIDE_TIME =
  /请|麻烦|帮我|给我|你|记得|别忘了?|到时候?|到点|再|还|也|就|都|另外|再一个|还有|然后|完了|对了|嗯|那个|的时候|左右|前后|[,\uff0c。:\uff1a、\s]/g;
/** 提醒我开会是几点, 提醒我的有哪些. */
const ASKS =
  /(?:是)?(?:几点|什么时候|啥时候|哪天|几号|星期几|周几)(?:来着|呢|啊|的)?[?\uff1f]?$|^的|[吗么][?\uff1f]?$/;
/** 问问货啥时候到: a question that is to be asked. */
const DOES = /^(?:去|再)?(?:问|查|看|催|核|打听|确认|了解|盯|落实)/;

export const setWholeReader: Reader = {
  name: 'a reminder said whole',
  read: async (ctx, { calendar, knowledge }) => {
    const { text, match, now } = ctx;
    if (match.via !== 'example' || text.length > MAX_LENGTH || isSupposed(text)) return [];
    const others = OTHERS.exec(text)?.groups;
    const { directory } = knowledge();
    const first = WHOM_FIRST.exec(text)?.groups?.['whom'];
    if (first !== undefined && isWhomFirst(first, ctx, { calendar, knowledge }))
      return [{ ...SET, why: 'whom, a time, and what, in this order' }];
    const alike = await sameHour(ctx);
    if (alike !== null)
      return [{ ...SET, text: alike, raw: alike, why: 'another day at the hour of the one set just now' }];
    const last = CALLED_LAST.exec(text)?.groups?.['said'];
    if (last !== undefined) {
      const of = parseTime(last, { now, calendar, purpose: 'reminder' });
      const matter = of ? last.replace(of.text, ' ') : '';
      if (of && contentOf(matter).length > 1 && !ASKS.test(last) && !/谁|哪|怎么|[吗么?\uff1f]/.test(last))
        return isOfOneThere(matter, [...(await remindersIn(ctx)), ...(await dueFor(ctx))])
          ? []
          : [{ ...SET, why: 'a time, a matter, and the call behind' }];
    }
    const isForOthers =
      ctx.person &&
      others?.['what'] &&
      !TOLD.test(others['what']) &&
      calledFirst(others['what'], directory, ctx.person.organization);
    const { before = '', what = '' } = WHOLE.exec(text)?.groups ?? (isForOthers ? others : undefined) ?? {};
    if (before === '' || contentOf(what).length < 2) return [];
    const time = parseTime(before, { now, calendar, purpose: 'reminder' });
    if (!time) return [];
    // 明天上午八点起每天: since when is of it as well.
    const bounds = time.kind === 'recurrence' ? (time.bounds ?? []) : [];
    const beside = [time, ...bounds].reduce((left, it) => left.replace(it.text, ' '), before);
    if (beside.replace(BESIDE_TIME, '') !== '') return [];
    if (ASKS.test(what) && !DOES.test(what)) return [];
    if (isOfOneThere(what, [...(await remindersIn(ctx)), ...(await dueFor(ctx))])) return [];
    return changesOne(text, ctx) ? [] : [{ ...SET, why: 'a time, whom, and what, in this order' }];
  },
};

/** 1.6也要 同一个点 交台账: another one, at the hour of the one spoken of. */
const SAME_HOUR =
  /^(?<day>[^,\uff0c\s也]{2,10}?)(?:也|还)(?:要|得|有)?(?:一个|一条)?[,\uff0c\s]{1,2}(?:还是)?(?:同一个?|一样的?|同样的?|那个|这个)(?:点儿?|时间|钟点|时候)[,\uff0c\s]{1,2}(?:提醒(?:我|俺))?(?<what>[^,\uff0c\s].{1,40})$/;
async function sameHour(ctx: Context): Promise<string | null> {
  const { day, what } = SAME_HOUR.exec(ctx.text)?.groups ?? {};
  const at = inFocus(ctx, await remindersIn(ctx))?.nextAt;
  if (!isOnReminders(ctx) || day === undefined || what === undefined || typeof at !== 'number') return null;
  const { minutes } = toLocal(at);
  const clock = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return `${day} ${clock}提醒我${what}`;
}

const SET = { intent: 'set_reminder', slots: {}, probability: CERTAIN };

/** A colleague, or a village of the own township, a time right behind, and what they are to do. */
function isWhomFirst(
  said: string,
  { person, now }: Context,
  { calendar, knowledge }: Pick<ReadingDeps, 'calendar' | 'knowledge'>,
): boolean {
  if (!person) return false;
  const { directory } = knowledge();
  const name =
    directory.villages.find((it) => it.township === person.organization && said.startsWith(it.name))?.name ??
    calledFirst(said, directory, person.organization)?.name;
  const behind = name === undefined ? '' : said.slice(name.length).replace(ITS_PEOPLE, '');
  const time = behind === '' ? null : parseTime(behind, { now, calendar, purpose: 'reminder' });
  if (time?.index !== 0) return false;
  const what = behind.slice(time.text.length);
  return contentOf(what).length >= 2 && !TOLD.test(what);
}

/** What is said of it may be said of one that is there: 明天再喊我交表. */
const isOfOneThere = (what: string, there: readonly Pick<Reminder, 'text'>[]): boolean =>
  there.some(({ text }) => {
    const [said, own] = [pairsOf(what), pairsOf(text)];
    const both = said.filter((pair) => own.includes(pair)).length;
    return both > 0 && both >= LEAST_SHARE * Math.min(said.length, own.length);
  });
/** Part of the pairs of neighbouring characters, of the shorter one. */
const LEAST_SHARE = 0.5;

/** 改到明天九点喊我吃药: its own words say what becomes of one. */
const changesOne = (text: string, { session }: Context): boolean =>
  session?.reminders !== undefined &&
  (changeOf(text) !== null || speechesOf(text).some(({ kind }) => kind === 'cancel' || kind === 'restore'));
