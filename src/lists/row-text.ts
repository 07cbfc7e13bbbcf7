/** The text of a row that is embedded and indexed. */
import type { Row } from '../core/domain.js';

/** What people say of a row, in the words of the office and of a language model. */
export const ownPhrasings = ({ askedAs, generated = [] }: Row): string[] => [...askedAs, ...generated];

/**
 * `事项名称:主体责任单位 主体责任 配合单位 配合责任`, the form the encoder was trained on (its model card). Punctuation stays as
 * printed: the encoder reads it, and making it uniform cost 3 % of R@1 on the calibration matters.
 */
export function rowText(row: Row): string {
  if (row.guide) return guideText(row);
  const parts = [...row.lead, ...row.support].map(({ unit, duty }) => `${unit}${duty}`);
  return `${row.matter}:${parts.join('')}`;
}

/** Of a guide: what it is called and for whom. Materials name other matters (户口簿, 结婚证) and would attract their questions. */
const guideText = ({ matter, guide }: Row): string => `${matter}:${guide?.target ?? ''}`;
