/** 人家说是文物,还得报:呼叫文旅局,关帝庙后墙被掏了: the order stands behind what leads up to it. */
import type { Context } from '../core/types.js';
import type { Reader, Reading, ReadingDeps } from './reading.js';

const INNER =
  /^(?<before>[^:\uff1a]{2,30})[:\uff1a]\s*(?<call>(?:呼叫|会商|执法调度|调度|申请裁定|建议)\s*[^,\uff0c。:\uff1a\s]{2,20}[,\uff0c:\uff1a\s].{4,})$/s;
/** What leads up to it wants it: 还得报, 帮我提交一下. */
const WANTS = /报|交|发|呼叫|提|帮我|麻烦|得|要|写/;
const NOT = /不用|不要|先不|别|例如|比如|如|怎么|格式|样子|可以说|说法|[?\uff1f]/;
const CLEAR = 0.97;

export const innerCallReader: Reader = { name: 'a call behind a colon', read };

async function read({ raw, update, match, session }: Context, deps: ReadingDeps): Promise<Reading[]> {
  if (match.via !== 'example' || update.kind !== 'message' || !deps.match) return [];
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

/** 呼叫医保局,是这样的,… however long what follows is. */
function isCall(raw: string, { knowledge }: ReadingDeps): boolean {
  const called = CALL.exec(raw)?.groups?.['rest'] ?? '';
  const [first] = knowledge().directory.mentions(called);
  const body = first && called.startsWith(first.alias) ? called.slice(first.alias.length) : '';
  return /^[,\uff0c。\s][^]{6,}$/.test(body) && !ASKS.test(body.trim()) && !NO_CALL.test(body);
}
const CALL = /^(?:请|麻烦|帮我|我要|紧急|加急){0,2}呼叫(?:一下)?(?<rest>[^]+)$/;
const ASKS = /[?\uff1f吗么呢]$/;
const NO_CALL =
  /^[,\uff0c。\s]+(?:行不行|可以|能不能|要不要|有用|先不|算了|不用|还是不|怎么|格式|(?:是|就是)什么)|的时候|怎么(?:写|弄|操作)/;
