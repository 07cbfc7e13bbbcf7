/** Whether a message asks if something may be penalised, and the act that it tells of. Pure. */

const MAY =
  /(?:能不能|能否|可不可以|可以|有没有权|有权|[能可准敢])(?:不能)?(?:直接|自己|够)?(?:去|来|对|给|把)?(?:[他她它这那人家老板店户企公司们的]{0,5})(?:处?罚|没收|[开下].{0,4}[单书])|(?<!可)(?:能|可以)(?:处理|管|治)[他她它]?们?(?:不|吗|么)[\s,\uff0c]*罚|处?罚款?[\s,\uff0c]?(?:[他她它]们?)?[\s,\uff0c]?(?:我们|咱们?|俺们?|镇|乡|街道)(?:这边|里头?|上)?(?:自己|直接)?(?:行|中|成|能|可以)(?:不(?:行|中|成|能|可以)?|吗|么)|(?:罚|处理|管)得?(?:得了|得动|得着)[他她它]?们?(?:不|吗|么)?|[开下]得了.{0,4}[单书]|罚(?:得了|得动|得着)(?:不|吗|么)?|罚[他她]?们?(?:不罚|不|吗|么|行不|得不)(?:[?\uff1f]|$|我|咱|俺)|(?:处?罚)(?:款)?(?:得)?(?:行|中|成)不(?:行|中|成)?/;
/** Who penalises, how and how much: no question whether. */
const OTHER = /谁|哪|多少|怎么|咋(?!不)|几/;
const FRAME =
  /能不能|能否|可不可以|可以|有没有权|有权|[能可准敢]|直接|自己|(?:给|把)?[他她它]们?|处?罚(?:得[了动着])?(?:款)?|[开下]得了.{0,3}罚?单子?|[开下].{0,3}罚?单子?|没收|(?:的)?(?:吗|么|不|呢|嘛|没|吧)[?\uff1f]?$|[\s,\uff0c?\uff1f]|(?:我们?|咱们?|俺们?)(?:镇|乡|街道)?(?:上|里)?|(?:他们?|人家|那边?)的?(?:镇|乡|街道)(?:上|里)?|镇[里上]|乡[里上]|那边?|换成?|呢(?=[\s,\uff0c])|^那?(?:要是|如果)?(?:逮|抓|查|碰|遇)(?:着|到|上|见|住)的?是|^那?要是|也(?=能|可以|罚|行)|(?:综合)?(?:行政)?执法(?:大队|中队|队员?|人员|办公?室?)(?:上|里)?|(?:行|中|成)(?:不(?:行|中|成)?)(?=[?\uff1f]?$)/g;

/** 查着谁扔的, 逮着贴的人: whoever it was that did what was spoken of; no question who. */
const CAUGHT =
  /^(?:那|要是|如果|万一|真)*(?:逮|抓|查|碰|遇|认|找)(?:着|到|上|见|住|出)(?:了|来)?(?:是)?(?:谁|(?=[^\s]{1,3}的人))[\u4e00-\u9fff]{1,3}?的(?:人)?(?=[\s,\uff0c])[\s,\uff0c]*/;
const withoutCaught = (text: string): string => text.replace(CAUGHT, '');

export const asksPenalty = (text: string): boolean => {
  const said = withoutCaught(text);
  return MAY.test(said) && !OTHER.test(said);
};

/** What is left when the question is taken away: 没证还卖. */
export const actOf = (text: string): string => withoutCaught(text).replace(FRAME, '');
