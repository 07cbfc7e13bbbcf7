/** What two texts say of the place: names that agree, names and numbers that contradict each other. Pure. */

/** Kinds of places, longer ends before shorter ones; names of one kind with nothing in common are two places. */
const KINDS: readonly (readonly [kind: string, ends: string])[] = [
  ['town', '街道|[镇乡]'],
  ['village', '社区|[村庄屯寨]'],
  ['road', '大道|国道|省道|县道|乡道|[路街巷]'],
  ['estate', '小区|花园|家园|新城|广场|公园|苑'],
  ['school', '小学|中学|幼儿园'],
  ['bridge', '大桥|桥'],
  ['water', '水库|[河渠湖闸]'],
  ['hill', '[沟坡岭洼梁滩]'],
  [
    'site',
    '养殖场|养鸡场|养猪场|猪场|鸡场|采石场|石料厂|菜市场|市场|超市|商贸城|工业园|加油站|汽车站|车站|泵站|卫生院|卫生室|' +
      '医院|敬老院|养老院|夜市|集市|庙会|仓库|粮库|戏台|网吧|ktv|古墓|政府|邮局|邮政局|厂|窑',
  ],
];
const TOWN = 'town';
const SITE = 'site';
/** Ends of one meaning. */
const ALIKE_ENDS: Readonly<Record<string, string>> = {
  猪场: '养猪场',
  鸡场: '养鸡场',
  石料厂: '采石场',
  市场: '菜市场',
  车站: '汽车站',
  邮政局: '邮局',
  粮库: '仓库',
  集市: '庙会',
  窑: '厂',
  养老院: '敬老院',
};

/** What stands before a name and is none of it. */
const BEFORE =
  /[我咱俺你他]们|[^\u4e00-\u9fffa-z0-9]|[在往到从去于给把被叫让请有是的了个和与及至、那这我俺咱全各辖本]|通往|路过/;
const NAME = new RegExp(
  `(?<stem>[\\u4e00-\\u9fff]{0,5}?)(?:${KINDS.map(([kind, ends]) => `(?<${kind}>${ends})`).join('|')})(?![灯面边旁况口](?!镇|乡|街|村))`,
  'g',
);

/** Numbers that name one of several: 3号楼, 二组, K3+200, 12号灯杆, 一期; not the many that are counted (三盏, 七八头). */
const DIGITS = '[0-9零〇一二两三四五六七八九十百]{1,5}';
const ORDINALS = new RegExp(
  `第?(${DIGITS})(号|组|社|队|期|栋|幢|座桥|桥|单元|小学|中学|垃圾|高中|台区|月)|(k[0-9]{1,4}(?:\\+[0-9]{1,4})?)`,
  'g',
);

/** A name in its two parts: 王庄 and 村; the stem is empty where only the kind is said (加油站). */
type Name = { kind: string; stem: string; end: string };

export type PlaceWords = {
  names: Name[];
  /** By what is numbered. */
  numbers: Map<string, Set<string>>;
  /** The text without its names of places, as it was. */
  rest: string;
  all: string;
  /** What the field for the place says, where that is more than a town. */
  field: string;
};

export function placeWords(text: string, place: string): PlaceWords {
  const field = place.toLowerCase().trim();
  const said = `${field} ${text.toLowerCase()}`;
  const names = said.split(BEFORE).flatMap(namesIn);
  const numbers = new Map<string, Set<string>>();
  for (const [, digits = '', of = '', kilometre] of said.matchAll(ORDINALS)) {
    const key = kilometre === undefined ? (of === '座桥' ? '桥' : of) : 'k';
    const known = numbers.get(key) ?? new Set();
    numbers.set(key, known.add(kilometre ?? String(numeral(digits))));
  }
  const whole = names.filter(({ stem }) => stem !== '').map(({ stem, end }) => stem + end);
  const rest = whole
    .sort((a, b) => b.length - a.length)
    .reduce((left, name) => left.replaceAll(name, ''), text.toLowerCase())
    .replace(ORDINALS, '')
    .replace(/^(?:门前|门口|路口|附近|旁边|里面?|口|段)+/, '')
    .trim();
  const isTown = /^[\u4e00-\u9fff]{1,4}(?:街道|[镇乡])$|^[全我本各]|^辖区/.test(field);
  return { names, numbers, rest, all: said, field: isTown || field.length < 2 ? '' : field };
}

/** 东河大桥 is a bridge and no river: an end behind a name takes it as its stem. A road's or a village's shop stays apart. */
function namesIn(run: string): Name[] {
  const names: Name[] = [];
  let until = 0;
  for (const found of run.matchAll(NAME)) {
    const [kind = '', end = ''] =
      Object.entries(found.groups ?? {}).find(([key, value]) => key !== 'stem' && value !== undefined) ?? [];
    const stem = found.groups?.['stem'] ?? '';
    const last = names.at(-1);
    const isBehind = stem === '' && last !== undefined && found.index === until;
    if (isBehind && /water|bridge|hill|estate/.test(kind))
      names.push({ kind, stem: last.stem + last.end, end });
    // 石桥村 is a village and no bridge.
    else if (isBehind && /town|village|road/.test(kind))
      names.splice(-1, 1, { kind, stem: last.stem + last.end, end });
    else names.push({ kind, stem, end: ALIKE_ENDS[end] ?? end });
    until = found.index + found[0].length;
  }
  return names;
}

export type PlaceLikeness = {
  /** Kinds of places of which both name the same one; a town alone is no place. */
  agreeing: number;
  /** Kinds of which each names another. */
  contradicting: number;
  /** 3号楼 and 5号楼. */
  isOtherNumber: boolean;
};

export function comparePlaces(a: PlaceWords, b: PlaceWords): PlaceLikeness {
  const kinds = [...new Set([...a.names, ...b.names].map(({ kind }) => kind))];
  const agreeing = kinds.filter((kind) => isShared(kind, a, b) || isShared(kind, b, a));
  const contradicting = kinds.filter((kind) => !agreeing.includes(kind) && isContradicted(kind, a, b));
  const isOtherNumber = [...a.numbers].some(([of, own]) => {
    const other = b.numbers.get(of);
    return other !== undefined && ![...own].some((n) => other.has(n));
  });
  const isInField = hasField(a, b) || hasField(b, a);
  return {
    agreeing: agreeing.filter((kind) => kind !== TOWN).length + Number(isInField),
    contradicting: contradicting.length,
    isOtherNumber,
  };
}

/** Of `a`, a name of this kind is one of `b` or stands in it without its end: 王庄. */
const isShared = (kind: string, a: PlaceWords, b: PlaceWords): boolean =>
  a.names.some(
    (it) =>
      it.kind === kind &&
      it.stem !== '' &&
      (b.names.some((other) => other.kind === kind && isOneName(it, other)) ||
        (it.stem.length >= 2 && b.all.includes(it.stem)) ||
        b.all.includes(it.stem + it.end)),
  );

/** What is named beside a road or in a village is another thing when its end is another: 邮局 and 医院. */
const isContradicted = (kind: string, a: PlaceWords, b: PlaceWords): boolean => {
  const of = (words: PlaceWords) =>
    words.names.filter((name) => name.kind === kind && (kind === SITE || name.stem !== ''));
  const [own, other] = [of(a), of(b)];
  if (own.length === 0 || other.length === 0) return false;
  return kind === SITE ? !own.some((x) => other.some((y) => isOneSite(x, y))) : true;
};

const isOneName = (a: Name, b: Name): boolean =>
  b.stem !== '' && ((a.stem + a.end).endsWith(b.stem + b.end) || (b.stem + b.end).endsWith(a.stem + a.end));

const isOneSite = (a: Name, b: Name): boolean =>
  a.end === b.end && (a.stem === '' || b.stem === '' || a.stem.endsWith(b.stem) || b.stem.endsWith(a.stem));

const hasField = (a: PlaceWords, b: PlaceWords): boolean =>
  a.field !== '' && (b.all.includes(a.field) || (b.field !== '' && a.field.includes(b.field)));

const ONES = '零一二三四五六七八九';

/** 三十二 as 32; digits as they are. */
function numeral(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const ones = (char: string) => Math.max(0, ONES.indexOf(char.replace('两', '二').replace('〇', '零')));
  let sum = 0;
  let last = 0;
  for (const char of text) {
    if (char === '十' || char === '百') {
      sum += (last || 1) * (char === '十' ? 10 : 100);
      last = 0;
    } else last = ones(char);
  }
  return sum + last;
}
