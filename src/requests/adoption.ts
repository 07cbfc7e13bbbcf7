/** 采纳, 部分采纳, 不采纳: what an answer to a 建议 says of it, and how that is read. Pure. */
import { ADOPTIONS, type Adoption, type Request } from '../core/request.js';

export const ADOPTION_LABELS: Readonly<Record<Adoption, string>> = {
  yes: '采纳',
  partly: '部分采纳',
  no: '不采纳',
};

/** Characters of a reason beside the word itself. */
export const MIN_ADOPTION_REASON = 6;

const NO = /(?:不|未|没有?|难以|无法|暂不|不宜|不能)(?:予以|予|作)?(?:采纳|采用|吸收|接受)/;
const PARTLY = /部分(?:予以)?(?:采纳|采用|吸收)|(?:采纳|采用|吸收)[^,。;\uff0c\uff1b]{0,8}部分/;
const YES = /(?:采纳|采用|吸收)/;

/** What is taken out before the reason is measured. */
export const ADOPTION_WORDS = new RegExp(
  `${PARTLY.source}|${NO.source}|(?:予以|同意)?${YES.source}|答复|意见|建议|理由|原因|如下`,
  'g',
);

/** Null where the words do not say; "是否采纳" is a question, and both at once says neither. */
export function adoptionIn(text: string): Adoption | null {
  const said = text.replace(/是否(?:予以)?(?:采纳|采用|吸收)/g, '');
  if (PARTLY.test(said)) return 'partly';
  const isNo = NO.test(said);
  const isYes = YES.test(said.replace(new RegExp(NO.source, 'g'), ''));
  if (isNo === isYes) return null;
  return isNo ? 'no' : 'yes';
}

/** Of the last answer that said it; null while nobody did. */
export function adoptionOf({ events }: Pick<Request, 'events'>): Adoption | null {
  const said = events.findLast(({ kind, facts }) => kind === 'answered' && facts?.['adopted'] !== undefined);
  return ADOPTIONS.find((it) => it === said?.facts?.['adopted']) ?? null;
}
