/** A request in the making: read from a sentence or from an answered row; every field can be changed before it is sent. */
import { isTownshipUnit } from '../../organizations/names.js';
import type { Request, RequestKind } from '../../core/request.js';
import type { Context } from '../../core/types.js';
import { askerOf } from '../../lists/answer.js';
import type { Knowledge } from '../../lists/knowledge.js';
import type { Candidate, IndexedRow } from '../../lists/row-index.js';
import { parseTime } from '../../nlu/dates/parse.js';
import { nearUnit } from '../../nlu/near-unit.js';
import { matterOf, tellsOnlyWhom } from '../../nlu/told-whom.js';
import { requestKindOf } from '../../nlu/request-kinds.js';
import { helpersIn, isWish, parsePlace, parseUrgency, saidTo, splitCall } from '../../nlu/slots.js';
import type { RequestWorld } from '../../requests/effects.js';
import type { Actor, Draft } from '../../requests/moves.js';
import { ruledDepartment, rulingInForce } from '../../requests/log.js';
import { allowsTask, evidenceOf, fixedLeadOf, routeOf } from '../../requests/routing.js';
import { decideOn } from '../ask_responsibility.js';

/** A wish to be helped within this time is an urgent one, in ms. */
const SOON_MS = 24 * 3_600_000;

/** Rows that come near, whose units are named when the unit is asked for. */
const NEAR_SHOWN = 3;

/** What the draft's card says beside the fields: what the lists say about the unit that was named. */
export type DraftNote = string;

export type Drafted = { draft: Draft; note: DraftNote };

/** From the words of a message; `given`: what was said of it before. */
export async function draftFromText(
  ctx: Context,
  knowledge: Knowledge,
  world: RequestWorld,
  actor: Actor,
  given: Partial<Draft> = {},
): Promise<Drafted> {
  const command = ctx.update.kind === 'message' ? ctx.update.text.trim().split(/[\s:\uff1a,\uff0c]/)[0] : '';
  const kind = given.kind ?? kindFor(ctx.raw, requestKindOf(command ?? '', saidTo(ctx.raw)), world);
  const { units: named, body: said } = calledIn(ctx.raw, world);
  const fixed = fixedLeadOf(world.policies[kind].answeredBy, ctx.raw, actor.organization, world.directory);
  if (fixed !== null) return { draft: plainDraft(ctx, kind, fixed), note: '' };
  const body = asked(said || (named.length > 0 ? ctx.raw : ''), ctx, world) ?? said;
  const own = [actor.organization, actor.team ?? ''];
  const teams = kind === 'dispatch' ? teamsIn(ctx.raw, world, actor) : [];
  const answers = world.policies[kind].answeredBy;
  const units = named.filter(
    (unit) => !own.includes(unit) && (answers === 'township') === isTownshipUnit(unit),
  );
  const time = parseTime(body, { now: ctx.now, calendar: world.calendar, purpose: 'deadline' });
  // 执法调度:下周一早上八点南街集市整治: when they are to be there.
  const isWanted =
    time?.kind === 'instant' && time.at > ctx.now && (kind === 'dispatch' || isWish(time, body));
  const wantedAt = isWanted ? time.at : null;
  const isSoon = wantedAt !== null && wantedAt - ctx.now <= SOON_MS;
  const helpers = helpersIn(body, world.directory.mentions).filter(
    (unit) => !own.includes(unit) && (answers === 'township') === isTownshipUnit(unit),
  );
  const office = kind === 'advice' && OF_LISTS.test(body) ? world.policies[kind].listOffice : null;
  const [first = '', ...others] = teams.length > 0 ? teams : units.length > 0 || !office ? units : [office];
  const lead = given.lead || first;
  const support = [...new Set([...others, ...helpers])].filter((unit) => unit !== lead);
  const draft: Draft = {
    kind,
    urgency: isSoon || given.urgency === 'urgent' ? 'urgent' : parseUrgency(ctx.raw),
    text: body,
    place: parsePlace(isWanted ? body.replace(time.text, ',') : body) || (given.place ?? ''),
    wantedAt: wantedAt ?? given.wantedAt ?? null,
    attachments: [...(given.attachments ?? []), ...attachmentsOf(ctx)],
    evidence: null,
    lead,
    support,
    conversation: ctx.update.conversation,
  };
  const unclear = time?.kind === 'unclear' ? `时间没有填:${time.message}` : '';
  // 请编办答复, right after the lists did not say.
  if (kind === 'inquiry')
    return { draft: { ...draft, text: body === '' ? (ctx.session?.question ?? '') : body }, note: '' };
  if (kind === 'dispatch' || kind === 'ruling' || body === '') return { draft, note: unclear };
  const drafted = await withRow(draft, ctx, knowledge, actor);
  const notes = [unclear, drafted.note, admissionNote(drafted.draft)];
  return { ...drafted, note: notes.filter(Boolean).join('\n') };
}

/** 建议:清单里加一项…: of the lists, which the 编办 keeps. */
const OF_LISTS = /清单/;

/** 交办柳林镇:月底前订党报三百份: what the lists do not give to the townships goes to the 编办 first. */
const admissionNote = ({ kind, evidence, lead, support }: Draft): string =>
  kind !== 'task' || lead === '' || allowsTask(evidence, [lead, ...support])
    ? ''
    : '清单没有列明上述镇街承担此事,提交后先由编办审核,同意后才交办。';

/** What the words name, put right by whom they name. */
function kindFor(raw: string, worded: RequestKind, world: RequestWorld): RequestKind {
  // 呼叫商务局,…咱派出所去了两回: whom it calls decides, and no team of which it tells.
  if (worded === 'dispatch' && callsUnit(raw, world)) return 'call';
  // 征求水利局和林业局意见: a 征求意见 is of townships, departments are asked together.
  const asked = VIEWS_OF.exec(raw)?.groups?.['whom'];
  const units = asked === undefined ? [] : world.directory.mentions(asked);
  const isOfDepartments = units.length > 0 && units.every(({ unit }) => !isTownshipUnit(unit));
  return isOfDepartments && (worded === 'consent' || worded === 'call') ? 'confer' : worded;
}
const VIEWS_OF = /(?:征求|听取|征询)(?:一下)?(?<whom>[^,\uff0c:\uff1a。\s]{2,30}?)的?意见(?![稿书函表箱])/;

/** A department stands right behind 呼叫, and none of its teams. */
function callsUnit(raw: string, { directory }: RequestWorld): boolean {
  const [first] = directory.mentions(raw);
  if (!first || isTownshipUnit(first.unit)) return false;
  const behind = raw.slice(first.index + first.alias.length);
  return (
    /呼叫(?:一下)?\s{0,2}$/.test(raw.slice(0, first.index)) &&
    !/^的?[^,\uff0c:\uff1a。\s]{0,4}[队所]/.test(behind)
  );
}

/** Whom it calls and what it says; a name that is none is looked for among those that are written or sound like it. */
function calledIn(raw: string, { directory }: RequestWorld): { units: string[]; body: string } {
  const split = splitCall(raw, directory.mentions);
  const near = nearUnit(raw, directory.organizations);
  // 呼叫公安菊 上坡村…: 公安 is known, and one character of its name is left over.
  const isLeftOver = near !== null && near.unit === split.units[0] && isOneMore(split.body, near.body);
  return near && (split.units.length === 0 || isLeftOver) ? { units: [near.unit], body: near.body } : split;
}

const isOneMore = (text: string, body: string): boolean =>
  text.endsWith(body) &&
  /^[\u4e00-\u9fff][,\uff0c:\uff1a\s]+$/.test(text.slice(0, text.length - body.length));

/** 让水务局来, right after the matter was told: that is what is filed. */
function asked(said: string, { session, now }: Context, { directory }: RequestWorld): string | null {
  const question = session?.question ?? '';
  // 就报供电公司, while a draft stands open, is said of that draft.
  if (session?.flow || said === '' || question.length < 6 || now - (session?.updatedAt ?? 0) > RECENT_MS)
    return null;
  return tellsOnlyWhom(said, directory.mentions) ? matterOf(question) : null;
}
const RECENT_MS = 10 * 60_000;
/** To the one place of its kind: whoever the words name is no addressee. */
const plainDraft = (ctx: Context, kind: RequestKind, lead: string): Draft => {
  const text = ctx.raw.replace(/^(?:帮办代办|帮办|代办|执法监督|投诉执法)[\s:\uff1a,\uff0c]+/, '').trim();
  return {
    ...{ kind, lead, text, evidence: null, support: [], wantedAt: null, urgency: parseUrgency(ctx.raw) },
    place: parsePlace(text),
    attachments: attachmentsOf(ctx),
    conversation: ctx.update.conversation,
  };
};

const attachmentsOf = ({ update }: Context): Draft['attachments'] =>
  update.kind === 'message' ? (update.attachments ?? []) : [];

/** The row that the words mean, where the lists are sure of one: evidence, and the units it names where none were named. */
async function withRow(draft: Draft, ctx: Context, knowledge: Knowledge, actor: Actor): Promise<Drafted> {
  const asker = askerOf(ctx.person, knowledge);
  const decision = await decideOn(draft.text, { ctx, knowledge, asker });
  const agreed = decision.kind === 'ask' && draft.lead === '' ? agreedLead(decision.offered, actor) : null;
  if (agreed !== null) return { draft: { ...draft, lead: agreed }, note: AGREED };
  if (decision.kind === 'ask' && draft.lead === '') return { draft, note: nearNote(decision.offered, actor) };
  if (decision.kind === 'abstain' && draft.lead === '')
    return { draft, note: nearNote(decision.nearest.slice(0, 1), actor) };
  if (decision.kind !== 'answer') return { draft, note: '' };
  const { entry } = decision.best;
  const route = routeOf(entry.row, actor.organization);
  const parts = [...entry.row.lead, ...entry.row.support].map((part) => part.unit);
  const isDown = /^(?:task|consent|planning)$/.test(draft.kind);
  if (isDown) return { draft: { ...draft, evidence: evidenceOf(entry) }, note: '' };
  if (draft.lead === '') {
    if (route.lead === null) return { draft, note: '' };
    return {
      draft: { ...draft, evidence: evidenceOf(entry), lead: route.lead, support: route.support },
      note: '主办、协办单位按清单自动填写,请核对。',
    };
  }
  if (parts.includes(draft.lead)) return { draft: { ...draft, evidence: evidenceOf(entry) }, note: '' };
  const lead = entry.row.lead.map((part) => part.unit).join('、');
  if (!lead) return { draft, note: '' };
  const source = `《${entry.list.title}》第${entry.row.number}项“${entry.row.matter}”`;
  return { draft, note: `请核对:${source}列明的主体责任单位是${lead}。` };
}

/** The unit that leads all the rows among which it would be asked, whichever of them is meant. */
function agreedLead(offered: Candidate[], actor: Actor): string | null {
  const leads = new Set(offered.map(({ entry }) => routeOf(entry.row, actor.organization).lead));
  const [lead = null] = leads;
  return leads.size === 1 ? lead : null;
}
const AGREED = '主办单位按清单中相近的几项填写,请核对。';

/** Whom the rows name that come near: said, never filled in. */
function nearNote(offered: Candidate[], actor: Actor): string {
  const leads = offered
    .slice(0, NEAR_SHOWN)
    .map(({ entry }) => routeOf(entry.row, actor.organization).lead)
    .filter((unit) => unit !== null);
  const units = [...new Set(leads)].join('、');
  return units ? `清单中相近事项的主体责任单位:${units}。` : '';
}

/** From the button of an answer: the row is the evidence, the question the text. `told`: more of it, `unit`: to whom it is to go. */
export function draftFromRow(
  ctx: Context,
  entry: IndexedRow,
  { actor, world }: { actor: Actor; world: RequestWorld },
  { told = '', unit }: { told?: string; unit?: string } = {},
): Drafted {
  const question = ctx.session?.focus === entry.ref ? matterOf(ctx.session.question ?? '') : '';
  const route = routeOf(entry.row, actor.organization);
  const isRouted = unit === undefined || unit === route.lead;
  const lead = isRouted ? route.lead : unit;
  const said = [question, told].filter(Boolean).join(';');
  const wantedAt = wantedIn(told, ctx, world);
  const isSoon = wantedAt !== null && wantedAt - ctx.now <= SOON_MS;
  return {
    draft: {
      kind: 'call',
      urgency: isSoon ? 'urgent' : parseUrgency(said),
      text: said || entry.row.matter,
      place: parsePlace(told) || parsePlace(question),
      wantedAt,
      attachments: [],
      evidence: evidenceOf(entry),
      lead: lead ?? '',
      support: isRouted ? route.support : [],
      conversation: ctx.update.conversation,
    },
    note: lead === null ? '清单该项没有列明县直部门,请填写要呼叫的单位。' : '',
  };
}

/** 今晚十点前有人去瞅瞅, told when an answered row is filed. */
function wantedIn(told: string, { now }: Context, { calendar }: RequestWorld): number | null {
  const time = parseTime(told, { now, calendar, purpose: 'deadline' });
  return time?.kind === 'instant' && time.at > now && isWish(time, told) ? time.at : null;
}

/** From the button of a ruling: null where it is not in force, or is of no department. */
export function draftFromRuling(ctx: Context, request: Request): Drafted | null {
  const lead = ruledDepartment(request);
  if (lead === null) return null;
  const { text, place, urgency, number, events } = request;
  const support = String(rulingInForce({ events })?.facts?.['support'] ?? '').split('、');
  return {
    draft: {
      ...{ kind: 'call', urgency, text, place, lead, evidence: null, wantedAt: null },
      support: support.filter((unit) => unit !== '' && !isTownshipUnit(unit)),
      attachments: request.attachments,
      conversation: ctx.update.conversation,
    },
    note: `编办已裁定由${lead}负责(${number}),请核对后提交。`,
  };
}

/** 那就呼叫市监局吧, of the ruling spoken of last, where that is whom it names. */
export function draftAsRuled(ctx: Context, request: Request, world: RequestWorld): Drafted | null {
  const { units, body } = calledIn(ctx.raw, world);
  const [unit] = units;
  return body === '' && units.length === 1 && unit === ruledDepartment(request)
    ? draftFromRuling(ctx, request)
    : null;
}

/** From the button of a guide: the counter is asked to help with it. */
export function draftFromGuide(ctx: Context, { row }: IndexedRow, lead: string): Drafted {
  const draft = plainDraft(ctx, 'assist', lead);
  return {
    draft: { ...draft, text: `请帮办代办:${row.matter}`, place: '' },
    note: '请补充替谁办、住在哪里、怎样联系。',
  };
}

/** Stationed teams of the caller's own township that the text names. */
export function teamsIn(text: string, world: RequestWorld, actor: Actor): string[] {
  const own = world.directory.organizations.filter(
    (o) => o.kind === 'team' && o.parent === actor.organization,
  );
  const found = own.flatMap((o) => {
    const at = [o.name, ...o.aliases].map((name) => text.indexOf(name)).filter((i) => i >= 0);
    return at.length > 0 ? [{ unit: `${o.parent}${o.name}`, at: Math.min(...at) }] : [];
  });
  if (found.length > 0) return found.sort((a, b) => a.at - b.at).map(({ unit }) => unit);
  // 请中队来一趟, where the township has one alone that is called so.
  const kind = OF_TEAM.exec(text)?.[0];
  const called = kind === undefined ? [] : own.filter(({ name }) => name.endsWith(kind));
  return called.length === 1 ? called.map(({ parent, name }) => `${parent}${name}`) : [];
}

const OF_TEAM = /中队/;
