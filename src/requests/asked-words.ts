/**
 * The words with which a case that is there is asked about, whatever it is about: who, until when, what they said, whether somebody
 * came. What is left of a question beside them, and beside what the case itself says, is a matter of its own. Pure.
 */
const WHO =
  '谁家?|啥人|哪[几些]?(?:家|个|位|边|天|一?步|儿|里|号|年|日|方|头|些|局|镇|乡)?|几(?:家|个|点|号|天|回|次|时|辆|人|件|楼)?|第几|多(?:少|久|长时间|会儿|咱)|(?:啥|什么)(?:时候?|人|事儿?|情况|原因|理由|说法|意见|结果)?|何时|(?:咋|怎么?|如何)(?:个|样|办|弄|整|回事|着)?|为(?:啥|什么|何)|凭啥';
const PEOPLE =
  '[我俺咱你您他她它]们?|人家|对方|双方|各[家方]|大家|别[人处家]|[两三四]家|[那这](?:边|头|儿|里|个|件|事儿?|单|些|会儿|回|次|条|桩|种|样|么)?|[镇乡县局村所队上下里外](?:里|上|面|头|边)|单位|部门|领导|书记|[镇乡局所主][长任]|督[办查](?:室|科)?|编办|政府办|系统|有人';
const TIME =
  '[今明后昨前][天儿日晚早]|现在|眼下|目前|如今|刚才|刚刚?|以前|之前|之后|以后|后来|最后|最终|最[晚迟早]|到底|究竟|[上中下]午|[早晚]上|[早晚]|夜里|周[一二三四五六日天]|[一二两三四五六七八九十半\\d]{1,3}(?:点|号|天|回|次|分|星|小时|分钟|月|遍)?|前前后后|从头到尾|一共|总共|来着|到现在|至今|时候';
const WORK =
  '牵头|主办|协办|配合|负责|主责|承办|经[办手]|参与|接[手单]?|签收?|答复?|回[复话信]?|说法?|讲|提|问|[定判裁]|裁[定决]|指定|派|来|去|到(?:场)?|出发|[看瞅查办弄干做搞管]|处理|解决|退回?|打回|转[办给]?|推|催[办促]?|督促|延[期迟后]?|宽限|往后|拖|停|暂停|恢复|计时|补[充交报]?|材料|资料|设备|工具|机械|东西|人手|人|电话|联系|评[价分]?|打|给|分|满意|差评|返工|重办|重新|结案?|了结|撤[回销]?|改|更正|合并|并[入案]?|拆[分开]?|卡|压|搁|放|等|轮到?|交|报|发|呼叫|请求|要求|希望|意见|[想要该得让叫带用需]|期限|时限|时间|日子|到期|超[期时]?|逾期|过期|算数|算|作数|管用|生效|有效|同意|批准?|准|答应|拒绝|认|采纳|采|理由|原因|由头|动静|消息|信儿?|进展|进度|结果|结论|下文|着落|经过|过程|记录|说明|照片|附件|地址|位置|编号|单号|手[上里头]|捋捋?|看看|讲讲|说说|听听|知道|晓得|通知|收到|办完|完|成|好|通';
const SMALL =
  '是不是|有没有|要不要|能不能|用不用|该不该|算不算|中不中|行不行|[的了着过吗么没不呢吧啊呀嘛啦哦噢哩嘞咧呗哈嗯在是有还都也又就才再把被跟和与对向从往为因能会可中行成个件事情儿一下先只光够没有未别所以但那这请麻烦帮]|单子|活儿?|问题|上|下|里';
const ASKED = new RegExp([WHO, PEOPLE, TIME, WORK, SMALL].join('|'), 'g');

/** Pairs of characters that stand in what the case says, and none of the question's own. */
export function isOfCase(text: string, told: string): boolean {
  const runs = text.split(NO_HAN).filter(Boolean);
  return runs.every((run) => foreignIn(run, told) === '');
}
const NO_HAN = /[^\u4e00-\u9fff]+/;

/** What is neither of the case nor of such a question: first what both say, then the words of questions. */
function foreignIn(run: string, told: string): string {
  const kept = [...run].map((char, i) => {
    const isTold = told.includes(run.slice(i, i + 2)) || (i > 0 && told.includes(run.slice(i - 1, i + 1)));
    return isTold && run.length > 1 ? ' ' : char;
  });
  return kept.join('').replace(ASKED, '').replace(SPACES, '');
}
const SPACES = /\s+/g;

/** Whether something is asked at all. */
export const asks = (text: string): boolean =>
  ASKING.test(text) && !(ORDERS.test(text) && !OUTRIGHT.test(text)) && !WANTS_DAYS.test(text);
/** 都过期了一点动静没有 往上报吧: an order behind what is told. */
const ORDERS = /[\u4e00-\u9fff][吧呗][。!\uff01]*$/;
const OUTRIGHT = /谁|哪|啥|什么|何|咋|怎么|几|多[少久长]|是不是|有没有/;
/** 这件得延几天: more time is wanted, and no day is said. */
const WANTS_DAYS = /(?:得|要|想|需要?)(?:再|往后)?(?:延|宽限|缓|推|拖)[^,\uff0c。]{0,3}几天[吧啊呀。]*$/;
const ASKING =
  /谁|哪|啥|什么|何时|咋|怎么|如何|为何|几(?:家|个|点|号|天|回|次|时|辆|人|件)|多[少久长]|[没不](?:有)?(?:$|[?\uff1f\s,\uff0c])|[吗么呢][?\uff1f]?$|[?\uff1f]|(.)不\1|(?:捋|说说|讲讲|看看)[^,\uff0c。]{0,3}$/;

/** 退两回会咋样 我先问问: no progress. */
export const onlyAsks = (text: string): boolean => ONLY_ASKS.test(text);
const ONLY_ASKS =
  /(?:先|就|只|随便|只是|就是|想)?(?:问问|问一?[下声句]|打听(?:打听|一下)?|了解(?:了解|一下))[吧啊呀哈。!\uff01]*$/;
/** 派人去了会咋样 …: a clause before the last asks. */
export const asksBeside = (text: string): boolean =>
  text
    .split(CLAUSE_ENDS)
    .slice(0, -1)
    .some((clause) => WHAT_THEN.test(clause));
const CLAUSE_ENDS = /[,\uff0c。;\uff1b\s]+/;
const WHAT_THEN =
  /(?:会|要|能|该)?(?:咋样|咋办|咋整|怎么样|怎么办|怎样)$|(?:行|中|成|能)不(?:行|中|成|能)?$|[吗么]$/;
