/** Binding accounts to people and groups to units: what is asked for waits as a timer until somebody confirms it. */
import { replyText, send } from '../../core/effects.js';
import type { Card } from '../../core/card.js';
import { directChat, type Platform } from '../../core/chat.js';
import type { Person } from '../../core/domain.js';
import type { Binding } from '../../core/binding.js';
import type { Context, Effect } from '../../core/types.js';
import { confirmersOf, groupAt, mayConfirm, peopleWith } from '../../organizations/bindings.js';
import type { Directory } from '../../organizations/directory.js';
import { tokenOf } from '../../text/token.js';
import type { HandlerDeps } from '../deps.js';
import { accountText } from './requests.js';

/** The kinds of its timers: somebody has to confirm; whether the number is the account's; whose of all numbers are. */
export const BIND_TIMERS = { waits: 'bind', checks: 'bind-check', looks: 'bind-look' } as const;

/**
 * Where the platform knows whose numbers and addresses the directory has, it is asked who a stranger is, before that one has
 * said a word of it; nothing where there are none.
 */
export function lookFor(ctx: Context, { knowledge }: HandlerDeps): Effect[] {
  const { platform } = ctx.update.user;
  const { people } = knowledge().directory;
  if (platform !== 'feishu' || people.every(({ telephone, email }) => !telephone && !email)) return [];
  const place = accountText(ctx);
  const timer = { key: `${BIND_TIMERS.looks}:${place}`, runAt: ctx.now, kind: BIND_TIMERS.looks };
  return [{ kind: 'schedule', timer: { ...timer, payload: { place }, platform } }];
}

/** So long somebody may take to confirm, ms. */
const WAIT_MS = 3 * 24 * 3_600_000;
/** More confirmers would only be noise. */
const ASKED_MAX = 3;

/** What is asked for: `name` for an account, without it a group. */
export type Application = { place: string; unit: string; name?: string; shownAs?: string };

export const waitKey = (place: string): string => `bind:${place}`;

export const whoText = ({ unit, name }: Pick<Application, 'unit' | 'name'>): string =>
  [unit, name].filter(Boolean).join(' ');

/** Units in links: a payload of Telegram has ASCII only. */
export const unitToken = (unit: string): string => `u-${tokenOf(unit)}`;
export const unitBy = ({ organizations }: Directory, token: string): string | null =>
  organizations.find(({ name, parent }) => parent === undefined && unitToken(name) === token)?.name ?? null;

/** The people whom a text names: of a unit that it names, or of the one that is given. */
export function namedIn(text: string, directory: Directory, unit: string | null): Person[] {
  const units = unit === null ? directory.mentions(text).map(({ unit: named }) => named) : [unit];
  const said = text.replace(/\s/g, '');
  return directory.people.filter(
    (it) =>
      said.includes(it.name) && (units.includes(it.organization) || units.includes(directory.unitOf(it))),
  );
}

export const bindingOf = (
  { place, unit, name }: Application,
  by: string | null,
  now: number,
): { kind: 'binding'; binding: Binding } => ({
  kind: 'binding',
  binding: { place, to: { unit, ...(name !== undefined && { name }) }, by, at: now },
});

/** The binding, its line in the record, and the end of what waited. */
export const bound = (on: Application, by: string | null, now: number): Effect[] => [
  bindingOf(on, by, now),
  { kind: 'cancel', key: waitKey(on.place) },
  { kind: 'record', what: 'admin', data: { act: 'bind', place: on.place, unit: on.unit, by: by ?? '' } },
];

export const unboundFrom = (place: string, unit: string, by: string | null, now: number): Effect[] => [
  { kind: 'binding', binding: { place, to: null, by, at: now } },
  { kind: 'record', what: 'admin', data: { act: 'unbind', place, unit, by: by ?? '' } },
];

/** Asks those who may confirm; nobody where nobody of them can be written to. */
export function askConfirmers(
  on: Application,
  { directory, platforms, now }: { directory: Directory; platforms: ReadonlySet<Platform>; now: number },
): { effects: Effect[]; asked: Person[] } {
  const reached = confirmersOf(directory, on.unit)
    .flatMap((person) => {
      const chat = person.accounts.map(directChat).find((it) => it && platforms.has(it.platform));
      return chat ? [{ person, chat }] : [];
    })
    .slice(0, ASKED_MAX);
  if (reached.length === 0) return { effects: [], asked: [] };
  const timer = { key: waitKey(on.place), runAt: now + WAIT_MS, kind: BIND_TIMERS.waits, payload: { ...on } };
  return {
    effects: [
      { kind: 'schedule', timer },
      ...reached.map(({ chat }) => send(chat, { card: confirmCard(on) })),
    ],
    asked: reached.map(({ person }) => person),
  };
}

function confirmCard({ place, unit, name, shownAs }: Application): Card {
  const isGroup = name === undefined;
  return {
    title: isGroup ? '请确认:绑定工作群' : '请确认:绑定账号',
    blocks: [
      {
        kind: 'text',
        text: isGroup
          ? `有人申请把群 ${place} 绑定为${unit}的工作群。绑定后,${unit}的提醒和办理卡片会发到该群。`
          : `账号 ${place}${shownAs ? `(昵称“${shownAs}”)` : ''}申请绑定为${unit} ${name}。绑定后可以用其身份签收、答复和提交请求。`,
      },
      { kind: 'source', text: '请先与本人核实;不确定的请点“不同意”。三天内没有确认的自动作废。' },
    ],
    buttons: [
      { id: 'bind-ok', label: '同意', value: place, style: 'primary' },
      { id: 'bind-no', label: '不同意', value: place },
    ],
  };
}

/** One of those who may confirm has pressed. */
export async function decide(
  ctx: Context,
  deps: HandlerDeps,
  place: string,
  isYes: boolean,
): Promise<Effect[]> {
  const { directory } = deps.knowledge();
  const waiting = await ctx.read.getTimer(waitKey(place));
  const on = waiting && applicationOf(waiting.payload);
  if (!on) return [replyText('这项申请已经处理过,或已作废。')];
  if (!mayConfirm(ctx.person, on.unit)) return [replyText(`这项申请由${on.unit}负责人或管理员确认。`)];
  const who = whoText(on);
  const by = accountText(ctx);
  const chat = on.name === undefined ? groupAt(place) : directChat(place);
  const tell = (text: string): Effect[] => (chat ? [send(chat, { text })] : []);
  if (!isYes)
    return [
      { kind: 'cancel', key: waitKey(place) },
      { kind: 'record', what: 'admin', data: { act: 'bind-refused', place, unit: on.unit, by } },
      closed(ctx, `已不同意:${who}`),
      ...tell(`绑定申请(${who})没有通过。如有疑问,请联系本单位负责人或管理员。`),
    ];
  const isThere =
    on.name === undefined
      ? directory.organizations.some(({ name }) => name === on.unit)
      : directory.people.some(({ name, organization }) => name === on.name && organization === on.unit);
  if (!isThere)
    return [{ kind: 'cancel', key: waitKey(place) }, closed(ctx, `${who}已不在名录中,没有绑定。`)];
  return [
    ...bound(on, by, ctx.now),
    closed(ctx, `已同意:${who}`),
    ...tell(on.name === undefined ? groupBoundText(on.unit) : boundText(who)),
  ];
}

export const boundText = (who: string): string =>
  `已绑定:${who}。现在可以提交和办理请求、设置提醒。发送“帮助”看用法。`;
export const groupBoundText = (unit: string): string =>
  `本群已绑定为${unit}的工作群,${unit}的提醒和办理卡片会发到这里。`;

function closed({ update }: Context, text: string): Effect {
  const card: Card = { title: '绑定申请', blocks: [{ kind: 'text', text }], buttons: [] };
  return update.kind === 'action'
    ? { kind: 'edit', messageId: update.messageId, reply: { card } }
    : replyText(text);
}

/** What a timer kept. */
export function applicationOf(payload: Record<string, unknown>): Application | null {
  const { place, unit, name, shownAs } = payload;
  if (typeof place !== 'string' || typeof unit !== 'string') return null;
  return {
    ...{ place, unit },
    ...(typeof name === 'string' && { name }),
    ...(typeof shownAs === 'string' && { shownAs }),
  };
}

/** Who shared the own number is who has it in the directory; a number of several people proves nothing. */
export function ownerOf(directory: Directory, telephone: string): Person | null {
  const [only, ...more] = peopleWith(directory, telephone);
  return only && more.length === 0 ? only : null;
}
