/**
 * What whoever handles a case says of themselves and not of the work: nobody is there, somebody above decides, an answer will be given
 * later, urging is of no use. It is no progress that the other side is told unasked. Pure.
 */

const BOSS =
  '(?:[局科股所队站院镇乡县书][长记]|主任|领导|主管|分管|一把手|老板|头儿?|上面|上头|书记|会上|党组|班子|局里|他们?|[你您]们|师傅|预算股|[\\u4e00-\\u9fff]{1,3}[股科室])';
/** 退不退的还得等我们局长回来说, 同意不同意得预算股看了再讲. */
const DECIDED_ABOVE = new RegExp(
  `(?:等|得|要|须|看|听|问|请示|跟|向|由)[^,\\uff0c。;\\uff1b]{0,6}${BOSS}[^,\\uff0c。;\\uff1b]{0,8}(?:回来|说了?算|来定|定了?|拍板|发话|点头|开口|研究|决定|再说|再讲|怎么说|啥意见|什么意见)`,
);
/** 等修好了我再给乡里回话, 有结果再答复, 弄完再跟你们说. */
const ANSWERS_LATER =
  /^(?:那|我们?|俺们?|咱们?|这个|这件|等|待|[,\uff0c\s]){0,4}[^,\uff0c。;\uff1b]{0,10}?(?:了|好|完|后|结果|消息|眉目|准信|以后|回来)[,\uff0c\s]{0,2}(?:我们?|俺们?|咱们?|这边|局里)?(?:再|才|就|自然|一定)(?:去|来)?(?:给|跟|向|和|统一|正式|一并|一起)?[^,\uff0c。;\uff1b]{0,6}?(?:回话|回复|答复|回信|反馈|回个?[话信]|汇报|说一?声|告诉|通知|讲|说|报|交差|交代)[^,\uff0c。;\uff1b]{0,4}[。!\uff01]?$/;
/** 催也没用, 我们车还在外头没回来, 局里没人, 忙不过来. */
const NOBODY =
  /(?:催|急|喊|叫|骂|说|投诉)[^,\uff0c。;\uff1b\s]{0,4}(?:也|都|又|照样)?(?:没用|白搭|没辙|没法|不顶用|不管用|不中用|没办法|这样)|(?:车|人|队伍|师傅|设备|大夫|专家)[^,\uff0c。;\uff1b]{0,5}(?:在外[头面边]?|下乡|出差|请假|休假|不在|没回来|没在|排不开|抽不[出开])|(?:没|缺|差)(?:有)?(?:人手|人去|人力|空|时间|工夫|功夫)|人手(?:不够|紧|不足)|(?:忙|顾|跑|排|腾|抽|走)不(?:过来|上|开|出|赢)|白(?:说|搭|跑|忙)|够呛|悬|难说|愁人|头[疼大]|烦死|累死|没办法|没辙/;
/** 裁给谁合适 我还没定 先翻翻清单: nothing is decided yet. */
const UNDECIDED =
  /(?:我|俺|咱)们?(?:这边)?(?:还|也|一时)?(?:没|未|拿不)(?:想好|定[下准]?|准|决定|琢磨[好透]|拿定)|先(?:翻翻|查查|看看|琢磨琢磨|合计合计|掂量掂量)[^,\uff0c。;\uff1b]{0,4}(?:清单|文件|文|条文|依据)/;

export const tellsNoWork = (text: string): boolean =>
  DECIDED_ABOVE.test(text) || ANSWERS_LATER.test(text) || NOBODY.test(text) || UNDECIDED.test(text);
