/** Settings put into the text of a `.env` file; everything else in it stays as it is. Pure. */
export function withSettings(text: string, values: Readonly<Record<string, string>>): string {
  let next = text;
  for (const [name, value] of Object.entries(values)) {
    const line = new RegExp(`^${name}=[^\\r\\n]*`, 'm');
    // A function: a value may hold `$&`.
    if (line.test(next)) next = next.replace(line, () => `${name}=${value}`);
    else next = `${next}${next === '' || next.endsWith('\n') ? '' : '\n'}${name}=${value}\n`;
  }
  return next;
}
