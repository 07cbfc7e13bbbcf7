/** Headers that ask: 归谁管, 由谁牵头, 凭什么管. They are read as the labels that other lists print. */

const WHO = '(?:谁|哪(?:一|几)?家(?:单位|部门)?|(?:哪个?|哪些|什么)(?:部门|单位))';
const WHEN = '(?:现在|如今|目前|以后|今后|往后|将来|之后|收回后|承接后|县里|县上|上级|上面)?';
/** Who is asked for, by what they do. */
const ROLES = [
  ['牵头单位', '牵头|牵总|挑头|主抓|抓|主办|总负责'],
  ['配合单位', '配合|协办|协助|协同|参与|帮忙|帮着[办干做]|搭(?:把)?手'],
  ['承接单位', '承接|接手|接管|接收|接过去|接|收(?:回去?|走)?'],
  ['责任单位', '负责|承办|主管|监管|主责|落实|办理|处置|处理|实施|管|办|干|做'],
] as const;
const ASKED = ROLES.map(
  ([label, verbs]) =>
    [
      label,
      new RegExp(
        `^${WHEN}(?:该|应该?|是|由|归|让){0,3}${WHO}(?:来|去|该|应该?|要|在){0,2}(?:${verbs})(?:的|这件?事|这项)?$`,
      ),
      new RegExp(`^${WHEN}(?:${verbs})的?(?:单位|部门)?(?:是|归|找|为)${WHO}$`),
    ] as const,
);
const BASIS =
  /^(?:凭|根据|按照?|依照?|依据|照)的?是?(?:什么|啥|哪条|哪些|哪个)(?:规定|文件|法规|法律|条款|政策|来?[管办做干])?$/;

/** 管的是什么事. */
const MATTER = /^[管办做干]的?是?(?:什么|啥|哪件)事情?$/;

/** 牵头单位 for 由谁牵头; any other label as it is. */
export function asPrinted(label: string): string {
  if (BASIS.test(label)) return '依据';
  if (MATTER.test(label)) return '事项名称';
  return ASKED.find(([, before, behind]) => before.test(label) || behind.test(label))?.[0] ?? label;
}
