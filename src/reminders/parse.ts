/** Whom and of what a message wants somebody reminded; the time is read by nlu/dates. Pure. */

/** 提醒我, 叫我们, 通知各镇 …: `whom` is what stands behind the verb. */
const CALL =
  /(?:到时候?|按时|准时|自动|定时|记得|别忘了|麻烦|请|帮我|给我|在群里|群里)*(?:提醒|提示|提型|叫醒|叫|喊|通知|知会|艾特|弹|告诉|跟我说|给我说)(?:一下|一声)?(?<whom>我们大家|我们|咱们|我|俺们|俺|自己|本人|大家伙?|全体(?:人员|同志)?|所有人|全镇|@所有人|各位|群里)?/;
const OPENING =
  /^(?:请|麻烦|帮我|给我|我要|我想|新增|新建|增加|添加|设置?|定|记|备忘|安排|按排|再|一个|个|一下|下|提醒事项|提醒|闹钟|定时消息|消息|[\s,\uff0c:\uff1a、。])+/;
const LEFT = /^[\s,\uff0c:\uff1a、。;\uff1b的]+|[\s,\uff0c:\uff1a、;\uff1b的]+$/g;
const TRAILING = /(?:的)?(?:提醒|一声|一下|吧|哈|啊|谢谢)[。.!\uff01]?$/;

export type Wanted = {
  text: string;
  /** self: 我 · all: 我们, 大家 · null: nobody is named by a pronoun. */
  whom: 'self' | 'all' | null;
};

/** `time` is the piece of the message that says when. */
export function readWanted(message: string, time: { text: string; index: number } | null): Wanted {
  const without = time
    ? `${message.slice(0, time.index)} ${message.slice(time.index + time.text.length)}`
    : message;
  const call = CALL.exec(without);
  const whomText = call?.groups?.['whom'] ?? '';
  const rest = call
    ? `${without.slice(0, call.index)} ${without.slice(call.index + call[0].length)}`
    : without;
  const text = clean(rest);
  if (/^(?:我|俺|自己|本人)$/.test(whomText)) return { text, whom: 'self' };
  if (whomText !== '') return { text, whom: 'all' };
  return { text, whom: call && /(?:跟|给)我说/.test(call[0]) ? 'self' : null };
}

function clean(rest: string): string {
  let text = rest.replace(/\s+/g, ' ').trim();
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(OPENING, '').replace(LEFT, '').replace(TRAILING, '').trim();
  }
  return text;
}

/** 各镇, 各乡镇, 各街道, 各镇街: every township of the county. */
export const isEveryTownship = (text: string): boolean => /各(?:个)?(?:乡镇|镇街|镇|乡|街道)/.test(text);

/** TX-2026-000012, TX12, 提醒12. */
export function parseReminderId(text: string, year: number): string | null {
  const found = /tx[\s-]*(?:(20\d{2})[\s-]*)?0*(\d{1,6})(?!\d)/i.exec(text);
  if (!found?.[2]) return null;
  return `TX-${found[1] ?? year}-${found[2].padStart(6, '0')}`;
}
