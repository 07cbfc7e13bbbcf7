/** 自规局要是推脱不来呢, 他们不管咋办: whoever the row names does not do it; what can be done then is said, and nothing is filed. */
import type { Asked } from './row-asked.js';
import type { Reading } from './reading.js';
import { namedUnit } from './units-of-row.js';

/** Above a rule of how requests go. */
const SHIRKED = 0.986;
const MAX_LENGTH = 22;
const UNIT = 'U';
const SHIRKS =
  /^(?:那|哦|嗯)?(?:要是|如果|万一|假如|假若|若是)?(?:U|他们?|人家|县里|对方|那边|那个局|牵头(?:单位|的|那家)?|两家)(?:那边|的人|说)?(?:要是|如果|万一|就是|硬是|还是|都|也|一直|老|总)*(?:推脱|推诿|推来推去|推三阻四|推|不来|不管|不认|不接|不理|拖着|拖|扯皮|装死|不动|没人来|不出面|不搭理|不给办|不归|踢皮球)[\u4e00-\u9fff]{0,4}?(?:的话)?[\s,\uff0c]*(?:呢|(?:该|又|得)?(?:咋|怎么|如何)(?:个)?(?:办|整|弄|搞)|(?:该|又)?(?:找|跟|向|给)谁(?:说|反映|告|报)?|有(?:啥|什么)(?:法子?|办法|招))[呢啊呀?\uff1f]*$/;

export function onShirked({ ctx: { text }, entry, knowledge }: Asked): Reading[] | null {
  if (text.length > MAX_LENGTH || entry.row.guide) return null;
  const named = namedUnit(text, entry, knowledge.directory);
  const framed = (named ? text.replace(named.alias, UNIT) : text).replace(/^(.*?)U(?:局|队|所)/, '$1U');
  if (!SHIRKS.test(framed)) return null;
  const why = 'what can be done where it is shirked';
  return [{ intent: 'help', slots: { topic: 'shirked' }, probability: SHIRKED, why }];
}
