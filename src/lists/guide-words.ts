/** What a message asks of a service: materials, where, how long. Pure; the words are those of everyday speech. */
import type { GuideField } from '../core/guide.js';

/** The first that fits is what is shown first. Materials before steps: 办低保要什么手续. */
const ASKED: readonly (readonly [GuideField, RegExp])[] = [
  [
    'agency',
    /代办|帮办|代领|代开|代交|代理|(?:别人|家属|家里人|村干部|网格员|委托).{0,6}(?:替|代|帮)|替.{0,5}(?:办|领|交|跑|去|拿|取)|(?:能|可以|可|给)(?:不能|不可以|不)?上门|(?:要|需要?|得)[\u4e00-\u9fff]{1,4}(?:一起|陪着?|到场)(?:去|来)?[吗么不]|必须本人|本人(?:必须|要不要|得|要)?(?:到场|去|来)/,
  ],
  [
    'materials',
    /材料|资料|手续|证件|要件|(?:带|拿|交|备|提供|需要?|(?<!主)要)(?:上|些|点|齐|哪)?(?:啥|什么|哪些|哪几样)(?!时候|人)|(?:要不要|需不需要|用不用)(?:体检|预约|带|交|照片|户口|结婚证|证明)|(?:啥|什么|哪些|哪几种?)(?:证明?|表格?|票据?|单子|照片|东西)|(?:要|需要?|带|拿)(?!什么|啥|多)[\u4e00-\u9fff]{1,6}(?:证|照片|户口本|户口簿|病历|证明|合同|发票)(?:吗|么|不|嘛)/,
  ],
  ['fee', /收费|收钱|多少钱|要钱|花钱|免费|费用|工本费|交钱|几块钱/],
  ['days', /多久|多长时间|几天|多少天|几个?工作日|时限|多会儿|啥时候能|什么时候能|几个?月(?:能|才|下|批)/],
  [
    'condition',
    /条件|资格(?!认证|证)|(?:啥|什么|哪些|哪种)人(?:能|可以|才)|多大(?:岁数|年龄|年纪)?(?:能|才|可以)|够不够(?:格|条件)/,
  ],
  ['phone', /(?:咨询|办事|窗口).{0,4}(?:电话|号码)|(?:电话|号码)(?:是)?多少/],
  [
    'place',
    /(?:在|去|到|上|往|找|从)(?:哪里?|哪儿|哪个?(?:地方|窗口|部门|单位)|啥地方|什么地方)(?:去|能|可以)?(?:办|申请|申报|申领|领|开|登记|备案|报名|补|换|做|弄|取|交|鉴定|评|认定|报|买|查|注册|挂失|打)|哪里?(?:能|可以)?(?:办理?|申请|领)|去哪(?:里|儿)?.{0,3}$|(?:镇|乡|村|县|街道)(?:里|上)?办理?还是|哪个?窗口|地点|(?:镇|乡|街道|村|县)(?:里|上)?(?:能|可以|就能)(?:不能)?(?:办|申请)/,
  ],
  [
    'steps',
    /流程|程序|步骤|(?:怎么|咋|咋个|如何|怎样|咋样|怎么个)(?:样|去|才能|能)?(?:来)?(?:给.{1,4}?)?(?:办|申请|申报|申领|领|报名|报|弄|走|开|交|登|注册|认定|迁|上|落|转|补|换|买|卖|取|评|续|改|考|认|年审|备案|赔|审|退|参保|缴|做|注销|投保|重置)|(?:怎么|咋)(?:样)?(?:个)?(?:办法|弄法)|办理|申请一?下|想(?:办|申请|领)|(?:手机|网|线)上(?:能|可以|怎么)(?:办|弄|申请|认证|交)/,
  ],
];

/** How much one gets: no guide says it, and what handling costs is no answer to it. */
const AMOUNT =
  /(?:补(?!办|领|换|一?[个张本份]|卡|证|.{0,4}[交缴收掏花])|发|(?<![换申补])领(?!证)|给(?!.{0,6}办)|救助|赔|退|奖励?|津贴|补贴|补助|低保|工资|养老金|待遇|标准)[\u4e00-\u9fff]{0,5}多少(?!天|份|张|材料)|(?:一|每)个?(?:月|年|亩|季|天|人)[\u4e00-\u9fff]{0,4}(?:多少|几百|几十)|[退报]几成|报销?(?:比例|多少)|多少补[贴助]/;

/** What a thing costs, not what handling costs: 火化多少钱. */
const HANDLING = /办|申|补|换|领|开|证|卡|登记|备案|注册|迁|过户|报|收费|一本|一张|代/;
const isPrice = (text: string): boolean => /多少钱|几块钱/.test(text) && !HANDLING.test(text);

/** What is asked, or null for a message that asks nothing a guide says. */
export const guideFieldAsked = (text: string): GuideField | null =>
  AMOUNT.test(text) || isPrice(text) ? null : (ASKED.find(([, words]) => words.test(text))?.[0] ?? null);

/**
 * The same in the few words that are said while a guide stands open: without one they are about anything. Who cannot come
 * himself asks for help, whatever else he says.
 */
const ON_GUIDE: readonly (readonly [GuideField, RegExp])[] = [
  [
    'agency',
    /跑一?(?:趟|腿)|代跑|[替帮].{0,5}(?:跑|弄|去|拿|办|填|写|交|录)|(?:本人|自己|亲自)(?:必须|要不要|得|要)?(?:到场|去|来|跑|办)|[下起]不(?:了床|来)|走不(?:动|了|成)|[动来去]不了|不(?:能动|方便|识字|会写)|瘫|上门|(?:来|到|去|上)(?:[他她]|老人)?(?:家|屋)里?(?:来|去)?(?:办|弄|认|做|帮|给)?/,
  ],
  [
    'fee',
    /(?:交|缴|花|掏|收)(?:几块|多少)?钱|^(?:得|要|该|还|那)*(?:几块|多少)钱|收费|(?:钱|费|费用)(?:又|该|都|是|由)*(?:谁|哪个|哪家|自己)(?:来)?(?:掏|出|交|拿|付|承担)|(?:谁|自己)(?:掏|出|付)(?:这|那)?(?:个)?(?:钱|费)/,
  ],
  // Until when one must come, not how long it takes.
  [
    'condition',
    /(?:卡|限)(?:不卡|不限|着)?(?:时间|日子|天数|期)|有(?:没有)?(?:个)?(?:时间|期限|时限|日子|天数)(?:上)?(?:的)?(?:限制|要求|规定|卡|一说)|(?:最晚|最迟)(?:得|要)?(?:啥时候|什么时候|哪天|几号|多久|几天)|(?:超期|过期|晚了|过了时间)(?:还)?(?:能|给|行|办)|(?:多长时间|多久|几天|多少天|几个?月)(?:之内|以内|内)?(?:就|之前|前)?(?:必须|非得?|得|要)(?:去|来|办|报|销|到|赶)?/,
  ],
  // 当天弄得完不: whether it takes no longer.
  [
    'days',
    /(?:当天|当场|当时|现场|今天|一天|立马|马上)(?:里|之内|内|就|能|可以|给)*(?:弄|办|拿|取|领|搞|做|出)(?:得|不)?(?:完|成|好|到|了|下来|利索|妥|走)?/,
  ],
  ['phone', /打(?:哪个|啥|什么)(?:号|电话)|(?:哪个|啥|什么)(?:号码?|电话)|电话|号码/],
  [
    'place',
    /(?:镇|乡|村|县|街道|社区)(?:里|上)?(?:办|弄)?(?:还是|或者?)(?:得|要)?(?:去|到|上)?(?:镇|乡|村|县|市)|(?:镇|乡|街道|村|县)(?:里|上)?(?:这边|那边)?(?:就|也|都)?(?:能|可以)(?:不能)?(?:给)?(?:弄|办|做|领|交|搞|申请)|(?:去|上|到|往|在)(?:哪|啥地方|什么地方)/,
  ],
  // 镇里哪儿收: where it is handed in.
  [
    'place',
    /(?:镇|乡|村|县|街道|社区)?(?:里|上)?(?:是|在)?(?:哪儿?|哪里|哪个?(?:窗口|地方)|啥地方|什么地方)(?:给|能|来)?(?:收(?!费|钱)|受理|递|交(?!钱))/,
  ],
  [
    'days',
    /(?:几天|多少天|多久|多长时间|几个?工作日)(?:给|有|能|才|出|下|见)*(?:个)?(?:信|回音|回话|结果|答复)|最[慢快](?:几天|多少天|多久|多长时间)/,
  ],
  [
    'days',
    /(?:啥|什么|多会儿?|几)(?:时候|会儿|天|日子|个?月)(?:能|才|可以|开始|就|集中|统一)*(?:给)?(?:发|到账|下来|拿|办|领|批|有)/,
  ],
];
/** What is asked, not done: 帮他代办一下 is an order. */
const ASKS =
  /[?\uff1f]|[吗么呢没]$|不(?:行|成|能|可以)?$|[行成能要用]不[行成能要用]?|可以|咋|怎么|多少|有没有|有无|还是|非得?|必须|一定|啥|什么|谁|哪|几/;
/** Who and what such words name beside what they ask. */
const BESIDE =
  /躺(?:在)?床?上?|(?:咋|怎么)办|(?:腿脚?|身体|身子|眼睛|耳朵|手脚)(?:也)?(?:不(?:好|便|利索|得劲|灵便)|有病)|[村镇乡](?:里|上)|村?干部|网格员|别人|家里?人|家属|儿子|闺女|儿女|老人|老汉|老太|娃娃?|本人|自己|亲自|行不?|成不?|非得?|必须|一定|床|还是|(?:递|交|报|送)(?:上|进|过)去|材料/g;
const ON_GUIDE_MAX = 16;
const BESIDE_MAX = 2;

/** What a few words ask of the guide that stands open; null for a matter of their own. */
export function fieldOfOpenGuide(text: string, matterOf: (text: string) => string): GuideField | null {
  if (text.length > ON_GUIDE_MAX || !ASKS.test(text)) return null;
  const [field, words] = ON_GUIDE.find(([, it]) => it.test(text)) ?? [];
  if (!field || !words) return null;
  const rest = matterOf(withoutGuideWords(text.replace(words, ' ').replace(BESIDE, '')));
  return rest.length <= BESIDE_MAX ? field : null;
}

/**
 * 能让村会计替他跑腿吧, 婆婆替她跑一趟行不行: whether somebody may act for another. `actor`: who would, where it is said; without one
 * it may be an order in the words of a question (能帮他代办一下吗).
 */
export function asksToActFor(text: string): { actor: boolean } | null {
  const said = ACTS_FOR.exec(text);
  if (!said || !WHETHER_ONE_MAY.test(text) || ORDERS.test(text)) return null;
  const before = text.slice(0, said.index);
  return { actor: ACTOR.test(before) };
}
const ACTS_FOR =
  /(?:替|代|帮)[\u4e00-\u9fff]{0,5}?(?:跑|办|领|弄|去|来|签|交|拿|取|递|送|填|报|认证|刷脸|张罗)|(?:代办|代领|代签|代交|代取|代填)|托(?:个)?(?:人|别人|他人|旁人|亲戚|朋友|熟人|家里人?|村里|[儿女]子?|同事|老乡)/;
const WHETHER_ONE_MAY =
  /(?:吧|[吗么嘛不没]|行不行|成不成|中不中|可以不可以|可不可以|能不能|(?<!不)[行成中]不?|可以)[?\uff1f。啊呀\s]*$|[?\uff1f]\s*$|能不能|可不可以|可以不|行不行/;
const ORDERS = /(?:帮|替|代)(?:我|俺|咱)(?:们)?|一下(?:吧)?[。!\uff01]?$|麻烦|请你|你(?:给|帮|替)/;
const ACTOR =
  /[让叫由找]|我|俺|咱|婆婆|公公|媳妇|儿|女|闺女|娃|孙|爹|妈|娘|爸|爷|奶|姥|兄|弟|哥|姐|妹|嫂|亲戚|家属|家里?人|邻居|别人|旁人|同事|老乡|朋友|会计|书记|主任|干部|网格员|组长|委托/;

/** Who is responsible: the lists that divide work say it, whatever else is asked. */
const WHO =
  /(?:归|由|该|属|是|算)(?:谁|哪个?(?:部门|单位|局|家)?)(?:来|去)?(?:管|负责|牵头|处理|查处?|监管|审批|出面|解决|承担|主管)|谁(?:来|去)?(?:管|负责|牵头|监管|主管|查处?|处罚)|哪个?(?:部门|单位|局|科室)(?:来|去)?(?:管|负责|牵头|监管|主管|处理|查处?)|归谁|归哪|归[\u4e00-\u9fff]{2,6}(?:还是|管)|谁的(?:事|责任|活|职责)|主体责任|配合责任|属地/;

export const asksWho = (text: string): boolean => WHO.test(text);
/** 谁管结婚登记 在哪办, without who. */
export const withoutWho = (text: string): string => text.replace(WHO, ' ').trim();

/** Words with which a service is meant and nothing else: no list that divides work says them. */
const SURELY: ReadonlySet<GuideField> = new Set(['materials', 'agency', 'fee', 'days', 'condition']);
export const asksSurely = (field: GuideField): boolean => SURELY.has(field);

/** Whether no list that divides work says what is asked. */
export function asksOfGuide(text: string): boolean {
  const field = guideFieldAsked(text);
  return field !== null && asksSurely(field) && !asksWho(text);
}

/** What is left when the words that ask of a guide are taken away. */
export const withoutGuideWords = (text: string): string =>
  EVERYWHERE.reduce((rest, words) => rest.replace(words, ' '), text).replace(FRAME, '');
const EVERYWHERE = ASKED.map(([, words]) => new RegExp(words.source, 'g'));
const FRAME =
  /材料|资料|证件|流程|程序|条件|地点|时限|办理?[好完]?|申请|申报|手续|多久|收费|代办|电话|号码|拿到手?|到手|下来|咨询|那|这个?|能|可以|需要?/g;

/** How something is handled, not who is responsible. */
export const asksHandling = (text: string): boolean => guideFieldAsked(text) !== null && !asksWho(text);

/** Nothing but the name of a service and what is asked of it: 电工证去哪里报名, no story and no trouble. */
export const isBareAsk = (text: string): boolean => BARE.test(text);
const BARE =
  /^[^\s,\uff0c。!\uff01?\uff1f]{2,12}?(?:怎么(?:个)?(?:办理|申请|申领|申报|报名|补办|注册|年审|认定|转|考)|(?:在|去|到)哪(?:里|儿)?(?:办理?|报名|申请|领|补领?|考|登记)|要(?:带|交|准备)?(?:什么|啥|哪些)(?:材料|手续|证件|条件|资料|证明)?|(?:要)?(?:多久|多少钱|几天|多长时间)|(?:的)?(?:条件|流程|手续)是什么)[呢啊?\uff1f]?$/;

/** 驾照, 健康证, 营业执照: the papers that a message names. */
const PAPERS =
  /[\u4e00-\u9fff]{1,4}?(?:证书|执照|证(?!明|据|件|人|实|监|券)|照(?!片|顾|明|办|样|例|常|护|相|旧|料))/g;
const NO_NAME =
  /[当天能现马上办换补领拿要开交带新旧这那个本了的我你他她咋怎么样去哪到期过丢掉啥什证书执照有没不多少几久长时间候月钱出发制取]/g;

/** Whether the message names a paper of which the guide says nothing: 驾照 is no 身份证, however alike both are renewed. */
export function namesOtherPaper(text: string, guide: string): boolean {
  const named = (text.match(PAPERS) ?? []).map((paper) => paper.replace(NO_NAME, '')).filter(Boolean);
  return named.length > 0 && named.every((name) => ![...name].some((character) => guide.includes(character)));
}
