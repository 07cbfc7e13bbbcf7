/** What is left of words that Feishu's audit does not let pass (230028: numbers and addresses). Pure. */
import { cardToText } from '../../core/card.js';
import type { Reply } from '../../core/chat.js';

/** In place of words that may not be sent at all. */
export const NOTICE = '这条消息没有通过飞书的内容审查,未能显示。请换个说法再问一次,或直接电话联系经办单位。';

const HIDDEN = '(按平台要求隐去)';
const TOLD = '(号码、邮箱按平台要求隐去,请向经办单位或总机查询。)';

/** E-mail addresses, mobile and fixed telephones, identity cards and bank accounts; dates and row numbers stay. */
const NUMBERS = new RegExp(
  [
    String.raw`[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}`,
    String.raw`(?<!\d)(?:\+?86[- ]?)?1\d{2}[- ]?\d{4}[- ]?\d{4}(?!\d)`,
    String.raw`(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)`,
    String.raw`(?<![\d-])\d{7,8}(?![\d-])`,
    String.raw`(?<!\d)\d{14,18}[\dXx](?!\d)`,
  ].join('|'),
  'g',
);

export const textOf = (reply: Reply): string => ('card' in reply ? cardToText(reply.card) : reply.text);

export function maskNumbers(text: string): string {
  const masked = text.replace(NUMBERS, HIDDEN);
  return masked === text ? text : `${masked}\n${TOLD}`;
}
