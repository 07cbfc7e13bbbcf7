/** Whether a reason says something: names a row or a fact, and is not only a way of saying no. Pure. */

/** Stock phrases that pass work on without saying why; they are taken out before what is left is measured. */
const STOCK =
  /(?:(?:此|该|这)(?:事项|事|项|件|类)?|我们?(?:局|单位|部门|办|镇|乡|街道)?|本(?:局|单位|部门|镇|乡|街道)|贵(?:单位|镇|乡))|不(?:归|属于?|由|是|在)(?:于)?(?:我们?|本)?(?:局|单位|部门|家)?(?:的)?(?:管辖?|管理|负责|职责|职能|职权|权限|范围)?(?:范围|之内|内)?|(?:应|由|按)?属地(?:管理|负责|原则|乡镇|镇街)*|请(?:找|联系|咨询|转|转办|转交|退回|报)*(?:给)?(?:其他|别的|有关|相关|属地|上级)*(?:单位|部门|科室|镇街|乡镇)*|(?:无|没有?|非)(?:法)?(?:职责|职能|权限|管辖权|执法权|办理)|(?:无法|不能|不予|不便)(?:办理|受理|处理|接收)*|退回|转办|(?:处理|办理|负责|管辖|职责|职能|范围|部门|单位|其他|别的|有关|相关|建议|按照?|根据|规定|要求|原则|情况|人手|不足|太忙|没人|没空|没时间|人员|工作忙?|繁忙)/g;

/** 第12项, 《…清单》: a row is cited. */
const ROW = /第\s*[0-9〇零一二三四五六七八九十百]+\s*[项条款号]|《[^》《]{2,100}》/;

export const MIN_SUBSTANCE = 8;

/** What is left of a reason without stock phrases, marks and white space. */
const substanceOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').replace(STOCK, '');

export const citesRow = (text: string): boolean => ROW.test(text);

/** A cited row, or at least MIN_SUBSTANCE characters of fact. */
export function isReason(reason: string, row?: string): boolean {
  if (row !== undefined && row.trim() !== '') return reason.trim() !== '';
  if (citesRow(reason)) return true;
  const substance = substanceOf(reason);
  // "不不不不不不不不": length without content.
  return substance.length >= MIN_SUBSTANCE && new Set(substance).size >= MIN_SUBSTANCE - 3;
}
