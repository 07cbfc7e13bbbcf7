/** What is counted of requests, by its name in Chinese. */

/** c: what a unit called for · a: what it had to do. */
export type Side = 'c' | 'a';
export const SIDE_NAMES: Readonly<Record<Side, string>> = { c: '提出', a: '承办' };

/** Every figure; those of domains and kinds of request are named by what they are of. */
export const FIGURES = {
  all: '全部',
  open: '在办',
  done: '办结',
  'sign-ok': '按时签收',
  'sign-late': '超时签收',
  'sign-over': '逾期未签收',
  'sign-wait': '待签收',
  'sign-none': '未签收即结束',
  'answer-ok': '按时答复',
  'answer-late': '超时答复',
  'answer-over': '逾期未答复',
  'answer-wait': '办理中未到期',
  'answer-none': '未答复即结束',
  unsigned: '未签收',
  unanswered: '未答复',
  overdue: '逾期未办',
  late: '逾期(含已办)',
  returned: '退回',
  moved: '转办',
  ruling: '提请裁定',
  extended: '延期',
  paused: '暂停',
  urged: '催办',
  reopened: '重新办理',
  unsolved: '未解决结案',
  withdrawn: '撤回',
  merged: '并入他件',
  refused: '未准予交办',
  rated: '已评价',
  low: '低分评价',
  signed: '已签收',
  answered: '已答复',
} as const;
export type FigureName = keyof typeof FIGURES;

/** One of FIGURES, `d:` with the token of a domain, `k:` with a kind. */
export type Figure = string;

export const figureLabel = (figure: Figure): string =>
  Object.hasOwn(FIGURES, figure) ? FIGURES[figure as FigureName] : figure;
