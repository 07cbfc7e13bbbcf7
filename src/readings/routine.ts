/** 每个季度最后一个月的20号上午,提醒经发办董丁一…,定成例行工作: a recurring duty of a colleague is a reminder, whatever is told around it. */
import { parseTime } from '../nlu/dates/parse.js';
import { isSupposed } from '../text/frames.js';
import type { Reader } from './reading.js';

const LENGTH = 160;
/** Above statistics, whose words (季度, 统计局, 数据) it may hold. */
const CERTAIN = 0.9985;

const CALL = /(?:提醒|题醒|催|叫|喊|通知)(?:一下|一声)?[,\uff0c\s]?/g;
/** 经发办, 民生服务办公室, before the name of one who works there. */
const OFFICE = /^[\u4e00-\u9fff]{1,10}?(?:办公室|办|中心|所|站|大?队|岗|股|科|室)(?:的)?/;
/** ,定成例行工作, in a clause of its own. */
const MADE_ROUTINE =
  /[,\uff0c。;\uff1b\s]?(?:给|就|把这个|这个|作为)?(?:我)?(?:(?:定|设|列|弄|做|排|固定|安排)(?:成|为|个|下来?)?|作为)(?:一个|一项|个)?(?:例行|常态化?|固定|长期)(?:的)?(?:工作|提醒|任务|事项|安排)?(?:吧|了|来办|就行)?[。!\uff01]?$/;
const ASKS =
  /[吗么?\uff1f]\s*$|(?:能|可|行|要)不(?:能|可|行|要)|是不是|谁|哪[个些天]|几[号点]|多少|怎么|咋|什么|为啥|[提催叫喊](?:醒)?(?:过|了)/;
const BETWEEN = /[,\uff0c。;\uff1b!\uff01\s]/;

export const routineReader: Reader = {
  name: 'routine work of a colleague',
  isOfWhole: true,
  read: (ctx, { calendar, knowledge }) => {
    const { match, person, update, now } = ctx;
    if (match.via !== 'example' || !person || update.kind !== 'message') return [];
    const said = update.text.trim();
    if (said.length > LENGTH || !/每|逐|按[月季年]/.test(said) || isSupposed(said) || ASKS.test(said))
      return [];
    const text = said.replace(MADE_ROUTINE, '');
    const { directory } = knowledge();
    const staff = directory.people.filter(({ organization }) => organization === person.organization);
    const called = [...text.matchAll(CALL)].flatMap(({ 0: word, index }) => {
      const behind = text.slice(index + word.length);
      const office = OFFICE.exec(behind)?.[0] ?? '';
      const isNamed = (rest: string) => staff.some(({ name }) => rest.startsWith(name));
      if (isNamed(behind)) return [{ index, rest: `${word}${behind}` }];
      return isNamed(behind.slice(office.length))
        ? [{ index, rest: `${word}${behind.slice(office.length)}` }]
        : [];
    });
    const [call] = called;
    const time = parseTime(text, { now, calendar, purpose: 'reminder' });
    if (!call || time?.kind !== 'recurrence') return [];
    const places = [call.index, time.index, ...(time.bounds ?? []).map(({ index }) => index)];
    // What is told before it is no part of what is to be done.
    const first = Math.min(...places);
    const told = text.slice(0, first).split(BETWEEN).at(-1) ?? '';
    const raw = `${text.slice(first - told.length, call.index)}${call.rest}`;
    return [
      {
        ...{ intent: 'set_reminder', slots: {}, text: raw, raw, probability: CERTAIN },
        why: 'something that comes again is to be done by a colleague',
      },
    ];
  },
};
