/** What a service guide (办事指南) says of one matter, each cell as printed. */

/** The columns of a guide in the order of a card, with what they are called. */
export const GUIDE_FIELDS = {
  materials: '申请材料',
  condition: '办理条件',
  target: '服务对象',
  steps: '办理流程',
  place: '办理地点',
  days: '办理时限',
  fee: '收费标准',
  phone: '咨询电话',
  agency: '帮办代办',
} as const;

export type GuideField = keyof typeof GUIDE_FIELDS;
export const GUIDE_FIELD_IDS = Object.keys(GUIDE_FIELDS) as GuideField[];
export const isGuideField = (text: string): text is GuideField => Object.hasOwn(GUIDE_FIELDS, text);

/** A column that the list does not have, or whose cell is empty, is absent. */
export type Guide = Partial<Record<GuideField, string>>;
