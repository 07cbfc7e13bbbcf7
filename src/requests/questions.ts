/**
 * What is asked of one case, in everyday words: which side of it, and what else the words speak of. `那边哪个收到了` asks who has it, of
 * whatever case is at hand; of `面包车那事最后定给哪家了` is left what names the case. Pure.
 */

/**
 * who: whose hands it is in · unit: which units have it · due: until when · why: the reason of what was done · answers: what each
 * unit said · starts: from when the time is counted · told: what was said in it: asked for, supplied, answered, rated, by 督办 ·
 * course: all of it.
 */
export const CASE_ASPECTS = ['who', 'unit', 'due', 'why', 'answers', 'starts', 'told', 'course'] as const;
export type CaseAspect = (typeof CASE_ASPECTS)[number];

/** `rest`: '' where nothing but the question is said. */
export type CaseQuestion = { aspect: CaseAspect; rest: string };

const MAX_LENGTH = 36;
const DAY = '(?:啥时候?|什么时候|何时|哪一?天|哪日|几[号点日]|多久|多会儿|多咱|好久|哪阵|几时)';
const UNIT = '哪一?(?:家|个?(?:单位|部门|乡镇|镇街|局|镇|乡|街道)|局|边|方)(?:单位|部门)?';
const UNITS = '哪[几些]?(?:家|个)?(?:单位|部门|乡镇|镇街|局|镇|乡|街道)|哪[几些]家';
const PERSON = '(?:谁|哪一?[个位](?!单位|部门|局|镇|乡|街道)(?:人|同志|领导)?|哪些人|啥人|什么人|何人)';
const SAYS = '(?:说法|结果|回话|回音|答复|回复|准信|准话|信儿?|动静|着落|眉目|回应|交代|结论)';

const STARTS =
  /^(?:那|这)?(?:为(?:啥|什么|何)|凭啥)(?:会|要|就)?(?:是|定在?|到|算到)(?:这|那)(?:一?天|个日子|个日期)?|^(?:那|这)?(?:个)?(?:日子|日期|期限|时限|天数)?(?:是)?(?:咋|怎么?|如何)(?:个)?(?:算|来)(?:出来)?的[呢啊呀]?[?\uff1f]?$|(?:时间|时限|期限|日子|天数|钟|限期)[^,\uff0c。\s]{0,6}?从[^,\uff0c。\s]{0,8}?(?:起算|算|计|起|开始|走)(?:起|时)?|从(?:[这那]会儿?|现在|这时候?|今天|哪一?[天刻]|啥时候?|什么时候|几[点号]|签收?(?:了|那天|那会儿?|以后|之后)?|收到|接到|提交|报上?来?)[^,\uff0c。\s]{0,4}?(?:算|计|起算|开始(?:算|计)|走)(?:起|时)?/;
const LATER = `(?:申请|要求|想)?(?:拖|延|推|宽限|展|缓)(?:期|迟|后|延)?(?:到|至)(?:了)?${DAY}`;
const DUE = new RegExp(
  [
    LATER,
    `(?:要求|规定|限定?)(?:我们?|咱们?|俺们?|他们|在|是|的)*${DAY}(?:之?前|以前)?(?:给|出|交)?(?:回|答复?|签收?|办[好完结]?|弄[好完])(?:话)?`,
    `最[晚迟后慢](?:的)?(?:到|在|是|得|要|该)?${DAY}(?:之?前)?(?:能|得|要|必须|该)?(?:给|有|出|交|回|答复?|签收?|办[好完结]?|弄[好完])?(?:个)?${SAYS}?`,
    `${DAY}(?:之?前|以前)(?:就|才)?(?:得|要|必须|该|应该?|能)(?:给|出|交)?(?:回|答复?|签收?|办[好完结]?|弄[好完])(?:话|我们)?${SAYS}?`,
    `(?:${DAY}|几天|多长时间|几个工作日)(?:之?内|前)?(?:才|就)?(?:能|可以|会|得|该|要)?(?:有|给|出|见)(?:个|得)?(?:准|最后|最终)?${SAYS}`,
    `(?:得|要)?(?:等|拖)(?:到)?${DAY}(?:才|就)?(?:能|会)?(?:有|给|出)?(?:个)?${SAYS}?`,
    `(?:还有|还剩|剩下?)(?:几天|多久|多长时间|多少(?:天|时间))(?:到期)?`,
    `(?:多久|几天|多长时间|几个?(?:小时|钟头))(?:之?内)?(?:得|要|必须|该|就得|能)(?:签收?|答复?|回复|办[完结好]|接)`,
  ].join('|'),
);
/** The word of what was done, whose reason is asked. */
const DONE =
  '(?:往后|再|又)?(?:拖|延期|延|推|退回?|转|停|暂停|改派|改|换|裁|定给|指定|撤|结案|不同意|没解决|不办)';
const CAUSE =
  '(?:为(?:啥|什么|何)(?:子)?|凭(?:啥|什么)子?|因为(?:啥|什么)|(?:是)?(?:啥|什么)(?:原因|理由|缘故|由头))';
const WHY = new RegExp(
  `${CAUSE}(?:又|还|都|就|要|得|想|会|给|非|能|老|一直|把[它这]?[个件]?|让){0,4}${DONE}(?:期|回|办|计时|给[我俺]们?|别[人处]|别的[局单位]{1,2}|走|掉|给)*|${DONE}(?:期|回|办|给[我俺]们?)?(?:的)?(?:是)?(?:因为)?(?:啥|什么)(?:原因|理由|缘故|由头)|${DONE}(?:期|回|办)?的(?:原因|理由|由头)(?:是)?(?:啥|什么)?`,
);
const EACH =
  '(?:[两三四几]家|各家|各(?:个)?单位|每家|各方|几个(?:单位|局|部门)|两个(?:单位|局|部门)|他们|人家|双方)';
/** 市监局咋回的, 水利局说哪天来: of one that is named. */
const ONE_SAID = `(?<=[局委办会站所队院中心司镇乡道])(?:那边|那头|他们)?(?:到底|最后|是|又)*(?:(?:咋|怎么|如何)(?:个)?(?:回|答)(?:复|话)?的|(?:说|讲|定)(?:的|了)?(?:是)?${DAY}(?:能|会|才|就)?(?:来|到|派|去|办|弄|修|处理)(?:人|好|完)?)`;
const ANSWERS = new RegExp(
  `${ONE_SAID}|${EACH}(?:单位|局)?(?:都|各|分别|各自|到底|最后)*(?:(?:是)?(?:咋|怎么|如何|怎样)(?:个)?(?:样)?(?:回|答|说|讲|表态|定)(?:复)?(?:法)?(?:的)?|(?:回|答复?|说|讲|反馈)(?:复)?的?(?:都)?(?:是)?(?:些)?(?:啥|什么)|(?:啥|什么)(?:意见|态度|说法)|同意(?:了)?(?:没有?|吗|不)|(?:回|答)(?:复)?(?:了)?(?:没有?|吗))`,
);
const WHO = new RegExp(
  [
    `在(?:的)?(?:${UNITS}|谁家?)(?:的)?手[里上头]`,
    `(?:(?:落|转|流转|走|传)?(?:到|在)|落)(?:了)?(?:哪个|谁)(?:的)?(?:手[里上头]|那[里儿]|名下|头上|桌上)`,
    `${PERSON}(?:给|都)?(?:收到|接到|看到|拿到|接收|接手|接的?单)(?:的|了|过)?`,
    `(?:通知|告知|发|送|推|派)(?:到|给)(?:了)?${PERSON}(?:手[里上])?(?:了)?`,
  ].join('|'),
);
const OF_UNIT = new RegExp(
  [
    `(?:主办|牵头|承办|协办|主责|经办)(?:的|单位|部门)?(?:到底|现在|又)?(?:是|归|算)?(?:${UNIT}|谁家?|(?:啥|什么)单位)(?:单位)?`,
    `(?:是)?哪[几些]家(?:单位|局|部门)?(?:一起|一块儿?|都)?在办`,
    `(?:${UNIT}|谁)(?:在|来|给)?(?:主办|牵头|承办|主责)(?:的)?`,
    `(?:定|判|裁|派|转|交|送|报|投|发|分|划)(?:定|下来|办|过去|出去)?(?:的|了)?(?:是)?(?:给|到|归)?(?:了)?(?:${UNIT}|谁家?)`,
    `给(?:了)?(?:${UNIT}|谁家?)(?:了|在?办|去)`,
    `(?:是)?(?:${UNITS}|谁)(?:给|来)?(?:报|提交?|交|反映)(?:上来)?的`,
  ].join('|'),
);
const SUPPORTS =
  /(?:有没有|有无|还有|有)协办(?:的|单位)?(?:没有?|吗|不)?|协办(?:的|单位)?(?:都|还)?(?:有|是)?(?:谁|哪[几些]家?|哪些)(?:单位|局|部门)?/;
const WHAT = '(?:些)?(?:啥|什么|哪些|哪几样)(?:材料|内容|东西|信息)?';
const ANSWER = '(?:答复|回复|回话)(?:的)?(?:里|中|上面?)?(?:头|面)?';
/** 要我补啥, 龙泉补的啥内容, 答复里说拉走了几车, 评了几分, 督查那边有说法没: what was said in it, and of which kinds of events. */
const TOLD: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    new RegExp(
      `(?:要|让|叫|需要|还要|还得|得|该)(?:我|俺|咱)?们?(?:[局镇乡]|这边)?(?:再|还)?补(?:充|交|报|齐)?${WHAT}|(?:还)?缺(?:的)?(?:是)?${WHAT}(?:材料|资料|信息)`,
    ),
    ['paused'],
  ],
  [new RegExp(`补(?:充|交|报|来|过来|上来)?(?:了|的)(?:都|是)*${WHAT}`), ['resumed', 'noted']],
  [
    new RegExp(
      `${ANSWER}(?:都|到底|是)*(?:(?:咋|怎么)(?:说|写|讲|回)|(?:说|写|讲|提)(?:的|了)?(?:是)?(?:${WHAT}|[^,\uff0c。\\s]{1,10}?(?:几[\u4e00-\u9fff]?|多少[\u4e00-\u9fff]?|谁|哪[里儿天]?|[吗没])$)|的?(?:是)?(?:啥|什么)(?:内容)?)(?:的)?`,
    ),
    ['answered'],
  ],
  [/(?:评|打|给)(?:价|分)?(?:了|的|过|出)(?:是)?(?:几|多少)(?:分|颗?星)/, ['rated']],
  [
    /督[办查](?:室|科|组)?(?:的|那边|那头|那里)?(?:给|有|出)?(?:没有?)?(?:了)?(?:个|啥|什么)?(?:说法|回音|回话|意见|动静|要求)(?:了)?(?:没有?|吗|么)?/,
    ['urged'],
  ],
];
export const toldKinds = (text: string): readonly string[] =>
  TOLD.find(([words]) => words.test(text))?.[1] ?? [];
/** 闸板那个谁在办: of a case that is named. */
const WHO_WORKS =
  /谁(?:在|来|去)?(?:办|弄|跟|盯|管|负责|经手|处理|搞|跑|拿)(?:着|的|这事)?|哪一?[个位](?:人|同志)(?:在|来)?(?:办|弄|跟|盯|管|负责|经手|跑)(?:着|的)?/;
/** 哪家的, 是哪个单位报的: of what is at hand alone. */
const BARE_UNIT = new RegExp(
  `^(?:这些|[这那]几[件个]|分别)?(?:是|都是|归)?(?:${UNIT}|${UNITS}|谁家)(?:的事?|报(?:上来)?的|提的|在办|办的|呀|啊)?$`,
);

const ASPECTS: readonly (readonly [CaseAspect, RegExp])[] = [
  ['starts', STARTS],
  ['answers', ANSWERS],
  ['why', WHY],
  ['due', DUE],
  ['who', WHO],
  ['unit', OF_UNIT],
  ['unit', SUPPORTS],
  ['who', WHO_WORKS],
];

/** What stands around such a question and names nothing. */
const FILLERS =
  /(?:我|俺|咱)?(?:刚才|刚刚?)?(?:投|交|报|提交?|发|呼叫)的(?:[这那]个?)?|(?:交|报|提交|发)(?:上去|出去|过去|上来)|(?:[这那]|哪)(?:个|件|单|张|条|桩|起|份|项|事)(?:事情?|事儿|单子|请求|呼叫)?|[这那](?:边|头|儿|里|会儿?)|他们|人家|对方|手[上里头]|分别|各自|局里|上[面头]|县里|现在|眼下|目前|当前|如今|最后|最终|到底|究竟|后来|(?:一|通)般|通常|按规定|规定|正常|大[概约慨致]|估[计摸]|约莫|差不多|来着|请问|问一?[下问]|随便问问?|(?:我|俺)?就?(?:是)?随便|(?:我|俺|咱)们?|你们?|晓得|知道|(?:说|讲)(?:的|是|要|得|一?下)?|(?:咋|怎么?|如何)算的|想|看|是不是|要是|如果|假如|签收?(?:了|以后|之后)|收到(?:了|以后)?|是|都|又|就|也|还|得|要|会|能|才|给|把|那|这|嘞|哩|咧|的|了|呢|啊|呀|嘛|吧|吗|么|哦|噢|嗯|啦|呗|哈|件|事情?|[\s,\uff0c。;\uff1b!\uff01?\uff1f、:\uff1a]/g;

export function caseQuestion(text: string): CaseQuestion | null {
  const found = asked(text);
  // 河滩倒渣土谁牵头 is asked of the lists, 渣土那件谁牵头 of the case.
  const isOfLists = (found?.aspect === 'unit' || WHO_WORKS.test(text)) && !OF_CASE.test(text);
  if (found?.aspect === 'who' && found.rest === '' && !WHO.test(text)) return null;
  return found && found.rest !== '' && isOfLists ? null : found;
}
const OF_CASE = /[那这](?:个|件|单|桩|事|起)|最后|最终|来着|了[呢啊呀嘛]?[?\uff1f]?$/;

function asked(text: string): CaseQuestion | null {
  if (text.length > MAX_LENGTH) return null;
  const bare = text.replace(FILLERS_AROUND, '');
  if (BARE_UNIT.test(bare)) return { aspect: 'unit', rest: '' };
  const told = TOLD.find(([words]) => words.test(text))?.[0];
  if (told) return { aspect: 'told', rest: text.replace(told, ' ').replace(FILLERS, ' ').trim() };
  for (const [aspect, words] of ASPECTS)
    if (words.test(text)) return { aspect, rest: text.replace(words, ' ').replace(FILLERS, ' ').trim() };
  return null;
}
const FILLERS_AROUND =
  /^(?:那|这|哦|噢|它|[这那][个件]|[,\uff0c\s]){0,3}|[呢啊呀嘛吧来着\s。?\uff1f!\uff01]{0,4}$/g;

const SAYS_LATER = new RegExp(LATER);
/** 说拖到哪天: what was asked for, beside the day that holds. */
export const asksExtended = (text: string): boolean => SAYS_LATER.test(text);

/** 哪个收到了: of a case and of nothing else; with none at hand it is asked which one is meant. */
export const isOfCaseAlone = ({ aspect, rest }: CaseQuestion): boolean =>
  rest === '' && (aspect === 'who' || aspect === 'why' || aspect === 'answers');

/** What was done whose reason is asked: the kinds of events that tell it, by the first word that fits. */
const REASONS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/不同意/, ['answered', 'approval-refused', 'extension-refused', 'admission-refused']],
  [/延|拖|推/, ['extension-asked', 'extension-refused', 'paused']],
  [/退/, ['returned']],
  [/停/, ['paused']],
  [/裁|定给/, ['ruled', 'ruling-corrected']],
  [/转|改|换|指定/, ['transferred', 'lead-assigned', 'ruled']],
  [/撤/, ['withdrawn', 'ruling-withdrawn']],
  [/结案|没解决|不办/, ['closed-unsolved', 'answered', 'returned']],
];
export const reasonsAsked = (text: string): readonly string[] =>
  REASONS.find(([words]) => words.test(text))?.[1] ?? [];
