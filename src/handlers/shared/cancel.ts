/** The words that end a dialogue, the same in each of them. Pure. */

const CANCEL =
  /^(?:那|还是|哦|噢|嗯)?(?:先)?(?:取消(?:吧|了|掉)?|算了(?:吧)?|不用了|不(?:办|弄|报|交|搞|提交|填|写|要)了(?:吧)?|退出|放弃(?:吧|了)?|先放(?:着|一放|一下|放)(?:吧)?|放着吧|先不(?:办|弄|报|交|提交|发)了?(?:吧)?|回头再(?:说|弄|报)(?:吧)?|以后再说|换个(?:问题|话题|事))(?:$|[,\uff0c。!\uff01\s])/;

export const isCancel = (text: string): boolean => CANCEL.test(text);
