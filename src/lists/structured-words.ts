/** The words of structured questions: names of the directory and of the lists, and the few words that join them. */
import { LIST_KINDS, traitsOf } from '../core/list-kinds.js';
import type { Organization, Person } from '../core/domain.js';
import type { Directory } from '../organizations/directory.js';
import { parseNumber } from '../nlu/dates/numbers.js';
import type { Knowledge } from './knowledge.js';
import { domainWords } from './structured-domains.js';

export type TokenType =
  | ('unit' | 'township' | 'ownUnit' | 'ownTownship' | 'self' | 'anyTownship' | 'office' | 'post' | 'person')
  | (
      | 'class'
      | 'domain'
      | 'kind'
      | 'batch'
      | 'allBatches'
      | 'number'
      | 'last'
      | 'document'
      | 'keyword'
      | 'basis'
    )
  | (
      | 'lead'
      | 'does'
      | 'support'
      | 'without'
      | 'not'
      | 'exclude'
      | 'reverse'
      | 'require'
      | 'together'
      | 'divide'
    )
  | (
      | 'count'
      | 'total'
      | 'list'
      | 'noun'
      | 'who'
      | 'whichUnits'
      | 'where'
      | 'whichClass'
      | 'whichDocument'
      | 'phone'
    )
  | (
      | 'group'
      | 'each'
      | 'title'
      | 'staff'
      | 'anaphor'
      | 'pronoun'
      | 'tail'
      | 'domainMark'
      | 'parties'
      | 'filler'
    )
  | 'unknown';

export type Token = {
  type: TokenType;
  value: string;
  at: number;
  text: string;
  /** A name that is also the name of a domain, or a short form of a unit that nobody wrote down. */
  domain?: string;
  isShort?: boolean;
};

type Name = Pick<Token, 'type' | 'value' | 'domain' | 'isShort'>;

export type Lexicon = {
  names: ReadonlyMap<string, Name>;
  longest: number;
  classes: string[];
};

const lexicons = new WeakMap<Knowledge, { people: unknown; lexicon: Lexicon }>();

/** The words of the edition and the directory in force: its people change while the process runs. */
export function lexiconOf(knowledge: Knowledge): Lexicon {
  const { directory, index } = knowledge;
  const { people } = directory;
  const known = lexicons.get(knowledge);
  if (known?.people === people) return known.lexicon;
  const lexicon = makeLexicon(directory, [...new Set(index.entries.map(({ row }) => row.domain))]);
  lexicons.set(knowledge, { people, lexicon });
  return lexicon;
}

export function makeLexicon(directory: Directory, domains: readonly string[]): Lexicon {
  const names = new Map<string, Name>();
  const { organizations, people } = directory;
  const words = new Set(domainWords(domains));
  const add = (word: string, name: Name) => {
    const key = word.toLowerCase();
    if (key.length >= 2 && !names.has(key)) names.set(key, name);
  };
  addUnits(organizations, words, add);
  for (const { kind, name, parent, aliases } of organizations)
    if (parent !== undefined && ['office', 'institution', 'team'].includes(kind))
      for (const alias of [name, ...aliases]) add(alias, { type: 'office', value: name });
  for (const post of postsOf(directory)) {
    add(post, { type: POST_TITLE.test(post) ? 'title' : 'post', value: post });
    if (post.endsWith('岗')) add(`${post}位`, { type: 'post', value: post });
  }
  for (const { name } of people) add(name, { type: 'person', value: name });
  const classes = [...new Set(organizations.flatMap(({ townshipClass }) => townshipClass ?? []))];
  for (const townshipClass of classes)
    for (const part of [townshipClass, ...townshipClass.split(/[与和及、]/)])
      add(part, { type: 'class', value: townshipClass });
  for (const word of words) add(word, { type: 'domain', value: word });
  return { names, longest: Math.max(0, ...[...names.keys()].map(({ length }) => length)), classes };
}

const POST_TITLE = /书记$|局长$|主任$|县长$|镇长$|乡长$/;

export const postsOf = ({ posts, people }: Directory): string[] => [
  ...new Set([...posts.map(({ name }) => name), ...people.flatMap((person: Person) => person.posts)]),
];

/** 林业局 is also called 林业, though nobody wrote that down: unless another unit is called so. */
const STEM = /^(?:县|市)?([\u4e00-\u9fff]{2,8})(?:局|委|办|中心|大队|公司)$/;

function addUnits(
  organizations: readonly Organization[],
  domains: ReadonlySet<string>,
  add: (word: string, name: Name) => void,
): void {
  const stems = new Map<string, Set<string>>();
  for (const { kind, name, aliases, parent } of organizations) {
    if (parent !== undefined) continue;
    const type = kind === 'township' ? 'township' : 'unit';
    for (const alias of [name, ...aliases]) {
      add(alias, { type, value: name, ...(domains.has(alias) && { domain: alias }) });
      const stem = kind === 'department' ? STEM.exec(alias)?.[1] : undefined;
      if (stem) stems.set(stem, (stems.get(stem) ?? new Set()).add(name));
    }
  }
  for (const [stem, units] of stems) {
    const [unit = ''] = units;
    if (units.size === 1)
      add(stem, { type: 'unit', value: unit, isShort: true, ...(domains.has(stem) && { domain: stem }) });
  }
}

const N = '(?:\\d{1,4}|[零一二两三四五六七八九十百]{1,7})';
const sticky = (source: string): RegExp => new RegExp(source, 'y');

/** In the order in which they are tried at a place; what is longer stands before what it begins with. */
const GRAMMAR: readonly (readonly [TokenType, RegExp])[] = [
  [
    'document',
    sticky(
      `(?:[\\u4e00-\\u9fff]{1,3}发|[\\u4e00-\\u9fff]{2}字)\\s?[\\[(\u3014\u3010]?(?:20\\d\\d)?[\\])\u3015\u3011]?年?\\s?第?${N}号(?:文件?)?`,
    ),
  ],
  ['document', sticky(`${N}号文件?`)],
  ['batch', sticky(`第${N}批次?(?:[和、,]?第?${N}批次?)?`)],
  ['allBatches', sticky('(?:三|几|各|所有|全部)(?:个)?批次?(?:次)?')],
  ['last', sticky('(?:最后|末尾)(?:的?那?)?[一1]?(?:项|条|个)|末项|倒数第[一1](?:项|条|个)?')],
  ['parties', sticky(`(?:超过|多于)?${N}(?:个|家)?(?:部门|单位)?(?:以上|及以上)(?:的?(?:部门|单位))?`)],
  ['number', sticky(`第\\s?${N}(?:项|条|号|个|款)?`)],
  ['number', sticky(`${N}(?:号)(?!文|人)`)],
  ['kind', sticky('县里给(?:镇里|乡镇)下放')],
  ...LIST_KINDS.map((kind) => ['kind', sticky(`(?:${traitsOf(kind).asked.source})`)] as const),
  [
    'keyword',
    sticky(
      '(?:名字|名称|标题|题目)?(?:里头|里面|里|中)?(?:带着?|包含|含有?|写着|写了|提到|出现)[“"「]?([^\\s“”"「」的,。?!]{1,12})[”"」]?(?:这?(?:两个|几个|个)?字(?:样|眼)?)?(?:的|有)',
    ),
  ],
  ['keyword', sticky('[和跟与同]([\\u4e00-\\u9fff]{2,8}?)(?:有关|相关|沾边|挂钩)的?')],
  [
    'basis',
    sticky(
      '(?:法律|法规)?依据(?:里头|里面|里|中|上)?(?:写了|写的|写着|是|有|用了|用的|引用了?)?的?[《“]?([^\\s《》“”的,。?!]{2,24}(?:法|条例|办法|规定|细则))[》”]?的?',
    ),
  ],
  [
    'without',
    sticky(
      '(?:没有?|未|无|不用|不需要|无需)(?:写明?|列明?|明确|注明|要求)?(?:任何|其他)?(?:配合|协助|协办)(?:责任)?(?:的?(?:单位|部门))?的?',
    ),
  ],
  [
    'not',
    sticky('(?:不是|不|没有?|未|别)(?:用|再|归|由|要)?(?=(?:牵头|负责|配合|主责|主办|承担|主管|协助|管))'),
  ],
  ['exclude', sticky('除了|除去|除开|除|不算|不含|不包括|刨去|扣掉|(?:以|之)外的?|外的')],
  ['reverse', sticky('(?:倒|反|调|换|掉)(?:过来|个个儿?|一下)|反之|相反')],
  [
    'divide',
    sticky(
      '(?:是)?(?:怎么|如何|咋|怎样)?(?:个)?(?:分工|划分|分的?工|分责)(?:的)?|各管(?:什么|啥|哪些|哪块|哪一截)|各(?:自)?负责(?:什么|啥|哪些)',
    ),
  ],
  [
    'lead',
    sticky('牵头(?:单位|部门)?|主责(?:单位|部门)?|主体责任(?:单位)?|主办(?:单位)?|主管|打头|领头|签头'),
  ],
  ['support', sticky('(?:打|做|作)?(?:配合|配和|协助|协同|协办|搭手|打下手|搭把手)(?:责任|单位|部门)?')],
  ['require', sticky('要求|需要|要|需|请|让|叫|得')],
  ['whichUnits', sticky('(?:哪|那)(?:些|几|几个|几家|个|家)?(?:部门|单位|家|局)|几家|谁家|什么单位')],
  ['whichClass', sticky('(?:是|算|属于|属)?(?:哪|什么)(?:一|个)?(?:类|类别|档|种)(?:乡镇|镇街)?|类别')],
  [
    'whichDocument',
    sticky(
      '(?:是)?(?:哪|什么|啥)(?:一)?(?:份|个)?(?:文件|文号|清单|文)|(?:是)?哪(?:一)?份|(?:是)?(?:几|多少)号文件?|文号',
    ),
  ],
  [
    'phone',
    sticky('(?:办公|值班|联系|办公室|值守)?(?:电话|座机|手机)(?:号码?)?|联系方式|号码|怎么联系|咋联系'),
  ],
  [
    'who',
    sticky(
      '(?:都)?(?:有|是|归|由|找)?(?:谁|哪个人|哪(?:一)?位|哪(?:几)?个(?:同志|干部|人|岗|岗位|领导)|哪几位|什么人|啥人|哪些人|几个人|多少人|哪个岗位?)(?:在)?(?:负责|管|干|办|承办|对接|经办)?(?:的|着)?',
    ),
  ],
  ['staff', sticky('人员(?:名单)?|名单|联系人|经办人|联络员|工作人员|负责人|一把手|领导|头头|头儿|管事的')],
  [
    'where',
    sticky(
      '(?:是|在|属于|归)?(?:哪个|哪一个|什么|啥)(?:机构|科室|股室|办公室|地方|岗位|办|站所|所|中心)(?:的|上班)?|在哪(?:儿|里)?(?:上班)?',
    ),
  ],
  ['title', sticky('局长|主任|书记|镇长|乡长|部长|所长|中队长|大队长|队长|站长')],
  [
    'does',
    sticky(
      '(?:是)?(?:负责|承担|承接|分管|主抓|具体管|管着?|挂着?|揽了?|名下|干|做|抓|弄)(?:些|了|的是?|的)?(?:(?:什么|啥|哪些|哪几)(?:的|事|活|工作|项|样|块)?)?',
    ),
  ],
  [
    'count',
    sticky(
      '(?:有|共|是)?(?:几|多少)(?:个|大)?(?:项|条|件|个|样|行|号)?|总数|数量|条数|项数|数一数|数一下|数数|统计(?:一下)?|汇总(?:一下)?',
    ),
  ],
  ['total', sticky('一共|总共|共计|合计|拢共|统共|共|全县|加起来|总计')],
  ['each', sticky('分别|各自|各有?|挨个|逐个')],
  ['group', sticky('(?:按照?|分)(领域|类别|部门|单位|清单|批次?|类)(?:排|分|列|统计|汇总)?(?:一下)?')],
  [
    'domainMark',
    sticky(
      '(?:的)?(?:领域|方面|这一?块(?:儿)?|那一?块(?:儿)?|这类|那类|这一类|那一类|大类|类|板块|口子?|栏目|这边|系统)',
    ),
  ],
  [
    'list',
    sticky(
      '(?:都)?(?:有|是)?(?:哪些|哪几|哪|啥|什么)(?:项|条|个|件|样)?|有不|有没有?|列(?:一?下|个?表|出来?|出|全|示|明|个?单子)?(?:给我)?|拉个?单子|目录|一览|明细|清册|罗列|全部|所有|全要|详细|名称',
    ),
  ],
  ['noun', sticky('(?:的)?(?:事项|条目|事情|职责|任务|责任|清单|项目|工作|内容|标题|活|事|项|条)(?:清单)?')],
  [
    'anaphor',
    sticky(
      '其中|里面|里头|当中|这里面|那里面|(?:这|那)(?:[几一二两三四五六七八九十]{1,2}|些)?(?:项|条|个|份|家|些)?(?:里面?|里头)?|上面|刚才|再',
    ),
  ],
  ['pronoun', sticky('他们|她们|他|她|这个岗|那个岗|这个人|那个人|该岗|该同志')],
  ['together', sticky('一起|共同|一块儿?|都出现|同时|都|两家|双方')],
  ['ownUnit', sticky('(?:我们?|咱们?|俺们?|本)(?:局|单位|部门|委|办公?室?)')],
  ['ownTownship', sticky('(?:我们?|咱们?|俺们?|本)(?:这个?)?(?:镇|乡|街道)(?:上|里)?')],
  ['anyTownship', sticky('(?:各)?(?:乡镇[(]街道[)]|乡镇街道|镇街|乡镇|街道|镇里|镇上|乡里|乡上|镇)')],
  ['self', sticky('我们|咱们|俺们|咱|俺')],
  [
    'filler',
    sticky(
      '请问|麻烦|烦请|劳驾|请|帮(?:我|俺|忙)?|给(?:我|俺|咱)?(?:看看|列|发)?|我?想?(?:看一?看|看一?下|问一?下|知道|了解一?下|查一?下|查询|看看|问问|查查)|我想|我要|发(?:给)?我?(?:一份|看看)?|导出|单子|一份|一下子?|出来|这边|那边|那头|到底|目前|现在|现行|应该|具体|又|还|也|就|光|只看|只|能|可|把|在|归|从|被|由|对|于|这|那|都|和|跟|与|同|及|以及|还有|上|下|里|中|内|县里|县|的话|有|是|算|写|叫|个|吧|啊|呀|呢|嘛|哈|了|吗|么|啦|着|的|之|为|您好|你好|谢谢|[\\s,.\uff0c。、!?:;\uff01\uff1f\uff1a\uff1b~…“”"「」《》()\\-—]+',
    ),
  ],
];

/** Tokens of the whole text; what is no known word becomes runs of `unknown`. */
export function scan(text: string, { names, longest }: Lexicon): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const token = nameAt(text, at, names, longest) ?? grammarAt(text, at);
    if (token) {
      tokens.push(token);
      at += token.text.length;
      continue;
    }
    const last = tokens.at(-1);
    const character = text.charAt(at);
    if (last?.type === 'unknown' && last.at + last.text.length === at) {
      last.text += character;
      last.value = last.text;
    } else tokens.push({ type: 'unknown', value: character, at, text: character });
    at++;
  }
  return tokens;
}

function nameAt(text: string, at: number, names: Lexicon['names'], longest: number): Token | null {
  for (let length = Math.min(longest, text.length - at); length >= 2; length--) {
    const word = text.slice(at, at + length);
    const name = names.get(word);
    if (name) return { ...name, at, text: word };
  }
  return null;
}

function grammarAt(text: string, at: number): Token | null {
  for (const [type, pattern] of GRAMMAR) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match?.[0]) return { type, value: match[1] ?? match[0], at, text: match[0] };
  }
  return null;
}

/** The number in 第36项, 三号, 第四十. */
export function numberIn(text: string): number {
  const [digits = ''] = /\d+|[零一二两三四五六七八九十百]+/.exec(text.replace(/^倒数第/, '')) ?? [];
  return parseNumber(digits);
}
