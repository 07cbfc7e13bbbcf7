/** 他们局长是谁, of the case spoken of last: who holds that post in the unit that leads it. */
import type { Reader } from './reading.js';

/** Above a side of a row that a colleague was answered. */
const SURE = 0.985;
const ASKED =
  /^(?:那|哦|嗯|[\s,\uff0c])*(?:他们|人家|那边|[这那]家)(?:局|单位|中心|公司|大队|委)?(?:里|的){0,2}(?<title>局长|主任|经理|大队长|负责人|领导|一把手|联络员)(?:是|叫)?(?:谁|啥|什么|哪个|哪位)?(?:名字)?[呢啊?\uff1f]*$/;

export const caseStaffReader: Reader = {
  name: 'staff of the unit of a case',
  async read({ text, session, match, read }) {
    const title = ASKED.exec(text)?.groups?.['title'];
    if (!title || match.via !== 'example' || !session?.request || session.focus || session.flow) return [];
    const request = await read.getRequest(session.request);
    const leads = request?.assignments.filter(({ role }) => role === 'lead') ?? [];
    const unit = leads.at(-1)?.organization;
    if (!unit) return [];
    const meant = `${unit}${title}是谁`;
    const why = `of ${unit}, which leads ${session.request}`;
    return [{ intent: 'list_rows', slots: {}, text: meant, raw: meant, probability: SURE, why }];
  },
};
