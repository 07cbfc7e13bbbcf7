/** Whether a reminder reaches somebody, and which villages any reaches. */
import { replyText, setSession } from '../../core/effects.js';
import type { Recipient } from '../../core/reminder.js';
import type { Context, Effect } from '../../core/types.js';
import type { Directory } from '../../organizations/directory.js';
import { recipientText } from '../../reminders/view.js';
import { mayKnow, notFound, remember } from './reminders.js';
import { sessionOn } from './requests.js';

/** 小李庄那边收得到不: whether it goes there, and why not. */
export async function reaches(ctx: Context, { villages, people }: Directory): Promise<Effect[]> {
  const { value = '', text: name = '' } = ctx.match.slots;
  const reminder = await ctx.read.getReminder(value);
  if (!reminder || !mayKnow(ctx, reminder)) return notFound();
  const isOfIt = (it: Recipient): boolean => it.kind === 'person' && it.name.split(' ').includes(name);
  const accounts = [...villages, ...people].find((it) => it.name === name)?.accounts ?? [];
  const words = reminder.to.some(isOfIt)
    ? `收得到:${reminder.to
        .filter(isOfIt)
        .map((it) => recipientText(it))
        .join('、')}在提醒的人里。`
    : accounts.length === 0
      ? `收不到:${name}没有登记账号。请用其他方式告知,或请管理员登记。`
      : `这条没有提醒${name}。要加上,可以说“${name}也加上”。`;
  return [replyText(`${words}“${reminder.text}”`), remember(ctx, reminder.id)];
}

/** 村里那几个联系人都能收到吗: those of the own township. */
export function villagesReached(ctx: Context, { villages }: Directory): Effect[] {
  const own = villages.filter(({ township }) => township === ctx.person?.organization);
  const namesOf = (those: typeof own): string =>
    those.map(({ name, contact }) => [name, contact].filter(Boolean).join(' ')).join('、');
  const bound = own.filter(({ accounts }) => accounts.length > 0);
  const unbound = own.filter(({ accounts }) => accounts.length === 0);
  const words = [
    bound.length > 0 ? `能收到的:${namesOf(bound)}。` : '',
    unbound.length > 0
      ? `没有登记账号、收不到的:${namesOf(unbound)}。请管理员登记后再设,或者用其他方式告知。`
      : '各村联系人都已登记账号。',
  ];
  return [replyText(words.filter(Boolean).join('\n')), setSession(sessionOn(ctx, {}))];
}
