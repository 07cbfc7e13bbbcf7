/** Changes that say two things at once, and what is added to a rule or comes after all. Pure. */
import type { Change } from './speech.js';
import { shiftOf } from './shift-words.js';

type Retime = Extract<Change, { kind: 'retime' }>;

const CLAUSES = /[,\uff0c;\uff1b。\s]+/;

/** 桌签的改到下周一 再早十分钟; 改到下午一点,另外提前一刻钟也响一下. Null: not two. */
export function composedOf(said: string, changeOf: (said: string) => Change | null): Retime | null {
  const [first = '', second = '', more] = said.split(CLAUSES).filter(Boolean);
  if (second === '' || more !== undefined) return null;
  const then = /^(?:再|另外|还要|也|顺便)/.test(second) ? shiftOf(second) : null;
  if (!then || shiftOf(first) !== null) return null;
  const retime = changeOf(first);
  return retime?.kind === 'retime' && !retime.then ? { ...retime, then } : null;
}

const ADD_HOUR =
  /^(?:[^,\uff0c]{2,20}[,\uff0c\s]{1,2}){0,2}?(?<about>(?:[^,\uff0c\s]{1,10}的|[那这][个条]))?(?<time>[^,\uff0c\s的]{2,10}?)(?:那?[次回])?(?:再|也|另外|还){1,2}(?:给我)?(?:加|添|补)(?:上)?一?[次回遍个](?:提醒)?(?:吧|好了)?$/;
const KEEPS = /留着|不变|照旧|保留|不动|两[次回遍]/;

/** 早上八点半这回留着 后半晌四点再加一回. */
export function addedHour(said: string): { about: string; time: string } | null {
  const { about = '', time = '' } = ADD_HOUR.exec(said)?.groups ?? {};
  const before = said.slice(0, Math.max(0, said.lastIndexOf(time)));
  const isOther = /[,\uff0c\s]/.test(before.trim()) && !KEEPS.test(before);
  return /[点时:]/.test(time) && !isOther ? { about, time } : null;
}

const UNSKIP =
  /^(?:[^,\uff0c]{2,14}[,\uff0c\s]{1,2})?(?<about>[^,\uff0c\s]{0,10}?)(?:之前|刚才|刚刚|上次|前面|原来)?(?:(?:跳|停|免|略)(?:过|掉|了)(?:去)?(?:的)?[那这]一?[次回天个]?|[那这]一?[次回](?=别跳))(?:还是|给我|再|又)?(?:恢复|还原|加回来|补回来|要|照常|照旧|别跳了?)(?:一下|提醒)?(?:吧|了)?$/;

/** The words that name which; null where that is not said. */
export const unskipOf = (said: string): string | null => UNSKIP.exec(said)?.groups?.['about'] ?? null;
