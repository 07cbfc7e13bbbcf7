/** Questions with known answers, follow-ups, clicks and remarks. */
import {
  type Expectation,
  type Finding,
  type Kept,
  type Place,
  type PlayedTalk,
  type Step,
  type Talk,
  type TalkKind,
} from './talk.js';
import { SHARES } from '../../src/core/shares.js';
import type { Random } from '../../src/text/random.js';

/** Questions that the sample lists answer at once, with the row's title and the unit it names. */
export const TOPICS: readonly [question: string, matter: string, unit: string][] = [
  ['路灯坏了归谁管', '城乡路灯等照明设施管护', '县住房和城乡建设局'],
  ['秸秆露天焚烧管控由谁牵头', '秸秆露天焚烧管控', '市生态环境局青山县分局'],
  ['餐馆油烟扰民归谁管', '餐饮服务业油烟污染和露天烧烤整治', '县综合行政执法局'],
  ['道路塌陷归谁管', '农村公路日常养护与路面修复', '县交通运输局'],
  ['广场舞音响太吵归谁管', '广场舞和商铺音响等社会生活噪声整治', '县公安局'],
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

/** A remark names another unit than the row does: that the row names it already is no remark, and is not kept. */
const otherUnit = (unit: string): string => (unit === '县综合行政执法局' ? '住建局' : '城管');

/** Each by its words and by its button; the answer's title is `<matter>:<suffix>`. */
const FOLLOW_UPS = [
  { text: '那镇里呢', label: '镇街要做什么', suffix: ':镇街要做什么' },
  { text: '依据是什么', label: null, suffix: ':依据' },
  { text: '找谁', label: null, suffix: ':找谁' },
];

/** Who is bound to no township is shown the rows of all of them: how many pages is for the lists to say. */
const LISTING = { text: '住建局牵头的有哪些', head: '县住房和城乡建设局牵头', next: '下一页' };
const TOPICS_PER_TALK = 4;
/** A question, what may follow on it, and a remark or a listing. */
const STEPS_PER_TOPIC_MAX = 6;

export const questions: TalkKind = { name: 'questions', atOnce: 14, create, check };

/** No two steps have answers that look alike, so that each answer seen belongs to one step. */
function create(random: Random, number: number, last?: Place['platform']): Talk {
  const isGroup = random() < 0.5;
  const place: Place = { platform: last ?? (random() < 0.5 ? 'telegram' : 'feishu'), number, isGroup };
  const steps: Step[] = [];
  const add = ({
    head,
    contains = '',
    form = 'message',
    ...step
  }: Partial<Step> & Partial<Expectation> & Pick<Expectation, 'head'>): number =>
    steps.push({ user: 0, place, ...step, expects: [{ place, head, contains, form }] }) - 1;
  const topics = TOPICS.map((topic) => ({ topic, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, TOPICS_PER_TALK);
  for (const [index, { topic }] of topics.entries()) {
    // Who asks has no account in the county; beyond a stranger's share nobody is answered.
    if (steps.length + STEPS_PER_TOPIC_MAX > SHARES.stranger.burst) break;
    const [question, matter, unit] = topic;
    const user = isGroup ? Math.floor(random() * 3) : 0;
    const asked = add({ user, text: question, head: matter, contains: unit });
    for (const { text, label, suffix } of FOLLOW_UPS) {
      if (random() < 0.5) continue;
      const on = { step: asked, expect: 0 };
      // Where the question was set aside there is nothing to ask on about.
      const how = label !== null && random() < 0.6 ? { click: { label, on } } : { text, after: [on] };
      add({ user, ...how, head: matter + suffix });
    }
    if (index === 1) {
      const noteToken = `k${number}x`;
      const text = `答错了,应该归${otherUnit(unit)} ${noteToken}`;
      // Of a question that was set aside nothing can be put right.
      add({ user, text, after: [{ step: asked, expect: 0 }], head: '以印发的清单为准。', noteToken });
    }
    if (index === 2 && random() < 0.3) {
      const listed = add({ user, text: LISTING.text, head: LISTING.head, contains: '第 1/' });
      const click = { label: LISTING.next, on: { step: listed, expect: 0 } };
      add({ user, click, head: LISTING.head, contains: '第 2/', form: 'edit' });
    }
  }
  return { steps, isFollowed: false };
}

/** Each remark is kept once. */
async function check(talks: PlayedTalk[], { store, setAside }: Kept): Promise<Finding> {
  const notes = (await store.listNotes()).map(({ text }) => text);
  const counts = { notes: 0, notesLost: 0, notesDoubled: 0 };
  const problems: string[] = [];
  for (const { noteToken, state, updates } of talks.flatMap(({ turns }) => turns)) {
    if (noteToken === undefined || state === 'waiting' || state === 'skipped') continue;
    if (updates.some((id) => setAside.has(id))) continue;
    const kept = notes.filter((note) => note.endsWith(noteToken)).length;
    counts.notes += 1;
    if (kept === 0) counts.notesLost += 1;
    counts.notesDoubled += Math.max(0, kept - 1);
    if (kept !== 1) problems.push(`note of ${updates.join()} kept ${kept} times`);
  }
  return { counts, problems };
}
