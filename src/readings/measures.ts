/** What is said in words of rectification measures: one is registered, asked about, reported on, ended, opened again or given more time. */
import { toLocal } from '../calendar/local.js';
import type { Context } from '../core/types.js';
import { parseTime } from '../nlu/dates/parse.js';
import { measuresNamed } from '../reminders/measure-named.js';
import { registrationAt } from '../reminders/measure-said.js';
import { isMeasure, isRegisteredBy, personsOf, type MeasureReminder } from '../reminders/measures.js';
import { MAY } from '../reminders/permissions.js';
import { isQuestion } from '../requests/move-words.js';
import { actual, isHypothetical, isIntended, isJoke, isSupposed } from '../text/frames.js';
import { normalizeText } from '../text/normalize.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

export const MEASURE_INTENTS: ReadonlySet<string> = new Set(['register_measure', 'update_measure']);
const [MAX_LENGTH, REGISTRATION_MAX] = [80, 300];
/** Above what is said of one's own reminders; a whole registration above everything that its words may mean by themselves. */
const [CERTAIN, WHOLE, IN_DIALOGUE] = [0.985, 1.5, 3];

export const ASKS =
  /哪些|哪几|啥|什么|几[个项条]|多少|有没有|有无|[吗么没][?\uff1f]?$|^(?:请|帮我|给我)?(?:看|查|列)|一览|列表|清单$/;
const OF_THE_LISTS =
  /归(?:谁|哪)|(?:谁|哪(?:个|家|些)(?:部门|单位|局|科室)?)(?:来)?(?:管|负责|牵头|办)|该谁|找谁|怎么(?:写|做|办|报)/;
const OWN = /我们|咱|俺|我[局镇乡单街]|本[局镇乡单街]|[局镇乡]里|我(?:还)?有/;
/** 还有哪些没弄利索, 未完成的, 没销号. */
const OPEN =
  /没(?:有)?(?:弄|搞|改|做|办|整|完|销|落|到)[^,\uff0c。\s]{0,5}|未(?:完成|办结|销号|整改|落实)|还(?:有|剩)|剩(?:下|几|多少)/;
/** 整改1围网补了三处 …, 第3项整改, 整改登2. */
const NUMBERED =
  /^(?:请|把|将)?(?:第)?(?:整改(?:措施|事项|任务)?(?:第)?\s?(?<n>登?\d{1,3}(?:[.-]\d{1,3})?)|(?<m>登?\d{1,3})(?:号|项)整改)(?:号|项|条)?[,\uff0c:\uff1a\s]?(?<rest>.*)$/s;
const ASKS_OF_ONE =
  /啥时候|什么时候|是(?:啥|什么)|(?:啥|什么)内容|几号|哪一?天|几时|到期|时限|多久|谁|咋样|怎么样|进度(?:呢|如何)?$|到哪|情况$|(?:啥|什么)样子?了?$|到(?:啥|什么)(?:程度|地步)|哪一?步|(?:啥|什么)(?:动静|进展)|[吗么呢不没?\uff1f]$/;
const REOPENS = /重新打开|重开|再打开|重新(?:启动)?整改|打回(?:去)?(?:重改)?|恢复整改|接着(?:整)?改|返工重改/;
const NOTES =
  /[,\uff0c\s]?(?:请|帮我|给我|麻烦)?(?:记(?:一下|下|上|录)?|登记(?:一下)?|填(?:一下|上)?|写(?:上|一下))(?:这个|到|进)?进(?:度|展)(?:里|上|去)?(?:吧)?$/;
const ENDS =
  /^(?:已经?|都|全部?|我们|咱们?)*(?:弄|做|改|整改|办|处理|搞|修)?(?:完成|完|好|妥|销号|到位)(?:了)?(?:[,\uff0c\s].{0,40})?$/;
const POSTPONES = /整改.{0,8}(?:能|可以|可不可以|能不能)?(?:往后|延|拖|推|宽限|缓)/;

const asked = (why: string, parts: Partial<Reading> = {}): Reading => ({
  ...{ intent: 'list_measures', slots: {}, text: '', raw: '', probability: CERTAIN, why },
  ...parts,
});

function actOn(n: string, rest: string): Reading | null {
  const raw = `${n} ${rest}`.trim();
  const act = (action: string, words: string): Reading => ({
    ...{ intent: 'update_measure', slots: { action } },
    ...{ text: `${n} ${words}`.trim(), raw: `${n} ${words}`.trim() },
    ...{ probability: CERTAIN, why: `${action} of measure ${n}` },
  });
  if (rest === '' || (ASKS_OF_ONE.test(rest) && !NOTES.test(rest)))
    return asked(`asks of measure ${n}`, { text: n, raw: n });
  if (isSupposed(rest)) return null;
  if (REOPENS.test(rest))
    return act(
      'reopen',
      rest
        .replace(REOPENS, ' ')
        .replace(/^[,\uff0c\s]{1,3}|(?<=\S)[了吧]$/g, '')
        .trim(),
    );
  if (NOTES.test(rest)) return act('progress', rest.replace(NOTES, '').trim());
  return ENDS.test(rest) && !/没|未|还差|还剩/.test(raw) ? act('done', '') : null;
}

/** 砖厂那条整改, 我手头那条, 垃圾池那个. */
const POINTS = /[那这]一?(?:条|个|项|事)|整改/;
const MINE =
  /(?:我|俺)(?:手头|手上|名下|负责|自己|这边|这儿|那)?(?:的|还?有(?=几|多少|哪|啥|什么|没))?(?:[那这几]一?[条个项]|哪些|多少[条个项]?|啥|什么)?(?:的)?(?:整改|$|到|是|啥|什么|几)/;
const HOW_MANY = /(?:几|多少)[条个项]|哪些|哪几[条个项]/;
const ENDED =
  /(?:整改|已经?|都|全|也|算|可以算)(?:完成|办结|销号|到位|改完|弄完|办完|搞完|搞定|弄好|改好|清完|做完|利索)了?|(?:完成|办结|销号|改完|弄完|办完|搞完|弄好|改好|整改完|做完|弄利索|整改到位|改到位)了?(?=$|[,\uff0c。!\uff01\s吧啊哈])|(?:给(?:[他她它]|我)?|把[^,\uff0c\s]{0,6})?销(?:号|掉|了)(?:了|吧|掉)?/;
const NOT_ENDED =
  /没(?!问题|事)|未|还(?:差|剩|得|要|在)|才|快|差(?:不)?一|不(?:能|算|该|是|让|准)|正在|准备|要求|[再说讲]/;
/** 我看差不多了 is a view, and no lack. */
const VIEW = /差不多|没问题/g;
const MOVES_DEADLINE =
  /(?:延|宽|推|顺延|放宽|挪|(?<!整)改(?!到位)|缓|展期|延期|延长|推迟|宽限|延后|后推)(?:期|限|后|迟|长|一下|时限|时间|期限)?(?:到|至|成|为)/;
const REPORTS =
  /正在|还(?:差|剩|没|在)|已经?|[\u4e00-\u9fff\d]了(?=$|[,\uff0c。\s])|一半|进场|开工|动工|进展|进度/;
const LEAD =
  /^[^,\uff0c。\s]{0,16}?(?:[那这]一?(?:条|个|项)|的)(?:的?整改(?:措施)?)?(?:报|记|写|更新|登)?(?:一?个|一?下)?(?:进展|进度)?[,\uff0c:\uff1a\s]+/;
/** 头一条别写何庚了 换成周庚, 责任人改成周庚: by name, who is to answer for it. */
const REASSIGNS =
  /(?:换成|换为|改成|改为|改由|改给|转给|交给|换)(?:让|给|由)?(?<name>[\u4e00-\u9fff]{2,4}?)(?:来)?(?:负责|牵头|管|弄|办|盯|抓|包)?(?:吧|了|啊)?$/;
/** Said of a measure that has just been spoken of. */
const OF_THAT =
  /(?:第|头|最后|末)[一二三四五六七八九\d]?(?:条|个|项)|时限|期限|责任人|负责人|宽限|延期|延到|放宽/;
/** 这两条念给我听听, of what has just been registered. */
const THESE = /^(?:[那这][两二三几]|全部|所有)(?:条|个|项)(?:整改)?.{0,4}(?:念|读|列|说|报|看|发)/;

const THAT_ALONE = /^(?:那|现在)?[那这]一?(?:条|项|个)/;

const clausesOf = (text: string): string[] => text.split(/[,\uff0c。;\uff1b!\uff01\s]+/).filter(Boolean);
/** What was done or why, beside the clause that says the move. */
const besides = (text: string, move: RegExp): string =>
  clausesOf(text)
    .filter(
      (it) =>
        !move.test(it) && !/^(?:[\u4e00-\u9fff]{0,12}[那这]一?(?:条|个|项)(?:整改)?|接着改|继续改)$/.test(it),
    )
    .join(',');

async function measuresIn(ctx: Context, { knowledge }: ReadingDeps): Promise<MeasureReminder[]> {
  const { person, read } = ctx;
  if (!person) return [];
  const all = (await read.findReminders({ source: 'measure' })).filter(isMeasure);
  if (person.roles.some((role) => MAY['see-all-measures'].includes(role))) return all;
  const units = [...new Set([person.organization, knowledge().directory.unitOf(person)])];
  const found = await Promise.all(
    units.map((recipient) => read.findReminders({ recipient, source: 'measure' })),
  );
  const ids = new Set(found.flat().map(({ id }) => id));
  // 叫号机那条换成梁戊负责, by who has registered it, of another office.
  return all.filter((it) => ids.has(it.id) || isRegisteredBy(it, person));
}

/** `on`: the one that was spoken of last. */
type Said = {
  ctx: Context;
  deps: ReadingDeps;
  text: string;
  held: MeasureReminder[];
  hasWord: boolean;
  on: MeasureReminder | null;
};

/** Those that the words name; where they name none, one's own or all that stand open. */
function pointed({ ctx, text, held, hasWord, on }: Said, isDone: boolean): MeasureReminder[] {
  const fit = held.filter(({ measure }) => (measure.doneAt !== null) === isDone);
  const named = measuresNamed(text, fit);
  if (named.length > 0) return named;
  const spokenOf = fit.filter(({ id }) => id === on?.id);
  if (spokenOf.length > 0 && OF_THAT.test(text) && !/第|头|末|最后/.test(text)) return spokenOf;
  if (!hasWord) return [];
  const name = ctx.person?.name ?? '';
  const mine = fit.filter((it) => personsOf(it).includes(name));
  return MINE.test(text) && mine.length > 0 ? mine : fit;
}

const idsOf = (measures: readonly MeasureReminder[]): string => measures.map(({ id }) => id).join(',');

function moveIn(said: Said): Reading | null {
  const { ctx, deps, text, hasWord } = said;
  const { raw } = ctx;
  const real = actual(text);
  const isAsked =
    isQuestion(text) || (ASKS_OF_ONE.test(text) && !ENDED.test(text) && !MOVES_DEADLINE.test(text));
  const act = (action: string, of: MeasureReminder[], words: string, parts = {}): Reading | null =>
    of.length === 0
      ? null
      : {
          ...{ intent: 'update_measure', slots: { action, value: idsOf(of), ...parts } },
          ...{ text: words, raw: words, probability: WHOLE, why: `${action} of a measure that words name` },
        };
  if (isAsked) {
    // 这条弄到哪一步了, of the one spoken of.
    const that = said.on && THAT_ALONE.test(text) && measuresNamed(text, said.held).length === 0;
    const open = that && said.on ? [said.on] : pointed(said, false);
    // 坐班那条现在啥样了, of one that was reported as ended.
    const of = open.length > 0 ? open : pointed(said, true);
    return of.length > 0 && ASKS_OF_ONE.test(text) && (hasWord ? /[那这]一?[条个项]|我/.test(text) : true)
      ? asked('asks of a measure that words name', {
          slots: { action: 'of', value: idsOf(of) },
          probability: WHOLE,
        })
      : null;
  }
  if (real === '' || isHypothetical(text) || isIntended(real) || isJoke(text)) return null;
  const [reassigns = '', next = ''] = REASSIGNS.exec(real) ?? [];
  if (next !== '' && deps.knowledge().directory.people.some(({ name }) => name === next)) {
    // Whom it is taken from names it, and not who is to have it.
    const of = pointed({ ...said, text: text.replace(reassigns, ' ') }, false);
    return act('person', of, '', { person: next });
  }
  if (MOVES_DEADLINE.test(real)) {
    const time = parseTime(real, { now: ctx.now, calendar: deps.calendar, purpose: 'deadline' });
    const day = time?.kind === 'instant' ? toLocal(time.at).date : '';
    const named = said.held.length > 0 ? pointed(said, false) : [];
    return day === '' || real.length < text.length ? null : act('deadline', named, '', { deadline: day });
  }
  if (REOPENS.test(real)) return act('reopen', pointed(said, true), besides(raw, REOPENS));
  const clause = clausesOf(real).find((it) => ENDED.test(it));
  if (clause !== undefined && !NOT_ENDED.test(real.replace(VIEW, ''))) {
    const of = pointed(said, false);
    return act('done', of, besides(raw, ENDED));
  }
  const of = pointed(said, false);
  const name = ctx.person?.name ?? '';
  const isTheirs = of.every((it) => personsOf(it).length === 0 || personsOf(it).includes(name));
  const rest = raw.replace(LEAD, '').trim();
  const isNamed = measuresNamed(text, of).length === 1;
  return isTheirs && isNamed && rest.length >= 4 && REPORTS.test(rest) && real.length === text.trim().length
    ? act('progress', of, rest)
    : null;
}

async function measureOf(ctx: Context, deps: ReadingDeps): Promise<Reading | null> {
  const { text, raw, person, session } = ctx;
  if (!person) return null;
  const hasWord = text.includes('整改');
  const on = session?.reminder === undefined ? null : await ctx.read.getReminder(session.reminder);
  const isOnMeasure = on !== null && isMeasure(on);
  if (isOnMeasure && THESE.test(text))
    return asked('asks for what was registered', { slots: { action: 'open' } });
  const { n, m, rest = '' } = hasWord ? (NUMBERED.exec(raw.trim())?.groups ?? {}) : {};
  const number = n ?? m;
  if (number !== undefined) return OF_THE_LISTS.test(text) ? null : actOn(number, rest.trim());
  const isOfThat = isOnMeasure && OF_THAT.test(text);
  if (!(POINTS.test(text) || isOfThat) || /提醒|叫我|喊我|通知/.test(text)) return null;
  // Of a request that is spoken of, 那个弄完了 says nothing of a measure.
  if (!hasWord && session?.request !== undefined) return null;
  if (hasWord && MINE.test(text) && HOW_MANY.test(text))
    return asked('asks which are theirs', { slots: { action: 'mine' }, probability: WHOLE });
  const isPointing =
    isOfThat ||
    /[那这]一?(?:条|个|项)/.test(text) ||
    MINE.test(text) ||
    ENDED.test(text) ||
    REOPENS.test(text);
  const isListed =
    hasWord && !OF_THE_LISTS.test(text) && (ASKS.test(text) || POSTPONES.test(text)) && !isSupposed(text);
  if (isListed && OPEN.test(text) && ASKS.test(text))
    return asked('asks which measures are open', { slots: { action: 'open' } });
  if (!isPointing && !isListed) return null;
  const held = await measuresIn(ctx, deps);
  if (isPointing && held.length > 0) {
    const move = moveIn({ ctx, deps, text, held, hasWord, on: isOnMeasure ? on : null });
    if (move) return move;
  }
  if (!isListed) return null;
  const all = asked('asks of its measures');
  if (
    OWN.test(text) &&
    /整改(?:措施|事项|任务)?(?:没|吗|$|还|都|有|没完)|(?:啥|什么|哪些|几[项条个])[^,\uff0c\s]{0,4}整改/.test(
      text,
    )
  )
    return all;
  const isPointed = POSTPONES.test(text) || /整改(?:措施|事项|任务)/.test(text);
  return isPointed && held.length > 0 ? all : null;
}

async function registrationOf(ctx: Context): Promise<Reading | null> {
  const { raw, person, session } = ctx;
  if (!person || !/登|录|记|增|加|建|来|整改/.test(raw) || /提醒|叫我|喊我|呼叫/.test(raw)) return null;
  const on = session?.reminder === undefined ? null : await ctx.read.getReminder(session.reminder);
  return registrationAt(raw, on !== null && isMeasure(on))
    ? {
        ...{ intent: 'register_measure', slots: { action: 'words' }, text: normalizeText(raw), raw },
        ...{ probability: WHOLE, why: 'registers a rectification measure' },
      }
    : null;
}

export const measureReader: Reader = {
  name: 'rectification measures',
  isOfWhole: true,
  inDialogue: true,
  read: async (given, deps) => {
    const { match, update, session } = given;
    if (update.kind !== 'message') return [];
    // In a dialogue about something else only a question about a measure that is named is no answer.
    const isElsewhere = match.via === 'flow' && !MEASURE_INTENTS.has(session?.flow?.intent ?? '');
    if (match.via !== 'example' && !isElsewhere) return [];
    // As it was typed: 登记 is no slip here.
    const raw = update.text.trim();
    const ctx = { ...given, raw, text: normalizeText(raw) };
    const registered = !isElsewhere && raw.length <= REGISTRATION_MAX ? await registrationOf(ctx) : null;
    const found = registered ?? (raw.length <= MAX_LENGTH ? await measureOf(ctx, deps) : null);
    if (found && isElsewhere)
      return found.slots?.['action'] === 'of' ? [{ ...found, probability: IN_DIALOGUE }] : [];
    return found ? [found] : [];
  },
};
