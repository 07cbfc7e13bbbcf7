/** 县里人到之前我先弄啥: what the own township does until whoever leads has come. */
import { about, SURE, type Asked } from './row-asked.js';
import type { Reading } from './reading.js';

const MAX_LENGTH = 24;
const BEFORE =
  /(?:[到来]|接手|出面|处理|动手)(?:之|以)?前|(?:没|还没|没有)(?:来|到|赶到|过来)(?:的时候|那会儿?)?(?=[\s,\uff0c我咱俺镇乡村街社])/;
const ASKED =
  /(?:我|咱|俺|镇|乡|村|街道|社区)(?:们|里|上)?(?:这边|这头)?(?:自己)?(?:先|能|该|要|得|可以){1,2}(?:做|弄|干|办|搞|整|管)(?:些|点)?(?:啥|什么|哪些)[呢啊?\uff1f]*$/;

export function onMeanwhile({ ctx: { text }, entry, asker }: Asked): Reading[] | null {
  if (asker.township === undefined || entry.row.guide || text.length > MAX_LENGTH) return null;
  return BEFORE.test(text) && ASKED.test(text)
    ? about(entry, 'township', SURE, 'until whoever leads has come')
    : null;
}
