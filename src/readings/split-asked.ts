/** 这里头是两码事吧, of a case, by whoever works on it: who may make two of it is said. */
import type { Context } from '../core/types.js';
import { isActive } from '../requests/log.js';
import { actsFor } from '../requests/permissions.js';
import type { Reading } from './reading.js';
import type { World } from './requests-world.js';

const TWO =
  /^(?:我(?:看|说|觉得)|俺看|其实|不对|等等|[,\uff0c\s]){0,3}(?:这|那|它)?(?:个|件|单子?|一?件)?(?:里头?|里面|上头?|说的|报的|写的|[,\uff0c\s])*(?:其实|明明|怕)?(?:是|有|成|算)(?:的)?(?:两|三|几)(?:码|回|件|桩|个)(?:不同|不一样|不相干)?的?(?:事儿?|事情)[吧啊呀呢嘛哦]?[。!\uff01?\uff1f]?$/;

export function splitOf({ text }: Context, { requests, actor }: World): Reading | null {
  const isOwn = requests.some((request) =>
    request.assignments.some((part) => isActive(part) && actsFor(actor, part.organization)),
  );
  return isOwn && TWO.test(text)
    ? {
        intent: 'merge_request',
        slots: { joining: 'split' },
        probability: 0.985,
        why: 'two matters in one case',
      }
    : null;
}
