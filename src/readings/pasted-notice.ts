/** A notice of another unit that was pasted, what is then said of its dates, and 把这个通知转给某某,明早发给他们. */
import { personRecipient } from '../core/reminder.js';
import { withoutFlow } from '../core/session.js';
import { namedIn } from '../nlu/dates/parse.js';
import { parseNumber } from '../nlu/dates/numbers.js';
import { asksOfReminders, pastedIn, remindersOf, type Dated } from '../reminders/pasted.js';
import { accountsIn } from '../reminders/concerned.js';
import { whyNotRemind } from '../reminders/permissions.js';
import { normalizeText } from '../text/normalize.js';
import type { Context } from '../core/types.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

const INTENT = 'pasted_notice';
/** Above what its words may mean by themselves: it calls no unit. */
const WHOLE = 1.6;
const [LENGTH, SAID_MAX] = [1_500, 120];
/** 把县应急局这个通知转给吕乙和周丙,明天上午八点半发给他们:“…”. */
const SENT_ON =
  /^(?:请|麻烦|帮我)?(?:把|将)[^,\uff0c:\uff1a“]{0,20}通知(?:内容)?(?:转|发|转发)给(?<who>[^,\uff0c:\uff1a“]{2,40})[,\uff0c](?<when>[^:\uff1a“]{2,24}?)(?:再)?(?:发|转|推)给(?:[他她]们?|[他她]俩|二人|这[两几]个人)[:\uff1a,\uff0c\s]{0,2}“(?<what>[^”]{4,300})”[。!]?$/;

function sentOn(ctx: Context, { knowledge }: ReadingDeps): Reading | null {
  const { who = '', when = '', what = '' } = SENT_ON.exec(ctx.raw)?.groups ?? {};
  const { person, update } = ctx;
  if (what === '' || !person || !update.conversation.isDirect) return null;
  const { directory } = knowledge();
  const names = who.split(/[和、及跟与\s]+/).filter(Boolean);
  const people = names.map((name) =>
    directory.people.find((it) => it.name === name && it.organization === person.organization),
  );
  const to = people.flatMap((it) => {
    const recipient = it && personRecipient(it);
    return recipient ? [recipient] : [];
  });
  const speaker = { person, account: accountsIn(ctx)[0] ?? '', directory };
  if (to.length === 0 || to.length < names.length || whyNotRemind(to, speaker) !== null) return null;
  const data = { text: what, to, when: null, said: '' };
  return {
    ...{ intent: 'set_reminder', slots: { action: 'said' }, text: normalizeText(when), raw: when },
    session: { ...withoutFlow(ctx), flow: { intent: 'set_reminder', asks: 'time', data } },
    ...{ probability: WHOLE, why: 'sends the words of a notice on to people at a time' },
  };
}

/** …各乡镇于每周四17:00前报送 … 你给我弄个每周的提醒 提前一天下午三点. */
const OWN_RULE =
  /^(?<head>.{8,600}?)[\s,\uff0c。;\uff1b](?:麻烦|请)?(?:你|您)?(?:给|帮)(?:我|俺)(?:弄|设|定|建|加|整|搞)(?:上)?(?:一?个)(?:每(?:个)?(?:周|星期|礼拜)的?)?(?:定期|固定)?(?:的)?提醒[\s,\uff0c]*(?<when>.{0,30})$/s;
const WEEKLY = /每(?:个)?(?:周|星期|礼拜)(?<day>[一二三四五六日天])/;
const EARLIER = /(?:提前|早)(?<n>[一两二三123])天|(?:头|前)一天/;
const WHAT = /关于(?<what>.{3,40}?)的(?:通知|函)/;
const WEEK = '一二三四五六日';

/** One's own, every week so many days before it is due; null where the notice says no such rule, or the words no hour. */
function ownRule(ctx: Context, { calendar }: ReadingDeps): Reading | null {
  const { head = '', when = '' } = OWN_RULE.exec(ctx.raw)?.groups ?? {};
  const day = WEEKLY.exec(head)?.groups?.['day'];
  const what = WHAT.exec(head)?.groups?.['what'];
  if (day === undefined || what === undefined) return null;
  const lead = EARLIER.exec(when);
  const n = lead ? parseNumber(lead.groups?.['n'] ?? '一') : 0;
  const clock = (lead ? when.replace(lead[0], '') : when).replace(/^[\s,\uff0c的]+/, '');
  const options = { now: ctx.now, calendar };
  if (!namedIn(clock, options).clock) return null;
  const at = (WEEK.indexOf(day === '天' ? '日' : day) - n + WEEK.length) % WEEK.length;
  const said = `每周${WEEK.charAt(at)}${clock}提醒我${what}`;
  return {
    ...{ intent: 'set_reminder', slots: {}, text: said, raw: said },
    ...{ probability: WHOLE, why: 'wants to be reminded of the rule of a notice' },
  };
}

export const pastedNoticeReader: Reader = {
  name: 'pasted notices',
  isOfWhole: true,
  read: (given, deps) => {
    const { match, update, session, now } = given;
    if (match.via !== 'example' || update.kind !== 'message') return [];
    const raw = update.text.trim();
    const ctx = { ...given, raw };
    if (raw.length > LENGTH) return [];
    const on = sentOn(ctx, deps);
    if (on) return [on];
    const rule = ownRule(ctx, deps);
    if (rule) return [rule];
    const { calendar, knowledge } = deps;
    const own = (slots: Record<string, string>, why: string): Reading[] => [
      { intent: INTENT, slots, text: normalizeText(raw), raw, probability: WHOLE, why },
    ];
    const isHeadLike = /通知|来文|来函|来电|函|发文|【/.test(raw.slice(0, 60));
    if (isHeadLike && pastedIn(raw, { now, calendar, directory: knowledge().directory }))
      return own({}, 'a notice of another unit was pasted');
    const flow = session?.flow;
    if (flow?.intent !== INTENT || raw.length > SAID_MAX) return [];
    // Its shape is looked at by the handler; a flow that cannot be read has no dates here.
    const dated = Array.isArray(flow.data['dated']) ? (flow.data['dated'] as Dated[]) : [];
    if (dated.length > 0 && asksOfReminders(raw))
      return own({ action: 'shown' }, 'asks whether it can be reminded of');
    return dated.length > 0 && remindersOf(raw, dated, { now, calendar })
      ? own({ action: 'remind' }, 'wants to be reminded of a date of the notice')
      : [];
  },
};
