/** What is drawn: a few turns of the sample county, and the card that the last of them shows to `on`. */

export type Turn = { as: string } & ({ say: string } | { press: string });
export type Scene = {
  /** Of its picture. */
  name: string;
  /** Its heading in the gallery. */
  title: string;
  turns: Turn[];
  /** Whose newest card is drawn; who spoke last when absent. */
  on?: string;
  /** What its heading says: the scene shows another card when it does not. */
  heading: string;
  /** A card that a person acts on: it fits a telephone, the primary button in view. */
  mustFit?: true;
};

const FILED: Turn[] = [
  { as: '张三', say: '呼叫 水利局 南柳村东头机井边的井盖坏了,夜里有人经过,请派人来看看' },
  { as: '张三', press: '提交' },
];

export const SCENES: readonly Scene[] = [
  {
    name: 'answer',
    heading: '城乡路灯',
    title: '谁负责:清单答复',
    turns: [{ as: '张三', say: '路灯坏了归谁管' }],
    mustFit: true,
  },
  {
    name: 'choice',
    heading: '请确认您问的是哪一项',
    title: '问得不明:请确认是哪一项',
    turns: [{ as: '张三', say: '黑车' }],
  },
  {
    name: 'not-listed',
    heading: '清单未列明',
    title: '清单未列明',
    turns: [{ as: '张三', say: '核电站选址谁管' }],
  },
  {
    name: 'township',
    heading: '镇街要做什么',
    title: '镇街要做什么',
    turns: [
      { as: '张三', say: '路灯坏了归谁管' },
      { as: '张三', press: '镇街要做什么' },
    ],
  },
  {
    name: 'service',
    heading: '办事指南',
    title: '办事指南',
    turns: [{ as: '张三', say: '办低保要什么材料' }],
  },
  { name: 'draft', heading: '请确认', title: '提交前核对', turns: FILED.slice(0, 1), mustFit: true },
  { name: 'department', heading: '待签收', title: '部门收到的请求', turns: FILED, on: '韩辛', mustFit: true },
  {
    name: 'signed',
    heading: '办理中',
    title: '签收以后',
    turns: [...FILED, { as: '韩辛', press: '签收' }],
    mustFit: true,
  },
  {
    name: 'caller',
    heading: '办理中',
    title: '乡镇看到的进展',
    turns: [...FILED, { as: '韩辛', press: '签收' }],
    on: '张三',
  },
  {
    name: 'reminder',
    heading: '已设提醒',
    title: '设好的提醒',
    turns: [{ as: '张三', say: '明天上午九点提醒我报防汛日报' }],
  },
  {
    name: 'statistics',
    heading: '统计',
    title: '统计',
    turns: [...FILED, { as: '张三', say: '本镇这个月呼叫情况统计' }],
  },
  {
    name: 'form',
    heading: '请',
    title: '一张表单填完呼叫',
    turns: [{ as: '张三', say: '呼叫' }],
    mustFit: true,
  },
  {
    name: 'extension',
    heading: '请写明延期理由',
    title: '申请延期:理由和日期',
    turns: [...FILED, { as: '韩辛', press: '签收' }, { as: '韩辛', press: '申请延期' }],
  },
  {
    name: 'requests',
    heading: '我的请求',
    title: '我的请求',
    turns: [
      ...FILED,
      { as: '张三', say: '呼叫 县交通运输局 白马路桥护栏被撞断,有掉落危险' },
      { as: '张三', press: '提交' },
      { as: '张三', say: '呼叫 县林业局 东山枯死松树需要除治' },
      { as: '张三', press: '提交' },
      { as: '张三', say: '我的请求' },
    ],
  },
];
