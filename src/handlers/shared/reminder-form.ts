/** A reminder as a form, and what was filled in. */
import { directChat } from '../../core/chat.js';
import type { Person } from '../../core/domain.js';
import type { Filled, Form } from '../../core/form.js';
import type { Recipient } from '../../core/reminder.js';
import type { Context } from '../../core/types.js';
import { whyNotRemind } from '../../reminders/permissions.js';
import type { ReminderWorld } from '../../reminders/deps.js';
import { RECIPIENTS_MOST } from './reminder-called.js';
import type { ReminderFlow } from './flow-shapes.js';
import { speakerIn } from './reminders.js';
import { accountText } from './requests.js';

export const REMINDER_FORM = 'form-reminder';
/** More than these nobody looks through. */
const PEOPLE_MAX = 100;

export function reminderForm(
  ctx: Context,
  { text, when, to, whole, notice }: ReminderFlow,
  world: ReminderWorld,
): Form {
  const isOpen = ctx.update.conversation.isDirect && whole === undefined && !notice;
  const among = isOpen && to.every(({ kind }) => kind === 'person') ? accountsFor(ctx, world) : [];
  return {
    id: REMINDER_FORM,
    fields: [
      { kind: 'words', name: 'text', label: '提醒什么事', isRequired: true, ...(text && { value: text }) },
      {
        ...{ kind: 'time', name: 'at', label: '什么时候(北京时间)', isRequired: true },
        ...(when?.kind === 'once' && when.at > ctx.now && { value: when.at }),
      },
      ...(among.length > 0
        ? [{ kind: 'people' as const, name: 'to', label: '提醒谁(不选为您本人或前面说的人)', among }]
        : []),
    ],
  };
}

const asRecipient = ({ name, organization }: Person, account: string): Recipient => ({
  ...{ kind: 'person', account, name, organization },
});

/** Accounts on this platform of those whom the person may remind, colleagues first; none where that is only oneself. */
function accountsFor(ctx: Context, world: ReminderWorld): string[] {
  const { directory } = world;
  const { platform } = ctx.update.user;
  const isColleague = (it: Person) => Number(it.organization === ctx.person?.organization);
  const found = directory.people
    .filter((it) => it !== ctx.person)
    .sort((a, b) => isColleague(b) - isColleague(a))
    .flatMap((person) => {
      const account = person.accounts.find((it) => directChat(it)?.platform === platform);
      if (account === undefined) return [];
      return whyNotRemind([asRecipient(person, account)], speakerIn(ctx, world)) ? [] : [account];
    })
    .slice(0, PEOPLE_MAX);
  return found.length > 0 ? [accountText(ctx), ...found] : [];
}

/** Whoever is picked is in the directory, and may be reminded by who picks. */
export function fillReminder(
  ctx: Context,
  flow: ReminderFlow,
  { text, at, to }: Filled,
  world: ReminderWorld,
): { data: ReminderFlow } | { problem: string } {
  const { directory } = world;
  const picked = (to?.split(' ') ?? []).map((account): Recipient | null => {
    const chat = directChat(account);
    const person = chat && directory.personOf({ platform: chat.platform, id: chat.chatId });
    return person ? asRecipient(person, account) : null;
  });
  const known = picked.filter((it) => it !== null);
  if (known.length < picked.length) return { problem: '所选的人员不在人员名录中,没有设置提醒。请重新选择。' };
  if (known.length > RECIPIENTS_MOST)
    return { problem: `一次最多提醒 ${RECIPIENTS_MOST} 人,没有设置提醒。请重新选择。` };
  const refused = whyNotRemind(known, speakerIn(ctx, world));
  if (refused) return { problem: refused };
  return {
    data: {
      ...flow,
      ...(text && { text }),
      ...(at && { when: { kind: 'once' as const, at: Number(at) } }),
      ...(known.length > 0 && { to: known }),
    },
  };
}

/** The form was sent twice: what it holds is set, and the dialogue is over. */
export async function isSetAlready(ctx: Context, { text, when }: ReminderFlow): Promise<boolean> {
  const own = await ctx.read.findReminders({ owner: accountText(ctx), isActive: true });
  return own.some(
    (it) => it.text === text && it.when.kind === 'once' && when?.kind === 'once' && it.when.at === when.at,
  );
}
