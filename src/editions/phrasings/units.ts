/** Units that a text gives as an answer to "who", by the form of their names: a model invents some that no directory knows. */

const KINDS =
  '局|委员会|管委会|办公室|管理处|管理所|管理站|服务站|服务中心|指挥中心|监管中心|治理中心|大队|支队|总队|中队|公司|集团|厅|署|宣传部|组织部|统战部|武装部|政法委|纪委|监委|发改委|卫健委|法院|检察院';
const BEFORE = new RegExp(
  `(?:由|归|属于|找|请|联系|打给|是|交给)((?:[\\u4e00-\\u9fff]{1,12})(?:${KINDS}))`,
  'g',
);
const BEHIND = new RegExp(
  `([\\u4e00-\\u9fff]{1,12}(?:${KINDS}))(?=[会来应该要]{0,2}(?:负责|牵头|主管|主办|承办|管|处理))`,
  'g',
);
/** 归哪个局管 asks. */
const ASKS = /哪|什么|啥|谁|几|何|嘛|多少|相关|有关|主管|各|其他|别的|这|那/;

/** `names`: those that the row names, and what people call them. */
export function inventedUnit(text: string, names: string[]): string | null {
  for (const pattern of [BEFORE, BEHIND])
    for (const [, unit = ''] of text.matchAll(pattern))
      if (!ASKS.test(unit) && !names.some((name) => unit.includes(name) || name.includes(unit))) return unit;
  return null;
}
