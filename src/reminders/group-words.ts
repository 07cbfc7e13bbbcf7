/** 两个科室, 包村干部, 网格员, 他们: several who are to be told, and whom the words alone do not name. Pure. */

const UNIT = '镇|乡|街道|局|单位|县|办公室|办|所|站|科室|科|股|中心|队|村|社区';
/** 局里, 咱镇上的, 财政所的. */
const SCOPE = `(?:(?:我们?|咱们?|俺们?|本|全)(?:${UNIT})(?:里|上)?的?|(?:${UNIT})(?:里|上)的?|[\\u4e00-\\u9fff]{2,4}(?:${UNIT})的)`;
const MANY = `(?:各|所有|全体|每个|(?:这|那)?(?:些|[几两俩三四五六七八九十]{1,2}(?:个|位|名|家)?)|有关|相关|其他|其余)(?:的)?(?:${UNIT})?(?:的)?`;
const WHICH = '(?:包[村片组]|驻村|值班|年轻|分管|一线|基层|窗口|新来|机关|带班)(?:的)?';
/** By what they are; 人 alone only behind what says whose. */
const WHO =
  '(?:网格员|网格长|工作队|第一书记|班子成员|联络员|联系人|信息员|护林员|安全员|协管员|统计员|报账员|村干部|年轻人|工作人员|人员|干部|同志|同事|支书|书记|主任|队员|党员|司机|负责人|职工|股长|科长|站长|所长)(?:们)?';
const UNITS = '(?:科室|办公室|股室|站所|窗口|部门|单位|村|社区|企业|学校|商户|小区)';
const PRONOUN =
  '(?:[他她]们|人家)(?:(?:几|两|三|四)(?:个|位)?|俩|仨)?(?:人)?|[他她](?:俩|仨|几个)|[他她](?![们的俩仨几家人])|大伙儿?|(?:那|这)(?:俩|仨)(?:人)?';
const GROUP = new RegExp(
  `^(?:${PRONOUN}|${SCOPE}?(?:${MANY}|${WHICH}){1,2}(?:${WHO}|${UNITS}|人)|${SCOPE}(?:${WHO}|人)|${WHO}|村里(?:的人)?)`,
);
/** What they are to do, or where the time stood; 网格员名单, 干部的材料, 党员大会 are what it is about. */
const THEN =
  /^(?:[\s,\uff0c\u0000]|$|(?:都|全|各自|务必|记得|千万|一定|也|得|要|准时|按时|抓紧|赶紧|尽快|别|不要|把|将)|[交报送带去来到填写看查找签参打取拿收催做回领准巡换穿集核搞弄备关整登录搬打抓清盖上学开](?!训|展|始))/;
/** The words that call, and nothing between them and who is called. */
const CALL =
  /(?:提醒|通知|告诉|告知|转告|知会|叫|喊|催)(?:一?下|一声)?[\s\u0000]{0,3}@?(?!我|俺|咱(?!们?(?:镇|乡|街道|局|单位|办|所|站)))/g;

/** 到点提醒他们: who they are stood before. */
export const THEM_LAST = new RegExp(`[\\s,\uff0c]{1,4}(?:${PRONOUN})(?:一下|一声)?$`);

/** The word with which the text calls several; '' where it begins with none. */
export function groupFirst(text: string): string {
  const found = GROUP.exec(text)?.[0] ?? '';
  return found !== '' && THEN.test(text.slice(found.length)) ? found : '';
}

/** 通知家长, 转告单位: whoever is told is somebody else; 提醒领导签字 may be one's own. */
const TELLS = /通知|转告|知会|告知/;
const TOLD =
  /^(?:各|所有|全体)?(?:领导|单位|企业|商户|家长|群众|村民|老百姓|居民|住户|业主|部门|科室)(?:们)?/;
function toldFirst(text: string): string {
  const found = TOLD.exec(text)?.[0] ?? '';
  return found !== '' && THEN.test(text.slice(found.length)) ? found : '';
}

/** Of a whole message; `time` is where the time stands in it. */
export function groupCalled(raw: string, time: { text: string; index: number } | null): string {
  const said = time ? `${raw.slice(0, time.index)}\u0000${raw.slice(time.index + time.text.length)}` : raw;
  for (const { index, 0: call } of said.matchAll(CALL)) {
    const rest = said.slice(index + call.length);
    const group = groupFirst(rest) || (TELLS.test(call) ? toldFirst(rest) : '');
    if (group !== '') return group;
  }
  return '';
}

/** 各办主任, 各科室负责人, of whom the directory knows none: nobody is guessed, and it is nothing for oneself. */
export const OFFICE_HOLDERS =
  /^(?:各|所有|每个)个?(?:内设)?(?:办公室|办|科室|科|股室|站所|站办所|所|站|中心)(?:的)?(?:主任|负责人|所长|站长|科长|股长|同志|人员)?(?=[^公])/;

const TELLS_THEM = /(?:通知|告诉|转告|知会)(?:一下)?$/;
const CALLS_THEM = /(?:提醒|叫|喊)(?:一下)?$/;
/** 提醒各科室报周报 may be one's own matter; 通知各科室, 提醒各科室负责人 is not. */
export function callsThem(raw: string, them: string): boolean {
  const isOfPeople = /[任人长志员]$/.test(them);
  const before = raw.split(them).slice(0, -1);
  return before.some((it) => TELLS_THEM.test(it) || (isOfPeople && CALLS_THEM.test(it)));
}

/** 通知大家 is for others. */
export const TELLS_ALL = /(?:提醒|通知|告诉|告知|知会|转告|叫|喊)(?:一下|一声)?(?:大家|各位)/;

/** 发个会议 二楼…: that a notice is to be sent; 弄个例行工作: that it comes again. */
export const SENT =
  /^(?:请|麻烦|帮我|给我)?(?:发(?:一?个|一下|份)(?:会议|紧急|加急)?(?:的)?(?=[\s:\uff1a])|(?:弄|设|定|整|来)(?:一?个|成)(?:例行|固定|定期|长期)(?:的)?(?:工作|提醒|事)?(?=[\s,\uff0c]))[\s,\uff0c]{0,2}/;
/** …,就这个. */
export const THIS_ONE = /(?<=.{3})[,\uff0c\s]{1,2}就(?:这|那)个(?:事)?$/;

/** 让李四来我办公室. */
export const CALLS = /^(?:@|让|叫|请|转告|告诉|告知|知会|通知|喊|给)/;
