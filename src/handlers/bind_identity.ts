/**
 * Who the bot takes this account for: shown, asked for and given up. A claim made in a chat binds nobody; the platform's own
 * word for a telephone number does, or somebody who may confirm it.
 */
import { replyCard, replyText, setSession, updateCard } from '../core/effects.js';
import type { Person } from '../core/domain.js';
import type { Form } from '../core/form.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { mayConfirm, placeOf, unitOfGroup } from '../organizations/bindings.js';
import {
  askConfirmers,
  BIND_TIMERS,
  bound,
  decide,
  lookFor,
  groupBoundText,
  namedIn,
  unboundFrom,
  whoText,
  type Application,
} from './shared/binding.js';
import { filledIn } from '../nlu/filled.js';
import type { Directory } from '../organizations/directory.js';
import { unitField } from './shared/move-form.js';
import { isCancel } from './shared/cancel.js';
import { BindFlow } from './shared/flow-shapes.js';
import { flowData } from './shared/flows.js';
import { accountText, sessionOn } from './shared/requests.js';
import { repliesOf, type HandlerDeps } from './deps.js';

export const BIND_IDENTITY_REPLIES = ['bound', 'unbound', 'inGroup', 'notFound', 'asked', 'nobody'] as const;

const INTENT = 'bind_identity';
const WHO_FORM = 'form-bind';
const UNBIND = /解绑|解除.{0,4}绑定|取消.{0,8}绑定|^unbind$/;
const OF_GROUP = /本群|群绑定|绑定.{0,4}群/;

export function createBindIdentity(deps: HandlerDeps): Handler {
  const reply = repliesOf(deps.intents, INTENT, BIND_IDENTITY_REPLIES);
  return async (ctx) => {
    const { person, update } = ctx;
    const { action = '', value = '' } = ctx.match.slots;
    if (action === 'bind-ok' || action === 'bind-no') return decide(ctx, deps, value, action === 'bind-ok');
    if (action === 'unbind-go') return unbind(ctx);
    if (action === 'deputy' && person) return [replyText(deputyOf(person, deps.knowledge().directory))];
    if (action === 'unbind') return confirmUnbinding(ctx);
    if (action === 'group-bind') return bindGroup(ctx, deps);
    const said = update.kind === 'message' ? update.text.trim() : '';
    if (!update.conversation.isDirect && OF_GROUP.test(said)) return offerGroup(ctx, deps);
    if (person) return UNBIND.test(said) ? confirmUnbinding(ctx) : shown(ctx, person, reply('bound'));
    // Names are asked for where nobody reads along, whom the terminal and its one screen excepted.
    if (!update.conversation.isDirect) return [replyText(reply('inGroup'))];
    const flow = flowData(ctx, INTENT, BindFlow);
    const { unit = '', name = '' } = filledIn(ctx.match);
    const isFilled = action === WHO_FORM;
    const isAnswer = isFilled || (ctx.match.via === 'flow' && flow !== null);
    if (isAnswer && isCancel(ctx.text)) return [replyText('好的,没有绑定。'), setSession(sessionOn(ctx, {}))];
    const found =
      action === 'bind-who'
        ? []
        : isFilled
          ? namedIn(`${unit} ${name}`, deps.knowledge().directory, null)
          : namedIn(ctx.raw || said, deps.knowledge().directory, flow?.unit ?? null);
    const [only, ...more] = found;
    if (only && more.length === 0) return apply(ctx, deps, only, reply);
    const text = reply(isAnswer ? 'notFound' : 'unbound').replace('{account}', accountText(ctx));
    const looks = isAnswer || action === 'bind-who' ? [] : lookFor(ctx, deps);
    return [...askWho(ctx, deps, text, flow?.unit ?? null), ...looks];
  };
}

/** Who stands in, and how it is registered. */
function deputyOf({ deputy, organization, isAway }: Person, { people }: Directory): string {
  const register = '请假期间由谁代理,由管理员在人员名录中登记代理人和起止日期。';
  if (deputy === undefined)
    return `名录中没有登记您的代理人。${register}登记以后,发给您的请求和提醒由代理人接收、办理。`;
  const found = people.find((it) => it.name === deputy && it.organization === organization);
  const post = [found?.office, found?.posts.join('、')].filter(Boolean).join(' · ');
  const now = isAway
    ? '您目前登记为请假,由其代理。'
    : `${register}登记的期间,发给您的请求和提醒由其接收、办理。`;
  return `您的代理人是${deputy}${post ? `(${post})` : ''}。${now}`;
}

/** The next words are the unit and the name; `unit` is given by an invitation. */
export const askWho = (ctx: Context, deps: HandlerDeps, text: string, unit: string | null): Effect[] => [
  { kind: 'reply', reply: { text, asksContact: true, form: whoForm(deps, unit) } },
  setSession(sessionOn(ctx, { flow: { intent: INTENT, asks: 'who', data: { unit } } })),
];

const whoForm = (deps: HandlerDeps, unit: string | null): Form => ({
  id: WHO_FORM,
  fields: [
    unitField('unit', '单位', deps.knowledge(), { value: unit ?? '' }),
    { kind: 'words', name: 'name', label: '姓名', isRequired: true },
  ],
});

type Reply = (key: (typeof BIND_IDENTITY_REPLIES)[number]) => string;

/** Where the platform may know the telephone number that the directory has, it is asked first. */
function apply(ctx: Context, deps: HandlerDeps, person: Person, reply: Reply): Effect[] {
  const { directory } = deps.knowledge();
  const { user } = ctx.update;
  const on: Application = {
    place: accountText(ctx),
    unit: person.organization,
    name: person.name,
    ...(user.name !== undefined && { shownAs: user.name }),
  };
  const done = setSession(sessionOn(ctx, {}));
  if (user.platform === 'feishu' && (person.telephone !== undefined || person.email !== undefined))
    return [
      {
        kind: 'schedule',
        timer: {
          ...{ key: `bind-check:${on.place}`, runAt: ctx.now, kind: BIND_TIMERS.checks, payload: { ...on } },
          platform: user.platform,
        },
      },
      replyText(`正在核对${whoText(on)}登记的手机号、邮箱,请稍候。`),
      done,
    ];
  const { effects, asked } = askConfirmers(on, { directory, platforms: deps.platforms, now: ctx.now });
  return [...effects, replyText(askedText(on, asked, reply)), done];
}

/** What the person is told who waits for somebody's word. */
export function askedText(on: Application, asked: readonly Person[], reply: Reply): string {
  if (asked.length === 0) return reply('nobody').replace('{account}', on.place);
  const who = asked.map((it) => `${it.organization} ${it.name}`).join('、');
  return reply('asked').replace('{who}', who).replace('{person}', whoText(on));
}

function shown(ctx: Context, person: Person, text: string): Effect[] {
  const who = [person.organization, person.office, ...person.posts, person.name].filter(Boolean).join(' ');
  const said = text.replace('{account}', accountText(ctx)).replace('{person}', who);
  if (!ctx.update.conversation.isDirect) return [replyText(said)];
  return [
    replyCard({
      title: '账号绑定',
      blocks: [{ kind: 'text', text: said }],
      buttons: [{ id: 'unbind', label: '解除绑定' }],
    }),
  ];
}

function confirmUnbinding(ctx: Context): Effect[] {
  if (!ctx.person) return [replyText('您的账号没有绑定人员。')];
  return [
    updateCard(ctx.update, {
      title: '请确认:解除绑定',
      blocks: [
        {
          kind: 'text',
          text: `解除后,账号 ${accountText(ctx)} 不再代表${ctx.person.organization} ${ctx.person.name},发给您的提醒和办理卡片将改送他人。重新绑定须再次确认。`,
        },
      ],
      buttons: [{ id: 'unbind-go', label: '确认解除' }],
    }),
  ];
}

function unbind(ctx: Context): Effect[] {
  const { person, now } = ctx;
  if (!person) return [replyText('您的账号没有绑定人员。')];
  const account = accountText(ctx);
  return [
    ...unboundFrom(account, person.organization, account, now),
    updateCard(ctx.update, {
      title: '账号绑定',
      blocks: [{ kind: 'text', text: `已解除绑定。账号 ${account} 现在不代表任何人员。` }],
      buttons: [],
    }),
  ];
}

/** What a group is asked that nobody has bound yet. */
export function offerGroup(ctx: Context, deps: HandlerDeps): Effect[] {
  const { person, update } = ctx;
  const unit = unitOfGroup(deps.knowledge().directory, update.conversation);
  if (unit !== null) return [replyText(`本群已绑定为${unit}的工作群。`)];
  if (!person) return [replyText('请已绑定账号的同志在群里发送“绑定本群”。')];
  return [
    replyCard({
      title: '绑定工作群',
      blocks: [
        {
          kind: 'text',
          text: `本群是${person.organization}的工作群吗?绑定后,${person.organization}的提醒和办理卡片会发到本群。由本单位负责人或管理员确认后生效。`,
        },
      ],
      buttons: [
        { id: 'group-bind', label: `是${person.organization}的`.slice(0, 24), style: 'primary' },
        { id: 'group-later', label: '不是' },
      ],
    }),
  ];
}

/** Whoever presses speaks for the own unit alone. */
function bindGroup(ctx: Context, deps: HandlerDeps): Effect[] {
  const { person, update, now } = ctx;
  const { conversation } = update;
  const { directory } = deps.knowledge();
  if (conversation.isDirect) return [replyText('请在要绑定的群里办理。')];
  if (!person) return [replyText('请由已绑定账号的同志点击。')];
  const unit = person.organization;
  const on: Application = { place: placeOf(conversation), unit };
  const known = unitOfGroup(directory, conversation);
  if (known !== null) return [replyText(`本群已绑定为${known}的工作群。`)];
  const card = (text: string) =>
    updateCard(update, { title: '绑定工作群', blocks: [{ kind: 'text', text }], buttons: [] });
  if (mayConfirm(person, unit)) return [...bound(on, accountText(ctx), now), card(groupBoundText(unit))];
  const { effects, asked } = askConfirmers(on, { directory, platforms: deps.platforms, now });
  const who = asked.map((it) => it.name).join('、');
  return [
    ...effects,
    card(
      asked.length > 0
        ? `已请${unit} ${who} 确认把本群绑定为${unit}的工作群。`
        : `${unit}还没有可以在线确认的负责人。请管理员在 groups.csv 中登记 ${on.place}。`,
    ),
  ];
}
