/** Text that is kept for the list office names nobody: people of the directory, numbers by which a person is found. */
import type { Person } from '../core/domain.js';
import { escapeRegExp } from './names.js';

const PERSON = '某某';

/** Longest first: an identity number (GB 11643, or the old one of 15 digits) or a bank card holds what looks like a telephone number. */
const NUMBERS: [RegExp, string][] = [
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, '(邮箱)'],
  [/(?<!\d)\d{17}[\dXx](?![\dXx])/g, '(证件号码)'],
  [/(?<!\d)\d{15}(?!\d)/g, '(证件号码)'],
  [/(?<!\d)\d{16,19}(?!\d)/g, '(卡号)'],
  [/(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g, '(电话)'],
  [/(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)/g, '(电话)'],
  // Not an amount.
  [/(?<!\d)[2-8]\d{6,7}(?![\d.]|\s*[元万亩吨方平公株头只人户])/g, '(电话)'],
];

/** The commonest surnames. */
export const SURNAMES =
  '王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚';
/** Whether a text may begin with somebody's name, whoever it is. */
export const beginsWithName = (text: string): boolean =>
  new RegExp(`^@?[${SURNAMES}][\\u4e00-\\u9fff]`).test(text);
/** Before a form of address: 王大爷, 李女士. */
const ADDRESSED = new RegExp(
  `[${SURNAMES}](大爷|大妈|大娘|大叔|大婶|大伯|大哥|大姐|阿姨|叔叔|婶婶|奶奶|爷爷|老汉|老太|先生|女士|师傅)`,
  'g',
);
/** Where a name is given as one, or stands right before what was taken out as somebody's number. */
const INTRODUCED = new RegExp(
  `(我叫|我是村民|姓名|联系人|经办人|当事人|举报人|户主)([是为:\\s]{0,2})[${SURNAMES}][\\u4e00-\\u9fff]{1,2}(?![\\u4e00-\\u9fff])`,
  'g',
);
const BEFORE_NUMBER = new RegExp(
  `[${SURNAMES}][\\u4e00-\\u9fff]{1,2}(?=[\\s,\uff0c、:\uff1a的]{0,2}(?:手机号?|电话|身份证号?|银行卡号?)?[\\s是为:\uff1a]{0,2}\\((?:电话|证件号码|卡号)\\))`,
  'g',
);

/** The text without personal names, telephone, identity and card numbers. */
export function createMask(people: readonly Pick<Person, 'name'>[]): (text: string) => string {
  const names = [...new Set(people.map(({ name }) => name))]
    .filter((name) => name.length >= 2)
    .sort((a, b) => b.length - a.length);
  const known = names.length > 0 ? new RegExp(names.map(escapeRegExp).join('|'), 'g') : null;
  return (text) => {
    const unnumbered = NUMBERS.reduce((rest, [pattern, word]) => rest.replace(pattern, word), text);
    const unnamed = known ? unnumbered.replace(known, PERSON) : unnumbered;
    return unnamed
      .replace(BEFORE_NUMBER, PERSON)
      .replace(INTRODUCED, `$1$2${PERSON}`)
      .replace(ADDRESSED, '某$1');
  };
}

/** The same over a directory whose people change while the process runs. */
export function createLiveMask(directory: {
  readonly everybody: readonly Pick<Person, 'name'>[];
}): (text: string) => string {
  let made: { of: unknown; mask: (text: string) => string } | null = null;
  return (text) => {
    const { everybody } = directory;
    if (made?.of !== everybody) made = { of: everybody, mask: createMask(everybody) };
    return made.mask(text);
  };
}

/** Whether something was taken out: such a text is no good phrasing. */
export const isMasked = (text: string): boolean =>
  /某某|某[大阿叔婶奶爷老先女师]|\((电话|证件号码|卡号|邮箱)\)/.test(text);

/** Fields of a log line in which words may stand; ids and keys stay what they are. */
const WORDED = ['error', 'reason'];

export const maskFields = (fields: object, mask: (text: string) => string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]: [string, unknown]) => [
      key,
      WORDED.includes(key) && typeof value === 'string' ? mask(value) : value,
    ]),
  );
