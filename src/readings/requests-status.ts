/** Questions of how a request stands, and for lists of them. */
import type { Request } from '../core/request.js';
import type { Context } from '../core/types.js';
import { ACTS } from './request-intents.js';
import { ruledDepartment } from '../requests/log.js';
import { normalizeText } from '../text/normalize.js';
import { clearlyMeant } from '../requests/meant.js';
import type { Reference } from '../requests/referring.js';
import type { Reading } from './reading.js';
import { referenceOf, type World } from './requests-world.js';

export const STATUS_INTENT = 'request_status';

export const STATUS =
  /^(?:那|他们|人家|对方|局里|退回|[,\uff0c\s]){0,3}(?:说|写|给|讲|填|用)的?(?:是)?(?:啥|什么|哪个|个啥)(?:理由|原因|依据|由头|说法)[啊呀呢]?[?\uff1f]?$|(?:知道|通知|告知|收到)(?:到|他们|过)?(?:了|过)?(?:没有?|吗|么)(?:$|[?\uff1f])|到哪(?:一)?步|(?:办|弄|修|走|处理|搞)?到哪(?:儿|里)?了|进展|进度|(?:怎么?|咋)样了?(?:$|[?\uff1f啊呀])|怎么样了|咋样|(?:来|到|去|派)不(?:来|到|去|派)(?:了|人|啊|呀)?[?\uff1f]?$|(?:啥|什么)(?:情况|状态)(?:了|啊|呀|呢)?[。?\uff1f]?$|办得怎|(?:批|审批|同意|核准)(?:准|下来|复|过)?(?:了|过)(?:没有?|吗|么)|有(?:啥|什么|没有?|哪些)新(?:的)?(?:情况|进展|消息|动静|说法)|有新(?:的)?(?:情况|进展|消息|动静|说法)(?:了)?(?:没|吗|么|[?\uff1f])|还(?:是)?没(?:有)?(?:人)?(?:签收?|接单?|答复?|回复?|理|管)[吗么]|有(?:没有)?(?:结果|回音|回信|动静)(?:了|没|吗|$)|来龙去脉|从头到尾|(?:的|全部|整个)经过(?:给|发|看|是|$)|经过(?:也|都|再)?(?:给(?:我|咱|俺|他)|发(?:我|给|来|一|出|过)|拿(?:给|来|出)|调(?:给|出|来)|列(?:一|出|给)|翻(?:一|出|给)|说(?:说|一)|讲(?:讲|一)|看(?:看|一|下)|$)|啥时候|什么时候|最[晚迟](?:到|在)?(?:哪[天日]|几[号点]|啥时|什么时).{0,6}(?:给|回|答|办|签|弄|修|信|说法|结果)|在(?:哪儿|哪里|谁(?:手[里上头]|那儿?|那里))(?:呢|啊|了)?[?\uff1f]?$|哪天(?:能|到期)|谁(?:签收|签的|办|答|接|受理|退|转)|哪一?[个位](?:人|同志)?(?:给)?签|谁(?:在|去)(?:跑|弄|盯|忙|修|处理|搞|查)|(?:现在|眼下|目前)(?:是|到底|究竟|都)?谁(?:在|来)?管(?:着|呢|啊)?[?\uff1f]?$|哪[个位](?:人|同志|领导)?(?:给|来)?(?:签|接|答复|受理|退|转)(?:收|办|回)?(?:的|了)|(?:定|判|裁)(?:的|给|了)?(?:是|给)?(?:哪一?[家个]|谁)|办理?经过|经过发|时限|到期|(?:日子|期限|日期|[几多]号)(?:是)?(?:怎么|咋|如何)个?(?:算|来|定)|签收了?(?:没|吗)|裁定?(?:下来)?了没|(?:裁定|裁决|批复|答复|回复|回函|意见|结论|结果)(?:都|给|还)?(?:下来|出来|定下来|批下来|送来|来)了?(?:没|吗|么)|拖了?(?:有)?(?:几|多少|多久)|超了?(?:有)?(?:几|多少)[天日]|(?:有没有|有人)(?:签收|处理|办)|办好了?(?:没|吗)/;
/** Asked of one request that is pointed at: "路灯那个现在归哪家办" is no question to the lists. */
const STATUS_OF_ONE =
  /(?:过|了)没(?:有)?[。!\uff01?\uff1f]?$|(?:催|签|答|退|转|派|评)没\S{0,2}(?:催|签|答|退|转|派|评)|(?:过|了)[吗么][?\uff1f]?$|谁(?:签|答|催|办|收|接|转|退|定)|哪一?[个位](?:人|同志)?(?:给)?签|(?:[在到归是由]|定的)(?:的)?哪一?[家个儿里]|最[晚迟].{0,5}(?:签|答|办)|几点(?:之?前)?(?:签|答|办|到期)|催(?:过)?几[次回]|算是?(?:办|弄|修|处理|解决|了)(?:完|好|结|妥|决)?了(?:不|吗|么|没)[?\uff1f]?$|的呢[?\uff1f]?$|[那这](?:个|件|单|条|事)(?:事儿?|单子)?(?:呢|嘞|哩|咧|哪|嘛|捏|啊)[?\uff1f]?$/;
const POINTED = /(?:那|这)(?:个|件|单|张|条|项|起|份|处|桩)|^[^,\uff0c。;\uff1b\s的]{2,8}的/;
export const LISTS =
  /(?:我|俺|咱)们?(?:镇|局|单位|街道|乡)?(?:报|提|发|交)(?:上去|过)?(?:还|都)?(?:没|未)(?:有)?(?:办完|办结|办好|签|答复|回复|解决)的(?:都|还|一共)?(?:有)?(?:哪|几|多少)|^(?:我|俺|咱)?们?(?:这|现在)?手[上头里](?:上|还|现在|都|一共|总共)?(?:有|是)?(?:几[件个单]|多少[件个单]?|啥|什么|哪[些几][件个单]?)(?:事|请求|单子|活|件|在办|没办|要办|的)*[呢啊]?[?\uff1f]?$|^(?:我|俺|咱)?们?(?:这)?(?:两|三|四|几|些)[个件](?:事儿?|事情|请求|单子?|呼叫)?(?:都|各|分别|现在|给我|说说|讲讲|[,\uff0c\s]){0,4}(?:到哪|咋样|怎么样|啥(?:情况|进展)|什么(?:情况|进展)|进展|进度)|(?:我|俺|咱)们?(?:镇|局|单位)?(?:提|报|发|交|呼叫)(?:上去|过)?的(?:都|一共|总共)?(?:有|是)?哪(?:几|些)|哪(?:些|几[件个单])[^,\uff0c。\s]{0,8}(?:到点|到期|超时|超期|逾期|过点|过期|过了(?:点|时限|期限))|(?:到点|到期|超时|逾期)(?:了)?(?:还)?(?:没|未)(?:有)?(?:人)?(?:签|办|答|回)[^,\uff0c。\s]{0,2}的(?:有)?哪|(?:哪些|哪几|几[件个单]|多少[件个单]?|啥|什么)(?:件|个|事|请求|呼叫|单子)?(?:直?到(?:现在|今天|这会儿?)|至今|目前|现在|都|也)*(?:还)?(?:没|未)(?:有)?(?:人)?(?:办|签|答|回|处理|销|评价?|解决|结)(?:完|结|收|复|好|掉|号|案)?(?:的)?$|待督办|(?:需要?|要|该|得|[等待]着?)(?:我们?|咱们?)?督办|(?:我|俺|咱)们?(?:镇|局|单位)?(?:一共|总共)?(?:提|报|发|交|呼叫)(?:上去)?(?:过|了)(?:哪(?:几|些)|多少|几[件个单])|督办清单|(?:^|我|俺|咱|们|名下|手[上头里]|局|[镇乡](?=的?待)|这[边里儿])的?待办(?:事项|请求|呼叫|清单|列表)?(?:$|[有都还里是给列发吧呢啊吗])|^(?:看|查|列|翻|打开)[^,\uff0c。\s]{0,4}待办(?:事项|请求|清单|列表)?(?:$|[吧呢啊])|(?:我们?|俺们?|咱们?|我们?镇)(?:报|提|发|交|呼叫)(?:上去|过)?的(?:那|这)?(?:几|两|三)?(?:件|些|个|条|单|请求|呼叫)(?:事|请求)?(?:呢|[吗么]|.{0,3}(?:情况|进展|进度|咋样|怎么样|办得|到哪))|(?:我|我们|俺|咱)(?:们)?(?:手[上头里]|这[边儿里]|单位|局|镇|乡)?.{0,3}(?:有(?:啥|什么|哪些|几件)|还有(?:啥|什么|哪些|几件)).{0,4}(?:(?:要|待|没|该)(?:办|签|处理|答复|评价)|(?:等|候)着)|(?:哪些|啥|什么|几件)(?:事|活|单子?|件)?.{0,2}(?:要|该|待|归|轮到|等)着?(?:我|我们|俺|咱)们?(?:局|单位|这边|去|来)?.{0,2}(?:办|签|处理|答复|回复|裁|评)/;
/** 住建局手上几件: of the unit that the speaker belongs to. */
export const OF_UNIT = /(?:手[上头里]|名下|还有|这边).{0,3}(?:几[件个张]|多少[件个张]?|哪些|有啥|有什么)/;
/** 谁来 出发没, 是哪个单位的, 停了还算时间不: of the one that was spoken of last, where no row was shown since, or of the only one. */
export const OF_LAST =
  /^(?:那|这个?|刚才|它|[,\uff0c\s]){0,3}(?:发|报|提交|送|交)(?:出去|上去|过去)?了(?:吧|没有?|吗|不)[。?\uff1f]?$|^(?:那|这个?件?|[他她]们?|[,\uff0c\s]){0,3}(?:报|反映|呼叫)的(?:是|都)?(?:个)?(?:啥|什么)(?:事|内容|问题)?(?:儿|情)?(?:来着|啊|呀|呢)?[?\uff1f]?$|(?:元旦|春节|国庆|五一|清明|端午|中秋|放假|假期|周末|双休|节假日).{0,8}(?:算不算|计不计|算(?:进去|在内|在里头)[吗么不])|(?:出发|动身|上路|走到|到场?|来|派人|过[去来])(?:了)?没(?:有)?[。!\uff01?\uff1f]?$|^(?:现在|那|这[个件]?|[,\uff0c\s]){0,3}谁(?:过)?[来去](?:的|了|啊|呀|呢|$|[,\uff0c。?\uff1f\s])|^(?:那|这|它)?(?:[一]?[个件])?(?:是|归)?(?:哪(?:一)?(?:个|家)(?:单位|部门|局|镇|乡|街道)?|谁(?:家)?)(?:的|报的|提的|交的|在?办的?|承办的?|主办的?)[啊呀呢]?[。?\uff1f]?$|(?:停|暂停)(?:了|着|下来).{0,4}(?:还|也)?(?:算|计|走|记)(?:不算|不计)?(?:时间|时限|天数?|日子|工作日|在内|进去|数)|(?:时间|时限|钟|表|天数)(?:现在|是不是|还|也|在)*(?:走|算|停|计)(?:着|了)?(?:没|不|吗|么|呢|没有)[。?\uff1f]?$|^编办(?:那边|最后|到底|是|[,\uff0c\s]){0,3}(?:怎么?|咋|如何)(?:裁|定|说|判|答复)(?:定|的|了|呢|啊)*[?\uff1f]?$|^[^,\uff0c。\s]{2,8}?(?:为啥|为什么|为何|咋|怎么)(?:又|要|就|给|想|把它?|[,\uff0c\s]){0,2}(?:延期|往后[延拖推放挪]|延|退回?|暂停|拖)(?:了|呢|啊|的)*[?\uff1f]?$|(?:要|想|申请)延(?:期)?(?:到)?(?:几[天日号个][^,\uff0c。]{0,3}(?:来着|啊|呀|呢|[?\uff1f])|多少|多久|啥时候|什么时候|哪天|哪一天|多长)|^(?:那|他们|人家|[,\uff0c\s]){0,3}(?:为啥|为什么|为何|咋|凭啥)(?:又|还)?(?:要|得|想)?(?:延期|往后[延拖推放挪]|延|退(?![耕休役税款费牧租学伍])|停(?![水电车产工业])|拖)/;

/** 记错了 就刚报那个: what the speaker filed last. */
const FILED_LAST =
  /^(?:(?:编?号|数字?)?(?:记|说|打|写|输|报|看)错(?:号)?了?|不对|不是(?:这个|那个)?|哦|噢|那|[,\uff0c。\s]){0,4}(?:就是?|是|(?:我|俺)(?:是)?(?:说|问|指)的?是?|看|查|看看|查查){0,3}(?:我|俺)?刚(?:才|刚)?(?:报|提|发|交|呼叫)(?:上去|过)?的?(?:那|这)(?:个|件|单|条)(?:[啊呀的呢])?[。?\uff1f]?$/;
function filedLast({ text, person }: Context, { requests }: World): Request | undefined {
  if (!FILED_LAST.test(text)) return undefined;
  const own = requests.filter(({ events: [filed] }) => filed?.by?.name === person?.name);
  return own.sort((a, b) => (b.events[0]?.at ?? 0) - (a.events[0]?.at ?? 0))[0];
}
export const asksLastFiled = (text: string): boolean => FILED_LAST.test(text);

/** How a request stands: the one that the words name, or the one spoken of. */
export function statusOf(ctx: Context, world: World): Reading | null {
  const { text, session } = ctx;
  const { directory } = world.deps.knowledge();
  const units = directory.mentions(text).map(({ unit }) => unit);
  const own = [world.actor.organization, world.actor.team ?? ''];
  const isOfOwn = OF_UNIT.test(text) && units.length > 0 && units.every((unit) => own.includes(unit));
  if (LISTS.test(text) || (isOfOwn && !/牵头|负责|配合|职责|事项|清单|项/.test(text)))
    return { intent: STATUS_INTENT, probability: 0.996, why: 'asks for a list of requests' };
  if (world.requests.length === 0) return null;
  const filed = filedLast(ctx, world);
  if (filed)
    return {
      ...{ intent: STATUS_INTENT, slots: { value: filed.number }, probability: 0.985 },
      why: `${filed.number} was filed last`,
    };
  const { basis, matches } = referenceIn(ctx, world);
  // 执法局签了没: pointed at by the unit whose case it is.
  const isPointed = asksOfOne(text) || (STATUS_OF_ONE.test(text) && units.length === 1);
  const isOfOne = isPointed && basis === 'named' && matches.length === 1;
  const last = session?.request;
  const spoken = OF_LAST.test(text) && !session?.focus ? (last ?? onlyOf(world)?.number) : undefined;
  if (!STATUS.test(text) && !isOfOne && spoken === undefined) return null;
  if (spoken !== undefined && !(basis === 'named' && matches.length > 0))
    return {
      ...{ intent: STATUS_INTENT, slots: { value: spoken }, probability: 0.98 },
      why: `asked of ${spoken}, spoken of last`,
    };
  const [named] = matches;
  // 市监局知道了没, of the ruling spoken of last that names it.
  const ruled = world.requests.find((it) => it.number === last && units.includes(ruledDepartment(it) ?? ''));
  const isNamed = basis === 'named' && (matches.length > 0 || !isOnlyAsked(text));
  const number =
    ruled?.number ??
    (isNamed ? (matches.length === 1 ? named?.number : undefined) : (last ?? onlyOf(world)?.number));
  if (number === undefined) return null;
  const isOther = ctx.match.score > 0.9 && !ACTS.has(ctx.match.intent) && basis !== 'named';
  if (isOther && !/[这那]|进度|签收|时限|经过/.test(text)) return null;
  return {
    intent: STATUS_INTENT,
    slots: { value: number },
    probability: isOfOne && OF_MOVE.test(text) ? OF_CASE : Math.max(0.98, ctx.match.score),
    why: `how ${number} stands, ${basis}`,
  };
}

/** 网线那件签了没: above every side of the row that stands open. */
const OF_CASE = 0.998;
const OF_MOVE = /[那这](?:个|件|单)[^,\uff0c。]{0,6}(?:签|答复|回复|退回|转办|评价|办结|结)/;

/** 现在谁在跑这个事: asked, and nothing named. */
const isOnlyAsked = (text: string): boolean =>
  text
    .replace(STATUS, '')
    .replace(POINTS_ONLY, '')
    .replace(/[^\u4e00-\u9fff]/g, '').length < 2;
const POINTS_ONLY =
  /现在|目前|到底|究竟|[这那](?:个|件|边)?(?:事儿?|事情|单子?|请求|活儿?)|(?:事儿?|事情)$|[这那](?:个|件)|都|还|是|在|的|了|给|我|们|看|下|呢|啊|呀/g;

/** 喇叭啥时候能好: what a message shares with one of them alone names it, however it is said. */
function referenceIn(ctx: Context, world: World): Reference {
  const found = referenceOf(null, ctx, world);
  // 水厕 is no slip for 水车 where somebody filed it so.
  const isUnknown = found.basis === 'named' && found.matches.length === 0 && ctx.raw !== ctx.text;
  const written = isUnknown ? referenceOf(null, { ...ctx, text: normalizeText(ctx.raw) }, world) : found;
  const reference = written.matches.length > 0 ? written : (shortOf(ctx, world) ?? found);
  const meant = reference.basis === 'named' ? null : clearlyMeant(ctx.text, world.requests);
  return meant ? { ...reference, basis: 'named', matches: [meant.request] } : reference;
}

/** 那个秤的事, 渠那件: a name of one character that one of them alone has. */
function shortOf({ text }: Context, { requests }: World): Reference | null {
  const [, before, behind] = SHORT.exec(text) ?? [];
  const name = before ?? behind ?? '';
  const matches = name === '' ? [] : requests.filter((it) => it.text.includes(name));
  return matches.length === 1 ? { basis: 'named', matches, said: name } : null;
}
const SHORT =
  /^(?:[那这]个?)?([\u4e00-\u9fff])(?:的)(?:[那这]件)?事|^([\u4e00-\u9fff])(?:的)?[那这](?:个|件)(?:事)?/;

export const asksOfOne = (text: string): boolean => STATUS_OF_ONE.test(text) && POINTED.test(text);

const onlyOf = ({ requests }: World): Request | undefined =>
  requests.length === 1 ? requests[0] : undefined;
