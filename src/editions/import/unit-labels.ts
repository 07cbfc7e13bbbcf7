/** Labels that are names of units: a column for each department. */
import { isGenericTownship, isTownshipUnit } from '../../organizations/names.js';
import { isUnitName } from './units.js';

const OFFICE =
  /^(?:(?:[\u4e00-\u9fff]{0,4}[县市区旗]|县委|市委|区委)[\u4e00-\u9fff]{1,14}(?:局|委员会|办公室|大队|中心|公司|联合会|法院|检察院|政法委|宣传部|组织部|编办)|团[县市区旗]委|[县市区旗](?:总工会|妇联|残联|科协|文联|工商联|红十字会|供销社|纪委监委))$/;

/** 县林业局 for 县林业局 and 县林业局职责, or null. */
export function officeOf(label: string): string | null {
  const office = label.replace(/(?:的|主要|工作|具体){0,2}(?:职责|责任|任务)$/, '');
  return OFFICE.test(office) ? office : null;
}

/** 主管部门 is what somebody is, and no name. */
const KIND = /(?:单位|部门|主体|机构|机关|科室|股室|处室|站所)$/;
const VILLAGE = /^(?:行政)?(?:村|社区)/;
const nobody = (): boolean => false;

/** 教体局: the name of a department, by its form. */
export const isDepartment = (label: string): boolean =>
  label.length <= 14 &&
  !KIND.test(label) &&
  !VILLAGE.test(label) &&
  !isTownshipUnit(label) &&
  isUnitName(label, nobody);

/** A column that bears the name of a department, or of the townships. */
export const isUnitColumn = (label: string): boolean => {
  const own = label.split('/').at(-1) ?? '';
  return isGenericTownship(own) || isDepartment(own);
};
