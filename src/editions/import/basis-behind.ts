/** A basis in brackets behind its matter, where the header promises both: 执法事项(法律依据). */

/** What a column of matters promises in brackets. */
export const BASIS_BEHIND = /\([\u4e00-\u9fff、]{0,6}依据\)$/;

/** 对…的处罚（《渔业法》第三十八条）: the matter and its basis, where the header promises both. */
export function withoutBasis(name: string, label: string): [matter: string, basis: string] {
  const isPromised = BASIS_BEHIND.test(label);
  const at = isPromised && /[)\uff09]$/.test(name) ? name.search(/[(\uff08]《/) : -1;
  return at > 0 ? [name.slice(0, at).trim(), name.slice(at + 1, -1)] : [name, ''];
}
