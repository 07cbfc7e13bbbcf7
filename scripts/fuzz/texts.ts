/** Texts that a stranger could send to stop the process: runs, nested lists, numbers and units in every order. Pure. */
import type { Dice } from '../shared/random.js';

const DIGITS = [...'0123456789'];
const FULL_WIDTH = [...'０１２３４５６７８９'];
const NUMERALS = [...'一二三四五六七八九十百千万零〇两廿卅'];
const SEPARATORS = [...'、,，.。~-—到至和与及或/:：;；() \t\n\u3000'];
const UNITS =
  '年 月 日 号 周 星期 礼拜 点 时 分 刻 半 天 小时 分钟 个 个月 季度 旬 工作日 次 号单 元 %'.split(' ');
const PREFIXES =
  '每 逢 每逢 隔 每隔 第 前 后 初 农历 腊月 正月 提前 连续 共 到 从 遇节假日 除 周一至 下 上 双 单 倒数第 最后 年年 月月'.split(
    ' ',
  );
const WORDS =
  '提醒我开会 提醒我 顺延 之前 以内 以后 截止 春节 国庆 除夕 清明 冬至 节前 期间 上午 下午 晚上 早上8点 明天 大后天 月底 年底 呼叫 住建局 法定周末 路 村 街 镇 qs 编号 速度 质量 一共 领域 a@b 《 》 ( { \\ / ddl @所有人 给 请 的'.split(
    ' ',
  );
const ODD = ['\ud800', '\udc00', '😀', '\u0000', '\u0001', '\u200b', '\ufeff', '𠮷', 'é', '１', '週', '點'];
const POOLS = [DIGITS, FULL_WIDTH, NUMERALS, SEPARATORS, UNITS, PREFIXES, WORDS, ODD];
/** Sentences that have stopped the process, or a part of it, before. */
const KNOWN: ((n: number) => string)[] = [
  (n) => `每月${'9'.repeat(n)}年提醒我开会`,
  (n) => `每季度${'一'.repeat(n)}年提醒我开会`,
  (n) => `每${'9'.repeat(n)}天提醒我喝水`,
  (n) => `${'9'.repeat(n)}年除夕提醒我开会`,
  (n) => `农历每月${'十'.repeat(n)}`,
  (n) => `逢法定${'周末'.repeat(n)}`,
  (n) => `1${' '.repeat(n)}2`,
  (n) => `呼叫:${'\n'.repeat(n)}`,
];

const LONGEST = 2000;

/** Lengths of every size, short ones as often as long ones. */
const lengthOf = ({ next }: Dice): number => Math.max(1, Math.round(Math.exp(next() * Math.log(LONGEST))));

function atom(random: Dice): string {
  return random.pick(random.pick(POOLS));
}

const several = (random: Dice, most: number): string =>
  Array.from({ length: 1 + random.int(most) }, () => atom(random)).join('');

const number = (random: Dice): string => {
  const of = random.pick([DIGITS, DIGITS, NUMERALS, FULL_WIDTH]);
  return Array.from({ length: 1 + random.int(random.chance(0.2) ? 24 : 4) }, () => random.pick(of)).join('');
};

/** 每 3 、 5 和 … 日 下午 4 点 提醒我: the grammar of times, out of order and out of range. */
function sentence(random: Dice): string {
  const list = Array.from({ length: 1 + random.int(random.chance(0.1) ? 60 : 4) }, () =>
    random.chance(0.3) ? `${number(random)}${random.pick(UNITS)}` : number(random),
  ).join(random.chance(0.7) ? random.pick(SEPARATORS) : '');
  const head = random.chance(0.8) ? random.pick(PREFIXES) : '';
  return `${head}${random.chance(0.3) ? random.pick(UNITS) : ''}${list}${random.pick(UNITS)}${random.chance(0.5) ? random.pick(WORDS) : ''}${random.chance(0.5) ? '提醒我开会' : ''}`;
}

/** A piece again and again, behind what opens a rule and before what makes it fail. */
function run(random: Dice): string {
  const piece = random.chance(0.6) ? atom(random) : several(random, 4);
  const times = Math.ceil(lengthOf(random) / piece.length);
  const tail = random.chance(0.7) ? several(random, 3) : '';
  return `${random.chance(0.7) ? several(random, 3) : ''}${piece.repeat(times)}${tail}`;
}

function mixed(random: Dice): string {
  const length = lengthOf(random);
  const pools = [random.pick(POOLS), random.pick(POOLS)];
  let text = '';
  while (text.length < length) text += random.pick(random.pick(pools));
  return text;
}

/** One text after another without end; the same for the same numbers. */
export function* hostileTexts(random: Dice): Generator<string, never> {
  const kinds: ((random: Dice) => string)[] = [
    sentence,
    sentence,
    run,
    run,
    mixed,
    (it) => it.pick(KNOWN)(lengthOf(it)),
    (it) => `${sentence(it)}${it.pick(SEPARATORS)}${run(it)}`,
  ];
  for (;;) yield random.pick(kinds)(random);
}
