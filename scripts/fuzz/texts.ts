/** Texts that were written to hurt: long, repeated, huge numbers, odd characters. */
import { pick, type Random } from '../chaos-talk.js';

const DIGITS = ['9', '0', '1', '९', '9', '⁹'];
const NUMERALS = ['一', '十', '百', '千', '万', '亿', '两', '零', '〇', '廿', '卅', '半', '几'];
const SEPARATORS = [
  '、',
  ',',
  ',',
  '-',
  '~',
  '至',
  '到',
  '和',
  '及',
  '.',
  ':',
  ':',
  ' ',
  ' ',
  '/',
  '年',
  '月',
  '点',
];
const UNITS = [
  '年',
  '个月',
  '月',
  '周',
  '天',
  '日',
  '小时',
  '个钟头',
  '分钟',
  '秒',
  '季度',
  '世纪',
  '工作日',
  '遍',
];
const BEGINS = [
  '每',
  '每隔',
  '每月',
  '每年',
  '每周',
  '每季度',
  '',
  '从',
  '到',
  '提前',
  '再过',
  '第',
  '前',
  '近',
  '每逢',
  '隔',
];
const ENDS = [
  '提醒我开会',
  '提醒我喝水',
  '叫我',
  '归谁管',
  '后提醒我',
  '到期',
  '前报',
  '的请求',
  '',
  '内办结',
  '提醒全镇',
];
const NUMBERS = [
  '1e300',
  '-1e300',
  'NaN',
  'Infinity',
  '-0',
  '0x7fffffff',
  '9007199254740993',
  '1e-320',
  '２０２６',
];
const ODD = [
  '\u0000',
  '\ud800',
  '\udfff',
  '\u202e',
  '\u200b',
  '\ufeff',
  '\u2028',
  '👨‍👩‍👧‍👦',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'ﷺ',
  'é́́́́',
  '\r\n',
  '\t',
  '\u001b[2J',
];
const WORDS = [
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'null', 'undefined'],
  ...[
    '<b>',
    '</i>&amp;',
    '**',
    '[a](b)',
    '`',
    '\\',
    "'; drop table x; --",
    '${7*7}',
    '{{a}}',
    '%00',
    '../../etc/passwd',
  ],
  ...[
    'QS-',
    'QS-2026-',
    'QS-9999-999999',
    'TX-1',
    'QS-2026-000001',
    '@_user_1',
    '@_all',
    '/',
    '/提醒',
    '@qingdan_bot',
  ],
];
const YEARS = ['9999年', '275760年', '0年', '99999999年', '公元前3年', '1900年', '2101年'];
const DAYS = [
  '除夕',
  '腊月三十',
  '2月30日',
  '闰四月',
  '冬至',
  '清明前三天',
  '2月29日',
  '第五个周五',
  '13月32日',
  '国庆',
];

const REPEATS = [2, 8, 24, 40, 60, 120, 600, 1_999, 2_000, 2_001];
const MEGABYTE = 1_000_000;
/** One in so many texts is this large. */
const HUGE_EVERY = 400;

/** Never ends. */
export function* hostileTexts(random: Random): Generator<string, never> {
  const any = (values: readonly string[]) => pick(random, values);
  const some = (values: readonly string[], count: number) =>
    Array.from({ length: count }, () => any(values)).join('');
  const times = () => pick(random, REPEATS);
  const number = (): string => {
    const digit = any([...DIGITS, ...NUMERALS]);
    return pick(random, [
      () => digit.repeat(times()),
      () => some(NUMERALS, 1 + Math.floor(random() * 40)),
      () => some([...DIGITS, ...NUMERALS], Math.min(times(), 120)),
      () => `${digit}${any(SEPARATORS)}`.repeat(times()),
      () => any(NUMBERS),
    ])();
  };
  const kinds: (() => string)[] = [
    () => any(BEGINS) + number() + any(UNITS) + any(ENDS),
    () => any(BEGINS) + number() + any(UNITS) + any(SEPARATORS) + number() + any(UNITS) + any(ENDS),
    () => any(YEARS) + any(DAYS) + any(ENDS),
    () => (any(BEGINS) + any(UNITS)).repeat(times()) + any(ENDS),
    () => any(DAYS) + any(SEPARATORS).repeat(times()) + any(DAYS) + any(ENDS),
    () => some([...ODD, ...WORDS, ...NUMERALS], 1 + Math.floor(random() * 30)),
    () => any(WORDS) + any(ODD) + any(ENDS),
    () => any([...ODD, ...WORDS, ...UNITS, ...SEPARATORS]).repeat(times()),
    () => `${any(['(', '“', '<', '[', '【', '不', '没有不'])}`.repeat(times()) + any(ENDS),
    () => `${any(['路灯', '谁管', '住建局', '提醒我'])}${any(SEPARATORS)}`.repeat(times()) + any(ENDS),
  ];
  for (;;) {
    const text = pick(random, kinds)();
    yield random() * HUGE_EVERY < 1
      ? (text || '长').repeat(Math.ceil(MEGABYTE / (text.length || 1))).slice(0, MEGABYTE)
      : text;
  }
}
