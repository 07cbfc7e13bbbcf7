/** 那改成执法局,再发一遍: after a return, words that say nothing but to whom it goes now. Pure. */
import type { Mention } from '../organizations/names.js';
import { affirmed } from './referring.js';

const SAYS_NOTHING =
  /另外|重新|改派|呼叫|主办|承办|牵头|提交|办理|处理|[再重又][发报转送][一次遍个]{0,2}|一[遍次下]|试试|看看|请|麻烦|帮我?|那|就|还是|干脆|直接|把?[这那][个件](?:单子?)?|它|改|换|转|发|派|报|送|交|给|到|成|为|找|叫|让|由|来|去|办|管|吧|了|[,\uff0c。!\uff01、\s]/g;

/** One unit is named, beside words of sending it there. */
export function isRedirect(text: string, mentions: (text: string) => Mention[]): boolean {
  const meant = affirmed(text, mentions);
  const units = mentions(meant);
  if (new Set(units.map(({ unit }) => unit)).size !== 1 || /[?\uff1f吗么]/.test(text)) return false;
  const rest = units.reduce((left, { alias }) => left.replace(alias, ''), meant);
  return rest.replace(SAYS_NOTHING, '') === '';
}
