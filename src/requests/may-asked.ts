/** Which move is asked for leave: 这个俺能退回不, 现在能撤回吗. Pure. */
import type { Move } from './moves.js';

/** 这个俺能退回不: whether a move is open to the speaker. */
const MAY =
  /^(?:那|这|它|现在|我|俺|咱|们|个|件|单子?|事儿?|还|[,\uff0c\s]){0,6}(?:能不能|可不可以|能|可以|准|让)(?:再|给|直接|自己|把它){0,2}(?<move>退回?|转办|转出去|延期|撤回?|撤销|催办?|评价|打分|暂停|停表|结案|办结|签收|提请裁定)(?:掉|给他们|一下|了)?(?:不|吗|么|没|呢)?[啊呀?\uff1f]?$/;
const OF_WORDS: readonly (readonly [RegExp, Move])[] = [
  [/^退/, 'return'],
  [/^转/, 'transfer'],
  [/^延/, 'ask-extension'],
  [/^撤/, 'withdraw'],
  [/^催/, 'urge'],
  [/^[评打]/, 'rate'],
  [/停/, 'pause'],
  [/结/, 'conclude'],
  [/^签/, 'sign'],
  [/裁/, 'ask-ruling'],
];
export function mayAsked(text: string): Move | null {
  const said = MAY.exec(text)?.groups?.['move'];
  const isAsked = /不|吗|么|没|呢|[?\uff1f]/.test(text);
  return said !== undefined && isAsked ? (OF_WORDS.find(([words]) => words.test(said))?.[1] ?? null) : null;
}
