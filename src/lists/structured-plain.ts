/** People, posts and classes of townships in the words of every day, which no grammar of names reaches. Pure. */
import type { OwnSide } from './structured-parties.js';
import { only, type Question } from './structured-question.js';
import type { Lexicon } from './structured-words.js';

export type PlainSaid = {
  lexicon: Lexicon;
  own: OwnSide;
  me?: string | undefined;
  previous: Question | null;
};

/** Longer than this somebody tells a story. */
const MAX_LENGTH = 32;

/** Null where nothing of the kind is asked. What is done to reminders, drafts and requests is never read here. */
export function askPlainly(typed: string, said: PlainSaid): Question | null {
  const text = withoutEnd(typed);
  if (text === '' || text.length > MAX_LENGTH || OTHER.test(text)) return null;
  return (
    ofPerson(text, said) ??
    bySurname(text, said) ??
    ofFieldHere(text, said) ??
    ofMine(text, said) ??
    ofSameWork(text, said) ??
    ofRelative(text, said) ??
    ofAgent(text, said) ??
    ofClass(text, said) ??
    ofSameClass(text, said) ??
    ofName(text, said) ??
    ofNextField(text, said) ??
    ofDesk(text)
  );
}

const END = new Set('?\uff1f。.!\uff01~ ');
function withoutEnd(typed: string): string {
  let end = typed.length;
  while (end > 0 && END.has(typed[end - 1] as string)) end--;
  return typed.slice(0, end);
}

const OTHER =
  /提醒|请求|呼叫|单子|签收|退[回掉单]|转[给办交]|催|撤|取消|通知|让.{1,4}[去来]|叫.{1,4}[去来]|qs-|tx-|请假|开会|参加/;

const LEAD_IN = '^(?:那么?|哦|嗯|诶|咦|哎|这个?|请问|[\\s,\uff0c]){0,6}';
const LEADS_IN = new RegExp(LEAD_IN);
/** 她不是便民中心的么, 是干环保的还是盖房子的: what somebody is, or does. */
const WHAT_ONE_IS =
  /^[?\uff1f,\uff0c\s]*(?:他|她|这人|那人)?(?:不|到底|究竟|现在|以前|原来|应该|好像|主要|平时|都|就|还|也|是不是)*(?:(?<of>是|在|归|属于?|算)(?:个)?)?(?<does>干|搞|管|做|弄|负责|跑|抓|盯|分管)?(?<what>[\u4e00-\u9fff]{2,10}?)(?:那?[边块摊]|上班)?(?:的人?|的?吧|的?吗|的?么|的?嘛|的?不|的?呢|的?来着|还是[\u4e00-\u9fff]{2,12})$/;

/** 郭庚是干环保的还是盖房子的, 冯乙?她不是便民中心的么: what is registered of the person answers it. */
function ofPerson(text: string, { lexicon }: PlainSaid): Question | null {
  const start = LEADS_IN.exec(text)?.[0].length ?? 0;
  const name = [4, 3, 2]
    .map((length) => text.slice(start, start + length))
    .find((word) => lexicon.names.get(word)?.type === 'person');
  if (!name) return null;
  const asked = WHAT_ONE_IS.exec(text.slice(start + name.length))?.groups;
  if (!asked) return null;
  const { of, does, what = '' } = asked;
  const isOffice = endsInName(what, lexicon);
  const place = lexicon.names.get(what);
  // 韩辛是交通局的吗 is said by the grammar.
  if (place?.type === 'unit' || place?.type === 'township')
    return /不是/.test(text)
      ? {
          ask: 'person',
          person: name,
          ...(place.type === 'unit' ? { unit: place.value } : { township: place.value }),
        }
      : null;
  // 李四是好人吧: of what he is nothing is registered.
  const isTold = does !== undefined || isOffice || (of !== undefined && /还是/.test(text));
  return isTold ? { ask: 'person', person: name } : null;
}

/** 我这边管安全的小许全名叫啥, 姓李的有几个: by what one calls a colleague. */
const SURNAME =
  /^(?<where>[\u4e00-\u9fff]{0,10}?)(?:管|负责|分管|搞|干|跑|盯)?(?<field>(?<=[管责搞干跑盯])[\u4e00-\u9fff]{2,6}?)?(?:的)?(?:那个?|有个)?(?:(?:小|老|阿)(?<nick>[\u4e00-\u9fff])(?:同志|哥|姐|工)?|姓(?<name>(?![啥什甚谁何])[\u4e00-\u9fff])的?(?:同志|干部|那个|那位|人)?)(?:的)?(?:全名|大名|本名|真名|名字|姓名|全称)?(?:到底|具体|究竟)?(?:(?:是|叫)(?:个)?(?:啥|什么|哪[个位]|谁|全名)(?:名字?|岗位?|人)?|在哪个?(?:办|所|岗|办公室|中心)|有(?:几|多少|哪)(?:个|位|人|几个|些)*|(?:是|管|干|负责)(?:啥|什么|哪块|哪个岗)(?:的)?|(?:全名|大名|名字)(?:呢)?)(?:来着|呢|啊)?$/;
function bySurname(text: string, { own, lexicon }: PlainSaid): Question | null {
  const { where = '', field, nick, name } = SURNAME.exec(text)?.groups ?? {};
  const surname = nick ?? name;
  if (!surname) return null;
  const township = placeIn(where, lexicon)?.township ?? own.township;
  const place = township ? { township } : own.unit ? { unit: own.unit } : null;
  return place && { ask: 'staff', ...place, surname, ...(field && { field }) };
}

const OFFICES: ReadonlySet<string> = new Set(['office', 'post', 'domain', 'title']);
function endsInName(what: string, { names }: Lexicon): boolean {
  for (let at = 0; at <= what.length - 2; at++)
    if (OFFICES.has(names.get(what.slice(at).toLowerCase())?.type ?? '')) return true;
  return false;
}

const MINE =
  '(?:我|俺)(?:的)?(?:这儿|这里|这边|这|名下|身上|手里|手上|手头|头上|肩上|岗上|管|负责|一个人|一个){0,3}';
/** 灯杆子那一条是不是挂我名下, 支部那一摊还有宣传那一摊 都在我身上么. */
const IS_MINE = new RegExp(
  `${LEAD_IN}(?<what>[\\u4e00-\\u9fff]{2,10}?)(?:的|工作|业务)?(?:[那这]一?[条摊块项件口]|[那这]些?|[条摊块])?(?:[\\s,\uff0c]{0,3}(?:还有|跟|和|以及|、)(?<more>[\\u4e00-\\u9fff]{2,8}?)(?:[那这]一?[条摊块项件口]|[条摊块])?)?[\\s,\uff0c]{0,3}(?:是不是|算不算|是|都|全|也|该|应该|就|还){0,3}(?:挂|归|在|落|算|压|摊|分)(?:在|到|给)?${MINE}(?:了|的)?(?:吧|吗|么|不|呢|没|嘛)$`,
);
const WHETHER_MINE = new RegExp(
  `${LEAD_IN}(?<what>[\\u4e00-\\u9fff]{2,10}?)(?:的|工作|业务)?(?:[那这]一?[条摊块项件口]|[条摊块])?(?:是不是|算不算|在不在|归不归)(?:挂|归|在|落|算|压|摊)?(?:在|到)?${MINE}(?:的)?$`,
);
/** 我自己岗位上挂了几块, 我名下有哪些. */
const WHAT_MINE =
  /^(?:那|其实|就|只|是|想|要|来|确认|核对|核实|看看|问问|查查|知道|了解|一下|下|[\s,\uff0c])*(?:我|俺)(?:自己|自个儿?|本人|这个?|的)*(?:岗位?|名下|身上|手上|手里|手头)(?:上|里)?(?:一共|总共|到底|现在|都|共)*(?:挂|管|担|有|承担|负责|揽|压|兼)(?:了|着)?(?:几|多少|哪些|哪几|啥|什么)(?:块|项|样|摊|个|条|件|门|事儿?|活儿?|岗位?)*(?:工作|事儿?|活儿?|岗)?(?:呢|啊|呀)?$/;
/** 建设岗就我一个吧: whoever else has such a post here. */
const POST_ALONE =
  /^(?:那|咱|我们?|俺们?|全|这|里|上|的|[\s,\uff0c])*(?:镇|乡|街道)?(?:里|上)?(?:的)?(?<post>[\u4e00-\u9fff]{2,4})岗(?:位)?(?:上)?(?:不会|不?是|就|只|有|现在|一共|总共|到底)*(?:(?:我|俺)(?:自己)?(?:一|1)?个?人?|(?:几|多少)个?人)(?:在)?(?:吧|吗|么|不|了|呢|的|嘛)?$/;

function ofMine(text: string, { own, me, lexicon }: PlainSaid): Question | null {
  if (me !== undefined && WHAT_MINE.test(text)) return { ask: 'person', person: me };
  const { township } = own;
  if (township === undefined) return null;
  const alone = POST_ALONE.exec(text)?.groups?.['post'];
  if (alone && lexicon.names.get(`${alone}岗`)?.type !== 'post')
    return { ask: 'carrier', township, field: alone };
  if (alone) return { ask: 'post', post: `${alone}岗`, township };
  const { what, more } = (IS_MINE.exec(text) ?? WHETHER_MINE.exec(text))?.groups ?? {};
  if (me === undefined || !what || POINTS.test(what)) return null;
  if (more) return { ask: 'person', person: me };
  return { ask: 'carrier', township, field: what, person: me };
}
/** 这个归我吧 takes on what stands open, or asks of it. */
const POINTS = /^(?:[这那]|[件个条项桩]|它|此|上面|刚才|以上|今|明|后|昨|谁|哪|都|全|还|也)|[这那]个|事情$/;

/** 隔壁大王庄对应是谁: who has the same posts there. */
const SAME_WORK =
  /^(?:镇|乡|街道)?(?:那边|那头|那儿|那|里|上|的)*(?:[跟和与]我们?)?(?:对应|对口|对等|相应|同(?:一个?)?岗位?|同样的?岗位?|一样的?岗位?|同职|管这一?[块摊]|干这一?[行块摊])(?:的|位|人)*(?:是|叫|找|又是|该是)?(?:谁|哪一?[个位])/;
function ofSameWork(text: string, { lexicon, me, previous }: PlainSaid): Question | null {
  const place = placeIn(text.replace(/^(?:那么?|隔壁|邻近|邻|旁边|边上|对面|[\s,\uff0c])+/, ''), lexicon);
  if (!place || !SAME_WORK.test(place.rest)) return null;
  const person = previous?.person ?? me;
  return person ? { ask: 'staff', township: place.township, person } : null;
}

/** The township that a text begins with, also by the bare name of its place. */
function placeIn(text: string, { names }: Lexicon): { township: string; rest: string } | null {
  for (let length = Math.min(10, text.length); length >= 2; length--) {
    const name = names.get(text.slice(0, length).toLowerCase());
    if (name?.type === 'township') return { township: name.value, rest: text.slice(length) };
  }
  return null;
}

/** 咱街道坐班盖章的那个综合政务岗是谁: what is told of the post beside its name says nothing more. */
const RELATIVE =
  /^(?<where>[\u4e00-\u9fff]{0,10}?)[\u4e00-\u9fff]{2,10}的?那一?(?:个|位)(?<post>[\u4e00-\u9fff]{2,6}岗)(?:位)?(?:的|上的?)?(?:是|叫)?(?:谁|哪一?[个位]|啥名|什么名字?)$/;
function ofRelative(text: string, { lexicon, own }: PlainSaid): Question | null {
  const { where = '', post } = RELATIVE.exec(text)?.groups ?? {};
  if (!post || lexicon.names.get(post)?.type !== 'post') return null;
  const township = placeIn(where, lexicon)?.township ?? own.township;
  return township ? { ask: 'post', post, township } : null;
}

/** 联络的不是他吧, after somebody of a unit was shown: who its contact is. */
const AGENT =
  /^(?:那|办公室|平时|具体|[\s,\uff0c])*(?:负责|管)?(?:联络|联系|对接|接头|跑腿)的(?:人|那个)?(?:不是|是不是|是|就是|也是|还是|不会是)(?:他|她|这个?人|这位|谁|哪一?[个位])(?:本人|自己)?(?:吧|吗|么|不|嘛|呢)?$/;
function ofAgent(text: string, { previous }: PlainSaid): Question | null {
  if (!AGENT.test(text) || !previous) return null;
  const unit = previous.unit ?? previous.lead;
  return unit && !previous.township ? { ask: 'staff', unit, title: '联络员' } : null;
}

const OF_US = /我们?|咱们?|俺们?|本[镇乡街]|这儿|这里/;
const ASKS_CLASS =
  /(?:算|属于?|归|划|是|按|定)(?:不(?:算|属于?|归|是))?(?:在|到|成|为)?(?:的)?(?:是)?[\u4e00-\u9fff]{2,9}(?:乡镇|镇街|街道|镇|那类|那一?类|这类|一类|类|的)?(?:还是(?:算|属|归)?[\u4e00-\u9fff]{2,9})?(?:吧|吗|么|不|呢|嘛|的|啊)?$/;
const NO_CLASS = /谁|哪[些几家个]|几|多少|罚|查|管(?!.{0,8}单子)|牵头|配合/;
/** 我们算农业乡镇吧, 咱算城区那类还是农业那类. */
function ofClass(text: string, { lexicon, own }: PlainSaid): Question | null {
  if (NO_CLASS.test(text) || !ASKS_CLASS.test(text)) return null;
  const words = lexicon.classes.flatMap((name) =>
    name.split(/[与和及、]/).flatMap((part) => [part, part.slice(0, 2)]),
  );
  const named = words.filter((word) => text.includes(word));
  const isClass = named.some((word) => word.length > 2) || /类|乡镇|镇街/.test(text);
  if (named.length === 0 || !isClass) return null;
  const place = placeIn(text.replace(/^(?:那么?|请问|[\s,\uff0c])+/, ''), lexicon);
  const township = place?.township ?? (OF_US.test(text) ? own.township : undefined);
  return township ? { ask: 'class', township } : null;
}

/** 跟我们一样拿到的还有哪几家: the townships of one's class. */
const LIKE_US =
  /^(?:那|还有)?(?:哪些|哪几个?|哪几家|几个)?(?:乡镇|镇街)?[跟和与同](?:我们?|咱们?|俺们?)(?:镇|乡|街道|这儿|这边)?(?:是)?(?:一样|同样|同一?类|一类|一个?类(?:别|型)?|一个?档|差不多|同一?档)/;
function ofSameClass(text: string, { own, previous }: PlainSaid): Question | null {
  const { township } = own;
  if (township === undefined || !LIKE_US.test(text) || /岗|人|职/.test(text)) return null;
  const isAbout =
    previous?.kind === 'delegated' ||
    previous?.ask === 'class' ||
    previous?.ask === 'townships' ||
    /赋权|放权|类|罚|下放/.test(text);
  const asksWhich = /哪|几|谁|都有|还有/.test(text);
  return isAbout && asksWhich ? { ...only({ township }, ['township']), ask: 'townships' } : null;
}

/** 原来的安监局现在叫啥, 粮食局归并到哪: whom a name means that the directory knows. */
const FORMER = /^(?:那|请问|那个|[\s,，])*(?<former>(?:原来?|以前|老|原先|过去|从前|早先|旧)的?(?:那个)?)?/;
const ASKS_NAME =
  /^(?:这个?(?:单位|部门)?)?(?:现在|如今|后来|眼下|目前|改制后|机构改革后|改革以后)*(?:又|都|是|算|已经|给)*(?:改?叫(?:个)?(?:啥|什么|哪个)(?:名字?|局)?|改(?:成|名)?(?:叫)?(?:啥|什么|哪个)(?:名字?|局|单位)?|(?:归并|合并|整合|并入|并|合|划|改|撤|转|分)(?:到|入|进|给|成|在)?(?:了)?(?:哪|谁|啥|什么)[\u4e00-\u9fff]{0,4}|(?:归|属|变成|成)(?:了)?(?:谁|哪|啥|什么)[\u4e00-\u9fff]{0,4}|是(?:现在的?)?(?:哪个?|哪家|什么|啥)(?:单位|部门|局|办|所|中心|站)?|在哪个?(?:单位|部门|局|所|中心)?|还在不在|还有没有|还有吗|还在吗|撤了没|没了吗)(?:了|去了|里头?|里面)?(?:呢|啊|呀|哦)?$/;
const OURS_BEHIND =
  /^(?:呢|嘞|咧|哩|那边|那头|的呢)?[\s,，]*(?:(?:我们?|咱们?|俺们?)(?:这儿?)?的?(?:镇|乡|街道)?(?:上|里)?的?)?$/;

function ofName(text: string, { lexicon, own, previous }: PlainSaid): Question | null {
  const lead = FORMER.exec(text);
  const start = lead?.[0].length ?? 0;
  const isFormer = lead?.groups?.['former'] !== undefined;
  for (let length = Math.min(12, text.length - start); length >= 2; length--) {
    const said = text.slice(start, start + length);
    const name = lexicon.names.get(said.toLowerCase());
    if (name?.type !== 'unit' && name?.type !== 'office') continue;
    const behind = text.slice(start + length);
    const isNext = previous?.ask === 'called' && OURS_BEHIND.test(behind);
    // 应急局归谁 may ask who leads it.
    const isAsked = ASKS_NAME.test(behind) && (isFormer || /叫|改|并|合|划|撤|变|还[在有]/.test(behind));
    if (!isNext && !isAsked && !(isFormer && /^(?:呢)?$/.test(behind))) return null;
    const place = name.type === 'office' ? (name.township ?? own.township) : undefined;
    return {
      ask: 'called',
      field: said,
      ...(name.type === 'office' ? { office: name.value } : { unit: name.value }),
      ...(place && { township: place }),
    };
  }
  return null;
}

/** 街道上水利农业这摊是谁, 街道安全口是谢乙吧: who has a field in the own township, or whether somebody has it. */
const FIELD_HERE =
  /^(?:那么?|请问|[\s,\uff0c])*(?:我们?|咱们?|俺们?|本)?(?:镇|乡|街道)(?:上|里)?(?:管|搞|干|负责)?(?<field>[\u4e00-\u9fff]{2,6}?)(?:的)?(?:[那这]一?(?:块|摊|口|条线)|(?<![对接出入路门])口|条线)(?:上)?(?:到底|现在|平时)?(?:是|归|由|找)(?:(?:谁|哪一?[个位](?:人|同志)?)(?:在)?(?:管|负责|盯)?|(?<who>[\u4e00-\u9fff]{2,4})(?:吧|吗|么|不|没错吧))$/;
function ofFieldHere(text: string, { own, lexicon }: PlainSaid): Question | null {
  const { field, who } = FIELD_HERE.exec(text)?.groups ?? {};
  if (!field || own.township === undefined || POINTS.test(field)) return null;
  if (who !== undefined && lexicon.names.get(who)?.type !== 'person') return null;
  return { ask: 'carrier', township: own.township, field, ...(who !== undefined && { person: who }) };
}

/** 那盖房子那块呢, after somebody of the township was shown: who has another field. */
const NEXT_FIELD =
  /^(?:那么?|哦|还有|[\s,，])*(?:管|搞|干|弄|负责)?(?<field>[\u4e00-\u9fff]{2,6}?)(?:的)?[那这]一?(?:块|摊|口|条线|摊子)(?:事儿?|工作)?(?:的)?(?:呢|嘞|咧|归谁|谁管|是谁|谁|找谁)$/;
function ofNextField(text: string, { previous, own }: PlainSaid): Question | null {
  const field = NEXT_FIELD.exec(text)?.groups?.['field'];
  const isOfPeople = previous?.ask === 'person' || previous?.ask === 'post' || previous?.ask === 'staff';
  const township = previous?.township ?? own.township;
  return field && isOfPeople && township && !POINTS.test(field) ? { ask: 'carrier', township, field } : null;
}

const WHICH_PERSON = '(?:谁|哪一?[个位](?:同志|领导|干部|人)?|哪个部门)';
/** 县里督办是哪个, 超期不办找谁督. */
const DEADLINES = new RegExp(
  `${LEAD_IN}(?:全?县|编办|县政府)?(?:里|上|这边)?(?:的)?(?:负责|管|搞|做|分管)?督办(?:的|员|岗|这块|这摊|工作|这事)*(?:同志|干部|人)?(?:到底|究竟|现在|又)?(?:是|找|归|叫|由)?(?:个)?${WHICH_PERSON}(?:在)?(?:管|负责|盯|来着|呢|啊)?$`,
);
/** 清单写得不对跟哪个同志说. */
const LISTS_WRONG =
  /(?:清单|条目)[^\s,\uff0c]{0,6}(?:不对|不准|错|有误|有问题|漏|出入|不合[理适])[^谁哪]{0,8}(?:跟|找|向|给|问|归|由|联系)(?:谁|哪一?[个位](?:同志|领导|干部|人)?|哪个部门)(?:去|来)?[\u4e00-\u9fff]{0,4}$/;
/** Who drives what is late, and who keeps the lists: one of each in a county. */
function ofDesk(text: string): Question | null {
  if (DEADLINES.test(text)) return { ask: 'staff', title: '督办' };
  return LISTS_WRONG.test(text) ? { ask: 'staff', title: '清单管理' } : null;
}
