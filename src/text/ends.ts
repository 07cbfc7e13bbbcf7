/** What leads into a text and what trails behind it, taken off. Pure. */

/** `leadsIn` is taken off once; `trailing`, one piece at a time, until none is left. */
export function withoutEnds(text: string, leadsIn: RegExp, trailing: RegExp): string {
  let rest = text.replace(leadsIn, '');
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(trailing, '');
  }
  return rest;
}
