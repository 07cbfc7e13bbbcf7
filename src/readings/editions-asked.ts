/**
 * 现在是第几版, 我要换新清单 咋弄, 今天有没有人反映清单不对, 我请两天假 谁替我: of the lists as a whole, of what people remark on them and of
 * who stands in, and no matter that some row divides.
 */
import type { Context } from '../core/types.js';
import type { Reader, Reading } from './reading.js';

/** Above a structured question; no row has these words. */
const SURE = 0.9965;
const MAX_LENGTH = 30;

const WHEN = '(?:啥|什么|哪个?|何)(?:时候|时间|一?天|日子|时)|几[月号]';
const ISSUED = '(?:发布|印发|更新|启用|生效|施行|公布|换|上线|导入|改)';
const IN_FORCE = new RegExp(
  [
    '^(?:请问|那|咱|咱们|我们|你|县里?|现在|目前|眼下|如今|用的|的|清单|[,\\uff0c\\s])*(?:是|用的?是?|用到|到|执行的?是?)?(?:第几版|哪一?版(?:次|的)?|哪个版[次本]|什么版[次本]|啥版[次本])(?:的)?(?:清单)?(?:了|的|啊|呀|呢|吧)*$',
    '(?:现行|当前|现在|目前|最新)的?(?:清单)?(?:的)?(?:版次|版本|版)(?:号)?(?:是|为|呢|有|到|的)?(?:哪个?|啥|什么|多少|几|第几版?|哪一?版)?(?:了|啊|呀|呢)?$',
    `^(?:那|咱|现在|现行|目前|最新|最近|上次|这个?|这一?版|新版?|本县|县里?|的|[,\\uff0c\\s])*(?:清单|版次|一?版)(?:的|都)?(?:最近|最新|上次|上一次|是|最后)?(?:一次)?(?:是)?(?:${WHEN})?(?:是)?${ISSUED}(?:的)?(?:是|时间)?(?:在)?(?:${WHEN})?(?:的|了|啊|呀|呢)*$`,
  ].join('|'),
);
/** 啥时候发布的, with no list or row that it would be asked of. */
const BARE_WHEN = new RegExp(`^(?:那|是|这|它)*(?:${WHEN})${ISSUED}的?[啊呀呢]?$`);

const LIST = '(?:新的?|整个|全部|这份|那份|老|旧){0,3}(?:的)?(?:责任)?(?:清单|版次)';
const HOW =
  '(?:咋|怎么|如何|怎样|咋个)(?:个)?(?:弄|办|搞|整|换|导入?|传|上传|改|更新|发布|操作|做|提交|加)?|(?:步骤|流程|办法|方法)(?:是|有)?(?:啥|什么)?';
const CHANGES = '(?:换|导入?|更新|上传|修改|改|发布|替换|升级|录入|加|上)(?:一?[下份个]|成|为|进去|上去)?';
const HOW_TO_IMPORT = new RegExp(
  `${CHANGES}${LIST}(?:的话)?(?:了)?[,\\uff0c\\s]*(?:该|要|得|应该|我)?(?:${HOW})|${LIST}(?:该|要|得|应该)?(?:${HOW})(?:换|导入?|更新|上传|修改|改|发布)|(?:${HOW})${CHANGES}${LIST}`,
);

const REMARKED =
  /(?:有没有|有无|有|没有|谁|哪些|哪个|多少|几)(?:人|同志|单位|乡镇|部门|个)*(?:对|给|说|反映|指出|提|觉得|认为)[^,\uff0c。\s]{0,4}(?:清单|答复|答案)[^,\uff0c。\s]{0,4}(?:不对|有错|错|意见|问题|有误)|对(?:清单|答复)(?:提|有)(?:了|过|什么|啥|的)*意见|(?:有|收到)(?:啥|什么|哪些|多少|几[条个])(?:新的?)?(?:问题|意见|清单)?(?:反馈|意见反映)|(?:问题|意见|清单)的?(?:反馈|意见)(?:有|都)?(?:哪些|啥|什么|多少|几[条个])?(?:给我)?(?:看看|看一?下)?[呢吗没]?$/;
const OF_A_CASE = /请求|呼叫|单子|[那这][件单]|qs-?\d|提醒/;

const STANDS_IN =
  /^(?:那|要是|如果|万一)?(?:我|俺)(?:要|想|得|明天|后天|下周|这周|今天|周[一二三四五])*[^,\uff0c。\s]{0,4}(?:请[^,\uff0c。\s]{0,3}假|休假?|出差|不在|外出|走|生病)[^,\uff0c。\s]{0,6}[,\uff0c\s]{0,2}(?:那)?(?:谁|哪个|哪位|啥人)(?:来|能|给|帮)?(?:替|顶|代|接)|^(?:那)?(?:谁|哪个|哪位)(?:是|来|能|可以|给|帮)?(?:替|顶替?|代替?|接替?|代理)(?:着)?(?:我|俺)(?:的?活|办|签|班|一下|呢)?$|^(?:我|俺)的?(?:代理人|代班|[AB]角)(?:是|叫)?(?:谁|哪个|哪位)?[呢啊]?$/;

const reading = (intent: string, slots: Record<string, string>, why: string): Reading[] => [
  { intent, slots, probability: SURE, why },
];

export const editionsAskedReader: Reader = {
  name: 'of the lists as a whole',
  read({ match, session, text: said, person }: Context) {
    const text = said.replace(/[?\uff1f。]$/, '');
    if (match.via !== 'example' || session?.flow || text.length > MAX_LENGTH || OF_A_CASE.test(text))
      return [];
    if (person && STANDS_IN.test(text))
      return reading('bind_identity', { action: 'deputy' }, 'who stands in for them');
    if (HOW_TO_IMPORT.test(text)) return reading('help', { topic: 'lists' }, 'how lists are brought in');
    if (REMARKED.test(text)) return reading('review_notes', {}, 'what people remarked on the lists');
    const isBare = BARE_WHEN.test(text) && !session?.focus && !session?.listing && !session?.request;
    return isBare || IN_FORCE.test(text)
      ? reading('list_editions', { action: 'in-force' }, 'which edition is in force')
      : [];
  },
};
