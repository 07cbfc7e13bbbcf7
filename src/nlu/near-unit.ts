/** The unit that stands behind 呼叫 and is written short or by the wrong character of the same sound: 国土, 住见局. Pure. */
import type { Organization } from '../core/domain.js';
import { nearKey, soundsOf } from './pinyin.js';

/** Up to the colon, or to the word that ends the names of units. */
const CALLED =
  /^(?:(?:紧急|加急|特急)[,\uff0c!\uff01\s]{0,2})?呼叫(?:一下)?\s{0,2}(?<head>[\u4e00-\u9fff]{2,8}?)(?:[:\uff1a,\uff0c\s]|(?<=[局委办队])(?=[\u4e00-\u9fff]))\s{0,3}(?<body>\S[\s\S]{3,})$/;
/** What people leave away at the end of a name. */
const ENDS = /^(?:局|委|办|中心|大队|公司|会)$/;
const ABOVE = /^(?:本|我|咱|青山)?县/;

const soundOf = (text: string): string => [...text].map((it) => nearKey(soundsOf(it)[0] ?? it)).join(' ');

/** Null where nothing is called so, or more than one: a draft shows whom it goes to before it is sent. */
export function nearUnit(
  text: string,
  organizations: readonly Organization[],
): { unit: string; body: string } | null {
  const { head, body } = CALLED.exec(text.trim())?.groups ?? {};
  if (head === undefined || body === undefined) return null;
  const said = head.replace(ABOVE, '');
  if (said.length < 2) return null;
  const names = organizations
    .filter(({ kind, parent }) => kind === 'department' && parent === undefined)
    .flatMap(({ name, aliases }) => [name, ...aliases].map((it) => ({ name, alias: it.replace(ABOVE, '') })));
  const cut = names.filter(({ alias }) => alias.startsWith(said) && ENDS.test(alias.slice(said.length)));
  const alike = names.filter(({ alias }) => alias.length === said.length && soundOf(alias) === soundOf(said));
  const units = new Set((cut.length > 0 ? cut : alike).map(({ name }) => name));
  const [unit] = units;
  return unit !== undefined && units.size === 1 ? { unit, body: body.trim() } : null;
}
