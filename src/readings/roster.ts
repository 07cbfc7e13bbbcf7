/** 今晚谁值班, 25号呢, 他值班那天留的电话: of the duty roster, which is told of any day and sets nothing. */
import { rosterAsked, rosterBefore } from '../nlu/roster-ask.js';
import { normalizeText } from '../text/normalize.js';
import type { Reader } from './reading.js';

/** Above the staffing table, structured questions and what a day alone would set a reminder for. */
const SURE = 0.998;

/** 今晚谁值班 他要是不在呢: the roster names all who are on duty, and their telephones. */
const withoutDoubt = (text: string): string => text.replace(DOUBT, '');
const DOUBT =
  /(?<=.{3})[,\uff0c。?\uff1f\s]{1,2}(?:那)?(?:他|她|他们|人|要是|如果|万一)(?:要是|如果|万一|他|她|人)?(?:都|也)?(?:不在|联系不上|没人接|不接(?:电话)?|请假(?:了)?|找不[到着])(?:的话|咋办|怎么办|找谁|咋整)?[呢啊]?[?\uff1f]?$/;

export const rosterReader: Reader = {
  name: 'duty roster',
  read({ text, now, session, match, update }, { knowledge }) {
    if ((match.via !== 'example' && match.via !== 'flow') || session?.flow) return [];
    const before = rosterBefore(session);
    const scope = { now, directory: knowledge().directory, before };
    // 咱办 is no slip here: as it was typed as well.
    const typed = update.kind === 'message' ? normalizeText(update.text.trim()) : text;
    const asked = [text, typed, withoutDoubt(text)].find((it) => rosterAsked(it, scope) !== null);
    if (asked === undefined) return [];
    // 电话呢 is else of a row, and none stands open.
    const probability = match.via === 'flow' ? 1 : SURE;
    const why = before ? 'asks of the duty roster, or goes on about it' : 'asks of the duty roster';
    return [{ intent: 'duty_roster', slots: {}, text: asked, probability, why }];
  },
};
