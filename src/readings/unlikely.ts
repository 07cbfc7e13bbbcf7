/**
 * Intents that speak of one thing alone and whose examples attract what speaks of none ("李四是啥单位的" is near to "我是哪个
 * 单位的"): without one of their words a message is a question to the lists.
 */
import type { Context } from '../core/types.js';
import { helpTopicOf } from '../nlu/help-topics.js';
import { reachedBy, remindersIn } from '../reminders/concerned.js';
import { REMINDER_WORD } from '../reminders/speech.js';
import type { Reader, Reading } from './reading.js';

const WORDS: Readonly<Record<string, RegExp>> = {
  help: /帮助|在线|在不在|还在(?:吗|么|不|没)|^在[吗么不没]|会(?:啥|什么|些|干|做|不会)|能(?:干|做|帮|查|问|办|管)|功能|说明|[使咋怎]?么?(?:用|使)|教|菜单|指令|命令|help|你|介绍|可以问/,
  bind_identity: /我|俺|咱|本人|自己|账号|帐号|绑|登记|身份|换号|手机号|\d{6}/,
  stats_report:
    /统计|报表|汇总|数据|排|通报|多少|几[件个项]|率|平均|情况|月|季|年|周|最[多少慢快高低拖勤]|红黑榜|逾期|超期|退单|差评|满意|得分|看板|对比|趋势|走势/,
};
/** Above what examples alone can say (readings/index.ts). */
const PROBABILITY = 0.905;
const JUST_ABOVE = 0.005;

/** 延期最多延几天, 能不能每月提醒: of the bot's own rules, which no list or guide tells. */
const [EXPLAINED, OWN_RULES] = [0.5, 0.925];
/** 假如我真呼叫市监局 他们是不是得先签收: how it would go. */
const SUPPOSES_CALL =
  /^(?:那么?)?(?:假如|假若|如果|要是|万一|若是)[^,\uff0c。\s]{0,6}(?:呼叫|发请求|提请求|吹哨)[^,\uff0c。\s]{0,8}[\s,\uff0c]+[^,\uff0c。\s]{0,6}(?:是不是|会不会|要不要|多久|几天|得先)[^,\uff0c。\s]{0,8}$/;
/** 刚才那个多久能有回话: of something that is there. */
/** 这个签收以后几天要答复 asks for the rule all the same. */
const OF_ANY = /^[这那]个(?=签收|答复|退回|延期|评价|呼叫|裁定)/;
const POINTS = /[那这](?:个|件|单|张|条|项|边|里)|刚才|刚刚|上次|他们|人家|我们?(?:报|提|发|交)|qs/;

/** Takes the place of what the examples say and of nothing else: a reader that found its thing is surer. */
const ofTheLists = (score: number, why: string): Reading[] => [
  { intent: 'ask_responsibility', probability: Math.min(score + JUST_ABOVE, PROBABILITY), why },
];

/** What a rule says, how much, how long: "病死猪无害化补多少一头", "九小场所包括哪些". */
const TERMS =
  /多少(?:钱|元|块|万|一|几|天|年|岁|平|米|户|分|度|个月)|多少[呀啊呢吧]?[?\uff1f]?$|[补赔罚发给领贷交]多少|(?<![十好这那头前后上有没])几(?:万|千|块(?!地|田|山|石|砖|板)|元|年|天|岁|个月|平|米|户|成|分钱|倍|点)(?![没了])|(?:什么|啥|何)意思|指的?是(?:什么|啥)|包括(?:哪|什么|啥)|(?:什么|哪些|啥)(?:条件|标准|材料|手续|流程|要求)(?!都?没|全无|也没)|(?:条件|标准|流程)(?:是(?:什么|啥))?[?\uff1f]?$|多久|百分之几|利息|利率/;
/** Whoever asks who does it asks the lists. */
const ASKS_WHO =
  /谁|哪(?:个|家|里|儿|一?级|些?(?:单位|部门))|归|找|管|负责|牵头|单位|部门|局|镇|乡|我们|咱|俺|罚不|能罚|该|清单|项|[几那这][件起]/;
const TERMS_MAX = 24;
/** Not what is about requests or reminders. */
const OPEN: ReadonlySet<string> = new Set(['ask_responsibility', 'ask_policy', 'off_topic', 'smalltalk']);
/** "拟个通知:…", "写一段发言稿": another trade, whatever the text is to say. */
const WRITES =
  /^(?:请|麻烦|帮(?:我|忙|俺|咱)?|给(?:我|俺)?|替我|你|能不能|可以)*(?:拟|起草|草拟|写|撰写|编|润色|翻译|改写|总结|概括)(?:一?[个份篇段条首张]|成|写)/;

const outsideReading = (intent: string, why: string, more: Partial<Reading> = {}): Reading[] => [
  { intent, probability: PROBABILITY, why, ...more },
];

/** Nothing but a question ("罚款镇里中不中"): no word says that an answer is wrong, and a remark would be filed for it. */
const ASKS_ONLY = /(.)不\1|谁|哪|[吗么呢][?\uff1f]?$/;
const CORRECTS =
  /错|不对|误|你|答|不是|改|旧|过时|过期|纠|更正|不准|[说讲问]|去年|早|胡|瞎|反|混|漏|废|文件|清单|撤|划|并/;

/** 让镇安监员自己认定 有这规定?, where no answer stands open that could be wrong. */
const asksOnly = (text: string, session: Context['session']): boolean =>
  (ASKS_ONLY.test(text) && !CORRECTS.test(text)) ||
  (ASKS_PLAINLY.test(text) && !WRONG.test(text)) ||
  (!session?.focus && !session?.listing && /[?\uff1f吗么]$/.test(text) && !WRONG.test(text));
/** 换个事哈 …现在是不是收上去了, 顺道问下 …指南你这有没有: another question, said to be one. */
const ASKS_PLAINLY =
  /^(?:那|哦)?(?:咋|怎么|为啥|为什么|凭啥|难道)(?:是|归|该|要|不是|不归|又)|^(?:换个(?:事|话题|问题)|顺(?:道|便|嘴)(?:再)?问|再问|另外问|岔一句|打听(?:个事|一下))|(?:是不是|是否)[\u4e00-\u9fff]{1,8}[?\uff1f]?$|(?:你|这儿|这里)[\u4e00-\u9fff]{0,2}有没有[?\uff1f]?$|(?:那)?(?:它|他们)(?:是)?(?:干|做|管)(?:啥|什么)的?[?\uff1f]?$/;
const WRONG = /错|不对|搞混|弄反|过时|纠正|更正|答复|答案|清单/;

/** Below this the examples do not know it, and a remark would be filed for what may be anything: 那上头那个摆桌子的呢 还按你刚才说的. */
const GUESSED = 0.4;
const DISPUTES =
  /错|不对|不是|不准|反了|搞混|弄混|过时|过期|早就|废|旧|纠正|更正|误|应该|应当|该是|明明|胡说|瞎|清单|文件|答复|答案|划给|并到|撤了|改(?:了|成|名|过)/;

/** 算了算了 我自己回队里查. */
const GIVES_UP = /^(?:算了|罢了|得了|行了|不用了|不问了|没事了)/;
/** 单子也没给开 这种东西该咋管, 归应急 你看呢: asked behind what is told, and no word orders that it goes out. */
const ASKS_BEHIND =
  /(?:该|要|应该|得|这|都)?(?:咋|怎么|如何|怎样)(?:个)?(?:管|处理|处置|办|弄|整|收拾|对付|算)(?:法)?[呢啊呀嘛]?[?\uff1f]?$|(?:归|由|找|是|该)(?:谁|哪一?[个家头](?:局|部门|单位)?)[\u4e00-\u9fff]{0,3}[?\uff1f]?$|你(?:看|说|觉得)呢[?\uff1f]?$|对不对[?\uff1f]?$|是不是[?\uff1f]?$/;
const FILES =
  /呼叫?|吹哨|派|报[单个给一上]|上报|提交|提个|请求|申请|会商|裁定|发[个给起条]|[请叫喊让催][^,\uff0c。\s]{0,12}来|来人|[请叫喊](?:[一二三四五]|县|市|公安|消防|住建|水利|城管)|协调|支援|增派|下单|转给|反映给|投诉/;
/** From here on the examples know it for a filing, whatever it asks. */
const FILED = 0.75;
const asksOnlyMatter = ({ text, match }: Context): boolean =>
  match.intent === 'file_request' &&
  !FILES.test(text) &&
  ((match.score < FILED && ASKS_BEHIND.test(text)) || (match.score < HARDLY_FILED && NOTHING_BUT.test(text)));
/** 石桥镇呢: so little would open a draft. */
const HARDLY_FILED = 0.5;
const NOTHING_BUT = /^(?:那么?)?[\u4e00-\u9fff]{2,7}[呢咧哩][?\uff1f]?$/;

/** What changes reminders needs one, or the word: "叫停以后电给不给断" is near to 停了那个. */
const CHANGES_REMINDERS: ReadonlySet<string> = new Set(['cancel_reminder', 'snooze_reminder']);

/** TX-2026-000012, of whoever. */
const OF_REMINDERS = /tx[\s-]*\d/i;

/** 你是真人在后面打字还是机器. */
const WHAT_I_AM =
  /^(?:喂|哎|那|话说|问一?下|[\s,\uff0c])*(?:你|您)(?:这边|到底|究竟|其实)?(?:是不是|是)(?:个)?(?:真人|活人|机器|机器人|程序|电脑|软件|ai|人工|智能|人)(?!大)[^,\uff0c。谁哪管归]{0,12}$/i;
/** 中 不早了 明儿再说吧: the talk ends. */
const CLOSES =
  /^(?:(?:那|就)?(?:今[天儿]|明[天儿]?|改天|回头|下次|以后|有空)再?(?:说|聊|问|弄|整|看)|(?:那|就)?先?这样|不早了|下班了)(?:吧|了|哈|啊|呗)?[。!\uff01]?$/;
const closes = (text: string): boolean =>
  CLOSES.test(
    text
      .split(/[\s,\uff0c。]/)
      .filter(Boolean)
      .at(-1) ?? '',
  );
/** 热线派下来的单子镇里要做到哪一步: what must be done, and no progress. */
const HOW_FAR_DUE = /(?:要|该|得|应该|需要)(?:做|办|管|弄|干|处理)到(?:哪|什么|啥)(?:一)?(?:步|程度|级|层)/;
/** 又催企业用工表 这到底谁要的: who wants it is asked of the lists. */
const ASKS_WHO_BEHIND =
  /(?:到底|究竟|是|归|由|该)?(?:谁|哪一?[个家](?:局|单位|部门)?)(?:要|让|叫|管|定|收|负责|牵头|布置|安排)(?:的|报的|填的)?[呢啊呀?\uff1f]*$/;

/** Whom an account is of: said of oneself, or asked. */
const OF_ACCOUNT =
  /绑|邦定|账号|帐号|注册|认证|实名|身份|登[记录]|工号|换号|[号码机]换了|换(?:人|成我|我)|新(?:来|任|到)|本人|接替|(?:改|换|变|更)(?:成|为|新)?.{0,4}(?:我|单位|联系人|联络员|经办人)|(?:联系人|联络员|经办人)(?:改|换|变|是我)|(?:由|归|加|是)我|我(?:是谁|是哪|接|代|调|姓|叫)|我是.{2,16}的?[,\uff0c\s]?.{0,6}$|\d{6}/;
/** 我这边管安全的小许全名叫啥, 我自己岗位上挂了几块: of people and posts, whoever asks. */
const ASKS_OTHER = /几|多少|谁|啥|什么|哪|[吗么吧呢][?\uff1f]?$|[?\uff1f]/;
const PLAINLY = /绑|账号|帐号|身份|认证|注册|我是(?:谁|哪)|登记的/;
/** 别给我登记, 不用绑: nothing is wanted. */
const BINDS_NOT =
  /(?:别|不用|不要|不必|不想|用不着|甭|莫|没让)(?:你|给|帮|替|我|俺|再|去|急着|忙着)*(?:挂号|登记|绑|注册|认证)/;

/** Somebody who is known already says little of the account: a name or a telephone is asked of the directory. */
const isOfAccount = ({ text, person }: Pick<Context, 'text' | 'person'>): boolean =>
  person === null || (OF_ACCOUNT.test(text) && (!ASKS_OTHER.test(text) || PLAINLY.test(text)));

export const unlikelyReader: Reader = {
  name: 'unlikely',
  read: async (ctx) => {
    const { text, match } = ctx;
    if (match.via !== 'example') return [];
    if (WRITES.test(text) && !REMINDER_WORD.test(text))
      return outsideReading('off_topic', 'a text is to be written', { slots: { action: 'terms' } });
    if (OPEN.has(match.intent) && text.length <= TERMS_MAX && TERMS.test(text) && !ASKS_WHO.test(text))
      return outsideReading('ask_policy', 'asks what a rule says', { slots: { action: 'terms' } });
    const isOfRules =
      SUPPOSES_CALL.test(text) ||
      (match.intent === 'help' && match.score >= EXPLAINED && !POINTS.test(text.replace(OF_ANY, '')));
    const topic = isOfRules ? helpTopicOf(text) : null;
    if (topic) return [{ intent: 'help', probability: OWN_RULES, why: `how it goes with ${topic}` }];
    if (match.intent === 'bind_identity' && GIVES_UP.test(text) && !/绑|账号|帐号|登记/.test(text))
      return outsideReading('smalltalk', 'gives it up, and says nothing of an account');
    if (WHAT_I_AM.test(text))
      return outsideReading('smalltalk', 'asks what the bot is', { slots: { action: 'self' } });
    const asks =
      (match.intent === 'request_status' && HOW_FAR_DUE.test(text)) ||
      (match.intent === 'urge_request' && ASKS_WHO_BEHIND.test(text) && ctx.session?.request === undefined);
    if (asks) return ofTheLists(match.score, 'asks of a matter, and of no case');
    if (asksOnlyMatter(ctx)) return ofTheLists(match.score, 'a question about a matter, and no filing');
    if (WORDS[match.intent]?.test(text) === false)
      return ofTheLists(match.score, `no word of ${match.intent} in it`);
    if (match.intent === 'bind_identity' && BINDS_NOT.test(text))
      return [
        {
          intent: 'request_status',
          slots: { action: 'refrained', move: 'hold' },
          probability: PROBABILITY,
          why: 'declines to be registered',
        },
      ];
    if (match.intent === 'bind_identity' && !isOfAccount(ctx))
      return ofTheLists(match.score, 'of other people, or of posts: no account is spoken of');
    if (match.intent === 'correct_answer' && match.score < GUESSED && !DISPUTES.test(text))
      return ofTheLists(match.score, 'hardly a correction, and no word of one');
    if (match.intent === 'correct_answer' && asksOnly(text, ctx.session))
      return ofTheLists(match.score, 'asks, and says of nothing that it is wrong');
    if (!CHANGES_REMINDERS.has(match.intent) || REMINDER_WORD.test(text) || OF_REMINDERS.test(text))
      return [];
    const isThere = (await remindersIn(ctx)).length > 0 || (await reachedBy(ctx)).length > 0;
    if (isThere) return [];
    if (closes(text)) return outsideReading('smalltalk', 'ends the talk');
    return ofTheLists(match.score, 'no reminder that could be changed');
  },
};
