/**
 * Questions about one's own reminders in everyday words, answered from the one spoken of, else the only one that fits, else the list; never
 * from the lists of responsibility.
 */
import type { Reminder } from '../core/reminder.js';
import type { Context } from '../core/types.js';
import {
  inFocus,
  isOnReminders,
  isOwner,
  lately,
  namedIn,
  reachedBy,
  remindersIn,
  rungLast,
} from '../reminders/concerned.js';
import { contentOf } from '../reminders/naming.js';
import { ownQuestion, type OwnQuestion } from '../reminders/own-questions.js';
import { normalizeText } from '../text/normalize.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

/** Above rows and guides, which words of asking alone may be taken for. */
const CERTAIN = 0.996;

export const ownAskedReader: Reader = {
  name: 'own reminders asked about',
  read: async (ctx, deps) => {
    if (ctx.match.via !== 'example') return [];
    const found = await askedOfOwn(ctx, deps);
    return found ? [found] : [];
  },
};

export async function askedOfOwn(ctx: Context, deps: ReadingDeps): Promise<Reading | null> {
  // 我让沈己几点去 is no slip: as it was typed before as it was mended.
  const typed = ctx.update.kind === 'message' ? normalizeText(ctx.update.text.trim()) : ctx.text;
  const asked = ownQuestion(typed) ?? ownQuestion(ctx.text);
  return asked && readingOf(ctx, deps, asked);
}

const reading = (slots: Reading['slots'], said: string, why: string): Reading => ({
  ...{ intent: 'list_reminders', ...(slots && { slots }), text: said, raw: said, probability: CERTAIN, why },
});

async function readingOf(ctx: Context, deps: ReadingDeps, asked: OwnQuestion): Promise<Reading | null> {
  const mine = await remindersIn(ctx);
  if (asked.kind === 'list') return reading({ action: 'asked' }, '我的提醒', 'asks what was noted');
  if (asked.kind === 'others')
    return mine.some((it) => isOwner(ctx, it) && it.source === 'own')
      ? reading({ action: 'asked' }, '我给别人设了哪些', 'asks what is set for others')
      : null;
  if (asked.kind === 'paused') {
    const paused = mine.filter(({ pausedAt }) => pausedAt !== undefined);
    if (mine.length === 0 || (paused.length === 0 && !isOnReminders(ctx))) return null;
    return reading(those(paused), '我的提醒', 'asks which of them rest');
  }
  if (asked.kind === 'each') {
    const words = contentOf(asked.about);
    const shown = new Set(isOnReminders(ctx) ? ctx.session?.reminders?.shown : []);
    const isAll = words === '' && shown.size < 2 && isOnReminders(ctx);
    const fit = mine.filter((it) => (words === '' ? isAll || shown.has(it.id) : it.text.includes(words)));
    return fit.length > 1 ? reading(those(fit), '我的提醒', 'asks when each of several comes') : null;
  }
  if (asked.detail === 'who') {
    const isThere = isOnReminders(ctx) || (await reachedBy(ctx)).length > 0;
    return isThere ? reading({ action: 'about-one' }, asked.said, 'asks who has asked for it') : null;
  }
  const one = await oneOf(ctx, deps, asked, mine);
  if (one === null) return null;
  const why = `asks of ${one.map(({ id }) => id).join(', ')}: ${asked.detail}`;
  const [only, second] = one;
  return only && !second
    ? reading({ action: 'about-one', value: only.id }, asked.said, why)
    : reading(those(one), '我的提醒', why);
}

const those = (of: readonly Reminder[]): Record<string, string> => ({
  action: 'those',
  value: of.map(({ id }) => id).join(','),
});

/** 报到哪天截止, out of nowhere, speaks of none. */
const SPEAKS_OF_ONE = /提醒|闹钟|响|[叫喊催](?:我|俺)|[这那]一?[个条]|[他她]/;

/** Null where the words speak of something else. */
async function oneOf(
  ctx: Context,
  { calendar, knowledge }: ReadingDeps,
  { about, isTheirs, detail }: Extract<OwnQuestion, { kind: 'one' }>,
  all: Reminder[],
): Promise<Reminder[] | null> {
  const isForOthers = (it: Reminder): boolean =>
    isOwner(ctx, it) && it.to.some((to) => to.kind !== 'person' || to.name !== ctx.person?.name);
  const others = isTheirs || detail === 'whom' ? all.filter(isForOthers) : [];
  // Who hears of it is asked of what is for others, where there is such.
  const mine = isTheirs || others.length > 0 ? others : all;
  if (mine.length === 0) return null;
  const people = knowledge().directory.people.filter(({ name }) => about.includes(name));
  const [person] = people.sort((a, b) => b.name.length - a.name.length);
  if (person) {
    const theirs = mine.filter(({ to }) => to.some((it) => it.kind === 'person' && it.name === person.name));
    return theirs.length > 0 ? theirs : null;
  }
  const words = contentOf(about);
  const focus = (await rungLast(ctx, mine)) ?? inFocus(ctx, mine);
  if (words === '') {
    const one = focus ?? (SPEAKS_OF_ONE.test(ctx.text) ? lately(ctx, mine) : null);
    return one ? [one] : isOnReminders(ctx) || isTheirs ? mine : null;
  }
  const { named } = await namedIn(ctx, calendar, words, mine);
  return named.kind === 'found' && named.by === 'words' ? named.reminders : null;
}
