/** 下午三点 哦不 四点, 去区里 哦不 县里: what is put right within the sentence stands in the place of what was wrong. Pure. */
import type { Calendar } from '../calendar/calendar.js';
import { namedIn, parseTime } from '../nlu/dates/parse.js';

const SLIP =
  /[,\uff0c。\s]{0,3}(?:(?:哦|噢|啊|呃|额|哎呀?|诶|欸|嗯)[,\uff0c\s]?不(?:对|是)?|(?<=[,\uff0c。\s])(?:不对){1,2}|(?<=[,\uff0c。\s])(?:说|打|写|讲|记)错了?|(?<=[,\uff0c。\s])[口笔手]误了?)(?:了|啊|哈)?[,\uff0c。\s]{1,3}(?:应该|其实|要)?(?:是)?/;
/** 上午九点不对九点半: no stop stands where two times do; 改到三点不是四点 tells which of two. */
const BETWEEN_TIMES =
  /(?:(?:说|打|写|讲|记)?错了|(?:哦|噢|啊|呃|额|哎呀?|诶|欸|嗯)?不对|(?:哦|噢|啊|呃|额)不|[口笔手]误|(?<!(?:是|改|挪|换|推|调|不).{0,20})不是)(?:不对|了|啊|哈){0,2}(?:应该|其实|改成|要)?(?:是)?/g;
const PART_OF_DAY = /凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|今晚|明晚/;
const [WORD_MOST, PLACE] = [6, /[镇乡县市区局村街办所站组][上里]$/];

type Options = { now: number; calendar: Calendar };

/** `names`: what people, units and places are called. As it was where nothing is put right, or not for certain. */
export function mendedSlip(raw: string, options: Options, names: readonly string[] = []): string {
  let text = raw;
  for (let n = 0; n < SLIPS_MOST; n++) {
    const times = betweenTimes(text, options);
    if (times !== null) {
      text = times;
      continue;
    }
    const found = SLIP.exec(text);
    if (!found || found.index === 0) return text;
    const before = text.slice(0, found.index).trimEnd();
    const after = text.slice(found.index + found[0].length).trimStart();
    const mended = mendedTime(before, after, options) ?? mendedWord(before, after, names);
    if (mended === null) return text;
    text = mended;
  }
  return text;
}
const SLIPS_MOST = 3;

function betweenTimes(text: string, options: Options): string | null {
  for (const { index, 0: slip } of text.matchAll(BETWEEN_TIMES)) {
    const mended = mendedTime(text.slice(0, index), text.slice(index + slip.length), options);
    if (index > 0 && mended !== null) return mended;
  }
  return null;
}

/** Where a time stands right before it and another right behind; what the second leaves unsaid is that of the first. */
function mendedTime(before: string, after: string, options: Options): string | null {
  const wrong = lastTime(before, options);
  const right = parseTime(after, { ...options, purpose: 'mention' });
  if (wrong === '' || right?.index !== 0) return null;
  const rest = after.slice(right.text.length);
  const [old, next] = [namedIn(wrong, options), namedIn(right.text, options)];
  const clock = clockOf(wrong, options);
  const head = before.slice(0, before.length - wrong.length);
  if (next.day && next.clock) return `${head}${right.text}${rest}`;
  if (next.day) return old.day ? `${head}${right.text}${clock}${rest}` : null;
  if (!next.clock || !old.clock) return null;
  const part = PART_OF_DAY.test(right.text) ? '' : (PART_OF_DAY.exec(clock)?.[0] ?? '');
  return `${head}${wrong.slice(0, wrong.length - clock.length)}${part}${right.text}${rest}`;
}

/** The time with which the words end, whole. */
function lastTime(before: string, options: Options): string {
  let [from, last] = [0, ''];
  for (let n = 0; n < 4; n++) {
    const time = parseTime(before.slice(from), { ...options, purpose: 'mention' });
    if (!time || time.text === '') break;
    from += time.index + time.text.length;
    last = from === before.length ? time.text : '';
  }
  return last;
}

/** 下午三点, of 明天下午三点: the longest end that names an hour and no day. */
function clockOf(said: string, options: Options): string {
  for (let from = 0; from < said.length; from++) {
    const rest = said.slice(from);
    const { day, clock } = namedIn(rest, options);
    if (clock && !day && parseTime(rest, { ...options, purpose: 'mention' })?.index === 0) return rest;
  }
  return '';
}

function mendedWord(before: string, after: string, names: readonly string[]): string | null {
  const longest = (fits: (name: string) => boolean) =>
    names.filter(fits).sort((a, b) => b.length - a.length)[0];
  const wrong = longest((name) => before.endsWith(name));
  if (wrong !== undefined && longest((name) => after.startsWith(name)) !== undefined)
    return `${before.slice(0, -wrong.length)}${after}`;
  for (let length = Math.min(WORD_MOST, before.length, after.length); length > 1; length--) {
    const [old, next] = [before.slice(-length), after.slice(0, length)];
    const alike = [...next].filter((char, i) => char === old[i]).length;
    if (!/[\s,\uff0c]/.test(old + next) && alike * 2 >= length && old !== next)
      return `${before.slice(0, -length)}${after}`;
  }
  return PLACE.test(before) && PLACE.test(after.slice(0, 2)) ? `${before.slice(0, -2)}${after}` : null;
}
