/** What somebody wants explained who asks how the bot's own work goes, by its terms of art. Pure. */
export type HelpTopic = 'requests' | 'reminders' | 'deadlines' | 'lists';

/** The first that the words speak of. */
const TOPICS: readonly (readonly [HelpTopic, RegExp])[] = [
  ['reminders', /提醒|闹钟|会议通知|(?:到点|让它|再|还|不)响/],
  [
    'deadlines',
    /时限|期限|几天|几个?小时|几点|多久|多长时间|工作日|自然日|周末|节假日|逾期|超期|超时|到期|顺延|延期|暂停/,
  ],
  [
    'requests',
    /请求|呼叫|签收|答复|办结|退回|退件|转办|催办|评价|打分|裁定|会商|派单|报单|单子|协办|建议|撤回|上报|督办|进[度展]/,
  ],
];

export const helpTopicOf = (text: string): HelpTopic | null =>
  TOPICS.find(([, words]) => words.test(text))?.[0] ?? null;
