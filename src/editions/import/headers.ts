/** What a header cell announces, by the words that published lists use. */
import { isGenericTownship } from '../../organizations/names.js';
import { asPrinted } from './asking-labels.js';
import { BASIS_BEHIND } from './basis-behind.js';
import { leadRuleIn, withoutLeadRule } from './lead-words.js';
import { isDepartment, officeOf } from './unit-labels.js';

export type Role = 'lead' | 'support';
/** `party`: units and duties in one cell, or duties alone where another column holds the units. */
export type PartyContent = 'unit' | 'duty' | 'party';
export type SimpleField =
  'number' | 'category' | 'matter' | 'sub' | 'basis' | 'list' | 'batch' | 'scope' | 'askedAs' | 'note';
export type Meaning =
  | { field: SimpleField; isWeak?: true }
  | {
      field: 'party';
      role: Role;
      content: PartyContent;
      /** Whose duties the column holds. */
      headerUnit?: string;
      /** A column of units that are townships. */
      isOfTownship?: true;
      isWeak?: true;
      /** Duties by their name, but no word says whose: they belong to the units beside them. */
      isLoose?: true;
    };

/** Slips of the pen and of recognition that no right label holds. */
const SLIPS: [RegExp, string][] = [
  [/配和/g, '配合'],
  [/责[仼仁]/g, '责任'],
  [/名秤/g, '名称'],
  [/单立/g, '单位'],
  [/序好/g, '序号'],
  [/部们/g, '部门'],
  [/事[顷顶]/g, '事项'],
];
const withoutSlips = (label: string): string =>
  SLIPS.reduce((text, [slip, right]) => text.replace(slip, right), label);

/** Half-width and without blanks, for comparing only. */
export const normalizeLabel = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

const SIMPLE: [SimpleField, RegExp][] = [
  [
    'number',
    /^(序号?|编号|项号|顺序号?|编码|No\.?|(?:卡片?|表|单)号|(事项|清单|职责|小类|部件|事件|[一二三]级)(编号|序号|编码|代码))$/i,
  ],
  ['batch', /^(所属)?批次$/],
  ['list', /^(所属)?清单(名称)?$/],
  ['askedAs', /^(常见)?问法$/],
  ['note', /^(备注|说明|其他)$/],
  [
    'sub',
    /^((权力|职权|事项)?子项(名称|内容)?|小项(名称)?|二级事项(名称)?|业务(办理)?(子)?项(名称)?|办理项(名称)?)$/,
  ],
  [
    'scope',
    /^((赋权|承接|适用|下放|实施|行使|赋予|委托)(的?(范围|对象|层级|乡镇.*|镇街.*|镇\(街道\).*|街道.*))|受(委托|托|赋权)的?(机关|单位|主体|组织|对象|乡镇.*|镇街.*|镇\(街道\).*|街道.*)|(乡镇|镇街|乡镇\(街道\)|乡镇街道)(类别|类型|范围|分类))$/,
  ],
  ['basis', /依据|^(法律法规|政策文件|文件来源)$/],
  [
    'category',
    /^((所属|职责|事项|履职|工作|业务|职权|权力|执法|一级|管理|监管|行业|重点|清单|任务|责任)?(类别|领域|分类|类型|门类|大类)(名称)?|(?!部件|事件|案件|问题|诉求|隐患|风险)[\u4e00-\u9fff]{0,4}(类别|门类|大类|环节|板块|阶段|条线|模块|战线)(名称)?|[\u4e00-\u9fff]{0,2}(抽查|场景|服务|改革|攻坚|整改|行动|工程|产业|应用)(领域|分类|类型)|一级(目录|事项|指标|职责)(名称)?|类别\(领域\)|领域\(类别\)|(部件|事件)大类(名称)?|职权种类|执法种类)$/,
  ],
];
const MATTER =
  /^((.*(事项|任务|职权|权力|职责))名称(.*内容)?|(权力|职权|事项)?(主项|大项)(名称)?|[需拟应]?(.{0,12}?(履职|配合|职责|工作|执法|赋权|下放|收回|上收|剥离|取消|具体|委托|权力|管理|承担|处罚|责任|服务|基本|任务|赋予|许可|审批|监管|检查|抽查|治理|整治|联动|办理|改革|民生|重点|协作|主抓)的?)?事项(内容|目录|\(.*\))?|(主要)?职责任务(名称|事项|内容)?)$/;
const WEAK_MATTER =
  /^(名称|项目|项目名称|(重点|主要|目标|年度|具体|专项|核心|整治|整改|治理|攻坚|改革|创建|建设|分解)?(任务|工作)(任务|名称|项目|清单)?|(重点|主要)?工作内容|(职责|履职)内容|主要职责|内容|职责|任务内容|具体内容|(部件|事件|案件)?小类(名称)?|事件|(部件|事件|案件|问题|诉求)(名称|类型|类别|事项|内容)?|(公共|便民|政务)?服务(项目)?名称|(存在|突出|整改|整治)?问题|(整治|整改|治理|攻坚|检查|排查|监管|改革|管控|防范)(重点|要点|目标|环节|方向)|(?:民生|惠民|重点)?实事(项目|名称)?|(监管|检查|整治|管理|服务)(对象|领域|项目)|风险(点|点位|类型|隐患)?|(事故)?隐患(类型)?)$/;

/** 边界事项, 会商事项, 不再由乡里办的事: what the rows are called where nothing else names them. */
const OTHER_MATTER =
  /^(?!注意|其他|其它|备注|说明|公开|公示|禁止|提示|特别|告知|联系|后续)(?:[\u4e00-\u9fff]{2,6}事项|[\u4e00-\u9fff]{1,12}(?:的|什么|啥|哪件|哪些|哪几件)(?:事情?|活儿?)|[\u4e00-\u9fff]{0,6}[哪这]一?[块摊项件](?:工作|事)?)$/;
const UNIT_WORD =
  /(单位|部门|主体|机构|机关|科局|科室|股室|处室|站所|办公室|部门名称|单位名称|名称|(?:牵头|主办|主责|主管|责任|承办|实施|落实|配合|协作|协办|协同|协助|参与|联动)方)$/;
const DUTY_WORD =
  /(职责|责任|职能|内容|任务|分工|边界|方式|措施|举措|要求|做法|事项|(承担|负责|配合|要做|开展)的?(?:具体|主要|相关)?工作|(?:[做干管办尽担抓]|负责|承担|处置|处理|落实|落实些|[做干管办尽担]些)(?:什么|啥|哪些)(?:活|工作|责任?|职责)?|(?:怎么|如何)(?:[办做管干帮]|处置|处理|落实|配合|协助|履职|履行|监管|管理)|[要所]?[做干]的)(分工|内容|划分|边界|清单|范围)?(\(.*\))?$/;
const BOTH_WORD =
  /(单位|部门|主体|机构|机关)\)?(及|和|与|以及|、|\/|\+|—|-)?(其|工作|具体|主要|承担|相应|配合|主体|牵头|履职|承接)*(职责|责任|分工|任务|方式|内容)/;
const TOWNSHIP =
  /^[镇乡](?=配合|职责|责任|承担)|本[镇乡]|乡镇|镇街|镇\(街道|镇、街道|街道|乡级|镇级|[镇乡][里上]|属地|苏木|[\u4e00-\u9fff]镇|(?!城)[\u4e00-\u9fff]乡(?=(?:属地)?(?:配合|协同|协助|履职|承担|职责|责任|任务|的))/;
const FIRM_LEAD =
  /主体责任|主责|牵头|牵总|主办|主抓|归口|承接|接收|收回|收归|上收|^原|(?:执法|实施|行使)(?:主体|机关|机构)|行使(?:部门|单位)/;
const SUPPORT =
  /配合|协同|协助|协办|会办|参与|参加|协作|从责|次责|次要|搭手|会办|(联动|联合|会同|支持|协管)(单位|部门)|辅助/;
const LEAD =
  /县级|县直|县\(?[市区]|区级|区直|市级|市直|旗级|旗直|上级|主管|责任|承办|经办|部门|主体|单位|机构|机关|科室|股室/;
/** 村(社区)职责: villages stand below the townships. */
const VILLAGE =
  /^(行政)?(村|社区|村居|村级|村社|村\(社区\)|村、社区|村\(居\)|村委会|居委会)(级|组织|委会)?(职责|责任|任务|配合|承担|工作|具体)/;
/** What is printed beside a duty and is none: how soon, how well, how it is judged. */
const NO_DUTY =
  /时限|期限|完成|验收|考核|标准|结案|办理|材料|条件|申请|收费|公开|追责|追究|问责|免责|案例|流程|频次|编制|情形|审查|检查内容要求/;

/** The role that words name: firm for `主体`, `配合`, townships; weak for words that any group may hold. */
function roleOf(label: string): { role: Role; isFirm: boolean } | null {
  const isTownship = TOWNSHIP.test(label.replace('属地管理', '')) || VILLAGE.test(label);
  if (SUPPORT.test(label) && !/主体责任|牵头/.test(label)) return { role: 'support', isFirm: true };
  if (FIRM_LEAD.test(label)) return { role: 'lead', isFirm: true };
  if (isTownship) return { role: 'support', isFirm: true };
  if (/县级|县直|区级|区直|市直|旗直|[县区市旗][里上]|上级|主管部门/.test(label))
    return { role: 'lead', isFirm: true };
  // 工作方式, 职责分工: whose they are, the other columns say.
  return LEAD.test(label) || /(方式|分工|划分|边界|措施|举措)$/.test(label)
    ? { role: 'lead', isFirm: false }
    : null;
}

const BRACKET = /\)$/;
const MARKED_LEAD = { role: 'lead', isFirm: true } as const;
/** 主责、从责单位: either of them. */
export const isOfBoth = (group: string): boolean => FIRM_LEAD.test(group) && SUPPORT.test(group);

/** 县林业局 | 县公安局: a column for each department, in the role of the group above it. */
function columnOf(headerUnit: string, group: string): Meaning | null {
  if (isOfBoth(group)) return null;
  const outer = group ? roleOf(group) : null;
  const role = outer?.isFirm ? outer.role : 'lead';
  return { field: 'party', role, content: 'duty', headerUnit, isWeak: true };
}

function contentOf(text: string): PartyContent | null {
  const label = text.replace(/\([^()]{0,200}\)$/, '');
  if (BOTH_WORD.test(label) && !UNIT_WORD.test(label)) {
    // 部门职责: the duties of departments; 单位及职责: both for certain. Either way the cells decide.
    return 'party';
  }
  if (UNIT_WORD.test(label)) return 'unit';
  if (/方式$|内容$|措施$|举措$/.test(label)) return 'duty';
  return DUTY_WORD.test(label) ? 'party' : null;
}

/** The unit that a header names for a whole column: 乡镇(街道)职责, 柳林镇配合职责. */
export function unitOfLabel(label: string): string | null {
  const bare = label.replace('属地管理', '');
  if (VILLAGE.test(bare)) return '村(社区)';
  if (!TOWNSHIP.test(bare)) return null;
  const [, name = ''] =
    /^(?:由|各)?([\u4e00-\u9fff]{1,6}?(?:镇|乡|街道))(?=[^\u4e00-\u9fff]*(?:办事处|人民政府|政府|党工委|党委|主体|配合|协同|协助|属地|牵头|落实|管理|履职|承担|工作|的|责任|职责|任务|单位|分工|要?[做干]|怎么|要|$))/.exec(
      bare,
    ) ?? [];
  return name && !isGenericTownship(name) && !/^(乡|镇|县|城[乡镇市区])/.test(name) ? name : '乡镇(街道)';
}

/**
 * The meaning of a header cell.
 * @param group the header cell above it that spans several columns, or an empty string.
 */
export function meaningOf(text: string, group = ''): Meaning | null {
  // (列明具体内容): how the form is to be filled in.
  const printed = withoutLeadRule(withoutSlips(normalizeLabel(text)))
    .replace(/[:*]{1,9}$/, '')
    .replace(/\((?:按|请|须|列明|填写|如|含|注明|写明)[^()]{0,60}\)$/, '')
    // 牵头单位1, 牵头单位2: several columns of one name.
    .replace(
      /(?<=[\u4e00-\u9fff]{2}(?:单位|部门|主体|职责|责任))(?:\d|[一二三四五]|\((?:\d|[一二三四五])\))$/,
      '',
    );
  const label = asPrinted(printed);
  const above = normalizeLabel(group);
  const unit = officeOf(label) ?? (above && roleOf(above) && isDepartment(label) ? label : null);
  if (unit) return columnOf(unit, above);
  if (label === '' || label.length > 40) return null;
  // 执法事项(法律依据): the basis stands in brackets behind the matter.
  if (!above && BASIS_BEHIND.test(label) && MATTER.test(label.replace(BASIS_BEHIND, '')))
    return { field: 'matter' };
  for (const [field, pattern] of SIMPLE) if (pattern.test(label)) return { field };
  if (!above && MATTER.test(label)) return { field: 'matter' };
  const level = above && /^(?:序号?|名称|内容|编号)$/.test(label) ? meaningOf(above) : null;
  if (level?.field === 'sub') return level;
  const own = roleOf(label);
  const outer = above ? roleOf(above) : null;
  // 参与单位(带★的牵头): the cells say who leads.
  const isLed =
    BRACKET.test(label) !== BRACKET.test(normalizeLabel(text)) &&
    leadRuleIn(text) !== null &&
    own?.role === 'support';
  const found = isLed ? MARKED_LEAD : own?.isFirm ? own : outer?.isFirm ? outer : (own ?? outer);
  const content = contentOf(label) ?? (above && found ? contentOf(above) : null);
  if (above && MATTER.test(label) && !outer) return { field: 'matter' };
  if (WEAK_MATTER.test(label) && !outer) return { field: 'matter', isWeak: true };
  if (!found || !content) {
    if (WEAK_MATTER.test(label) || OTHER_MATTER.test(label)) return { field: 'matter', isWeak: true };
    const isLoose = content !== null && content !== 'unit' && !NO_DUTY.test(label);
    return isLoose ? { field: 'party', role: 'lead', content: 'duty', isWeak: true, isLoose: true } : null;
  }
  const named = unitOfLabel(label) ?? (above ? unitOfLabel(above) : null);
  const isUnits = content === 'unit';
  return {
    field: 'party',
    role: found.role,
    content,
    ...(named && (isUnits ? { isOfTownship: true } : { headerUnit: named })),
    ...(!found.isFirm && { isWeak: true }),
  };
}

/** A label that divides a group above it: 单位, 职责, 责任内容, 县直部门. */
export const isDividing = (text: string): boolean => {
  const label = normalizeLabel(text);
  return (
    label.length <= 14 &&
    (contentOf(label) !== null || TOWNSHIP.test(label) || /^(主项|子项|名称)$/.test(label))
  );
};

/** 柳林镇 over a column of ticks, or 柳林 below 承接乡镇(街道). */
export const isTownshipLabel = (label: string): boolean => {
  const groups = label.split('/');
  const own = groups.pop() ?? '';
  if (/^[\u4e00-\u9fff]{1,6}(?:镇|乡|街道|苏木)$/.test(own)) return true;
  const isBelow = groups.some((group) => /乡镇|镇街|街道/.test(group) && !contentOf(group));
  return isBelow && /^[\u4e00-\u9fff]{2,4}$/.test(own) && meaningOf(own) === null;
};

/** 责任机构, 承办科室: where a list of one unit names its offices. */
export const OFFICE_COLUMN =
  /^(?:责任|承办|主办|牵头|经办|办理|具体|落实|实施|配合|协办|协同|参与|内设|所属|主管|业务){0,3}(?:机构|科室|股室|处室|站所|站所办|办所|办公室)(?:名称)?$/;
const IN_UNIT = /(?:科室|股室|处室|站所|站所办|办所|内设机构|办公室)(?:名称)?$/;

/** 责任科室: the offices of one unit, whatever stands in the cells. */
export const isOfficeLabel = (label: string): boolean => OFFICE_COLUMN.test(label) && IN_UNIT.test(label);

/** Labels of tables that are no lists: rosters, contacts, budgets. */
const FOREIGN =
  /^(姓名|性别|职务|职级|.{0,6}电话(号码)?|手机号?码?|传真|微信|联系人|联系方式|联络员|.{0,2}地址|邮箱|邮编|身份证号|金额|数量|单价|预算|编制数|人数|得分|完成时限|时间|日期|版本号?|(修订|修改|变更)(内容|日期))$/;

/** How many of the cells are labels, ours or of other tables: a data row has none or one. */
export const countKnownLabels = (cells: string[]): number =>
  cells.filter((text) => {
    const label = normalizeLabel(text);
    return (
      FOREIGN.test(label) ||
      /^(单位|部门|单位名称|部门名称|名称)$/.test(label) ||
      /^(序号|编号|备注)$/.test(label)
    );
  }).length;

/** Labels that no list has. */
export const countForeignLabels = (cells: string[]): number =>
  cells.filter((text) => FOREIGN.test(normalizeLabel(text))).length;

/** 相关部门, 其他责任单位, 行业部门: those beside the one that is named first. */
const OTHER_UNITS =
  /^(?:(?:县|市|区|旗)(?:级|直)?)?(?:各|其他|其它|相关|有关|涉及|所涉|关联|行业|协管|成员){1,3}(?:责任|职能|行业|监管|职责)?(?:单位|部门|主体|机构|机关)$/;
/** 相关部门, 相关部门职责, 其他部门及职责. */
export const isOtherUnits = (label: string): boolean => {
  const unit = /^.{0,12}?(?:单位|部门|主体|机构|机关)/.exec(label)?.[0] ?? '';
  return OTHER_UNITS.test(unit) && (unit === label || OTHER_DUTY.test(label.slice(unit.length)));
};
const OTHER_DUTY =
  /^(?:名称|[及和与、]?(?:其|的)?(?:主要|工作|具体|监管|配合|承担)?(?:职责|责任|任务|内容|分工|事项)(?:分工|内容)?)(?:\(.*\))?$/;
