/** 人家说是文物,还得报:呼叫文旅局,关帝庙后墙被掏了: the order stands behind what leads up to it. */
import type { Context } from '../core/types.js';
import { nearUnit } from '../nlu/near-unit.js';
import { filesTo } from '../nlu/told-whom.js';
import { isTownshipUnit } from '../organizations/names.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

const INNER =
  /^(?<before>[^:\uff1a]{2,30})[:\uff1a]\s*(?<call>(?:呼叫|会商|执法调度|调度|申请裁定|建议)\s*[^,\uff0c。:\uff1a\s]{2,20}[,\uff0c:\uff1a\s].{4,})$/s;
/** What leads up to it wants it: 还得报, 帮我提交一下. */
const WANTS = /报|交|发|呼叫|提|帮我|麻烦|得|要|写/;
const NOT = /不用|不要|先不|别|例如|比如|如|怎么|格式|样子|可以说|说法|[?\uff1f]/;
const CLEAR = 0.97;

export const innerCallReader: Reader = { name: 'a call behind a colon', read };

async function read({ raw, update, match, session, now }: Context, deps: ReadingDeps): Promise<Reading[]> {
  if (match.via !== 'example' || update.kind !== 'message' || !deps.match) return [];
  const question = session && now - session.updatedAt <= RECENT_MS ? (session.question ?? '') : '';
  if (!session?.flow && question.length >= MATTER_MIN && isTold(raw, question, deps))
    return [{ intent: 'file_request', probability: TOLD, why: 'to whom what was just told goes' }];
  if (isCall(raw, deps))
    return [{ intent: 'file_request', probability: CLEAR, why: 'whom it calls stands first, then what' }];
  const { before = '', call = '' } = INNER.exec(raw)?.groups ?? {};
  if (call === '' || !WANTS.test(before) || NOT.test(before)) return [];
  const found = await deps.match({ update: { ...update, text: call }, session });
  if (found?.match.intent !== 'file_request') return [];
  const { text, raw: said, match: via } = found;
  const why = `an order behind “${before}”`;
  return [{ intent: via.intent, slots: via.slots, text, raw: said, via, probability: CLEAR, why }];
}

/** 行 就报人社局. */
function isTold(raw: string, question: string, { knowledge }: ReadingDeps): boolean {
  const { mentions } = knowledge().directory;
  return filesTo(raw, question, mentions) && mentions(raw).every(({ unit }) => !isTownshipUnit(unit));
}
const RECENT_MS = 10 * 60_000;
const MATTER_MIN = 6;
/** Above a choice among the rows that were offered. */
const TOLD = 0.99;

/** 呼叫医保局,是这样的,… however long what follows is; 呼叫公安菊 … by the sound of its name. */
function isCall(raw: string, { knowledge }: ReadingDeps): boolean {
  const called = (CALL.exec(raw.trim())?.groups?.['rest'] ?? '').trim();
  if (called === '') return false;
  const { mentions, organizations } = knowledge().directory;
  const [first] = mentions(called);
  const isFirst = first !== undefined && called.startsWith(first.alias);
  const written = isFirst ? called.slice(first.alias.length).replace(TONE, '') : '';
  const isKnown = BEHIND.test(written) || !NAME_APART.test(called);
  const near = isKnown ? null : nearUnit(`呼叫${called}`, organizations);
  const body = near ? ` ${near.body}` : written;
  return BEHIND.test(body) && !ASKS.test(body.trim()) && !NO_CALL.test(body);
}
const NAME_APART = /^[\u4e00-\u9fff]{2,8}[,\uff0c:\uff1a\s]/;
const BEHIND = /^[,\uff0c。:\uff1a\s][^]{6,}$/;
/** 呼叫执法局啊 就说…. */
const TONE = /^[啊呀哈吧嘛]/;
const CALL =
  /^(?:(?:各位)?(?:老师|领导|同志)[您你]?好?|[您你]好|请|麻烦|劳驾|辛苦|帮忙|帮|[您你]|我们?|俺们?|咱们?|给我|替我|要|想|再|那|就|嗯|好的?|行|中|还是|紧急|加急|[,\uff0c。!\uff01\s]){0,6}呼叫(?:一[下次])?(?<rest>[^]+)$/;
const ASKS = /[?\uff1f吗么呢]$|(?:了|过)没(?:有)?[啊呀]?$|(?:行|好|中|可以|合适|管用)不$/;
const NO_CALL =
  /^[,\uff0c。\s]+(?:行不行|可以|能不能|要不要|有用|先不|算了|不用|还是不|又怕|又嫌|拿不准|怎么|格式|(?:是|就是)什么)|的时候|怎么(?:写|弄|操作)/;
