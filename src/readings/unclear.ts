/**
 * What says nothing of its own, and of which no other reader found the thing (都有谁, 看看还剩啥): the lists would only offer rows
 * that happen to stand near, and a greeting would be no answer. It is said that it was not understood, and what stands open.
 */
import { ownMatter } from './follow-up-words.js';
import type { Reader } from './reading.js';

/** Just above what examples alone can say (readings/index.ts), below every reader that found its thing. */
const PROBABILITY = 0.902;
const TEXT_MAX = 16;

/** Intents that a few words without a matter are nearest to, whatever they mean. */
const OF_ANYTHING: ReadonlySet<string> = new Set([
  'ask_responsibility',
  'ask_policy',
  'off_topic',
  'smalltalk',
]);

/** When: of a reminder, a shift or a deadline, and no matter. */
const TIMES =
  /(?:大?[前后]|今|明|昨|当)[天日儿晚早]|(?:上|中|下|晚|早|半)[午上夜晨]|(?:下{1,3}|上|这|本)?(?:个)?(?:周|星期|礼拜)[一二三四五六日天末]?|\d+|[一二三四五六七八九十两半]{1,3}(?=[个点号日分刻时])|[个点号日月分刻](?:钟|半)?|小时|时候|以后|之后|刚才|刚刚/g;
/** What is done to a reminder or a case, which beside them is no matter. */
const MOVES =
  /过|挪|推|延|改|停|剩|留|响|喊|叫|催|签|退|收|发|知道|早|晚|同|最|按|走|往|动|用|行|好|到|从|起|完|在/g;
/** 人没了: a death, though none of its words says it. */
const OF_A_DEATH = /人没|没人/;

/** Of what sounds like chat, only what asks for something that was spoken of. */
const POINTS =
  /[那这][个条件些次回会家位张]|第[一二三四五六七八九十\d][个条件次]|刚才|刚刚|他们|(?:今|明|后|昨)[天儿晚早].*呢/;
const CHAT: ReadonlySet<string> = new Set(['off_topic', 'smalltalk']);

export const saysNothingOfItsOwn = (text: string): boolean =>
  text.length <= TEXT_MAX &&
  !OF_A_DEATH.test(text) &&
  ownMatter(text.replace(TIMES, '').replace(MOVES, '')).length === 0;

export const unclearReader: Reader = {
  name: 'unclear',
  read({ text, match }, { knowledge }) {
    if (match.via !== 'example' || !OF_ANYTHING.has(match.intent) || !saysNothingOfItsOwn(text)) return [];
    if (CHAT.has(match.intent) && !POINTS.test(text)) return [];
    if (knowledge().directory.mentions(text).length > 0) return [];
    return [
      {
        intent: 'ask_responsibility',
        slots: { action: 'unclear' },
        probability: PROBABILITY,
        why: 'no matter of its own, and nothing that it could be about was found',
      },
    ];
  },
};
