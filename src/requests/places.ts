/** What two texts say of the place: names that agree, names and numbers that contradict each other. Pure. */

/** Kinds of places, longer ends before shorter ones; names of one kind with nothing in common are two places. */
const KINDS: readonly (readonly [kind: string, ends: string])[] = [
  ['town', '街道|[镇乡]'],
  ['village', '社区|[村庄屯寨]'],
  ['road', '大道|国道|省道|县道|乡道|[路街巷]'],
  ['estate', '小区|花园|家园|新城|广场|公园|苑'],
  ['school', '小学|中学|幼儿园'],
  ['bridge', '[大小]桥|桥'],
  // 跳闸, 边坡: no places.
  ['water', '水库|[河渠湖]|(?<![跳拉合掉推断])闸'],
  ['hill', '[沟岭洼梁滩]|(?<![边护滑陡面])坡'],
  [
    'site',
    '养殖场|养鸡场|养猪场|猪场|鸡场|采石场|石料厂|菜市场|市场|超市|商贸城|工业园|加油站|汽车站|车站|泵站|卫生院|卫生室|' +
      '医院|诊所|药房|药店|饭店|旅馆|烟花店|敬老院|养老院|夜市|集市|庙会|仓库|粮库|戏台|网吧|ktv|古墓|政府|邮局|邮政局|厂|窑',
  ],
];
/** Of which a town has one. */
const ONE_OF_TOWN = /^(?:卫生院|敬老院|政府|邮局|汽车站)$/;
const TOWN = 'town';
const SITE = 'site';
const AREAS: ReadonlySet<string> = new Set(['village', 'road', 'estate']);
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
  药店: '药房',
};

/** What stands before a name and is none of it. */
const BEFORE =
  /[我咱俺你他]们|[^\u4e00-\u9fffa-z0-9]|[在往到从去于给把被叫让请有是的了个座与及至、那这我俺咱全各辖本]|(?<![仁永祥万太])和(?![平顺谐美])|通往|路过|[东西南北村]头/;
/** 路灯, 河边. */
const NOT_BEHIND = '(?![灯面边旁况口](?!镇|乡|街|村))';
const NAME = new RegExp(
  `(?<stem>[\\u4e00-\\u9fff]{0,5}?)(?:${KINDS.map(([kind, ends]) => `(?<${kind}>${ends})${kind === 'site' ? '' : NOT_BEHIND}`).join('|')})`,
  'g',
);

/** Numbers that name one of several: 3号楼, 二组, K3+200, 12号灯杆, 一期; not the many that are counted (三盏, 七八头). */
const DIGITS = '[0-9零〇一二两三四五六七八九十百]{1,5}';
const ORDINALS = new RegExp(
  `第?(${DIGITS})(号|组|社|队|期|栋|幢|座桥|桥|单元|小学|中学|垃圾|高中|台区|月)|(k[0-9]{1,4}(?:\\+[0-9]{1,4})?)`,
  'g',
);

/** 乡道024线, 024乡道, X207: one road. */
const NUMBERED_ROAD = /([国省县乡]道)(\d{1,4})线?|(\d{1,4})([国省县乡]道)|\b([gsxy])(\d{3,4})线?/g;
const ROAD_LETTERS: Readonly<Record<string, string>> = { g: '国道', s: '省道', x: '县道', y: '乡道' };
/** 三小 behind which something of it is named. */
const SHORT_SCHOOL =
  /(?<!第)([一二三四五六七八九十])([小中])(?=门|校|操场|附近|旁|对面|周边|路口|放学|食堂|宿舍)/g;

/** With one name for what has several. */
const plainOf = (text: string): string =>
  text
    .replace(NUMBERED_ROAD, (...[, road, number, before, behind, letter = '', digits]: string[]) => {
      const kind = road ?? behind ?? ROAD_LETTERS[letter] ?? '';
      return `${kind}${Number(number ?? before ?? digits)}`;
    })
    .replace(SHORT_SCHOOL, '第$1$2学');

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
  const field = plainOf(place.toLowerCase().trim());
  const plain = plainOf(text.toLowerCase());
  const said = `${field} ${plain}`;
  const roads = [...said.matchAll(/[国省县乡]道\d+/g)].map(([stem]) => ({ kind: 'highway', stem, end: '' }));
  const names = [
    ...roads,
    ...said
      .replaceAll(/[国省县乡]道\d+/g, ' ')
      .split(BEFORE)
      .flatMap(namesIn),
  ];
  const numbers = new Map<string, Set<string>>();
  for (const [, digits = '', of = '', kilometre] of said.matchAll(ORDINALS)) {
    const key = kilometre === undefined ? (of === '座桥' ? '桥' : of) : 'k';
    const known = numbers.get(key) ?? new Set();
    numbers.set(key, known.add(kilometre ?? String(numeral(digits))));
  }
  const whole = names.filter(({ stem }) => stem !== '').map(({ stem, end }) => stem + end);
  const rest = whole
    .sort((a, b) => b.length - a.length)
    .reduce((left, name) => left.replaceAll(name, ''), plain)
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
    agreeing:
      agreeing.filter((kind) => kind !== TOWN).length +
      Number(isInField) +
      Number(agreeing.includes(TOWN) && isOneOfTown(a, b)),
    contradicting: contradicting.length + Number(agreeing.every((it) => it === SITE) && areApart(a, b)),
    isOtherNumber: isOtherNumber || isOtherCrossing(a, b),
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
  if (kind !== SITE) return true;
  // 药店 says nothing beside 康民药房 of the same text.
  const [x, y] = [plainest(own), plainest(other)];
  return !x.some((a) => y.some((b) => isOneSite(a, b)));
};

/** The brick works of one village and those of another's street. */
const areApart = (a: PlaceWords, b: PlaceWords): boolean =>
  [a, b].every(({ names }) => names.some(({ kind, stem }) => AREAS.has(kind) && stem !== '')) &&
  a.field !== '' &&
  b.field !== '';

const plainest = (names: readonly Name[]): Name[] =>
  names.filter(({ stem, end }) => stem !== '' || !names.some((it) => it.end === end && it.stem !== ''));

const CROSSING =
  /([\u4e00-\u9fff]{2,3}?)[路街](?:与|和|、)?([\u4e00-\u9fff]{2,3}?)[路街]?(?:路口|交叉|交口|十字|口)/;

/** 人民路兴隆街路口 and 人民路建设街路口: two crossings, though one road is the same. */
function isOtherCrossing(a: PlaceWords, b: PlaceWords): boolean {
  const [x, y] = [a.all, b.all].map((text) => CROSSING.exec(text)?.slice(1, 3) ?? []);
  const isIn = (roads: readonly string[] | undefined, { all }: PlaceWords) =>
    (roads ?? []).every((road) => all.includes(road));
  return !isIn(x, b) && !isIn(y, a);
}

/** 宋集镇, 敬老院 and 宋集镇敬老院. */
const isOneOfTown = (a: PlaceWords, b: PlaceWords): boolean =>
  a.names.some(
    ({ kind, end }) =>
      kind === SITE && ONE_OF_TOWN.test(end) && b.names.some((it) => it.kind === SITE && it.end === end),
  );

const isOneName = (a: Name, b: Name): boolean =>
  b.stem !== '' && ((a.stem + a.end).endsWith(b.stem + b.end) || (b.stem + b.end).endsWith(a.stem + a.end));

function isOneSite(a: Name, b: Name): boolean {
  if (a.end !== b.end) return false;
  const [x, y] = [a, b].map(({ stem }) => stem.replace(/^[古老旧]/, '老'));
  if (x === undefined || y === undefined || x === '' || y === '') return true;
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  // 塑料厂 and 塑料颗粒厂.
  return long.endsWith(short) || (short.length >= 2 && long.startsWith(short));
}

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
