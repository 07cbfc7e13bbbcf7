/** The table of everyday words for the moves of a request, read by move-words.ts. Pure. */
import type { Move } from './moves.js';

/** One move that the words may mean. */
export type MoveWords = {
  move: Move;
  /** Who says it so; both where absent. */
  side?: 'caller' | 'assignee' | 'office';
  /** Only of requests of this kind. */
  kind?: 'consent' | 'oversight' | 'advice' | 'confer';
  /** The move is named, not only what would lead to it: "重新办" and not "又黑了". */
  isNamed: boolean;
  /** Told by others, a joke, only intended: 师傅说修好了. */
  isDoubtful?: boolean;
};

export type Words = MoveWords & { pattern: RegExp; but?: RegExp };

/** Work goes on: whoever says so has not answered yet. */
export const PROGRESS =
  /正在|正(?=[联修处查清抢协赶往])|就(?:换|修|办|去|来|处理|过去)|(?:明|后)[天早].{0,8}(?:换|修|装|清|去|来|弄|处理|送|抽)|在(?:修|抢修|处理|办|弄|清|挖|路上|现场|查|核实|协调|联系|等)|已?经?(?:派|安排|通知|联系|组织)(?:了?[人车队组]|.{0,6}(?:去|过来|到场|过去|前往|处理|查看|看))|去看(?:过)?了|现场看(?:过)?了?|到(?:了)?现场|看现场|马上|这就|立即|立刻|尽快|争取|预计|大概|估计|(?:明|后|今|当|下周|周[一二三四五六日天]).{0,8}(?:能|可以|就|才|再|会|前|回|给|到)|回话|回复您|再(?:说|答复|回|报|看)|等.{0,10}(?:到|来|后|回|批|通知|配件|材料|天)|还(?:没|在|要|需|得|差|缺)|没(?:修|弄|办|处理|搞|解决|清|疏通|换|通)(?:好|完|到位|成)?|快(?:好|完|修好|弄好)了|先|准备|打算|计划|需要|得(?:等|再|要)/;
/** Work is done. */
export const DONE =
  /(?:修|弄|办|处理|搞|换|清|疏通|补|装|整改|恢复|解决|收拾|扶|填|抽|运|拆|接|通|清理|更换|安装|维修|查处|完工|铺|挖)(?:理|运|除|走|干|平|齐|到位|妥|定|上|掉|正|结束)?(?:好|完|毕|通)?(?:了|过了|完毕)|搞定|已(?:经)?(?:全部)?(?:修|换|清|处理|解决|恢复|完成|查处|整改|拆除|补齐|疏通|送上|办结|办好|更换|安装|停用|劝离|落实)|完成了|到位了|没问题了|好了$|已(?:经)?(?:全部?|都)?(?:开|关|到|送|发|给|停|能)[^,\uff0c。\s]{0,4}了$/;
/** 不是修好了, 哪里修好了: work is not done. */
export const NOT_DONE =
  /(?:没有?|未|不是|不算|没算|并非|哪[里有儿]?|谁说|别说|不能说|说不上|算不上|谈不上)[^,\uff0c。;\uff1b\s]{0,4}(?:修|弄|办|处理|搞|换|清|疏通|补|装|整改|恢复|解决|完成|做|通)(?:好|完|掉|妥|到位|成|了)/;
/** 明天送回老家,这件办完了: whatever goes on besides, the case is said to be done. */
const CLOSES =
  /(?:^|[,\uff0c。;\uff1b\s])(?:(?:这|那|此)(?:件|个|单|桩|起|项)?(?:事情?|活儿?|单子|请求)?)?(?:就|也|都|已经?|算是?|全部?)*(?:(?:办|处理|弄|搞|忙)(?:完|妥|利索|结|好)|完结)(?:了|啦)[。!\uff01]?$/;
export const isClosing = (text: string): boolean => CLOSES.test(text);
const UNDONE = new RegExp(`${NOT_DONE.source}|^别(?!的|人|处|家)|先不|不用|不要`);
const HANDS_OFF =
  /不(?:归|属于|属|该)(?:我|俺|本|咱)|不是(?:我|俺|咱)们?(?:局|单位|部门)?(?:的|管|负责|职责|范围|修|建|这)|不是本(?:单位|局)|(?:我|咱)们?(?:局|单位)?(?:不管|管不了|没有?(?:这个)?权限|不负责)/;
export const ACK =
  /^(?:好的?|嗯+|行|中|可以|ok|okay|是|知道了?|看[到见]了?|明白|了解)?[,\uff0c。!\uff01 ]*(?:收到|已收到|知道了?|看[到见]了?|明白了?|好的|马上|这就|立即|立刻|安排|遵命|已阅|接到|在路上|出发)/;
const NEVER = /(?:先|暂时?|还)不|不(?:要|想|用|必|能|准备|打算)|别(?!的|人|处|家)|等.{0,8}再|谁说/;

/** 问题没解决 不过也晓得是没钱 这件就先结了: closed, though it is not solved. */
const UNSOLVED =
  /未解决(?:就)?(?:结案|办结|了结|销号)|(?:(?:办|解决|弄|修|处理|整)不(?:了|好|成)|(?:没|未)(?:有)?(?:真正|真|完全|能|得到)?(?:解决|办成|修好|弄好|办好|处理好|整好)).{0,24}?(?:结案|办结|了结|销号|结(?:了|掉|吧)|关(?:了|掉|吧)(?!门|闸|灯)|到此为止)/;
const UNCLOSED =
  /(?:不|别|甭|莫|休)(?:能|要|想|准|准备|可以|该|用)?(?:就|再|这么|急着|给我|随便)*(?:结案|办结|了结|销号|结(?:了|掉|吧)|关(?:了|掉))|等[^,\uff0c。\s]{0,8}再(?:结|关|销)|谁说|咋|怎么|为啥|为什么|凭[啥什]/;

/** 通报执法中队, 请交警队书面说明, 向城管局核实. */
const RELEASES =
  /通报|告知(?:单位|.{1,12}[局队所站])|(?:让|请|叫|要求|通知|责成|函告|发给)[^,\uff0c。;\uff1b]{1,24}(?:说明|解释|回应|自查|陈述|提供|作答)|向[^,\uff0c。;\uff1b]{1,16}(?:核实|了解|调取)/;
export const isRelease = (text: string): boolean => RELEASES.test(text);

/** 请督办, 往上报吧, 升级: of a case that is there, to those who see that it is done. */
const ESCALATES =
  /(?:请|找|报|提请|上报|反映给?|转|交|麻烦|让|叫|求|喊|劳烦)(?:一下)?(?:给)?(?:县|政府)?督[办查](?:室|科|办|组|部门)?(?:$|[,\uff0c。!\uff01吧]|介入|协调|来|催|处理|过问|管|盯|出(?:个|一下)?[面手]|帮|给|说|问|看|跟)|(?:再次|继续)?升级(?:处理|督办|上报|吧|一下|$)|(?<!不|别)往上(?:面)?(?:报|反映|捅|递)(?:吧|一下|了|上去|$)/;
export const isEscalation = (text: string): boolean => ESCALATES.test(text);

/** 不同意,巡查得有专业的人: the view comes first, and then why. */
const AGREES =
  /^(?:不(?:太|大)?(?:同意|赞成)|(?:完全|原则上?)?(?:同意|赞成)|没有?(?:什么|啥|不同)?意见|无(?:异议|意见)|反对)(?:$|[,\uff0c。;\uff1b!\uff01\s])/;
export const WORDS: readonly Words[] = [
  {
    move: 'refuse-extension',
    side: 'caller',
    isNamed: true,
    pattern:
      /不同意|不批|不准(?!时|确|的)|(?<!行)不行|不予|不能(?:再)?(?:延|拖|等)|等不了|拖不[起得]|驳回|(?:别|不要)(?:再)?(?:延|拖)/,
    // 行,就到十号,不能再拖了 agrees.
    but: /^那?(?:行|可以|好|成|中|同意|准了?|嗯|没问题)(?:吧|的)?[,\uff0c\s]|催一?[下声催]/,
  },
  {
    move: 'grant-extension',
    side: 'caller',
    isNamed: true,
    pattern: /同意|批准|准了|准予|批了|(?:可以|能)(?:延|宽限)|延(?:期|几天)?(?:吧|可以|没问题)|可以延/,
    but: /不同意|不批|不准|不行|不能|先不/,
  },
  {
    move: 'answer',
    side: 'assignee',
    kind: 'consent',
    isNamed: true,
    pattern: /同意|赞成|没有?意见|无意见|无异议|反对|没有?异议/,
    but: /先不|再(?:说|等)|研究/,
  },
  {
    move: 'answer',
    side: 'assignee',
    kind: 'advice',
    isNamed: true,
    pattern: /采纳|采用了?|吸收了?/,
    but: /是否采纳|先不|再(?:说|等)|研究/,
  },
  {
    move: 'answer',
    side: 'assignee',
    kind: 'confer',
    isNamed: false,
    pattern:
      /(?:我们?|[俺咱]们?|[本我](?:局|单位|大队))(?:局|单位|这边|这里|大队|公司)?(?:的?(?:意见|看法|想法|态度|观点)(?:是|为|就是|[:\uff1a,\uff0c])|(?:也|都|完全|原则上?)?(?:同意|赞成|认为|建议|觉得|主张|倾向)|(?:这边|也|都)?没有?(?:什么|啥|不同)?意见)/,
    but: /先不|再(?:说|等|回|报)|研究(?:一下|后|完|好)|商量|请示|汇报/,
  },
  { move: 'answer', side: 'assignee', kind: 'confer', isNamed: true, isDoubtful: true, pattern: AGREES },
  { move: 'refuse-admission', side: 'office', isNamed: true, pattern: /(?:不予|不准|不同意|不能)(?:交办)?/ },
  {
    move: 'admit',
    side: 'office',
    isNamed: true,
    pattern: /准予|同意|准了|可以交办/,
    but: /不同意|不准|不予/,
  },
  {
    move: 'refuse-approval',
    side: 'office',
    isNamed: true,
    pattern: /不(?:予|准|同意|能|要|用|必)(?:往?上?报|送|发|$|[,\uff0c。\s])|先?别(?:往)?上?报|打回去?/,
  },
  {
    move: 'approve',
    side: 'office',
    isNamed: true,
    pattern: /同意|准予|准了|批准|批了|可以(?:往)?上?报|(?<![不别])上报吧|^(?:往上)?报吧|照此上报/,
    but: /不同意|不准|不予|先别|研究|再(?:说|等|看|改)/,
  },
  {
    move: 'reopen',
    side: 'caller',
    isNamed: true,
    pattern: /重新(?:办|来|修|弄|处理|交办|搞|整|查|清|治|管|打开)|返工|重办|重修|重开(?=$|[,\uff0c。\s])/,
    but: NEVER,
  },
  {
    move: 'close-unsolved',
    side: 'caller',
    isNamed: true,
    pattern: UNSOLVED,
    but: UNCLOSED,
  },
  {
    move: 'conclude',
    side: 'caller',
    isNamed: true,
    pattern: /办结|结案|结了吧|销号|了结(?![实果构婚冰论])/,
    but: NEVER,
  },
  {
    move: 'reopen',
    side: 'caller',
    isNamed: false,
    pattern:
      /又(?:坏|堵|黑|漏|断|停|灭|不|塌|冒|积|犯|臭|掉|裂|跳|倒|来|出|开始|是老样)|还是(?:不|没|老样|那样|坏|漏|堵|黑|积|渗|冒|塌|断|停|臭|脏|乱)|^(?:根本|压根|其实|还|也)?(?:还)?没(?:有)?(?:见)?(?:好|完|弄|修|清|干净|动静)|(?:还|仍|依然|照样|照旧)(?:在|堆|漏|堵|冒|淹|臭|黑|摆|占)|没(?:有)?(?:解决|修好|弄好|办好|处理好|到位|彻底|真修|动)|不彻底|白修|糊弄|哪(?:有|见(?:到|着)?|来的)(?!空|功夫|工夫|时间|问题|意见|钱)[^,\uff0c。?\uff1f\s]{1,8}(?:$|[,\uff0c。!\uff01\s])|就(?:拉|放|摆|糊|刷|盖|插|立|垫|扔|撒|贴|挂|来)了?[一几两半][根块张个层点把条堆道下]|(?:咋|怎么|为啥|为什么)(?:这|它|那)?(?:还|又)(?!没|不知|要|得|会|能|办|处理|交|申请)/,
  },
  {
    move: 'withdraw',
    side: 'caller',
    isNamed: true,
    pattern:
      /撤回|撤销|撤单|撤掉|撤了|撤下|撤吧|撤(?:一下|$)|收回来?吧|不用(?:他们|你们|再)?(?:来|办|修|处理|弄|管|派人)了|取消(?:了|吧|这|那|刚)|(?:请求|呼叫|单子?)(?:不要|取消)了?/,
    but: /(?:先|还|暂时?)?(?:不|别)(?:要|用|想)?撤/,
  },
  {
    move: 'return',
    side: 'assignee',
    isNamed: true,
    // 钱退给人家了 is what was done.
    pattern:
      /^(?:那|就|先|直接|给|把|我们?|这|那|个|件|单子?|它|他们|镇里|乡里){0,5}(?:退|打)(?:回去?|还)?(?:他们|镇里|乡里)?(?:[吧去了得算]){0,3}[。!\uff01]?$|退回|(?<![钱款费金货票押])退给|(?<![钱款费金货票押水潮])退(?:掉|了)/,
    but: NEVER,
  },
  {
    move: 'assign-lead',
    side: 'office',
    isNamed: true,
    pattern: /指定[^,\uff0c。\s]{2,20}(?:主办|牵头)/,
    but: NEVER,
  },
  {
    move: 'transfer',
    isNamed: true,
    pattern: /转(?:给|到|交|办|派|去|走(?!了)|出去?|至|由|[^,\uff0c。 ]{0,8}[局委办心队司])/,
  },
  {
    move: 'ask-ruling',
    isNamed: true,
    pattern:
      /(?:提请|申请|请)(?:编办)?(?:来)?(?:裁定|裁决|定一下)|(?:请|让|找|报|叫)(?:县委)?编办(?:来)?(?:给)?(?:个|一下)?(?:裁|定|断|判|拍板|明确|说法|评理)/,
  },
  {
    // What was complained of is put to whom it concerns.
    move: 'add-support',
    side: 'assignee',
    kind: 'oversight',
    isNamed: true,
    pattern: RELEASES,
    but: /(?:先|暂时?|还|别|不要|不用|不必|不想|不能).{0,6}(?:通报|告知|说明|发给|核实)|通报批评/,
  },
  {
    move: 'add-support',
    side: 'assignee',
    isNamed: true,
    pattern: /协办|配合|协助|一起(?:来|去|办|处理|过来|到)|支援/,
  },
  {
    // 再加上文旅局: who called names one more unit. It is bound by that, so it is read back.
    move: 'add-support',
    side: 'caller',
    isNamed: true,
    isDoubtful: true,
    pattern:
      /(?:^|[,\uff0c\s再还也请把])(?:加上|加个|加一[个家]|增加|叫上|算上|带上|拉上|喊上)|(?:也|一并|一块儿?|一起|都)(?:加上|加进[来去]|叫上|算上|拉[上进]|带上)|(?:让|请|叫|喊|找|通知|需要).{2,14}(?:也(?:来|去|到|参加|派人|看)|协办|配合|协助|支援|一起(?:来|去|看|办))/,
    but: NEVER,
  },
  { move: 'return', side: 'assignee', isNamed: false, pattern: HANDS_OFF },
  {
    // 坑填平了,答复一下: said at the end of what is answered.
    move: 'answer',
    side: 'assignee',
    isNamed: true,
    pattern: /[,\uff0c。;\uff1b\s](?:就|请)?(?:这样|这么)?答复(?:一下|下|吧|他们|镇里)?[。!\uff01]?$/,
    but: /(?:再|等|稍后|回头|明[天早]|后天|下午|晚上|下周)[^,\uff0c。\s]{0,8}[,\uff0c\s]{0,2}答复|先不|还没|不急/,
  },
  {
    move: 'ask-extension',
    side: 'assignee',
    isNamed: true,
    pattern:
      /延期|延长|宽限|展期|延到|延后|推迟|(?<!(?:[别不]|不要|不能|不得)再?)往后(?:再)?(?:延|推|拖|放|挪|错)|(?:缓|晚|拖|延|推)(?:[一两二三四五六七八九十\d]+|几)个?(?:天|日|周|星期|工作日)/,
  },
  {
    move: 'pause',
    side: 'assignee',
    isNamed: true,
    // 协议暂停三个月 is what was done to others.
    pattern:
      /(?<![议同格业工产务])暂停(?!了?(?:营业|施工|生产|经营|供[水电气]|资格|协议|合同|服务|使用|执业|[一两二三四五六七八九十半\d]{1,3}个?[月年]))|停表|停一停|停一下|停止计时|请.{0,10}(?:补充|补一下|补齐|补[张个份])|缺.{0,6}(?:材料|照片|图片|资料|证明|编号|位置|图)/,
  },
  {
    move: 'resume',
    isNamed: true,
    pattern:
      /恢复(?:计时|办理)|继续(?:计时|办理|办(?=$|[,\uff0c。吧]))|接着办|不用(?:再)?补(?:充|了|材料)|材料.{0,4}(?:到|齐|补)|补(?:齐|来|上|好)了/,
  },
  {
    move: 'urge',
    side: 'caller',
    isNamed: true,
    pattern:
      /催|督促|^再?督办(?:一?下|[这此本]件|$|[,\uff0c:\uff1a\s])|督办一下|抓紧|(?:快点|赶紧|赶快|尽快)(?:办|修|来|弄|处理|管|派)|怎么还(?:没|不)|还没(?:人)?(?:来|修|管|处理|动静|消息|签)/,
    but: NEVER,
  },
  {
    move: 'urge',
    side: 'caller',
    isNamed: false,
    pattern: ESCALATES,
    but: NEVER,
  },
  {
    move: 'note',
    isNamed: true,
    pattern:
      /^(?:再)?加(?:上)?一?句|补(?:充|一句|一下|一点|两句|个照片|张照片)|再说一(?:句|下)|(?:告诉|转告)(?:他们|对方)/,
  },
  { move: 'note', side: 'assignee', isNamed: false, pattern: PROGRESS, but: CLOSES },
  {
    move: 'sign',
    side: 'assignee',
    isNamed: true,
    pattern:
      /签收(?!率|情况|时[限间]|表|数|量|多少|最)|接单|接了|(?<!合同|协议|承诺书|责任书|租约|字)签了|先签|认领|(?:我们?|俺们?|咱们?|[我本]局|局里|单位)(?:先|都|就)?[收领认](?:下|到)?了/,
    but: NEVER,
  },
  {
    // 行 签吧, 那我签一下, 签: 合同签了 is what was done.
    move: 'sign',
    side: 'assignee',
    isNamed: true,
    pattern:
      /^(?:(?:好的?|行|中|可以|那|就|嗯{1,3}|成|ok|没问题|我们?|俺们?|咱们?|[这那](?:个|件|单)|它|给|来|先)[,\uff0c。!\uff01\s]{0,2}){0,5}(?:签|接)(?:了?吧|下吧?|一下吧?|下来吧?)[。!\uff01]?$|^(?:签|接|签喽|签咯|签啦|接啦|领了|认了)[。!\uff01]?$/,
    but: NEVER,
  },
  {
    // 征求财政局意见,…: another unit is asked for its view, which is helping.
    move: 'add-support',
    side: 'assignee',
    isNamed: true,
    isDoubtful: true,
    pattern:
      /(?:征求|听取|听听|问问)(?:一下)?[^,\uff0c:\uff1a。\s]{2,14}?(?:局|委|办|中心|大队|公司|院|会)的?意见(?![稿书函表箱])/,
  },
  {
    // What the button of a complaint says; 群众的申请已受理 is part of how the work goes.
    move: 'sign',
    side: 'assignee',
    isNamed: true,
    pattern:
      /^(?:好的?[,\uff0c\s]{0,2})?(?:[这那][件个]|此件)?(?:(?:我|俺|咱)们?|本[局所]|我[局所])?(?:先|已经?|同意|准予|予以)?受理(?:了|啦|一下)?(?:$|[,\uff0c。;\uff1b!\uff01\s吧])|等.{0,8}再受理/,
    but: NEVER,
  },
  { move: 'sign', side: 'assignee', isNamed: false, pattern: ACK },
  { move: 'note', side: 'assignee', isNamed: false, pattern: NOT_DONE },
  { move: 'answer', side: 'assignee', isNamed: false, pattern: DONE, but: UNDONE },
];
