/** Urgent notices: read back, sent to two people, answered by each, and the receipts seen by who sent it. */
import { isNotice } from '../../src/core/reminder.js';
import { pick } from '../shared/random.js';
import type { Random } from '../../src/text/random.js';
import { calledBy } from './county.js';
import { accountOf } from './platforms.js';
import {
  at,
  createToken,
  shows,
  type Finding,
  type Kept,
  type Place,
  type PlayedTalk,
  type Step,
  type Talk,
  type TalkKind,
} from './talk.js';

const TOKEN_LETTERS = 'qrstuvwxyz';
const WORK = '清点库存材料并上报';

export const receipts: TalkKind = { name: 'receipts', atOnce: 4, create, check };

function create(random: Random, talk: number, last?: Place['platform']): Talk {
  const end = (): Place['platform'] => last ?? pick(random, ['telegram', 'feishu'] as const);
  const { leader, called } = calledBy(talk, [end(), end(), end()]);
  const token = createToken(random, TOKEN_LETTERS);
  const steps: Step[] = [];
  const add = (step: Step): number => steps.push(step) - 1;
  const says = (place: Place, head: string, contains = token) => shows(place, 'message', head, contains);
  const asked = add({
    ...{ place: leader.place, user: 0 },
    text: `紧急通知${called.map(({ name }) => name).join('和')},${token}${WORK}`,
    expects: [says(leader.place, '请核对:紧急通知')],
  });
  const sent = add({
    ...{ place: leader.place, user: 0 },
    click: { label: '确认发出', on: at(asked, 0) },
    again: ['什么时候提醒。'],
    expects: [...called.map(({ place }) => says(place, '紧急通知')), says(leader.place, '紧急通知已发出')],
  });
  const seen = called.map(({ place }, i) => {
    const said = says(place, `${WORK}”。`, `已回复收到:“${token}`);
    return add({
      ...{ place, user: 0 },
      click: { label: '收到', on: at(sent, i) },
      again: [said.head],
      expects: [said],
    });
  });
  add({
    ...{ place: leader.place, user: 0 },
    text: '回执',
    after: [at(seen[1] ?? 0, 0)],
    expects: [says(leader.place, '/2')],
  });
  return {
    steps,
    token,
    isFollowed: true,
    // Called once more while somebody has not answered.
    isUnprompted: ({ head, content }) => /紧急通知|\/2$/.test(head) && content.includes(token),
  };
}

/** Each notice that was confirmed is there once, answered by whoever pressed, each once. */
async function check(talks: PlayedTalk[], { store, setAside }: Kept): Promise<Finding> {
  const notices = (await store.findReminders({})).filter(isNotice);
  const counts: Record<string, number> = {
    'receipts, lost': 0,
    'receipts, doubled': 0,
    'receipts, answers': 0,
  };
  const problems: string[] = [];
  const problem = (name: 'lost' | 'doubled', text: string) => {
    counts[`receipts, ${name}`] = (counts[`receipts, ${name}`] ?? 0) + 1;
    problems.push(`${name}: ${text}`);
  };
  const isCertain = ({ state, place, updates }: PlayedTalk['turns'][number]): boolean =>
    state === 'accepted' && place.platform === 'telegram' && !updates.some((id) => setAside.has(id));
  for (const { token = '', turns } of talks) {
    const own = notices.filter(({ text }) => text.includes(token));
    const [, sent, ...rest] = turns;
    const isSent = sent?.seen.some((times) => times.length > 0) ?? false;
    if (own.length > 1) problem('doubled', `notice ${own.map(({ id }) => id).join()}`);
    if (own.length === 0 && sent && (isSent || isCertain(sent))) problem('lost', `notice ${token}`);
    for (const turn of rest.filter(({ click }) => click?.label === '收到')) {
      const account = accountOf(turn.place, 0);
      const answers = own.flatMap(({ notice }) => notice.answers.filter((it) => it.account === account));
      counts['receipts, answers'] = (counts['receipts, answers'] ?? 0) + answers.length;
      const isDone = turn.seen.some((times) => times.length > 0);
      if (answers.length > 1) problem('doubled', `answer of ${account} to ${token}`);
      if (answers.length === 0 && (isDone || isCertain(turn)))
        problem('lost', `answer of ${account} to ${token}`);
    }
  }
  return { counts, problems };
}
