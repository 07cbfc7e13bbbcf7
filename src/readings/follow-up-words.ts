/** What a short message asks of the thing spoken of last: one aspect, or none. Pure; the words are those of everyday speech. */

/** A side of a row that a follow-up may ask for. */
export type Aspect =
  'township' | 'lead' | 'support' | 'basis' | 'source' | 'contact' | 'penalty' | 'ours' | 'unit' | 'whole';

const TOWNSHIP =
  /(?:乡镇|镇街|街道|镇里|镇上|镇政府|咱镇|我们?镇|俺镇|本镇|乡里|乡上|咱乡|我们?乡|属地|基层|村里|村上|下面|社区|镇(?=的|呢|要|该|得|干|做|负责|管|有))/;
const WORK =
  /(?:干|做|弄|搞|整|管|负责|承担|担|出|配合|掺和|插手|出面|帮|活|事|份|责任|职责|任务|该|要|得|怎么|咋|呢|块|摊|原话|原文|原句|怎么写|咋写)/;
const BASIS =
  /依据|根据(?:是|什么|啥|哪)|(?:哪|什么|啥)(?:部|个|条|一条)?(?:法|条例|规定|政策)|法条|法律|按(?:照)?(?:的)?(?:是)?(?:啥|什么|哪)|凭(?:啥|什么)|哪部/;
const SOURCE =
  /第?几项|(?:序号|编号|文号)|哪一?项|(?:哪|啥|什么)(?:一)?(?:份|张)清单|多少号|第?几条|(?:哪|什么|啥)(?:个|份|张)?清单|哪一?批|第?几批|几号文|文号|(?:哪|什么|啥)个?文件|出处|(?:在|从)?(?:哪儿?|哪里|什么地方)(?:写|看|查|规定|来)|哪一?版|版次|编号|序号/;
const PHONE = /电话|号码|手机|联系方式|(?:怎么|咋)联系/;
const CONTACT =
  /找谁|找哪|联系谁|问谁|跟谁|(?:是|又是)谁|谁(?:在?管|负责|对接|经办|联系|具体|来|盯|跟|接|弄|办)|对口|(?:局长|主任|镇长|所长|队长|负责人)(?:是|叫)|哪(?:个|位)(?:人|同志|领导|干部|干事)|哪位|(?:具体|到底|直接)(?:是)?(?:谁|哪)|联系人|经办|对接人|责任人|叫(?:啥|什么)名?|(?:哪|什么|啥)个?(?:岗|科室|股室|办公室)|谁$/;
const PENALTY =
  /罚|开.{0,2}单(?:子|$|[不吗么])|执法权|处罚权|有权|没收|扣(?:车|东西|下)|(?:能|可以|敢)(?:不能)?(?:直接)?(?:查|拆|抓)/;
const OURS =
  /(?:归|该|是|属|属于)(?:不归|不该|不是|不属于?)?(?:我们?|咱们?|俺们?|镇|乡|街道|村)(?:里|上)?|(?:我们?|咱们?|俺们?|镇里|镇上|乡里|街道)(?:该|能|要|用|需)(?:不该|不能|不要|不用|不需要)?管|跟(?:我们?|咱们?|镇里)有(?:没有)?关系/;
const LEAD =
  /(?:是|归|算|属)(?:谁|哪一?[个家](?:局|单位|部门)?)(?:家)?的(?:事儿?|事情|活儿?|责任|职责)|(?:谁|哪(?:个|家|里|头)?).{0,3}(?:牵头|主责|主办|主管|主抓|为主|挑头|带头)|(?:牵头|主责|主办)(?:的|单位|部门)?(?:是|归)?(?:谁|哪)|^(?:那|哦)?(?:现在|以后|平时|如今)?(?:又|该|还)?(?:归|由)(?:谁|哪[个家]?).{0,2}$/;
const SUPPORT =
  /(?:配合|协助|协办|搭把手|帮忙).{0,5}(?:谁|哪|有|单位|部门|啥|几家)|(?:谁|哪些?|哪家).{0,4}(?:配合|协助|协办|帮忙)|(?:还有|其他|其它|别的|另外|剩下).{0,6}(?:单位|部门|局|谁|哪|家)|(?:除了|除开|除去)(?:这|它|他)?.{0,8}(?:还有|其他|别的|另外)|(?:还|都)(?:有|牵扯|涉及|关).{0,4}(?:谁|哪些?|单位|部门)/;
const WHOLE =
  /^(?:再)?(?:完整|全文|详细|整条|原文|全部)|(?:再)?(?:发|看|念|说)一(?:遍|下)(?:全文|完整|原文)?$/;

/** Words that carry no matter of their own. */
const FILLERS =
  /份内|分内|本分|(?<=[镇乡])上|[这那]截|原话|原文|原句|主抓|挑头|打头|分管|沾边?|掺和?|[插伸搭上]把?手|插|参与|出动|到场|牵扯|关系|他们?|她|开?单子|乡镇|镇街|街道|社区|同志|对口|牵头|局长|领导|内容|最后|现在|来着|查处|主管|这家|抓着|逮着|现行|罚单|序号|编号|第|批|号|份|序|镇|乡|盯|接|又|县|局|口|出|人|那么?|这个?(?:事|活|项|条|块)?|它|里[头边面]?|其中|当中|上面|具体|到底|主要|一般|应该|还是|直接|负责|承担|责任|职责|任务|单位|部门|干|做|弄|搞|整|管|担|出|配合|协助|协办|牵头|主责|主办|帮|活|份儿?|些|点|啥子?|什么|怎么|咋|哪[个家位些里儿头]?|谁|几|多少|呢|吗|么|嘛|啊|呀|吧|咧|哩|嘞|噻|撒|喃|唦|咯|呗|嗦|哟|噢|哈|了|的|得|地|着|是|有|没|不|要|该|能|可以?|会|给|把|跟|和|与|在|归|算|属于?|我们?|咱们?|俺们?|你们?|人家|听|念|说|讲|看|问|请|麻烦|一下|下|来|去|对|就|也|都|又|再|还|只|先|另外|其他|其它|别|事情?|情况|方面|这边|那边|这头|那头|[这那]儿|一(?=[块摊件个条])|边|头|块|摊|方|局里?|电话|号码|依据|法|清单|文件|处罚?|罚款?|联系|找|岗|名字?/g;

/** What is left of a text when everything that asks is taken away: its own matter. */
export const ownMatter = (text: string): string =>
  text
    .replace(/[^\u4e00-\u9fffa-z0-9]/gi, '')
    .replace(FILLERS, '')
    .trim();

/** Longer than this is a question of its own. */
const FOLLOW_UP_MAX = 24;

/** 他们那张单子里排第几项, 这份单子的文号给我: nothing but where it is written. */
export const BARE_SOURCE =
  /^(?:那么?|这个?|它|他们?|咱县|县里|刚才|上面|你说的|[\s,\uff0c])*(?:[这那]?一?[张份个条项])?(?:(?:清单|单子|文件|清册|名册)?(?:的)?(?:上|里头?|里面)?(?:的)?(?:又|都|是|在|到底)*(?:排|列|写|算)?(?:在|是|到)?(?:第几(?:项|条|号|个|批)?|(?:啥|什么|哪一?)个?(?:文件|文|文号)|(?:文号|序号|编号)(?:是|多少|给我?|报一?下|说一?下|发我?)*))(?:[\s,\uff0c]*(?:文号|序号|编号|第几(?:项|条))(?:是|多少|给我?|报一?下)*)?[呢啊呀来着的?\uff1f]*$/;

export function aspectOf(text: string): Exclude<Aspect, 'unit'> | null {
  if (text.length > FOLLOW_UP_MAX) return null;
  if (WHOLE.test(text)) return 'whole';
  if (BASIS.test(text)) return 'basis';
  if (SOURCE.test(text)) return 'source';
  if (PHONE.test(text)) return 'contact';
  if (PENALTY.test(text)) return 'penalty';
  if (LEAD.test(text)) return 'lead';
  if (SUPPORT.test(text)) return 'support';
  if (OURS.test(text)) return 'ours';
  if (CONTACT.test(text)) return 'contact';
  if (TOWNSHIP.test(text) && WORK.test(text)) return 'township';
  return null;
}

/** `民政那头谁对接`, `石桥是`: beside the name of a unit or township, who of it is meant. */
export const asksWhoOfIt = (rest: string): boolean =>
  WHO_OF_IT.test(rest.replace(HESITATES, '').replace(/[\s,\uff0c?\uff1f。呢啊呀]/g, ''));
/** 等下 消防那边谁接. */
const HESITATES = /^(?:等一?下|等等|慢着|对了|哦对|噢|哎)(?=[\s,\uff0c])/;
const WHO_OF_IT =
  /^(?:那|的|上|里|这|边|头|儿|块|口|事|个)*(?:(?:具体|该|应该|得|又|到底)?(?:是|在)?(?:找|问|跟|和|联系|打给|对接)?(?:是)?(?:谁|哪一?位|哪个(?:人|同志|领导|干部|岗|科室|股室)?|什么人)(?:在|来|去)?(?:对接|联系|接|接头|接洽|对口|负责|经办|经手|分管|具体管|管这个?|管|跑|盯|弄|办|具体负责)?(?:的|人|这个?|这事|这块|这摊)*|是|(?:的)?(?:联系人|联络员|经办人|负责人|对接人)(?:是|叫|呢)?(?:谁|啥|什么|哪个|哪位)?|(?:的)?(?:电话|号码|手机号?)(?:多少|呢|有(?:吗|没|不))?)$/;
/** `咱镇哪个值守`, `那边镇上找哪个`: which person of the township that is spoken of, else of the own one; `place`: the bare name of the own one. */
export function asksOurPerson(text: string, place = ''): boolean {
  const whole = place.length >= 2 ? text.replace(place, '镇') : text;
  const said = whole
    .replace(/(?:来着|(?:我|俺)都?(?:忘|记不)).*$/, '')
    .replace(/[\s,\uff0c?\uff1f。]/g, '')
    .replace(
      /^(?:这个?(?:事|活|条|项)|那|这|平时|平常|日常|归|该|由|[落轮摊分]?到了?|落在|放在)+(?=.{4})/,
      '',
    )
    .replace(/^[\u4e00-\u9fff]{1,6}?[这那](?:一?[摊块口条]|个|事|活)(?:归|是|由)?(?=.{3})/, '');
  return OUR_PERSON.test(said) || OUR_COUNTERPART.test(said);
}
/** 我们石桥对着的人, 咱镇管这块的: whoever is set against it there. */
const OUR_COUNTERPART =
  /^那?(?:(?:咱|俺|我|他)们?(?:这)?|本|人家)?(?:镇|乡|街道)(?:上|里|这边|那边)?的?(?:对(?:着|口|接|应)|管|负责|经办|承办|盯|跑)(?:这个?|这条|这块|这摊|这口|这事)?的?(?:人|同志|干部|那个|哪个|哪位)(?:是|叫)?(?:谁|哪个|哪位|啥名|呢)?$/;
const OUR_PERSON =
  /^那?(?:(?:(?:咱|俺|我)们?(?:这)?|本|(?:那|他们?|人家)(?:边|头|儿|里|们)?的?)?(?:镇|乡|街道)(?:上|里|里头|这边|这儿|这头|那边|那头)?的?|(?:咱|俺|我)们?(?:这儿|这里|这边|这头)|(?:他们?|人家)?那(?:边|头|儿|里))(?:又|都|到底|具体|该|应该)?(?:是|归|由|找|问|跟|联系)?(?:谁|哪一?位|哪个(?!村|单位|部门|局|站|所|办|社区|口|方面)(?:人|同志|干部|领导)?)(?:在|来|去)?[\u4e00-\u9fff]{0,5}$/;

/** `那帮我报给住建局`, `那就林业局吧,提交`: an order to file, and no question about that unit's part. */
export const ORDERS_FILING =
  /(?:帮|替|给)(?:我|俺|咱|镇里)们?.{0,12}?(?:报|反映|提交|呼叫|派单|转|发|交)(?:给|到|一下|上去|个)(?!.*[吗么?\uff1f谁哪])|(?:发|提|报|派|下|打)(?:起|出|一?个|一下){0,2}(?:呼叫|请求|派?单)(?!.*[吗么?\uff1f谁哪])|^(?:嗯|好|行|那|就|还是|[,\uff0c\s]){1,5}呼叫(?!.*[吗么?\uff1f谁哪])|[,\uff0c。\s](?:就|直接|现在)?(?:提交|上报|报上去|发呼叫|呼叫)(?:吧|了|一下)?[。!\uff01]?$/;
/** `除了住建 还有呢`: the others. */
export const LEFT_OUT = /(?:除了|除开|除去|刨开).{1,12}(?:还有|其他|其它|别的|另外|以外|之外|外)/;
/** `公安办哪一段`, `消防那截`: words that ask for a part, or point at it. */
export const OF_A_PART = /[哪啥么咋怎他她它这那]|[段截块关环节摊口头边]$|能.{1,3}不/;
/** What points back at what was spoken of. */
export const POINTS_BACK = /[他她它]|[这那](?!个?镇|个?乡|边)/;

/** `应急局呢`, `公安那头干啥`: frames around the name of a unit. */
export const asksOfUnit = (rest: string): boolean =>
  /[呢哩咧嘞噻喃呗]|^(?:是|归|属于?)?(?:它|他们?)?(?:的)?[吗么嘛不吧]$|沾|掺|插|[伸搭上]把?手|参与|出动|到场|牵扯|关系|有份|^(?:就|都|也)?不(?=[管修查罚来去办问理])|^(?:那边|到底|究竟|都|还)*(?:([管修查罚来去办问理出抓])不\1|会不会|能不能|要不要|用不用|该不该)[\u4e00-\u9fff]{0,3}$|干|做|弄|管|办|负责|担|出|配合|帮|活|事|份|责|怎么|咋|要|啥|什么|哪|[段截块摊]$/.test(
    rest,
  ) || rest === '';

const END = new Set('?\uff1f。!\uff01,\uff0c ~');
const withoutEnd = (text: string): string => {
  let end = text.length;
  while (end > 0 && END.has(text[end - 1] as string)) end--;
  return text.slice(0, end);
};

/** `要是国道上的呢`, `村里的呢`: the condition under which the question is asked again; null when it is none. */
export function conditionOf(text: string): string | null {
  if (text.length > FOLLOW_UP_MAX) return null;
  const body = withoutEnd(text)
    .replace(/^(?:那么?|哦|嗯|好|还有)[,\uff0c\s]?/, '')
    .replace(WHO_THEN, '');
  const starts =
    /^(?:要是|如果|假如|假若|若是|换成|换作|换是|万一|碰[到上]|遇[到上]|换做)/.exec(body)?.[0] ?? '';
  const ends = /(?:的话)?(?:[呢哩咧嘞噻喃]|咋办|怎么办|咋弄|咋整)$|的话$/.exec(body)?.[0] ?? '';
  if (starts === '' && ends === '') return null;
  const condition = body
    .slice(starts.length, body.length - ends.length)
    .replace(/(?:上|里|那边|这边|方面)?的?$/, '');
  return condition.length >= 2 ? condition : null;
}

/** 叫人偷了呢 归谁: of whom it is asked, behind the condition. */
export const asksWhoThen = (text: string): boolean => WHO_THEN.test(withoutEnd(text));
const WHO_THEN =
  /(?<=[呢哩咧嘞]|的话)[\s,\uff0c]*(?:那|又|该|得|应该|是)*(?:归|找|由|是|算)?(?:谁|哪一?[个家](?:局|单位|部门)?)(?:来|去)?(?:管|查|办|负责|处理|出面)?(?:的|的事)?$/;

/** 城管说归环保 到底谁, 两家都推: who it really is. */
export const isDisputed = (text: string): boolean => DISPUTED.test(text);
const DISPUTED =
  /(?:说|讲|推|让|叫)(?:是|归|给|该|找|去|到)*[\u4e00-\u9fff]{2,8}[\s,\uff0c]*(?:到底|究竟|那|最后|应该|得)+(?:是|归|该|找|由)*(?:谁|哪[个家一])|(?:踢皮球|扯皮|互相推|推来推去|都(?:说|讲)不(?:归|是|管|该)|都不认|都不管|都推)/;
/** 归环卫还是村里: which of the two. */
export const asksWhichOfTwo = (text: string): boolean =>
  OF_TWO.test(text.replace(/[\s,\uff0c?\uff1f。]/g, ''));
const OF_TWO =
  /^(?:那|到底|究竟|这个?|又|该|应该)*[\u4e00-\u9fff]{2,6}?([管查罚修画办批出发拉抓])还是(?:归|找|由)?[\u4e00-\u9fff]{2,6}\1$|^(?:那|到底|究竟|这个?|又|该|应该)*(?:归|找|由|是|属)[\u4e00-\u9fff]{2,6}?(?:管|负责)?还是(?:归|找|由)?[\u4e00-\u9fff]{2,6}(?:管|负责)?$/;
/** 谁给抽, 哪家修: nothing but who does it. */
export const asksWhoDoes = (text: string): boolean =>
  WHO_DOES.test(text.replace(/[\s,\uff0c?\uff1f。]/g, ''));
const WHO_DOES =
  /^(?:那|这个?|到底|具体|该|又|平时|以后|钱)*(?:是|归|由)?(?:谁|哪一?[个家](?:局|单位|部门)?)(?!知道|晓得|说|讲|懂|信|怕|敢|家|呀|啊)(?:给|来|去|在|负责|帮)*[\u4e00-\u9fff]{1,2}[的呢啊了]?$/;

/** What speaks against the row is not about one of its parts. */
export const TURNS_AWAY = /^(?:不(?:对|是|问|用|要|说)|别|算了|错|又错|(?:我|俺|咱)(?:说|讲|问|指)的)/;

/** 已经拉上警戒了 清单上是哪家的事: what is asked behind what was done in the meantime. */
export const clauseBehind = (text: string): string | null =>
  DONE_BEFORE.exec(text)?.groups?.['asked'] ?? null;
const DONE_BEFORE =
  /^(?:我们?|俺们?|咱们?|[镇村]里|人)?(?:已经?|刚|都|先)[^,\uff0c。;\uff1b\s]{2,12}了[,\uff0c。;\uff1b\s]{1,3}(?<asked>[^,\uff0c。;\uff1b\s]{2,14})$/;
