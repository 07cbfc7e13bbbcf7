/** The number formats that Word prints before paragraphs (ST_NumberFormat of ECMA-376, part 1, 17.18.59). */

const DIGITS = '零一二三四五六七八九';
const UNITS = ['', '十', '百', '千'];

/** 1 -> 一, 12 -> 十二, 120 -> 一百二十, 105 -> 一百零五; 9,999 at most, larger ones as digits. */
export function chineseNumber(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 9999) return String(value);
  if (value === 0) return '零';
  let text = '';
  let isGap = false;
  const digits = String(value);
  for (const [at, digit] of [...digits].entries()) {
    if (digit === '0') isGap = true;
    else {
      text += `${isGap ? '零' : ''}${DIGITS[Number(digit)]}${UNITS[digits.length - 1 - at]}`;
      isGap = false;
    }
  }
  return value < 20 ? text.replace(/^一十/, '十') : text;
}

function romanNumber(value: number): string {
  const parts: [number, string][] = [
    ...([
      [1000, 'M'],
      [900, 'CM'],
      [500, 'D'],
      [400, 'CD'],
      [100, 'C'],
      [90, 'XC'],
    ] as [number, string][]),
    ...([
      [50, 'L'],
      [40, 'XL'],
      [10, 'X'],
      [9, 'IX'],
      [5, 'V'],
      [4, 'IV'],
      [1, 'I'],
    ] as [number, string][]),
  ];
  let rest = value;
  let text = '';
  for (const [amount, letters] of parts) for (; rest >= amount; rest -= amount) text += letters;
  return text;
}

/** 1 -> A, 26 -> Z, 27 -> AA, 53 -> AAA, as Word counts letters. */
const letters = (value: number): string =>
  value < 1 ? '' : String.fromCharCode(65 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));
const oneOf = (signs: string) => (value: number) => [...signs][value - 1] ?? String(value);
const digitByDigit = (signs: string) => (value: number) =>
  [...String(value)].map((digit) => [...signs][Number(digit)]).join('');

const FORMATS: Record<string, (value: number) => string> = {
  decimal: String,
  decimalHalfWidth: String,
  decimalZero: (value) => String(value).padStart(2, '0'),
  decimalFullWidth: digitByDigit('\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19'),
  decimalEnclosedCircle: oneOf('①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'),
  decimalEnclosedCircleChinese: oneOf('①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'),
  decimalEnclosedParen: oneOf('⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇'),
  decimalEnclosedFullstop: oneOf('⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛'),
  chineseCounting: chineseNumber,
  chineseCountingThousand: chineseNumber,
  japaneseCounting: chineseNumber,
  taiwaneseCounting: chineseNumber,
  taiwaneseCountingThousand: chineseNumber,
  ideographDigital: digitByDigit('〇一二三四五六七八九'),
  taiwaneseDigital: digitByDigit('〇一二三四五六七八九'),
  ideographTraditional: oneOf('甲乙丙丁戊己庚辛壬癸'),
  ideographZodiac: oneOf('子丑寅卯辰巳午未申酉戌亥'),
  ideographEnclosedCircle: oneOf('㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉'),
  upperRoman: romanNumber,
  lowerRoman: (value) => romanNumber(value).toLowerCase(),
  upperLetter: letters,
  lowerLetter: (value) => letters(value).toLowerCase(),
  none: () => '',
};

/** Unknown formats print as decimal digits. */
export const printedNumber = (value: number, format: string): string => (FORMATS[format] ?? String)(value);
