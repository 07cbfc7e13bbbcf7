/** What the people of a chaos run say: dialogues of questions with known answers, follow-ups, clicks and remarks. */

/** A number in [0, 1), the same sequence for the same seed. */
export type Random = () => number;

export type Place = {
  platform: 'telegram' | 'feishu';
  /** A number: Telegram takes no other; Feishu's ids are made of it. */
  number: number;
  isGroup: boolean;
};

export type Step = {
  /** Who of the chat, from 0. */
  user: number;
  /** What is said; a click has `click` instead. */
  text?: string;
  /** The label of the button pressed, on the answer to the step `on`. */
  click?: { label: string; on: number };
  /** The answer's first line ends so; no other answer in the same chat does. */
  head: string;
  /** Stands somewhere in the answer. */
  contains: string;
  /** The answer replaces the card that was clicked. */
  isEdit: boolean;
  /** Stands in the note that the step leaves behind, and in no other. */
  noteToken?: string;
};

export type Dialogue = { place: Place; steps: Step[] };

/** Questions that the sample lists answer at once, with the row's title and the unit it names. */
const TOPICS: readonly [question: string, matter: string, unit: string][] = [
  ['路灯坏了归谁管', '城乡路灯等照明设施管护', '县住房和城乡建设局'],
  ['秸秆露天焚烧管控由谁牵头', '秸秆露天焚烧管控', '市生态环境局青山县分局'],
  ['餐馆油烟扰民归谁管', '餐饮服务业油烟污染和露天烧烤整治', '县综合行政执法局'],
  ['道路塌陷归谁管', '农村公路日常养护与路面修复', '县交通运输局'],
  ['噪声扰民谁管', '广场舞和商铺音响等社会生活噪声整治', '县公安局'],
  ['河道采砂归谁管', '河道非法采砂巡查与查处', '县水利局'],
  ['畜禽粪污归谁管', '规模养殖场畜禽粪污污染治理', '市生态环境局青山县分局'],
  ['农村供水归谁管', '农村供水工程运行与饮水安全保障', '县水利局'],
  ['电动车充电归谁管', '电动自行车违规停放充电整治', '县消防救援大队'],
  ['养犬管理归谁管', '不拴绳遛犬和犬只伤人扰民查处', '县公安局'],
  ['欠薪归谁管', '拖欠农民工工资问题排查处置', '县人力资源和社会保障局'],
  ['电梯困人归谁管', '住宅小区电梯运行安全监督管理', '县市场监督管理局'],
  ['食品小作坊归谁管', '食品小作坊和食品摊贩安全监管', '县市场监督管理局'],
  ['井盖坏了归谁管', '城区窨井盖缺失破损整治', '县住房和城乡建设局'],
  ['垃圾分类归谁管', '生活垃圾分类投放和收集转运', '县综合行政执法局'],
  ['农机安全归谁管', '拖拉机和联合收割机安全监管', '县农业农村局'],
];

/** Each by its words and by its button; the answer's title is `<matter>:<suffix>`. */
const FOLLOW_UPS = [
  { text: '那镇里呢', label: '镇街要做什么', suffix: ':镇街要做什么' },
  { text: '依据是什么', label: null, suffix: ':依据' },
  { text: '找谁', label: null, suffix: ':找谁' },
];

const LISTING = { text: '住建局牵头的有哪些', head: '县住房和城乡建设局牵头', next: '下一页' };
const TOPICS_PER_DIALOGUE = 4;

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('nothing to pick from');
  return value;
}

/** No two steps have answers that look alike, so that each answer seen belongs to one step. */
export function createDialogue(random: Random, number: number): Dialogue {
  const isGroup = random() < 0.5;
  const place: Place = { platform: random() < 0.5 ? 'telegram' : 'feishu', number, isGroup };
  const steps: Step[] = [];
  const add = (step: Partial<Step> & Pick<Step, 'head'>) =>
    steps.push({ user: 0, contains: '', isEdit: false, ...step });
  const topics = TOPICS.map((topic) => ({ topic, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, TOPICS_PER_DIALOGUE);
  for (const [index, { topic }] of topics.entries()) {
    const [question, matter, unit] = topic;
    const user = isGroup ? Math.floor(random() * 3) : 0;
    const asked = add({ user, text: question, head: matter, contains: unit }) - 1;
    for (const { text, label, suffix } of FOLLOW_UPS) {
      if (random() < 0.5) continue;
      const how = label !== null && random() < 0.6 ? { click: { label, on: asked } } : { text };
      add({ user, ...how, head: matter + suffix });
    }
    if (index === 1) {
      const noteToken = `k${number}x`;
      add({ user, text: `答错了,应该归城管 ${noteToken}`, head: '以印发的清单为准。', noteToken });
    }
    if (index === 2 && random() < 0.3) {
      const listed = add({ user, text: LISTING.text, head: LISTING.head, contains: '第 1/2 页' }) - 1;
      const click = { label: LISTING.next, on: listed };
      add({ user, click, head: LISTING.head, contains: '第 2/2 页', isEdit: true });
    }
  }
  return { place, steps };
}
