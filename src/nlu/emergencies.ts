/**
 * Whether a message tells of somebody in danger now, and whom to call. Both are learned from the sentences of
 * knowledge/emergencies.yaml (nlu/model.ts): of sentences by people who had not seen them, signs written as patterns found
 * 0.6 at 0.15 false alarms, the same sentences learned from 0.85 at 0.08.
 */
import { z } from 'zod';
import { readYaml } from '../files/yaml.js';
import { normalizeText } from '../text/normalize.js';
import { cutText } from '../text/cut.js';
import type { Context, IntentMatch } from '../core/types.js';
import { CALL, DANGER, DANGER_AT } from './model.js';

/** What is told in an emergency is short; a long text is a document. */
const MAX_TOLD = 160;

const Sentences = z.array(z.string().min(1)).min(1);
const Emergencies = z.strictObject({
  /** What is said, by call. */
  lines: z.record(z.string(), z.string().min(4)),
  /** Sentences that tell of somebody in danger, by whom to call. */
  danger: z.record(z.string(), Sentences),
  /** Sentences that do not, however near they come. */
  talk: Sentences,
});
export type Emergencies = z.infer<typeof Emergencies>;

/** @throws BotError 'DATA' when the file is wrong. */
export function loadEmergencies(file: string): Emergencies {
  return readYaml(
    file,
    Emergencies.refine(
      ({ lines, danger }) => Object.keys(danger).every((call) => Object.hasOwn(lines, call)),
      {
        error: 'danger 中的电话在 lines 中没有写要说的话',
      },
    ),
    '对照程序自带的 knowledge/emergencies.yaml 改正',
  );
}

/** From here on nothing but the line is said to what is no request. */
const SURE_AT = 0.85;

export type Danger = {
  call: string;
  line: string;
  /** It is a request, or about one: that is handled as well. */
  isActing: boolean;
  /** Else what was asked is answered as well. */
  isSure: boolean;
};

const ACTING =
  /呼叫|补充|补一句|催办|刚报的|转办|签收|那[单件]|qs-?\d|(?:报|反映)一?[个件下](?:急)?(?:事|情况)|[局队所司]说一?[声下]|[叫喊请][^,\uff0c。\s]{2,8}(?:局|大队|公司|中心)(?:的人)?(?:快点?|赶紧|马上)?来/;

/** What the middleware asks: whether a message tells of danger. */
export const dangerReader =
  (emergencies: Emergencies) =>
  ({
    update,
    match,
    raw = '',
  }: Pick<Context, 'update' | 'match'> & Partial<Pick<Context, 'raw'>>): Danger | null =>
    dangerIn(update.kind === 'message' ? update.text : raw, match.scores, emergencies);

/** Null when nobody is in danger, or danger is only talked about. `scores` are the model's. */
export function dangerIn(text: string, scores: IntentMatch['scores'], { lines }: Emergencies): Danger | null {
  const said = normalizeText(cutText(text, 2 * MAX_TOLD));
  const danger = scores[DANGER] ?? 0;
  if (said.length > MAX_TOLD || danger < DANGER_AT || isOfThing(said) || isOfNuisance(said)) return null;
  if (isOfReason(said) || isOfCaught(said)) return null;
  const [likeliest = ''] = callsIn(scores);
  const call = likeliest === RESCUE && isOfFall(said) ? MEDICAL : likeliest;
  return { call, line: lines[call] ?? '', isActing: ACTING.test(said), isSure: danger >= SURE_AT };
}

/** 他姥姥的掉河里了 要再弄一张: what is to be had anew is a paper, and nobody. */
const isOfThing = (said: string): boolean => ANEW.test(said) && !STILL_IN.test(said);
const ANEW =
  /(?:再|重新?|另)(?:要|想|得|去|给)?(?:弄|办|补|领|做|换|申请|发)一?[张本份]|补(?:办|领|一[张本份个])|换(?:领|发|一[张本份])/;
const STILL_IN =
  /救|快来|还在(?:里|水|井|河)|没上来|人(?:没|掉|落|被)|(?:娃|孩子?|老人|老汉|大爷|大娘)(?:也|都|跟着)?(?:掉|落|淹|冲)/;

/**
 * 化肥厂院里来了台打井的机子 突突往下钻: a noise of work; 野沟里叫人撂了好多铁桶 淌黑油: what somebody has dumped. Nobody is hurt by it, and who
 * it belongs to is asked. 有人在林子里下夹子逮兔子: what is set for animals.
 */
const isOfNuisance = (said: string): boolean =>
  (MACHINE.test(said) || DUMPED.test(said) || SNARED.test(said)) &&
  !HURT.test(said.replace(DUMPED, '').replace(SNARED, '')) &&
  ASKED.test(said);
const SNARED =
  /(?:还?有人|谁|不知道?谁)?(?:又|夜里|半夜|黑夜|晚上|偷着|偷偷)?(?:在|往|到)?[\u4e00-\u9fff]{0,6}?(?:下|放|安|布|支|拉|扯|架|设|埋|挂|铺)(?:了|着|的|满)?(?:好些|好多|几个|一片|一张|些|个|张)?(?:铁夹子?|夹子|兽夹|捕兽夹|套子|钢丝套|网子?|粘网|地笼|笼子)(?:去|来)?(?:逮|套|捉|打|抓|夹|捕|粘|网)[\u4e00-\u9fff]{0,3}?(?:兔|鸡|鸟|雀|斑鸠|獾|狐|黄鼠狼|野物|野味|猪|蛇|蛙|鱼|麻雀|狗獾)[子儿]?/;
const DUMPED =
  /(?:叫人|让人|被人|有人|谁|不知道?谁|黑夜|夜里|半夜|晚上|偷着|偷偷)?[\u4e00-\u9fff]{0,4}(?:撂|倾?倒|扔|丢|甩|撇|卸|抛|遗弃|堆|埋)(?:了|下|着|在|的)?[\u4e00-\u9fff]{0,5}?(?:[铁塑胶油药]桶|桶|罐|废渣|矿渣|煤渣|废料|废油|机油|油泥|污泥|酸水|农药瓶|药瓶|编织袋|建筑?垃圾|垃圾|渣土)/;
const MACHINE =
  /(?:打井|钻井|机子|柴油机|拖拉机|水泵|抽水机|旋耕机)[^,\uff0c]{0,10}(?:突突|轰隆|嗡嗡|咣咣|哐哐|咚咚|[往朝]下钻)/;
const HURT =
  /伤|死|血|砸|压[住着到]|夹|卷|绞|埋|塌|倒|翻|掉|摔|撞|晕|昏|救|卡|困|火|烟|炸|爆|漏|喷|气|管道|电|裂|墙|房|孩|娃|老人|喊|哭|跑|断|出不来|不行了|枪|人(?:没|还|在)/;
const ASKED = /谁|哪/;

/** 已经摔了两个骑车的: how many fell already is why it must be mended, where nobody lies there hurt. */
const isOfReason = (said: string): boolean => HAVE_FALLEN.test(said) && !LIES_HURT.test(said);
const HAVE_FALLEN =
  /(?:已经?|都|先后|接连|前后|连着|陆续|这[几两]天|上[周月]|前[几两]?天|昨[天晚])[^,\uff0c。\s]{0,6}(?:摔|绊|滑|跌|崴|磕|栽)(?:倒|伤|跤|着)?(?:了|过)?(?:好|上)?(?:[一二两俩三四五六七八九十几多]+|\d+)(?:个|位|名|人|次|回|起|辆|跤)/;
const LIES_HURT =
  /血|昏|晕|断|动不|起不来|不动|没(?:气|呼吸|反应|知觉)|喊不|叫不|吐|骨|救|快来|重伤|[躺趴]|困|卡|压[住着到]|死|孕|现在/;
/** 扔的人逮着了 咱镇能罚不: whoever did it has been caught, and what is asked is whether it may be penalised. */
const isOfCaught = (said: string): boolean =>
  CAUGHT.test(said) && ASKS_PENALTY.test(said) && !HARMED.test(said) && !HURT.test(said.replace(CAUGHT, ''));
const CAUGHT = /[逮抓捉](?:着|到|住|了|(?:个)?现行)/;
/** 狗咬了人, 拿刀捅人, 推他下河: somebody was harmed, whoever has been caught. */
const HARMED = /咬|捅|刀|打(?![鱼鸟猎野井])|毒|淹|灌|吐|没上来|推|砍|抢/;
const ASKS_PENALTY =
  /(?:罚|处罚|开罚?单子?|没收)(?:得了|不了|款|他|它|[一两]回)?(?:的)?(?:不|吗|么|没|多少)|(?:能|可以|有权|够)(?:不能|不可以|不够)?[\u4e00-\u9fff]{0,4}(?:罚|开罚?单|没收)/;
/** Whoever only fell, from nothing and into nothing, needs no fire brigade. */
const isOfFall = (said: string): boolean => FELL.test(said) && !OF_RESCUE.test(said);
const FELL = /摔|滑倒|绊倒|跌|栽倒|磕/;
const OF_RESCUE =
  /火|烟|困|卡|压|埋|塌|爆|漏|毒|井|河|水[里中库塘边]|坑|洞|崖|沟|夹|绞|山|悬|树上|[楼房架梯塔杆]|电|气|绳|洪|落水|掉/;
const [RESCUE, MEDICAL] = ['119', '120'];

/** Likeliest first. */
const callsIn = (scores: IntentMatch['scores']): string[] =>
  Object.entries(scores)
    .filter(([key]) => key.startsWith(CALL))
    .sort(([, a], [, b]) => b - a)
    .map(([key]) => key.slice(CALL.length));

/**
 * 刨出个炮弹 工人还拿锹撬呢 归哪个收: what is told to go on, without who it belongs to, which hides it: hardly a sentence of danger
 * asks that. Null where nothing goes on, or nothing is asked behind it.
 */
export function toldBeforeAsking(said: string): string | null {
  const told = said.replace(ASKS_BEHIND, '');
  return told !== said && GOES_ON.test(told) ? told : null;
}
const ASKS_BEHIND =
  /(?<=\S{8})[,\uff0c。;\uff1b!\uff01\s]{1,2}(?:该|应该|这|得)?(?:归|找|由|是|问|叫)?(?:谁|哪一?[个家]|哪)(?:来|去)?[\u4e00-\u9fff]{0,3}[?\uff1f]?$/;
const GOES_ON = /还(?:在|拿|用|往|没(?:上|下|出)来)|正(?:在|拿|往)|呢$|被?[困压卡埋]|[躺倒]在|救/;
