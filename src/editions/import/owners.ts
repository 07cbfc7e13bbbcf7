/** Whose a duty is, by what is done in it. */
import { isGenericTownship, isTownshipUnit } from '../../organizations/names.js';
import { shorten } from '../../text/shorten.js';
import type { Report } from './cross-checks.js';
import type { Party } from './mapping.js';
import type { Entry } from './parties.js';
import type { ListRow, ReadList } from './read-lists.js';
import { isUnitName, unitsBefore } from './units.js';

/** What only a township has or does: people in the villages, and somebody above to report to; both together leave no doubt. */
const TOWNSHIP_SIGNS = [
  /网格员|村干部|村组干部|村[(\uff08]?社区[)\uff09]?干部|村“?两委”?|驻村|包村|各村/,
  /(?:上报|报告|报送|反馈)(?:至|给|到)?(?:县|上级|主管|有关|相关|行业)|(?:上报|报告)。?$/,
  /入户|上门|逐户/,
  /辖区|本镇|本乡|本街道/,
  /劝导|劝阻|劝离/,
] as const;
/** A department that guides townships names them. */
const OF_TOWNSHIPS = /乡镇|镇街|镇\(街道|街道办|属地|指导|督促|统筹|网格员培训/;

const SURE_SIGNS = 4;
const signsOf = (duty: string): number => TOWNSHIP_SIGNS.filter((sign) => sign.test(duty)).length;

export function isOfTownship(duty: string): boolean {
  const signs = TOWNSHIP_SIGNS.map((sign) => sign.test(duty));
  return (signs[0] === true && signs[1] === true) || signs.filter(Boolean).length >= 3;
}

/** A duty of townships under the name of a department: two columns were taken for one, or the file has them wrong. */
export function checkOwners(row: ListRow, report: Report): void {
  checkSwapped(row, report);
  for (const { unit, duty, dutyRow, dutyColumn } of [...row.lead, ...row.support]) {
    if (!unit || isTownshipUnit(unit) || /村|社区|镇|乡|街道/.test(unit)) continue;
    // Who does almost all that a township does is one, whatever it speaks of.
    if (OF_TOWNSHIPS.test(duty) ? signsOf(duty) >= SURE_SIGNS : isOfTownship(duty))
      report(
        dutyRow,
        dutyColumn,
        `“${unit}”的职责“${shorten(duty, 25)}”像是乡镇(街道)的职责`,
        '对照印发文本核对这一栏是谁的职责;栏目认错的,指明栏目后重新导入',
      );
  }
}

const OF_COUNTY = /^(?:县|市|区|旗)[\u4e00-\u9fff]{2}/;
const OF_DEPARTMENTS = /部门|上级|[县区市旗](?:级|直|里)/;

/** 县水利局:… under 石桥镇配合职责, or 石桥镇 under 县级部门职责: whoever filled it in may have meant the other column. */
export function checkSides({ table, rows }: ReadList, report: Report): void {
  const { parties } = table.mapping;
  const isOfTownships = ({ role, headerUnit = '' }: Party) =>
    role === 'support' && isTownshipUnit(headerUnit);
  if (!parties.some(isOfTownships)) return;
  const labelOf = (index: number) =>
    table.header.columns.find((column) => column.index === index)?.label ?? '';
  const isStrange = ({ unit, duty, column, dutyColumn, isOfSide }: Entry) => {
    const own = parties.filter((it) => [it.unit, it.duty, it.both].includes(column));
    if (own.some(isOfTownships)) return OF_COUNTY.test(unit) || beginsWithUnit(duty);
    const isNamed = isTownshipUnit(unit) && !isGenericTownship(unit) && !isOfSide;
    return isNamed && own.some(({ role }) => role === 'lead') && OF_DEPARTMENTS.test(labelOf(dutyColumn));
  };
  for (const entry of rows.flatMap(({ lead, support }) => [...lead, ...support]))
    if (isStrange(entry))
      report(
        entry.row,
        entry.column,
        `“${OF_COUNTY.test(entry.duty) ? shorten(entry.duty, 15) : entry.unit}”写在“${labelOf(entry.column)}”一栏`,
        '对照印发文本核对这一栏是谁的职责;没有写错的,确认后继续',
      );
}
/** 县公安局负责巡查 as the duty of a township. */
const beginsWithUnit = (duty: string): boolean =>
  OF_COUNTY.test(duty) && unitsBefore(duty, nobody, (unit) => isUnitName(unit, nobody)) !== null;
const nobody = (): boolean => false;

/**
 * What is done in the villages, and what is done from an office of the county. Of 500 rows whose sides are right, these
 * words found none to be swapped; of the same rows swapped, two in three.
 */
const DONE_IN_VILLAGES =
  /拍照|巡查|巡看|查看|看护|看守|走访|入户|上门|劝[导阻离返说止]|上报|报告|报送|摸排|摸清|排查|发现|通知|宣传|协助|协调|配合|推荐|提醒|张贴|清扫|保洁|村民|农户|居民|群众|村口|村组|村内|村干部|网格员|志愿者|各村|先行|疏散|名单|线索|反馈|告知|苗头|纠纷|值班|辖区|本镇|本乡|临时|登记|发动|动员|引导|统计/g;
const DONE_BY_OFFICES =
  /查处|处罚|打击|立案|侦[办查]|吊销|责令|依法|执法|监督|检查|督促|指导|拨付|核拨|兑付|补偿款|安排(?:资金|经费)|抽检|检测|检验|检疫|监测|鉴定|认定|核定|核准|核查|定损|验收|审批|审核|审查|备案|受理|许可证?|核发|颁发|发证|资质|下达|制定|编制|划定|规划|标准|公告|通告|评估|技术|专业|行业|机构|设备|采购|招标|建设|抢修|修复|救援|派出|调度|执行|培训/g;

const kindsOf = (text: string, words: RegExp): number => new Set(text.match(words) ?? []).size;
/** Above zero: rather what offices do; below: rather what is done in villages. */
const leaning = (text: string): number => kindsOf(text, DONE_BY_OFFICES) - kindsOf(text, DONE_IN_VILLAGES);

/** The duties of departments under the townships, and theirs under the departments: two cells of a row were confused. */
function checkSwapped({ lead, support }: ListRow, report: Report): void {
  const ofOffices = lead.filter(({ unit, duty }) => unit && duty && !isTownshipUnit(unit));
  const ofTownships = support.filter(({ unit, duty }) => duty && isTownshipUnit(unit));
  const [first] = ofOffices;
  const [township] = ofTownships;
  const textOf = (entries: readonly { duty: string }[]) => entries.map(({ duty }) => duty).join('');
  if (!first || !township || leaning(textOf(ofOffices)) >= 0 || leaning(textOf(ofTownships)) <= 0) return;
  report(
    first.dutyRow,
    first.dutyColumn,
    `“${first.unit}”的职责“${shorten(first.duty, 15)}”与“${township.unit}”的“${shorten(township.duty, 15)}”像是写反了`,
    '对照印发文本核对两栏各是谁的职责;没有写反的,确认后继续',
  );
}
