/** What must hold of a case once all is quiet, found out from people, chats and the log, by other means than the code's. */
import { isDeepStrictEqual } from 'node:util';
import { conversationKey } from '../../../src/core/chat.js';
import type { Person } from '../../../src/core/domain.js';
import { isEnded, type Request } from '../../../src/core/request.js';
import { formatInstant } from '../../../src/calendar/local.js';
import { isWorkingTime } from '../../../src/calendar/workdays.js';
import { clocksOf } from '../../../src/requests/clock.js';
import { caseAt, DAY, MINUTE } from '../requests.js';
import type { Oracle } from '../oracle.js';
import { replay } from '../replay.js';
import { calendarOf, DEADLINE_OFFICE, keyOf, TEAMS } from './county.js';
import { viewsOf, type Run, type Sent } from './run.js';

const isLeader = ({ roles }: Person): boolean =>
  roles.includes('department-head') || roles.includes('township-leader');
const isOffice = ({ roles }: Person): boolean => roles.includes('deadline-office');

/** People who speak for a unit: a team's are of its office, a township's are not of a team that has a part. */
function staffOf(run: Run, unit: string): Person[] {
  const team = TEAMS.find((name) => unit === `柳林镇${name}`);
  return run.county.people.filter((p) =>
    team === undefined ? p.organization === unit : p.organization === '柳林镇' && p.office === team,
  );
}

const chatOf = (person: Person): string | null => {
  const account = person.accounts.find((it) => it.startsWith('console:'));
  return account === undefined ? null : keyOf(account);
};

const isHidden = (person: Person, { kind, text }: Request): boolean =>
  kind === 'consent' && (!isLeader(person) || text.includes(person.name));

/** Chats of a unit that may see the request: its people of any rank, its groups. */
function insideChats(run: Run, unit: string): Set<string> {
  const { request, county } = run;
  const asks = request.kind === 'consent' && request.callers.some((c) => c.organization === unit);
  const people = staffOf(run, unit).filter(
    (p) => !isHidden(p, request) || (asks && request.callers.some((c) => p.accounts.includes(c.account))),
  );
  const leaders = unit.startsWith('柳林镇')
    ? staffOf(run, '柳林镇').filter((p) => p.roles.includes('township-leader'))
    : [];
  const groups =
    request.kind === 'consent'
      ? []
      : county.groups.filter((it) => it.unit === unit).map((it) => conversationKey(it.conversation));
  return new Set([...[...people, ...leaders].flatMap((p) => chatOf(p) ?? []), ...groups]);
}

const leaderChats = (run: Run, unit: string): Set<string> =>
  new Set(
    staffOf(run, unit)
      .filter(isLeader)
      .flatMap((p) => chatOf(p) ?? []),
  );

const officeChats = ({ county }: Run): Set<string> =>
  new Set(county.people.filter(isOffice).flatMap((p) => chatOf(p) ?? []));

const dutyChats = ({ county, now, request }: Run, unit: string): Set<string> =>
  new Set(
    request.kind === 'consent'
      ? []
      : county.roster
          .filter((s) => (s.unit === unit || s.unit === DEADLINE_OFFICE) && s.from <= now && now < s.until)
          .flatMap(({ name, unit: of }) =>
            county.people.filter((p) => p.name === name && p.organization === of),
          )
          .flatMap((p) => chatOf(p) ?? []),
  );

export const checkQuiet = (run: Run, since: number): string[] =>
  viewsOf(run).flatMap((view) => [
    ...checkClocks(view),
    ...checkNext(view),
    ...checkOwners(view, since),
    ...checkReaders(view, run.sent.slice(since)),
  ]);

type Replayed = { oracle: Oracle; other: Request | null; clocks: string[] };
const replayed = new WeakMap<Request, Replayed>();

/** By the log alone; most of what is sent changes no request. */
function clocksByLog({ request, county, other }: Run): string[] {
  const { oracle } = calendarOf(county);
  const known = replayed.get(request);
  if (known?.oracle === oracle && known.other === other) return known.clocks;
  const { clocks } = replay(request, oracle, other);
  replayed.set(request, { oracle, other, clocks });
  return clocks;
}

function checkClocks(run: Run): string[] {
  const { request, county } = run;
  const { calendar } = calendarOf(county);
  const expected = clocksByLog(run);
  const found = clocksOf({ ...caseAt(request, run.now), calendar })
    .map((c) => `${c.assignment} ${c.clock} ${c.caller ?? ''} ${c.isRunning} ${c.dueAt}`)
    .sort();
  return isDeepStrictEqual(found, expected) ? [] : [`clocks: ${found.join()} ≠ ${expected.join()}`];
}

/** At the latest when a pause or the longest clock of a kind with its extension ends. */
const LATEST = 60 * DAY;

function checkNext({ request, timers, now }: Run): string[] {
  const timer = timers.get(`request:${request.number}`);
  if (isEnded(request)) return timer ? ['an ended case has a timer'] : [];
  if (!timer) return [`no next instant: ${request.status}`];
  return timer.runAt > now && timer.runAt < now + LATEST
    ? []
    : [`next instant ${timer.runAt - now} ms from now`];
}

/** Whoever owes the next move has the case before them, or who called knows that nobody could be reached. */
function checkOwners(run: Run, since: number): string[] {
  const { request, sent } = run;
  if (isEnded(request) || isBeingHandedOver(run)) return [];
  const waiting = request.assignments
    .filter((a) => a.status === 'waiting' || a.status === 'signed')
    .map((a) => ({ unit: a.organization, at: request.events.find((e) => e.made?.includes(a.id))?.at ?? 0 }));
  const isCallers = request.status === 'answered' || (request.status === 'open' && waiting.length === 0);
  const callers = isCallers
    ? request.callers.map((c) => ({ unit: c.organization, at: request.events.at(-1)?.at ?? 0 }))
    : [];
  const refusing = new Set<string>();
  for (const { chat, text, hasArrived } of sent)
    if (text.includes(request.number) && !text.includes('今日提要'))
      refusing[hasArrived ? 'delete' : 'add'](chat);
  const cards = sent.filter((it) => it.hasArrived && it.slot?.startsWith(`${request.number}/`) === true);
  const stateAt = (at: number) => (isCallers ? lastChange(request) : at);
  // Whoever asks for leave has the case before them, which gives nobody leave.
  const isLeave = request.status === 'approval';
  return [...waiting, ...callers].flatMap(({ unit, at }) => {
    const inside = isLeave ? leaderChats(run, unit.replace(/负责人$/, '')) : insideChats(run, unit);
    for (const c of request.callers)
      if (!isLeave && c.organization === unit && !c.conversation.isDirect)
        inside.add(conversationKey(c.conversation));
    const outside = new Set([...officeChats(run), ...dutyChats(run, unit)]);
    const having = (chats: Set<string>) =>
      cards.filter((it) => chats.has(it.chat) && it.at >= stateAt(at) && !refusing.has(it.chat));
    const holders = [...having(inside), ...having(outside)].map(
      ({ chat, at: since }) => `${chat} (${formatInstant(since, 0)})`,
    );
    const isIn = having(inside).length > 0;
    const isOut = having(outside).length > 0;
    // 柳林镇派出所 is not 柳林镇.
    const longer = units(request).filter((other) => other !== unit && other.startsWith(unit));
    const isOf = (text: string) => text.includes(unit) && !longer.some((other) => text.includes(other));
    const tried = new Set(sent.filter((it) => !it.hasArrived).map(({ chat }) => chat));
    const claims = sent
      .slice(since)
      // What did not arrive has told nobody anything.
      .filter(
        (it) => it.hasArrived && it.slot === undefined && it.text.includes(request.number) && isOf(it.text),
      )
      .flatMap(
        ({ text }) =>
          /已转(督办|值班人员)|没有可以送达的人员|已送该单位其他人员|已转.+(其他人员|负责人)/.exec(
            text,
          )?.[0] ?? [],
      );
    const claim = claims.at(-1) ?? '';
    const problems: string[] = [];
    if (!isIn && !isOut) {
      const left = [...inside, ...outside].filter((chat) => !tried.has(chat));
      if (left.length > 0) problems.push(`${unit} has no owner, though ${left.join()} was not tried`);
    }
    if (/已转(督办|值班人员)/.test(claim) && !isOut)
      problems.push(`${unit}: “${claim}”, but nobody there has it`);
    if (/没有可以送达/.test(claim) && (isIn || isOut))
      problems.push(`${unit}: “${claim}”, but ${holders.join()} has it`);
    if (/该单位其他人员|(其他人员|负责人)$/.test(claim) && !isIn)
      problems.push(`${unit}: “${claim}”, but nobody inside has it`);
    return problems;
  });
}

/** At night the morning is waited for, unless it is urgent; and what was just sent is let arrive first. */
function isBeingHandedOver({ timers, now, request, world }: Run): boolean {
  const { held = {} } = request;
  const isLost = request.assignments.some((a) => /waiting|signed/.test(a.status) && !held[a.organization]);
  // Who is reached by nobody is looked at again within the hour.
  if (isLost && (timers.get('handover')?.runAt ?? Infinity) <= now + 60 * MINUTE) return true;
  const own = timers.get(`handover:${request.number}`);
  if (own && own.runAt < now + 11 * MINUTE) return true;
  return request.urgency !== 'urgent' && !isWorkingTime(world.calendar, now);
}

const CHANGES =
  /^(filed|approved|answered|returned|transferred|ruled|admitted|reopened|paused|ruling-asked)$/;
const lastChange = ({ events }: Request): number =>
  events.findLast(({ kind }) => CHANGES.test(kind))?.at ?? 0;

function readersOf(run: Run): Set<string> {
  const { request, county } = run;
  // Who called has heard of it, though it be taken out of the request again.
  const said = request.events.flatMap(({ facts }) => String(facts?.['added'] ?? '').split('、'));
  const involved = new Set([
    ...[...request.assignments, ...request.callers].map((a) => a.organization),
    ...said.filter(Boolean),
  ]);
  return new Set([
    ...[...involved].flatMap((unit) => [...insideChats(run, unit), ...dutyChats(run, unit)]),
    ...ruledUnits(request).flatMap((unit) => [...insideChats(run, unit)]),
    ...officeChats(run),
    ...county.people.filter((p) => p.roles.includes('county-leader')).flatMap((p) => chatOf(p) ?? []),
    ...request.callers.flatMap((c) => (c.conversation.isDirect ? [] : [conversationKey(c.conversation)])),
  ]);
}

/** A ruling that was asked for is told to those whom it names, and to no more of the ladder than their own people. */
const ruledUnits = ({ kind, events }: Request): string[] =>
  events
    .filter((it) => kind === 'ruling' && /^(ruled|ruling-corrected|ruling-withdrawn)$/.test(it.kind))
    .flatMap(({ facts }) => [String(facts?.['lead'] ?? ''), ...String(facts?.['support'] ?? '').split('、')])
    .filter(Boolean);

/** Whoever reads of the case has to do with it now, and what they read of clocks is so. */
function checkReaders(run: Run, sent: Sent[]): string[] {
  const { request, other } = run;
  const about = sent.filter(({ text }) => text.includes(request.number));
  if (about.length === 0) return [];
  const may = readersOf(run);
  // What became of two reads whoever has to do with one of them.
  const both = other && new Set([...may, ...readersOf({ ...run, request: other })]);
  const clocks = clocksByLog(run).map((line) => line.split(' '));
  return about.flatMap((it) => [
    ...((other && it.text.includes(other.number) ? both : may)?.has(it.chat) === true
      ? []
      : [`${it.chat} has nothing to do with it and reads: ${it.text.split('\n')[0]}`]),
    ...(it.slot === undefined ? checkWords(run, it, clocks) : []),
  ]);
}

const CLOCKS = {
  签收: 'sign',
  答复: 'answer',
  同意上报: 'answer',
  评价: 'rate',
  请求单位选择或补充: 'caller',
  督办核查: 'review',
  办好: 'promise',
};

function checkWords(run: Run, { chat, text, at }: Sent, clocks: string[][]): string[] {
  const { request, county, sent } = run;
  const [, soon, what1 = '', what2 = '', late] =
    /(?:应于(.+?)前(签收|答复|评价|同意上报)。|(签收|答复|评价|同意上报|请求单位选择或补充|督办核查)时限为(.+?),(?:现已超过|已经超过))/.exec(
      text,
    ) ?? [];
  const said = soon ?? late;
  if (said === undefined) return [];
  const clock = CLOCKS[(what1 || what2) as keyof typeof CLOCKS];
  const due = clocks.flatMap(([assignment = '', name, ...rest]) =>
    name === clock && rest.at(-2) === 'true' ? [{ assignment, dueAt: Number(rest.at(-1)) }] : [],
  );
  const problems: string[] = [];
  if (!due.some(({ dueAt }) => formatInstant(dueAt, at) === said && dueAt > at === (soon !== undefined)))
    problems.push(
      `“${text}” at ${formatInstant(at, 0)}: no such clock (${due.map((d) => formatInstant(d.dueAt, at)).join()})`,
    );
  const told = /已(?:再次)?提醒(其?)(经办人员|其他人员|负责人|督办|值班人员|工作群)/.exec(text);
  if (told) {
    const unit = (units(request).find((it) => text.includes(`)${it}`)) ?? '').replace(/负责人$/, '');
    const own =
      told[2] === '负责人'
        ? [...staffOf(run, unit), ...staffOf(run, '柳林镇')].filter(isLeader)
        : told[2] === '督办'
          ? county.people.filter(isOffice)
          : null;
    const chats = own
      ? new Set(own.flatMap((p) => chatOf(p) ?? []))
      : new Set([...insideChats(run, unit), ...dutyChats({ ...run, now: at }, unit)]);
    const isSo =
      sent.some(
        (it) =>
          it.hasArrived &&
          it.at === at &&
          it.slot === undefined &&
          chats.has(it.chat) &&
          // Of two clocks that are late at one instant whoever is reminded hears of the case once.
          (it.text.includes(said) || (it.text.startsWith('提醒') && it.text.includes(request.number))),
      ) ||
      sent.some(
        (it) =>
          it.hasArrived &&
          it.slot === undefined &&
          chats.has(it.chat) &&
          it.text.startsWith('提醒') &&
          it.text.includes(said),
      );
    const isMended = sent.some((it) => it.at === at && it.chat === chat && it.text.includes('没有送达'));
    if (!isSo && !isMended) problems.push(`“${text}”: nobody of them was reminded`);
  }
  if (text.includes('电话联系') === false && /均无法送达/.test(text)) problems.push(text);
  return problems;
}

const units = ({ assignments }: Request): string[] => assignments.map((a) => a.organization);
