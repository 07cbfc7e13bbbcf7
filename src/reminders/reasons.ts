/** 不中,五点要接个人,往后挪半个钟头: why it is to be changed names no reminder. Pure. */

const SELF = '[我俺咱]';
/** Of the day or of whoever speaks; none of them is what a reminder is about. */
const AWAY =
  '(?:休息|没空|没时间|有事|不在|请假|出差|不上班|值班|来不了|去不了|走不开|抽不开身|赶不(?:上|及|过来)|来不及)';
const MOVES =
  '(?:就|那就|还是|给我|帮我|再){0,2}(?:改|挪|推|移|换|调|放|延|顺延|提前|提早|往[前后]|[早晚](?=[半一两二三四五六七八九十\\d]))';

/** 明天我上午休息那个提醒改成…: before what points at it. */
const BEFORE = new RegExp(
  `^[^那这]*${SELF}[^那这,\uff0c]{0,6}${AWAY}(?:了)?[,\uff0c\\s]*(?=(?:把)?[那这][个条](?:提醒|闹钟)?(?:的)?(?:时间)?${MOVES})`,
);
/** 12月那次我去培训,提前一天: behind it. */
const BEHIND = new RegExp(
  `(?<=[那这][次个回条天])[,\uff0c\\s]*${SELF}[^,\uff0c\\s]{1,10}[,\uff0c\\s]+(?=${MOVES})`,
);
/** 太晚了,早一个礼拜吧: nothing points at one. */
const ALONE = new RegExp(`${AWAY}|${SELF}|太[早晚赶急]|不[中行成]|[得要](?:去|接|送|开|到|陪|参加)`);
const BEGINS_MOVE = new RegExp(`^(?:以后|今后|往后|那|就|干脆|还是|给我|帮我|都|每次){0,3}${MOVES}`);

/** What was said without the reason; null where none is said. */
export function withoutReason(said: string): string | null {
  const rest = withoutFirst(said.replace(BEFORE, '').replace(BEHIND, ''));
  return rest === said ? null : rest;
}

function withoutFirst(said: string): string {
  const clauses = said.split(/(?<=[,\uff0c\s])/);
  const at = clauses.findIndex((clause, i) => i > 0 && BEGINS_MOVE.test(clause));
  const before = clauses.slice(0, Math.max(at, 0)).join('');
  return ALONE.test(before) && !/[那这]/.test(before) ? clauses.slice(at).join('') : said;
}
