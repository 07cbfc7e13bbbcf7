/** The fields of a draft: what is asked for each, and what an answer makes of it. */
import type { Card } from '../../core/card.js';
import { isTownshipUnit } from '../../organizations/names.js';
import type { Context } from '../../core/types.js';
import { formatInstant, isInstant } from '../../calendar/local.js';
import { parseTime } from '../../nlu/dates/parse.js';
import { draftChanges, isSend } from '../../nlu/draft-words.js';
import type { RequestWorld } from '../../requests/effects.js';
import type { Actor, Draft } from '../../requests/moves.js';
import { teamsIn } from './request-draft.js';

export const FIELDS = ['lead', 'support', 'text', 'place', 'wanted', 'photos'] as const;
export type DraftField = (typeof FIELDS)[number];

const NONE = /^(无|没有|不用|不需要|不限|空)[。!\uff01]?$/;

export function questionFor(field: DraftField, draft: Draft, world: RequestWorld): string {
  const { texts } = world.policies[draft.kind];
  switch (field) {
    case 'lead':
      return `请写明${texts.lead}单位(名称或常用简称)。`;
    case 'support':
      return `请写明${texts.support}单位(没有的回复“无”)。`;
    case 'text':
      return texts.ask;
    case 'place':
      return '请写明地点(没有的回复“无”)。';
    case 'wanted':
      return '请写明希望何时前办好,如“今天下午五点前”“3个工作日内”(不限的回复“无”)。';
    case 'photos':
      return '请发送照片或文件,可以连续发送;发完后点卡片上的“提交”。';
  }
}

export function missingField(draft: Draft, world: RequestWorld): DraftField | null {
  if (draft.text.trim().length < 2) return 'text';
  if (draft.lead === '' && world.policies[draft.kind].answeredBy !== 'list-office') return 'lead';
  return null;
}

/** A sentence while a unit is asked for, which names none and ends as none does: what it is about, and more of it. */
export const tellsMatter = (raw: string, { directory }: RequestWorld): boolean =>
  raw.trim().length >= SENTENCE_MIN &&
  !NO_MATTER.test(raw) &&
  !isSend(raw) &&
  directory.mentions(raw).length === 0 &&
  draftChanges(raw, raw, directory.mentions).length === 0;
const SENTENCE_MIN = 7;
const NO_MATTER =
  /(?:局|办|委|中心|单位|部门|公司|[大支中]队|所|站|院|会|厅|科|室|政府)(?:吧|的|呢|呗|来|办)?[。!\uff01]?$|(?:不|没)(?:知道|清楚|晓得|确定|懂|会|想好|弄明白)|随便|看着办|帮我/;

/** The changed draft, or what is wrong with the answer and what to say instead. */
export function changeDraft(
  draft: Draft,
  field: DraftField,
  ctx: Context,
  world: RequestWorld,
  actor: Actor,
): { draft: Draft } | { problem: string } {
  const { raw } = ctx;
  switch (field) {
    case 'lead':
    case 'support':
      return changeUnits(draft, field, ctx, world, actor);
    case 'text':
      return raw.length >= 2 ? { draft: { ...draft, text: raw } } : { problem: '内容太短,请写明什么事。' };
    case 'place':
      return { draft: { ...draft, place: NONE.test(raw) ? '' : raw } };
    case 'wanted':
      return changeWanted(draft, ctx, world);
    case 'photos': {
      const sent = ctx.update.kind === 'message' ? (ctx.update.attachments ?? []) : [];
      if (sent.length === 0) return { problem: '没有收到照片或文件,请重新发送。' };
      return { draft: { ...draft, attachments: [...draft.attachments, ...sent] } };
    }
  }
}

function changeUnits(
  draft: Draft,
  field: 'lead' | 'support',
  ctx: Context,
  world: RequestWorld,
  actor: Actor,
): { draft: Draft } | { problem: string } {
  if (field === 'support' && NONE.test(ctx.raw)) return { draft: { ...draft, support: [] } };
  const policy = world.policies[draft.kind];
  const named =
    policy.answeredBy === 'team'
      ? teamsIn(ctx.raw, world, actor)
      : world.directory
          .mentions(ctx.raw)
          .map(({ unit }) => unit)
          .filter((unit) => (policy.answeredBy === 'township') === isTownshipUnit(unit));
  if (named.length === 0) {
    const near = world.directory.nearest(ctx.raw);
    const hint = near.length > 0 ? `您是否指:${near.join('、')}?` : '';
    return { problem: `名录中没有查到这个单位。${hint}请写单位名称或常用简称。` };
  }
  if (field === 'support') return { draft: { ...draft, support: named.filter((u) => u !== draft.lead) } };
  const [lead = '', ...more] = named;
  const support = more.length > 0 ? more : draft.support.filter((unit) => unit !== lead);
  return { draft: { ...draft, lead, support } };
}

function changeWanted(
  draft: Draft,
  ctx: Context,
  world: RequestWorld,
): { draft: Draft } | { problem: string } {
  if (NONE.test(ctx.raw)) return { draft: { ...draft, wantedAt: null } };
  const time = parseTime(ctx.raw, { now: ctx.now, calendar: world.calendar, purpose: 'deadline' });
  if (time?.kind === 'unclear') {
    const choices = time.candidates.map(({ label }) => label).join('、');
    return { problem: `${time.message}${choices ? `您是否指:${choices}?` : ''}` };
  }
  const at = time?.kind === 'instant' ? time.at : time?.kind === 'range' ? time.to : null;
  if (at === null || !isInstant(at))
    return { problem: '没有看懂这个时间,请换一种写法,如“11月30日下午三点前”。' };
  return changeWantedAt(draft, at, ctx.now);
}

export const changeWantedAt = (
  draft: Draft,
  at: number,
  now: number,
): { draft: Draft } | { problem: string } =>
  at > now
    ? { draft: { ...draft, wantedAt: at } }
    : { problem: `${formatInstant(at, now)}已经过去,请写一个将来的时间。` };

/** The kinds that the person's role may file. */
export function kindCard(world: RequestWorld, actor: Actor): Card {
  const kinds = Object.values(world.policies).filter(({ filedBy }) =>
    filedBy.some((role) => actor.roles.includes(role)),
  );
  return {
    title: '请选择请求类型',
    blocks: kinds.map(({ name, summary }) => ({ kind: 'field', label: name, text: summary })),
    buttons: kinds.map(({ id, name }) => ({ id: 'draft-set-kind', label: name, value: id })),
  };
}

/** 不对, and not what. */
export const WHICH_FIELD = '请写明改哪一项,例如:内容改为……、地点改为……、主办改为……。草稿还没有提交。';
export const hasPictures = ({ update }: Context): boolean =>
  update.kind === 'message' && (update.attachments ?? []).length > 0;
