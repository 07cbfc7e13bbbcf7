/**
 * What is asked of the rules in everyday words, of no case and before anything is done: 退两回会咋样, 同一件事报两遍会咋样, 要是指定了水利局
 * 他们还能退不. Each situation by what it speaks of, all of which must be said, and by a question. Pure.
 */
export const SITUATIONS = [
  ...(['assigned', 'returned-twice', 'twice', 'unsolved', 'not-done', 'no-pause'] as const),
  ...(['moved-away', 'appeal', 'merge', 'sign-within', 'answer-within', 'approval'] as const),
] as const;
export type Situation = (typeof SITUATIONS)[number];

const WHAT_THEN =
  '(?:会|能|要|该|得|又|我|俺|咱|那|到底|应该){0,4}(?:咋|怎么?|如何)(?:个)?(?:样|办|弄|整|处理|结|算|说|回事)|(?:啥|什么)(?:后果|结果|说法|影响)';
const MAY =
  '(?:能不能|可不可以|行不行|中不中|要不要|用不用|算不算|得不得)|(?:还|也|就|都)?(?:能|可以|让|许|准|行|中|成|算|要|得)[^,\\uff0c。\\s]{0,10}?[不吗么没](?:$|[?\\uff1f啊呀\\s,\\uff0c])|(?:行|中|成|可以|合适)(?:不|吗|么)(?:[?\\uff1f啊呀]|$)';
const WITHIN =
  '(?:几|多少)(?:天|个?工作日|个?小时|个?钟头)|多久|多长时间|啥时候(?:之?前)?|什么时候(?:之?前)?';
const ASKED = new RegExp(`${WHAT_THEN}|${MAY}`);

const ALL: readonly (readonly [Situation, readonly RegExp[]])[] = [
  [
    'appeal',
    [/[打评给](?:得|的)?(?:太)?(?:低|少|差)|分(?:太)?低|评分|打分|差评/, /申诉|异议|不服|复核/, ASKED],
  ],
  [
    'returned-twice',
    [
      /(?:退(?:回)?|打回)(?:了|过)?(?:[两二2]|第二)[回次遍]|(?:[两二2]|第二)[回次遍](?:都)?(?:退|打)回?/,
      new RegExp(`${ASKED.source}|[遍回次]呢`),
    ],
  ],
  [
    'assigned',
    [
      /指定(?!时间|地点|位置)|督[办查](?:室)?(?:给)?定(?:了|的|给)?/,
      /(?:能|可以|可|让|许|准)[^,\uff0c。\s]{0,4}(?:退|推|转)|不(?:想|愿意?|肯|接|认|服)(?:干|办|接|管|弄)?|还能退/,
      ASKED,
    ],
  ],
  [
    'twice',
    [
      /同(?:一|样)(?:件|个|桩)?的?(?:事|问题|地方)|一(?:件|个|样的)事|重复/,
      /(?:报|提交?|呼叫|发|交)[^,\uff0c。\s]{0,3}(?:[两二2几]|第二|重复)[回次遍个家]|(?:[两二2几]家|[两二2]个(?:镇|人|单位))(?:都)?(?:报|提|发|呼叫)|重复(?:报|提|发|呼叫)/,
      ASKED,
    ],
  ],
  [
    'unsolved',
    [
      /(?:解决|办|弄|处理|修|搞)不[了成好完]|没(?:钱|资金|经费|条件)|(?:一时|暂时|今年|目前|现在)[^,\uff0c。\s]{0,6}(?:不了|没法)/,
      /(?:先|咋|怎么|能|可以|直接|也)(?:先)?(?:给)?(?:办?结|了结|销号|关)(?!果|婚|构|冰)|结案/,
      new RegExp(`${ASKED.source}|(?:咋|怎么)(?:办)?结`),
    ],
  ],
  [
    'not-done',
    [
      /(?:说|答复|回复|讲|写)[^,\uff0c。\s]{0,4}(?:办|弄|修|处理|解决|搞)(?:好|完|结|妥)?了?/,
      /(?:其实|实际上?|根本|压根|还是|可|却|结果)[^,\uff0c。\s]{0,4}没/,
      new RegExp(WHAT_THEN),
    ],
  ],
  [
    'no-pause',
    [
      /人手|忙不过来|没人|没车|没钱|缺(?:人|钱|设备|机械)|下雨|天气|放假|请假|出差/,
      /停表|暂停|停(?:止)?计时/,
      ASKED,
    ],
  ],
  [
    'approval',
    [
      /书记|镇长|乡长|局长|主任|领导|负责人/,
      /点头|同意|批(?!评)|签字|审/,
      /(?:用不用|要不要|需不需要|得不得|是不是(?:得|要)|用|要|得|需要?)/,
      /(?:才|再)?(?:能|可以)?(?:发|报|提交?|呼叫|送)(?:出去|上去|过去)?(?:吗|不|么)?[啊呀?\uff1f]?$/,
    ],
  ],
  [
    'moved-away',
    [
      /(?:调走|离职|退休|辞职|不在这|换岗|调离|请长假)/,
      /手[上里头][^,\uff0c。]{0,8}(?:件|单子?|请求|活|呼叫)|(?:没|未)办完的?(?:件|单子?|请求|呼叫|活)/,
      ASKED,
    ],
  ],
  [
    'merge',
    [
      /(?:并|合)(?:成|到)一(?:件|单|起|块儿?)|合并[^,\uff0c。\s]{0,4}[件单]|[件单][^,\uff0c。\s]{0,6}合并|并案|并单/,
      /能不能|可不可以|能[^,\uff0c。\s]{0,6}[不吗么](?:$|[\s?\uff1f,\uff0c])/,
    ],
  ],
  [
    'sign-within',
    [
      /呼叫|请求|件|单子?|乡镇|镇里|镇上/,
      new RegExp(
        `(?:${WITHIN})(?:之?内)?(?:就)?(?:得|要|必须|该|应该|需要?)[^,\\uff0c。\\s]{0,3}(?:签收?|接单)`,
      ),
    ],
  ],
  [
    'answer-within',
    [
      /(?:签收?|接单?|收到)(?:了|完)?(?:以后|之后|过后|后|了)/,
      new RegExp(
        `(?:${WITHIN})(?:之?内)?(?:就)?(?:得|要|必须|该|应该|需要?)[^,\\uff0c。\\s]{0,3}(?:答复?|回复?|办[完结好]|给)`,
      ),
    ],
  ],
];

const MAX_LENGTH = 30;
/** 退两次水费: of no case. */
const OF_MONEY = /[钱款费金货票保税]/;
const WITHOUT_MONEY: ReadonlySet<Situation> = new Set(['assigned', 'returned-twice', 'twice']);
/** Said of one case, not of the rules: 李家沟那件. */
const OF_ONE = /[\u4e00-\u9fff]{2}[那这](?:件|个|单)|qs-?\d/i;

export function situationAsked(text: string): Situation | null {
  if (text.length > MAX_LENGTH) return null;
  const found = ALL.find(([, words]) => words.every((it) => it.test(text)))?.[0] ?? null;
  if (found === null || (WITHOUT_MONEY.has(found) && OF_MONEY.test(text))) return null;
  return found !== 'merge' && OF_ONE.test(text) ? null : found;
}
