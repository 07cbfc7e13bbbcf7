/** What is said of something that was to be done: it is done, or it was seen. Pure. */

export type Report = {
  kind: 'done' | 'seen';
  about: string;
  /** 大洼的名单报了 is said of what its words name alone. */
  isNamed?: true;
};

const NOT_DONE = /没|未|不|等|再|推|延|缓|晚点|吗|[?\uff1f]|呢$|什么|怎么|谁|哪/;
const DONE =
  /^(?:好的?|嗯|我)?[,\uff0c\s]*(?:(?:都|刚|刚刚|早就|全)?(?:已经?|就)?[^,\uff0c\s]{0,6}(?:完成|办完|办好|做完|做好|弄完|弄好|搞定|办妥|处理好|处理完|收齐|[报交发打送去签填看写做办查]完|[报交发打送签填写做办查]好)(?:了|啦)?|(?:都|刚|刚刚|早就|全)?已经?[^,\uff0c\s]{1,8}(?:了|过|完|好)|[^,\uff0c\s]{1,4}(?:过|完|好|齐|通|妥|着|成)了|[^,\uff0c\s]{1,8}(?:早上|上午|下午|昨天|刚才|早)就[^,\uff0c\s]{1,3}(?:过|完|好|齐)了)[。.!\uff01]?$/;
const SEEN =
  /^(?:收到|知道|晓得|明白|了解|好|好的|好嘞|好滴|行|可以|嗯+|哦+|ok|谢谢|感谢|多谢|辛苦|马上(?:去|办|到)?|这就(?:去|办)|就去|在办)(?:了|啦|的|哈|呢|您|你)?(?:[,\uff0c。!\uff01\s]*(?:谢谢|好的|知道了|收到|辛苦|马上去?|这就去)(?:了|啦|您|你)?)*[。.!\uff01~]*$/;
/** 刚才那个提醒 已经打过了: what it is about stands before. */
const DONE_ABOUT =
  /^(?<about>.{0,20}(?:提醒|闹钟|那个|这个|那条|这条|那事|的事))[,\uff0c\s]*(?<rest>.{2,14})$/;
/** 送到了,完成. */
const DONE_LAST =
  /^[^,\uff0c\s]{1,8}[了过完好][,\uff0c\s]{1,2}(?:已经?)?(?:完成|办完|办好|弄完|弄好|做完|做好|处理完|搞定|办妥|完事|结束)(?:了|啦)?$/;
/** 今天的核对完了, of what comes every day. */
const OF_THIS_TIME = /^(?:今天|今儿|今日|这[次回]|本?这?[周月]|上午|下午)的(?=.{2})/;
/** 大洼的名单报了: any verb by which something is got rid of. */
const DONE_TO =
  /^(?:我|俺|我们)?(?:把)?[\u4e00-\u9fff]{2,10}?(?:都|刚刚?|已经?)?[报交送发填签寄递传贴挂领取拿缴收取盖](?:上去|过去|上来|回来|上|走|掉|出去)?(?:了|啦)$/;
/** 知道了 往村部走着呢. */
const ON_THE_WAY =
  /[,\uff0c。\s]{1,2}(?:我|俺|我们|人|正|都|已经?|这就|马上|就){0,3}(?:往[^,\uff0c\s]{1,6}(?:走|去|赶)|在?路上|出发|出门|动身|赶过?去|过去|去|走|在弄|弄|在办)(?:着|了)?(?:呢|啦|了|哈)?$/;
const MAX_DONE = 16;

const BARE_DONE =
  /^(?:都|全|已经?|刚|也)*(?:弄|办|做|搞|处理|整|忙|干)?(?:完|好|妥|齐|定|利索)(?:事)?(?:了|啦)?$|^完事(?:了|啦)?$/;
/** 发过了 都弄完了, 弄好了 发群里了. */
const isTwiceDone = (report: string): boolean => {
  const clauses = report.split(/[,\uff0c\s]+/);
  return (
    clauses.length === 2 &&
    clauses.some((it) => BARE_DONE.test(it)) &&
    clauses.every((it) => DONE.test(it) || /^(?:刚刚?|已经?).{1,6}|[了过]$/.test(it))
  );
};

/** Null: nothing is reported. `said` is in plain words. */
export function reportOf(said: string): Report | null {
  if (SEEN.test(said) || SEEN.test(said.replace(ON_THE_WAY, ''))) return { kind: 'seen', about: '' };
  const named = DONE_ABOUT.exec(said)?.groups;
  const report = (named?.['rest'] ?? said).replace(OF_THIS_TIME, '');
  const isDone = DONE.test(report) || DONE_LAST.test(report) || isTwiceDone(report);
  if (report.length > MAX_DONE || NOT_DONE.test(report)) return null;
  if (isDone) return { kind: 'done', about: named?.['about'] ?? said };
  return DONE_TO.test(report) ? { kind: 'done', about: said, isNamed: true } : null;
}
