/** Requests (乡呼县应): filed by message, signed, answered and rated; some wait until the clock reminds of them. */
import type { Request, RequestEvent } from '../../src/core/request.js';
import {
  ANSWER_DUE,
  callerOf,
  DEADLINE_OFFICE,
  DEPARTMENTS,
  OFFICERS,
  SIGN_DUE,
  SIGN_LATE,
  type Department,
} from './county.js';
import { accountOf, chatIdOf } from './platforms.js';
import {
  at,
  createToken,
  fill,
  isClockTurn,
  shows,
  type Expectation,
  type Finding,
  type Kept,
  type Place,
  type PlayedTalk,
  type Step,
  type Talk,
  type TalkKind,
} from './talk.js';
import { pick } from '../shared/random.js';
import type { Random } from '../../src/text/random.js';

/** Nothing that sounds of people in danger: the line that is said to them would stand before the draft. */
const TROUBLES = ['路牌褪色了', '花坛缺苗了', '长椅掉漆了', '绿化带杂草高了', '宣传栏玻璃脏了', '垃圾桶满了'];
const TOKEN_LETTERS = 'abcdefghijklmnop';
/** One in two hundred tokens sounds of danger all the same: the line stands before the draft, which is as it should be. */
const DANGER = '【紧急】';
/** The caller is told of lateness without that word before it. */
const isNotice = (line: string): boolean =>
  line.startsWith('提醒:') || /^呼叫 QS-\d{4}-\d{6}\(.{0,40}\).{1,40}时限为/.test(line);
/** From here on nobody is bound. */
const FIRST_STRANGER = 900;

const LATE_SHARE = 0.3;
const BUTTON_SHARE = 0.6;
const OLD_CARD_SHARE = 0.4;
const PROGRESS_SHARE = 0.4;
/** How the work goes on; it is no answer, and nobody's clock stops. */
const PROGRESS = '补充 {number} ';
const STRANGER_SHARE = 0.25;
const FORWARD_SHARE = 0.25;

export const requests: TalkKind = { name: 'requests', atOnce: 14, create, check };

function create(random: Random, talk: number, last?: Place['platform']): Talk {
  const caller = callerOf(last ?? (random() < 0.7 ? 'telegram' : 'feishu'), talk);
  const department = pick(random, DEPARTMENTS);
  const { desk, head } = department;
  const officer = desk.isGroup ? talk % OFFICERS : 0;
  const stranger = FIRST_STRANGER + talk;
  const token = createToken(random, TOKEN_LETTERS);
  const steps: Step[] = [];
  const add = (step: Step): number => steps.push(step) - 1;
  /** The live cards of both sides, the caller's first. */
  const cards = (state: string) => [caller, desk].map((place) => shows(place, 'card', `· ${state}`, token));
  const says = (place: Place, ending: string, contains = '{number}') =>
    shows(place, 'message', ending, contains);
  const chance = (share: number) => random() < share;

  const drafted = add({
    place: caller,
    user: 0,
    text: `呼叫 ${department.alias}:${token}${pick(random, TROUBLES)}`,
    expects: [shows(caller, 'message', '请确认:呼叫', token)],
  });
  const filed = add({
    place: caller,
    user: 0,
    click: { label: '提交', on: at(drafted, 0) },
    after: [at(drafted, 0)],
    again: ['这份草稿已失效或不是您的,请重新发起。'],
    expects: [...cards('待签收'), says(caller, '签收、答复情况会更新在卡片上。', '已提交呼叫')],
  });
  const received = at(filed, 1);
  if (desk.isGroup && chance(STRANGER_SHARE))
    add({
      place: desk,
      user: stranger,
      click: { label: '签收', on: received },
      after: [received],
      expects: [says(desk, '查询责任单位不受影响。', `“${accountOf(desk, stranger)}”`)],
    });
  if (desk.platform === 'feishu' && chance(FORWARD_SHARE))
    // In another chat the card cannot act, and nobody is answered.
    add({
      place: { platform: 'feishu', number: talk, isGroup: true },
      user: 0,
      click: { label: '签收', on: received },
      after: [received],
      expects: [],
    });
  let before = received;
  if (last === undefined && chance(LATE_SHARE)) {
    const due = { place: head, user: 0, after: [received] };
    const reminded = add({ ...due, expects: [says(head, '', '提醒:呼叫 {number}')] });
    before = at(reminded, 0);
  }
  const isByButton = desk.isGroup && chance(BUTTON_SHARE);
  const officerAt = { place: desk, user: officer };
  // A click on the live card is answered by the card alone.
  const signed = add({
    ...officerAt,
    after: [before],
    ...(isByButton
      ? { click: { label: '签收', on: received }, again: ['不需要再次签收。'] }
      : { text: '签收 {number}' }),
    expects: [...cards('办理中'), ...(isByButton ? [] : [says(desk, '已签收。')])],
  });
  const working = at(signed, 1);
  if (desk.isGroup && chance(OLD_CARD_SHARE))
    add({
      ...officerAt,
      click: { label: '签收', on: received },
      after: [working],
      expects: [says(desk, '不需要再次签收。')],
    });
  let told = working;
  if (chance(PROGRESS_SHARE)) {
    // The note stands in the course of the card, which else looks as it did once signed.
    const [callerCard, deskCard] = cards('办理中').map((card) => ({
      ...card,
      contains: `${token}正在处理`,
    })) as [Expectation, Expectation];
    const noted = add({
      ...officerAt,
      text: `${PROGRESS}${token}正在处理`,
      after: [working],
      expects: [callerCard, says(caller, `报告进展:${token}正在处理。`), deskCard, says(desk, '已补充。')],
    });
    told = at(noted, 3);
  }
  // When and by whom is said: nothing is asked about it.
  const answer = `${token}今天我局已派人处理完毕`;
  let answerText = `答复 {number} ${answer}`;
  let asked = told;
  if (isByButton) {
    const question = '请写明办理情况和结果(办了什么、什么时候、由谁办的),可附照片。(回复“取消”可放弃)';
    const step = add({
      ...officerAt,
      click: { label: '答复', on: working },
      after: [told],
      again: [question],
      expects: [says(desk, question)],
    });
    asked = at(step, 0);
    answerText = answer;
  }
  const [callerCard, deskCard] = cards('已答复,待评价') as [Expectation, Expectation];
  const answered = add({
    ...officerAt,
    text: answerText,
    after: [asked],
    expects: [callerCard, says(caller, '可重新办理。'), deskCard, says(desk, '等待请求单位评价。')],
  });
  add({
    place: caller,
    user: 0,
    text: '评价 {number} 5 4 5 很及时',
    after: [at(answered, 0), at(answered, 1)],
    expects: [...cards('已办结'), says(caller, '感谢您的反馈。')],
  });
  return {
    steps,
    token,
    isFollowed: true,
    watches: [head, DEADLINE_OFFICE],
    clockKey: 'timer:request:{number}@',
    isUnprompted: ({ head: line }, number) =>
      line.startsWith(DANGER) || (number !== null && isNotice(line) && line.includes(number)),
  };
}

/** Which event of the log follows from what the people did, by the head of the card that shows it. */
const EVENT_OF_STATE: readonly [ending: string, kinds: RequestEvent['kind'][]][] = [
  ['· 待签收', ['filed']],
  ['· 办理中', ['signed']],
  ['· 已答复,待评价', ['answered']],
  ['· 已办结', ['rated', 'concluded']],
];

async function check(talks: PlayedTalk[], kept: Kept): Promise<Finding> {
  const { requests: stored } = await kept.store.findRequests({}, { offset: 0, limit: 1_000_000 });
  const counts: Record<string, number> = {};
  const count = (name: string, by = 1) => (counts[name] = (counts[name] ?? 0) + by);
  for (const name of ['lost', 'doubled', 'not filed by anybody', 'notices lost', 'notices doubled'])
    count(`requests, ${name}`, 0);
  const problems: string[] = [];
  const problem = (name: string, text: string) => {
    count(`requests, ${name}`);
    problems.push(`${name}: ${text}`);
  };
  if (new Set(stored.map(({ number }) => number)).size !== stored.length)
    problem('numbers doubled', 'two requests have one number');
  const owned = new Set<string>();
  for (const talk of talks) {
    const { token = '' } = talk;
    const own = stored.filter(({ text }) => text.includes(token));
    for (const { number } of own) owned.add(number);
    if (own.length > 1) problem('doubled', `${token}: ${own.map(({ number }) => number).join()}`);
    const [request] = own;
    compareEvents(talk, request, kept, count, problem);
    if (!request) continue;
    if (talk.number !== null && talk.number !== request.number)
      problem('number changed', `${token}: shown ${talk.number}, stored ${request.number}`);
    compareNotices(talk, request, kept, count, problem);
    const lines = (await kept.store.listRecord(request.number)).filter(({ kind }) => kind === 'transition');
    if (lines.length !== request.events.length)
      problem('record differs', `${request.number}: ${request.events.length} events, ${lines.length} lines`);
  }
  for (const { number } of stored) if (!owned.has(number)) problem('not filed by anybody', number);
  return { counts, problems };
}

type Problem = (name: string, text: string) => void;
type Count = (name: string, by?: number) => void;

/** Each thing that somebody did is in the log once; what nobody could do is not there. */
function compareEvents(
  talk: PlayedTalk,
  request: Request | undefined,
  { setAside }: Kept,
  count: Count,
  problem: Problem,
): void {
  const seats = new Set<RequestEvent['kind']>();
  for (const turn of talk.turns) {
    const ending = turn.expects[0]?.form === 'card' || turn.expects[0]?.head.startsWith('· ');
    const kinds: RequestEvent['kind'][] = turn.text?.startsWith(PROGRESS)
      ? ['noted']
      : ending
        ? (EVENT_OF_STATE.find(([state]) => turn.expects.some(({ head }) => head === state))?.[1] ?? [])
        : [];
    const isDone = turn.seen.some((seen) => seen.length > 0);
    const isCertain =
      turn.state === 'accepted' &&
      (!turn.click || turn.place.platform === 'telegram') &&
      !turn.updates.some((id) => setAside.has(id));
    for (const kind of kinds) {
      if (turn.state !== 'waiting' && turn.state !== 'skipped') seats.add(kind);
      const times = request?.events.filter((event) => event.kind === kind).length ?? 0;
      if (times > 0) count(`requests, ${kind}`);
      if (times === 0 && (isDone || isCertain)) problem('lost', `${talk.token} ${kind}`);
      if (times > 1) problem('doubled', `${request?.number} ${kind} ${times} times`);
    }
  }
  for (const { kind } of request?.events ?? [])
    if (kind !== 'escalated' && !seats.has(kind)) problem('done by nobody', `${request?.number} ${kind}`);
}

/** Each step of the ladder that the log has was told to each of its chats once, and no other. */
function compareNotices(
  talk: PlayedTalk,
  request: Request,
  { uncertain, waiting }: Kept,
  count: Count,
  problem: Problem,
): void {
  const prefix = fill(talk.clockKey ?? '', request.number);
  const excused = [...uncertain, ...waiting].filter((key) => key.startsWith(prefix)).length;
  const department = DEPARTMENTS.find(({ name }) => name === request.assignments[0]?.organization);
  const caller = talk.turns[0]?.place;
  if (!department || !caller) return problem('of an unknown unit', request.number);
  const steps = request.events.flatMap(({ kind, facts }) => (kind === 'escalated' ? [facts?.['step']] : []));
  const expected = steps.flatMap((step) => chatsOfStep(String(step), department, caller));
  count('requests, notices', expected.length);
  const seen = [
    ...talk.unprompted.filter(({ shown }) => isNotice(shown.head)),
    ...talk.turns.flatMap((turn) => (isClockTurn(turn) ? turn.seen.flat() : [])),
  ];
  const told = seen.map(({ shown }) => `${shown.chatId} ${clockOf(shown.content)}`);
  let missing = 0;
  for (const one of new Set([...expected, ...told])) {
    const wanted = expected.filter((each) => each === one).length;
    const got = told.filter((each) => each === one).length;
    missing += Math.max(0, wanted - got);
    if (got > wanted) problem('notices doubled', `${request.number} ${one}: ${got} of ${wanted}`);
  }
  if (missing > excused) problem('notices lost', `${request.number}: ${missing}, reported ${excused}`);
}

/** A chat and the clock of which it is told. */
function chatsOfStep(step: string, { desk, head }: Department, caller: Place): string[] {
  const told = (place: Place, clock: string) => `${chatIdOf(place)} ${clock}`;
  if (step === SIGN_DUE)
    return [...new Set([told(head, '签收'), ...(desk.isGroup ? [told(desk, '签收')] : [])])];
  if (step === SIGN_LATE) return [told(DEADLINE_OFFICE, '签收')];
  if (step === ANSWER_DUE) return [told(caller, '答复')];
  throw new Error(`no such step: ${step}`);
}

const clockOf = (text: string): string => /(签收|答复)时限/.exec(text)?.[1] ?? '';
