/** What happened to a chat instead of being said in it: taken in and out, opened, edited, a pin, a shared number, a voice. */
import { replyText, send } from '../core/effects.js';
import { directChat, type ChatEvent } from '../core/chat.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { placeOf, unitOfGroup } from '../organizations/bindings.js';
import { recipientsOf } from '../organizations/recipients.js';
import { askWho, offerGroup } from './bind_identity.js';
import { bound, boundText, lookFor, ownerOf, unboundFrom, unitBy, whoText } from './shared/binding.js';
import { accountText } from './shared/requests.js';
import { repliesOf, type HandlerDeps } from './deps.js';

export const CHAT_EVENT_REPLIES = [
  ...(['edited', 'recalled', 'anonymous', 'voice', 'other', 'place', 'later'] as const),
] as const;

export function createChatEvent(deps: HandlerDeps): Handler {
  const reply = repliesOf(deps.intents, 'chat_event', CHAT_EVENT_REPLIES);
  const help = repliesOf(deps.intents, 'help', ['reply'] as const);
  return (ctx) => {
    const { update } = ctx;
    if (update.kind === 'action') return [replyText(reply('later'))];
    const { event } = update;
    switch (event?.kind) {
      case 'joined':
        return [replyText(help('reply')), ...offerGroup(ctx, deps)];
      case 'left':
        return left(ctx, deps, event.why);
      case 'entered':
        return entered(ctx, deps, { payload: event.payload, help: help('reply') });
      case 'contact':
        return contact(ctx, deps, event);
      case 'recalled':
        // Only who is in the middle of something may have built on it.
        return ctx.session?.flow ? [replyText(reply('recalled'))] : [];
      case 'unsupported':
        return [replyText(event.what === 'voice' ? reply('voice') : reply('other'))];
      case 'place':
        return [replyText(reply('place').replace('{place}', ctx.raw))];
      case 'edited':
        return [replyText(reply('edited'))];
      case 'anonymous':
        return [replyText(reply('anonymous'))];
      default:
        return [];
    }
  };
}

const HOW_TO_BIND = '办理请求、设置提醒前,请先发送“绑定”。';

function entered(
  ctx: Context,
  deps: HandlerDeps,
  { payload, help }: { payload: string | undefined; help: string },
): Effect[] {
  const unit = payload === undefined ? null : unitBy(deps.knowledge().directory, payload);
  if (ctx.person) return [replyText(help)];
  if (unit !== null)
    return askWho(
      ctx,
      deps,
      `您受邀以${unit}工作人员身份使用清单助手。请发送您的姓名。(回复“取消”可放弃)`,
      unit,
    );
  const reply = { text: `${help}\n${HOW_TO_BIND}`, asksContact: true } as const;
  return [{ kind: 'reply', reply }, ...lookFor(ctx, deps)];
}

/** The platform vouches for the own number of who shares it; a passed-on one is anybody's. */
function contact(ctx: Context, deps: HandlerDeps, event: Extract<ChatEvent, { kind: 'contact' }>): Effect[] {
  const { directory } = deps.knowledge();
  const { person, now } = ctx;
  if (person) return [replyText(`您的账号已绑定:${person.organization} ${person.name}。`)];
  if (!event.isOwn)
    return [
      {
        kind: 'reply',
        reply: { text: '这不是您本人的号码,不能用来绑定。请点“分享本人手机号”。', asksContact: true },
      },
    ];
  const owner = ownerOf(directory, event.telephone);
  if (!owner)
    return askWho(
      ctx,
      deps,
      '人员名录中没有登记这个手机号。请发送您的单位和姓名,例如“柳林镇 王小明”,由本单位负责人确认。(回复“取消”可放弃)',
      null,
    );
  const on = { place: accountText(ctx), unit: owner.organization, name: owner.name };
  return [...bound(on, null, now), replyText(boundText(whoText(on)))];
}

const WHY: Readonly<Record<Extract<ChatEvent, { kind: 'left' }>['why'], string>> = {
  removed: '机器人被移出了',
  disbanded: '群已解散:',
  blocked: '停用了机器人:',
};

/**
 * A unit's group that is gone is its group no more, so that its people are written to directly; they and the office that watches
 * deadlines are told. So is the office of a person who can be written to no more.
 */
function left(ctx: Context, deps: HandlerDeps, why: Extract<ChatEvent, { kind: 'left' }>['why']): Effect[] {
  const { directory } = deps.knowledge();
  const { conversation } = ctx.update;
  const office = recipientsOf('', directory, 'deadline-office');
  if (why === 'blocked') {
    if (!ctx.person) return [];
    const who = `${ctx.person.organization} ${ctx.person.name}`;
    const text = `${who}停用了机器人(${conversation.platform}),发给本人的消息送不到,将改送其单位其他人员。请另行告知本人。`;
    return tell(deps, office, text);
  }
  const unit = unitOfGroup(directory, conversation);
  if (unit === null) return [];
  const people = recipientsOf(unit, directory, 'person');
  const text = `${WHY[why]}${unit}的工作群(${placeOf(conversation)})。今后发给该群的提醒和办理卡片改为直接发给${unit}的人员;恢复后,请在群里发送“绑定本群”。`;
  return [
    ...unboundFrom(placeOf(conversation), unit, null, ctx.now),
    ...tell(deps, [...people.slice(0, TOLD_MAX), ...office], text),
  ];
}

/** People of the unit who are told: more would only be noise. */
const TOLD_MAX = 3;

function tell({ platforms }: HandlerDeps, people: readonly { accounts: string[] }[], text: string): Effect[] {
  const accounts = people.flatMap(({ accounts: own }) => {
    const account = own.find((it) => {
      const chat = directChat(it);
      return chat !== null && platforms.has(chat.platform);
    });
    return account === undefined ? [] : [account];
  });
  return [...new Set(accounts)].flatMap((account) => {
    const chat = directChat(account);
    return chat ? [send(chat, { text })] : [];
  });
}
