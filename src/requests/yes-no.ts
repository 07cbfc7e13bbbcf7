/** What is said to a move that was read back. Pure. */

/** What a dialogue asks for that has read a move back. */
export const CONFIRM = 'confirm';

const YES_WORD =
  '(?:确认|确定|是的?|对的?|嗯{1,4}|好的?|可以|行|没错|没问题|ok|就这样|就这么(?:定|办)|同意|提交|发吧)(?:[了吧啊呀]|确认|提交|没错)?';
/** 对,就这么定,确认: as often as one likes. */
const YES = new RegExp(`^${YES_WORD}(?:[,\uff0c\\s]{1,2}${YES_WORD}){0,3}[。!\uff01]?$`);

/** 看错了,不撤: whatever denies what was read back leaves it undone. */
const MISTAKEN = '(?:我|俺)?(?:看|搞|弄|说|点|打|发|按|选|写)错了?';
const NO = new RegExp(
  `^(?:(?:哎呀?|等等|等一?下|不好意思)[,\uff0c\\s]*)?(?:${MISTAKEN}[,\uff0c。\\s]*)?(?:不|不是|不对|错了|不确认|(?:先|还是)?[不别](?:要|用)?[\u4e00-\u9fff]{0,3}|${MISTAKEN})[了吧啊呀]?[。!\uff01]?$`,
);

export const isYes = (text: string): boolean => YES.test(text);
export const isNo = (text: string): boolean => NO.test(text);
