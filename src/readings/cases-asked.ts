/**
 * Which cases there are, asked in everyday words: `我手上压着啥呢`, `还剩哪件`, `我报的都啥情况`, `全县眼下还有几件没签收的`. Every word must be
 * one of these parts; a word of anything else leaves the question to others.
 */
import { toLocal } from '../calendar/local.js';
import { periodToken } from '../calendar/periods.js';
import type { Context } from '../core/types.js';
import { parsePeriod } from '../nlu/dates/periods.js';
import type { RequestScope } from '../nlu/actions.js';
import { seesAll } from '../requests/permissions.js';
import type { Actor } from '../requests/moves.js';
import { isOnReminders } from '../reminders/concerned.js';
import { scopeToken } from '../requests/statistics-token.js';
import type { Reading } from './reading.js';

const MAX_LENGTH = 26;
const COUNTY = '全县|各个?(?:局|单位|部门|乡镇|镇街|镇|乡|街道)|下面|县里';
const WHO = `${COUNTY}|(?:我|俺|咱|本)们?(?:这(?![边儿里个几两]))?(?:县|[局镇乡]里?|街道|单位|科室|办公室|大队|中心)?`;
const AT = '手[上头里]|名下|这边|这儿|这里|桌上|跟前';
const WHEN = '眼下|现在|目前|当前|如今|这会儿|到现在|至今|今[天日年]|最近|这[个两几]?[天月周]';
const STILL =
  '还|都|新|一共|总共|到底|究竟|就|也|又|给我?|帮我?|说说|讲讲|看看|看下|瞅瞅|查查|查一?下|列一?下|列出来|请问|分别|各|另外|只|里头|里面|其中|里|上';
const HOLDS = '有没有|有着?|是|剩下?|正?(?:办|忙|弄)着|(?:压|积|欠|留|挂|拖|攒|摆|搁|躺|等|堆|放)着?|差';
const WHAT_UNIT =
  '哪一?(?:家(?:单位|部门|局)?(?![件单])|个(?:单位|部门|局|镇|乡|街道))|谁家|哪[几些](?:家|个?(?:单位|部门|局|镇|乡|街道))|谁';
const WHAT = '些?(?:啥|什么)|哪些|哪几?[件个单条]|[几][件个单条]|多少[件个单条]?';
const FILED =
  '(?:报|提交?|发|交|呼叫|反映)(?:上去|过去|出去|上来|过)?(?:了|的)|(?:报|提交?|发|交|呼叫|反映)(?:上去|过去|出去)';
const UNSIGNED = '(?:没|未)(?:有)?(?:人|被)?(?:签收?|接)(?:的|了)?';
const UNDONE =
  '(?:没|未)(?:有)?(?:人)?(?:办|答复?|回复?|了|结|解决|弄|处理|动|管|评价?|反馈)(?:完|结|好|掉|了|理)?的?|(?:要|该|得|待|需要|等着?)(?:我们?|俺们?|咱们?)?(?:去|来)?(?:办|签|弄|处理|答复|回复?|干)(?:的)?|在办的?|没了的';
const STANDS = '情况|进展|进度|咋样|怎么样|(?:到|走到)哪(?:一)?步|到哪儿?';
const NOUNS = '[那这]些|[那这][几两三四]?[件个条单]|事情|事儿|事|活儿|活|单子|请求|呼叫|东西|件|单';
const TAIL = '[的了呢啊呀嘛哩咧嘞吧着啦哦,\uff0c。?\uff1f!\uff01\\s]';
const PARTS = new RegExp(
  [FILED, UNSIGNED, UNDONE, STANDS, WHEN, AT, WHO, WHAT_UNIT, WHAT, STILL, HOLDS, NOUNS, TAIL].join('|'),
  'g',
);
const has = (words: string) => new RegExp(words);
/** 没签的是哪家: whose they are stands in the list of them. */
const IS_UNIT = new RegExp(WHAT_UNIT);
/** 有啥新活, 有我的活没, 有没有要我办的. */
const OF_WORK =
  /^(?:今天|现在|最近|这[会两]儿?天?|我|俺|咱|们|这边|又|还|都|[,\uff0c\s])*(?:有没有|有)(?:(?:啥|什么)?新(?:的)?(?:活儿?|件|单子?|任务)|(?:啥|什么)(?:活儿?|单子)|(?:我们?|俺们?|咱们?)(?:[局镇乡])?(?:的|要办的|该办的)(?:活儿?|件|单子?|事儿?))(?:没有?|[吗么不啊呀呢])?[?\uff1f]?$/;
const [IS_WHAT, IS_FILED, IS_AT, IS_UNSIGNED, IS_UNDONE, IS_COUNTY, IS_LEFT, IS_HELD] = [
  has(`${WHAT}|${STANDS}`),
  has(FILED),
  has(AT),
  has(UNSIGNED),
  has(UNDONE),
  has(COUNTY),
  /剩|还有/,
  /压|积|欠|挂|拖|攒|躺|堆/,
];

const OF_CASES = /请求|呼叫|[件单]|签收?|报/;

/** 待裁定, 要签的, 看看没评的: a state, and nothing else. */
const AWAITED =
  /^(?:看看|看下|列一?下|查一?下|我们?的?|咱们?的?|本[局单镇乡]位?的?|有(?:啥|什么|哪些)|还有|哪些|[\s]){0,3}(?:(?:待|等着?|等待)(?:我们?|咱们?)?(?<state>签收?|接单|裁定|评价|打分|答复|回复|办理?|处理)(?:的)?|(?:没|未|要|该|需要?)(?:我们?|咱们?)?(?<other>签收?|接单?|裁定?|评价?|打分|答复?|回复?)的)(?:件|事|单子|请求|呼叫|列表|清单|名单|有(?:啥|什么|哪些|几[件个])|都?有|吗|没有?|[呢啊呀吧?\uff1f。\s]){0,4}$/;
function awaitedIn(text: string, actor: Pick<Actor, 'roles'>): RequestScope | null {
  const { state, other } = AWAITED.exec(text)?.groups ?? {};
  const said = state ?? other;
  if (said === undefined) return null;
  if (/^[签接]/.test(said)) return 'unsigned';
  if (seesAll(actor)) return 'all';
  const isTownship = actor.roles.some((role) => role.startsWith('township'));
  return isTownship || /^[评打裁]/.test(said) ? 'mine' : 'todo';
}

/** 有没有该我督的. */
const OF_WATCH =
  /^(?:现在|今天|还|都)?(?:有没有|有(?:啥|什么|哪些|几件)?|哪些|几件)(?:是)?(?:该|要|等着?|轮到|归|需要)(?:我|俺|咱)?们?(?:来|去)?(?:督(?:办|查|促)?|盯(?:着|办)?)(?:的)(?:件|事|单子)?(?:没有?|[吗么不啊呀呢])?[?\uff1f]?$/;

/** Which list is asked for, or null. */
export function scopeAsked(text: string, actor: Pick<Actor, 'roles'>): RequestScope | null {
  const awaited = text.length > MAX_LENGTH ? null : awaitedIn(text, actor);
  if (awaited) return awaited;
  if (OF_WORK.test(text)) return 'todo';
  if (OF_WATCH.test(text)) return 'watch';
  // 那个是谁在办 is asked of one.
  const isOfUndone = IS_UNDONE.test(text) && !/谁(?!家)/.test(text);
  const isOfUnits = IS_UNIT.test(text) && (IS_UNSIGNED.test(text) || isOfUndone);
  if (
    text.length > MAX_LENGTH ||
    !(isOfUnits || IS_WHAT.test(text.replace(IS_UNIT, ' '))) ||
    text.replace(PARTS, '') !== ''
  )
    return null;
  const isOfCases =
    IS_FILED.test(text) ||
    IS_AT.test(text) ||
    IS_UNSIGNED.test(text) ||
    IS_UNDONE.test(text) ||
    /剩|(?:哪几?|几|多少)[件单]/.test(text) ||
    IS_HELD.test(text);
  if (!isOfCases || isOfSpan(text)) return null;
  if (IS_UNSIGNED.test(text) && !IS_AT.test(text)) return 'unsigned';
  if (IS_FILED.test(text)) return IS_UNDONE.test(text) || IS_LEFT.test(text) ? 'all' : 'mine';
  if (IS_COUNTY.test(text) || seesAll(actor)) return 'all';
  const isTownship = actor.roles.some((role) => role.startsWith('township'));
  return isTownship ? 'all' : 'todo';
}

/** 我们街道要弄些啥, while a row stands open: what it has to do there, and no case is spoken of. */
const asksOwnPart = (text: string): boolean => OWN_PART.test(text);
const OWN_PART = new RegExp(
  `^(?:那|都|${WHO}|具体|到底|究竟|主要)*(?:要|该|得|需要|应该)(?:去|来)?(?:干|弄|办|做|处理|搞)(?:点|些)?(?:啥|什么|哪些)(?:事儿?|活儿?)?${TAIL}*$`,
);

/** 这个月全县一共报了几件呼叫: how many there were in a span is counted (readings/statistics.ts). */
const isOfSpan = (text: string): boolean =>
  /(?:这|上|本)个?[月周季]|今年|本年/.test(text) &&
  IS_COUNTY.test(text) &&
  /几|多少/.test(text) &&
  !IS_UNDONE.test(text) &&
  !IS_UNSIGNED.test(text) &&
  !IS_LEFT.test(text);

/** 往县里报了啥: whom it went to. */
const TO_COUNTY = /(?:往|给|向|跟|朝)县[里上]?/;

/** 我这个月一共报了几件, 今天各乡镇都报了些啥: the speaker's own calls of a span, or all of it where it is the county's. */
function filedIn({ text, now }: Context, actor: Actor): Reading | null {
  if (!IS_FILED.test(text) || IS_UNDONE.test(text) || IS_UNSIGNED.test(text)) return null;
  const said = parsePeriod(text, toLocal(now).date);
  if (
    !said ||
    text.replace(said.text, ' ').replace(TO_COUNTY, '').replace(PARTS, '') !== '' ||
    !IS_WHAT.test(text)
  )
    return null;
  if (IS_SELF.test(text))
    return {
      ...{ intent: 'request_status', probability: CERTAIN },
      slots: { action: 'req-list', value: `own 0 ${periodToken(said.period)}` },
      why: 'asks what the speaker filed in a span',
    };
  const isOfUnit = !seesAll(actor) && !IS_COUNTY.test(text.replace(TO_COUNTY, ''));
  // 今天报的都是啥: which they were.
  if (isOfUnit && !IS_COUNTED.test(text))
    return {
      ...{ intent: 'request_status', probability: CERTAIN },
      slots: { action: 'req-list', value: `mine 0 ${periodToken(said.period)}` },
      why: 'asks what the unit filed in a span',
    };
  // 上个月我镇报了几件: of the unit it is a figure, too.
  if (IS_OURS.test(text) && IS_COUNTED.test(text))
    return { intent: 'stats_report', probability: CERTAIN, why: 'asks how many the unit filed in a span' };
  // How many there were in a month is a figure (readings/statistics.ts).
  if (isOfSpan(text) || !(IS_COUNTY.test(text) || (seesAll(actor) && !IS_OURS.test(text)))) return null;
  return {
    ...{ intent: 'stats_report', probability: CERTAIN },
    slots: { base: scopeToken({ period: said.period, unit: null, topic: '' }), list: 'yes', figure: 'all' },
    why: 'asks what was filed in a span',
  };
}
const CERTAIN = 0.9985;
/** 我, and no unit of theirs. */
const IS_SELF = /(?:我|俺)(?!们|[局镇乡县]|街道|单位|科室|办公室|大队|中心)/;
const IS_COUNTED = /(?<!哪)几[件个单条]|多少/;
const IS_OURS = /(?:我|俺|咱|本)们?(?:[局镇乡]|街道|单位)|我们|俺们|咱们/;

const OF_PARTIES =
  /^(?:那|现在|眼下|目前|这个?件?|到底|都)*(?:是)?哪[几些]家(?:单位|局|部门)?(?:一起|一块儿?|都)?在办/;

export function casesAsked(ctx: Context, actor: Actor): Reading | null {
  const { text } = ctx;
  if (ctx.session?.focus !== undefined && asksOwnPart(text)) return null;
  const filed = text.length > MAX_LENGTH ? null : filedIn(ctx, actor);
  if (filed) return filed;
  // 剩下的有哪些 after reminders is asked of them.
  if (isOnReminders(ctx) && !OF_CASES.test(text)) return null;
  // 现在是哪几家在办, of the one spoken of last.
  if (ctx.session?.request !== undefined && OF_PARTIES.test(text)) return null;
  const scope = scopeAsked(text, actor);
  return (
    scope && {
      intent: 'request_status',
      slots: { action: 'req-list', value: `${scope} 0` },
      probability: 0.997,
      why: `asks for a list of requests: ${scope}`,
    }
  );
}
