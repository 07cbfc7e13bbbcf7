/** The kinds of list, each with everything that is peculiar to it: a new kind is one entry here. */

type Traits = {
  /** Its short name; `--kind` takes it or the key. */
  name: string;
  /** In the title of a listing. */
  title: string;
  /** What the list calls its leading side. */
  leadLabel: string;
  /** Said when a row names no unit that leads; null where the township itself is meant, so that the cell may be empty. */
  missingLead: string | null;
  /** Units lead without a duty of their own: they are named only as who enforced before. */
  hasLeadDuties: boolean;
  /** Its rows say who does what of a matter; the others let the township punish, or take something from it. */
  dividesWork: boolean;
  /** Its rows tell how a service is applied for, not who is responsible: they answer such questions alone. */
  isGuide: boolean;
  /** Printed for one township, which its title names. */
  isOfOneTownship: boolean;
  /** Place in a listing: lists that divide work between county and township come first. */
  order: number;
  /** In a printed title, blanks removed. */
  titled: RegExp;
  /** In the labels of its columns, joined by `|`; null where other signs decide. */
  headed: RegExp | null;
  /** What people call it. */
  asked: RegExp;
};

/** Those whose words are told apart more surely come first. */
export const LIST_KIND_TRAITS = {
  delegated: {
    name: '赋权执法',
    title: '赋权执法清单',
    leadLabel: '原执法单位',
    missingLead: '缺少原执法主体',
    hasLeadDuties: false,
    dividesWork: false,
    isGuide: false,
    isOfOneTownship: false,
    order: 5,
    titled: /赋权|赋予|下放|行政执法事项|执法权限|执法事项|委托(各|所辖)?(乡镇|镇街|街道|镇[(])/,
    headed: /受委托|委托机关|原[^|]{0,60}(主体|部门|单位|机关)|赋权(范围|乡镇)/,
    asked:
      /赋权|赋给|下放|放权|罚款权|罚款的权|执法(事项|权)|处罚权|行政处罚|开罚单|(能|可以|有权)(直接)?(行使|处罚|罚|执法)/,
  },
  reclaimed: {
    name: '上级收回',
    title: '收回事项清单',
    leadLabel: '收回单位',
    missingLead: '缺少主体责任单位',
    hasLeadDuties: true,
    dividesWork: false,
    isGuide: false,
    isOfOneTownship: true,
    order: 4,
    titled: /收回|上收|上交|剥离/,
    headed: /承接|收回|上收|接收(部门|单位)/,
    asked: /收回|上收|收上去|收走|接走|拿走了|不再承担|不该(我们|镇|乡)/,
  },
  cooperative: {
    name: '配合履职',
    title: '配合履职清单',
    leadLabel: '主体责任',
    missingLead: '缺少主体责任单位',
    hasLeadDuties: true,
    dividesWork: true,
    isGuide: false,
    isOfOneTownship: true,
    order: 1,
    titled:
      /配合履职|[镇乡道]配合(事项|清单)|[镇乡道街]配合[县市区旗]?(?:级|直)?(?:上级)?(?:部门|单位)的?(?:工作|履职)?事项/,
    headed: /配合履职|上级部门/,
    asked: /配合履职/,
  },
  basic: {
    name: '基本履职',
    title: '基本履职清单',
    leadLabel: '履职主体',
    missingLead: null,
    hasLeadDuties: true,
    dividesWork: true,
    isGuide: false,
    isOfOneTownship: true,
    order: 3,
    titled: /基本履职/,
    headed: /基本履职/,
    asked: /基本履职|基本清单/,
  },
  territorial: {
    name: '属地管理',
    title: '属地管理清单',
    leadLabel: '主体责任',
    missingLead: '缺少主体责任单位',
    hasLeadDuties: true,
    dividesWork: true,
    isGuide: false,
    isOfOneTownship: false,
    order: 0,
    titled: /属地管理|主体责任|配合责任|属地责任/,
    headed: null,
    asked: /属地管理|属地/,
  },
  duty: {
    name: '职责任务',
    title: '职责任务清单',
    leadLabel: '履职主体',
    missingLead: null,
    hasLeadDuties: true,
    dividesWork: true,
    isGuide: false,
    isOfOneTownship: false,
    order: 2,
    titled: /职责任务|职责清单|职责事项|权力清单|权责清单|(权力|权责|职权)事项/,
    headed: null,
    asked: /职责任务|职责清单/,
  },
  service: {
    name: '办事指南',
    title: '办事指南',
    leadLabel: '办理单位',
    missingLead: null,
    hasLeadDuties: false,
    dividesWork: false,
    isGuide: true,
    isOfOneTownship: false,
    order: 6,
    titled: /办事指南|服务指南|便民服务|公共服务|政务服务|帮办代办|双下沉/,
    headed: /(申请|办理|所需|申报|提交|需提供的?)(的)?(材料|资料|要件)/,
    asked: /(?:便民服务(?:事项)?的?)?(?:办事|服务)指南|(?:^|[那这份本])指南(?!针)|便民服务(?:事项|清单)/,
  },
} as const satisfies Record<string, Traits>;

export type ListKind = keyof typeof LIST_KIND_TRAITS;
export const LIST_KINDS = Object.keys(LIST_KIND_TRAITS) as [ListKind, ...ListKind[]];

export const traitsOf = (kind: ListKind): Traits => LIST_KIND_TRAITS[kind];

/** The first kind whose words of this sort stand in the text. */
export const kindBy = (words: 'titled' | 'headed' | 'asked', text: string): ListKind | null =>
  LIST_KINDS.find((kind) => traitsOf(kind)[words]?.test(text)) ?? null;

/** A kind by its id or its name, else null. */
export const parseListKind = (text: string): ListKind | null =>
  LIST_KINDS.find((kind) => text === kind || text === traitsOf(kind).name) ?? null;
