/** 这条一共发给多少人, 小李庄那边收得到不, 那他头一次是几号: asked of a reminder for others that was set. */
import type { Reminder } from '../core/reminder.js';
import type { Context } from '../core/types.js';
import { calledFirst } from '../organizations/recipients.js';
import { inFocus, isOnReminders, isOwner, remindersIn } from '../reminders/concerned.js';
import { sharedLength } from './reminder-early.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

const [MAX_LENGTH, WHOLE_MAX] = [30, 60];
/** Above what asks the lists. */
const CERTAIN = 0.985;

const HOW_MANY =
  /(?:发给|发到|发|提醒|通知|叫|给|有)(?:的|到|了)?(?:是)?(?:多少|几)个?(?:人|位|村|单位)|(?:一共|总共|拢共|都)(?:是|有)?(?:发给|发|提醒|通知|叫|给)(?:了)?(?:谁|哪些人|哪几个人?|多少人|几个人)/;
/** 都有谁, of the one that stands open. */
const WHO_ALL =
  /^(?:那|这)?(?:都|一共|总共|到底)?(?:有|是|包括|通知|提醒|叫)(?:了|的|到)?(?:是)?(?:谁|哪些人|哪几[个位]人?|几个人)(?:啊|呀|呢|来着)?$/;
const OF_IT = /[这那它][一]?[条个次]?|刚才|提醒|通知|发/;
const REACHES =
  /^(?:那)?(?<who>[\u4e00-\u9fff]{2,8}?)(?:那边|那里|那儿|他们|的人)?(?:也|都|能|会|到底)*(?:收得到|收到得|收不收得到|收得着|收到|接得到|看得到|看得见|在不在里[头面边]|在里[头面边]|发了|发过|通知到|提醒到)(?:了)?(?:不|吗|么|没有?|吧)?$/;
/** 这提醒罗书记也能看见不: who hears of one's own. */
const SEEN_BY =
  /^(?:那|我)?(?:这|那|我的?)(?:个|条)?(?:提醒|题型|题醒|提型)(?:是不是)?[\u4e00-\u9fff]{2,8}?(?:也|都|还)?(?:能|会)?(?:看见|看到|看得[见到]|知道|收到)(?:不|吗|么|吧|没)$/;
/** 村里那几个联系人是不是都能收到你发的提醒: of the villages of the own township. */
const VILLAGES_REACHED =
  /(?:各村|村里|[那这]?(?:几|些)个?村|村(?:里)?的?联系人|所有村)[^,\uff0c]{0,12}(?:能|会|可以|得)?(?:收到|收得到|收不收得到|接到|接得到|连上|绑定|绑上|有账号)/;
const IS_ASKED = /是不是|能不能|[吗么不没][?\uff1f]?$|收不收|哪[个些几]村/;
/** 郑九知道吗, of the one that was set last. */
const KNOWS =
  /^(?:那|这)?(?<who>[\u4e00-\u9fff]{2,4}?)(?:也|都|会|能)?(?:知道|晓得|收到|接到|看到)(?:了)?(?:不|吗|么|没有?|吧)$/;
const FIRST_TIME =
  /^(?:那|那么)?(?:给)?(?<who>[\u4e00-\u9fff]{1,6}?)?(?:的|那条|那个)?(?:头|第)一[次回](?:提醒|响)?(?:是|在)?(?:[^,\uff0c]{0,4})(?:几号|哪天|哪一天|几月几号|什么时候|啥时候|几点)(?:了|呀|啊|呢|来着)?$/;

export const recipientsAskedReader: Reader = {
  name: 'recipients asked about',
  read: async (ctx, deps) => {
    const { match, update, person } = ctx;
    const whole = ctx.text.replace(/[?\uff1f。]$/, '');
    if (match.via === 'example' && update.conversation.isDirect && whole.length <= WHOLE_MAX) {
      const reached = villagesReached(ctx, whole, deps);
      if (reached) return [reached];
    }
    const text = whole;
    if (match.via !== 'example' || !person || !update.conversation.isDirect || text.length > MAX_LENGTH)
      return [];
    if (SEEN_BY.test(text) || (ctx.session?.reminder !== undefined && namesSomebody(text, deps)))
      return seenBy(ctx);
    const isAsked = HOW_MANY.test(text) || WHO_ALL.test(text) || REACHES.test(text) || FIRST_TIME.test(text);
    if (!isAsked) return [];
    const mine = (await remindersIn(ctx)).filter((it) => isOwner(ctx, it) && isForOthers(it, ctx));
    if (mine.length === 0) return [];
    const found = countOf(ctx, text, mine) ?? reachOf(ctx, text, mine, deps) ?? firstOf(ctx, text, mine);
    return found ? [found] : [];
  },
};

const namesSomebody = (text: string, { knowledge }: ReadingDeps): boolean => {
  const who = KNOWS.exec(text)?.groups?.['who'] ?? '';
  return knowledge().directory.people.some(({ name }) => name === who);
};

/** Who hears of the one in focus, or of the only one. */
async function seenBy(ctx: Context): Promise<Reading[]> {
  const mine = (await remindersIn(ctx)).filter((it) => isOwner(ctx, it));
  const one = inFocus(ctx, mine) ?? (mine.length === 1 ? mine[0] : undefined);
  return one ? [shows(one.id, '提醒谁', 'who hears of it')] : [];
}

function villagesReached({ person }: Context, text: string, { knowledge }: ReadingDeps): Reading | null {
  const clause = text.split(/[,\uff0c。\s]+/).find((it) => VILLAGES_REACHED.test(it)) ?? '';
  const has = knowledge().directory.villages.some(({ township }) => township === person?.organization);
  if (!has || !IS_ASKED.test(clause.replace(/[呀啊呢哈]$/, '')) || /归谁|谁管|哪个部门/.test(text))
    return null;
  return {
    ...{ intent: 'list_reminders', slots: { action: 'villages' } },
    ...{ probability: CERTAIN, why: 'which villages reminders reach' },
  };
}

const isForOthers = ({ to }: Reminder, { person }: Context): boolean =>
  to.some((it) => it.kind !== 'person' || it.name !== person?.name);

const shows = (id: string, said: string, why: string): Reading => ({
  ...{ intent: 'list_reminders', slots: { action: 'about-one', value: id }, text: said, raw: said },
  ...{ probability: CERTAIN, why },
});

function countOf(ctx: Context, text: string, mine: Reminder[]): Reading | null {
  if (WHO_ALL.test(text)) {
    const open = inFocus(ctx, mine);
    return open ? shows(open.id, '提醒谁', 'who they are') : null;
  }
  // 我都给谁设了提醒 asks of all.
  if (!HOW_MANY.test(text) || !OF_IT.test(text) || /设|哪几条|几条/.test(text)) return null;
  const one = spokenOf(ctx, text, mine);
  return one ? shows(one.id, '提醒谁', 'how many it goes to') : null;
}

/** Somebody, or a village, of whom it is asked whether it reaches them. */
function reachOf(ctx: Context, text: string, mine: Reminder[], { knowledge }: ReadingDeps): Reading | null {
  const who = REACHES.exec(text)?.groups?.['who'];
  const one = who === undefined ? null : spokenOf(ctx, text, mine);
  if (!one || who === undefined) return null;
  const { directory } = knowledge();
  const village = directory.villages.find(
    ({ name, township }) => township === ctx.person?.organization && name.startsWith(who),
  );
  const person = calledFirst(who, directory, ctx.person?.organization);
  const name = village?.name ?? person?.name;
  return name === undefined
    ? null
    : {
        ...{ intent: 'list_reminders', slots: { action: 'reaches', value: one.id, text: name } },
        ...{ probability: CERTAIN, why: `whether ${one.id} reaches ${name}` },
      };
}

function firstOf(ctx: Context, text: string, mine: Reminder[]): Reading | null {
  const found = FIRST_TIME.exec(text);
  const who = found?.groups?.['who'] ?? '';
  const named = mine.filter(({ to }) => to.some((it) => it.kind === 'person' && who.includes(it.name)));
  const one = found && (named.length === 1 ? named[0] : spokenOf(ctx, text, mine));
  return one ? shows(one.id, '下一次', 'when it comes first') : null;
}

/** The one in focus, the one that the words name, the only one. */
function spokenOf(ctx: Context, text: string, mine: Reminder[]): Reminder | null {
  const scored = mine.map((it) => ({ it, n: sharedLength(text, it.text) })).filter(({ n }) => n >= 2);
  const most = Math.max(0, ...scored.map(({ n }) => n));
  const named = scored.filter(({ n }) => n === most);
  const focus = inFocus(ctx, mine);
  if (focus && !named.some(({ it }) => it !== focus)) return focus;
  if (named.length === 1) return named[0]?.it ?? null;
  const last = mine.find(({ id }) => id === ctx.session?.reminder);
  return last ?? (isOnReminders(ctx) || mine.length === 1 ? (mine[0] ?? null) : null);
}
