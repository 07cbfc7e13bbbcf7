/** 王五家住哪, 他多大了: of somebody's private life nothing is kept, and that is said. Pure. */
import type { Card } from '../core/card.js';
import type { Said } from './structured-parse-staff.js';
import { directorySource } from './structured-people.js';
import { only, type Question } from './structured-question.js';
import type { Token } from './structured-words.js';

const NUMBER = '(?:电话|手机|号码|座机|联系方式)(?:号码?)?';
/** What stands behind the name, and nothing else. */
const PRIVATE = new RegExp(
  `^(?:的|家|家里|屋里|本人|个人|自己|现在|今年|都|又|是|[,\uff0c\\s])*(?:${[
    '(?:住|搬|(?<=家|屋里?)在)(?:在|到)?(?:哪|什么地方|几号|几楼|几栋)[\\u4e00-\\u9fff]{0,3}',
    '(?:家庭)?(?:住址|地址)',
    '(?:有)?(?:多大|几岁|多少岁|几几年)[\\u4e00-\\u9fff]{0,3}|年龄|岁数|年纪|生日|哪年生|属(?:啥|什么)',
    '(?:工资|薪水|收入|奖金|待遇|津贴)|(?:一个?月|每个?月|一年|每年)(?:能|要)?(?:拿|挣|赚|开|发|领)(?:多少|几)',
    '身份证|微信号?|籍贯|老家|(?:是)?哪里?人|哪儿人|学历|毕业|星座|血型|性别|男的|女的|政治面貌|党员',
    '(?:有)?(?:没有?|几个)?(?:结|成|离|再)(?:婚|家)|(?:有(?:没有)?|没)?(?:对象|老婆|老公|媳妇|爱人|男朋友|女朋友|孩子|小孩|娃)|(?:有|都有|还有)?几口人|(?:都)?(?:有|还有)(?:谁|什么人|哪些人)$',
    `(?<=家里?|屋里|个人|自己|私人)的?${NUMBER}|(?:家庭|家里|家|私人|个人)的?${NUMBER}`,
  ].join('|')})(?:是|有|在|叫)?(?:多少|几|哪|什么|啥|谁)?[\\u4e00-\\u9fff]{0,3}[?\uff1f]?$`,
);
/** 家里有谁 alone asks of a home: 民政局都有谁 asks who works there. */
const AT_HOME = /^的?(?:家|屋)/;
const WHO_THERE = /(?:谁|什么人|哪些人)$/;

const BEFORE: readonly Token['type'][] = [
  ...(['person', 'title', 'unit', 'township', 'ownTownship', 'ownUnit', 'self', 'office', 'post'] as const),
  ...(['pronoun', 'filler', 'anaphor', 'unknown'] as const),
];
/** 刘 of 刘主任. */
const UNKNOWN_MAX = 2;

export function askPrivate(text: string, { tokens, previous }: Said): Question | null {
  const at = tokens.findIndex(({ type }) => type === 'person' || type === 'title' || type === 'pronoun');
  const named = tokens[at];
  // 今年多大, after 李四 was asked about.
  if (!named)
    return previous?.person && PRIVATE.test(text) && !WHO_THERE.test(text)
      ? { ask: 'private', person: previous.person }
      : null;
  const isName = ({ type, text: said }: Token) =>
    BEFORE.includes(type) && (type !== 'unknown' || said.length <= UNKNOWN_MAX);
  if (!tokens.slice(0, at).every(isName)) return null;
  const asked = text.slice(named.at + named.text.length);
  if (!PRIVATE.test(asked) || (WHO_THERE.test(asked) && !AT_HOME.test(asked))) return null;
  const person = named.type === 'person' ? named.value : undefined;
  if (named.type === 'pronoun') return { ...(previous && only(previous, ['person'])), ask: 'private' };
  return {
    ask: 'private',
    ...(person ? { person } : { title: text.slice(0, named.at + named.text.length) }),
  };
}

export const privateCard = ({ person, title }: Question): Card => ({
  title: person?.replaceAll('|', '、') ?? title ?? '个人情况',
  blocks: [
    {
      kind: 'text',
      text: '名录只登记姓名、单位、岗位和工作电话,没有住址、年龄、收入、家庭等个人情况,不能提供。要因公联系,请问我“某某的电话”。',
    },
    directorySource,
  ],
  buttons: [],
});
