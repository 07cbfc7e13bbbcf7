/** What a line of text in or above a table is: a title, a batch, a category, a note, a total. */
import { normalizeLabel } from './headers.js';
import { cleanText } from './units.js';

/** 1, １.２, 十二, (三), ①, 3. - what stands in a column of numbers. */
const NUMBER =
  /^[(\uff08]?(?:[A-Za-z]{0,3}-?\d+(?:[.\-\u2013]\d+)*|[一二三四五六七八九十百]+|[\u2460-\u2473])[)\uff09]?[.、\uff0e]?$/;
export const isNumberText = (text: string): boolean => NUMBER.test(normalizeLabel(text));

export const isTotal = (text: string): boolean =>
  /^(合计|总计|小计|共计|总数|本页小计|(?:牵头|主办|主责|主抓|责任|承担|配合|协办|协同|参与|任务|事项){0,2}(?:项数|件数|个数|数量)(?:合计|小计)?$)/.test(
    normalizeLabel(text),
  );
export const isNote = (text: string): boolean =>
  /^[(\[【]?(备注|注|说明|填表说明|填报说明|附注)[)\]】]?([:.\d(]|$)|^(※|\*)/.test(normalizeLabel(text)) ||
  LEGEND.test(normalizeLabel(text));
/** （●主责 ○从责）. */
const LEGEND =
  /^[(\[【]?["“]?[●■▲★◆○□△☆◇◎√✓✔]["”]?(?:表示|代表|为|是|指|:|-|—|=)?(?:牵头|主办|主责|主抓|主要责任|责任|从责|配合|协同|协办|协助|参与|帮办)[^。]{0,4}[,、;]?["“]?[●■▲★◆○□△☆◇◎√✓✔]/;
/** 续表, (接上页): paper, no category. */
export const isPaging = (text: string): boolean =>
  /^[(]?(?:续表|续上表|接上表|(?:上接|下转|接|转|续)(?:上|下|第\d{1,4})页|第\d{1,4}页(?:共\d{1,4}页)?)\d{0,3}[)]?$/.test(
    normalizeLabel(text),
  );
/** 审核人:…, 填表单位(盖章):…, 2026年3月1日: who made the table, and when. */
export const isSignature = (text: string): boolean =>
  /^(?:(?:填表|填报|制表|编制|审核|审批|审定|校对|复核|签发|经办|联系|负责|报送|主要领导|分管领导|单位负责)(?:人|单位|部门|领导|机关|日期|时间)?(?:[(](?:签字|签章|盖章|公章)[)])?:|\d{4}年\d{1,2}月(?:\d{1,2}日)?$)/.test(
    normalizeLabel(text),
  );
/** 编制单位（盖章） in a cell, the name of the office in the one beside it. */
export const isSealLabel = (text: string): boolean =>
  /^[\u4e00-\u9fff]{2,12}[(](?:盖章|签章|公章|签字|签名|章)[)]:?$/.test(normalizeLabel(text));
/** 会签意见, 清单确认, 咨询电话 over what is printed below a list: nothing of the list follows. */
export const isAppendix = (text: string): boolean =>
  /^(?:附[:、]?)?(?:会签(?:意见|栏|表|单位|情况)?|(?:[\u4e00-\u9fff]{0,4}清单|(?:承接|赋权|编制|审核|审定|移交|主管){0,2}(?:单位|部门)?)(?:审核|审定|审签|确认|会签)(?:意见|栏|表|情况|签章|盖章)|[\u4e00-\u9fff]{0,4}清单(?:审核|审定|审签|确认)|(?:承接|赋权|移交)(?:单位|部门|双方)?确认|(?:盖章|签章|签字)(?:栏|页|表|确认)?|[\u4e00-\u9fff]{0,6}(?:(?:咨询|联系|监督|服务|投诉|举报|值班|联络|办公|受理){1,2}(?:电话|方式|热线)|便民咨询|通讯录)(?:一览|一览表|表)?)$/.test(
    normalizeLabel(text),
  );
/** 附件2, 附表一: what follows is not the list until a header of one comes. */
export const isAnnex = (text: string): boolean =>
  /^附(件|表|录|图)?[一二三四五六七八九十\d]*(:|$|[^属近带则加和])/.test(normalizeLabel(text)) &&
  /^附(件|表|录|图|[:一二三四五六七八九十\d])/.test(normalizeLabel(text));

export const batchOf = (text: string): string => /第[一二三四五六七八九十\d]+批次?/.exec(text)?.[0] ?? '';
/** A line that says nothing but the batch: 第二批, (第二批), 二、第二批(15项). */
export const isBatchLine = (text: string): boolean =>
  /^(?:[一二三四五六七八九十]+、)?[(]?第[一二三四五六七八九十\d]+批次?(?:事项|清单)?[)]?(?:[(]共?\d+项[)])?$/.test(
    normalizeLabel(text),
  );

const SECTION_START =
  /^(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+(?:部分|章|节|类)[、:\uff1a\s]?)\s*/;
const COUNT =
  /\s{0,9}[(\uff08]\s{0,9}(?:共|计|合计)?\s{0,9}\d{1,9}\s{0,9}(?:项|条|个|件)\s{0,9}[)\uff09]\s{0,9}$/;
/** The 12 of `党的建设(12项)`, or null. */
export const countIn = (text: string): number | null => {
  const found = COUNT.exec(cleanText(text))?.[0];
  return found ? Number(/\d+/.exec(found)?.[0]) : null;
};
/** (共8项) alone counts the list, and is no category of it. */
export const hasSectionForm = (text: string): boolean =>
  SECTION_START.test(cleanText(text)) || COUNT.test(cleanText(text).replace(/^[(\uff08]/, ''));
/** (一)… stands below 一、…. */
export const isSubSection = (text: string): boolean =>
  /^[(][一二三四五六七八九十]+[)]/.test(normalizeLabel(text));

/** 平安法治（续）, 续：平安法治, 平安法治（接上页）: the category of the page before goes on. */
const GOES_ON =
  '(?:续表|续页|续上?表|接上[页表]|[上承]接上?页|[接续](?:前|上)(?:页|表|栏)?|续)\\s{0,3}[一二三四五六七八九十\\d]{0,2}';
const GOES_ON_BEFORE = new RegExp(
  `^(?:[(\uff08\u3010[]\\s{0,3}${GOES_ON}\\s{0,3}[)\uff09\u3011\\]]|${GOES_ON}\\s{0,3}[:\uff1a])\\s{0,9}(?=[\\u4e00-\\u9fff])`,
);
const GOES_ON_BEHIND = new RegExp(
  `\\s{0,9}(?:[(\uff08\u3010[]\\s{0,3}${GOES_ON}\\s{0,3}[)\uff09\u3011\\]]|[\u2014-]{1,2}\\s{0,3}${GOES_ON})$`,
);
/** Without the words that say that it goes on from the page before. */
export const withoutGoingOn = (text: string): string =>
  text.replace(GOES_ON_BEFORE, '').replace(GOES_ON_BEHIND, '');

const GOES_ON_ALONE = new RegExp(`^[(\uff08\u3010[]?\\s{0,3}${GOES_ON}\\s{0,3}[)\uff09\u3011\\]]?$`);
export const saysGoingOn = (text: string): boolean => GOES_ON_ALONE.test(text.trim());

/** `一、经济发展(2项)` to `经济发展`. */
export function categoryName(text: string): string {
  const name = withoutGoingOn(withoutGoingOn(cleanText(text)).replace(COUNT, ''))
    .replace(SECTION_START, '')
    .replace(/^[(\uff08][一二三四五六七八九十]{1,3}[)\uff09]\s*/, '')
    .replace(/^\d{1,2}(?:[.、\uff0e]\s*|\s+)(?=[\u4e00-\u9fff])/, '')
    .replace(COUNT, '')
    .trim();
  return name || cleanText(text);
}

/** （2026年版）, （2026年3月修订） behind a title. */
const DATED = /\((?:\d{4}年[\u4e00-\u9fff\d]{0,8}|[试修][行订][\u4e00-\u9fff]{0,3}|征求意见稿)\)$/;

/** A line that can be the title of a list. */
export const isTitle = (text: string): boolean => {
  const label = normalizeLabel(text).replace(DATED, '');
  return (
    label.length >= 4 &&
    label.length <= 80 &&
    /(清单|目录|职责任务|一览表|事项表|汇总表|分工表?$|任务表|(任务|职责|责任|事项|分工|分解)[^,]{0,8}(表|方案|意见|规定|办法|台账)$|(任务|责任|职责)(分工|分解)$|矩阵表?$|((办事|服务|办理)指南|(指南|告知单|告知书|明白纸|明白卡|(服务|办事)手册)(汇编|汇总|合集)?)([(][^()]{1,12}[)])?$)/.test(
      label,
    ) &&
    !isAnnexOnly(label) &&
    !isAppendix(label) &&
    !/^(注|备注|说明|关于|根据|按照|为|现将|印发)/.test(label) &&
    !/[。;]/.test(label)
  );
};
const isAnnexOnly = (label: string): boolean => /^附(件|表)[一二三四五六七八九十\d]*:?$/.test(label);

/** Titles lose 附件1 and 一、 before them. */
export const titleText = (text: string): string =>
  cleanText(text)
    .replace(/^附\s*(?:件|表)\s*[一二三四五六七八九十\d]*\s*[:\uff1a.]?\s*/, '')
    .replace(
      /^(?:第[一二三四五六七八九十]{1,2}部分[、:\uff1a]?|[一二三四五六七八九十]{1,2}、|\d{1,2}[.、\uff0e](?!\d))\s*/,
      '',
    );

/** The office that issued the list, where a line above the table is its name. */
export const issuerOf = (lines: string[]): string => {
  for (const line of lines) {
    const [printed = ''] = line.replace(DOCUMENT_NUMBER, '').split(/\s{2,60}(?:填报|填表|制表)/);
    const text = cleanText(printed).replace(
      /^(?:发布|制定|印发|编制|填报|填表|制表|发文|公布|主管)(?:单位|机关|部门|机构)\s*[:\uff1a]\s*/,
      '',
    );
    if (
      text.length <= 60 &&
      /(委员会|委员会办公室|委办公室|人民政府|政府办公室|编办|党委|县委|区委|市委|旗委|党工委|办事处|局)$/.test(
        text,
      ) &&
      !/清单|目录/.test(text)
    )
      return text;
  }
  return '';
};
const DOCUMENT_NUMBER = /[\u4e00-\u9fff]{1,10}[〔[(\uff08]\d{4}[〕\])\uff09]\s*\d+\s*号/;
export const documentNumberOf = (lines: string[]): string => {
  for (const line of lines) {
    const found = DOCUMENT_NUMBER.exec(line);
    if (found) return found[0];
  }
  return '';
};
