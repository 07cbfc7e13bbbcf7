/** 上回还说要呼叫住建局呢 后来自己弄好了, 那几盏灯我上午跟住建局说过了: told of what is over, and nothing is to be filed or set. */
import type { Reader } from './reading.js';
import { refrainedAs } from './requests-held.js';

/** Above what the examples alone can say, below every reader that found its thing. */
const PROBABILITY = 0.92;
const MAX_LENGTH = 50;
/** It is settled, or whoever has to do with it knows. */
const SETTLED =
  /(?:自己|后来|总算|终于|已经?|都|早就?|人家|他们)[^,\uff0c。\s]{0,6}(?:弄|修|办|搞|整|解决|处理|装|换|清)(?:好|完|妥|利索|掉|上)?了|自己[^,\uff0c。\s]{1,6}了$|没用上|用不上了?|没(?:再)?(?:用|报|呼叫|提)(?:成|了|$)|(?:说|讲|反映|报|通|沟通|打过招呼|联系|对接|汇报)过了|(?:打|通)过(?:电话|招呼)了?|(?:他们|人家|那边|对方)[^,\uff0c。\s]{0,4}(?:记下|知道|答应|应下|接下|晓得|收到|登记|派人|安排)[^,\uff0c。\s]{0,2}了/;
const WHEN =
  /上[次回]|上个?(?:月|周|星期)|以前|之前|先前|那会儿?|当时|昨[天晚]?|前[天几]|上午|早上|今早|刚才|刚刚|本来|原来|去年|后来|已经?/;
/** An order, or what goes on all the same. */
const STILL =
  /又|还(?:是|没|不|在|得|要(?!呼叫))|但|可(?:是|他|人家|现在|到)|结果|没人(?:来|管|理)|不(?:来|管|理|动|认)|帮(?:我|俺|忙)|[替给]我|请|麻烦|赶紧|现在(?:就)?(?:要|呼叫|报|提)|再(?:呼叫|报|提|催|发|派)|[谁哪吗么?\uff1f]|咋|怎么|^(?:呼叫|吹哨|提醒)/;
/** 本来要找水利局: what was meant to be done. */
const PLANNED =
  /(?:本来|差点|原来|先前|之前|上[次回]|当时|还)(?:儿)?(?:我|俺|咱)?(?:还|是|就)?(?:说|想|打算|准备)?(?:要|想|让|去)?(?:找|报(?!销|名)|呼叫|提(?!醒)|喊|叫)/;
/** 提醒我都没顾上看: a reminder that came. */
const CAME =
  /^(?:[^,\uff0c。]{0,10}[\s,\uff0c])?(?:那个|那条|你的?|刚才的?|早上的?)?提醒(?:我)?(?:都|也|压根|根本)?(?:没|忘了?)(?:顾上|来得及|时间|工夫|空|注意|听见|看见|看到|瞅见)?(?:去)?(?:看|听|理|管|点|弄)?(?:了|呢|上)?$/;

export const pastTalkReader: Reader = {
  name: 'past talk',
  read({ text, match, session }) {
    if (match.via !== 'example' || session?.flow || text.length > MAX_LENGTH) return [];
    if (match.intent === 'set_reminder')
      return CAME.test(text)
        ? [{ intent: 'smalltalk', probability: PROBABILITY, why: 'a reminder that came, and none wanted' }]
        : [];
    const isOfAct =
      match.intent === 'file_request' || (match.intent === 'ask_responsibility' && PLANNED.test(text));
    if (!isOfAct || !SETTLED.test(text) || !WHEN.test(text) || STILL.test(text)) return [];
    return [{ ...refrainedAs('hold', 'tells of what is over'), probability: PROBABILITY }];
  },
};
