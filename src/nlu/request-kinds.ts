/** How people name each kind of request. What a kind allows is data: `knowledge/requests/<kind>.yaml`. */
import type { RequestKind } from '../core/request.js';

type Words = {
  /** The word that a message begins with. */
  commands: string[];
  /** In a sentence; null for the kind that is meant unless the sentence says otherwise. */
  words: RegExp | null;
};

/** Those who enforce, and what they are complained of. */
const ENFORCERS =
  '(?:执法(?:队|中队|大队|人员|局|的)|综合执法|城管|交警|运管|路政|市监所|市场监管所?|派出所|协管|辅警|环保执法|国土所)';
const WRONGS =
  '(?:乱罚|乱收费|打人|打了人|动手|骂人|辱骂|粗暴|野蛮|吃拿卡要|敲诈|索贿|收黑钱|选择性执法|不出示证件|没出示证件|不开(?:票|收据|罚单)|没开(?:票|收据|罚单)|趋利执法|暴力执法|随意扣|乱扣|滥用职权|徇私|刁难|违规执法|执法不公|证件?(?:都|也)?[不没](?:亮|出示|掏|给看)|[不没]亮证|掀(?:人|人家|了|翻)?的?摊)';

/** `执法队乱罚款我要投诉`, `城管打人往哪反映`. */
const COMPLAINT = new RegExp(
  `行政?执法监督|${ENFORCERS}.{0,12}${WRONGS}|(?:投诉|举报|反映|(?<![报广公通警劝转])告(?![诉知示])).{0,10}${ENFORCERS}|${ENFORCERS}.{0,16}(?:投诉|举报|往哪(?:里|儿)?反映|去哪(?:里|儿)?(?:告|反映|说理))|${WRONGS}.{0,6}${ENFORCERS}|执法监督`,
);
/** 家长举报到派出所来了, 派出所接到举报: they hear of it, and nothing is said of their own conduct. */
const BROUGHT_TO = new RegExp(
  `(?:投诉|举报|反映|告)(?:都|已经|就|也|都已)?(?:到|给|至|去|上)(?:了|我们|咱们?|你们|[县镇乡街道上里的])*${ENFORCERS}|(?:向|往|跟|给|找|到|去|在|打(?:给|到)?)(?:我们|咱们?|[县镇乡街道上里的])*${ENFORCERS}(?:那边|那里|去|来|里)?(?:投诉|举报|反映|告状?)|${ENFORCERS}(?:这边|那边|今天|昨天|刚才|刚|又|也|已经|都)*(?:接到|收到|接了|收了|受理|转来|来了|有人|有群众|有居民|接)`,
  'g',
);
/** 我向执法队反映 他们乱罚款, 派出所接到报警不来 还骂人 我要投诉. */
const OF_THEM = new RegExp(
  `(?:我|俺|咱)们?(?:要|想|来)(?:投诉|举报|反映|告)|(?:他们|人家|这帮|那帮|反而|反倒)[^,，。\\s]{0,6}${WRONGS}`,
);
export const isComplaint = (text: string): boolean => {
  if (!COMPLAINT.test(text)) return false;
  return COMPLAINT.test(text.replace(BROUGHT_TO, ' ')) || OF_THEM.test(text);
};
const WRONG = new RegExp(`${WRONGS}|投诉|举报|反映|告状`);
/** What was done wrong is named, or that it is complained of: no question of who oversees whom. */
export const namesWrong = (text: string): boolean => WRONG.test(text);

/** 往哪反映, 怎么投诉, 找谁说理: asked, and nothing told that could be filed. */
const ASKS_WHERE =
  /[往去到在从上]?(?:哪(?!怕|吒|能|有这)|何处)|(?:找|向|跟|归|由|是)谁|谁(?:来|去)?(?:管|受理|负责|处理|监督)|(?:怎么|怎样|如何|咋)(?:样)?(?:投诉|反映|举报|告|办|弄|说理|维权|处理|整)|(?:投诉|举报|监督|反映)(?:的)?(?:电话|渠道|途径|热线|方式|流程|办法|程序|平台)|(?:能|可以|可不可以|能不能|能否)(?:去|向.{1,8})?(?:投诉|举报|反映|告)|(?:有没有|有)(?:地方|渠道|人)(?:管|投诉|反映|说)|管不管|有人管/;
export const asksWhereToComplain = (text: string): boolean => ASKS_WHERE.test(text);

/** Somebody is helped with what has to be applied for. */
const ASSIST = /帮办|代办|(?:帮|替|代).{0,8}(?:跑腿|跑一趟|跑一下|取件)|上门(?:帮|代|给).{0,6}办/;
export const asksHelp = (text: string): boolean => ASSIST.test(text);

/** A sentence that names two is of the first. */
const REQUEST_KIND_WORDS: Record<RequestKind, Words> = {
  oversight: { commands: ['执法监督', '投诉执法'], words: COMPLAINT },
  // Before 征求意见, which is of people: what is asked of a plan is no secret.
  planning: {
    commands: ['规划参与'],
    words:
      /规划参与|(?:请|邀请?|让).{0,16}参与.{0,10}(?:规划|决策|项目|方案)|征求.{0,24}(?:规划|重大决策|重大项目).{0,8}意见|就.{0,24}(?:规划|重大决策|重大项目).{0,8}征求.{0,8}意见/,
  },
  consent: { commands: ['征求意见'], words: /征求意见|征求.{0,6}意见|征得.{0,6}同意/ },
  inquiry: {
    commands: ['请编办答复', '问编办'],
    words:
      /(?:请|让|问|找|转|报)(?:一下|问)?(?:县委)?编办(?:来)?(?:给)?(?:个|一个)?(?:答复|回答|解答|答一下|解释)/,
  },
  ruling: { commands: ['申请裁定', '提请裁定'], words: /裁定|裁决|明确(?:责任|归属|由谁)|界定责任/ },
  confer: { commands: ['会商'], words: /会商|联合研判|共同研究|联席/ },
  dispatch: {
    commands: ['调度', '执法调度'],
    words: /执法调度|(?:执法|综合执法|城管|派出|司法|市监|自规)(?:中队|队|所)|调度.{0,6}(?:中队|执法|所)/,
  },
  assist: { commands: ['帮办代办', '帮办', '代办'], words: ASSIST },
  task: { commands: ['交办'], words: /交办/ },
  advice: { commands: ['建议'], words: /建议(?!书)/ },
  call: { commands: ['呼叫'], words: null },
};
const KINDS = Object.entries(REQUEST_KIND_WORDS) as [RequestKind, Words][];

/** The command word decides where it names a kind, else the words of the sentence, else it is 呼叫. */
export const requestKindOf = (command: string, text: string): RequestKind =>
  KINDS.find(([, { commands }]) => commands.includes(command))?.[0] ??
  KINDS.find(([, { words }]) => words?.test(text))?.[0] ??
  'call';
