/** What an answer to a call for work says beside what was done: when, and by whom. Pure. */
import type { Request, RequestKind } from '../core/request.js';
import type { Directory } from '../organizations/directory.js';

/** Kinds that are answered by work; the others are answered by an opinion. */
const WORK: ReadonlySet<RequestKind> = new Set(['call', 'dispatch', 'task', 'assist']);
export const isAnsweredByWork = ({ kind }: Pick<Request, 'kind'>): boolean => WORK.has(kind);

const WHEN =
  /[今昨前当][天日早晚晨夜]|[上中下]午|凌晨|清早|傍晚|晚上|夜里|刚[刚才]?|方才|当场|已于|周[一二三四五六日天]|星期|月[底初]|\d{1,2}\s?[月.\u2013/-]\s?\d{1,2}|\d{1,2}[日号点时]|\d{1,2}[:\uff1a]\d{2}|办理时间/;
const WHO =
  /我们|我[局镇所站队办院委和]|本[局镇所站队单位]|我?(?:派|带|安排|组织|联系|请|通知|会同|联合|由)[^,\uff0c。;\uff1b]{1,12}|人(?:员)?(?:到|去|已|在)|同志|人员|师傅|班组|[工抢维检巡消救]\S{0,3}[队班组]|中队|大队|公司|供电所|办理人|\S{1,3}(?:和|带)\S{1,3}去|\S{2}队|[小老][\u4e00-\u9fff](?=[去来带给把换修弄做办])/;

/** What an answer does not say: 什么时候办的, 由谁办的. Pictures and papers may say it. */
export function unsaidIn(
  text: string,
  { mentions, people }: Pick<Directory, 'mentions' | 'people'>,
): string[] {
  const isNamed = () =>
    WHO.test(text) ||
    mentions(text).length > 0 ||
    people.some(({ name }) => name.length > 1 && text.includes(name));
  return [...(WHEN.test(text) ? [] : ['什么时候办的']), ...(isNamed() ? [] : ['由谁办的'])];
}

/** Asked once, and nothing waits for it: the record has the hour and the name of who answers. */
export function askOfDone(unsaid: readonly string[], number: string): string {
  if (unsaid.length === 0) return '';
  return `没有写明${unsaid.join('、')},按现在答复的时间和人记;不是这样的,请发送“补充 ${number} …”写明。`;
}
