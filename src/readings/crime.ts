/** 叫人偷了呢 归谁, 把人拔出大事了呢: a condition that makes a crime of it is the part of the police in the row. */
import { conditionOf } from './follow-up-words.js';
import { about, LIKELY, type Asked } from './row-asked.js';
import type { Reading } from './reading.js';

const CRIME =
  /偷|盗|抢(?:劫|了|走)|诈|[骗坑]了|骗子|打[伤死残]|动[刀手]|捅|[出闹搞]大?事了|大事|人命|[死残瘫]了?人|人(?:给|都)?[死残瘫没](?:了|掉)|[放纵]火|卷(?:款|钱|包)|跑路|(?:老板|人|包工头|老总|负责人|业主|开发商|东家|他|对方)(?:都|就|要是|也)?(?:[跑逃躲溜]了|逃|躲(?:起来|着)|失联)|窝[点子]|团伙|[涉]?黑社会|涉黑|坐牢|犯[罪法]|刑|敲诈|勒索|威胁|恐吓/;
const POLICE = /公安/;
const PROSECUTES = /犯罪|侦|刑事|盗窃|盗抢|严重后果|涉案|案件/;

/** Null where no unit of the police has such a part, or another unit has the very word. */
export function onCrime({ ctx, entry }: Asked): Reading[] | null {
  if (entry.row.guide) return null;
  const condition = conditionOf(ctx.text);
  const [crime] = condition === null ? [] : (CRIME.exec(condition) ?? []);
  if (!crime) return null;
  const parts = [...entry.row.lead, ...entry.row.support];
  const police = parts.filter(({ unit, duty }) => POLICE.test(unit) && PROSECUTES.test(duty));
  const [part, ...more] = police;
  const isOthers = parts.some(({ unit, duty }) => !POLICE.test(unit) && duty.includes(crime));
  if (!part || more.length > 0 || isOthers) return null;
  return about(entry, 'unit', LIKELY, `“${crime}” is for the police`, { unit: part.unit });
}
